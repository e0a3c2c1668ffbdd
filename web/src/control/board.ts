// Control between two days: how much land each party held, and what changed hands.
import { source } from "../api";
import type { AreaItem, Change } from "../api/types";
import { sideDot } from "../lib/bits";
import { daysBetween, interval, written } from "../lib/days";
import { fill, h, said } from "../lib/dom";
import { number } from "../lib/numbers";
import { session } from "../shell/session";
import { store } from "../state/store";
import { VirtualTable, type RowMaker } from "../ledger/virtual";
import { texts } from "../texts";
import { AreaChart } from "./areas";
import { informed, spanOf, type Span } from "./span";

const t = texts.control;

/** What a place is opened by: its point, since names recur; its name where points are coarsened. */
const placeKey = (change: Change): string => (session.meta?.coarsen ? change.name : `${change.lat},${change.lon}`);

const rows: RowMaker<Change> = {
  height: 58,
  columns: [texts.list.when, texts.list.where, t.first, t.borneOut],
  key: placeKey,
  row: (change) => [
    h("div", { class: "cell when" }, written(change.on)),
    h("div", { class: "cell" }, h("span", { class: "line title" }, said(change.name)), h("span", { class: "line hands" }, held(change.before), " → ", held(change.after))),
    h("div", { class: "cell" }, ...(change.first_claimed_by ? [h("span", { class: "line" }, said(change.first_claimed_by)), h("span", { class: "line quiet" }, written(change.first_claimed_on))] : [h("span", { class: "two quiet" }, t.follows)])),
    h("div", { class: "cell" }, ...borneOut(change)),
  ],
};

function held(party: string | null): HTMLElement {
  return h("span", {}, sideDot(party), party ? texts.side(party) : texts.map.none);
}

function borneOut(change: Change): HTMLElement[] {
  if (!change.first_claimed_by) return [];
  if (!change.confirmed_by || !change.confirmed_on) return [h("span", { class: "two quiet" }, t.notYet)];
  return [h("span", { class: "line" }, said(change.confirmed_by)), h("span", { class: "line quiet" }, written(change.confirmed_on), lag(change) === null ? "" : ` · ${t.after(lag(change)!)}`)];
}

const lag = (change: Change): number | null => (change.first_claimed_on && change.confirmed_on ? daysBetween(change.first_claimed_on, change.confirmed_on) : null);

export class Board {
  readonly table = new VirtualTable<Change>(rows, (change) => store.set({ open: { kind: "place", id: placeKey(change) } }), () => t.nothing, "change-rows");
  private readonly chart = new AreaChart();
  private readonly said = h("p", { class: "quiet" });
  private readonly title = h("h2", {});
  readonly element = h("div", { class: "board" }, h("div", { class: "board-head" }, this.title, this.chart.element, placeForm(), this.said), this.table.element);
  private asked = "";

  constructor(private readonly all: () => Span | null) {
    store.watch((now) => this.chart.stand(now.day));
  }

  /** Asks for the days that are chosen; nothing where it is what is shown. */
  load(anew = false): void {
    const span = spanOf(store.now, this.all());
    const { bbox } = store.now;
    const wanted = JSON.stringify([span, bbox]);
    if (!span || (wanted === this.asked && !anew)) return;
    this.asked = wanted;
    fill(this.title, t.title(interval(span.from, span.to)), bbox ? h("span", { class: "quiet" }, ` ${t.inView}`) : "");
    fill(this.said, texts.loading);
    this.table.load(async (_, signal) => {
      const areas = await source.areas(span.from, span.to, bbox, signal);
      this.chart.show(areas, store.now.day);
      const { days, note } = compared(span, areas);
      const changes = await source.changes(days.from, days.to, bbox, signal);
      const items = [...changes].sort((a, b) => Number(!a.first_claimed_by) - Number(!b.first_claimed_by) || (a.on ?? "").localeCompare(b.on ?? ""));
      fill(this.said, [items.length ? summary(days, items) : "", note].filter(Boolean).join(" "));
      return { items, next: null, total: items.length };
    });
  }
}

/** The days to compare: from one on which enough is known where none was chosen; where one was, a note on how little is. */
function compared(span: Span, areas: AreaItem[]): { days: Span; note: string } {
  const first = informed(areas);
  if (!first || first <= span.from) return { days: span, note: "" };
  const chosen = store.now.from !== null && !store.now.day;
  return chosen || first >= span.to ? { days: span, note: t.little(written(span.from)) } : { days: { ...span, from: first }, note: "" };
}

function summary(days: Span, changes: Change[]): string {
  const named = changes.filter((change) => change.first_claimed_by);
  const lags = named.map(lag).filter((days): days is number => days !== null).sort((a, b) => a - b);
  return t.summary(interval(days.from, days.to), number(changes.length), number(named.length), number(lags.length), lags.length ? lags[Math.floor(lags.length / 2)]! : null);
}

/** Opens the history of a place by its name. */
function placeForm(): HTMLElement {
  const input = h("input", { id: "place-history", placeholder: t.placeHelp, autocomplete: "off", required: true, maxlength: 200 });
  return h("form", { class: "place-form", onsubmit: (event: SubmitEvent) => {
    event.preventDefault();
    if (input.value.trim()) store.set({ open: { kind: "place", id: input.value.trim() } });
  } }, h("label", { for: "place-history" }, t.history), input, h("button", { type: "submit", class: "plain" }, t.show));
}

