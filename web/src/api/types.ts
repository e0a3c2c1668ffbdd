// What the server answers, field by field.

export interface Page<T> {
  items: T[];
  next: string | null;
  total: number | null;
}

export interface Meta {
  version: string;
  ledger: { documents: number; claims: number; events: number; voices: number };
  days: { first: string | null; last: string | null };
  event_types: string[];
  sides: { side: string | null; claims: number }[];
  embargo_hours: number;
  coarsen: boolean;
  roles: string[];
  csrf: string | null;
  attribution: string | null;
  token_needed?: boolean;
  reviewer?: string | null;
  tiles?: string | null; // the address of a tile server's style, where one is set
  control_days?: string[];
}

export interface PlaceFound { geonameid: number | null; name: string; lat: number; lon: number; country: string | null; region: string | null }
export interface PartyItem { text: string; side: string | null }
export interface PlaceItem { text: string; name: string | null; role: string; lat: number | null; lon: number | null; radius_km: number | null; precision: string }
/** Where a place lies that is told by another one: a circle, a line between two, or an outline; points are latitude, longitude. */
export interface Relative { shape: string; points: [number, number][] }
export interface WhenItem { earliest: string | null; latest: string | null; text: string | null; precision: string }
export interface QuantityItem { kind: string; low: number | null; high: number | null; unit: string | null; text: string }
export interface Certainty { low: number; high: number; term: string | null; words: string | null }
export interface Words { start: number; end: number; text: string }

/** What a later edition of its document did to a claim; `claim` is what that tells instead. */
export interface Amended { kind: "withdrawn" | "changed"; edition: string; day: string; claim: string | null; sentence: string }

export interface ClaimItem {
  id: string; document: string; title: string | null; published: string | null; outlet: string | null;
  event: string; status: string; hedge: string | null; voice: string | null; voice_side: string | null;
  relays: string[]; mode: string; agents: PartyItem[]; targets: PartyItem[]; places: PlaceItem[]; when: WhenItem;
  quantities: QuantityItem[]; certainty: Certainty | null; confidence: number | null; flags: string[];
  evidence: Words; event_id: string | null; amended: Amended | null;
}

export type MarkKind = "evidence" | "cue" | "source" | "relay" | "when" | "place" | "quantity" | "agent" | "target" | "hedge";
export interface Mark { start: number; end: number; kind: MarkKind; why: string }
export interface DocumentFull { id: string; title: string | null; published: string | null; outlet: string | null; author?: string | null; url: string | null; text: string }
export interface SourceRecord { whence: string; fetched: string; size: number | null; media_type: string | null }

export interface Voice { text: string; name: string | null; side: string | null; kind: string | null; office?: string | null; body?: string | null; reason: string }

export interface ClaimFull {
  id: string; event: string; status: string; hedge: string | null;
  agents: (PartyItem & { reason?: string })[]; targets: (PartyItem & { reason?: string })[];
  places: (PlaceItem & { relative?: Relative | null; reason?: string; score?: number; alternatives?: { name: string; country?: string | null; score: number }[] })[];
  when: WhenItem & { reason?: string }; quantities: QuantityItem[]; speaker: Voice | null; relays: string[]; mode: string;
  certainty: Certainty | null; confidence: number | null; reasons: Record<string, string>; flags: string[]; evidence: Words;
  document: DocumentFull; marks: Mark[];
  provenance: { raw: string | null; sources: SourceRecord[]; extractor: string };
  event_id: string | null; amended: Amended | null; checks: Check[]; reviews: Review[];
}

export interface EventItem {
  id: string; type: string; types: string[]; title: string; earliest: string | null; latest: string | null;
  place: string | null; lat: number | null; lon: number | null; radius_km: number | null; country: string | null;
  sides: string[]; documents: number; outlets: number; origins: number; independent: number; disputed: number;
  grade: string | null; unresolved: boolean; claims: number;
}

export interface Origin { id: string; claim: string; voice: string | null; side: string | null; claims: string[]; documents: string[]; outlets: string[]; chain: string[]; independent: boolean; reason: string }
export interface Dispute { field: string; values: { text: string; voices: string[]; claims: string[] }[]; text: string }
export interface FigureItem { kind: string; low: number | null; high: number | null; unit: string | null; told: string | null; voice: string | null; claim: string; corrected: boolean }
export interface Version { id: string; text: string; status: string; claims: string[]; voices: string[]; origins: string[] }
export interface Grade { source: string; information: string; reasons: string[] }
export interface Check { id: string; rule: string; sentence: string; claims: string[]; weight: "note" | "doubt" | "error"; event?: string | null }
export interface Link { one: string; other: string; weight: number; why: string }

export interface EventFull extends Omit<EventItem, "claims" | "documents" | "outlets" | "origins" | "grade" | "disputed"> {
  summary: { text: string; claims: string[] }[]; claims: string[]; documents: string[]; outlets: string[]; origins: Origin[];
  counted: string; versions: Version[]; disputes: Dispute[]; figures: FigureItem[]; checks: Check[]; grade: Grade | null;
  claim_items: ClaimItem[]; links: Link[]; reviews: Review[];
}

export interface VoiceItem {
  name: string | null; outlet: string | null; side: string | null; kind: string | null; claims: number; documents: number; events: number;
  confirmed: number | null; contradicted: number | null; reliability: string | null; types: Record<string, number>;
}

export type Judgement = "same" | "not-same" | "wrong" | "reliability" | "undo";
export interface NewReview { kind: Judgement; subject: string; other?: string; field?: string; value?: string; reason: string }
export interface Review { id: string; kind: Judgement; subject: string; other?: string | null; field?: string | null; value?: string | null; reason: string; reviewer?: string | null; at?: string | null; undone?: boolean; active?: boolean }

/** Claims by day; `broad` tell of more than a week, `undated` of no day, and neither is on one. */
export interface Timeline { days: { day: string; counts: Record<string, number> }[]; broad: number; undated: number }
export interface HolderFull { geonameid: number; name: string; on: string; holder: string | null; confidence: number; probabilities: Record<string, number>; claimed: Record<string, string>; disputed: boolean; reasons: string[]; claims: string[] }
export interface Change { geonameid: number; name: string; lat: number; lon: number; before: string | null; after: string | null; on: string | null; first_claimed_by: string | null; first_claimed_on: string | null; confirmed_by: string | null; confirmed_on: string | null }
export interface Period { geonameid: number; name: string; since: string; until: string; holder: string | null; confidence: number; disputed: boolean; claimed: Record<string, string>; reasons: string[]; claims: string[] }
export interface AreaItem { on: string; holder: string; km2: number; low: number; high: number }
export interface Progress { documents: number; claims: number; known?: number; undated?: number; problems?: number }
export interface Problem { object: string; message: string }
export type Geo = GeoJSON.FeatureCollection;
