// Where the ledger has tokens, one signs in with one's own, may what it lets one, and signs out again.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { FOLDER, open, start } from "./browser.mjs";

let browser;
let child;
let address;
let token;

before(async () => {
  browser = await start();
  const folder = mkdtempSync(join(FOLDER, "sign-"));
  const command = ["-m", "fogline", "serve", "--ledger", join(folder, "l.duckdb"), "--port", "0", "--no-browser", "--token", "read:desk"];
  child = spawn(process.env.PYTHON, command, { cwd: folder });
  let told = "";
  await new Promise((found, lost) => {
    child.on("exit", () => lost(new Error(told)));
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (part) => {
        told += part;
        address = /http:\S+/.exec(told)?.[0];
        token = /^[\w-]{30,}$/m.exec(told)?.[0];
        if (address && token) found();
      });
    }
  });
});
after(async () => {
  child.kill("SIGINT");
  await browser.close();
});

test("a token lets one in, as far as its role goes, until one signs out", { timeout: 180_000 }, async () => {
  const { page, context } = await open(browser, { at: address, ready: "dialog[open]" });
  await page.getByLabel("Token").fill("not this one");
  await page.keyboard.press("Enter");
  await page.locator("dialog .problem", { hasText: "not known" }).waitFor();
  await page.getByLabel("Token").fill(token);
  await page.keyboard.press("Enter");
  await page.locator(".rows-status", { hasText: "The ledger is empty" }).waitFor();
  assert.equal(await page.getByRole("button", { name: "+ Add" }).count(), 0);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.locator("dialog[open]", { hasText: "asks for a token" }).waitFor();
  await context.close();
});
