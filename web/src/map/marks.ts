// The layers of claims: where they may lie, clusters with their count, single claims, and the one that is open.
import type { DataDrivenPropertyValueSpecification, ExpressionSpecification, GeoJSONSource, Map as MapLibre } from "maplibre-gl";
import { KIND_NAMES, STATUSES, isDark, kindColour, kindOf, knownSides, sideColour, statusColour } from "../lib/kinds";
import type { Colouring } from "../state/view";
import { texts } from "../texts";
import { circle } from "./circle";
import { palette } from "./palette";
import { EMPTY, FONT } from "./style";

const EQUATOR_KM = 40_075;
const WIDE_KM = 30; // what lies in a wider circle, such as a region, shows it only when it is open
const MANY = 1; // more than this in one place is a cluster

/** Adds the layers; `plain` leaves colours to the layer of control. */
export function addMarks(map: MapLibre, colour: Colouring, plain: boolean): void {
  const colours = palette(isDark());
  for (const id of ["claims", "doubt", "chosen"]) map.addSource(id, { type: "geojson", data: EMPTY });
  const tint = plain ? (["to-color", colours.ink] as ExpressionSpecification as ReturnType<typeof tinted>) : tinted(colour);
  map.addLayer({ id: "doubt-fill", type: "fill", source: "doubt", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": colours.accent, "fill-opacity": 0.07 } });
  map.addLayer({ id: "doubt-line", type: "line", source: "doubt", paint: { "line-color": colours.accent, "line-width": 1, "line-opacity": 0.55, "line-dasharray": [2, 2] } });
  const scaled: ExpressionSpecification = ["interpolate", ["exponential", 2], ["zoom"], 0, ["get", "around"], 20, ["*", ["get", "around"], 2 ** 20]];
  map.addLayer({
    id: "around", type: "circle", source: "claims", filter: ["all", ["<=", ["get", "count"], MANY], [">", ["get", "around"], 0], ["<", ["get", "radius_km"], WIDE_KM]],
    paint: { "circle-radius": scaled, "circle-color": tint, "circle-opacity": 0.05, "circle-stroke-color": tint, "circle-stroke-width": 1, "circle-stroke-opacity": 0.35 },
  });
  map.addLayer({
    id: "clusters", type: "circle", source: "claims", filter: [">", ["get", "count"], MANY],
    paint: {
      "circle-radius": ["interpolate", ["linear"], ["ln", ["get", "count"]], 0, 8, 3, 14, 6, 21, 10, 30],
      "circle-color": tint, "circle-opacity": 0.82, "circle-stroke-color": colours.paper, "circle-stroke-width": 1.5,
    },
  });
  map.addLayer({
    id: "points", type: "circle", source: "claims", filter: ["<=", ["get", "count"], MANY],
    paint: {
      "circle-radius": 5.5, "circle-color": tint, "circle-stroke-width": 2,
      "circle-opacity": ["match", ["get", "status"], "happened", 0.9, "denied", 0, 0.3],
      "circle-stroke-color": ["match", ["get", "status"], "happened", colours.paper, tint] as ExpressionSpecification,
    },
  });
  map.addLayer({
    id: "counts", type: "symbol", source: "claims", filter: [">", ["get", "count"], MANY],
    layout: { "text-field": ["number-format", ["get", "count"], { locale: texts.locale }], "text-font": FONT, "text-size": 11.5, "text-allow-overlap": true, "text-padding": 9 },
    paint: { "text-color": colours.paper },
  });
  map.addLayer({
    id: "chosen", type: "circle", source: "chosen",
    paint: { "circle-radius": 11, "circle-color": "rgba(0,0,0,0)", "circle-stroke-color": colours.ink, "circle-stroke-width": 2.5 },
  });
}

/** Shows marks, each with how many pixels its uncertainty takes where the world is one tile of 512. */
export function showClaims(map: MapLibre, found: GeoJSON.FeatureCollection): void {
  const features = found.features.map((one) => {
    const [, lat] = (one.geometry as GeoJSON.Point).coordinates;
    const around = ((Number(one.properties?.["radius_km"]) || 0) * 512) / (EQUATOR_KM * Math.cos(((lat ?? 0) * Math.PI) / 180));
    return { ...one, properties: { ...one.properties, around } };
  });
  map.getSource<GeoJSONSource>("claims")?.setData({ type: "FeatureCollection", features });
}

/** Shows where what is open lies, with how far around it may have been. */
export function showChosen(map: MapLibre, points: { lon: number; lat: number; radiusKm: number | null; outline?: GeoJSON.Geometry | null }[]): void {
  const doubts = points.filter((point) => point.radiusKm || point.outline).map((point, i): GeoJSON.Feature =>
    point.outline ? { type: "Feature", geometry: point.outline, properties: { id: String(i) } } : circle(point.lon, point.lat, point.radiusKm!, String(i)));
  map.getSource<GeoJSONSource>("doubt")?.setData({ type: "FeatureCollection", features: doubts });
  const features: GeoJSON.Feature[] = points.map((point) => ({ type: "Feature", geometry: { type: "Point", coordinates: [point.lon, point.lat] }, properties: {} }));
  map.getSource<GeoJSONSource>("chosen")?.setData({ type: "FeatureCollection", features });
}

function tinted(colour: Colouring): DataDrivenPropertyValueSpecification<string> & ExpressionSpecification {
  if (colour === "status") return matched("status", STATUSES.map((status) => [status, statusColour(status)]), statusColour(""));
  if (colour === "side") return matched("side", [...knownSides(), "CIV"].map((side) => [side, sideColour(side)]), sideColour(null));
  const types = Object.keys(texts.types).map((type): [string, string] => [type, kindColour(kindOf(type))]);
  return matched("event", types, kindColour("politics"));
}

function matched(property: string, pairs: [string, string][], otherwise: string): DataDrivenPropertyValueSpecification<string> & ExpressionSpecification {
  return ["match", ["coalesce", ["get", property], ""], ...pairs.flat(), otherwise] as unknown as DataDrivenPropertyValueSpecification<string> & ExpressionSpecification;
}

/** What the colours of claims mean. */
export function keyOf(colour: Colouring, plain = false): { label: string; colour: string }[] {
  if (plain) return [{ label: texts.map.marks, colour: palette(isDark()).ink }];
  if (colour === "status") return STATUSES.map((status) => ({ label: texts.statuses[status]!, colour: statusColour(status) }));
  if (colour === "side") return [...knownSides().slice(0, 5), null].map((side) => ({ label: texts.side(side), colour: sideColour(side) }));
  return KIND_NAMES.map((kind) => ({ label: texts.kinds[kind]!, colour: kindColour(kind) }));
}
