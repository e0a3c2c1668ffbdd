// Claims and events as CSV, GeoJSON and JSON Lines, where no server writes them.
import type { Exported, Row } from "../api/source";
import type { ClaimItem, EventItem } from "../api/types";

type Columns<T> = [name: string, value: (item: T) => unknown][];

const CLAIMS: Columns<ClaimItem> = [
  ["id", (c) => c.id], ["document", (c) => c.document], ["published", (c) => c.published], ["outlet", (c) => c.outlet],
  ["event", (c) => c.event], ["status", (c) => c.status], ["hedge", (c) => c.hedge], ["voice", (c) => c.voice],
  ["voice_side", (c) => c.voice_side], ["relays", (c) => c.relays.join("; ")],
  ["agents", (c) => c.agents.map((party) => party.text).join("; ")], ["targets", (c) => c.targets.map((party) => party.text).join("; ")],
  ["place", (c) => c.places.map((place) => place.name ?? place.text).join("; ")], ["lat", (c) => placed(c)?.lat], ["lon", (c) => placed(c)?.lon],
  ["radius_km", (c) => placed(c)?.radius_km], ["earliest", (c) => c.when.earliest], ["latest", (c) => c.when.latest],
  ["quantities", (c) => c.quantities.map((quantity) => quantity.text).join("; ")], ["evidence", (c) => c.evidence.text], ["event_id", (c) => c.event_id],
];

const EVENTS: Columns<EventItem> = [
  ["id", (e) => e.id], ["type", (e) => e.type], ["types", (e) => e.types.join("; ")], ["title", (e) => e.title], ["earliest", (e) => e.earliest], ["latest", (e) => e.latest],
  ["place", (e) => e.place], ["country", (e) => e.country], ["lat", (e) => e.lat], ["lon", (e) => e.lon], ["radius_km", (e) => e.radius_km], ["sides", (e) => e.sides.join("; ")],
  ["claims", (e) => e.claims], ["documents", (e) => e.documents], ["outlets", (e) => e.outlets], ["origins", (e) => e.origins], ["independent", (e) => e.independent],
  ["disputed", (e) => e.disputed], ["unresolved", (e) => e.unresolved], ["grade", (e) => e.grade],
];

const placed = (claim: ClaimItem) => claim.places.find((place) => place.lat !== null && place.lon !== null);

/** Writes claims or events as a table; a spot that is not known is no geometry. */
export function asTable(of: "claims", items: ClaimItem[], format: Exported): string;
export function asTable(of: "events", items: EventItem[], format: Exported): string;
export function asTable(of: Row, items: (ClaimItem | EventItem)[], format: Exported): string {
  if (format === "jsonl") return items.map((item) => `${JSON.stringify(item)}\n`).join("");
  const columns = (of === "claims" ? CLAIMS : EVENTS) as Columns<ClaimItem | EventItem>;
  return format === "csv" ? csv(items, columns) : geojson(items, columns);
}

function csv<T>(items: T[], columns: Columns<T>): string {
  const rows = items.map((item) => columns.map(([, value]) => cell(value(item))).join(","));
  return [columns.map(([name]) => name).join(","), ...rows, ""].join("\r\n");
}

/** A cell of RFC 4180; what a spreadsheet would run as a formula is made plain text. */
export function cell(value: unknown): string {
  const text = value === null || value === undefined ? "" : String(value);
  const plain = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

function geojson<T>(items: T[], columns: Columns<T>): string {
  const features = items.map((item) => {
    const properties = Object.fromEntries(columns.map(([name, value]) => [name, value(item) ?? null]));
    const { lat, lon } = properties;
    return { type: "Feature", geometry: typeof lat === "number" && typeof lon === "number" ? { type: "Point", coordinates: [lon, lat] } : null, properties };
  });
  return JSON.stringify({ type: "FeatureCollection", features });
}
