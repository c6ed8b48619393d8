// The comparison of treatments, and the bar that leads to it.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { desk, examples, kinds, open, phone, site, visit, unfold } from './browser.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
// Three phone screens, with everything folded and the box of the table as tall as its content. The top and the foot of every page take half a screen.
const MOST_SCREENS = 3 - 0.5;

// Chooses treatments as the form does, and opens the comparison.
async function compare(page, ids) {
  const data = ids.map((id) => `compare=${id}`).join('&');
  const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: site };
  const sent = await page.request.post('/compare', { data, headers });
  assert.ok(sent.ok(), `${ids}: ${sent.status()}`);
  await page.goto('/compare');
}

// What a button of the page says, with what the style sheet adds to it. Only a snapshot of the layout has the number of a counter as text.
async function seenOnButton(page) {
  const session = await page.context().newCDPSession(page);
  const { documents, strings } = await session.send('DOMSnapshot.captureSnapshot', { computedStyles: [] });
  const seen = documents[0].layout.text.map((index) => strings[index] ?? '').join('');
  return /Compare (\(\d+\))/.exec(seen)?.[0];
}

// The height of the page without its top and foot, if the box of the table didn't scroll.
const unclipped = (page) => page.evaluate(() => {
  const box = document.querySelector('.comparison');
  return document.querySelector('main').offsetHeight - box.clientHeight + box.scrollHeight;
});

test('names and questions stay in view while one scrolls down and swipes, and only the box scrolls', async () => {
  const { page, context, wrong } = await visit({ viewport: phone, hasTouch: true });
  await open(page);
  await compare(page, ['radiation_before_surgery', 'radiation_after_surgery', 'neoadjuvant_chemotherapy']);
  const box = page.locator('.comparison');
  await box.scrollIntoViewIfNeeded();
  const places = () => page.evaluate(() => {
    const box = document.querySelector('.comparison').getBoundingClientRect();
    const at = (selector) => [...document.querySelectorAll(selector)].map((one) => one.getBoundingClientRect());
    const heads = at('.comparison thead th').map(({ top, left, right }) => ({ top: top - box.top, left: left - box.left, right: right - box.left }));
    const titles = at('.comparison .asked span').map(({ left, right }) => ({ left: left - box.left, right: right - box.left }));
    return { heads, titles, width: box.width, page: document.documentElement.scrollWidth, x: window.scrollX };
  });
  const before = await places();
  assert.equal(before.heads.length, 3);
  assert.ok(before.heads[2].left < before.width && before.heads[2].right > before.width, 'a part of the third column shows that there is more');
  await box.evaluate((box) => box.scrollTo({ top: 700, left: box.scrollWidth, behavior: 'instant' }));
  const after = await places();
  for (const head of after.heads) assert.ok(Math.abs(head.top - before.heads[0].top) <= 1, `a name moved to ${head.top}`);
  assert.ok(after.heads[2].right <= after.width + 1, 'the third column can be reached');
  assert.ok(after.titles.length >= 6 && after.titles.length <= 8, `${after.titles.length} questions`);
  for (const title of after.titles) assert.ok(title.left >= 0 && title.right <= after.width, `a question is cut off: ${JSON.stringify(title)}`);
  assert.ok(after.page <= phone.width && after.x === 0, 'the page scrolls sideways');
  assert.deepEqual(wrong, []);
  await context.close();
});

test('three treatments, whichever of the options, take at most three phone screens', async () => {
  let pages = 0;
  const long = [];
  for (const example of readdirSync(examples).filter((name) => /\.(json|toml)$/.test(name))) {
    const { page, context } = await visit({ viewport: phone });
    await open(page, example);
    await page.goto('/options');
    const ids = await page.locator('main input[name=compare]').evaluateAll((inputs) => [...new Set(inputs.map((input) => input.value))]);
    // The height of a row is that of its highest cell, so it's enough to see each option once.
    const heights = new Map();
    for (let from = 0; from < ids.length && ids.length >= 3; from += 3) {
      const three = ids.slice(Math.min(from, ids.length - 3)).slice(0, 3);
      await compare(page, three);
      const seen = await page.evaluate(() => {
        const rows = [...document.querySelectorAll('.comparison tr.short')].map((row) => {
          const title = row.previousElementSibling.innerText;
          const cells = [...row.cells].map((cell) => Math.max(0, ...[...cell.children].map((child) => child.getBoundingClientRect().bottom)) - cell.getBoundingClientRect().top);
          return [title, cells];
        });
        return { rows, order: [...document.querySelectorAll('.comparison thead a')].map((a) => a.getAttribute('href').split('/').pop()) };
      });
      seen.order.forEach((id, column) => heights.set(id, new Map(seen.rows.map(([title, cells]) => [title, cells[column]]))));
    }
    const titles = [...new Set([...heights.values()].flatMap((rows) => [...rows.keys()]))];
    const height = (three) => titles.reduce((sum, title) => sum + Math.max(...three.map((id) => heights.get(id).get(title) ?? 0)), 0);
    let worst = [];
    for (const a of ids) for (const b of ids) for (const c of ids) {
      if (a < b && b < c && heights.size && (!worst.length || height([a, b, c]) > height(worst))) worst = [a, b, c];
    }
    if (worst.length) {
      await compare(page, worst);
      const screens = (await unclipped(page)) / phone.height;
      if (process.env.SHOW) console.log(`${example}: ${ids.length} options, ${screens.toFixed(2)} screens: ${worst}`);
      if (screens > MOST_SCREENS) long.push(`${example}: ${worst} take ${screens.toFixed(2)} screens`);
      if (process.env.SHOW) console.log(await page.evaluate(() => [...document.querySelectorAll('header, footer, .comparison tr')].map((r) => `${r.tagName} ${r.className} ${r.offsetHeight} ${r.innerText.replace(/\n/g, '|').slice(0, 400)}`).join('\n')));
      pages += 1;
    }
    await context.close();
  }
  assert.deepEqual(long, []);
  assert.ok(pages >= 6, `${pages} examples have three options`);
});

test('the bar follows once something is ticked, counts the ticks, and no tick is lost', async () => {
  const { page, context, wrong } = await visit({ viewport: phone });
  await open(page);
  await page.goto('/options');
  const bar = page.locator('.compare-bar');
  assert.equal(await bar.isVisible(), false);
  const ids = await page.locator('main input[name=compare]').evaluateAll((inputs) => inputs.map((input) => input.value).slice(0, 4));
  await unfold(page);
  for (const [index, id] of ids.entries()) {
    await page.check(`main input[name=compare][value=${id}]`);
    assert.equal(await seenOnButton(page), `Compare (${index + 1})`);
    const { bottom } = await bar.evaluate((bar) => bar.getBoundingClientRect());
    assert.ok(bottom <= phone.height + 1, `the bar ends at ${bottom}`);
  }
  // A tick in a row that is then closed counts too.
  await page.evaluate(() => document.querySelectorAll('main details').forEach((details) => { details.open = false; }));
  assert.equal(await seenOnButton(page), 'Compare (4)');
  // Four are too many: the first three in the order of the guide are shown, and the ticks are kept.
  await bar.getByRole('button').click();
  await page.waitForURL('**/compare');
  assert.equal(await page.locator('.comparison thead th').count(), 3);
  const shown = await page.locator('.comparison thead a').evaluateAll((links) => links.map((link) => link.getAttribute('href').split('/').pop()));
  const left = ids.filter((id) => !shown.includes(id));
  assert.equal(left.length, 1);
  assert.match(await page.getByRole('status').innerText(), /You ticked 4 .*Not shown: /s);
  for (const id of ids) assert.ok(await page.isChecked(`main input[type=checkbox][value=${id}]`), id);
  await page.goto('/options');
  await unfold(page);
  for (const id of ids) assert.ok(await page.isChecked(`main input[type=checkbox][value=${id}]`), id);
  // One is too few.
  for (const id of ids.slice(1)) await page.uncheck(`main input[name=compare][value=${id}]`);
  await bar.getByRole('button').click();
  await page.waitForURL('**/compare');
  assert.match(await page.getByRole('status').innerText(), /You ticked one treatment: .* Tick one or two more/);
  assert.ok(await page.isChecked(`main input[type=checkbox][value=${ids[0]}]`));
  // Watching, or no treatment, is a column that can be added.
  await page.getByRole('button', { name: 'Watching before treating' }).click();
  await page.waitForURL('**/compare');
  assert.match((await page.locator('.comparison thead th').allInnerTexts()).join(), /Watching before treating/);
  assert.deepEqual(wrong, []);
  await context.close();
});

test('axe finds nothing in a comparison, folded and open, with gaps and with too many ticks', async () => {
  const lists = [
    ['radiation_before_surgery', 'radiation_after_surgery', 'no_cancer_treatment'],
    ['doxorubicin', 'pazopanib', 'trabectedin', 'watching'],
    ['doxorubicin'],
  ];
  for (const options of [{ viewport: phone }, { viewport: desk, colorScheme: 'dark' }]) {
    const { page, context } = await visit({ ...options, bypassCSP: true });
    await open(page);
    for (const ids of lists) {
      await compare(page, ids);
      for (const open of [false, true]) {
        await page.evaluate((open) => document.querySelectorAll('details').forEach((details) => { details.open = open; }), open);
        await page.addScriptTag({ content: axe });
        const { violations } = await page.evaluate((values) => axe.run(document, { runOnly: { type: 'tag', values } }), tags);
        assert.deepEqual(violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(' | ')}`), [], `${ids}`);
      }
    }
    await context.close();
  }
});

test('a comparison can be read with the keyboard alone and prints without its box', async () => {
  const { page, context } = await visit({ viewport: desk });
  await open(page);
  await kinds.compare(page);
  await page.locator('.comparison').focus();
  await page.keyboard.press('End');
  await page.waitForFunction(() => document.querySelector('.comparison').scrollTop > 0);
  // The details of a row say more about each treatment, side by side.
  const details = page.locator('.comparison details', { hasText: 'All side effects, and when to call' });
  await details.locator('summary').focus();
  await page.keyboard.press('Enter');
  assert.deepEqual(await details.locator('h3').allInnerTexts(), ['Limb-sparing surgery', 'Radiation before surgery']);
  const tops = await details.locator('.columns > div').evaluateAll((columns) => columns.map((column) => column.getBoundingClientRect().top));
  assert.equal(tops[0], tops[1]);
  await page.emulateMedia({ media: 'print' });
  const clipped = await page.locator('.comparison').evaluate((box) => box.scrollHeight - box.clientHeight);
  assert.ok(clipped <= 1, `${clipped} pixels would not be printed`);
  await context.close();
});
