// One event as all voices tell it.
import type { ClaimItem, EventFull } from "../api/types";
import { gradeMark, pips, sideDot, statusMark, typeMark, typeName, voiceName } from "../lib/bits";
import { interval, written } from "../lib/days";
import { button, h, said, type Child } from "../lib/dom";
import { figure } from "../lib/numbers";
import { judge } from "../review/judge";
import { judgements } from "../review/list";
import { sameAs } from "../review/same";
import { store } from "../state/store";
import { texts } from "../texts";
import { figures } from "./figures";

const t = texts.event;
const openClaim = (id: string): void => store.set({ open: { kind: "claim", id } });

export function eventView(event: EventFull): HTMLElement {
  const byId = new Map(event.claim_items.map((claim) => [claim.id, claim]));
  return h("article", { class: "detail event", "aria-labelledby": "detail-title" },
    h("header", {},
      h("p", { class: "over" }, ...event.types.map((type) => typeMark(type)), h("span", {}, interval(event.earliest, event.latest)), event.place ? said(event.place) : null, ...event.sides.map((side) => sideDot(side))),
      h("h2", { id: "detail-title", tabindex: "-1" }, said(event.title)),
      h("p", { class: "counted" }, pips(event.independent, event.origins.length), " ", said(event.counted)),
      event.unresolved ? h("p", { class: "unresolved" }, t.unresolved) : null),
    summary(event, byId),
    section(t.disputes, disputes(event)),
    section(t.versions, versions(event, byId)),
    section(t.figures, event.figures.length ? figures(event.figures, openClaim) : null),
    section(t.grade, grade(event)),
    section(t.origins, origins(event)),
    section(t.checks, event.checks.length ? h("ul", { class: "checks" }, ...event.checks.map((check) => h("li", {}, h("span", { class: `weight ${check.weight}` }, texts.checks[check.weight] ?? check.weight), " ", said(check.sentence), " ", ...notes(check.claims, byId)))) : null),
    section(t.claims, claims(event)),
    section(t.links, event.links.length ? links(event, byId) : null),
    section(t.reviews, event.reviews.length ? judgements(event.reviews) : null),
    h("p", { class: "actions" }, button(t.sameAs, () => sameAs(event), { class: "plain" })));
}

function section(title: string, content: Child): HTMLElement | null {
  return content ? h("section", {}, h("h3", {}, title), content) : null;
}

/** Small numbers that lead to claims. */
function notes(ids: string[], byId: Map<string, ClaimItem>): HTMLElement[] {
  const order = [...byId.keys()];
  return ids.slice(0, 6).map((id) => button(String(order.indexOf(id) + 1), () => openClaim(id), { class: "note-link", title: byId.get(id)?.evidence.text ?? id, "aria-label": `${texts.tabs.claims} ${order.indexOf(id) + 1}` }));
}

function summary(event: EventFull, byId: Map<string, ClaimItem>): HTMLElement | null {
  if (!event.summary.length) return null;
  return h("section", { class: "summary" }, h("h3", { class: "hide" }, t.summary), h("p", {}, ...event.summary.flatMap((piece, i): Child[] => [said(piece.text), ...(isLastOn(event.summary, i) ? notes(piece.claims, byId) : [])])));
}

/** Tells whether the next stretch of a sentence rests on other claims. */
function isLastOn(pieces: EventFull["summary"], i: number): boolean {
  return pieces[i]!.claims.join() !== (pieces[i + 1]?.claims ?? []).join();
}

function disputes(event: EventFull): HTMLElement | null {
  if (!event.disputes.length) return null;
  return h("dl", { class: "disputes" }, ...event.disputes.flatMap((dispute) => [
    h("dt", {}, texts.fields[dispute.field] ?? dispute.field),
    h("dd", {}, ...dispute.values.map((value) => h("div", { class: "value" },
      button(said(dispute.field === "status" ? (texts.statuses[value.text] ?? value.text) : dispute.field === "event" ? typeName(value.text) : value.text), () => value.claims[0] && openClaim(value.claims[0]), { class: "plain strong" }),
      h("span", { class: "quiet" }, said(value.voices.join(", ")))))),
  ]));
}

function versions(event: EventFull, byId: Map<string, ClaimItem>): HTMLElement {
  const origin = new Map(event.origins.map((one) => [one.id, one]));
  const cards = event.versions.map((version, i) => {
    const independent = version.origins.filter((id) => origin.get(id)?.independent).length;
    return h("li", { class: "version" },
      h("p", { class: "over" }, h("span", {}, t.version(i + 1)), statusMark(version.status), pips(independent, version.origins.length)),
      h("p", { class: "words" }, said(version.text)),
      h("p", { class: "quiet" }, said(version.voices.join(", "))),
      h("p", {}, ...notes(version.claims, byId)));
  });
  return h("div", {}, event.versions.length === 1 ? h("p", { class: "quiet" }, t.oneVersion) : null, h("ul", { class: "versions", tabindex: "0", "aria-label": t.versions }, ...cards));
}

function grade(event: EventFull): HTMLElement | null {
  if (!event.grade) return null;
  const { source, information, reasons } = event.grade;
  return h("div", { class: "graded" }, gradeMark(source + information),
    h("div", {}, h("p", {}, `${source}: ${t.sources[source] ?? ""}. ${information}: ${t.informations[information] ?? ""}.`), h("ul", {}, ...reasons.map((reason) => h("li", {}, said(reason))))));
}

function origins(event: EventFull): HTMLElement {
  return h("ul", { class: "origins" }, ...event.origins.map((origin) => h("li", { class: origin.independent ? "" : "leans" },
    h("p", { class: "chain" }, sideDot(origin.side), " ", button(origin.voice ? said(origin.voice) : texts.outlet, () => openClaim(origin.claim), { class: "plain strong" }),
      ...origin.chain.flatMap((name) => [h("span", { class: "arrow", "aria-label": t.chain }, " → "), said(name)])),
    h("p", { class: "quiet" }, `${texts.counts.documents(origin.documents.length)}, ${texts.counts.claims(origin.claims.length)} · ${origin.independent ? t.independent : t.leans}. `, said(origin.reason)))));
}

function claims(event: EventFull): HTMLElement {
  return h("ol", { class: "claims" }, ...event.claim_items.map((claim) => h("li", {},
    button([h("span", { class: "words" }, said(claim.evidence.text)),
      h("span", { class: "quiet" }, voiceName(claim), ` · ${claim.outlet ?? ""} · ${written(claim.published)}`, statusMark(claim.status), claim.quantities[0] ? ` · ${figure(claim.quantities[0])}` : "")], () => openClaim(claim.id), { class: "claim-line" }),
    event.claims.length < 2 ? null : button("≠", () => judge({ kind: "not-same", subject: claim.id, other: event.claims.find((id) => id !== claim.id)! }, texts.review.split(claim.evidence.text)), { class: "judge", title: texts.review.notSame, "aria-label": `${texts.review.notSame}: ${claim.evidence.text.slice(0, 60)}` }))));
}

function links(event: EventFull, byId: Map<string, ClaimItem>): HTMLElement {
  return h("details", {}, h("summary", {}, t.links), h("ul", { class: "links" }, ...event.links.slice(0, 40).map((link) => h("li", {}, ...notes([link.one, link.other], byId), " ", said(link.why)))));
}
