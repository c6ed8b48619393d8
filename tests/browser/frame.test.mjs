// The frame around all pages, and what a question looks like.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerPage, desk, kinds, open, phone, visit } from './browser.mjs';

// The links and buttons that are shown in the header, and its height.
const header = (page) => page.evaluate(() => {
  const top = document.querySelector('header');
  const shown = [...top.querySelectorAll('a, summary')].filter((element) => element.checkVisibility() && !element.closest('.menu ul'));
  const boxes = shown.map((element) => element.getBoundingClientRect());
  return {
    height: top.getBoundingClientRect().height,
    texts: shown.map((element) => element.innerText.trim().replace(/\s+/g, ' ')),
    small: boxes.filter((box) => box.height < 44).length,
    apart: Math.max(...boxes.map((box) => box.top)) - Math.min(...boxes.map((box) => box.top)),
    wide: document.documentElement.scrollWidth,
  };
});

for (const width of [320, 390, 768, 1280]) {
  test(`the header is one row at ${width} px, and "Feeling ill?" is always in it`, async () => {
    const { page, context } = await visit({ viewport: { width, height: 800 } });
    await open(page);
    for (const kind of ['start', 'situation', 'question', 'options', 'treatment', 'symptom', 'contents', 'missing']) {
      await kinds[kind](page);
      const { height, texts, small, apart, wide } = await header(page);
      assert.ok(height <= 58 && apart < 8, `${kind}: ${height} px, ${apart} px apart`);
      assert.ok(texts.includes('Sarcoma guide') && texts.includes('Feeling ill?') && texts.includes('Menu'), `${kind}: ${texts}`);
      assert.equal(texts.includes('My options'), width >= 768, `${kind}: ${texts}`);
      assert.equal(small, 0, `${kind}: a target is lower than 44 px`);
      assert.ok(wide <= width, `${kind} is ${wide} px wide`);
    }
    await context.close();
  });
}

test('the menu opens without scripts and by keyboard, and leads to all parts', async () => {
  const { page, context } = await visit({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
  await open(page);
  await page.locator('.menu summary').focus();
  await page.keyboard.press('Enter');
  const links = await page.locator('.menu li a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  for (const path of ['/', '/review', '/options', '/compare', '/visit', '/search', '/guide/treatments', '/guide/glossary', '/guide/links']) {
    assert.ok(links.includes(path), path);
  }
  for (const box of await Promise.all((await page.locator('.menu li a, .menu li button').all()).map((link) => link.boundingBox()))) {
    assert.ok(box.height >= 44 && box.x >= 0 && box.x + box.width <= 320, JSON.stringify(box));
  }
  await page.getByRole('button', { name: 'View for the care team' }).click();
  await page.locator('.menu summary').click();
  await page.getByRole('button', { name: 'View in plain words' }).click();
  await page.locator('.menu summary').click();
  await page.getByRole('link', { name: 'Search the guide' }).click();
  await page.fill('#q', 'pazopanib');
  await page.locator('main').getByRole('button', { name: 'Search' }).click();
  assert.match(await page.innerText('h1'), /pazopanib/);
  await context.close();
});

test('the footer has the disclaimer and says how to report an error', async () => {
  const { page, context } = await visit();
  for (const path of ['/', '/situation', '/symptom', '/nothing-here']) {
    await page.goto(path);
    const footer = await page.innerText('footer');
    assert.match(footer, /information, not medical advice[\s\S]*Your doctor may suggest a different plan[\s\S]*Found a mistake\?/, path);
  }
  await context.close();
});

test('the start page says in one phone screen what it is for, and nothing there frightens', async () => {
  const { page, context } = await visit({ viewport: phone });
  await page.goto('/');
  const button = await page.getByRole('link', { name: 'Start now' }).boundingBox();
  assert.ok(button.y + button.height < phone.height, JSON.stringify(button));
  const shown = await page.innerText('main');
  assert.doesNotMatch(shown, /die|death|surviv|spread|emergency|not medical advice/i);
  await page.locator('#notice summary').click();
  assert.match(await page.innerText('#notice'), /not medical advice/);
  await context.close();
});

test('a page has one decision, its step, a folded hint, and an answer after two questions', async () => {
  const { page, context } = await visit({ viewport: { width: 320, height: 640 } });
  await page.goto('/situation');
  let step = 1;
  for (let asked = 0; asked < 12; asked += 1) {
    const facts = await page.locator('input[name=asked], input[name=list]').evaluateAll((inputs) => inputs.length);
    if (facts === 0) break;
    assert.equal(await page.locator('h1').count(), 1);
    if (!(await page.locator('input[name=list]').count())) {
      assert.equal(await page.locator('fieldset').count(), 1, await page.innerText('h1'));
      assert.equal(await page.locator('fieldset details.why p').first().isVisible(), false, 'hints are folded');
      const [, now, steps] = (await page.innerText('.steps')).match(/Step (\d) of (\d)/).map(Number);
      assert.ok(now >= step && steps === 5, `step ${now} after ${step}`);
      step = now;
    }
    assert.equal(await page.getByRole('link', { name: 'See what this says so far' }).count() > 0, asked >= 2, `after ${asked} questions`);
    await answerPage(page, (fact) => ({ age: '58', situation: 'before_treatment', sex: 'female' })[fact]);
  }
  assert.ok(step > 2, `${step}`);
  await context.close();
});

test('a type is taken by any of its names, and a wrong one gets suggestions', async () => {
  const { page, context } = await visit({ javaScriptEnabled: false });
  const send = () => page.getByRole('button', { name: 'Continue' }).click();
  const type = () => page.locator('#histology');
  await page.goto('/question/histology');
  assert.equal(await page.locator('input[type=radio][value=myxoid_liposarcoma]').isVisible(), false, 'the groups are folded');
  await type().fill('lipo sarkoma');
  await send();
  assert.match(await page.innerText('#error-histology'), /We don't know “lipo sarkoma”\. Did you mean one of these\?/);
  assert.equal(await type().inputValue(), 'lipo sarkoma');
  await page.locator('fieldset').getByRole('radio', { name: 'Well-differentiated liposarcoma' }).first().check();
  await send();
  await page.waitForURL('**/review');
  assert.match(await page.innerText('main'), /Well-differentiated liposarcoma/);
  // The saved type is in the field and in the open group. Another name replaces it.
  await page.goto('/question/histology');
  assert.equal(await type().inputValue(), 'Well-differentiated liposarcoma');
  assert.ok(await page.locator('input[type=radio][value=well_differentiated_liposarcoma]').isVisible());
  await type().fill('MFH (older name)');
  await send();
  assert.match(await page.innerText('main'), /Undifferentiated pleomorphic sarcoma/);
  // So does another one from the list.
  await page.goto('/question/histology');
  await page.locator('summary').filter({ hasText: 'Others' }).last().click();
  await page.getByRole('radio', { name: /^Synovial sarcoma/ }).check();
  await send();
  assert.match(await page.innerText('main'), /Synovial sarcoma/);
  // Two new answers at once are asked about.
  await page.goto('/question/histology');
  await type().fill('angiosarcoma');
  await page.locator('summary').filter({ hasText: 'Leiomyosarcoma' }).click();
  await page.getByRole('radio', { name: /^Leiomyosarcoma also/ }).check();
  await send();
  assert.match(await page.innerText('#error-histology'), /Which one is right\?/);
  await page.locator('fieldset').getByRole('radio', { name: 'Angiosarcoma' }).first().check();
  await send();
  assert.match(await page.innerText('main'), /Angiosarcoma/);
  // "I don't know" takes back what is saved.
  await page.goto('/question/histology');
  await page.getByRole('checkbox', { name: "I don't know" }).check();
  await send();
  await page.waitForURL('**/review');
  assert.doesNotMatch(await page.innerText('main'), /Angiosarcoma/);
  await context.close();
});

test('the first wrong field has the focus, and the summary leads to each', async () => {
  const { page, context } = await visit();
  await page.goto('/question/size');
  await page.fill('#size', 'as large as an orange');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('alert').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'size');
  assert.match(await page.title(), /^Please look at this again/);
  const place = (locator) => locator.boundingBox().then(({ y }) => y);
  assert.ok(await place(page.getByRole('alert')) < await place(page.getByRole('heading', { level: 1 })), 'the summary is first');
  await context.close();
});

test('at a zoom of 400 % nothing is cut off', async () => {
  const { page, context } = await visit({ viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 });
  for (const go of [kinds.start, kinds.situation, kinds.histology, kinds.question]) {
    await go(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 320, `${page.url()} is ${wide} px wide`);
    await page.locator('.menu summary').click();
    const last = page.locator('.menu li button');
    await last.scrollIntoViewIfNeeded();
    assert.ok(await last.isVisible());
  }
  await context.close();
});

test('without its style sheet a page still reads in order', async () => {
  const { page, context } = await visit({ viewport: desk });
  await page.route('**/style-*.css', (route) => route.abort());
  await page.goto('/situation');
  const text = await page.evaluate(() => document.body.innerText);
  assert.match(text, /Skip to content[\s\S]*Sarcoma guide[\s\S]*Feeling ill\?[\s\S]*Step 1 of 5[\s\S]*Where are you in your treatment\?[\s\S]*I don't know[\s\S]*Continue[\s\S]*not medical advice/);
  await context.close();
});
