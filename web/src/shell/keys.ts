// The keyboard, all the way.
import { button, h } from "../lib/dom";
import { texts } from "../texts";
import { dialog } from "./dialog";

export type Keys = Record<string, () => void>;

/** Listens for single keys, but not while one writes or a dialog is open. */
export function listen(keys: Keys): void {
  window.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target as Element;
    const writing = target.matches("input, textarea, select, [contenteditable]");
    if (writing && event.key === "Escape") return (target as HTMLElement).blur();
    if (writing || document.querySelector("dialog[open]")) return;
    const run = keys[event.key];
    if (!run || (event.key === "Enter" && target.matches("button, a, summary"))) return;
    event.preventDefault();
    run();
  });
}

export function showKeys(): void {
  const box = dialog(texts.help.title, h("dl", { class: "keys" }, ...texts.help.keys.flatMap(([key, what]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, what)])));
  box.append(h("p", { class: "actions" }, button(texts.close, () => box.close(), { class: "primary" })));
}
