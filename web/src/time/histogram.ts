// Claims by day as stacked bars, with a brush to choose days.
import { scaleLinear, scaleUtc } from "d3-scale";
import { addDays, daysBetween, interval, toDate, toDay, written, writtenMonth, writtenShort } from "../lib/days";
import { h, svg } from "../lib/dom";
import { number } from "../lib/numbers";
import { texts } from "../texts";
import type { Clock } from "../state/view";
import type { Bins } from "./bins";

const TOP = 6;
const BOTTOM = 18;
const SIDE = 8;

export interface Chosen { from: string | null; to: string | null; day: string | null }
export interface Drawing { clock: Clock; bins: Bins; against: Bins; keys: string[]; colour(key: string): string; name(key: string): string; chosen: Chosen; left: string } // `left` says what is on no day

export class Histogram {
  readonly element = h("div", { class: "histogram" });
  private readonly tip = h("div", { class: "tip", hidden: true });
  private drawing: Drawing | null = null;
  private dragging: { from: string; to: string } | null = null;
  private readonly over = svg("g", {}); // what is chosen, drawn over the bars without drawing them anew

  constructor(private readonly brushed: (from: string | null, to: string | null) => void) {
    new ResizeObserver(() => this.draw()).observe(this.element);
    this.element.addEventListener("pointerdown", (event) => this.press(event));
    this.element.addEventListener("pointermove", (event) => this.hover(event));
    this.element.addEventListener("pointerleave", () => (this.tip.hidden = true));
    this.element.addEventListener("dblclick", () => this.brushed(null, null));
  }

  show(drawing: Drawing | null): void {
    this.drawing = drawing;
    this.draw();
  }

  /** Marks other days as chosen. */
  choose(chosen: Chosen): void {
    if (!this.drawing) return;
    this.drawing = { ...this.drawing, chosen };
    this.drawChosen();
  }

  private scale() {
    const { bins } = this.drawing!;
    return scaleUtc().domain([toDate(bins.first), toDate(addDays(bins.last, 1))]).range([SIDE, Math.max(SIDE + 1, this.element.clientWidth - SIDE)]);
  }

  private draw(): void {
    this.element.replaceChildren();
    const wide = this.element.clientWidth;
    const high = this.element.clientHeight;
    if (!this.drawing || wide < 20 || high < 20) return;
    const { clock, bins, against, keys, colour, left: rest } = this.drawing;
    const x = this.scale();
    const y = scaleLinear().domain([0, Math.max(bins.most, against.most)]).range([high - BOTTOM, TOP]);
    const picture = svg("svg", { width: wide, height: high, role: "img", "aria-label": this.summary() });
    for (const tick of x.ticks(Math.max(2, Math.floor(wide / 110))).filter((one) => one.getUTCHours() === 0)) {
      const at = x(tick);
      picture.append(svg("line", { x1: at, x2: at, y1: TOP, y2: high - BOTTOM, class: "grid" }), at < wide - 34 ? svg("text", { x: at + 3, y: high - 5, class: "tick" }, tickText(tick, bins)) : "");
    }
    picture.append(svg("line", { x1: SIDE, x2: wide - SIDE, y1: TOP, y2: TOP, class: "grid" }));
    for (const bin of bins.bins) {
      const left = x(toDate(bin.start));
      const width = Math.max(1, x(toDate(addDays(bin.end, 1))) - left - (bins.unit === "day" && wide / bins.bins.length < 4 ? 0 : 1));
      let from = 0;
      for (const key of keys) {
        const count = bin.counts[key] ?? 0;
        if (!count) continue;
        const top = y(from + count);
        picture.append(svg("rect", { x: left, width, y: top, height: Math.max(0.5, y(from) - top), fill: colour(key), class: "bar" }));
        from += count;
      }
    }
    const steps = against.bins.flatMap((bin) => {
      const [left, right] = [x(toDate(bin.start)), x(toDate(addDays(bin.end, 1)))];
      return `M${left.toFixed(1)} ${(high - BOTTOM).toFixed(1)}V${y(bin.total).toFixed(1)}H${right.toFixed(1)}V${(high - BOTTOM).toFixed(1)}`;
    });
    picture.append(svg("path", { d: steps.join(""), class: "against" }));
    const scale = `${texts.time.against[clock]!} · ${number(Math.max(bins.most, against.most))}`;
    [scale, rest].filter(Boolean).forEach((line, i) => picture.append(svg("text", { x: wide - SIDE, y: TOP + 11 + 13 * i, class: "tick", "text-anchor": "end" }, line)));
    picture.append(this.over);
    this.drawChosen();
    this.element.append(picture, this.tip);
  }

  private drawChosen(): void {
    const { chosen } = this.drawing!;
    const range = this.dragging ?? chosen;
    const x = this.scale();
    const wide = this.element.clientWidth;
    const foot = this.element.clientHeight - BOTTOM;
    this.over.replaceChildren();
    if (range.from || range.to) {
      const left = Math.min(wide - SIDE, Math.max(SIDE, range.from ? x(toDate(range.from)) : SIDE));
      const right = Math.max(left, Math.min(wide - SIDE, range.to ? x(toDate(addDays(range.to, 1))) : wide - SIDE));
      this.over.append(
        svg("rect", { x: SIDE, width: left - SIDE, y: 1, height: foot - 1, class: "out" }),
        svg("rect", { x: right, width: wide - SIDE - right, y: 1, height: foot - 1, class: "out" }),
        svg("rect", { x: left, width: Math.max(2, right - left), y: 1, height: foot - 1, class: "brush", rx: 2 }));
    }
    if (chosen.day) {
      const at = x(toDate(chosen.day)) + Math.max(0.5, (x(toDate(addDays(chosen.day, 1))) - x(toDate(chosen.day))) / 2);
      this.over.append(svg("line", { x1: at, x2: at, y1: 0, y2: foot, class: "head" }), svg("circle", { cx: at, cy: 3, r: 3, class: "head" }));
    }
  }

  private summary(): string {
    const { bins, left } = this.drawing!;
    const peak = bins.bins.reduce((best, bin) => (bin.total > best.total ? bin : best), bins.bins[0]!);
    const all = bins.bins.reduce((sum, bin) => sum + bin.total, 0);
    return texts.time.summary(texts.counts.claims(all), written(bins.first), written(bins.last), written(peak.start), number(peak.total)) + (left && ` ${left}.`);
  }

  private dayAt(event: PointerEvent): string {
    const { bins } = this.drawing!;
    const at = event.clientX - this.element.getBoundingClientRect().left;
    const day = toDay(this.scale().invert(at));
    return day < bins.first ? bins.first : day > bins.last ? bins.last : day;
  }

  private press(event: PointerEvent): void {
    if (!this.drawing || event.button !== 0) return;
    const anchor = this.dayAt(event);
    const start = event.clientX;
    this.element.setPointerCapture(event.pointerId);
    const move = (next: PointerEvent): void => {
      const day = this.dayAt(next);
      if (!this.dragging && Math.abs(next.clientX - start) < 4) return;
      this.dragging = day < anchor ? { from: day, to: anchor } : { from: anchor, to: day };
      this.drawChosen();
    };
    const release = (): void => {
      this.element.removeEventListener("pointermove", move);
      this.element.removeEventListener("pointerup", release);
      this.element.removeEventListener("pointercancel", release);
      const bin = this.drawing?.bins.bins.find((one) => one.start <= anchor && one.end >= anchor);
      const { from, to } = this.dragging ?? { from: bin?.start ?? null, to: bin?.end ?? null };
      this.dragging = null;
      this.brushed(from, to);
    };
    this.element.addEventListener("pointermove", move);
    this.element.addEventListener("pointerup", release);
    this.element.addEventListener("pointercancel", release);
  }

  private hover(event: PointerEvent): void {
    if (!this.drawing) return;
    const day = this.dayAt(event);
    const bin = this.drawing.bins.bins.find((one) => one.start <= day && one.end >= day);
    this.tip.hidden = !bin;
    if (!bin) return;
    const lines = this.drawing.keys.filter((key) => bin.counts[key]).map((key) => {
      const dot = h("span", { class: "dot" });
      dot.style.setProperty("--dot", this.drawing!.colour(key));
      return h("div", {}, dot, ` ${this.drawing!.name(key)} ${number(bin.counts[key]!)}`);
    });
    this.tip.replaceChildren(h("strong", {}, interval(bin.start, bin.end)), ...lines);
    const at = event.clientX - this.element.getBoundingClientRect().left;
    this.tip.style.left = `${Math.min(at + 12, this.element.clientWidth - 150)}px`;
  }
}

/** A tick's day in as few words as the span needs. */
function tickText(tick: Date, bins: Bins): string {
  const day = toDay(tick);
  return daysBetween(bins.first, bins.last) < 120 ? writtenShort(day) : day.slice(5) === "01-01" ? day.slice(0, 4) : writtenMonth(day);
}
