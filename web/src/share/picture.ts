// A picture of the map and the chart, with what it shows, its sources and its date printed on.
import type { Map as MapLibre } from "maplibre-gl";
import { isDark } from "../lib/kinds";
import { visible } from "../lib/visible";
import { palette } from "../map/palette";

export interface Caption {
  title: string;
  filters: string;
  key: { label: string; colour: string }[];
  foot: string[]; // sources, borders, date
}

const EDGE = 24;
const LINE = 20;

/** Draws the picture and gives it as a PNG. */
export async function picture(map: MapLibre | null, charts: SVGSVGElement[], caption: Caption): Promise<Blob> {
  const view = map ? await frame(map) : null;
  const scale = window.devicePixelRatio || 1;
  const wide = Math.max(720, view ? view.width / scale : 900);
  const high = view ? (view.height / scale) * (wide / (view.width / scale)) : 0;
  const strips = charts.map((chart) => ({ chart, high: (Number(chart.getAttribute("height")) * wide) / Number(chart.getAttribute("width")) }));
  const canvas = document.createElement("canvas");
  const colours = palette(isDark());
  const pen = canvas.getContext("2d")!;
  pen.font = "12px 'Inter Variable', sans-serif";
  const keys = rowsOf(pen, caption.key, wide - 2 * EDGE);
  const foot = caption.foot.flatMap((line) => wrapped(pen, visible(line), wide - 2 * EDGE));
  const total = EDGE + 52 + high + strips.reduce((sum, one) => sum + one.high + 16, 0) + 14 + keys.length * LINE + foot.length * LINE + EDGE;
  canvas.width = wide * scale;
  canvas.height = total * scale;
  pen.scale(scale, scale);
  pen.fillStyle = colours.paper;
  pen.fillRect(0, 0, wide, total);
  pen.fillStyle = colours.ink;
  pen.font = "600 20px 'Inter Variable', sans-serif";
  pen.fillText(visible(caption.title), EDGE, EDGE + 16);
  pen.font = "13px 'Inter Variable', sans-serif";
  pen.fillStyle = colours.town;
  pen.fillText(visible(caption.filters), EDGE, EDGE + 38, wide - 2 * EDGE);
  let y = EDGE + 52;
  if (view) pen.drawImage(view, 0, y, wide, high);
  y += high;
  for (const strip of strips) {
    pen.drawImage(await drawn(strip.chart), 0, y + 12, wide, strip.high);
    y += strip.high + 16;
  }
  y += 2;
  pen.font = "12px 'Inter Variable', sans-serif";
  for (const row of keys) {
    y += LINE;
    for (const { label, colour, x } of row) {
      pen.fillStyle = colour;
      pen.beginPath();
      pen.arc(EDGE + x + 5, y - 4, 5, 0, 7);
      pen.fill();
      pen.fillStyle = colours.ink;
      pen.fillText(label, EDGE + x + 15, y);
    }
  }
  pen.fillStyle = colours.town;
  for (const line of foot) pen.fillText(line, EDGE, (y += LINE));
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("PNG"))), "image/png"));
}

const PATIENCE = 20_000; // milliseconds for what the map still waits for

/** The map once all of it is drawn; its picture is only there while it is being drawn. */
async function frame(map: MapLibre): Promise<HTMLCanvasElement> {
  if (!map.loaded()) await Promise.race([map.once("idle"), new Promise((resolve) => window.setTimeout(resolve, PATIENCE))]);
  return new Promise((resolve) => {
    map.once("render", () => {
      const seen = map.getCanvas();
      const copy = document.createElement("canvas");
      copy.width = seen.width;
      copy.height = seen.height;
      copy.getContext("2d")!.drawImage(seen, 0, 0);
      resolve(copy);
    });
    map.triggerRepaint();
  });
}

/** The chart with its styles written into it, as an image. */
async function drawn(chart: SVGSVGElement): Promise<HTMLImageElement> {
  const copy = chart.cloneNode(true) as SVGSVGElement;
  const originals = chart.querySelectorAll("*");
  copy.querySelectorAll("*").forEach((element, i) => {
    const { fill, fillOpacity, paintOrder, stroke, strokeOpacity, strokeWidth, opacity, fontSize, fontFamily } = getComputedStyle(originals[i]!);
    for (const [name, value] of Object.entries({ fill, "fill-opacity": fillOpacity, "paint-order": paintOrder, stroke, "stroke-opacity": strokeOpacity, "stroke-width": strokeWidth, opacity, "font-size": fontSize, "font-family": fontFamily })) element.setAttribute(name, value);
  });
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const address = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" }));
  const image = new Image();
  image.src = address;
  await image.decode();
  URL.revokeObjectURL(address);
  return image;
}

/** What colours mean, in as many rows as it takes, each with where it stands in its row. */
function rowsOf(pen: CanvasRenderingContext2D, key: Caption["key"], wide: number): (Caption["key"][number] & { x: number })[][] {
  const rows: (Caption["key"][number] & { x: number })[][] = [[]];
  let x = 0;
  for (const one of key) {
    const label = visible(one.label);
    const width = 15 + pen.measureText(label).width;
    if (x > 0 && x + width > wide) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1)!.push({ ...one, label, x });
    x += width + 19;
  }
  return rows;
}

function wrapped(pen: CanvasRenderingContext2D, text: string, wide: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line ? `${line} ${word}` : word;
    if (pen.measureText(longer).width <= wide) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line].filter(Boolean);
}
