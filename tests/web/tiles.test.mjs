// A tile server that the settings name gives the base map; where it does not, the page's own takes its place.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { FOLDER, mapped, open, shot, start } from "./browser.mjs";

const asked = [];
let browser;
let tiles;
let origin;
const served = [];

const STYLES = {
  "/style.json": {
    version: 8, sources: { lands: { type: "geojson", data: "lands.json" } }, glyphs: "https://elsewhere.example/{fontstack}/{range}.pbf",
    layers: [{ id: "back", type: "background", paint: { "background-color": "#123456" } }, { id: "lands", type: "fill", source: "lands", paint: { "fill-color": "#654321" } }],
  },
  "/away.json": { version: 8, sources: { lands: { type: "vector", tiles: ["https://elsewhere.example/{z}/{x}/{y}.pbf"] } }, layers: [] },
  "/late.json": { version: 8, sources: { lands: { type: "raster", tiles: ["gone/{z}/{x}/{y}.png"], tileSize: 256 } }, layers: [{ id: "lands", type: "raster", source: "lands" }] },
  "/lands.json": { type: "FeatureCollection", features: [{ type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [[[30, 45], [35, 45], [35, 50], [30, 45]]] } }] },
};

before(async () => {
  browser = await start({ map: true });
  tiles = createServer((request, answer) => {
    asked.push(request.url);
    const found = STYLES[request.url];
    answer.writeHead(found ? 200 : request.url.startsWith("/gone") ? 503 : 404, { "Content-Type": "application/json", "Access-Control-Allow-Origin": "*" });
    answer.end(found ? JSON.stringify(found) : "");
  });
  await new Promise((ready) => tiles.listen(0, "127.0.0.1", ready));
  origin = `http://127.0.0.1:${tiles.address().port}`;
});
after(async () => {
  for (const child of served) child.kill("SIGINT");
  tiles.close();
  await browser.close();
});

/** Serves an empty ledger whose settings name a style, and gives its address. */
async function serve(style) {
  const folder = mkdtempSync(join(FOLDER, "tiles-"));
  const command = ["-m", "fogline", "serve", "--ledger", join(folder, "l.duckdb"), "--port", "0", "--no-browser"];
  const child = spawn(process.env.PYTHON, command, { cwd: folder, env: { ...process.env, FOGLINE_TILES: style } });
  served.push(child);
  let told = "";
  return new Promise((found, lost) => {
    child.on("exit", () => lost(new Error(told)));
    child.stderr.on("data", (part) => {
      const address = /http:\S+/.exec((told += part));
      if (address) found(address[0]);
    });
  });
}

const look = async (name) => open(browser, { at: await serve(`${origin}/${name}.json`), also: [origin], address: "map=5/48/33", ready: ".maplibregl-ctrl-attrib" });
const attribution = (page) => page.locator(".maplibregl-ctrl-attrib").textContent();

test("the style of a tile server is the base map, with the page's names and no glyphs from anybody", { timeout: 180_000 }, async () => {
  const { page, faults, context } = await look("style");
  await mapped(page);
  assert.match(await attribution(page), new RegExp(`Base map and its borders: ${origin.slice(7)}`));
  assert.ok(asked.includes("/lands.json"));
  await shot(page, "tiles");
  assert.deepEqual(faults, []);
  await context.close();
});

for (const [name, why] of [["missing", /status 404/], ["away", /leads on to elsewhere\.example/], ["late", /built-in one is shown/]]) {
  test(`where a style ${name === "late" ? "gives no tiles" : `is ${name}`}, the page's own map is shown and says why`, { timeout: 180_000 }, async () => {
    const { page, context } = await look(name);
    await page.locator(".toast", { hasText: why }).waitFor();
    await page.locator(".maplibregl-ctrl-attrib", { hasText: "Crimea is Ukraine" }).waitFor();
    await context.close();
  });
}
