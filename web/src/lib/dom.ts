// Elements without HTML strings: data only ever becomes text.
import { visible } from "./visible";

export type Child = Node | string | number | null | undefined | false | Child[];
type Listener = (event: never) => void;
type Value = string | number | boolean | null | undefined | Listener;
type Attributes = Record<string, Value>;

/** Makes an element. `on…` attributes are listeners; `href` is held to http, https and this page. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  return filled(document.createElement(tag), attributes, children);
}

/** Makes an SVG element. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function filled<E extends Element>(element: E, attributes: Attributes, children: Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("aria-") && typeof value === "boolean") element.setAttribute(name, String(value));
    if (value === null || value === undefined || value === false || element.hasAttribute(name)) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener);
    else if (name === "style" || name.startsWith("on") || name === "srcdoc") throw new Error(`${name} is not set this way`);
    else if (name === "href") element.setAttribute(name, safeAddress(String(value)) ?? "#");
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

function append(element: Element, children: Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(element, child);
    else element.append(child instanceof Node ? child : String(child));
  }
}

/** Words of a report: isolated in their direction, with nothing unseen in them. */
export function said(text: string | null | undefined, attributes: Attributes = {}): HTMLElement {
  return h("bdi", attributes, visible(text ?? ""));
}

/** The address if following it leads to a page and nowhere else, else null. */
export function safeAddress(address: string): string | null {
  if (address.startsWith("#")) return address;
  try {
    const url = new URL(address, document.baseURI);
    return ["http:", "https:", "blob:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** A link out of the page, or the plain words where the address is not one to follow. */
export function linkOut(address: string, label: string): HTMLElement {
  const safe = /^https?:/i.test(address.trim()) ? safeAddress(address) : null;
  if (safe === null) return said(label);
  return h("a", { href: safe, rel: "noopener noreferrer nofollow", target: "_blank" }, said(label));
}

/** Replaces what an element holds. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren();
  append(element, children);
}

export function button(label: Child, onclick: (event: MouseEvent) => void, attributes: Attributes = {}): HTMLButtonElement {
  return h("button", { type: "button", onclick, ...attributes }, label);
}
