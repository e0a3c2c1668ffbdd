// Everything that makes a view, so that an address can carry it to a colleague.

export const TABS = ["events", "claims", "voices", "checks", "reviews", "control"] as const;
export type Tab = (typeof TABS)[number];
export type Bounds = [west: number, south: number, east: number, north: number];
export type Colouring = "kind" | "side" | "status";
export type Clock = "day" | "report";
export type Grouping = "side" | "event" | "status";

/** The orders that a list can have, its own first. */
export const SORTS: Partial<Record<Tab, readonly string[]>> = {
  events: ["day", "-day", "-independent", "-documents", "-disputed"],
  claims: ["published", "-published", "day", "-day", "-confidence"],
};

export interface Camera {
  zoom: number;
  lat: number;
  lon: number;
}

export interface Open {
  kind: "claim" | "event" | "voice" | "place";
  id: string;
}

/** The filters, named as the interface of the server names them. */
export interface Query {
  q: string | null; // beginnings of words
  place: string | null;
  radius: number | null;
  from: string | null;
  to: string | null;
  event: string[];
  status: string[];
  side: string | null;
  voice: string | null;
  voice_side: string | null;
  document: string | null;
  outlet: string | null; // who published it, by its whole name
  grade: string | null;
  min_confidence: number | null;
  bbox: Bounds | null;
  by: Clock;
}

export interface View extends Query {
  tab: Tab;
  open: Open | null;
  camera: Camera | null;
  colour: Colouring;
  control: string | null; // assessed, disputed, or a party
  day: string | null; // the day that the player stands on
  group: Grouping; // what the bars of the days are parted by
  follow: boolean; // whether moving the map narrows the list
  sort: string | null; // the order of the list, where it is not the list's own
}

export const EMPTY: View = {
  q: null, place: null, radius: null, from: null, to: null, event: [], status: [], side: null, voice: null,
  voice_side: null, document: null, outlet: null, grade: null, min_confidence: null, bbox: null, by: "day",
  tab: "events", open: null, camera: null, colour: "kind", control: null, day: null, group: "side", follow: true, sort: null,
};

export const FILTERS = [
  "q", "place", "radius", "from", "to", "event", "status", "side", "voice", "voice_side", "document", "outlet", "grade",
  "min_confidence", "bbox",
] as const satisfies readonly (keyof Query)[];

/** Tells whether two views ask for the same claims. */
export function sameQuery(one: View, other: View, but: readonly string[] = []): boolean {
  const part = (view: View) => JSON.stringify([...FILTERS, "by" as const].filter((name) => !but.includes(name)).map((name) => view[name]));
  return part(one) === part(other);
}

/** The order of the list that is shown; null where it is the list's own. */
export const orderOf = ({ tab, sort }: Pick<View, "tab" | "sort">): string | null => (SORTS[tab]?.slice(1).includes(sort ?? "") ? sort : null);

/** Tells whether marks have no colours of their own: where control is shown, colours mean sides. */
export const isPlain = (view: View): boolean => view.control !== null && view.colour !== "side";
