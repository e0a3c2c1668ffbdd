// The filters that hold, each as a chip that can be taken away.
import { typeName } from "../lib/bits";
import { interval, written } from "../lib/days";
import { button, fill, h, said } from "../lib/dom";
import { store } from "../state/store";
import { EMPTY, FILTERS, type View } from "../state/view";
import { texts } from "../texts";

type Chip = [name: string, value: string, without: Partial<View>];

function chips(view: View): Chip[] {
  const found: Chip[] = [];
  if (view.from || view.to) found.push([texts.time.label.toLowerCase(), interval(view.from, view.to), { from: null, to: null, day: null }]);
  for (const type of view.event) found.push([texts.chip["event"]!, typeName(type), { event: view.event.filter((one) => one !== type) }]);
  for (const status of view.status) found.push([texts.chip["status"]!, texts.statuses[status] ?? status, { status: view.status.filter((one) => one !== status) }]);
  for (const name of FILTERS) {
    const value = view[name];
    if (["from", "to", "event", "status", "radius", "bbox"].includes(name) || value === null) continue;
    const shown = name === "side" || name === "voice_side" ? texts.side(String(value)) : String(value);
    found.push([texts.chip[name]!, name === "place" && view.radius ? `${shown}, ${view.radius} km` : shown, name === "place" ? { place: null, radius: null } : { [name]: EMPTY[name] }]);
  }
  if (view.bbox) found.push([texts.chip["bbox"]!, texts.filters.inView, { bbox: null }]);
  return found;
}

export const chipTexts = (view: View): [string, string][] => [
  ...chips(view).map(([name, value]): [string, string] => [name, value]),
  ...(view.control && view.to ? [[texts.map.control, written(view.to)] as [string, string]] : []),
];

export class Chips {
  readonly element = h("ul", { class: "chips", "aria-label": texts.filters.title });

  constructor() {
    store.watch((now) => this.show(now));
    this.show(store.now);
  }

  private show(view: View): void {
    const all = chips(view);
    fill(this.element, ...all.map(([name, value, without]) => h("li", {}, h("span", { class: "quiet" }, name, " "), said(value),
      button("✕", () => store.set(without), { "aria-label": texts.filters.remove(`${name} ${value}`) }))),
      all.length > 1 ? h("li", { class: "clear" }, button(texts.filters.clear, () => store.clear(), { class: "plain" })) : null);
  }
}
