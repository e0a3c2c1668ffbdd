// Figures of an event as intervals, a line for each voice that gave one.
import { scaleLinear, scaleSymlog } from "d3-scale";
import type { FigureItem } from "../api/types";
import { written } from "../lib/days";
import { button, h, said, svg } from "../lib/dom";
import { figure } from "../lib/numbers";
import { texts } from "../texts";

const WIDE = 260;
const HIGH = 22;

export function figures(items: FigureItem[], open: (claim: string) => void): HTMLElement {
  const groups = new Map<string, FigureItem[]>();
  for (const item of items) {
    const key = `${item.kind}|${item.unit ?? ""}`;
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return h("div", { class: "figures" }, ...[...groups.values()].map((group) => chart(group, open)));
}

function chart(group: FigureItem[], open: (claim: string) => void): HTMLElement {
  const ends = group.flatMap((item) => [item.low, item.high]).filter((value): value is number => value !== null);
  const low = Math.min(...ends, 0);
  const high = Math.max(...ends, 1);
  const wide = high > 50 * Math.max(1, Math.min(...ends.filter((value) => value > 0)));
  const x = (wide ? scaleSymlog() : scaleLinear()).domain([low, high * 1.05]).range([4, WIDE - 14]);
  const rows = [...group].sort((a, b) => (a.told ?? "").localeCompare(b.told ?? "")).map((item) => h("tr", { class: item.corrected ? "corrected" : "" },
    h("th", { scope: "row" }, button(item.voice ? said(item.voice) : texts.outlet, () => open(item.claim), { class: "plain" }), h("span", { class: "quiet" }, item.told ? ` ${written(item.told)}` : "")),
    h("td", {}, bar(item, x(item.low ?? low), x(item.high ?? high))),
    h("td", { class: "number" }, figure(item), item.corrected ? h("span", { class: "quiet" }, ` ${texts.event.corrected}`) : null)));
  return h("table", {}, h("caption", {}, texts.quantities[group[0]!.kind] ?? group[0]!.kind), h("tbody", {}, ...rows));
}

function bar(item: FigureItem, from: number, to: number): SVGSVGElement {
  const middle = HIGH / 2;
  const open = item.high === null ? svg("path", { d: `M${WIDE - 14} ${middle - 4} l6 4 l-6 4`, class: "arrow" }) : null;
  const end = item.high === null ? WIDE - 10 : to;
  return svg("svg", { width: WIDE, height: HIGH, viewBox: `0 0 ${WIDE} ${HIGH}`, "aria-hidden": "true", class: "interval" },
    svg("line", { x1: 4, x2: WIDE - 4, y1: middle, y2: middle, class: "axis" }),
    svg("line", { x1: from, x2: end, y1: middle, y2: middle, class: item.high === null || item.low === null ? "span open" : "span" }), open,
    item.low !== null ? svg("circle", { cx: from, cy: middle, r: 4, class: "end" }) : null,
    item.high !== null && item.high !== item.low ? svg("circle", { cx: to, cy: middle, r: 4, class: "end" }) : null);
}
