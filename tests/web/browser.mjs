// One Chromium for a file of tests, and what all of them need.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export const PAGE = process.env.PAGE;
export const FOLDER = process.env.FOLDER;
export const SHOTS = process.env.SHOTS; // a folder for screenshots, where they are wanted
const FLAGS = ["--no-sandbox", "--ignore-gpu-blocklist"];
const DRAWN = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"];
const UNDRAWN = ["--disable-gpu", "--disable-3d-apis"];
const WAIT = 60_000;

/** Starts a browser, with WebGL for the map or without it; the page has to do without, and is quicker to try. */
export const start = ({ map = false } = {}) => chromium.launch({ executablePath: process.env.CHROMIUM, args: [...FLAGS, ...(map ? DRAWN : UNDRAWN)] });

/** Opens the page and notes what must not happen: errors, refusals by the policy, requests to others. */
export async function open(browser, { at = PAGE, also = [], address = "", ready = ".rows .row, .detail h2", ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true, locale: "en-GB", ...options });
  context.setDefaultTimeout(WAIT);
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!/^(blob:|data:)/.test(request.url()) && ![at, ...also].map((one) => new URL(one).origin).includes(new URL(request.url()).origin)) faults.push(`asked ${request.url()}`);
  });
  await page.goto(at + (address ? `#${address}` : ""));
  await page.locator(ready).first().waitFor();
  return { page, faults, context };
}

/** Waits until the map has drawn what it was given. */
export const mapped = (page) => page.locator(".maplibregl-canvas").waitFor().then(() => page.waitForTimeout(1500));

/** What axe finds that is serious or worse. */
export async function serious(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return violations.filter((one) => ["serious", "critical"].includes(one.impact))
    .map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => `${node.target.join(" ")} ${node.failureSummary}`).join("; ")}`);
}

export async function shot(page, name) {
  if (SHOTS) await page.screenshot({ path: join(SHOTS, `${name}.png`) });
}

export const fragment = (page) => new URLSearchParams(new URL(page.url()).hash.slice(1));
export const count = async (page) => Number((await page.locator(".count").textContent()).replace(/\D/g, ""));
