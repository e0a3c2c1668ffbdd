// The four kinds that types of occurrence fall into, and the colours of kinds, sides and statuses.

const KINDS: Record<string, string> = {
  ADVANCE: "ground", WITHDRAW: "ground", CAPTURE: "ground", ENCIRCLE: "ground", CONTROL: "ground", DEPLOY: "ground", CLASH: "ground",
  SHELL: "fire", AIRSTRIKE: "fire", ATTACK: "fire", DESTROY: "fire",
  ABUSE: "people", CASUALTIES: "people", DETAIN: "people", DISPLACE: "people", PROTEST: "people",
  NEGOTIATE: "politics", AGREE: "politics", AID: "politics", SANCTION: "politics", DECLARE: "politics",
};

export const kindOf = (type: string): string => KINDS[type] ?? "politics";
export const KIND_NAMES = ["ground", "fire", "people", "politics"] as const;
export const STATUSES = ["happened", "possible", "intended", "conditional", "denied"] as const;

// Told apart with every common kind of colour blindness: Okabe and Ito 2008, with Tol's for the rest; light, dark.
const PALETTE: [light: string, dark: string][] = [
  ["#1f6fb2", "#5fabe3"], ["#cc6a12", "#f0a04b"], ["#0d8a6f", "#43c4a3"], ["#97498f", "#d893cf"], ["#9a8410", "#dcc64f"], ["#5b6b7a", "#a3b3c2"],
];
const NONE: [string, string] = ["#a3a199", "#6f7780"];
const CIVILIANS: [string, string] = ["#7a7469", "#b3ac9e"];
const KIND: Record<string, [string, string]> = {
  ground: ["#1f6fb2", "#5fabe3"], fire: ["#cc4b12", "#f4854d"], people: ["#97498f", "#d893cf"], politics: ["#0d8a6f", "#43c4a3"],
};
const STATUS: Record<string, [string, string]> = {
  happened: ["#2b4a66", "#9ec4e6"], possible: ["#9a8410", "#dcc64f"], intended: ["#0d8a6f", "#43c4a3"], conditional: ["#97498f", "#d893cf"], denied: ["#cc4b12", "#f4854d"],
};

let sides: string[] = [];

/** Fixes which colour a side has: the sides heard of most get the clearest. */
export function orderSides(names: (string | null)[]): void {
  sides = names.filter((name): name is string => !!name && name !== "CIV");
}

export const knownSides = (): readonly string[] => sides;
export const isDark = (): boolean => document.documentElement.dataset["theme"] === "dark";
const shade = (pair: [string, string]): string => pair[isDark() ? 1 : 0];

export function sideColour(side: string | null | undefined): string {
  if (!side) return shade(NONE);
  if (side === "CIV") return shade(CIVILIANS);
  const index = sides.indexOf(side);
  return shade(PALETTE[index < 0 ? PALETTE.length - 1 : Math.min(index, PALETTE.length - 1)]!);
}

export const kindColour = (kind: string): string => shade(KIND[kind] ?? NONE);
export const statusColour = (status: string): string => shade(STATUS[status] ?? NONE);
