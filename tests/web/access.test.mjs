// Everybody can use it: axe finds nothing serious in any view, light or dark, large or small.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { mapped, open, serious, shot, start } from "./browser.mjs";

let browser;
before(async () => void (browser = await start({ map: true })));
after(() => browser.close());

const LISTS = { 2: "claims", 3: "voices", 4: "checks", 5: "reviews", 6: "control", 1: "events" };
const DIALOGS = { a: "add", x: "share", "?": "keys" };

for (const colorScheme of ["light", "dark"]) {
  test(`nothing serious, ${colorScheme}`, { timeout: 400_000 }, async () => {
    const { page, context } = await open(browser, { address: "control=assessed&to=2022-09-12", colorScheme });
    const found = {};
    const look = async (name) => {
      const faults = await serious(page);
      if (faults.length) found[name] = faults;
      await shot(page, `${name}-${colorScheme}`);
    };
    await mapped(page);
    await look("map");
    for (const [key, name] of Object.entries(LISTS)) {
      await page.keyboard.press(key);
      await page.locator(`#tab-${name}[aria-selected=true]`).waitFor();
      await page.locator(".list .row, .list .quiet").nth(1).waitFor();
      await look(name);
      const known = await page.locator(".rows .row").count();  // control has none where nothing changed hands
      if (known && ["voices", "claims", "control", "events"].includes(name)) {
        await page.locator(".rows .row").first().click();
        await page.locator(".detail h2").waitFor();
        await look(`${name}-open`);
        await page.keyboard.press("Escape");
      }
    }
    await page.setViewportSize({ width: 390, height: 844 });
    await look("phone");
    await page.keyboard.press("6");
    await page.locator(".areas .line").first().waitFor();
    await look("phone-control");
    for (const [key, name] of Object.entries(DIALOGS)) {
      await page.keyboard.press(key);
      await page.locator("dialog[open]").waitFor();
      await look(`dialog-${name}`);
      await page.keyboard.press("Escape");
      await page.locator("dialog[open]").waitFor({ state: "detached" });
    }
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await look("dialog-filter");
    assert.deepEqual(found, {});
    await context.close();
  });
}
