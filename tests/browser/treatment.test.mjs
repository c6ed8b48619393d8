import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import ICAL from 'ical.js';
import { open, phone, visit } from './browser.mjs';

async function download(page, act) {
  const [file] = await Promise.all([page.waitForEvent('download'), act()]);
  return { path: await file.path(), name: file.suggestedFilename() };
}

// The addresses of all treatments.
async function treatments(page) {
  await page.goto('/guide/treatments');
  const links = page.locator('main a[href^="/treatment/"]');
  return [...new Set(await links.evaluateAll((all) => all.map((link) => link.getAttribute('href'))))];
}

test('the folded page of every treatment has at most four phone screens, and none scrolls sideways', async () => {
  for (const name of [undefined, 'newly_found_large_high_grade_thigh.json', 'advanced_synovial_sarcoma_tests_open.json']) {
    const { page, context } = await visit();
    if (name) await open(page, name);
    const all = await treatments(page);
    assert.ok(all.length > 60);
    const long = [];
    for (const address of all) {
      await page.goto(address);
      const [height, width] = await page.evaluate(() => [document.documentElement.scrollHeight, document.documentElement.scrollWidth]);
      if (height > 4 * phone.height || width > phone.width) long.push(`${address}: ${height} x ${width}`);
    }
    assert.deepEqual(long, []);
    await context.close();
  }
});

test('the first screen says what, how, what it does, side effects and when to call, and its names open their entries', async () => {
  const { page, wrong, context } = await visit();
  await open(page);
  await page.goto('/treatment/pazopanib');
  const seen = await page.locator('main').innerText();
  assert.match(seen, /For you[\s\S]*How[\s\S]*What it can do[\s\S]*Side effects[\s\S]*common[\s\S]*serious[\s\S]*When to call/);
  assert.match(seen, /Know this first[\s\S]*severe and fatal liver damage[\s\S]*A pill that/);
  assert.doesNotMatch(seen, /people lived 12\.5 months|hazard ratio/);
  const entry = page.locator('#effect-fatigue');
  assert.equal(await entry.isVisible(), false);
  await page.locator('main').getByRole('link', { name: 'Fatigue' }).first().click();
  assert.ok(await entry.isVisible(), 'the folded part opens at the entry');
  assert.deepEqual(wrong, []);
  await context.close();
});

test('every address within a page of a treatment has its target', async () => {
  const { page, context } = await visit();
  for (const id of ['pazopanib', 'doxorubicin', 'radiation_after_surgery', 'limb_sparing_surgery']) {
    await page.goto(`/treatment/${id}`);
    const lost = await page.evaluate(() => {
      const links = [...document.querySelectorAll('main a[href^="#"]')].map((link) => link.getAttribute('href').slice(1));
      return links.filter((target) => document.querySelectorAll(`[id="${target}"]`).length !== 1);
    });
    assert.deepEqual(lost, [], id);
  }
  await context.close();
});

test('a picture has 100 marks, its key and words give the same numbers, and marks differ in shape', async () => {
  const { page, context } = await visit();
  for (const id of ['radiation_before_surgery', 'radiation_after_surgery', 'doxorubicin', 'pazopanib', 'neoadjuvant_chemotherapy']) {
    await page.goto(`/treatment/${id}`);
    await page.evaluate(() => document.querySelectorAll('main details').forEach((part) => { part.open = true; }));
    const figures = await page.locator('figure.people').all();
    assert.ok(figures.length >= 2, id);
    for (const figure of figures) {
      // A mark can have several outlines.
      const marks = await figure.locator('svg.marks path').evaluateAll((paths) => paths.map((path) => path.getAttribute('d')));
      const keys = await figure.locator('.key li').evaluateAll((items) =>
        items.map((item) => [Number(item.querySelector('strong').textContent), item.querySelector('path').getAttribute('d')]));
      assert.equal(marks.length, keys.length);
      const outlines = (path) => path.split('M').length - 1;
      const counts = keys.map(([, one], index) => outlines(marks[index]) / outlines(one));
      assert.deepEqual(counts, keys.map(([count]) => count));
      assert.equal(counts.reduce((sum, count) => sum + count, 0), 100);
      assert.equal(new Set(keys.map(([, one]) => one)).size, keys.length, 'two marks have the same shape');
      const words = await figure.locator('figcaption').innerText();
      for (const [, low, high, fewest, most] of words.matchAll(/yes for (\d+)(?: to (\d+))? of 100 people, no for (\d+)(?: to (\d+))?/g)) {
        assert.equal(Number(high ?? low) + Number(fewest), 100);
        assert.equal(Number(low) + Number(most ?? fewest), 100);
      }
    }
  }
  await page.goto('/treatment/radiation_before_surgery');
  await page.getByText('What it is and how it goes').click();
  assert.ok(await page.locator('svg.timeline:visible').count());
  assert.ok(await page.getByRole('heading', { name: 'The parts, one after the other' }).count());
  await context.close();
});

test("a treatment's schedule is saved as a calendar file that another program reads", async () => {
  const { page, context } = await visit();
  await open(page);
  await page.goto('/treatment/radiation_before_surgery');
  await page.getByText('Calendar', { exact: true }).click();
  await page.fill('#start', '2026-12-01');
  const file = await download(page, () => page.getByRole('button', { name: 'Save as a calendar file' }).click());
  assert.equal(file.name, 'radiation_before_surgery.ics');
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(file.path, 'utf8')));
  const events = calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
  assert.ok(events.some((event) => event.startDate.toString() === '2026-12-01'), events.map(String).join('\n'));
  assert.ok(events.every((event) => event.summary.includes('Radiation before surgery')));
  const answer = await page.request.post('/take/calendar/radiation_before_surgery', { form: { start: 'soon' } });
  assert.equal(answer.status(), 422);
  await context.close();
});


test('the team sees codes, rules, evidence and how they were worked out, and a person does not', async () => {
  const { page, context } = await visit();
  await open(page);
  await page.goto('/treatment/radiation_before_surgery');
  assert.equal(await page.getByRole('heading', { name: 'Rules, and how they were worked out' }).count(), 0);
  await page.getByRole('button', { name: 'Show codes, rules and evidence' }).click();
  await page.waitForURL('**/treatment/radiation_before_surgery');
  assert.equal(await page.getByRole('heading', { name: 'Rules, and how they were worked out' }).count(), 0, 'it is folded');
  await page.getByText('For the care team: codes, evidence, rules').click();
  assert.ok(await page.getByRole('heading', { name: 'Rules, and how they were worked out' }).count());
  assert.ok(await page.getByRole('heading', { name: 'Evidence' }).count());
  assert.ok(await page.getByText('holds', { exact: true }).count());
  await page.goto('/options');
  assert.match(await page.locator('main').innerText(), /FNCLCC|ncit|icd_o/i);
  await page.getByRole('button', { name: 'Show it in plain words' }).click();
  assert.equal(await page.getByText('how each derived fact was reached').count(), 0);
  await context.close();
});
