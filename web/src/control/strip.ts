// Periods of a place as bars over the days: as assessed, and as each party says.
import { scaleUtc } from "d3-scale";
import type { Period } from "../api/types";
import { addDays, interval, toDate, toDay, writtenShort } from "../lib/days";
import { h, svg } from "../lib/dom";
import { sideColour } from "../lib/kinds";
import { percent } from "../lib/numbers";
import { texts } from "../texts";

const WIDE = 520;
const LABEL = 96;
const ROW = 24;
const BAR = 15;

/** Draws the bars; a hatch lies where parties part or a place is contested. */
export function strip(periods: Period[]): HTMLElement {
  const parties = [...new Set(periods.flatMap((period) => Object.keys(period.claimed)))].sort();
  const high = (parties.length + 1) * ROW + 20;
  const x = scaleUtc().domain([toDate(periods[0]!.since), toDate(addDays(periods.at(-1)!.until, 1))]).range([LABEL, WIDE]);
  const told = periods.map((period) => `${interval(period.since, period.until)}: ${period.holder ? texts.side(period.holder) : texts.map.none}`).join("; ");
  const picture = svg("svg", { viewBox: `0 0 ${WIDE} ${high}`, role: "img", "aria-label": told, class: "strip" }, hatch());
  const row = (at: number, name: string, holder: (period: Period) => string | null): void => {
    const top = at * ROW + 2;
    picture.append(svg("text", { x: 0, y: top + 12, class: "tick" }, name));
    for (const period of periods) {
      const from = x(toDate(period.since));
      const place = { x: from, y: top, width: Math.max(1.5, x(toDate(addDays(period.until, 1))) - from - 1), height: BAR, rx: 2 };
      const who = holder(period);
      const assessed = at === 0;
      const title = svg("title", {}, `${name}, ${interval(period.since, period.until)}: ${who ? texts.side(who) : texts.map.none}${assessed && who ? `, ${texts.map.confidence(percent(period.confidence))}` : ""}`);
      picture.append(svg("rect", { ...place, class: who ? "held" : "held none", fill: who ? sideColour(who) : "none", "fill-opacity": assessed ? 0.35 + 0.65 * period.confidence : 0.75 }, title));
      if ((assessed && period.disputed) || who === "contested") picture.append(svg("rect", { ...place, fill: "url(#parted)", class: "hatch" }));
    }
  };
  row(0, texts.map.views.assessed, (period) => period.holder);
  parties.forEach((party, i) => row(i + 1, texts.map.views.party(texts.side(party)), (period) => period.claimed[party] ?? null));
  for (const tick of x.ticks(5).filter((one) => one.getUTCHours() === 0)) picture.append(svg("text", { x: x(tick), y: high - 4, class: "tick" }, x(tick) < WIDE - 36 ? writtenShort(toDay(tick)) : ""));
  return h("div", { class: "strip-frame", tabindex: "0", role: "group", "aria-label": texts.control.periods }, picture);
}

function hatch(): SVGElement {
  return svg("defs", {}, svg("pattern", { id: "parted", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, svg("line", { x1: 0, x2: 0, y1: 0, y2: 6, class: "hatch-line" })));
}
