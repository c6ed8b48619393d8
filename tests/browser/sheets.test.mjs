import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { artifacts, desk, examples, open, phone, visit } from './browser.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const cases = readdirSync(examples).filter((name) => /\.(json|toml)$/.test(name));
assert.ok(cases.length > 8);

// How many pages the browser prints.
async function pages(page, format, keep) {
  const path = `${artifacts}${keep}-${format}.pdf`;
  writeFileSync(path, await page.pdf({ format }));
  return Number(execFileSync('pdfinfo', [path], { stdio: ['ignore', 'pipe', 'ignore'] }).toString().match(/Pages:\s+(\d+)/)[1]);
}

async function asTeam(page) {
  await page.goto('/board');
  await page.getByRole('button', { name: 'Open it as the team sees it' }).click();
  await page.waitForURL('**/board');
}

for (const name of cases) {
  test(`the sheets for ${name} are printed on one page each`, async () => {
    const { page, context, wrong } = await visit({ viewport: desk, javaScriptEnabled: false });
    await open(page, name);
    for (const path of ['/visit', '/board']) {
      if (path === '/board') await asTeam(page);
      else await page.goto(path);
      for (const format of ['A4', 'Letter']) {
        assert.equal(await pages(page, format, `${path.slice(1)}-${name}`), 1, `${path} on ${format}`);
      }
    }
    assert.deepEqual(wrong, []);
    await context.close();
  });
}

test('a full list of long questions is printed on one page, in full', async () => {
  const { page, context } = await visit({ viewport: desk, javaScriptEnabled: false });
  await open(page);
  await page.goto('/visit');
  const question = (index) => `Question ${index} ${'about something long '.repeat(9)}end${index}`.slice(0, 200);
  // A field for each question, and an empty one until there are eight.
  for (let index = 0; index < 8; index += 1) {
    await page.locator('textarea').nth(index).fill(question(index));
    if (index >= 4) await page.getByRole('button', { name: 'Save my questions' }).click();
  }
  assert.equal(await page.locator('textarea').count(), 8);
  for (const format of ['A4', 'Letter']) assert.equal(await pages(page, format, 'visit-long'), 1, format);
  await page.emulateMedia({ media: 'print' });
  const cut = await page.locator('textarea').evaluateAll((fields) => fields.filter((field) => field.scrollHeight > field.clientHeight + 2).length);
  assert.equal(cut, 0, 'no question is cut');
  const [file] = await Promise.all([page.waitForEvent('download'), (async () => {
    await page.emulateMedia({ media: 'screen' });
    await page.getByRole('link', { name: 'Save as PDF' }).click();
  })()]);
  const path = await file.path();
  const text = execFileSync('pdftotext', ['-layout', path, '-']).toString();
  for (let index = 0; index < 8; index += 1) assert.ok(text.includes(`end${index}`) || text.includes(`Question ${index}`), `question ${index}`);
  assert.match(execFileSync('pdfinfo', [path], { stdio: ['ignore', 'pipe', 'ignore'] }).toString(), /Pages:\s+1/);
  await context.close();
});

test('what is typed is printed before it is saved, and the buttons are not', async () => {
  const { page, context } = await visit({ viewport: phone, javaScriptEnabled: false });
  await open(page);
  await page.goto('/visit');
  await page.getByRole('textbox', { name: 'Question 1' }).fill('Will I keep my knee?');
  await pages(page, 'A4', 'visit-typed');
  const text = execFileSync('pdftotext', [`${artifacts}visit-typed-A4.pdf`, '-']).toString();
  assert.match(text, /What we agreed[\s\S]*number, day and night/);
  assert.doesNotMatch(text, /Save my questions|Remove|Feeling|Search/);
  await context.close();
});

test('questions are changed, ticked, added and removed by keyboard alone', async () => {
  const { page, context, wrong } = await visit({ javaScriptEnabled: false });
  await open(page);
  await page.goto('/visit');
  const before = await page.locator('textarea').count();
  await page.getByRole('checkbox', { name: 'Tick question 2' }).focus();
  await page.keyboard.press('Space');
  await page.getByRole('textbox', { name: 'Add your own question' }).focus();
  await page.keyboard.type('Can my sister come along? <b>');
  await page.keyboard.press('Tab');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  assert.equal(await page.locator('textarea').count(), before + 1);
  assert.equal(await page.locator('textarea').nth(before - 1).inputValue(), 'Can my sister come along? <b>');
  assert.ok(await page.getByRole('checkbox', { name: 'Tick question 2' }).isChecked());
  await page.getByRole('button', { name: /^Remove ?: Question 1$/ }).click();
  assert.equal(await page.locator('textarea').count(), before);
  await page.getByRole('button', { name: /^Add ?:/ }).first().click();
  assert.equal(await page.locator('textarea').count(), before + 1);
  assert.deepEqual(wrong, []);
  await context.close();
});

for (const [name, options] of [['phone', {}], ['narrow', { viewport: { width: 320, height: 640 } }], ['desk-dark', { viewport: desk, colorScheme: 'dark' }]]) {
  test(`the sheets pass axe and need no sideways scrolling (${name})`, async () => {
    const { page, context } = await visit({ ...options, bypassCSP: true });
    await open(page);
    for (const path of ['/visit', '/board']) {
      if (path === '/board') await asTeam(page);
      else await page.goto(path);
      await page.screenshot({ path: `${artifacts}${path.slice(1)}-${name}.png`, fullPage: true });
      await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
      await page.addScriptTag({ content: axe });
      const { violations } = await page.evaluate((values) => axe.run(document, { runOnly: { type: 'tag', values } }), tags);
      assert.deepEqual(violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(' | ')}`), [], path);
      const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
      assert.ok(wide <= room, `${path}: ${wide} of ${room}`);
    }
    await context.close();
  });
}
