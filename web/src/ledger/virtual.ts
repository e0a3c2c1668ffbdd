// A list that only draws the rows one sees, and fetches further pages as one scrolls.
import type { Page } from "../api/types";
import { fill, h } from "../lib/dom";
import { problem, quiet } from "../lib/bits";
import { texts } from "../texts";

export interface RowMaker<T> {
  readonly height: number;
  readonly columns: string[];
  key(item: T): string;
  row(item: T): HTMLElement[]; // the cells
}

type Ask<T> = (cursor: string | null, signal: AbortSignal) => Promise<Page<T>>;
const SPARE = 6; // rows drawn above and below what one sees

export class VirtualTable<T> {
  readonly element: HTMLElement;
  items: T[] = [];
  total: number | null = null;
  private readonly head: HTMLElement;
  private readonly space = h("div", { class: "rows-space", role: "presentation" });
  private readonly scroller: HTMLElement;
  private readonly status = h("div", { class: "rows-status", "aria-live": "polite" });
  private next: string | null = null;
  private asking: AbortController | null = null;
  private ask: Ask<T> | null = null;
  private drawn = new Map<number, HTMLElement>();
  active = -1;
  loaded: () => void = () => undefined;

  constructor(private readonly maker: RowMaker<T>, private readonly opened: (item: T) => void, private readonly empty: () => string, kind: string) {
    this.head = h("div", { class: `row head ${kind}`, role: "row" }, ...maker.columns.map((name) => h("div", { role: "columnheader" }, name)));
    this.scroller = h("div", { class: `rows ${kind}`, role: "rowgroup" }, this.space);
    this.element = h("div", { class: "table" }, h("div", { role: "grid", class: "grid", "aria-label": texts.list.label, "aria-colcount": maker.columns.length }, h("div", { role: "rowgroup" }, this.head), this.scroller), this.status);
    this.scroller.addEventListener("pointerover", (event) => whole(event.target as Element));
    this.scroller.addEventListener("scroll", () => this.draw(), { passive: true });
    new ResizeObserver(() => this.draw()).observe(this.scroller);
  }

  /** Asks anew; what is shown stays until the answer is there. */
  load(ask: Ask<T>): void {
    this.ask = ask;
    void this.fetch(null);
  }

  /** Moves the active row; j and k do. */
  move(by: number): T | null {
    if (!this.items.length) return null;
    this.active = Math.max(0, Math.min(this.items.length - 1, this.active + by));
    this.reveal(true);
    return this.items[this.active] ?? null;
  }

  openActive(): void {
    const item = this.items[this.active];
    if (item) this.opened(item);
  }

  /** Marks the row of what is open, without stealing the focus. */
  mark(key: string | null): void {
    const index = key === null ? -1 : this.items.findIndex((item) => this.maker.key(item) === key);
    if (index >= 0) this.active = index;
    this.draw(true);
  }

  focus(): void {
    if (this.active < 0 && this.items.length) this.active = 0;
    this.reveal(true);
  }

  private async fetch(cursor: string | null): Promise<void> {
    this.asking?.abort();
    const controller = new AbortController();
    this.asking = controller;
    if (!this.items.length) fill(this.status, quiet(texts.loading));
    try {
      const page = await this.ask!(cursor, controller.signal);
      if (controller.signal.aborted) return;
      const open = this.active >= 0 ? this.items[this.active] : undefined;
      this.items = cursor ? [...this.items, ...page.items] : page.items;
      this.next = page.next;
      this.total = page.total ?? (page.next ? null : this.items.length);
      if (!cursor) {
        this.active = open ? this.items.findIndex((item) => this.maker.key(item) === this.maker.key(open)) : -1;
        this.scroller.scrollTop = 0;
      }
      this.asking = null;
      fill(this.status, this.items.length ? null : quiet(this.empty()));
      this.draw(true);
      this.loaded();
    } catch (error) {
      if (controller.signal.aborted) return;
      this.asking = null;
      fill(this.status, problem((error as Error).message, () => void this.fetch(cursor)));
    }
  }

  private reveal(focus: boolean): void {
    const top = this.active * this.maker.height;
    const { scrollTop, clientHeight } = this.scroller;
    if (top < scrollTop) this.scroller.scrollTop = top;
    else if (top + this.maker.height > scrollTop + clientHeight) this.scroller.scrollTop = top + this.maker.height - clientHeight;
    this.draw(true);
    if (focus) this.drawn.get(this.active)?.focus({ preventScroll: true });
  }

  private draw(anew = false): void {
    const { height } = this.maker;
    this.space.style.height = `${this.items.length * height}px`;
    const first = Math.max(0, Math.floor(this.scroller.scrollTop / height) - SPARE);
    const last = Math.min(this.items.length, Math.ceil((this.scroller.scrollTop + this.scroller.clientHeight) / height) + SPARE);
    const focused = this.space.contains(document.activeElement);
    for (const [index, row] of this.drawn) {
      if (!anew && index >= first && index < last) continue;
      row.remove();
      this.drawn.delete(index);
    }
    for (let index = first; index < last; index++) {
      if (this.drawn.has(index)) continue;
      const row = this.rowOf(this.items[index]!, index);
      this.drawn.set(index, row);
    }
    this.space.append(...[...this.drawn].sort(([a], [b]) => a - b).map(([, row]) => row).filter((row) => !row.isConnected));
    if (anew && focused) this.drawn.get(this.active)?.focus({ preventScroll: true });
    if (this.next && !this.asking && last >= this.items.length - 20) void this.fetch(this.next);
  }

  private rowOf(item: T, index: number): HTMLElement {
    const here = index === this.active;
    const row = h("div", {
      class: here ? "row active" : "row", role: "row", tabindex: here || (this.active < 0 && index === 0) ? 0 : -1, "aria-rowindex": index + 2, "aria-selected": here,
      onclick: () => {
        this.active = index;
        this.opened(item);
      },
      onkeydown: (event: KeyboardEvent) => {
        const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8, Home: -1e9, End: 1e9 }[event.key];
        if (by !== undefined) {
          event.preventDefault();
          this.active = index;
          this.move(by);
        } else if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          event.stopPropagation();
          this.active = index;
          this.opened(item);
        }
      },
    }, ...this.maker.row(item).map((cell) => (cell.setAttribute("role", "gridcell"), cell)));
    row.style.transform = `translateY(${index * this.maker.height}px)`;
    row.style.height = `${this.maker.height}px`;
    return row;
  }
}

/** Gives words that are cut off as a tip. */
function whole(target: Element): void {
  const cut = target.closest<HTMLElement>(".line, .words, .title, .two");
  if (cut && !cut.title && (cut.scrollWidth > cut.clientWidth || cut.scrollHeight > cut.clientHeight + 2)) cut.title = cut.textContent ?? "";
}
