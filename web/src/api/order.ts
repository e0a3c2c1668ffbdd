// Claims and events in the order that is asked for, where no server does it.
import type { ClaimItem, EventItem } from "./types";

type Item = ClaimItem | EventItem;

const dayOf = (item: Item): string | null => ("when" in item ? (item.when.earliest ?? item.when.latest) : (item.earliest ?? item.latest));

const VALUES: Record<string, (item: Item) => string | number | null> = {
  published: (item) => ("published" in item ? item.published : null),
  day: dayOf,
  confidence: (item) => ("confidence" in item ? item.confidence : null),
  independent: (item) => ("independent" in item ? item.independent : null),
  documents: (item) => ("documents" in item ? item.documents : null),
  disputed: (item) => ("disputed" in item ? item.disputed : null),
};

/** Sorts by an order as the server names it, "-" for the greatest first; what has no value comes last. */
export function ordered<T extends Item>(items: T[], sort: string | null | undefined): T[] {
  const value = VALUES[sort?.replace(/^-/, "") ?? ""];
  if (!sort || !value) return items;
  const turn = sort.startsWith("-") ? -1 : 1;
  return [...items].sort((one, other) => {
    const [a, b] = [value(one), value(other)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return turn * (a < b ? -1 : a > b ? 1 : 0);
  });
}
