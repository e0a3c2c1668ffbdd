// An analyst's day with the page: look, narrow down, open, judge, send on, add.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { count, FOLDER, fragment, mapped, open, PAGE, shot, start } from "./browser.mjs";

let browser;
let drawing; // the browser that draws maps
before(async () => void ([browser, drawing] = await Promise.all([start(), start({ map: true })])));
after(() => Promise.all([browser.close(), drawing.close()]));

/** Opens the page, does something with it, and sees that nothing went wrong on the way. */
const on = (name, { map = false, ...options }, use) => test(name, { timeout: 180_000 }, async () => {
  const { page, faults, context } = await open(map ? drawing : browser, options);
  try {
    await use(page, context);
    assert.deepEqual(faults, []);
  } finally {
    await context.close();
  }
});

on("it loads events, a map and the days, and asks nobody but its server", { map: true }, async (page) => {
  assert.ok((await count(page)) > 20);
  await mapped(page);
  assert.match(await page.locator(".histogram svg").getAttribute("aria-label"), /claims from .* to /);
  assert.match(await page.locator(".maplibregl-ctrl-attrib").textContent(), /Crimea is Ukraine/);
  await shot(page, "events");
});

on("words narrow the list as one types, and stand in the address", {}, async (page) => {
  const all = await count(page);
  await page.keyboard.press("/");
  await page.keyboard.type("balakl");
  await page.locator(".chips li", { hasText: "balakl" }).waitFor();
  await page.waitForFunction((before) => Number(document.querySelector(".count").textContent.replace(/\D/g, "")) < before, all);
  assert.equal(fragment(page).get("q"), "balakl");
  await page.locator(".chips button").first().click();
  await page.waitForFunction((before) => Number(document.querySelector(".count").textContent.replace(/\D/g, "")) === before, all);
});

on("a brush over the days narrows the list", { address: "tab=claims" }, async (page) => {
  const all = await count(page);
  await page.locator(".histogram .bar").first().waitFor();
  const box = await page.locator(".histogram").boundingBox();
  await page.mouse.move(box.x + box.width * 0.02, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.3, box.y + 40, { steps: 6 });
  await page.mouse.up();
  await page.waitForFunction((before) => Number(document.querySelector(".count").textContent.replace(/\D/g, "")) < before, all);
  const parts = fragment(page);
  assert.match(parts.get("from"), /^\d{4}-\d\d-\d\d$/);
  assert.ok(parts.get("to") > parts.get("from"));
});

on("moving the map narrows the list to what it shows", { map: true, address: "tab=claims&map=6/49.3/37" }, async (page) => {
  await mapped(page);
  const box = await page.locator(".map").boundingBox();
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height / 2);
  await page.mouse.wheel(0, -600);
  await page.locator(".chips li", { hasText: "map" }).waitFor();
  assert.equal(fragment(page).get("bbox").split(",").length, 4);
});

on("lists are put in another order, which the address carries with how the days are parted", {}, async (page) => {
  const firsts = async () => page.locator(".event-rows .row .title").first().textContent();
  const before = await firsts();
  await page.getByLabel("Order of the list").selectOption("-day");
  await page.waitForFunction((words) => document.querySelector(".event-rows .row .title")?.textContent !== words, before);
  const { items } = await (await page.request.get(`${PAGE}api/v1/events?sort=-day&limit=1`)).json();
  assert.equal(await firsts(), items[0].title);
  await page.locator(".time-bar select").nth(1).selectOption("status");
  const parts = fragment(page);
  assert.deepEqual([parts.get("sort"), parts.get("group")], ["-day", "status"]);
  await page.reload();
  await page.locator(".rows .row").first().waitFor();
  assert.equal(await firsts(), items[0].title);
  assert.equal(await page.locator(".time-bar select").nth(1).inputValue(), "status");
});

on("a claim leads to all claims of its document, and an outlet to what it says itself", { address: "tab=claims" }, async (page) => {
  await page.locator(".rows .row").first().click();
  await page.getByRole("button", { name: "All claims of this document" }).click();
  await page.locator(".chips li", { hasText: "document" }).waitFor();
  const document = fragment(page).get("document");
  const { total } = await (await page.request.get(`${PAGE}api/v1/claims?document=${encodeURIComponent(document)}`)).json();
  await page.waitForFunction((n) => document.querySelector(".count").textContent === `${n} claims`, total);
  const voices = (await (await page.request.get(`${PAGE}api/v1/voices`)).json()).items;
  const outlet = voices.find((voice) => !voice.name);
  await page.evaluate((name) => (location.hash = `tab=voices&open=voice:outlet:${encodeURIComponent(name)}`), outlet.outlet);
  await page.getByRole("button", { name: "Show the claims" }).click();
  await page.locator(".chips li", { hasText: outlet.outlet }).waitFor();
  await page.waitForFunction((n) => document.querySelector(".count").textContent === `${n} claims`, outlet.claims);
});

on("types and sides are chosen in a form", {}, async (page) => {
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await page.getByLabel("Withdrawal").check();
  await page.locator("#f-side").selectOption("RUS");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await page.locator(".chips li", { hasText: "Withdrawal" }).waitFor();
  const parts = fragment(page);
  assert.deepEqual([parts.getAll("event"), parts.get("side")], [["WITHDRAW"], "RUS"]);
});

on("an event shows its versions, origins and grade, and leads to the words of a claim", { map: Boolean(process.env.SHOTS) }, async (page) => {
  const { items } = await (await page.request.get(`${PAGE}api/v1/events?limit=200`)).json();
  const [disputed] = items.filter((event) => event.disputed).sort((a, b) => b.origins - a.origins);
  await page.evaluate((id) => (location.hash = `open=event:${id}`), disputed.id);
  await page.locator(".version").nth(1).waitFor();
  await page.waitForTimeout(process.env.SHOTS ? 6000 : 0);
  assert.ok((await page.locator(".origins li").count()) >= 2);
  assert.ok((await page.locator(".graded li").count()) >= 1);
  await shot(page, "event");
  await page.locator(".claims .claim-line").first().click();
  await page.locator(".detail.claim").waitFor();
  const marked = await page.locator("mark.m-evidence").allTextContents();
  assert.equal(marked.join("").replaceAll(/\s+/g, ""), (await page.locator(".detail h2").textContent()).replaceAll(/\s+/g, ""));
  await page.locator("mark[tabindex]").first().focus();
  assert.ok(await page.locator(".mark-tip").isVisible());
  const { items: claims } = await (await page.request.get(`${PAGE}api/v1/claims?limit=200`)).json();
  await page.evaluate((id) => (location.hash = `tab=claims&open=claim:${id}`), claims.find((claim) => claim.voice && claim.mode === "indirect").id);
  await page.locator("mark.m-cue").first().waitFor();
  assert.match(await page.locator(".facts code").first().textContent(), /^[0-9a-f]{64}$/);
  await shot(page, "claim");
});

on("a field is judged wrong with a reason, and the judgement is taken back", { address: "tab=claims" }, async (page) => {
  await page.locator(".rows .row").first().click();
  await page.getByRole("button", { name: "When is wrong" }).click();
  await page.locator("#value").fill("2022-09-08");
  await page.getByLabel("Reason").fill("The sentence names another town.");
  await page.getByRole("button", { name: "Save judgement" }).click();
  await page.locator(".toast", { hasText: "Judgement saved" }).waitFor();
  await page.locator(".judgements", { hasText: "another town" }).waitFor();
  await page.locator(".toast button").click();
  await page.locator(".toast", { hasText: "Taken back" }).waitFor();
  await page.keyboard.press("5");
  await page.locator(".check-rows .row", { hasText: "taken back" }).first().click();
  await page.locator(".detail.claim .judgements", { hasText: "another town" }).waitFor();
});

test("an address carries the whole view to a colleague", { timeout: 180_000 }, async () => {
  const mine = await open(browser, { address: "tab=claims&side=RUS&from=2022-09-09&to=2022-09-11&map=7/49.2/37.3&colour=side" });
  await mine.page.locator(".rows .row").first().click();
  await mine.page.locator(".detail h2").waitFor();
  const theirs = await open(browser, { address: new URL(mine.page.url()).hash.slice(1), ready: ".detail h2" });
  const seen = async ({ page }) => [await page.locator(".detail h2").textContent(), await page.locator(".chips").textContent(), await count(page)];
  assert.deepEqual(await seen(theirs), await seen(mine));
  await mine.context.close();
  await theirs.context.close();
});

/** Gives the bytes of what a button of the dialog saves. */
async function saved(page, name) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
  return readFileSync(await download.path());
}

on("claims and events that are seen are saved as tables", { address: "side=UKR" }, async (page) => {
  await page.getByRole("button", { name: "Share", exact: true }).click();
  assert.match((await saved(page, "Claims as CSV")).toString().split("\n")[0], /^id,.*event.*evidence/);
  const geo = JSON.parse((await saved(page, "Claims as GeoJSON")).toString());
  assert.ok(geo.features.length > 5);
  const events = (await saved(page, "Events as CSV")).toString().trim().split("\n");
  assert.match(events[0], /^id,type,.*claim_ids/);
  assert.equal(events.length - 1, await count(page));
});

on("what is seen is saved as a picture, and for other tools", { map: true, address: "side=UKR" }, async (page) => {
  await mapped(page);
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const png = await saved(page, "Picture of map and chart");
  assert.equal(png.subarray(1, 4).toString(), "PNG");
  assert.ok(png.length > 20_000);
  if (process.env.SHOTS) writeFileSync(join(process.env.SHOTS, "picture.png"), png);
  await page.getByText("For other tools").click();
  assert.equal((await saved(page, "GeoPackage")).subarray(0, 15).toString(), "SQLite format 3");
});

on("the layer of control shows who held what, by day and by whose account", { map: true, address: "control=assessed&to=2022-09-12&map=7/49.4/37.2" }, async (page) => {
  await mapped(page);
  const select = page.locator(".map-card select").nth(1);
  await select.waitFor();
  assert.equal(await select.inputValue(), "assessed");
  await shot(page, "control");
  const asked = page.waitForRequest((request) => request.url().includes("view=RUS"));
  await select.selectOption("RUS");
  await asked;
  assert.equal(fragment(page).get("control"), "RUS");
});

on("what changed hands between two days, and the history of a place", { address: "from=2022-09-08&to=2022-09-14" }, async (page) => {
  await page.keyboard.press("6");
  await page.locator(".areas .line").nth(1).waitFor();
  assert.match(await page.locator(".areas svg").getAttribute("aria-label"), /Land held from 8 Sept 2022 to 14 Sept 2022.*km²/);
  const { items } = await (await page.request.get(`${PAGE}api/v1/control/changes?from=2022-09-08&to=2022-09-14`)).json();
  const told = items.find((change) => change.first_claimed_by && change.confirmed_by);
  const row = page.locator(".change-rows .row", { hasText: told.name }).first();
  await row.waitFor();
  const words = await row.textContent();
  for (const said of ["Russia → Ukraine", told.first_claimed_by, told.confirmed_by]) assert.ok(words.includes(said), words);
  assert.match(words, /(the same day|days? later)$/);
  await shot(page, "changes");
  await page.getByText("As a table").click();
  await page.locator(".areas-table tbody tr").nth(6).waitFor();
  assert.equal(await page.locator(".areas-table tbody tr").count(), 7);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.locator(".detail.place h2").waitFor();
  assert.match(fragment(page).get("open"), /^place:49\.\d+,3[67]\.\d+$/);
  const place = fragment(page).get("open").slice("place:".length);
  const periods = (await (await page.request.get(`${PAGE}api/v1/control/history?place=${encodeURIComponent(place)}&from=2022-09-08&to=2022-09-14`)).json()).items;
  const parties = new Set(periods.flatMap((period) => Object.keys(period.claimed)));
  assert.equal(await page.locator(".strip rect.held").count(), periods.length * (1 + parties.size));
  assert.equal(await page.locator(".periods > li").count(), periods.length);
  await shot(page, "history");
  await page.keyboard.press("Escape");
  await page.getByLabel("History of a place").fill(told.name);
  await page.keyboard.press("Enter");
  await page.locator(".detail.place h2", { hasText: told.name }).waitFor();
  await page.locator(".periods .note-link").first().click();
  await page.locator(".detail.claim h2").waitFor();
});

on("a dropped file is read before one's eyes", { address: "tab=claims" }, async (page) => {
  const all = await count(page);
  await page.evaluate(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["Ukrainian forces recaptured the village of Bilohorivka on Monday, the governor of the Luhansk region, Serhiy Haidai, said on Tuesday.\n"], "report.txt", { type: "text/plain" }));
    window.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, cancelable: true }));
  });
  await page.locator(".names", { hasText: "report.txt" }).waitFor();
  await page.getByRole("button", { name: "Read it" }).click();
  await page.locator(".progress", { hasText: "Read 1 document" }).waitFor({ timeout: 120_000 });
  await page.getByRole("button", { name: "Close" }).click();
  await page.waitForFunction((before) => Number(document.querySelector(".count").textContent.replace(/\D/g, "")) > before, all);
});

on("a file that cannot be read says so in place", {}, async (page) => {
  const path = join(FOLDER, "broken.pdf");
  writeFileSync(path, "%PDF-1.7 broken");
  await page.keyboard.press("a");
  await page.locator("#add-files").setInputFiles(path);
  await page.getByRole("button", { name: "Read it" }).click();
  await page.locator(".problems li", { hasText: "broken.pdf" }).waitFor({ timeout: 120_000 });
});

on("days are played through, one after another", { address: "tab=claims" }, async (page) => {
  await page.locator(".histogram .bar").first().waitFor();
  await page.keyboard.press("p");
  await page.locator(".histogram circle.head").waitFor();
  const first = fragment(page).get("day");
  await page.waitForFunction((day) => !location.hash.includes(`day=${day}`), first);
  await page.keyboard.press("p");
  await page.keyboard.press("]");
  assert.equal(fragment(page).get("from"), fragment(page).get("day"));
});

on("without WebGL the ledger works, and the map says why it is not there", {}, async (page) => {
  await page.locator(".no-map", { hasText: "WebGL" }).waitFor();
  assert.ok((await count(page)) > 20);
});

on("the keyboard goes all the way", {}, async (page) => {
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("2");
  await page.locator("#tab-claims[aria-selected=true]").waitFor();
  await page.locator(".claim-rows .row").nth(2).waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-rowindex")), "3");
  await page.keyboard.press("Enter");
  await page.locator(".detail.claim h2").waitFor();
  const first = await page.locator(".detail h2").textContent();
  await page.keyboard.press("j");
  await page.waitForFunction((words) => document.querySelector(".detail h2")?.textContent !== words, first);
  await page.keyboard.press("e");
  await page.locator(".detail.event h2").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".detail-pane").waitFor({ state: "hidden" });
  await page.keyboard.press("?");
  await page.locator("dialog[open]", { hasText: "next, previous" }).waitFor();
  await page.keyboard.press("Escape");
  await page.locator("dialog[open]").waitFor({ state: "detached" });
});

on("a phone sees one thing at a time, and nothing sticks out", { map: true, viewport: { width: 390, height: 844 }, hasTouch: true }, async (page) => {
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
  await shot(page, "phone-list");
  await page.getByRole("button", { name: "Map", exact: true }).click();
  await mapped(page);
  assert.ok(await page.locator(".map").isVisible());
  await shot(page, "phone-map");
  await page.getByRole("button", { name: "Ledger", exact: true }).click();
  await page.locator(".rows .row").first().click();
  await page.locator(".detail h2").waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
  await shot(page, "phone-event");
});

test("the first paint is quick", { timeout: 180_000 }, async () => {
  const { page, context } = await open(browser);
  const paint = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0].startTime);
  console.log(`first paint after ${Math.round(paint)} ms at ${PAGE}`);
  assert.ok(paint < 1500 * Number(process.env.PATIENCE ?? 3));
  await context.close();
});
