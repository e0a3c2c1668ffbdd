// The two days between which control is compared.
import { addDays, daysBetween } from "../lib/days";
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
