// Adding reports: files, a text, or an address; each is read before one's eyes.
import { source } from "../api";
import type { Addition } from "../api/source";
import type { Problem, Progress } from "../api/types";
import { fill, h, said } from "../lib/dom";
import { dialog } from "../shell/dialog";
import { session } from "../shell/session";
import { toast } from "../shell/toast";
import { texts } from "../texts";

const t = texts.add;
let added: () => void = () => undefined;

/** Says who wants to know when something was added. */
export const onAdded = (listener: () => void): void => void (added = listener);

export function openAdd(files: File[] = []): void {
  if (!session.may("add")) return toast(t.needsRole);
  const input = h("input", { type: "file", multiple: true, id: "add-files", class: "hide" });
  const names = h("ul", { class: "names" });
  let chosen = files;
  const choose = (list: FileList | null): void => {
    chosen = [...(list ?? [])];
    fill(names, ...chosen.map((file) => h("li", {}, said(file.name))));
  };
  input.addEventListener("change", () => choose(input.files));
  fill(names, ...chosen.map((file) => h("li", {}, said(file.name))));
  const drop = h("label", { class: "drop", for: "add-files" }, input, h("strong", {}, t.drop), h("span", { class: "quiet" }, t.types), names);
  drop.addEventListener("dragover", (event) => event.preventDefault());
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    event.stopPropagation();
    choose(event.dataTransfer?.files ?? null);
  });
  const text = h("textarea", { id: "add-text", rows: 7 });
  const title = h("input", { id: "add-title" });
  const published = h("input", { id: "add-published", type: "date" });
  const outlet = h("input", { id: "add-outlet" });
  const address = h("input", { id: "add-address", type: "url", placeholder: "https://" });
  const progress = h("div", { class: "progress", "aria-live": "polite" });
  const given = (): Addition | null => {
    const told = { ...(published.value && { published: published.value }), ...(outlet.value.trim() && { outlet: outlet.value.trim() }) };
    if (chosen.length) return { files: chosen, ...told };
    if (text.value.trim()) return { text: text.value, ...(title.value.trim() && { title: title.value.trim() }), ...told };
    return address.value.trim() ? { address: address.value.trim(), ...told } : null;
  };
  const go = h("button", { type: "submit", class: "primary" }, t.go);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const addition = given();
    if (!addition) return fill(progress, h("p", { class: "problem" }, t.nothing));
    go.disabled = true;
    void read(addition, progress).then((went) => {
      go.disabled = false;
      if (addition.files) {
        chosen = [];
        input.value = "";
        fill(names);
      }
      if (went) for (const field of addition.text ? [text, title] : addition.address ? [address] : []) field.value = "";
    });
  };
  dialog(t.title, h("form", { class: "form add", onsubmit: submit }, drop,
    h("details", {}, h("summary", {}, t.text), h("label", { for: "add-text" }, t.tabs.text, text),
      h("label", { for: "add-title" }, t.textTitle, title)),
    h("details", {}, h("summary", {}, t.address), h("label", { for: "add-address" }, t.tabs.address, address)),
    h("div", { class: "three" }, h("label", { for: "add-published" }, t.published, published), h("label", { for: "add-outlet" }, t.outlet, outlet)),
    h("p", { class: "quiet" }, t.untold),
    progress, h("p", { class: "actions" }, go)), "wide");
}

/** Reads what is given, telling of it, and says whether all of it went well. */
async function read(addition: Addition, progress: HTMLElement): Promise<boolean> {
  const line = h("p", {}, t.reading);
  const bar = h("progress", { "aria-label": t.reading });
  const problems = h("ul", { class: "problems" });
  fill(progress, bar, line, problems);
  const words = (so_far: Progress): [string, string] => [texts.counts.documents(so_far.documents), texts.counts.claims(so_far.claims)];
  let well = true;
  const problem = ({ object, message }: Problem): void => {
    well = false;
    problems.append(h("li", {}, h("strong", {}, said(object)), " ", said(message)));
  };
  try {
    await source.add(addition, {
      progress: (so_far) => fill(line, t.soFar(...words(so_far))),
      problem,
      done: (result) => {
        fill(line, t.done(...words(result)), result.known ? ` ${t.known(texts.counts.documents(result.known))}.` : "", result.undated ? ` ${t.undated(texts.counts.documents(result.undated))}` : "");
        added();
      },
      failed: (message) => problem({ object: "", message }),
    });
  } catch (error) {
    problem({ object: "", message: (error as Error).message });
    fill(line);
  }
  bar.remove();
  return well;
}

/** Lets files be dropped anywhere on the page. */
export function acceptDrops(): void {
  const veil = h("div", { class: "veil", hidden: true }, h("strong", {}, t.dropHere));
  document.body.append(veil);
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
  window.addEventListener("dragenter", (event) => (veil.hidden = !hasFiles(event)));
  window.addEventListener("dragover", (event) => event.preventDefault());
  veil.addEventListener("dragleave", () => (veil.hidden = true));
  window.addEventListener("drop", (event) => {
    event.preventDefault();
    veil.hidden = true;
    if (event.dataTransfer?.files.length && !document.querySelector("dialog[open]")) openAdd([...event.dataTransfer.files]);
  });
}
