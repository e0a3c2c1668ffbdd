// A view as an address, and an address as a view; what an address cannot mean is left out.
import { isDay } from "../lib/days";
import { EMPTY, SORTS, TABS, type Bounds, type Open, type Query, type View } from "./view";

const WORDS = ["q", "place", "side", "voice", "voice_side", "document", "outlet", "grade"] as const;
const DAYS = ["from", "to", "day"] as const;
const LISTS = ["event", "status"] as const;
const NUMBERS = ["radius", "min_confidence"] as const;

/** The filters as the query of a request. */
export function asQuery(query: Query): URLSearchParams {
  const parts = new URLSearchParams();
  for (const name of WORDS) if (query[name]) parts.set(name, query[name]);
  for (const name of ["from", "to"] as const) if (query[name]) parts.set(name, query[name]);
  for (const name of LISTS) for (const value of query[name]) parts.append(name, value);
  for (const name of NUMBERS) if (query[name] !== null) parts.set(name, String(query[name]));
  if (query.bbox) parts.set("bbox", query.bbox.map((degrees) => degrees.toFixed(4)).join(","));
  if (query.by === "report") parts.set("by", "report");
  return parts;
}

/** The whole view as the fragment of an address. */
export function asAddress(view: View): string {
  const parts = asQuery(view);
  if (view.tab !== EMPTY.tab) parts.set("tab", view.tab);
  if (view.open) parts.set("open", `${view.open.kind}:${view.open.id}`);
  if (view.camera) parts.set("map", [view.camera.zoom.toFixed(2), view.camera.lat.toFixed(4), view.camera.lon.toFixed(4)].join("/"));
  if (view.colour !== EMPTY.colour) parts.set("colour", view.colour);
  if (view.control) parts.set("control", view.control);
  if (view.day) parts.set("day", view.day);
  if (view.group !== EMPTY.group) parts.set("group", view.group);
  if (!view.follow) parts.set("follow", "no");
  if (view.sort) parts.set("sort", view.sort);
  return parts.toString();
}

/** The view that an address stands for. */
export function fromAddress(fragment: string): View {
  const parts = new URLSearchParams(fragment.replace(/^#/, ""));
  const view: View = { ...EMPTY };
  for (const name of WORDS) view[name] = parts.get(name)?.slice(0, 200) || null;
  for (const name of DAYS) view[name] = day(parts.get(name));
  for (const name of LISTS) view[name] = parts.getAll(name).filter((value) => /^[\w-]{1,30}$/.test(value));
  for (const name of NUMBERS) view[name] = finite(parts.get(name));
  view.bbox = bounds(parts.get("bbox"));
  view.by = parts.get("by") === "report" ? "report" : "day";
  view.tab = TABS.find((tab) => tab === parts.get("tab")) ?? EMPTY.tab;
  const [, kind, id] = /^(claim|event|voice|place):([\s\S]{1,300})$/.exec(parts.get("open") ?? "") ?? [];
  view.open = kind && id ? { kind: kind as Open["kind"], id } : null;
  const [zoom, lat, lon] = (parts.get("map") ?? "").split("/").map(Number);
  view.camera = [zoom, lat, lon].every(Number.isFinite) && lon !== undefined ? { zoom: zoom!, lat: clamp(lat!, 85), lon: clamp(lon, 180) } : null;
  view.colour = (["side", "status"] as const).find((name) => name === parts.get("colour")) ?? "kind";
  view.control = parts.get("control")?.slice(0, 80) || null;
  view.group = (["event", "status"] as const).find((name) => name === parts.get("group")) ?? "side";
  view.follow = parts.get("follow") !== "no";
  view.sort = Object.values(SORTS).flat().find((order) => order === parts.get("sort")) ?? null;
  return view;
}

const clamp = (value: number, limit: number): number => Math.max(-limit, Math.min(limit, value));
const day = (text: string | null): string | null => (text && isDay(text) ? text : null);
const finite = (text: string | null): number | null => (text !== null && text !== "" && Number.isFinite(Number(text)) ? Number(text) : null);

function bounds(text: string | null): Bounds | null {
  const numbers = (text ?? "").split(",").map(Number);
  return numbers.length === 4 && numbers.every(Number.isFinite) ? (numbers as unknown as Bounds) : null;
}
