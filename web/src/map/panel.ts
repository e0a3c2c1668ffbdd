// What lies over the map: colours, control, what they mean.
import { sideDot } from "../lib/bits";
import { button, fill, h } from "../lib/dom";
import { knownSides, sideColour } from "../lib/kinds";
import { written } from "../lib/days";
import { store } from "../state/store";
import { isPlain, type Colouring } from "../state/view";
import { texts } from "../texts";
import { keyOf } from "./marks";

const t = texts.map;

export class MapPanel {
  readonly element = h("div", { class: "map-panel" });
  private readonly legend = h("ul", { class: "legend", "aria-label": t.legend });
  private readonly controlKey = h("ul", { class: "legend", "aria-label": t.control });
  private readonly colour = h("select", { onchange: () => store.set({ colour: this.colour.value as Colouring }) }, ...Object.entries(t.colours).map(([value, name]) => h("option", { value }, name)));
  private readonly follow = h("input", { type: "checkbox", onchange: () => store.set({ follow: this.follow.checked, ...(!this.follow.checked && { bbox: null }) }) });
  private readonly control = h("select", { onchange: () => store.set({ control: this.control.value || null }) });

  constructor(private readonly day: () => string | null, whole: () => void) {
    const views: [string, string][] = [["", t.views.off], ["assessed", t.views.assessed], ["disputed", t.views.disputed], ...knownSides().slice(0, 8).map((side): [string, string] => [side, t.views.party(texts.side(side))])];
    this.control.append(...views.map(([value, name]) => h("option", { value }, name)));
    this.element.append(h("details", { class: "map-card", open: matchMedia("(min-width: 720px)").matches },
      h("summary", {}, t.legend),
      h("label", {}, h("span", {}, t.colour), this.colour), this.legend,
      h("label", {}, h("span", {}, t.control), this.control), this.controlKey,
      h("label", { class: "tick" }, this.follow, t.follow), button(t.whole, whole, { class: "plain" })));
    store.watch(() => this.show());
    this.show();
  }

  show(): void {
    const { colour, control, follow } = store.now;
    this.follow.checked = follow;
    this.colour.value = colour;
    this.control.value = control ?? "";
    fill(this.legend, ...keyOf(colour, isPlain(store.now)).map(({ label, colour: tint }) => {
      const dot = h("span", { class: "dot" });
      dot.style.setProperty("--dot", tint);
      return h("li", {}, dot, label);
    }), ...(colour === "status" ? [] : [h("li", { class: "across quiet" }, ...Object.entries(t.marked).map(([kind, name]) => h("span", {}, h("span", { class: `dot ${kind}` }), name)))]),
    h("li", {}, h("span", { class: "dot around" }), t.uncertain));
    const day = this.day();
    fill(this.controlKey, ...(control ? [
      day ? h("li", { class: "quiet" }, written(day)) : null,
      ...knownSides().slice(0, 5).map((side) => h("li", {}, sideDot(side), texts.side(side))),
      h("li", {}, h("span", { class: "dot hatched" }), `${t.contested}, ${t.disputed}`), h("li", {}, ring(), t.none),
    ] : []));
  }
}

function ring(): HTMLElement {
  const dot = h("span", { class: "dot none" });
  dot.style.setProperty("--dot", sideColour(null));
  return dot;
}
