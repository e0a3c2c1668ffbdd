// The layer of control on one day: areas and settlements by holder, a hatch where it is disputed.
import type { ExpressionSpecification, GeoJSONSource, Map as MapLibre } from "maplibre-gl";
import { isDark, knownSides, sideColour } from "../lib/kinds";
import { addHatch } from "./hatch";
import { palette } from "./palette";
import { EMPTY } from "./style";

/** Adds the layer, empty: its settlements beneath one layer, its areas beneath another. */
export function addControl(map: MapLibre, beneath: string, names: string): void {
  const colours = palette(isDark());
  addHatch(map, colours.ink);
  map.addSource("areas", { type: "geojson", data: EMPTY });
  map.addSource("control", { type: "geojson", data: EMPTY });
  const holder = held();
  const sure: ExpressionSpecification = ["interpolate", ["linear"], ["coalesce", ["get", "confidence"], 0.5], 0.3, 0.4, 1, 0.95];
  const radius: ExpressionSpecification = ["interpolate", ["linear"], ["zoom"], 4, 2.2, 8, 5.5, 11, 8];
  const told: ExpressionSpecification = ["!=", ["coalesce", ["get", "holder"], ""], ""];
  map.addLayer({ id: "areas", type: "fill", source: "areas", filter: ["!=", ["get", "holder"], "contested"], paint: { "fill-color": holder, "fill-opacity": 0.2 } }, names);
  map.addLayer({ id: "areas-hatch", type: "fill", source: "areas", filter: contested(), paint: { "fill-pattern": "hatch", "fill-opacity": 0.45 } }, names);
  map.addLayer({ id: "areas-line", type: "line", source: "areas", paint: { "line-color": holder, "line-width": 1.2, "line-opacity": 0.6 } }, names);
  map.addLayer({
    id: "held", type: "circle", source: "control",
    paint: {
      "circle-radius": radius, "circle-color": holder, "circle-opacity": ["case", told, sure, 0],
      "circle-stroke-color": ["case", told, colours.paper, sideColour(null)], "circle-stroke-width": ["case", told, 1, 1.4],
    },
  }, beneath);
  map.addLayer({
    id: "held-hatch", type: "symbol", source: "control", filter: contested(),
    layout: { "icon-image": "hatch-spot", "icon-allow-overlap": true, "icon-size": ["interpolate", ["linear"], ["zoom"], 4, 0.4, 8, 0.95, 11, 1.4] },
  }, beneath);
}

export function showControl(map: MapLibre, places: GeoJSON.FeatureCollection, areas: GeoJSON.FeatureCollection): void {
  map.getSource<GeoJSONSource>("control")?.setData(places);
  map.getSource<GeoJSONSource>("areas")?.setData(areas);
}

export const hideControl = (map: MapLibre): void => showControl(map, EMPTY, EMPTY);

const contested = (): ExpressionSpecification => ["any", ["==", ["get", "holder"], "contested"], ["==", ["coalesce", ["get", "disputed"], false], true]];

function held(): ExpressionSpecification {
  const sides = knownSides().flatMap((side) => [side, sideColour(side)]);
  const pairs = sides.length ? sides : ["?", sideColour(null)];
  return ["match", ["coalesce", ["get", "holder"], ""], ...pairs, sideColour(null)] as unknown as ExpressionSpecification;
}
