// Where a view's data comes from: a server, or a folder of files.
import type { Bounds, Query } from "../state/view";
import type { AreaItem, Change, Check, ClaimFull, ClaimItem, EventFull, EventItem, Geo, HolderFull, Meta, NewReview, Page, Period, PlaceFound, Problem, Progress, Review, Timeline, VoiceItem } from "./types";

export type Table = "csv" | "geojson" | "jsonl";
export type Exported = Table | "hxl" | "parquet" | "geoparquet" | "gpkg" | "acled" | "ged" | "plover" | "timemap" | "annotations" | "prov";

/** What a row of a table is. */
export type Row = "claims" | "events";

/** What a map marks. */
export type Layer = "claims" | "events";

/** Files, a text, or an address; when and by whom they were published, where they do not tell. */
export interface Addition {
  files?: File[];
  text?: string;
  title?: string;
  address?: string;
  published?: string;
  outlet?: string;
}

export interface JobWatcher {
  progress(so_far: Progress): void;
  problem(problem: Problem): void;
  done(result: Progress): void;
  failed(message: string): void;
}

export interface Source {
  readonly canWrite: boolean;
  meta(): Promise<Meta>;
  claims(query: Query, cursor: string | null, signal?: AbortSignal, sort?: string | null): Promise<Page<ClaimItem>>;
  claim(id: string, signal?: AbortSignal): Promise<ClaimFull>;
  events(query: Query, cursor: string | null, signal?: AbortSignal, sort?: string | null): Promise<Page<EventItem>>;
  event(id: string, signal?: AbortSignal): Promise<EventFull>;
  voices(query: Query, cursor: string | null, signal?: AbortSignal): Promise<Page<VoiceItem>>;
  checks(query: Query, cursor: string | null, signal?: AbortSignal): Promise<Page<Check>>;
  reviews(cursor: string | null, signal?: AbortSignal): Promise<Page<Review>>;
  timeline(query: Query, group: string, signal?: AbortSignal): Promise<Timeline>;
  clusters(layer: Layer, query: Query, zoom: number, bbox: Bounds, signal?: AbortSignal): Promise<Geo>;
  settlements(zoom: number, bbox: Bounds, signal?: AbortSignal): Promise<Geo>;
  control(on: string, view: string, bbox: Bounds, signal?: AbortSignal): Promise<Geo>;
  controlAreas(on: string, view: string, signal?: AbortSignal): Promise<Geo>;
  areas(from: string, to: string, bbox: Bounds | null, signal?: AbortSignal): Promise<AreaItem[]>;
  changes(from: string, to: string, bbox: Bounds | null, signal?: AbortSignal): Promise<Change[]>;
  history(place: string, span: { from: string; to: string } | null, signal?: AbortSignal): Promise<Period[]>;
  why(geonameid: number, on: string, signal?: AbortSignal): Promise<HolderFull>;
  places(words: string): Promise<PlaceFound[]>;
  review(review: NewReview): Promise<Review>;
  add(addition: Addition, watcher: JobWatcher): Promise<void>;
  signIn(token: string): Promise<void>;
  signOut(): Promise<void>;
  readonly formats: readonly Exported[]; // besides tables
  export(query: Query, format: Exported, of?: Row): Promise<string>; // an address to follow
  raw(document: string): string | null;
}
