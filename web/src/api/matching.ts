// Which claims and events meet the filters, where no server does it.
import type { Bounds, Clock, Query } from "../state/view";
import { texts } from "../texts";
import type { ClaimItem, EventItem } from "./types";

/** The first and last day of a claim, of the occurrence or of the report. */
export function daysOf(claim: ClaimItem, by: Clock): [string | null, string | null] {
  if (by === "report") return [claim.published, claim.published];
  return [claim.when.earliest ?? claim.when.latest, claim.when.latest ?? claim.when.earliest];
}

const holds = (text: string | null | undefined, part: string): boolean => (text ?? "").toLowerCase().includes(part.toLowerCase());
const inside = (lon: number, lat: number, [west, south, east, north]: Bounds): boolean => lat >= south && lat <= north && (west <= east ? lon >= west && lon <= east : lon >= west || lon <= east);

export function claimMeets(claim: ClaimItem, query: Query): boolean {
  const [first, last] = daysOf(claim, query.by);
  if (query.from && (!last || last < query.from)) return false;
  if (query.to && (!first || first > query.to)) return false;
  if (query.event.length && !query.event.includes(claim.event)) return false;
  if (query.status.length && !query.status.includes(claim.status)) return false;
  if (query.side && ![...claim.agents, ...claim.targets].some((party) => party.side === query.side)) return false;
  if (query.voice && !(query.voice === "narrator" ? claim.voice === null : holds(claim.voice, query.voice))) return false;
  if (query.voice_side && claim.voice_side !== query.voice_side) return false;
  if (query.outlet && claim.outlet?.toLowerCase() !== query.outlet.toLowerCase()) return false;
  if (query.document && claim.document !== query.document) return false;
  if (query.min_confidence !== null && (claim.confidence ?? 0) < query.min_confidence) return false;
  if (query.place && !claim.places.some((place) => holds(place.name, query.place!) || holds(place.text, query.place!))) return false;
  if (query.bbox && !claim.places.some((place) => place.lat !== null && place.lon !== null && inside(place.lon, place.lat, query.bbox!))) return false;
  return !query.q || worded(claim, query.q);
}

/** Tells whether each word begins one of the evidence, or of what is told of it. */
function worded(claim: ClaimItem, sought: string): boolean {
  const parties = [...claim.agents, ...claim.targets];
  const sides = [claim.voice_side, ...parties.map((party) => party.side)].filter((side): side is string => !!side);
  const told = [claim.evidence.text, claim.title, claim.outlet, claim.voice, claim.event, texts.types[claim.event], claim.status, ...claim.relays,
    ...claim.places.flatMap((place) => [place.text, place.name]), ...parties.map((party) => party.text), ...sides, ...sides.map(texts.side)];
  const words = tokens(told.join(" "));
  return tokens(sought).every((token) => words.some((word) => word.startsWith(token)));
}

/** The words of a text without case and diacritics, so that they meet however they are spelt. */
const tokens = (text: string): string[] => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];

/** The filters that are an event's own; those on its claims have been met by one of them. */
export function eventMeets(event: EventItem, query: Query): boolean {
  if (query.grade && !(event.grade ?? "").startsWith(query.grade)) return false;
  return !query.bbox || (event.lat !== null && event.lon !== null && inside(event.lon, event.lat, query.bbox));
}
