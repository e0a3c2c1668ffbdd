// The base map as a style: land and borders from the page's own files, names in the page's own font.
import type { ExpressionSpecification, LayerSpecification, StyleSpecification, VariableAnchorOffsetCollectionSpecification } from "maplibre-gl";
import type { Palette } from "./palette";

export const FONT = ["Inter Variable"];
export const DETAIL = 4.6; // the zoom at which the finer borders take over
export const COARSE = ["land", "coast", "borders", "disputed"]; // they stay until the finer ones are there
/** A name stands right of its settlement or, where a mark lies on that, clear of the mark. */
const BESIDE: VariableAnchorOffsetCollectionSpecification = ["left", [0.7, 0], "left", [1.6, 0]];
export const EMPTY: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };

const file = (name: string): { type: "geojson"; data: string } => ({ type: "geojson", data: new URL(`base/${name}.json`, document.baseURI).href });

export function baseStyle(colours: Palette): StyleSpecification {
  return {
    version: 8,
    sources: {
      countries: file("countries"), coast: file("coast"), borders: file("borders"), disputed: file("disputed"),
      "detail-countries": file("detail-countries"), "detail-coast": file("detail-coast"), "detail-borders": file("detail-borders"), "detail-disputed": file("detail-disputed"),
      names: { type: "geojson", data: EMPTY }, settlements: { type: "geojson", data: EMPTY },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colours.sea } },
      ...land(colours, "", {}),
      ...land(colours, "detail-", { minzoom: DETAIL }),
      ...lines(colours, "", {}),
      ...lines(colours, "detail-", { minzoom: DETAIL }),
      ...names(colours),
    ],
  };
}

function land(colours: Palette, prefix: string, zooms: { minzoom?: number; maxzoom?: number }): LayerSpecification[] {
  return [
    { id: `${prefix}land`, type: "fill", source: `${prefix}countries`, ...zooms, paint: { "fill-color": colours.land, "fill-antialias": false } },
    { id: `${prefix}coast`, type: "line", source: `${prefix}coast`, ...zooms, paint: { "line-color": colours.coast, "line-width": 0.6 } },
  ];
}

function lines(colours: Palette, prefix: string, zooms: { minzoom?: number; maxzoom?: number }): LayerSpecification[] {
  const width: ExpressionSpecification = ["interpolate", ["linear"], ["zoom"], 2, 0.5, 6, 1.2, 10, 2];
  return [
    { id: `${prefix}borders`, type: "line", source: `${prefix}borders`, ...zooms, layout: { "line-join": "round" }, paint: { "line-color": colours.border, "line-width": width } },
    { id: `${prefix}disputed`, type: "line", source: `${prefix}disputed`, ...zooms, paint: { "line-color": colours.border, "line-width": width, "line-dasharray": [3, 2.5] } },
  ];
}

/** Names of countries and settlements, for a map that has none. */
export function names(colours: Palette): LayerSpecification[] {
  const halo = { "text-halo-color": colours.halo, "text-halo-width": 1.4, "text-halo-blur": 0.4 };
  return [
    {
      id: "country-names", type: "symbol", source: "names", maxzoom: 7.5,
      filter: ["any", [">", ["get", "area"], 25], [">=", ["zoom"], 4]],
      layout: {
        "text-field": ["get", "name"], "text-font": FONT, "text-transform": "uppercase", "text-letter-spacing": 0.12, "text-max-width": 7,
        "text-size": ["interpolate", ["linear"], ["zoom"], 2, 9, 6, 13], "symbol-sort-key": ["-", 0, ["get", "area"]],
      },
      paint: { "text-color": colours.label, ...halo, "text-opacity": ["interpolate", ["linear"], ["zoom"], 6.5, 1, 7.5, 0.3] },
    },
    {
      id: "towns", type: "circle", source: "settlements", minzoom: 4,
      paint: { "circle-radius": ["interpolate", ["linear"], ["zoom"], 4, 1.2, 10, 2.2], "circle-color": colours.town, "circle-opacity": 0.55 },
    },
    {
      id: "town-names", type: "symbol", source: "settlements", minzoom: 4,
      layout: {
        "text-field": ["get", "name"], "text-font": FONT, "text-variable-anchor-offset": BESIDE, "text-justify": "auto", "text-optional": true, "text-padding": 6,
        "text-size": ["interpolate", ["linear"], ["zoom"], 4, 10.5, 9, 12.5], "symbol-sort-key": ["-", 0, ["coalesce", ["get", "population"], 0]],
      },
      paint: { "text-color": colours.town, ...halo },
    },
  ];
}
