// How much land each party held day by day, as lines with their intervals, and the same as a table.
import { scaleLinear, scaleUtc } from "d3-scale";
import type { AreaItem } from "../api/types";
import { sideDot } from "../lib/bits";
import { toDate, toDay, written, writtenShort } from "../lib/days";
import { fill, h, svg } from "../lib/dom";
import { sideColour } from "../lib/kinds";
import { number } from "../lib/numbers";
import { texts } from "../texts";

const t = texts.control;
const HIGH = 150;
const EDGE = { top: 8, right: 12, bottom: 20, left: 52 };

type Line = { holder: string; days: AreaItem[] };

export class AreaChart {
  private readonly frame = h("div", { class: "areas-frame" });
  private readonly tip = h("div", { class: "tip", hidden: true });
  private readonly table = h("details", { class: "areas-table" }, h("summary", {}, t.asTable));
  readonly element = h("figure", { class: "areas" }, this.frame, this.table);
  private lines: Line[] = [];
  private day: string | null = null;

  constructor() {
    new ResizeObserver(() => this.draw()).observe(this.frame);
    this.frame.addEventListener("pointermove", (event) => this.hover(event));
    this.frame.addEventListener("pointerleave", () => (this.tip.hidden = true));
    this.table.addEventListener("toggle", () => this.tabulate());
  }

  /** Shows areas; `day` is where the player stands. */
  show(items: AreaItem[], day: string | null): void {
    const found = new Map<string, AreaItem[]>();
    for (const item of items) found.set(item.holder, [...(found.get(item.holder) ?? []), item]);
    this.lines = [...found].map(([holder, days]) => ({ holder, days })).sort((a, b) => most(b) - most(a)).slice(0, 6);
    this.day = day;
    this.draw();
    this.tabulate();
  }

  stand(day: string | null): void {
    this.day = day;
    this.draw();
  }

  private get days(): string[] {
    return [...new Set(this.lines.flatMap((line) => line.days.map((one) => one.on)))].sort();
  }

  private scales(wide: number) {
    const days = this.days;
    const x = scaleUtc().domain([toDate(days[0]!), toDate(days.at(-1)!)]).range([EDGE.left, wide - EDGE.right]);
    const top = Math.max(1, ...this.lines.flatMap((line) => line.days.map((one) => one.high)));
    return { x, y: scaleLinear().domain([0, top]).nice(4).range([HIGH - EDGE.bottom, EDGE.top]) };
  }

  private draw(): void {
    const wide = this.frame.clientWidth;
    if (!this.lines.length || wide < 120) return this.frame.replaceChildren(this.lines.length ? "" : h("p", { class: "quiet" }, t.noAreas));
    const { x, y } = this.scales(wide);
    const picture = svg("svg", { width: wide, height: HIGH, role: "img", "aria-label": this.summary() });
    for (const tick of y.ticks(4)) picture.append(svg("line", { x1: EDGE.left, x2: wide - EDGE.right, y1: y(tick), y2: y(tick), class: "grid" }), svg("text", { x: EDGE.left - 6, y: y(tick) + 3.5, class: "tick", "text-anchor": "end" }, number(tick)));
    for (const tick of x.ticks(Math.max(2, Math.floor(wide / 110)))) if (x(tick) < wide - 40 && tick.getUTCHours() === 0) picture.append(svg("text", { x: x(tick), y: HIGH - 5, class: "tick" }, writtenShort(toDay(tick))));
    for (const { holder, days } of this.lines) {
      const colour = sideColour(holder);
      const at = (one: AreaItem, value: number): string => `${x(toDate(one.on)).toFixed(1)},${y(value).toFixed(1)}`;
      picture.append(
        svg("polygon", { points: [...days.map((one) => at(one, one.high)), ...[...days].reverse().map((one) => at(one, one.low))].join(" "), fill: colour, class: "band" }),
        svg("polyline", { points: days.map((one) => at(one, one.km2)).join(" "), stroke: colour, class: "line" }));
    }
    if (this.day && this.day >= this.days[0]! && this.day <= this.days.at(-1)!) picture.append(svg("line", { x1: x(toDate(this.day)), x2: x(toDate(this.day)), y1: EDGE.top, y2: HIGH - EDGE.bottom, class: "head" }));
    this.frame.replaceChildren(picture, h("ul", { class: "legend across" }, ...this.lines.map(({ holder }) => h("li", {}, sideDot(holder), texts.side(holder)))), this.tip);
  }

  private summary(): string {
    const last = (line: Line): AreaItem => line.days.at(-1)!;
    return t.areas(written(this.days[0]), written(this.days.at(-1)), this.lines.map((line) => `${texts.side(line.holder)} ${interval(last(line))}`).join("; "));
  }

  private hover(event: PointerEvent): void {
    if (!this.lines.length) return;
    const { x } = this.scales(this.frame.clientWidth);
    const left = event.clientX - this.frame.getBoundingClientRect().left;
    const under = toDay(new Date(x.invert(left).getTime() + 43_200_000));
    const day = this.days.reduce((best, one) => (one <= under ? one : best), this.days[0]!);
    const told = this.lines.flatMap((line) => line.days.filter((one) => one.on === day));
    this.tip.hidden = false;
    fill(this.tip, h("strong", {}, written(day)), ...told.map((one) => h("div", {}, sideDot(one.holder), ` ${texts.side(one.holder)} ${interval(one)}`)));
    this.tip.style.left = `${Math.min(left + 12, this.frame.clientWidth - 230)}px`;
  }

  private tabulate(): void {
    if (!this.table.open) return;
    const of = (line: Line, day: string): string => {
      const found = line.days.find((one) => one.on === day);
      return found ? interval(found) : "";
    };
    fill(this.table, h("summary", {}, t.asTable), h("div", { class: "scrolled", tabindex: "0", role: "region", "aria-label": t.km2 }, h("table", {},
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, texts.list.when), ...this.lines.map((line) => h("th", { scope: "col" }, texts.side(line.holder))))),
      h("tbody", {}, ...this.days.map((day) => h("tr", {}, h("th", { scope: "row" }, written(day)), ...this.lines.map((line) => h("td", {}, of(line, day)))))))));
  }
}

const most = (line: Line): number => Math.max(...line.days.map((one) => one.km2));
const interval = (one: AreaItem): string => t.between(number(Math.round(one.km2)), number(Math.round(one.low)), number(Math.round(one.high)));
