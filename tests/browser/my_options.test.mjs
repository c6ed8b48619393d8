import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { artifacts, desk, examples, open, phone, visit } from './browser.mjs';

const cases = readdirSync(examples).filter((name) => /\.(json|toml)$/.test(name));

// What a person reaches with the Tab key: what is visible and not in a closed part.
const stops = (page) =>
  page.evaluate(() => {
    const isClosed = (element) => {
      for (let part = element.closest('details'); part; part = part.parentElement.closest('details')) {
        if (!part.open && !(element.tagName === 'SUMMARY' && element.parentElement === part)) return true;
      }
      return false;
    };
    const all = document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]');
    return [...all].filter((element) => element.getClientRects().length && !isClosed(element)).length;
  });

for (const name of cases) {
  test(`the folded page of ${name} is short on a phone, reached with few keys, and prints on three sheets`, async () => {
    const { page, wrong, context } = await visit();
    await open(page, name);
    await page.goto('/options');
    const screens = (await page.evaluate(() => document.documentElement.scrollHeight)) / phone.height;
    assert.ok(screens <= 4, `${screens.toFixed(2)} screens`);
    const keys = await stops(page);
    assert.ok(keys <= 40, `${keys} stops of the Tab key`);
    const file = `${artifacts}my-options-${name}.pdf`;
    writeFileSync(file, await page.pdf({ format: 'Letter' }));
    const pages = Number(/Pages:\s+(\d+)/.exec(execFileSync('pdfinfo', [file]).toString())[1]);
    assert.ok(pages <= 3, `${pages} printed pages`);
    // Nothing is wider than the narrowest phone.
    await page.setViewportSize({ width: 320, height: 640 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
    assert.deepEqual(wrong, []);
    await context.close();
  });

  test(`the first screen of ${name} names the main treatments`, async () => {
    const { page, context } = await visit();
    await open(page, name);
    await page.goto('/options');
    const main = await page.locator('.time > .treatment.main > summary > .name').allTextContents();
    const card = page.locator('.answer');
    if (main.length) {
      const usual = card.locator(':scope > div', { has: page.getByRole('heading', { name: 'What is usual' }) });
      const box = await usual.boundingBox();
      assert.ok(box.y + box.height <= phone.height, 'what is usual is on the first screen');
      for (const treatment of main) assert.ok((await usual.innerText()).includes(treatment), treatment);
    }
    await context.close();
  });
}

test('a row opens to what a treatment does, why it is shown and its sources, and can be ticked to compare', async () => {
  const { page, wrong, context } = await visit();
  await open(page);
  await page.goto('/options');
  const row = page.locator('#option-wide_excision');
  assert.equal(await row.getAttribute('open'), null);
  assert.match(await row.locator(':scope > summary').innerText(), /Wide excision[\s\S]*The main treatment/);
  await row.locator(':scope > summary').click();
  const inside = row.locator(':scope > .in');
  assert.match(await inside.innerText(), /Why we show this[\s\S]*Sources:/);
  const why = inside.locator(':scope > .fold', { hasText: 'Why we show this' }).first();
  await why.locator('summary').click();
  assert.match(await why.innerText(), /because you said:[\s\S]*Healthy enough for surgery: yes/);
  // The button to compare appears with the first tick, and stays in view.
  const button = page.locator('.compare-bar').getByRole('button');
  assert.equal(await button.isVisible(), false);
  await inside.locator(':scope > .pick input').check();
  assert.ok(await button.isVisible());
  const box = await button.boundingBox();
  assert.ok(box.y > 0 && box.y + box.height <= phone.height, 'the button is in view');
  assert.deepEqual(wrong, []);
  await context.close();
});

test('the picture of the course has its words, and only the stop of the main treatment is filled', async () => {
  const { page, context } = await visit();
  await open(page);
  await page.goto('/options');
  const picture = page.locator('svg.path-picture:visible');
  assert.equal(await picture.count(), 1);
  assert.equal(await picture.locator('circle').count(), await page.locator('.time').count());
  assert.equal(await picture.locator('circle.full-stop').count(), 1);
  const words = await page.locator('.unseen li').allTextContents();
  assert.equal(words.length, await page.locator('.time').count());
  assert.ok(words.some((line) => /Surgery: the main treatment/.test(line)), words.join('\n'));
  await context.close();
});

test('what speaks for one or another is a table for each time, and no row is called better', async () => {
  const { page, context } = await visit({ viewport: desk });
  await open(page);
  await page.goto('/options');
  const part = page.locator('details', { has: page.locator(':scope > summary', { hasText: 'What speaks for one or another' }) });
  await part.locator(':scope > summary').click();
  const heads = await part.locator('table').first().locator('th').allTextContents();
  assert.deepEqual(heads, ['Treatment', 'How sources put it', 'Aim', 'What studies compared', 'Side effects', 'Where and how often']);
  assert.match(await part.innerText(), /Not ranked/);
  await context.close();
});
