// The rows of claims, events, voices, checks and judgements.
import type { Check, ClaimItem, EventItem, Review, VoiceItem } from "../api/types";
import { amendedMark, gradeMark, pips, sideDot, statusMark, typeMark, typeName, voiceName } from "../lib/bits";
import { interval } from "../lib/days";
import { h, said } from "../lib/dom";
import { figure, number } from "../lib/numbers";
import { voiceKey, voiceLabel } from "../lib/voices";
import { texts } from "../texts";
import type { RowMaker } from "./virtual";

const HEIGHT = 64;

export const claimRows: RowMaker<ClaimItem> = {
  height: HEIGHT,
  columns: [texts.list.when, texts.list.what, texts.list.who, texts.list.where],
  key: (claim) => claim.id,
  row: (claim) => [
    h("div", { class: "cell when" }, h("span", {}, interval(claim.when.earliest, claim.when.latest)), typeMark(claim.event)),
    h("div", { class: "cell what" }, h("span", { class: "words" }, said(claim.evidence.text))),
    h("div", { class: "cell who" }, h("span", { class: "line" }, sideDot(claim.voice_side), " ", voiceName(claim)),
      h("span", { class: "line quiet" }, through(claim))),
    h("div", { class: "cell where" }, h("span", { class: "line" }, claim.places[0] ? said(claim.places[0].name ?? claim.places[0].text) : ""),
      h("span", { class: "line" }, statusMark(claim.status), amendedMark(claim.amended), claim.quantities[0] ? h("span", { class: "figure" }, figure(claim.quantities[0])) : null)),
  ],
};

function through(claim: ClaimItem): HTMLElement | string {
  const names = [...claim.relays, ...(claim.voice && claim.outlet ? [claim.outlet] : [])];
  return names.length ? h("span", {}, "→ ", said(names.join(" → "))) : "";
}

export const eventRows: RowMaker<EventItem> = {
  height: HEIGHT,
  columns: [texts.list.when, texts.list.happened, texts.list.told, texts.list.grade],
  key: (event) => event.id,
  row: (event) => [
    h("div", { class: "cell when" }, h("span", {}, interval(event.earliest, event.latest)), h("span", { class: "line" }, typeMark(event.type), event.sides.length ? " " : "", event.sides.slice(0, 3).map((side) => sideDot(side)))),
    h("div", { class: "cell what" }, h("span", { class: "title" }, said(event.title))),
    h("div", { class: "cell who" }, h("span", { class: "line" }, pips(event.independent, event.origins)),
      h("span", { class: "line quiet" }, texts.counts.documents(event.documents),
        event.disputed || event.unresolved ? h("span", { class: "parted", title: event.unresolved ? texts.list.unresolved : texts.list.disputed(event.disputed) }, texts.list.disputed(event.disputed)) : null)),
    h("div", { class: "cell where grade-cell" }, gradeMark(event.grade)),
  ],
};

export const voiceRows: RowMaker<VoiceItem> = {
  height: HEIGHT,
  columns: [texts.voices.name, texts.voices.about, texts.list.seen, texts.list.later],
  key: voiceKey,
  row: (voice) => [
    h("div", { class: "cell name" }, h("span", { class: "line title" }, sideDot(voice.side), " ", said(voiceLabel(voice, texts.outlet))),
      h("span", { class: "line quiet" }, [voice.name ? voice.kind && (texts.voiceKinds[voice.kind] ?? voice.kind) : texts.outlet, voice.side && texts.side(voice.side)].filter(Boolean).join(" · "))),
    h("div", { class: "cell about" }, h("span", { class: "quiet two" }, Object.entries(voice.types).sort(([, a], [, b]) => b - a).slice(0, 4).map(([type, n]) => `${typeName(type)} ${n}`).join(", "))),
    h("div", { class: "cell seen" }, h("span", { class: "line" }, texts.counts.claims(voice.claims)), h("span", { class: "line quiet" }, texts.counts.documents(voice.documents))),
    h("div", { class: "cell later" }, record(voice), voice.reliability ? h("span", { class: "line" }, h("span", { class: "grade", title: texts.voices.reliability }, voice.reliability)) : null),
  ],
};

/** How often a voice was confirmed and contradicted later, as a bar with its figures. */
export function record(voice: VoiceItem): HTMLElement {
  const confirmed = voice.confirmed ?? 0;
  const contradicted = voice.contradicted ?? 0;
  const decided = confirmed + contradicted;
  if (!decided) return h("span", { class: "line quiet" }, texts.voices.none);
  const bar = h("span", { class: "record", title: texts.voices.record(confirmed, contradicted) });
  bar.style.setProperty("--share", `${(100 * confirmed) / decided}%`);
  return h("span", { class: "line" }, bar, ` ${number(confirmed)} ✓ ${number(contradicted)} ✗`);
}

export const checkRows: RowMaker<Check> = {
  height: HEIGHT,
  columns: [texts.tabs.checks, texts.list.what],
  key: (check) => check.id,
  row: (check) => [
    h("div", { class: "cell when" }, h("span", { class: `weight ${check.weight}` }, texts.checks[check.weight] ?? check.weight), h("span", { class: "line quiet" }, check.rule)),
    h("div", { class: "cell what wide" }, h("span", { class: "two" }, said(check.sentence))),
  ],
};

export const reviewRows: RowMaker<Review> = {
  height: HEIGHT,
  columns: [texts.tabs.reviews, texts.review.reason],
  key: (review) => review.id,
  row: (review) => [
    h("div", { class: "cell when" }, h("span", {}, texts.review.kinds[review.kind] ?? review.kind), h("span", { class: "line quiet" }, review.field ? (texts.fields[review.field] ?? review.field) : "")),
    h("div", { class: "cell what wide" }, h("span", { class: "line" }, said(review.reason)), h("span", { class: "line quiet" }, said([review.reviewer, review.at?.slice(0, 16).replace("T", " "), review.subject].filter(Boolean).join(" · ")))),
  ],
};
