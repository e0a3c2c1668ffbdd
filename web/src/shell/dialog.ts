// A dialog that keeps the focus, and gives it back when it closes.
import { button, h, type Child } from "../lib/dom";
import { texts } from "../texts";

export function dialog(title: string, content: Child, kind = ""): HTMLDialogElement {
  const before = document.activeElement as HTMLElement | null;
  const box = h("dialog", { class: `dialog ${kind}`, "aria-labelledby": "dialog-title" },
    h("header", {}, h("h2", { id: "dialog-title" }, title), button("✕", () => box.close(), { class: "round", "aria-label": texts.close })),
    h("div", { class: "dialog-body" }, content));
  box.addEventListener("close", () => {
    box.remove();
    if (before?.isConnected) before.focus();
  });
  box.addEventListener("click", (event) => event.target === box && box.close());
  document.body.append(box);
  box.showModal();
  return box;
}
