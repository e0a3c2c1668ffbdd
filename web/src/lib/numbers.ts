// Figures as intervals, in words.
import { texts } from "../texts";

const whole = new Intl.NumberFormat(texts.locale, { maximumFractionDigits: 1 });
export const number = (value: number): string => whole.format(value);
export const percent = (value: number): string => `${Math.round(value * 100)}%`;

interface Figured {
  low: number | null;
  high: number | null;
  unit?: string | null;
}

/** "450", "400–500", "over 100", "up to 50 km": what is known of a figure. */
export function figure({ low, high, unit }: Figured): string {
  const tail = unit && unit !== "people" && unit !== "person" ? ` ${unit.replace("km2", "km²")}` : "";
  if (low === null && high === null) return texts.unknown;
  if (low === null) return texts.upTo(number(high!) + tail);
  if (high === null) return texts.atLeast(number(low) + tail);
  return (low === high ? number(low) : `${number(low)}–${number(high)}`) + tail;
}
