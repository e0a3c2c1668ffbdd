// The strip of time beneath the map: clock, days, histogram, player.
import { source } from "../api";
import type { Timeline } from "../api/types";
import { typeName } from "../lib/bits";
import { Newest } from "../lib/calm";
import { addDays, isDay } from "../lib/days";
import { button, h } from "../lib/dom";
import { KIND_NAMES, kindColour, kindOf, knownSides, sideColour, statusColour, STATUSES } from "../lib/kinds";
import { store } from "../state/store";
import { sameQuery, type Clock, type Grouping, type View } from "../state/view";
import { texts } from "../texts";
import { extent, gather, type Bins } from "./bins";
import { Histogram } from "./histogram";
import { Player } from "./player";

const NOTHING: Timeline = { days: [], broad: 0, undated: 0 };

export class TimeStrip {
  readonly element: HTMLElement;
  readonly histogram = new Histogram((from, to) => this.choose(from, to));
  private readonly from = this.dayInput("from");
  private readonly to = this.dayInput("to");
  private readonly playButton = button("▶", () => this.toggle(), { class: "round", "aria-label": texts.time.play, title: texts.time.play });
  private readonly unit = h("span", { class: "quiet unit" });
  private readonly nothing = h("p", { class: "quiet nothing", hidden: true }, texts.time.nothing);
  private readonly newest = new Newest();
  private readonly player = new Player((day) => this.stand(day), (playing) => this.marked(playing));
  private timeline: Timeline = NOTHING;
  private against: Timeline = NOTHING; // by the other clock
  bins: Bins | null = null;
  drawn: () => void = () => undefined;

  constructor(private readonly failed: (message: string) => void) {
    const clock = this.choice(texts.time.clock, { day: texts.time.event, report: texts.time.report }, store.now.by, (by) => store.set({ by: by as Clock }));
    const group = this.choice(texts.time.group, texts.time.groups, store.now.group, (value) => store.set({ group: value as Grouping }, { step: false }));
    store.watch((now) => {
      clock.querySelector("select")!.value = now.by;
      group.querySelector("select")!.value = now.group;
    });
    this.element = h("section", { class: "time", "aria-label": texts.time.label },
      h("div", { class: "time-bar" }, this.playButton, clock, group, this.unit,
        h("label", {}, h("span", { class: "hide" }, texts.time.from), this.from), h("span", { "aria-hidden": "true" }, "–"),
        h("label", {}, h("span", { class: "hide" }, texts.time.to), this.to),
        button(texts.time.all, () => this.choose(null, null), { class: "plain" })),
      this.histogram.element, this.nothing);
    store.watch((now, before) => this.changed(now, before));
    this.written(store.now);
    this.ask();
  }

  /** The day whose control the map shows: the player's, else the last that is chosen, else the last there is. */
  controlDay(): string | null {
    return store.now.day ?? store.now.to ?? this.bins?.last ?? null;
  }

  stepDay(by: number): void {
    if (!this.bins) return;
    const day = store.now.day ? addDays(store.now.day, by) : by > 0 ? this.bins.first : this.bins.last;
    if (day >= this.bins.first && day <= this.bins.last) this.stand(day);
  }

  toggle(): void {
    if (this.player.playing) return this.player.stop();
    if (!this.bins) return;
    const { from, to, day } = store.now;
    const wide = from !== null && to !== null && from !== to;
    const first = wide && !day ? from : this.bins.first;
    const last = wide && !day ? to : this.bins.last;
    this.player.play(day && day < last ? addDays(day, 1) : first, last);
  }

  redraw(): void {
    this.draw();
  }

  private stand(day: string): void {
    store.set({ day, from: day, to: day }, { step: false });
  }

  private marked(playing: boolean): void {
    this.playButton.textContent = playing ? "❚❚" : "▶";
    this.playButton.setAttribute("aria-label", playing ? texts.time.pause : texts.time.play);
    this.playButton.title = playing ? texts.time.pause : texts.time.play;
  }

  private choose(from: string | null, to: string | null): void {
    this.player.stop();
    store.set({ from, to, day: null });
  }

  private dayInput(which: "from" | "to"): HTMLInputElement {
    const input = h("input", { type: "date", class: "day-input" });
    input.addEventListener("change", () => store.set({ [which]: isDay(input.value) ? input.value : null, day: null }));
    return input;
  }

  private choice(label: string, options: Record<string, string>, value: string, chosen: (value: string) => void): HTMLElement {
    const select = h("select", { onchange: () => chosen(select.value) }, ...Object.entries(options).map(([key, name]) => h("option", { value: key, selected: key === value }, name)));
    return h("label", { class: "choice" }, h("span", { class: "quiet" }, label, " "), select);
  }

  private changed(now: View, before: View): void {
    this.written(now);
    if (!sameQuery(now, before, ["from", "to"]) || now.group !== before.group) this.ask();
    else if (now.from !== before.from || now.to !== before.to || now.day !== before.day) this.histogram.choose(now);
  }

  private written(view: View): void {
    this.from.value = view.from ?? "";
    this.to.value = view.to ?? "";
  }

  ask(): void {
    const other = store.now.by === "day" ? "report" : "day";
    void this.newest.ask((signal) => Promise.all([source.timeline(store.now, store.now.group, signal), source.timeline({ ...store.now, by: other }, store.now.group, signal)]), ([timeline, against]) => {
      this.timeline = timeline;
      this.against = against;
      this.draw();
      this.drawn();
    }, (error) => this.failed(error.message));
  }

  private draw(): void {
    const range = extent(this.timeline, this.against);
    this.nothing.hidden = !!range;
    this.histogram.element.hidden = !range;
    const most = Math.max(30, Math.floor(this.histogram.element.clientWidth / 4));
    this.bins = range ? gather(this.timeline, range[0], range[1], most) : null;
    this.unit.title = texts.time.both[store.now.by]!;
    this.unit.textContent = this.bins ? texts.time.per[this.bins.unit]! : "";
    const { from, to, day } = store.now;
    this.histogram.show(this.bins && { clock: store.now.by, bins: this.bins, against: gather(this.against, this.bins.first, this.bins.last, most), keys: this.keys(this.bins), left: texts.time.left(this.timeline.broad, this.timeline.undated), colour: (key) => this.colour(key), name: (key) => this.name(key), chosen: { from, to, day } });
  }

  private keys(bins: Bins): string[] {
    const there = new Set(bins.bins.flatMap((bin) => Object.keys(bin.counts)));
    const order = store.now.group === "status" ? [...STATUSES] : store.now.group === "side" ? [...knownSides(), "CIV", ""] : KIND_NAMES.flatMap((kind) => Object.keys(texts.types).filter((type) => kindOf(type) === kind));
    return [...order.filter((key) => there.has(key)), ...[...there].filter((key) => !order.includes(key as never))];
  }

  private colour(key: string): string {
    return store.now.group === "status" ? statusColour(key) : store.now.group === "event" ? kindColour(kindOf(key)) : sideColour(isNone(key) ? null : key);
  }

  private name(key: string): string {
    return store.now.group === "status" ? (texts.statuses[key] ?? key) : store.now.group === "event" ? typeName(key) : texts.side(isNone(key) ? null : key);
  }
}

const isNone = (key: string): boolean => ["", "null", "none", "unknown"].includes(key);
