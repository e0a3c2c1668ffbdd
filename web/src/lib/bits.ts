// Small pieces that every list and view is made of.
import type { Amended, ClaimItem } from "../api/types";
import { texts } from "../texts";
import { h, said, svg } from "./dom";
import { kindColour, kindOf, sideColour } from "./kinds";

export const typeName = (type: string): string => texts.types[type] ?? type;

/** A dot in a side's colour, with the side's name for those who do not see it. */
export function sideDot(side: string | null | undefined): HTMLElement {
  const dot = h("span", { class: side ? "dot" : "dot none", title: texts.side(side), role: "img", "aria-label": texts.side(side) });
  dot.style.setProperty("--dot", sideColour(side));
  return dot;
}

export function typeMark(type: string): HTMLElement {
  const mark = h("span", { class: "type" }, typeName(type));
  mark.style.setProperty("--dot", kindColour(kindOf(type)));
  return mark;
}

export function statusMark(status: string): HTMLElement | null {
  return status === "happened" ? null : h("span", { class: `status ${/^\w+$/.test(status) ? status : ""}` }, texts.statuses[status] ?? status);
}

/** A mark on a claim that a later edition of its report withdrew or changed, the sentence as its title. */
export function amendedMark(amended: Amended | null | undefined): HTMLElement | null {
  return amended ? h("span", { class: `status ${amended.kind === "withdrawn" ? "denied" : "changed"}`, title: amended.sentence }, texts.amended[amended.kind]) : null;
}

/** Full dots for independent origins, rings for those that lean on another. */
export function pips(independent: number, origins: number): SVGSVGElement {
  const shown = Math.min(origins, 6);
  const more = origins > shown ? [svg("text", { x: shown * 10 + 1, y: 9, class: "more" }, `+${origins - shown}`)] : [];
  const dots = Array.from({ length: shown }, (_, i) =>
    svg("circle", { cx: i * 10 + 5, cy: 6, r: 3.4, class: i < independent ? "full" : "ring" }));
  const wide = shown * 10 + (more.length ? 18 : 0);
  return svg("svg", { class: "pips", width: wide, height: 12, viewBox: `0 0 ${wide} 12`, role: "img", "aria-label": texts.list.pips(independent, origins) },
    svg("title", {}, texts.list.pips(independent, origins)), ...dots, ...more);
}

export function gradeMark(code: string | null | undefined): HTMLElement | null {
  if (!code) return null;
  const [source = "F", information = "6"] = code;
  const title = texts.event.gradeLong(source, information);
  return h("span", { class: `grade g${information.replace(/\D/g, "6")}`, title, "aria-label": title, role: "img" }, code);
}

export const voiceName = (claim: Pick<ClaimItem, "voice" | "outlet">): HTMLElement =>
  claim.voice ? said(claim.voice) : h("span", { class: "narrator" }, claim.outlet ? said(claim.outlet) : texts.outlet);

export function problem(message: string, retry?: () => void): HTMLElement {
  return h("div", { class: "problem", role: "alert" }, h("p", {}, message),
    retry ? h("button", { type: "button", onclick: retry }, texts.retry) : null);
}

export const quiet = (message: string): HTMLElement => h("p", { class: "quiet" }, message);
