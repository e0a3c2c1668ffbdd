// How long the page takes in a real browser: until it paints, lists and draws the map. Prints milliseconds as JSON.
import { open, start } from "../tests/web/browser.mjs";

const VISITS = 5;
const half = (times) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];

const [plain, drawing] = [await start(), await start({ map: true })];
const paints = [], lists = [], maps = [];
for (let visit = 0; visit < VISITS; visit++) {
  const { page, context } = await open(plain);
  lists.push(await page.evaluate(() => performance.now()));
  paints.push(await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0].startTime));
  await context.close();
}
for (let visit = 0; visit < 2; visit++) {
  const { page, context } = await open(drawing, { ready: ".maplibregl-canvas" });
  maps.push(await page.evaluate(() => performance.now()));
  await context.close();
}
await Promise.all([plain.close(), drawing.close()]);
console.log(JSON.stringify({ paint: half(paints), list: half(lists), map: half(maps) }));
