// Claims or events near one another as one mark, where no server does it.
import type { Bounds } from "../state/view";
import type { ClaimItem, EventItem, Geo } from "./types";

interface Point { id: string; lon: number; lat: number; radiusKm: number | null; event: string; status: string; side: string | null }
const SPREAD = 40; // pixels

export function ofClaims(claims: ClaimItem[]): Point[] {
  return claims.flatMap((claim) => {
    const place = claim.places.find((one) => one.lat !== null && one.lon !== null);
    return place ? [{ id: claim.id, lon: place.lon!, lat: place.lat!, radiusKm: place.radius_km, event: claim.event, status: claim.status, side: claim.agents[0]?.side ?? null }] : [];
  });
}

export const ofEvents = (events: EventItem[]): Point[] => events.flatMap((event) =>
  event.lon !== null && event.lat !== null ? [{ id: event.id, lon: event.lon, lat: event.lat, radiusKm: event.radius_km, event: event.type, status: "happened", side: event.sides[0] ?? null }] : []);

export function clustered(points: Point[], zoom: number, [west, south, east, north]: Bounds): Geo {
  const size = (SPREAD * 360) / (512 * 2 ** Math.round(zoom));
  const cells = new Map<string, Point[]>();
  for (const point of points) {
    if (point.lat < south || point.lat > north || point.lon < west || point.lon > east) continue;
    const key = `${Math.round(point.lon / size)}/${Math.round(point.lat / size)}`;
    cells.set(key, [...(cells.get(key) ?? []), point]);
  }
  return { type: "FeatureCollection", features: [...cells.values()].map(asFeature) };
}

function asFeature(points: Point[]): GeoJSON.Feature {
  const [first] = points as [Point];
  const properties = { count: points.length, ids: points.slice(0, 20).map((one) => one.id), event: first.event, status: first.status, side: first.side, radius_km: first.radiusKm };
  return { type: "Feature", geometry: { type: "Point", coordinates: [first.lon, first.lat] }, properties };
}
