// The same page over a folder of files, on a web server that knows nothing of it.
import assert from "node:assert/strict";
import { createReadStream, existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { after, before, test } from "node:test";
import { count, FOLDER, mapped, open, PAGE, shot, start } from "./browser.mjs";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml", ".woff2": "font/woff2" };
let browser;
let server;
let site;

before(async () => {
  browser = await start({ map: true });
  server = createServer((request, answer) => {
    const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    const file = join(FOLDER, "site", normalize(path.endsWith("/") ? `${path}index.html` : path));
    if (!existsSync(file)) return answer.writeHead(404).end();
    answer.writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream" });
    createReadStream(file).pipe(answer);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  site = `http://127.0.0.1:${server.address().port}/`;
});
after(async () => {
  server.close();
  await browser.close();
});

test("a site shows, filters, orders and saves what the server would", { timeout: 180_000 }, async () => {
  const address = "tab=claims&side=RUS&from=2022-09-09&to=2022-09-12";
  const { page, faults, context } = await open(browser, { at: site, address });
  const { total } = await (await page.request.get(`${PAGE}api/v1/claims?side=RUS&from=2022-09-09&to=2022-09-12`)).json();
  assert.equal(await count(page), total);
  const days = async () => page.locator(".claim-rows .row .when > span:first-child").allTextContents();
  await page.getByLabel("Order of the list").selectOption("-day");
  await page.waitForTimeout(300);
  assert.match((await days())[0], /12 Sept 2022/);
  await page.locator(".rows .row").first().click();
  await page.locator("mark.m-evidence").first().waitFor();
  await page.keyboard.press("x");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Claims as CSV" }).click()]);
  assert.equal(readFileSync(await download.path(), "utf8").trim().split("\r\n").length - 1, total);
  assert.equal(await page.getByText("For other tools").count(), 0);
  assert.deepEqual(faults, []);
  await context.close();
});

test("a site tells what changed hands, and nobody can write to it", { timeout: 180_000 }, async () => {
  const { page, faults, context } = await open(browser, { at: site, address: "tab=control&control=assessed&map=7/49.4/37.2", ready: ".areas .line" });
  await mapped(page);
  await page.locator(".change-rows .row").first().click();
  await page.locator(".detail.place .periods > li").first().waitFor();
  await shot(page, "site");
  for (const key of ["a", "5"]) await page.keyboard.press(key);
  assert.match(await page.locator(".toast").textContent(), /may not add/);
  assert.equal(await page.getByRole("button", { name: "+ Add" }).count(), 0);
  assert.deepEqual(faults, []);
  await context.close();
});
