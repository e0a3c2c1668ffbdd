// All filters in one dialog, named as the command line names them.
import { typeName } from "../lib/bits";
import { button, h, type Child } from "../lib/dom";
import { KIND_NAMES, kindOf, STATUSES } from "../lib/kinds";
import { isDay } from "../lib/days";
import { store } from "../state/store";
import { texts } from "../texts";
import { dialog } from "./dialog";
import { session } from "./session";

const t = texts.filters;

export function openFilters(): void {
  const view = store.now;
  const sides = (session.meta?.sides ?? []).map((one) => one.side).filter((side): side is string => !!side);
  const side = choose("f-side", sides, view.side);
  const voiceSide = choose("f-voice-side", sides, view.voice_side);
  const field = (id: string, value: unknown, more: Record<string, string> = {}) => h("input", { id, value: value === null ? "" : String(value), ...more });
  const voice = field("f-voice", view.voice, { "aria-describedby": "f-voice-help" });
  const place = field("f-place", view.place, { "aria-describedby": "f-place-help" });
  const radius = field("f-radius", view.radius, { type: "number", min: "0", max: "20000", step: "any" });
  const outlet = field("f-outlet", view.outlet, { "aria-describedby": "f-outlet-help" });
  const grade = field("f-grade", view.grade, { maxlength: "2", pattern: "[A-Fa-f]?[1-6]?", "aria-describedby": "f-grade-help" });
  const confidence = field("f-confidence", view.min_confidence, { type: "number", min: "0", max: "1", step: "0.05" });
  const from = field("f-from", view.from, { type: "date" });
  const to = field("f-to", view.to, { type: "date" });
  const types = KIND_NAMES.map((kind) => h("fieldset", { class: "types" }, h("legend", {}, texts.kinds[kind]!),
    ...Object.keys(texts.types).filter((type) => kindOf(type) === kind).map((type) => check("event", type, typeName(type), view.event.includes(type)))));
  const statuses = h("fieldset", { class: "types" }, h("legend", {}, t.status), ...STATUSES.map((status) => check("status", status, texts.statuses[status]!, view.status.includes(status))));
  const ticked = (form: HTMLFormElement, name: string): string[] => [...form.querySelectorAll<HTMLInputElement>(`input[name="${name}"]:checked`)].map((one) => one.value);
  const number = (input: HTMLInputElement): number | null => (input.value === "" ? null : Number(input.value));
  const box = dialog(t.title, h("form", {
    class: "form",
    onsubmit: (event: SubmitEvent) => {
      event.preventDefault();
      const form = event.target as HTMLFormElement;
      store.set({
        event: ticked(form, "event"), status: ticked(form, "status"), side: side.value || null, voice_side: voiceSide.value || null, voice: voice.value.trim() || null, outlet: outlet.value.trim() || null,
        place: place.value.trim() || null, radius: place.value.trim() ? number(radius) : null, grade: grade.value.trim().toUpperCase() || null, min_confidence: number(confidence),
        from: isDay(from.value) ? from.value : null, to: isDay(to.value) ? to.value : null, day: null,
      });
      box.close();
    },
  },
    h("div", { class: "kinds", role: "group", "aria-label": t.type }, ...types), statuses,
    h("div", { class: "three" }, labelled("f-from", t.from, from), labelled("f-to", t.to, to), labelled("f-side", t.side, side)),
    h("div", { class: "three" }, labelled("f-place", t.place, place, t.placeHelp), labelled("f-radius", t.radius, radius), labelled("f-outlet", t.outlet, outlet, t.outletHelp)),
    h("div", { class: "three" }, labelled("f-voice", t.voice, voice, t.voiceHelp), labelled("f-voice-side", t.voiceSide, voiceSide), labelled("f-grade", t.grade, grade, t.gradeHelp), labelled("f-confidence", t.confidence, confidence)),
    h("p", { class: "actions" }, h("button", { type: "submit", class: "primary" }, t.apply), button(t.clear, () => {
      store.clear();
      box.close();
    }, { class: "plain" }))), "wide");
}

function labelled(id: string, label: string, control: Child, help?: string): HTMLElement {
  return h("div", {}, h("label", { for: id }, label), control, help ? h("span", { class: "quiet", id: `${id}-help` }, help) : null);
}

function check(name: string, value: string, label: string, checked: boolean): HTMLElement {
  return h("label", { class: "tick" }, h("input", { type: "checkbox", name, value, checked }), label);
}

function choose(id: string, values: string[], chosen: string | null): HTMLSelectElement {
  const all = chosen && !values.includes(chosen) ? [chosen, ...values] : values;
  return h("select", { id }, h("option", { value: "" }, t.any), ...all.map((value) => h("option", { value, selected: value === chosen }, texts.sideTitle(value))));
}
