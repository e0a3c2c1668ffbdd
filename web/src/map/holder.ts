// Who held a place on a day, and why, as a card on the map.
import { source } from "../api";
import type { HolderFull } from "../api/types";
import { sideDot } from "../lib/bits";
import { written } from "../lib/days";
import { button, fill, h, said } from "../lib/dom";
import { percent } from "../lib/numbers";
import { store } from "../state/store";
import { texts } from "../texts";

export function holderCard(properties: Record<string, unknown>, on: string): HTMLElement {
  const body = h("div", { class: "holder-why" }, texts.loading);
  const card = h("div", { class: "holder" }, h("h3", {}, said(String(properties["name"] ?? ""))), h("p", { class: "quiet" }, written(on)), body);
  source.why(Number(properties["geonameid"]), on).then((holder) => fill(body, ...told(holder)), (error: Error) => fill(body, error.message));
  return card;
}

function told(holder: HolderFull): HTMLElement[] {
  const line = holder.holder
    ? h("p", { class: "big" }, sideDot(holder.holder), " ", texts.side(holder.holder), " ", h("span", { class: "quiet" }, texts.map.confidence(percent(holder.confidence))))
    : h("p", {}, texts.map.nothing);
  const claims = Object.entries(holder.claimed).map(([who, what]) => h("li", {}, texts.map.says(texts.side(who), texts.side(what))));
  const reasons = holder.reasons.map((reason) => h("li", {}, said(reason)));
  const sources = holder.claims.slice(0, 8).map((id, i) => button(String(i + 1), () => store.set({ tab: "claims", open: { kind: "claim", id } }), { class: "note-link", "aria-label": `${texts.tabs.claims} ${i + 1}` }));
  const history = button(texts.control.toHistory, () => store.set({ tab: "control", open: { kind: "place", id: holder.name } }), { class: "plain" });
  return [line, h("ul", {}, ...claims, ...reasons), h("p", {}, ...sources), h("p", {}, history)];
}
