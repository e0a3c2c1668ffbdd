// One voice: how often it speaks, about what, and what became of its claims.
import type { VoiceItem } from "../api/types";
import { sideDot, typeName } from "../lib/bits";
import { button, h, said } from "../lib/dom";
import { kindColour, kindOf } from "../lib/kinds";
import { number } from "../lib/numbers";
import { judge } from "../review/judge";
import { voiceLabel } from "../lib/voices";
import { store } from "../state/store";
import { texts } from "../texts";
import { record } from "../ledger/rows";

const t = texts.voices;

export function voiceView(voice: VoiceItem): HTMLElement {
  const types = Object.entries(voice.types).sort(([, a], [, b]) => b - a);
  const most = Math.max(1, ...types.map(([, n]) => n));
  return h("article", { class: "detail voice", "aria-labelledby": "detail-title" },
    h("header", {}, h("p", { class: "over" }, sideDot(voice.side), h("span", {}, texts.side(voice.side)), voice.kind ? h("span", {}, texts.voiceKinds[voice.kind] ?? voice.kind) : null),
      h("h2", { id: "detail-title", tabindex: "-1" }, said(voiceLabel(voice, texts.outlet))),
      h("p", { class: "counted" }, [texts.counts.claims(voice.claims), texts.counts.documents(voice.documents), texts.counts.events(voice.events)].join(" · "))),
    h("section", {}, h("h3", {}, t.about), h("ul", { class: "bars" }, ...types.map(([type, n]) => {
      const bar = h("span", { class: "bar" });
      bar.style.setProperty("--share", `${(100 * n) / most}%`);
      bar.style.setProperty("--dot", kindColour(kindOf(type)));
      return h("li", {}, h("span", {}, typeName(type)), bar, h("span", { class: "number" }, number(n)));
    }))),
    h("section", {}, h("h3", {}, texts.list.later), h("p", {}, record(voice)), h("p", {}, t.reliability, ": ", voice.reliability ? `${voice.reliability}, ${texts.event.sources[voice.reliability] ?? ""}` : t.notSet)),
    h("p", { class: "actions" }, button(t.show, () => store.set({ voice: voice.name ?? "narrator", outlet: voice.name ? null : voice.outlet, tab: "claims", open: null }), { class: "primary" }),
      voice.name ? button(t.rate, () => judge({ kind: "reliability", subject: voice.name! }, t.rate), { class: "plain" }) : null));
}
