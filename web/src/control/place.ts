// The history of one place: who held it when, what each party said, and why; and what happened there.
import type { EventItem, Period } from "../api/types";
import { gradeMark, pips, sideDot } from "../lib/bits";
import { interval } from "../lib/days";
import { button, h, said, type Child } from "../lib/dom";
import { percent } from "../lib/numbers";
import { store } from "../state/store";
import { texts } from "../texts";
import { strip } from "./strip";

const t = texts.control;

export function placeView(periods: Period[], events: EventItem[]): HTMLElement {
  const [first] = periods;
  return h("article", { class: "detail place", "aria-labelledby": "detail-title" },
    h("header", {}, h("p", { class: "over" }, h("span", {}, t.held)),
      h("h2", { id: "detail-title", tabindex: "-1" }, said(first?.name)),
      h("p", { class: "counted" }, interval(first?.since, periods.at(-1)?.until))),
    h("section", {}, strip(periods)),
    h("section", {}, h("h3", {}, t.periods), h("ol", { class: "periods" }, ...[...periods].reverse().map(told))),
    events.length ? h("section", {}, h("h3", {}, t.events), h("ol", { class: "place-events" }, ...events.map(happened))) : null);
}

function told(period: Period): HTMLElement {
  const claimed = Object.entries(period.claimed).map(([who, holder]) => h("li", {}, sideDot(holder), " ", texts.map.says(texts.side(who), texts.side(holder))));
  return h("li", {},
    h("p", { class: "period" }, h("strong", {}, interval(period.since, period.until)), h("span", {}, sideDot(period.holder), " ", period.holder ? texts.side(period.holder) : texts.map.none),
      period.holder ? h("span", { class: "quiet" }, texts.map.confidence(percent(period.confidence))) : null, period.disputed ? h("span", { class: "parted" }, t.part) : null),
    claimed.length ? h("ul", { class: "claimed" }, ...claimed) : null,
    h("ul", { class: "quiet reasons" }, ...period.reasons.map((reason) => h("li", {}, said(reason)))),
    period.claims.length ? h("p", {}, ...period.claims.slice(0, 12).map((id, i): Child => button(String(i + 1), () => store.set({ open: { kind: "claim", id } }), { class: "note-link", "aria-label": `${texts.tabs.claims} ${i + 1}` }))) : null);
}

function happened(event: EventItem): HTMLElement {
  return h("li", {}, button([h("span", { class: "strong" }, said(event.title)),
    h("span", { class: "quiet" }, interval(event.earliest, event.latest), " ", pips(event.independent, event.origins), event.disputed ? ` ${texts.list.disputed(event.disputed)}` : "")],
  () => store.set({ open: { kind: "event", id: event.id } }), { class: "claim-line" }), gradeMark(event.grade));
}
