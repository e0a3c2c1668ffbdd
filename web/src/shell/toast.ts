// A short word at the foot of the page, with one thing to do about it.
import { button, h } from "../lib/dom";

const place = h("div", { class: "toasts", role: "status", "aria-live": "polite" });
const STAYS = 7000;

export function toast(message: string, action?: [label: string, run: () => void]): void {
  if (!place.isConnected) document.body.append(place);
  const note = h("div", { class: "toast" }, message, action ? button(action[0], () => {
    note.remove();
    action[1]();
  }) : null);
  place.replaceChildren(note);
  window.setTimeout(() => note.remove(), STAYS);
}
