// A ledger as a folder of files, for a page that is put on any web server: read only, filtered here.
import { type Bounds, type Query } from "../state/view";
import { texts } from "../texts";
import { asTable } from "../share/tables";
import { clustered, ofClaims, ofEvents } from "./clusters";
import { daysBetween } from "../lib/days";
import { voiceKey } from "../lib/voices";
import { claimMeets, daysOf, eventMeets } from "./matching";
import { ordered } from "./order";
import type { Exported, Layer, Row, Source } from "./source";
import type { AreaItem, Change, Check, ClaimFull, ClaimItem, EventFull, EventItem, Geo, HolderFull, Meta, Page, Period, PlaceFound, Review, Timeline, VoiceItem } from "./types";

const BROAD = 7; // days: what tells of more is on no day, as on the server
const NOTHING: Geo = { type: "FeatureCollection", features: [] };

export class Folder implements Source {
  readonly canWrite = false;
  readonly formats = [];
  private kept = new Map<string, Promise<unknown>>();

  async meta(): Promise<Meta> {
    return { ...(await this.file<Meta>("meta.json")), roles: ["read"], csrf: null };
  }

  async claims(query: Query, _cursor: string | null, _signal?: AbortSignal, sort?: string | null): Promise<Page<ClaimItem>> {
    return whole(ordered(await this.found(query), sort));
  }

  claim(id: string) {
    return this.file<ClaimFull>(`claims/${named(id)}.json`);
  }

  async events(query: Query, _cursor?: string | null, _signal?: AbortSignal, sort?: string | null): Promise<Page<EventItem>> {
    const ids = new Set((await this.found({ ...query, grade: null, bbox: null })).map((claim) => claim.event_id));
    const all = await this.file<EventItem[]>("events.json");
    return whole(ordered(all.filter((event) => ids.has(event.id) && eventMeets(event, query)), sort));
  }

  event(id: string) {
    return this.file<EventFull>(`events/${named(id)}.json`);
  }

  async voices(query: Query): Promise<Page<VoiceItem>> {
    const heard = new Set((await this.found(query)).map((claim) => claim.voice ?? `outlet:${claim.outlet}`));
    return whole((await this.file<VoiceItem[]>("voices.json")).filter((voice) => heard.has(voiceKey(voice))));
  }

  async checks(query: Query): Promise<Page<Check>> {
    const ids = new Set((await this.found(query)).map((claim) => claim.id));
    return whole((await this.file<Check[]>("checks.json")).filter((check) => check.claims.some((id) => ids.has(id))));
  }

  async reviews(): Promise<Page<Review>> {
    return whole([]);
  }

  async timeline(query: Query, group: string): Promise<Timeline> {
    const days = new Map<string, Record<string, number>>();
    let [broad, undated] = [0, 0];
    for (const claim of await this.found({ ...query, from: null, to: null })) {
      const [first, last] = daysOf(claim, query.by);
      if (!first || !last) {
        undated++;
        continue;
      }
      if (daysBetween(first, last) >= BROAD) {
        broad++;
        continue;
      }
      const counts = days.get(first) ?? {};
      const key = group === "event" ? claim.event : group === "status" ? claim.status : (claim.agents[0]?.side ?? "");
      counts[key] = (counts[key] ?? 0) + 1;
      days.set(first, counts);
    }
    return { days: [...days].sort(([a], [b]) => a.localeCompare(b)).map(([day, counts]) => ({ day, counts })), broad, undated };
  }

  async clusters(layer: Layer, query: Query, zoom: number, bbox: Bounds): Promise<Geo> {
    const all = { ...query, bbox: null };
    const points = layer === "events" ? ofEvents((await this.events(all)).items) : ofClaims(await this.found(all));
    return clustered(points, zoom, bbox);
  }

  settlements() {
    return this.optional<Geo>("settlements.json", NOTHING);
  }

  async control(on: string, view: string): Promise<Geo> {
    const all = await this.onDay(on, "control");
    if (view === "assessed") return all;
    if (view === "disputed") return { ...all, features: all.features.filter((one) => one.properties?.["disputed"]) };
    const told = (one: GeoJSON.Feature): GeoJSON.Feature => {
      const { claimed, probabilities } = one.properties as HolderFull;
      const holder = claimed[view] ?? null;
      return { ...one, properties: { ...one.properties, holder, confidence: holder ? (probabilities[holder] ?? 0) : 0 } };
    };
    return { ...all, features: all.features.map(told) };
  }

  async controlAreas(on: string, view: string): Promise<Geo> {
    return view === "assessed" ? this.onDay(on, "control/areas") : NOTHING;
  }

  async areas(from: string, to: string): Promise<AreaItem[]> {
    return (await this.optional<AreaItem[]>("areas.json", [])).filter((area) => area.on >= from && area.on <= to);
  }

  async changes(from: string, to: string): Promise<Change[]> {
    return (await this.optional<Change[]>("changes.json", [])).filter((change) => change.on !== null && change.on > from && change.on <= to);
  }

  async history(place: string): Promise<Period[]> {
    const changes = await this.optional<Change[]>("changes.json", []);
    const found = changes.find((change) => change.name === place || `${change.lat},${change.lon}` === place);
    if (!found) throw new Error(texts.control.notInFolder);
    return this.file<Period[]>(`history/${found.geonameid}.json`);
  }

  /** Who held a settlement, as the map of that day has it; with reasons where its history is in the folder. */
  async why(geonameid: number, on: string): Promise<HolderFull> {
    const found = (await this.onDay(on, "control")).features.find((one) => one.properties?.["geonameid"] === geonameid);
    if (!found) throw new Error(texts.map.nothing);
    const changed = (await this.optional<Change[]>("changes.json", [])).some((change) => change.geonameid === geonameid);
    const periods = changed ? await this.optional<Period[]>(`history/${geonameid}.json`, []) : [];
    const period = periods.find((one) => one.since <= on && one.until >= on);
    return { ...(found.properties as HolderFull), ...(period && { reasons: period.reasons, claims: period.claims }) };
  }

  async places(): Promise<PlaceFound[]> {
    return [];
  }

  async review(): Promise<Review> {
    throw new Error(texts.readOnly);
  }

  async add(): Promise<void> {
    throw new Error(texts.readOnly);
  }

  async signIn(): Promise<void> {
    throw new Error(texts.readOnly);
  }

  async signOut(): Promise<void> {
    throw new Error(texts.readOnly);
  }

  async export(query: Query, format: Exported, of: Row = "claims"): Promise<string> {
    const found = of === "events" ? asTable("events", (await this.events(query)).items, format) : asTable("claims", await this.found(query), format);
    return URL.createObjectURL(new Blob([found], { type: format === "csv" ? "text/csv" : "application/json" }));
  }

  raw(): null {
    return null;
  }

  /** What was worked out of the last day that is not behind this one. */
  private async onDay(on: string, folder: string): Promise<Geo> {
    const last = ((await this.meta()).control_days ?? []).filter((day) => day <= on).at(-1);
    return last ? this.optional<Geo>(`${folder}/${last}.json`, NOTHING) : NOTHING;
  }

  private async found(query: Query): Promise<ClaimItem[]> {
    return (await this.file<ClaimItem[]>("claims.json")).filter((claim) => claimMeets(claim, query));
  }

  private file<T>(name: string): Promise<T> {
    let kept = this.kept.get(name) as Promise<T> | undefined;
    if (!kept) {
      kept = fetch(`data/${name}`).then((answer) => {
        if (!answer.ok) throw new Error(texts.refused(answer.status));
        return answer.json() as Promise<T>;
      });
      this.kept.set(name, kept);
    }
    return kept;
  }

  private optional<T>(name: string, otherwise: T): Promise<T> {
    return this.file<T>(name).catch(() => otherwise);
  }
}

/** A file is named by its id, escaped; its address escapes that once more. */
const named = (id: string): string => encodeURIComponent(encodeURIComponent(id));
const whole = <T>(items: T[]): Page<T> => ({ items, next: null, total: items.length });
