// Days as ISO text (YYYY-MM-DD), and how they are written.
import { texts } from "../texts";

const DAY = 86_400_000;
export const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
export const toDate = (day: string): Date => new Date(`${day.slice(0, 10)}T00:00:00Z`);
export const toDay = (date: Date): string => date.toISOString().slice(0, 10);
export const addDays = (day: string, count: number): string => toDay(new Date(toDate(day).getTime() + count * DAY));
export const daysBetween = (first: string, last: string): number =>
  Math.round((toDate(last).getTime() - toDate(first).getTime()) / DAY);

const long = new Intl.DateTimeFormat(texts.locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const short = new Intl.DateTimeFormat(texts.locale, { day: "numeric", month: "short", timeZone: "UTC" });

const month = new Intl.DateTimeFormat(texts.locale, { month: "short", year: "2-digit", timeZone: "UTC" });

export const written = (day: string | null | undefined): string => (day ? long.format(toDate(day)) : texts.unknown);
export const writtenMonth = (day: string): string => month.format(toDate(day));
export const writtenShort = (day: string): string => short.format(toDate(day));

/** An interval of days in as few words as say it; an open end is said. */
export function interval(earliest: string | null | undefined, latest: string | null | undefined): string {
  if (!earliest && !latest) return texts.noDay;
  if (!earliest) return texts.until(written(latest));
  if (!latest) return texts.since(written(earliest));
  if (earliest === latest) return written(earliest);
  if (earliest.slice(0, 7) === latest.slice(0, 7)) return `${Number(earliest.slice(8))}–${written(latest)}`;
  if (earliest.slice(0, 4) === latest.slice(0, 4)) return `${writtenShort(earliest)} – ${written(latest)}`;
  return `${written(earliest)} – ${written(latest)}`;
}
