// The right-hand side: tabs, the list that follows map and time, and what is open.
import { source } from "../api";
import type { Check, ClaimItem, EventItem, Review, VoiceItem } from "../api/types";
import { Board } from "../control/board";
import { placeView } from "../control/place";
import { spanOf, type Span } from "../control/span";
import { claimView } from "../claim/claim";
import { eventView } from "../event/event";
import { problem, quiet } from "../lib/bits";
import { Newest } from "../lib/calm";
import { button, fill, h } from "../lib/dom";
import type { Spot } from "../map/map";
import { judge, undo } from "../review/judge";
import { sameAs } from "../review/same";
import { toast } from "../shell/toast";
import { session } from "../shell/session";
import { store } from "../state/store";
import { EMPTY, orderOf, sameQuery, SORTS, TABS, type Open, type Tab, type View } from "../state/view";
import { texts } from "../texts";
import { voiceKey } from "../lib/voices";
import { voiceView } from "../voices/voice";
import { checkRows, claimRows, eventRows, reviewRows, voiceRows } from "./rows";
import { VirtualTable } from "./virtual";
import type { ClaimFull, EventFull, Relative } from "../api/types";

export interface Listener { chosen(spots: Spot[], go: boolean): void; counted(count: string): void; days(): Span | null }

const open = (kind: Open["kind"], id: string): void => store.set({ open: { kind, id } });
const emptyWords = (): string => (session.meta?.ledger.documents === 0 ? texts.list.emptyLedger : texts.list.empty);

export class Pane {
  readonly element: HTMLElement;
  private readonly board = new Board(() => this.listener.days());
  private readonly tables = {
    control: this.board.table,
    events: new VirtualTable<EventItem>(eventRows, (event) => open("event", event.id), emptyWords, "event-rows"),
    claims: new VirtualTable<ClaimItem>(claimRows, (claim) => open("claim", claim.id), emptyWords, "claim-rows"),
    voices: new VirtualTable<VoiceItem>(voiceRows, (voice) => open("voice", voiceKey(voice)), emptyWords, "voice-rows"),
    checks: new VirtualTable<Check>(checkRows, (check) => (check.event ? open("event", check.event) : open("claim", check.claims[0] ?? "")), emptyWords, "check-rows"),
    reviews: new VirtualTable<Review>(reviewRows, (review) => this.openJudged(review), () => texts.review.nothing, "check-rows"),
  };
  private readonly tabs = h("div", { class: "tabs", role: "tablist", "aria-label": texts.list.label });
  private readonly order = h("select", { class: "order", "aria-label": texts.list.order, title: texts.list.order, onchange: () => store.set({ sort: this.order.value }) });
  private readonly count = h("p", { class: "count", "aria-live": "polite" });
  private readonly list = h("div", { class: "list", id: "ledger", role: "tabpanel", tabindex: "-1" });
  private readonly detail = h("div", { class: "detail-pane", hidden: true });
  private readonly body = h("div", { class: "detail-body", tabindex: "0", role: "region", "aria-label": texts.list.what });
  private readonly newest = new Newest();
  private span: Span | null = null; // the days of the place that is open
  private shown: { claim?: ClaimFull; event?: EventFull } = {};

  constructor(private readonly listener: Listener) {
    this.element = h("section", { class: "pane", "aria-label": texts.list.label }, h("div", { class: "pane-head" }, this.tabs, h("div", { class: "pane-foot" }, h("label", { class: "ordering" }, h("span", { "aria-hidden": "true" }, "⇅"), this.order), this.count)), this.list,
      this.detail);
    this.detail.append(h("div", { class: "detail-bar" }, button(`← ${texts.back}`, () => this.back(), { class: "plain" }), h("span", { class: "grow" }),
      button("↑", () => this.step(-1), { class: "round", title: "k", "aria-label": "k" }), button("↓", () => this.step(1), { class: "round", title: "j", "aria-label": "j" })), this.body);
    for (const tab of TABS) this.tabs.append(h("button", { type: "button", role: "tab", id: `tab-${tab}`, "aria-controls": "ledger", onclick: () => this.show(tab) }, texts.tabs[tab]));
    this.tabs.addEventListener("keydown", (event) => this.tabKey(event));
    for (const tab of TABS) this.tables[tab].loaded = () => this.counted(tab);
    store.watch((now, before) => this.changed(now, before));
    this.draw(store.now);
    this.load();
    this.openUp(store.now.open);
  }

  show(tab: Tab): void {
    store.set({ tab, open: null, ...(tab === "control" && { control: store.now.control ?? "assessed" }) });
  }

  /** The days are known now, or others than before. */
  timed(): void {
    if (store.now.tab === "control") this.board.load();
    if (store.now.open?.kind === "place" && !this.span) this.openUp(store.now.open);
  }

  step(by: number): void {
    const table = this.tables[store.now.tab];
    table.move(by);
    if (store.now.open) table.openActive();
  }

  enter(): void {
    if (!store.now.open) this.tables[store.now.tab].openActive();
  }

  back(): void {
    if (!store.now.open) return;
    store.set({ open: null });
    this.tables[store.now.tab].focus();
  }

  toEvent(): void {
    const id = this.shown.claim?.event_id;
    if (id) store.set({ open: { kind: "event", id }, tab: "events" });
  }

  notSame(): void {
    const { claim, event } = this.shown;
    if (claim) return void this.split(claim);
    const [first, last] = [event?.claims[0], event?.claims.at(-1)];
    if (event && first && last && first !== last) judge({ kind: "not-same", subject: last, other: first }, texts.review.split(event.claim_items.find((one) => one.id === last)?.evidence.text ?? ""));
  }

  /** Takes a claim out of its event; the judgement is on it and another claim of that event. */
  private async split(claim: ClaimFull): Promise<void> {
    const event = claim.event_id ? await source.event(claim.event_id) : null;
    const other = event?.claims.find((id) => id !== claim.id);
    if (other) judge({ kind: "not-same", subject: claim.id, other }, texts.review.split(claim.evidence.text));
    else toast(texts.review.alone);
  }

  same(): void {
    if (this.shown.event) sameAs(this.shown.event);
  }

  wrong(): void {
    if (this.shown.claim) judge({ kind: "wrong", subject: this.shown.claim.id, field: "claim" }, texts.review.wrongClaim);
  }

  undo(): void {
    undo();
  }

  /** Opens what a judgement is on: a claim or a voice; what took one back is on the same. */
  private openJudged(review: Review): void {
    const about = review.kind === "undo" ? this.tables.reviews.items.find((one) => one.id === review.subject) : review;
    if (about && about.kind !== "undo") open(about.kind === "reliability" ? "voice" : "claim", about.subject);
  }

  /** Asks for everything anew, after an addition or a judgement. */
  reload(): void {
    this.load(true);
    this.openUp(store.now.open);
  }

  private load(anew = false): void {
    const { tab } = store.now;
    if (tab === "control") this.board.load(anew);
    else if (tab === "events") this.tables.events.load((cursor, signal) => source.events(store.now, cursor, signal, orderOf(store.now)));
    else if (tab === "claims") this.tables.claims.load((cursor, signal) => source.claims(store.now, cursor, signal, orderOf(store.now)));
    else if (tab === "voices") this.tables.voices.load((cursor, signal) => source.voices(store.now, cursor, signal));
    else if (tab === "checks") this.tables.checks.load((cursor, signal) => source.checks(store.now, cursor, signal));
    else this.tables.reviews.load((cursor, signal) => source.reviews(cursor, signal));
  }

  private counted(tab: Tab): void {
    if (tab !== store.now.tab) return;
    const table = this.tables[tab];
    const count = texts.counts[tab](table.total ?? table.items.length) + (table.total === null ? "+" : "");
    fill(this.count, count);
    this.listener.counted(count);
    table.mark(store.now.open?.id ?? null);
  }

  private changed(now: View, before: View): void {
    if (now.tab !== before.tab) this.draw(now);
    if (now.tab !== before.tab || !sameQuery(now, before) || orderOf(now) !== orderOf(before)) this.load();
    this.sorted(now);
    if (now.open?.id !== before.open?.id || now.open?.kind !== before.open?.kind) this.openUp(now.open);
    else if (now.open?.kind === "place" && !now.day && (now.from !== before.from || now.to !== before.to)) this.openUp(now.open);
  }

  private draw(view: View): void {
    for (const tab of this.tabs.children) {
      const chosen = tab.id === `tab-${view.tab}`;
      tab.setAttribute("aria-selected", String(chosen));
      (tab as HTMLElement).tabIndex = chosen ? 0 : -1;
      if (chosen) tab.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
    this.list.setAttribute("aria-labelledby", `tab-${view.tab}`);
    const orders = SORTS[view.tab] ?? [];
    fill(this.order, ...orders.map((order) => h("option", { value: order }, texts.list.orders[order]!)));
    this.order.parentElement!.hidden = !orders.length;
    this.sorted(view);
    fill(this.list, view.tab === "control" ? this.board.element : this.tables[view.tab].element);
  }

  private sorted(view: View): void {
    this.order.value = orderOf(view) ?? SORTS[view.tab]?.[0] ?? "";
  }

  private tabKey(event: KeyboardEvent): void {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!by) return;
    event.preventDefault();
    const next = TABS[(TABS.indexOf(store.now.tab) + by + TABS.length) % TABS.length]!;
    this.show(next);
    document.getElementById(`tab-${next}`)?.focus();
  }

  private openUp(what: Open | null): void {
    this.shown = {};
    const hidden = this.detail.hidden;
    this.detail.hidden = !what;
    this.list.hidden = !!what;
    this.element.classList.toggle("opened", !!what);
    if (!what) return this.listener.chosen([], false);
    if (hidden) fill(this.body, quiet(texts.loading));
    this.tables[store.now.tab].mark(what.id);
    void this.newest.ask((signal) => this.fetch(what, signal), (view) => {
      fill(this.body, view);
      this.body.scrollTop = 0;
      view.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
    }, (error) => fill(this.body, problem(error.message, () => this.openUp(what))));
  }

  private async fetch(what: Open, signal: AbortSignal): Promise<HTMLElement> {
    if (what.kind === "claim") {
      const claim = await source.claim(what.id, signal);
      this.shown = { claim };
      this.listener.chosen(spotsOf(claim.places), true);
      return claimView(claim);
    }
    if (what.kind === "event") {
      const event = await source.event(what.id, signal);
      this.shown = { event };
      this.listener.chosen(event.lat !== null && event.lon !== null ? [{ lat: event.lat, lon: event.lon, radiusKm: event.radius_km }] : [], true);
      return eventView(event);
    }
    if (what.kind === "place") return this.place(what.id, signal);
    const name = what.id.startsWith("outlet:") ? "narrator" : what.id;
    const voices = (await source.voices({ ...EMPTY, voice: name }, null, signal)).items;
    const voice = voices.find((one) => voiceKey(one) === what.id);
    return voice ? voiceView(voice) : quiet(texts.list.empty);
  }

  private async place(id: string, signal: AbortSignal): Promise<HTMLElement> {
    this.span = spanOf(store.now, this.listener.days());
    const periods = await source.history(id, this.span, signal);
    const [first] = periods;
    if (!first) return quiet(texts.map.nothing);
    const [events, places] = await Promise.all([source.events({ ...EMPTY, place: first.name }, null, signal), source.places(first.name)]);
    const spot = places.find((one) => one.geonameid === first.geonameid);
    this.listener.chosen(spot ? [{ lat: spot.lat, lon: spot.lon, radiusKm: null }] : [], true);
    return placeView(periods, events.items.slice(0, 30));
  }
}

function spotsOf(places: ClaimFull["places"]): Spot[] {
  return places.flatMap((place) => (place.lat !== null && place.lon !== null ? [{ lat: place.lat, lon: place.lon, radiusKm: place.radius_km, outline: outline(place.relative) }] : []));
}

/** The shape of a place that is told by another one, where that is no circle. */
function outline(told: Relative | null | undefined): Spot["outline"] {
  const points = (told?.points ?? []).map(([lat, lon]) => [lon, lat]);
  if (told?.shape === "line" && points.length > 1) return { type: "LineString", coordinates: points };
  return points.length > 2 ? { type: "Polygon", coordinates: [[...points, points[0]!]] } : null;
}
