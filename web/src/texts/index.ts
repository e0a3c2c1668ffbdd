// The words of the page. Another language is another file like en.ts and a line here.
import { en } from "./en";

export type Texts = typeof en;
export const texts: Texts = en;
