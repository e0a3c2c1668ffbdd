// What is right instead, asked for in the way of the field.
import { source } from "../api";
import { typeName } from "../lib/bits";
import { paused } from "../lib/calm";
import { fill, h } from "../lib/dom";
import { STATUSES } from "../lib/kinds";
import { texts } from "../texts";

export interface Correction { element: HTMLElement; value(): string }

/** The control for a field, labelled by whoever shows it; null where there is nothing to correct. */
export function correction(field: string | undefined, id: string): Correction | null {
  if (field === "claim" || field === undefined) return null;
  if (field === "event") return chosen(id, Object.keys(texts.types).map((type) => [type, typeName(type)]));
  if (field === "status") return chosen(id, STATUSES.map((status) => [status, texts.statuses[status]!]));
  if (field === "when") return days(id);
  if (field === "place") return place(id);
  const input = h("input", { id, required: true, ...(field === "speaker" ? { maxlength: 200 } : { type: "number", min: 0, step: "any" }) });
  return { element: input, value: () => input.value };
}

export function reliability(id: string): Correction {
  return chosen(id, Object.entries(texts.event.sources).map(([letter, name]) => [letter, `${letter}: ${name}`]));
}

function chosen(id: string, options: [value: string, name: string][]): Correction {
  const select = h("select", { id }, ...options.map(([value, name]) => h("option", { value }, name)));
  return { element: select, value: () => select.value };
}

function days(id: string): Correction {
  const first = h("input", { id, type: "date", required: true, "aria-label": texts.time.from });
  const last = h("input", { type: "date", "aria-label": texts.time.to });
  return { element: h("div", { class: "three" }, first, last), value: () => (last.value && last.value !== first.value ? `${first.value}..${last.value}` : first.value) };
}

function place(id: string): Correction {
  const list = h("datalist", { id: `${id}-places` });
  const input = h("input", { id, list: `${id}-places`, required: true, placeholder: "Izium@49.21,37.28", autocomplete: "off" });
  input.addEventListener("input", paused(() => {
    if (input.value.length < 3 || input.value.includes("@")) return;
    source.places(input.value).then((found) => fill(list, ...found.map((one) => h("option", { value: `${one.name}@${one.lat},${one.lon}` }, [one.region, one.country].filter(Boolean).join(", ")))), () => undefined);
  }, 200));
  return { element: h("div", {}, input, list), value: () => input.value };
}
