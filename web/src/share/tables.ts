// Claims as CSV and GeoJSON, where no server writes them.
import type { ClaimItem } from "../api/types";

const COLUMNS: [string, (claim: ClaimItem) => unknown][] = [
  ["id", (c) => c.id], ["document", (c) => c.document], ["published", (c) => c.published], ["outlet", (c) => c.outlet],
  ["event", (c) => c.event], ["status", (c) => c.status], ["hedge", (c) => c.hedge], ["voice", (c) => c.voice],
  ["voice_side", (c) => c.voice_side], ["relays", (c) => c.relays.join("; ")],
  ["agents", (c) => c.agents.map((party) => party.text).join("; ")], ["targets", (c) => c.targets.map((party) => party.text).join("; ")],
  ["place", (c) => c.places.map((place) => place.name ?? place.text).join("; ")], ["lat", (c) => placed(c)?.lat], ["lon", (c) => placed(c)?.lon],
  ["radius_km", (c) => placed(c)?.radius_km], ["earliest", (c) => c.when.earliest], ["latest", (c) => c.when.latest],
  ["quantities", (c) => c.quantities.map((quantity) => quantity.text).join("; ")], ["evidence", (c) => c.evidence.text], ["event_id", (c) => c.event_id],
];

const placed = (claim: ClaimItem) => claim.places.find((place) => place.lat !== null && place.lon !== null);

export function claimsAsCsv(claims: ClaimItem[]): string {
  const rows = claims.map((claim) => COLUMNS.map(([, value]) => cell(value(claim))).join(","));
  return [COLUMNS.map(([name]) => name).join(","), ...rows, ""].join("\r\n");
}

/** A cell of RFC 4180; what a spreadsheet would run as a formula is made plain text. */
export function cell(value: unknown): string {
  const text = value === null || value === undefined ? "" : String(value);
  const plain = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

export function claimsAsGeoJson(claims: ClaimItem[]): string {
  const features = claims.map((claim) => {
    const place = placed(claim);
    const properties = Object.fromEntries(COLUMNS.map(([name, value]) => [name, value(claim) ?? null]));
    return { type: "Feature", geometry: place ? { type: "Point", coordinates: [place.lon, place.lat] } : null, properties };
  });
  return JSON.stringify({ type: "FeatureCollection", features });
}
