// The server's interface under api/v1.
import { asQuery } from "../state/address";
import { EMPTY, type Bounds, type Query } from "../state/view";
import { texts } from "../texts";
import { followJob } from "./job";
import type { Addition, Exported, JobWatcher, Layer, Row, Source } from "./source";
import type { AreaItem, Change, Check, ClaimFull, ClaimItem, EventFull, EventItem, Geo, HolderFull, Meta, NewReview, Page, Period, PlaceFound, Review, Timeline, VoiceItem } from "./types";

const BASE = "api/v1/";
const PAGE = "200";
const NOTHING: Geo = { type: "FeatureCollection", features: [] };

/** What a server told in problem+json: a title, and a sentence on what to do. */
export class Refused extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

export class Rest implements Source {
  readonly canWrite = true;
  readonly formats = ["hxl", "gpkg", "geoparquet", "parquet", "acled", "ged", "plover", "timemap", "annotations", "prov"] as const;
  private csrf: string | null = null;

  async meta(): Promise<Meta> {
    const meta = await this.get<Meta>("meta");
    this.csrf = meta.csrf;
    return meta;
  }

  claims(query: Query, cursor: string | null, signal?: AbortSignal, sort?: string | null) {
    return this.get<Page<ClaimItem>>("claims", paged(query, cursor, sort), signal);
  }

  claim(id: string, signal?: AbortSignal) {
    return this.get<ClaimFull>(`claims/${encodeURIComponent(id)}`, undefined, signal);
  }

  events(query: Query, cursor: string | null, signal?: AbortSignal, sort?: string | null) {
    return this.get<Page<EventItem>>("events", paged(query, cursor, sort), signal);
  }

  event(id: string, signal?: AbortSignal) {
    return this.get<EventFull>(`events/${encodeURIComponent(id)}`, undefined, signal);
  }

  voices(query: Query, cursor: string | null, signal?: AbortSignal) {
    return this.get<Page<VoiceItem>>("voices", paged(query, cursor), signal);
  }

  checks(query: Query, cursor: string | null, signal?: AbortSignal) {
    return this.get<Page<Check>>("checks", paged(query, cursor), signal);
  }

  reviews(cursor: string | null, signal?: AbortSignal) {
    return this.get<Page<Review>>("reviews", paged(EMPTY, cursor), signal);
  }

  timeline(query: Query, group: string, signal?: AbortSignal) {
    const parts = asQuery({ ...query, from: null, to: null });
    parts.set("by", query.by);
    parts.set("group", group);
    return this.get<Timeline>("timeline", parts, signal);
  }

  clusters(layer: Layer, query: Query, zoom: number, bbox: Bounds, signal?: AbortSignal) {
    const parts = asQuery({ ...query, bbox });
    parts.set("z", String(Math.round(zoom))); // half as fine, so that marks stand apart
    return this.get<Geo>(`map/${layer}`, parts, signal);
  }

  settlements(zoom: number, bbox: Bounds, signal?: AbortSignal) {
    return this.get<Geo>("base/settlements", new URLSearchParams({ z: tiled(zoom), bbox: box(bbox) }), signal);
  }

  control(on: string, view: string, bbox: Bounds, signal?: AbortSignal) {
    return this.geo("control", new URLSearchParams({ on, view, bbox: box(bbox) }), signal);
  }

  controlAreas(on: string, view: string, signal?: AbortSignal) {
    return this.geo("control/areas", new URLSearchParams({ on, view }), signal);
  }

  async areas(from: string, to: string, bbox: Bounds | null, signal?: AbortSignal) {
    return (await this.get<Page<AreaItem>>("areas", spanned(from, to, bbox), signal)).items;
  }

  async changes(from: string, to: string, bbox: Bounds | null, signal?: AbortSignal) {
    return (await this.get<Page<Change>>("control/changes", spanned(from, to, bbox), signal)).items;
  }

  async history(place: string, span: { from: string; to: string } | null, signal?: AbortSignal) {
    return (await this.get<Page<Period>>("control/history", new URLSearchParams({ place, ...span }), signal)).items;
  }

  why(geonameid: number, on: string, signal?: AbortSignal) {
    return this.get<HolderFull>("control/why", new URLSearchParams({ geonameid: String(geonameid), on }), signal);
  }

  async places(words: string) {
    return (await this.get<Page<PlaceFound>>("places", new URLSearchParams({ q: words }))).items;
  }

  review(review: NewReview) {
    return this.send<Review>("POST", "reviews", review);
  }

  async add(addition: Addition, watcher: JobWatcher): Promise<void> {
    const { files, ...told } = addition;
    const body = files ? form(files, told) : told;
    const { job } = await this.send<{ job: string }>("POST", "add", body);
    await followJob(`${BASE}jobs/${encodeURIComponent(job)}/events`, watcher);
  }

  async signIn(token: string): Promise<void> {
    await this.send("POST", "session", { token });
  }

  async signOut(): Promise<void> {
    await this.send("DELETE", "session");
  }

  async export(query: Query, format: Exported, of?: Row): Promise<string> {
    const parts = asQuery(query);
    parts.set("format", format);
    if (of) parts.set("of", of);
    return `${BASE}export?${parts}`;
  }

  raw(document: string): string {
    return `${BASE}documents/${encodeURIComponent(document)}/raw`;
  }

  private async geo(path: string, parts: URLSearchParams, signal?: AbortSignal): Promise<Geo> {
    const answer = await this.get<Geo>(path, parts, signal, "application/geo+json, application/json");
    return Array.isArray(answer.features) ? answer : NOTHING;
  }

  private get<T>(path: string, parts?: URLSearchParams, signal?: AbortSignal, accept = "application/json"): Promise<T> {
    const query = parts?.toString();
    return asked<T>(BASE + path + (query ? `?${query}` : ""), { signal: signal ?? null, headers: { Accept: accept } });
  }

  private send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (this.csrf) headers["X-CSRF-Token"] = this.csrf;
    if (body instanceof FormData) return asked<T>(BASE + path, { method, headers, body });
    if (body === undefined) return asked<T>(BASE + path, { method, headers });
    headers["Content-Type"] = "application/json";
    return asked<T>(BASE + path, { method, headers, body: JSON.stringify(body) });
  }
}

/** The server counts zooms by tiles of 256 pixels, the map by tiles of 512. */
const tiled = (zoom: number): string => String(Math.round(zoom + 1));
const box = (bbox: Bounds): string => bbox.map((degrees) => degrees.toFixed(4)).join(",");

const spanned = (from: string, to: string, bbox: Bounds | null): URLSearchParams => new URLSearchParams({ from, to, ...(bbox && { bbox: box(bbox) }) });

function paged(query: Query, cursor: string | null, sort?: string | null): URLSearchParams {
  const parts = asQuery(query);
  parts.set("limit", PAGE);
  if (sort) parts.set("sort", sort);
  if (cursor) parts.set("cursor", cursor);
  return parts;
}

function form(files: File[], { published, outlet }: Addition): FormData {
  const data = new FormData();
  if (published) data.append("published", published);
  if (outlet) data.append("outlet", outlet);
  for (const file of files) data.append("files", file, file.name);
  return data;
}

async function asked<T>(address: string, options: RequestInit): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(address, { credentials: "same-origin", ...options });
  } catch (error) {
    if ((error as Error).name === "AbortError") throw error;
    throw new Refused(0, texts.serverGone);
  }
  if (!answer.ok) throw new Refused(answer.status, await reason(answer));
  if (answer.status === 204) return undefined as T;
  return (await answer.json()) as T;
}

async function reason(answer: Response): Promise<string> {
  try {
    const problem = (await answer.json()) as { title?: string; detail?: unknown };
    if (typeof problem.detail === "string") return problem.detail;
    if (problem.title) return problem.title;
  } catch {
    // no problem+json: the status has to do
  }
  return texts.refused(answer.status);
}
