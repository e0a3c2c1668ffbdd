// One claim: its words in the document, what it says field by field, and where it comes from.
import { source } from "../api";
import type { ClaimFull } from "../api/types";
import { amendedMark, sideDot, statusMark, typeMark, typeName } from "../lib/bits";
import { interval, written } from "../lib/days";
import { button, h, linkOut, said, type Child } from "../lib/dom";
import { figure, percent } from "../lib/numbers";
import { judge } from "../review/judge";
import { judgements } from "../review/list";
import { store } from "../state/store";
import { texts } from "../texts";
import { toast } from "../shell/toast";
import { markedText, markKey } from "./marked";

const t = texts.claim;

export function claimView(claim: ClaimFull): HTMLElement {
  const { document: report } = claim;
  return h("article", { class: "detail claim", "aria-labelledby": "detail-title" },
    h("header", {},
      h("p", { class: "over" }, typeMark(claim.event), statusMark(claim.status), h("span", {}, interval(claim.when.earliest, claim.when.latest)), claim.places[0] ? said(claim.places[0].name ?? claim.places[0].text) : null),
      h("h2", { id: "detail-title", class: "words", tabindex: "-1" }, said(claim.evidence.text)),
      h("p", { class: "counted" }, who(claim)),
      claim.event_id ? button(`${t.event} ↗`, () => store.set({ open: { kind: "event", id: claim.event_id! }, tab: "events" }), { class: "plain" }) : null),
    h("section", {}, h("h3", {}, t.document),
      h("p", { class: "report" }, h("strong", {}, report.title ? said(report.title) : ""), h("span", { class: "quiet" }, [report.outlet, report.author].filter(Boolean).map((name) => [said(name), " · "]), written(report.published), report.url ? [" · ", linkOut(report.url, host(report.url))] : "")),
      markKey(claim.marks), markedText(report.text, claim.marks),
      h("p", { class: "actions" }, button(t.others, () => store.clear({ document: report.id, tab: "claims" }), { class: "plain" }))),
    h("section", {}, h("h3", {}, t.facts), facts(claim), h("p", { class: "actions" }, button(texts.review.wrongClaim, () => judge({ kind: "wrong", subject: claim.id, field: "claim" }, texts.review.wrongClaim), { class: "plain" }))),
    claim.checks.length ? h("section", {}, h("h3", {}, texts.event.checks), h("ul", { class: "checks" }, ...claim.checks.map((check) => h("li", {}, h("span", { class: `weight ${check.weight}` }, texts.checks[check.weight] ?? check.weight), " ", said(check.sentence))))) : null,
    claim.reviews.length ? h("section", {}, h("h3", {}, texts.event.reviews), judgements(claim.reviews)) : null,
    h("section", {}, h("h3", {}, t.provenance), provenance(claim)));
}

function who(claim: ClaimFull): Child[] {
  const chain = [...claim.relays, ...(claim.speaker && claim.document.outlet ? [claim.document.outlet] : [])];
  const voice = claim.speaker ? [sideDot(claim.speaker.side), " ", h("strong", {}, said(claim.speaker.name ?? claim.speaker.text))] : [h("strong", {}, claim.document.outlet ? said(claim.document.outlet) : texts.outlet)];
  return [...voice, ...chain.flatMap((name): Child[] => [" → ", said(name)])];
}

function host(address: string): string {
  try {
    return new URL(address).host || address;
  } catch {
    return address;
  }
}

function facts(claim: ClaimFull): HTMLElement {
  const parties = (list: ClaimFull["agents"]): Child[] => list.map((party) => h("span", { class: "part" }, sideDot(party.side), " ", said(party.text)));
  const judged: Record<string, string | undefined> = { event: "event", status: "status", when: "when", speaker: "speaker", places: "place", quantities: claim.quantities.find((one) => one.kind !== "other")?.kind };
  const rows: [field: string, value: Child, why: string | undefined][] = [
    ["event", typeName(claim.event), claim.reasons["event"]],
    ["status", [texts.statuses[claim.status] ?? claim.status, claim.hedge ? [" (", said(claim.hedge), ")"] : ""], claim.reasons["status"]],
    ["speaker", claim.speaker ? [said(claim.speaker.name ?? claim.speaker.text), claim.speaker.kind ? h("span", { class: "quiet" }, ` ${texts.voiceKinds[claim.speaker.kind] ?? claim.speaker.kind}`) : "", claim.speaker.office ? [", ", said(claim.speaker.office)] : "", claim.speaker.body ? [" (", said(claim.speaker.body), ")"] : ""] : texts.outlet, claim.speaker?.reason || claim.reasons["speaker"]],
    ["relays", claim.relays.length ? said(claim.relays.join(" → ")) : null, claim.reasons["relays"]],
    ["mode", texts.modes[claim.mode] ?? claim.mode, undefined],
    ["agents", claim.agents.length ? parties(claim.agents) : null, reasons(claim.agents) ?? claim.reasons["agents"]],
    ["targets", claim.targets.length ? parties(claim.targets) : null, reasons(claim.targets) ?? claim.reasons["targets"]],
    ["when", [interval(claim.when.earliest, claim.when.latest), claim.when.text ? [" (“", said(claim.when.text), "”)"] : ""], claim.when.reason || claim.reasons["when"]],
    ["places", claim.places.length ? claim.places.map((place) => h("span", { class: "part" }, `${texts.roles[place.role] ?? place.role} `, said(place.name ?? place.text), place.radius_km ? h("span", { class: "quiet" }, ` ± ${figure({ low: place.radius_km, high: place.radius_km })} km`) : "", alternatives(place))) : null, reasons(claim.places) ?? claim.reasons["places"]],
    ["quantities", claim.quantities.length ? claim.quantities.map((one) => h("span", { class: "part" }, `${texts.quantities[one.kind] ?? one.kind}: ${figure(one)}`, h("span", { class: "quiet" }, " (“", said(one.text), "”)"))) : null, claim.reasons["quantities"]],
    ["certainty", claim.certainty ? [h("span", { class: "yardstick" }, yardstick(claim.certainty)), `${percent(claim.certainty.low)}–${percent(claim.certainty.high)}`, claim.certainty.term ? ` (${claim.certainty.term})` : ""] : null, claim.reasons["certainty"]],
    ["confidence", claim.confidence !== null ? percent(claim.confidence) : null, undefined],
    ["amended", claim.amended ? amendedMark(claim.amended) : null, claim.amended?.sentence],
    ["flags", claim.flags.length ? said(claim.flags.join(", ")) : null, undefined],
  ];
  return h("dl", { class: "facts" }, ...rows.filter(([, value]) => value !== null).flatMap(([field, value, why]) => [
    h("dt", {}, texts.fields[field]!),
    h("dd", {}, h("div", { class: "value" }, value), why ? h("div", { class: "why" }, said(why)) : null,
      judged[field] ? button(t.wrong, () => judge({ kind: "wrong", subject: claim.id, field: judged[field]! }, t.fieldWrong(texts.fields[field]!)), { class: "judge", "aria-label": t.fieldWrong(texts.fields[field]!) }) : null),
  ]));
}

function reasons(list: { reason?: string }[]): string | undefined {
  return [...new Set(list.map((one) => one.reason).filter(Boolean))].join(" ") || undefined;
}

function alternatives(place: ClaimFull["places"][number]): Child {
  const others = (place.alternatives ?? []).filter((one) => one.score >= 0.02).slice(0, 4);
  return others.length > 1 ? h("span", { class: "quiet block" }, `${t.alternatives}: `, others.map((one, i) => [i ? ", " : "", said(one.name), ` ${one.country ?? ""} ${percent(one.score)}`])) : null;
}

function yardstick({ low, high }: { low: number; high: number }): HTMLElement {
  const bar = h("span", { class: "stick", "aria-hidden": "true" });
  bar.style.setProperty("--from", `${low * 100}%`);
  bar.style.setProperty("--to", `${high * 100}%`);
  return bar;
}

function provenance(claim: ClaimFull): HTMLElement {
  const { raw, sources, extractor } = claim.provenance;
  const address = raw ? source.raw(claim.document.id) : null;
  const copy = (): void => void navigator.clipboard.writeText(raw ?? "").then(() => toast(t.copied));
  return h("dl", { class: "facts plain-facts" },
    raw ? [h("dt", {}, t.raw), h("dd", {}, h("code", {}, raw), " ", button(t.copy, copy, { class: "plain" }), address ? h("a", { href: address, download: "" }, t.download) : null)] : null,
    ...sources.flatMap((one) => [h("dt", {}, t.source), h("dd", {}, linkOut(one.whence, one.whence), h("span", { class: "quiet" }, ` ${t.fetched(written(one.fetched))}`))]),
    h("dt", {}, t.extractor), h("dd", {}, said(extractor), h("span", { class: "quiet" }, ` ${t.offsets(claim.evidence.start, claim.evidence.end)}`), h("div", {}, h("code", {}, claim.id))));
}
