// A document's text with a claim's parts marked, each in its way.
import type { Mark, MarkKind } from "../api/types";
import { h, said } from "../lib/dom";
import { visible } from "../lib/visible";
import { texts } from "../texts";

const ORDER: MarkKind[] = ["quantity", "place", "when", "source", "relay", "cue", "hedge", "agent", "target", "evidence"];

/** Offsets count characters as Python does, code points; JavaScript counts UTF-16 units. */
export function unitsAt(text: string): (offset: number) => number {
  if (!/[\ud800-\udbff]/.test(text)) return (offset) => offset;
  const starts: number[] = [];
  for (let i = 0; i < text.length; i += text.codePointAt(i)! > 0xffff ? 2 : 1) starts.push(i);
  return (offset) => starts[offset] ?? text.length;
}

/** The text as paragraphs of marked and plain stretches, with a tip that explains each mark. */
export function markedText(text: string, marks: Mark[]): HTMLElement {
  const at = unitsAt(text);
  const placed = marks.map((mark) => ({ ...mark, start: at(mark.start), end: at(mark.end) })).filter((mark) => mark.end > mark.start && ORDER.includes(mark.kind));
  const tip = h("div", { class: "mark-tip", role: "tooltip", id: "mark-tip", hidden: true });
  const body = h("div", { class: "text" });
  let offset = 0;
  for (const paragraph of text.split(/(\n+)/)) {
    if (paragraph.trim()) body.append(paragraphOf(paragraph, offset, placed, tip));
    offset += paragraph.length;
  }
  const scroller = h("div", { class: "document-text" }, body);
  requestAnimationFrame(() => {
    const evidence = body.querySelector<HTMLElement>(".m-evidence");
    if (evidence) scroller.scrollTop = evidence.offsetTop - scroller.clientHeight / 3;
  });
  return h("div", { class: "document-frame" }, scroller, tip);
}

function paragraphOf(text: string, offset: number, marks: Mark[], tip: HTMLElement): HTMLElement {
  const end = offset + text.length;
  const here = marks.filter((mark) => mark.start < end && mark.end > offset);
  const cuts = [...new Set([offset, end, ...here.flatMap((mark) => [Math.max(offset, mark.start), Math.min(end, mark.end)])])].sort((a, b) => a - b);
  const paragraph = h("p", { dir: "auto" });
  const begun = new Set<Mark>();
  for (let i = 0; i + 1 < cuts.length; i++) {
    const [from, to] = [cuts[i]!, cuts[i + 1]!];
    const words = visible(text.slice(from - offset, to - offset));
    const over = here.filter((mark) => mark.start <= from && mark.end >= to);
    paragraph.append(over.length ? stretch(words, over, begun, tip) : words);
  }
  return paragraph;
}

function stretch(words: string, over: Mark[], begun: Set<Mark>, tip: HTMLElement): HTMLElement {
  const kinds = [...new Set(over.map((mark) => mark.kind))];
  const first = over.some((mark) => !begun.has(mark));
  over.forEach((mark) => begun.add(mark));
  const inner = [...over].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  const mark = h("mark", { class: kinds.map((kind) => `m-${kind}`).join(" "), ...(first ? { tabindex: "0", "aria-describedby": "mark-tip" } : {}) }, words);
  const show = (): void => {
    tip.replaceChildren(...inner.map((one) => h("p", {}, h("strong", { class: `m-${one.kind}` }, texts.marks[one.kind]!), " ", said(one.why))));
    tip.hidden = false;
    const box = mark.getBoundingClientRect();
    const frame = tip.parentElement!.getBoundingClientRect();
    tip.style.top = `${box.bottom - frame.top + 6}px`;
    tip.style.left = `${Math.max(0, Math.min(box.left - frame.left, frame.width - 290))}px`;
  };
  const hide = (): void => void (tip.hidden = true);
  mark.addEventListener("pointerenter", show);
  mark.addEventListener("pointerleave", hide);
  mark.addEventListener("focus", show);
  mark.addEventListener("blur", hide);
  return mark;
}

/** What the marks look like, for those of these kinds. */
export function markKey(marks: Mark[]): HTMLElement {
  const kinds = [...ORDER].reverse().filter((kind) => marks.some((mark) => mark.kind === kind));
  return h("p", { class: "mark-key", "aria-label": texts.claim.marks }, ...kinds.map((kind) => h("span", { class: `m-${kind}` }, texts.marks[kind]!)));
}
