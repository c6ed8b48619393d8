import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { artifacts, desk, open, phone, site, visit } from './browser.mjs';

const list = '/question/drugs_so_far';

// Finds an entry by what a person types, adds it, and says how it went.
async function add(page, words, name, how) {
  await page.fill('#find', words);
  await page.locator('main').getByRole('button', { name: 'Search' }).click();
  await page.locator('main [role=status]').getByRole('button', { name }).click();
  await page.getByRole('radio', { name: how }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('.chosen').waitFor();
}

const saved = async (page) => {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Save my answers' }).click()]);
  return JSON.parse(readFileSync(await download.path(), 'utf8')).facts;
};

for (const javaScriptEnabled of [true, false]) {
  test(`a list is searched, added to, changed and confirmed, ${javaScriptEnabled ? 'with' : 'without'} scripts`, async () => {
    const { page, wrong, addresses, context } = await visit({ javaScriptEnabled });
    await page.goto(list);
    await add(page, 'adriamicin', 'Add Doxorubicin (Adriamycin)', /Stopped because it didn't work/);
    await add(page, 'Votrient', /Pazopanib/, 'Being given now');
    assert.match(await page.innerText('.chosen'), /Doxorubicin: stopped because it didn't work[^]*Pazopanib: being given now/);
    await page.getByRole('button', { name: /^Change.*Pazopanib/ }).click();
    assert.ok(await page.getByRole('radio', { name: 'Being given now' }).isChecked());
    await page.getByRole('radio', { name: 'Stopped because of side effects' }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: /^Remove.*Doxorubicin/ }).click();
    assert.doesNotMatch(await page.innerText('.chosen'), /Doxorubicin/);
    await page.getByRole('checkbox', { name: "Yes, that's everything" }).check();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL('**/review');
    assert.match(await page.innerText('main'), /Pazopanib[^]*Other cancer drugs\s+none/);
    assert.deepEqual(await saved(page), { drugs_so_far: 'complete', given_pazopanib: 'stopped_for_side_effects' });
    assert.ok(addresses.every((address) => !/given|pazopanib|adriamicin/i.test(address)), 'no address contains an answer');
    assert.deepEqual(wrong, []);
    await context.close();
  });
}

test('Enter in the search field searches, and what is not chosen is asked for', async () => {
  const { page, context } = await visit();
  await page.goto(list);
  await add(page, 'ifex', /^Add Ifosfamide/, 'Finished as planned, and it worked');
  await page.fill('#find', 'gemzar');
  await page.keyboard.press('Enter');
  await page.locator('main [role=status]').getByRole('button').first().click();
  await page.getByRole('button', { name: 'Save' }).click();
  assert.match(await page.innerText('[role=alert]'), /Choose how it went/);
  await page.getByRole('link', { name: 'Cancel' }).click();
  assert.match(await page.innerText('.chosen'), /Ifosfamide: finished as planned/);
  await context.close();
});

test('nothing takes one tap, and the way back leads to the list', async () => {
  const { page, context } = await visit();
  await open(page, 'advanced_synovial_sarcoma_tests_open.json');
  await page.goto(list);
  await page.getByRole('button', { name: "I haven't had any cancer drugs" }).click();
  // The example says that there has been chemotherapy.
  assert.match(await page.innerText('h1'), /do not go together/);
  await page.getByRole('link', { name: /^Change.*Drugs so far/ }).first().click();
  await page.getByRole('button', { name: "I don't know" }).click();
  await page.waitForURL('**/review');
  await context.close();
});

for (const [size, viewport] of Object.entries({ phone, desk })) {
  for (const colorScheme of ['light', 'dark']) {
    test(`the list looks right: ${size}, ${colorScheme}`, async () => {
      const { page, wrong, context } = await visit({ viewport, colorScheme });
      await page.goto(list);
      await add(page, 'doxorubicin', /^Add Doxorubicin \(/, /Stopped because it didn't work/);
      await page.locator('main details summary').first().click();
      await page.screenshot({ path: `${artifacts}list-${size}-${colorScheme}.png`, fullPage: true });
      await page.fill('#find', 'gemcitabin');
      await page.keyboard.press('Enter');
      await page.locator('main [role=status]').waitFor();
      await page.screenshot({ path: `${artifacts}list-found-${size}-${colorScheme}.png`, fullPage: true });
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing is cut off');
      assert.deepEqual(wrong, []);
      assert.ok(page.url().startsWith(site));
      await context.close();
    });
  }
}

test('the list fits on a screen of 320 pixels', async () => {
  const { page, context } = await visit({ viewport: { width: 320, height: 640 } });
  await page.goto(list);
  await add(page, 'doxorubicin', /^Add Doxorubicin \(/, /Stopped because it didn't work/);
  for (const summary of await page.locator('.groups summary').all()) await summary.click();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await context.close();
});
