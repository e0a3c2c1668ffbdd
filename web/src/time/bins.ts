// Days gathered into bins that are wide enough to see: days, weeks or months.
import { utcMonday, utcMonth, utcDay, type TimeInterval } from "d3-time";
import type { Timeline } from "../api/types";
import { addDays, daysBetween, toDate, toDay } from "../lib/days";

export type Unit = "day" | "week" | "month";
export interface Bin { start: string; end: string; counts: Record<string, number>; total: number } // end is the last day
export interface Bins { unit: Unit; first: string; last: string; bins: Bin[]; most: number }

const INTERVALS: Record<Unit, TimeInterval> = { day: utcDay, week: utcMonday, month: utcMonth };

/** Gathers a timeline between two days into at most so many bins. */
export function gather(timeline: Timeline, first: string, last: string, most: number): Bins {
  const span = daysBetween(first, last) + 1;
  const unit: Unit = span <= most ? "day" : span / 7 <= most ? "week" : "month";
  const interval = INTERVALS[unit];
  const bins = new Map<string, Bin>();
  for (const { day, counts } of timeline.days) {
    if (day < first || day > last) continue;
    const start = interval.floor(toDate(day));
    const key = toDay(start);
    const bin = bins.get(key) ?? { start: key, end: addDays(toDay(interval.offset(start, 1)), -1), counts: {}, total: 0 };
    for (const [name, count] of Object.entries(counts)) {
      bin.counts[name] = (bin.counts[name] ?? 0) + count;
      bin.total += count;
    }
    bins.set(key, bin);
  }
  const sorted = [...bins.values()].sort((a, b) => a.start.localeCompare(b.start));
  return { unit, first, last, bins: sorted, most: Math.max(1, ...sorted.map((bin) => bin.total)) };
}

/** The days to show: all that have claims, by either clock. */
export function extent(...timelines: Timeline[]): [string, string] | null {
  const days = timelines.flatMap((timeline) => timeline.days.filter((one) => Object.values(one.counts).some(Boolean)).map((one) => one.day.slice(0, 10))).sort();
  return days.length ? [days[0]!, days.at(-1)!] : null;
}
