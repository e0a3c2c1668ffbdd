// The map: what it draws follows the view, and moving it moves the view.
import * as maplibregl from "maplibre-gl";
import { type GeoJSONSource, type Map as MapLibre, type MapGeoJSONFeature } from "maplibre-gl";
import workerAddress from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import "maplibre-gl/dist/maplibre-gl.css";
import { source } from "../api";
import type { Layer } from "../api/source";
import { Newest, paused } from "../lib/calm";
import { isDark } from "../lib/kinds";
import { store } from "../state/store";
import { isPlain, sameQuery, type Bounds, type View } from "../state/view";
import { texts } from "../texts";
import { OWN, type Base } from "./base";
import { addControl, hideControl, showControl } from "./control";
import { addMarks, showChosen, showClaims } from "./marks";
import { palette } from "./palette";
import { holderCard } from "./holder";
import { COARSE, DETAIL, EMPTY } from "./style";

export interface Spot {
  lon: number;
  lat: number;
  radiusKm: number | null;
  outline?: GeoJSON.Polygon | GeoJSON.LineString | null; // in place of the circle
}

const START: [number, number] = [20, 30];

export class ClaimMap {
  readonly map: MapLibre;
  private ready = false;
  private spots: Spot[] = [];
  private names: GeoJSON.FeatureCollection = EMPTY;
  private readonly claims = new Newest();
  private readonly towns = new Newest();
  private readonly control = new Newest();
  private popup: maplibregl.Popup | null = null;
  private byHand = false;

  private base: Base;
  private credit: maplibregl.AttributionControl | null = null;

  constructor(container: HTMLElement, base: Base, private readonly failed: (message: string) => void, private readonly controlDay: () => string | null) {
    this.base = base;
    maplibregl.setWorkerUrl(new URL(workerAddress, document.baseURI).href);
    const camera = store.now.camera;
    this.map = new maplibregl.Map({
      container,
      style: this.base.style(palette(isDark())),
      center: camera ? [camera.lon, camera.lat] : START,
      zoom: camera?.zoom ?? 1.6,
      minZoom: 1,
      maxZoom: 14,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      fadeDuration: 0,
      locale: { "NavigationControl.ZoomIn": texts.map.zoomIn, "NavigationControl.ZoomOut": texts.map.zoomOut, "Map.Title": texts.map.label },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-left");
    this.map.addControl(new maplibregl.ScaleControl({ maxWidth: 110 }), "bottom-left");
    this.credited();
    if (container.clientWidth < 600) this.map.once("idle", () => container.querySelector(".maplibregl-ctrl-attrib")?.classList.remove("maplibregl-compact-show"));
    this.map.on("style.load", () => this.dressed());
    this.map.on("error", (event) => this.wentWrong(event));
    for (const moved of ["dragstart", "wheel", "touchmove"] as const) this.map.on(moved, () => (this.byHand = true));
    container.addEventListener("keydown", (event) => (this.byHand ||= /^(Arrow|[+\-=])/.test(event.key)));
    container.addEventListener("click", (event) => (this.byHand ||= !!(event.target as Element).closest(".maplibregl-ctrl-zoom-in, .maplibregl-ctrl-zoom-out")));
    this.map.on("moveend", paused(() => this.moved(), 120));
    this.map.on("sourcedata", (event) => {
      if (event.sourceId !== "detail-countries" || !event.isSourceLoaded || this.map.getZoom() < DETAIL) return;
      for (const layer of COARSE) this.map.setLayerZoomRange(layer, 0, DETAIL);
    });
    this.map.on("click", (event) => this.clicked(event));
    for (const layer of ["clusters", "points", "held"]) {
      this.map.on("mouseenter", layer, () => (this.map.getCanvas().style.cursor = "pointer"));
      this.map.on("mouseleave", layer, () => (this.map.getCanvas().style.cursor = ""));
    }
    store.watch((now, before) => this.changed(now, before));
  }

  /** Draws everything anew, in the colours of the day or the night. */
  redress(): void {
    this.ready = false;
    this.map.setStyle(this.base.style(palette(isDark())), { diff: false });
  }

  get attribution(): string {
    return this.base.attribution;
  }

  private credited(): void {
    if (this.credit) this.map.removeControl(this.credit);
    this.credit = new maplibregl.AttributionControl({ compact: true, customAttribution: this.base.attribution });
    this.map.addControl(this.credit, "bottom-right");
  }

  /** What a tile server does not give is said once, and the page's own map takes its place. */
  private wentWrong(event: maplibregl.ErrorEvent & { sourceId?: string }): void {
    if (!this.base.host || !this.base.sources.has(event.sourceId ?? "")) return console.warn(event.error?.message ?? event);
    this.failed(texts.map.tilesFailed(this.base.host, event.error?.message ?? ""));
    this.base = OWN;
    this.credited();
    this.redress();
  }

  /** Shows where what is open lies. */
  choose(spots: Spot[], { go = false } = {}): void {
    this.spots = spots;
    if (!this.ready) return;
    showChosen(this.map, spots);
    const first = spots[0];
    if (!go || !first || this.map.getBounds().contains([first.lon, first.lat])) return;
    this.map.easeTo({ center: [first.lon, first.lat], duration: 500 });
  }

  /** Moves to hold these spots. */
  fit(spots: { lon: number; lat: number }[], animate = true): void {
    if (!spots.length) return;
    const bounds = new maplibregl.LngLatBounds();
    for (const spot of spots) bounds.extend([spot.lon, spot.lat]);
    this.map.fitBounds(bounds, { padding: 60, maxZoom: 8.5, animate });
  }

  bounds(): Bounds {
    const bounds = this.map.getBounds();
    return [Math.max(-180, bounds.getWest()), Math.max(-90, bounds.getSouth()), Math.min(180, bounds.getEast()), Math.min(90, bounds.getNorth())];
  }

  private dressed(): void {
    addMarks(this.map, store.now.colour, isPlain(store.now));
    addControl(this.map, "doubt-fill", this.base.beneath);
    this.ready = true;
    showChosen(this.map, this.spots);
    this.nameCountries();
    this.refresh();
  }

  private nameCountries(): void {
    const put = (): void => void this.map.getSource<GeoJSONSource>("names")?.setData(this.names);
    if (this.names.features.length) return put();
    void fetch("base/countries.json").then((answer) => answer.json()).then((countries: GeoJSON.FeatureCollection) => {
      const features = countries.features.map(({ properties }): GeoJSON.Feature => ({
        type: "Feature", geometry: { type: "Point", coordinates: [properties!["lon"] as number, properties!["lat"] as number] }, properties,
      }));
      this.names = { type: "FeatureCollection", features };
      put();
    });
  }

  /** The days are known now, or others than before. */
  timed(): void {
    if (store.now.control && !store.now.day && !store.now.to) this.askControl();
  }

  private refresh(): void {
    this.askClaims();
    this.askTowns();
    this.askControl();
  }

  private askClaims(): void {
    if (!this.ready) return;
    void this.claims.ask((signal) => source.clusters(layerOf(store.now), { ...store.now, bbox: null }, this.map.getZoom(), this.bounds(), signal),
      (found) => showClaims(this.map, found), (error) => this.failed(error.message));
  }

  private askTowns(): void {
    if (this.map.getZoom() < 4) return;
    void this.towns.ask((signal) => source.settlements(this.map.getZoom(), this.bounds(), signal),
      (found) => this.map.getSource<GeoJSONSource>("settlements")?.setData(found), () => undefined);
  }

  private askControl(): void {
    if (!this.ready) return;
    const view = store.now.control;
    const on = this.controlDay();
    if (!view || !on) return hideControl(this.map);
    void this.control.ask((signal) => Promise.all([source.control(on, view, this.bounds(), signal), source.controlAreas(on, view, signal)]),
      ([places, areas]) => showControl(this.map, places, areas), (error) => this.failed(error.message));
  }

  private moved(): void {
    const { lng, lat } = this.map.getCenter();
    const camera = { zoom: this.map.getZoom(), lat, lon: lng };
    const follows = this.byHand && store.now.follow;
    store.set(follows ? { camera, bbox: this.bounds() } : { camera }, { step: false });
    this.byHand = false;
    this.refresh();
  }

  private changed(now: View, before: View): void {
    if (now.camera && JSON.stringify(now.camera) !== JSON.stringify(before.camera)) {
      const { lng, lat } = this.map.getCenter();
      const same = Math.abs(lng - now.camera.lon) < 1e-3 && Math.abs(lat - now.camera.lat) < 1e-3 && Math.abs(this.map.getZoom() - now.camera.zoom) < 0.02;
      if (!same) this.map.jumpTo({ center: [now.camera.lon, now.camera.lat], zoom: now.camera.zoom });
    }
    if (now.colour !== before.colour || isPlain(now) !== isPlain(before)) return this.redress();
    if (!sameQuery(now, before, ["bbox"]) || layerOf(now) !== layerOf(before)) this.askClaims();
    if (now.control !== before.control || now.day !== before.day || now.to !== before.to) this.askControl();
  }

  private clicked(event: maplibregl.MapMouseEvent): void {
    if (!this.ready) return;
    const [hit] = this.map.queryRenderedFeatures(event.point, { layers: ["points", "clusters", "held"] });
    if (!hit) return;
    if (hit.layer.id === "held") return this.explain(hit, event.lngLat);
    const ids = listed(hit.properties["ids"]);
    const count = Number(hit.properties["count"]);
    const [lon, lat] = (hit.geometry as GeoJSON.Point).coordinates as [number, number];
    const layer = layerOf(store.now);
    if (count === 1 && ids[0]) return store.set({ open: { kind: layer === "events" ? "event" : "claim", id: ids[0] }, tab: layer });
    const radius = Math.max(0.02, 40 / 2 ** this.map.getZoom());
    const bbox: Bounds = [lon - radius, lat - radius * 0.7, lon + radius, lat + radius * 0.7];
    store.set({ bbox, tab: layer, open: null });
    this.map.easeTo({ center: [lon, lat], zoom: Math.min(11, this.map.getZoom() + 2), duration: 500 });
  }

  private explain(hit: MapGeoJSONFeature, at: maplibregl.LngLat): void {
    this.popup?.remove();
    const card = holderCard(hit.properties, this.controlDay() ?? "");
    this.popup = new maplibregl.Popup({ maxWidth: "320px", closeButton: true }).setLngLat(at).setDOMContent(card).addTo(this.map);
  }
}

/** Beside the list of events the map marks events, else claims. */
const layerOf = (view: View): Layer => (view.tab === "events" ? "events" : "claims");

/** Arrays among a feature's properties come back as JSON text. */
function listed(value: unknown): string[] {
  if (Array.isArray(value)) return value as string[];
  try {
    return JSON.parse(String(value)) as string[];
  } catch {
    return [];
  }
}
