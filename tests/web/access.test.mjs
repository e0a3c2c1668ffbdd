// Everybody can use it: axe finds nothing serious in any view, light or dark, large or small.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { mapped, open, serious, shot, start } from "./browser.mjs";

let browser;
before(async () => void (browser = await start()));
after(() => browser.close());

const VIEWS = {
  events: ["", ".rows .row"],
  claims: ["tab=claims", ".claim-rows .row"],
  voices: ["tab=voices&q=Izium&from=2022-09-01", ".voice-rows .row"],
  checks: ["tab=checks", ".tabs"],
};

for (const colorScheme of ["light", "dark"]) {
  for (const [name, [address, ready]] of Object.entries(VIEWS)) {
    test(`${name}, ${colorScheme}`, { timeout: 180_000 }, async () => {
      const { page, context } = await open(browser, { address: address || "control=assessed", colorScheme });
      await page.locator(ready).first().waitFor();
      await mapped(page);
      assert.deepEqual(await serious(page), []);
      if (["events", "claims"].includes(name)) {
        await page.locator(".rows .row").nth(3).click();
        await page.locator(".detail h2").waitFor();
        assert.deepEqual(await serious(page), []);
        await shot(page, `${name}-${colorScheme}`);
      }
      await context.close();
    });
  }

  test(`dialogs, ${colorScheme}`, { timeout: 180_000 }, async () => {
    const { page, context } = await open(browser, { colorScheme, viewport: { width: 390, height: 844 } });
    assert.deepEqual(await serious(page), []);
    for (const key of ["a", "x", "?"]) {
      await page.keyboard.press(key);
      await page.locator("dialog[open]").waitFor();
      assert.deepEqual(await serious(page), []);
      await shot(page, `dialog-${key === "?" ? "keys" : key}-${colorScheme}`);
      await page.keyboard.press("Escape");
      await page.locator("dialog[open]").waitFor({ state: "detached" });
    }
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    assert.deepEqual(await serious(page), []);
    await context.close();
  });
}
