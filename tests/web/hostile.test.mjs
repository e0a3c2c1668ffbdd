// What a report says is text and nothing else, whatever it says.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { open, shot, start } from "./browser.mjs";

let browser;
before(async () => void (browser = await start()));
after(() => browser.close());

test("markup, links and turned writing in a report are shown, not acted on", { timeout: 180_000 }, async () => {
  const { page, faults, context } = await open(browser, { address: "tab=claims&q=Lyman&from=2022-09-25&to=2022-10-10" });
  await page.locator(".rows .row").first().click();
  await page.locator(".document-text").waitFor();
  const report = page.locator(".report");
  assert.match(await report.textContent(), /<img src=x onerror=window\.pwned=1><script>/);
  assert.match(await report.textContent(), /\[U\+202E\]gazette/);
  assert.equal(await page.locator("a[href^='javascript:' i]").count(), 0);
  assert.equal(await page.locator(".detail img, .detail script, .detail svg[onload], .detail b").count(), 0);
  for (const mark of await page.locator(".document-text mark").all()) await mark.hover({ force: true });
  await shot(page, "hostile");
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  assert.deepEqual(faults, []);
  await context.close();
});

test("an address cannot put markup into the page", { timeout: 180_000 }, async () => {
  const bad = encodeURIComponent("<img src=x onerror=window.pwned=1>");
  const { page, context } = await open(browser, { address: `tab=voices&open=voice:${bad}&q=${bad}&side=${bad}&control=${bad}`, ready: ".chips li" });
  await page.locator(".detail-body p").first().waitFor();
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  assert.equal(await page.locator("img[src=x]").count(), 0);
  await context.close();
});
