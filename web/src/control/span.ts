// The two days between which control is compared.
import { addDays, daysBetween } from "../lib/days";
import type { AreaItem } from "../api/types";
import type { View } from "../state/view";

export interface Span { from: string; to: string }

const LONGEST = 400; // days that the server works out at once

/** The days that are chosen, else all there are; while days are played through, what is played lies among them. */
export function spanOf(view: Pick<View, "from" | "to" | "day">, all: Span | null): Span | null {
  const from = (view.day ? null : view.from) ?? all?.from;
  const to = (view.day ? null : view.to) ?? all?.to;
  if (!from || !to) return null;
  if (from >= to) return { from: addDays(to, -1), to };
  return daysBetween(from, to) > LONGEST ? { from: addDays(to, -LONGEST), to } : { from, to };
}

/** The first day on which half as much land has a holder that is known as on the best known one. */
export function informed(areas: AreaItem[]): string | null {
  const known = new Map<string, number>();
  for (const { on, km2 } of areas) known.set(on, (known.get(on) ?? 0) + km2);
  const most = Math.max(...known.values());
  return [...known].filter(([, km2]) => km2 * 2 >= most).map(([on]) => on).sort()[0] ?? null;
}
