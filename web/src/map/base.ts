// What lies beneath: the page's own map, or the style of a tile server that the server's settings name.
import type { LayerSpecification, SourceSpecification, StyleSpecification } from "maplibre-gl";
import { texts } from "../texts";
import type { Palette } from "./palette";
import { baseStyle, EMPTY, FONT, names } from "./style";

export interface Base {
  /** The style in the colours of the day or the night. */
  style(colours: Palette): StyleSpecification;
  /** The first layer of names: what is drawn of land goes beneath it. */
  beneath: string;
  attribution: string;
  /** Whose sources these are, where they are not the page's own. */
  host: string | null;
  sources: ReadonlySet<string>;
}

export const OWN: Base = { style: baseStyle, beneath: "towns", attribution: texts.map.attribution, host: null, sources: new Set() };

/** Asks a tile server for its style. It may lead to its own host only, since the page may ask no other. */
export async function tiled(address: string): Promise<Base> {
  const answer = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer" });
  if (!answer.ok) throw new Error(texts.refused(answer.status));
  const found = (await answer.json()) as Partial<StyleSpecification>;
  if (found.version !== 8 || !found.sources || !Array.isArray(found.layers)) throw new Error(texts.map.noStyle);
  const at = (place: string): string => held(place, address);
  const sources = Object.fromEntries(Object.entries(found.sources).map(([name, source]) => [name, placed(source, at)]));
  const layers = found.layers.map(inOurFont);
  const names_ = layers.find((layer) => layer.type === "symbol");
  const host = new URL(address).host;
  return {
    style: (colours) => ({
      version: 8,
      ...(typeof found.sprite === "string" && { sprite: at(found.sprite) }),
      sources: { ...sources, names: { type: "geojson", data: EMPTY }, settlements: { type: "geojson", data: EMPTY } },
      layers: [...layers, ...(names_ ? [] : names(colours))],
    }),
    beneath: names_?.id ?? "towns", attribution: texts.map.tilesAttribution(host), host, sources: new Set(Object.keys(sources)),
  };
}

/** An address of the style, made whole; it has to lead to the style's own host. */
function held(place: string, style: string): string {
  const url = new URL(place, style);
  if (url.origin !== new URL(style).origin) throw new Error(texts.map.otherHost(url.host));
  return url.href.replaceAll("%7B", "{").replaceAll("%7D", "}");
}

function placed(source: SourceSpecification, at: (place: string) => string): SourceSpecification {
  const made = { ...source } as Record<string, unknown>;
  if (typeof made["url"] === "string") made["url"] = at(made["url"]);
  if (typeof made["data"] === "string") made["data"] = at(made["data"]);
  if (Array.isArray(made["tiles"])) made["tiles"] = made["tiles"].map((place: string) => at(place));
  return made as unknown as SourceSpecification;
}

/** Names are drawn in the page's font, so that no glyphs are asked for. */
function inOurFont(layer: LayerSpecification): LayerSpecification {
  if (layer.type !== "symbol" || !layer.layout?.["text-field"]) return layer;
  return { ...layer, layout: { ...layer.layout, "text-font": FONT } };
}
