// Sends a view on: its address, its claims as files, its map as a picture.
import { source } from "../api";
import type { Exported, Row, Table } from "../api/source";
import { toDay, written } from "../lib/days";
import { button, h } from "../lib/dom";
import { isDark } from "../lib/kinds";
import { keyOf } from "../map/marks";
import type { ClaimMap } from "../map/map";
import { dialog } from "../shell/dialog";
import { chipTexts } from "../shell/chips";
import { toast } from "../shell/toast";
import { store } from "../state/store";
import { isPlain } from "../state/view";
import { texts } from "../texts";
import { picture } from "./picture";

const t = texts.share;
const TABLES: Table[] = ["csv", "geojson", "jsonl"];
const SOURCES = 24; // outlets named on a picture

export interface Shown {
  map: ClaimMap | null;
  charts: () => SVGSVGElement[];
  count: () => string;
}

export function openShare(shown: Shown): void {
  const link = h("input", { readonly: true, value: location.href, id: "share-link" });
  const copy = (): void => {
    link.select();
    void navigator.clipboard?.writeText(location.href).then(() => toast(t.copied));
  };
  const file = (format: Exported, of?: Row): void => void source.export(store.now, format, of).then((address) => follow(address, `fogline-${of ?? format}.${format}`), (error: Error) => toast(error.message));
  const tables = (of: Row): HTMLElement => h("p", { class: "actions" }, h("span", { class: "export-of" }, texts.tabs[of]), ...TABLES.map((format) =>
    button(t.tables[format], () => file(format, of), { class: "plain", "aria-label": t.as(texts.tabs[of], t.tables[format]) })));
  dialog(t.title, h("div", { class: "form" },
    h("label", { for: "share-link" }, t.link, link), h("p", { class: "actions" }, button(t.copy, copy, { class: "primary" })),
    h("p", { class: "quiet" }, t.what),
    h("div", {}, tables("claims"), tables("events"), h("p", { class: "actions" }, h("span", { class: "export-of" }, t.pictures), button(t.png, () => void savePicture(shown), { class: "plain", "aria-label": t.picture }))),
    source.formats.length ? h("details", {}, h("summary", {}, t.more), h("ul", { class: "formats" }, ...source.formats.map((format) => h("li", {}, button(t.formats[format]![0], () => file(format), { class: "plain" }), h("span", { class: "quiet" }, t.formats[format]![1]))))) : null));
  link.select();
}

async function savePicture(shown: Shown): Promise<void> {
  try {
    const claims = await source.claims(store.now, null);
    const outlets = [...new Set(claims.items.map((claim) => claim.outlet).filter((name): name is string => !!name))].sort();
    const named = outlets.slice(0, SOURCES).join(", ") + (outlets.length > SOURCES || claims.next ? `, ${t.others(Math.max(1, outlets.length - SOURCES))}` : "");
    const blob = await picture(shown.map?.map ?? null, shown.charts(), {
      title: shown.count(),
      filters: chipTexts(store.now).map(([name, value]) => `${name}: ${value}`).join(" · ") || t.all,
      key: keyShown(),
      foot: [texts.time.both[store.now.by]!, ...(store.now.tab === "control" && !store.now.open ? [t.land] : []), `${t.sources}: ${named}.`, shown.map?.attribution ?? "", t.made(written(toDay(new Date())))],
    });
    follow(URL.createObjectURL(blob), `fogline-${isDark() ? "dark" : "map"}.png`);
  } catch (error) {
    toast((error as Error).message);
  }
}

/** What the colours of marks, of the bars and of land mean, each once. */
function keyShown(): { label: string; colour: string }[] {
  const { colour, control, group } = store.now;
  const parts = [...keyOf(colour, isPlain(store.now)), ...keyOf(group === "event" ? "kind" : group), ...(control ? keyOf("side") : [])];
  return [...new Map(parts.map((one) => [one.label, one])).values()];
}

function follow(address: string, name: string): void {
  const link = h("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
}
