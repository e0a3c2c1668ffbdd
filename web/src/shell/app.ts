// The page put together: head, map, time, ledger.
import { source } from "../api";
import { acceptDrops, onAdded, openAdd } from "../add/add";
import type { EventItem } from "../api/types";
import { Pane } from "../ledger/pane";
import { button, h } from "../lib/dom";
import { problem } from "../lib/bits";
import { orderSides } from "../lib/kinds";
import type { Base } from "../map/base";
import type { ClaimMap, Spot } from "../map/map";
import { MapPanel } from "../map/panel";
import { onJudged } from "../review/judge";
import { openShare } from "../share/share";
import { store } from "../state/store";
import { EMPTY } from "../state/view";
import { texts } from "../texts";
import { TimeStrip } from "../time/strip";
import { Chips } from "./chips";
import { Header } from "./header";
import { listen, showKeys } from "./keys";
import { session } from "./session";
import { onTheme } from "./theme";
import { toast } from "./toast";

export class App {
  private map: ClaimMap | null = null;
  private located: EventItem[] = [];
  private readonly mapPlace = h("div", { class: "map", role: "region", "aria-label": texts.map.label });
  private readonly failed = (message: string): void => toast(message);
  private count = "";
  private chosen: Spot[] = []; // where what is open lies, which may be known before the map is there

  async start(root: HTMLElement): Promise<void> {
    session.meta = await source.meta();
    orderSides(session.meta.sides.map((one) => one.side));
    const share = (): void => openShare({ map: this.map, charts: () => [...document.querySelectorAll<SVGSVGElement>(".histogram svg, .board .areas svg, .detail .strip")].filter((one) => one.checkVisibility()), count: () => this.count });
    const header = new Header({ add: () => openAdd(), share });
    const chips = new Chips();
    const time = new TimeStrip(this.failed);
    const pane = new Pane({
      chosen: (spots, go) => {
        this.chosen = spots;
        this.map?.choose(spots, { go });
      },
      counted: (count) => (this.count = count),
      days: () => time.bins && { from: time.bins.first, to: time.bins.last },
    });
    time.drawn = () => {
      pane.timed();
      panel.show();
      this.map?.timed();
    };
    const panel = new MapPanel(() => time.controlDay(), () => this.map?.fit(this.spots()));
    this.mapPlace.append(panel.element);
    const world = h("div", { class: "world" }, this.mapPlace, time.element);
    root.replaceChildren(h("a", { class: "skip", href: "#ledger", onclick: (event: MouseEvent) => {
      event.preventDefault();
      document.getElementById("ledger")?.focus();
    } }, texts.skip), header.element, chips.element, h("main", { class: "main", id: "main" }, h("h1", { class: "hide" }, `${texts.name}: ${texts.purpose}`), world, pane.element), switcher());
    onTheme(() => {
      this.map?.redress();
      time.redraw();
      panel.show();
    });
    onJudged(() => pane.reload());
    onAdded(() => {
      pane.reload();
      time.ask();
      this.map?.redress();
    });
    if (session.may("add")) acceptDrops();
    listen({
      j: () => pane.step(1), k: () => pane.step(-1), Enter: () => pane.enter(), Escape: () => pane.back(), "/": () => header.search.focus(), "?": showKeys,
      1: () => pane.show("events"), 2: () => pane.show("claims"), 3: () => pane.show("voices"), 4: () => pane.show("checks"), 5: () => pane.show("reviews"), 6: () => pane.show("control"),
      e: () => pane.toEvent(), n: () => pane.notSame(), s: () => pane.same(), w: () => pane.wrong(), u: () => pane.undo(),
      "[": () => time.stepDay(-1), "]": () => time.stepDay(1), p: () => time.toggle(), a: () => openAdd(), x: share,
    });
    void this.drawMap(() => time.controlDay());
  }

  /** The map comes after the first paint; its library is the heaviest part of the page. */
  private async drawMap(day: () => string | null): Promise<void> {
    if (!document.createElement("canvas").getContext("webgl2")) {
      this.mapPlace.prepend(h("p", { class: "quiet no-map" }, texts.map.noMap));
      return;
    }
    try {
      const [{ ClaimMap }, base, events] = await Promise.all([import("../map/map"), this.base(), source.events(EMPTY, null), document.fonts.load("500 14px 'Inter Variable'")]);
      this.located = events.items.filter((event) => event.lat !== null && event.lon !== null);
      this.map = new ClaimMap(this.mapPlace, base, this.failed, day);
      this.map.choose(this.chosen);
      if (!store.now.camera) this.map.fit(this.chosen.length ? this.chosen : central(this.located), false);
    } catch (error) {
      this.mapPlace.prepend(problem((error as Error).message, () => location.reload()));
    }
  }

  /** The map that a setting of the server names or, where that cannot be had, the page's own. */
  private async base(): Promise<Base> {
    const { OWN, tiled } = await import("../map/base");
    const tiles = session.meta?.tiles;
    if (!tiles) return OWN;
    return tiled(tiles).catch((error: Error) => {
      this.failed(texts.map.tilesFailed(tiles, error.message));
      return OWN;
    });
  }

  private spots(): { lon: number; lat: number }[] {
    return this.located.map((event) => ({ lon: event.lon!, lat: event.lat! }));
  }
}

/** Where most of the events are: without the seventh that lies furthest out on each side. */
function central(events: EventItem[]): { lon: number; lat: number }[] {
  const most = (values: number[]): [number, number] => {
    const sorted = values.sort((a, b) => a - b);
    return [sorted[Math.floor(sorted.length * 0.15)]!, sorted[Math.ceil(sorted.length * 0.85) - 1]!];
  };
  if (!events.length) return [];
  const [west, east] = most(events.map((event) => event.lon!));
  const [south, north] = most(events.map((event) => event.lat!));
  return [{ lon: west, lat: south }, { lon: east, lat: north }];
}

/** On a phone: which of the three one sees. */
function switcher(): HTMLElement {
  const show = (pane: string): void => {
    document.body.dataset["pane"] = pane;
    for (const one of bar.children) one.setAttribute("aria-pressed", String(one.getAttribute("data-pane") === pane));
  };
  const bar = h("nav", { class: "switcher", "aria-label": texts.name }, ...Object.entries(texts.panes).filter(([pane]) => pane !== "time").map(([pane, name]) => button(name, () => show(pane), { "data-pane": pane })));
  show("list");
  store.watch((now, before) => {
    if (now.open && now.open.id !== before.open?.id) show("list");
  });
  return bar;
}
