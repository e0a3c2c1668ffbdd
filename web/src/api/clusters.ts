// Claims near one another as one mark, where no server does it.
import type { Bounds } from "../state/view";
import type { ClaimItem, Geo, PlaceItem } from "./types";

interface Cell { claims: ClaimItem[]; place: PlaceItem }
const SPREAD = 40; // pixels

export function clustered(claims: ClaimItem[], zoom: number, [west, south, east, north]: Bounds): Geo {
  const size = (SPREAD * 360) / (512 * 2 ** Math.round(zoom));
  const cells = new Map<string, Cell>();
  for (const claim of claims) {
    const place = claim.places.find((one) => one.lat !== null && one.lon !== null);
    if (!place || place.lat! < south || place.lat! > north || place.lon! < west || place.lon! > east) continue;
    const key = `${Math.round(place.lon! / size)}/${Math.round(place.lat! / size)}`;
    const cell = cells.get(key);
    if (cell) cell.claims.push(claim);
    else cells.set(key, { claims: [claim], place });
  }
  return { type: "FeatureCollection", features: [...cells.values()].map(asFeature) };
}

function asFeature({ claims, place }: Cell): GeoJSON.Feature {
  const first = claims[0]!;
  const properties = {
    count: claims.length, ids: claims.slice(0, 20).map((claim) => claim.id), event: first.event, status: first.status,
    side: first.agents[0]?.side ?? null, radius_km: place.radius_km,
  };
  return { type: "Feature", geometry: { type: "Point", coordinates: [place.lon!, place.lat!] }, properties };
}
