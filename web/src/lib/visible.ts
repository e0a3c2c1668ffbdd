// Text of reports is untrusted: what would act instead of being read is made visible.

const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/g;
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const UNSEEN = /[\u00ad\u200b\u2060\ufeff\u{e0000}-\u{e007f}]/gu;

/** Shows control characters as pictures, and characters that turn the direction of writing or hide as their code. */
export function visible(text: string): string {
  return text
    .replace(CONTROL, (c) => (c === "\u007f" ? "\u2421" : String.fromCodePoint(0x2400 + c.charCodeAt(0))))
    .replace(DIRECTION, named)
    .replace(UNSEEN, named);
}

function named(character: string): string {
  return `[U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}]`;
}
