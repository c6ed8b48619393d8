import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { artifacts, desk, kinds, open, unfold, visit } from './browser.mjs';

async function download(page, act) {
  const [file] = await Promise.all([page.waitForEvent('download'), act()]);
  return { path: await file.path(), name: file.suggestedFilename() };
}

test('options stand in the order of time, each with why, and what does not fit is folded with its reason', async () => {
  const { page, wrong, context } = await visit();
  await open(page);
  await page.goto('/options');
  const options = page.locator('.time [id^="option-"]');
  assert.ok((await options.count()) >= 5);
  for (const option of await options.all()) assert.match(await option.textContent(), /Why we show this/);
  const unsettled = page.locator('details', { hasText: 'If something is different' }).locator('[id^="option-"]');
  assert.ok((await unsettled.count()) >= 1);
  for (const option of await unsettled.all()) assert.match(await option.textContent(), /Depends on:/);
  const order = await page.locator('.time > h3').allInnerTexts();
  assert.ok(order.findIndex((t) => /Before surgery/.test(t)) < order.findIndex((t) => /After surgery/.test(t)));
  const folded = page.locator('details', { has: page.locator(':scope > summary', { hasText: "What doesn't fit, and why" }) });
  assert.equal(await folded.getAttribute('open'), null);
  await folded.locator(':scope > summary').click();
  assert.match(await folded.innerText(), /because of/);
  assert.deepEqual(wrong, []);
  await context.close();
});

test('options are compared side by side with the same rows for each', async () => {
  const { page, context } = await visit({ viewport: desk });
  await open(page);
  await kinds.compare(page);
  const names = ['Limb-sparing surgery', 'Radiation before surgery'];
  assert.deepEqual(await page.locator('.comparison thead th').allInnerTexts(), names);
  const rows = page.locator('.comparison tr.short');
  assert.ok((await rows.count()) >= 6);
  for (const row of await rows.all()) {
    const cells = await row.locator('td').evaluateAll((cells) => cells.map((cell) => ({ top: cell.getBoundingClientRect().top, text: cell.innerText })));
    assert.equal(cells.length, names.length);
    assert.equal(cells[0].top, cells[1].top, 'they stand beside each other');
    for (const { text } of cells) assert.notEqual(text.trim(), '', 'a cell without text says so');
  }
  await page.goto('/options');
  await unfold(page);
  await page.uncheck('input[name=compare][value=limb_sparing_surgery]');
  await page.locator('.compare-bar').getByRole('button').click();
  assert.match(await page.getByRole('status').innerText(), /You ticked one treatment: Radiation before surgery/);
  await context.close();
});

test('what matters to a person stands beside the options and changes none of them', async () => {
  const { page, context } = await visit();
  await open(page);
  await page.goto('/options');
  const names = await page.locator('[id^="option-"] > summary > .name').allTextContents();
  await page.goto('/matters');
  await page.check('input[name=limb][value=much]');
  await page.check('input[name=children][value=some]');
  await page.getByRole('button', { name: 'See where my options differ' }).click();
  await page.waitForURL('**/matters/summary');
  assert.match(await page.innerText('main'), /Use of my arm or leg \(matters a lot to me\)[\s\S]*Ask your team:/);
  await page.getByRole('link', { name: 'My options' }).last().click();
  await page.waitForURL('**/options');
  assert.ok(await page.getByRole('heading', { name: 'What matters to you' }).count());
  assert.deepEqual(await page.locator('[id^="option-"] > summary > .name').allTextContents(), names);
  assert.ok(await page.locator('[id^="option-"]', { hasText: 'Use of my arm or leg' }).count());
  await unfold(page);
  const file = await download(page, () => page.getByRole('link', { name: 'Summary as PDF' }).click());
  const text = execFileSync('pdftotext', ['-layout', file.path, '-']).toString().replace(/\s+/g, ' ');
  assert.match(text, /What matters to me.*Matters a lot to me: Use of my arm or leg/);
  await page.goto('/matters');
  assert.ok(await page.isChecked('input[name=limb][value=much]'));
  await context.close();
});

test('the summary is a PDF of one to three pages that can be read back', async () => {
  const { page, context } = await visit();
  await open(page);
  await page.goto('/options');
  const option = (await page.locator('.time.main [id^="option-"] > summary > .name').first().innerText()).trim();
  await unfold(page);
  const file = await download(page, () => page.getByRole('link', { name: 'Summary as PDF' }).click());
  assert.equal(file.name, 'summary.pdf');
  const text = execFileSync('pdftotext', ['-layout', file.path, '-']).toString().replace(/\s+/g, ' ');
  assert.ok(text.includes(option), `${option} is in the PDF`);
  assert.match(text, /Questions to ask the team/);
  const pages = Number(/Pages:\s+(\d+)/.exec(execFileSync('pdfinfo', [file.path]).toString())[1]);
  assert.ok(pages >= 1 && pages <= 3, `${pages} pages`);
  const json = await download(page, () => page.getByRole('link', { name: 'All as JSON' }).click());
  assert.ok(JSON.parse(readFileSync(json.path, 'utf8')).treatments.length > 50);
  const markdown = await download(page, () => page.getByRole('link', { name: 'All as Markdown' }).click());
  assert.match(readFileSync(markdown.path, 'utf8'), /^# /);
  await context.close();
});

test('a printed page has the text and not the ways around it', async () => {
  const { page, context } = await visit();
  await open(page);
  await page.goto('/options');
  const file = `${artifacts}options-printed.pdf`;
  writeFileSync(file, await page.pdf({ format: 'A4' }));
  const text = execFileSync('pdftotext', ['-layout', file, '-']).toString();
  assert.match(text, /What is usual/);
  assert.doesNotMatch(text, /Search the guide|Compare them side by side|Summary as PDF/);
  await context.close();
});

test('a term is explained where it stands, and one comes back', async () => {
  const { page, context } = await visit();
  await page.goto('/treatment/pazopanib');
  const term = page.locator('a.term').first();
  const before = await page.evaluate(() => scrollY);
  await term.click();
  const note = page.locator('.word:target');
  assert.ok(await note.isVisible());
  const box = await note.boundingBox();
  assert.ok(box.y + box.height <= 845 && box.y > 100, 'it stands at the foot of the screen');
  assert.equal(await page.evaluate(() => scrollY), before);
  await note.getByRole('link', { name: 'Back to the text' }).click();
  assert.equal(await page.locator('.word:target').count(), 0);
  await context.close();
});

test('who is not covered is told where to look instead', async () => {
  const { page, context } = await visit();
  await open(page, 'out_of_scope_gist.json');
  await page.goto('/options');
  assert.match(await page.locator('main').innerText(), /This guide does not cover this situation[\s\S]*Where to look/);
  assert.equal(await page.locator('[id^="option-"]').count(), 0);
  await context.close();
});
