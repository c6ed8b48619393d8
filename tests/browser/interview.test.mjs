import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { answerPage, desk, open, phone, site, visit } from './browser.mjs';

// What is known in the interviews; a type given by the list, a number, and choices.
const known = {
  age: '58', histology: 'undifferentiated_pleomorphic_sarcoma', distant_metastasis: 'no', lymph_nodes: 'not_involved', size: '12', grade: 'G3',
};

// Answers page by page until nothing is asked; the pages with what they asked.
async function interview(page, answers = known, most = 45) {
  const pages = [];
  await page.goto('/');
  await page.getByRole('link', { name: 'Start now' }).click();
  const titles = new Set();
  while (await page.locator('input[name=asked], input[name=list]').count()) {
    assert.ok(pages.length < most, 'the interview does not end');
    assert.match(await page.title(), /My situation - /);
    assert.ok(!titles.has(await page.title()), `${await page.title()} is the title of two pages`);
    titles.add(await page.title());
    pages.push({ heading: await page.innerText('h1'), facts: await answerPage(page, (fact) => answers[fact]) });
    assert.ok(pages.at(-1).facts.length <= 4);
    assert.equal(await page.locator('h1').count(), 1);
  }
  return pages;
}

test('a whole interview with unknowns ends with options, and a changed answer changes them', async () => {
  const { page, wrong, context } = await visit();
  const asked = (await interview(page)).flatMap(({ facts }) => facts);
  assert.equal(new Set(asked).size, asked.length, 'a question was asked twice');
  assert.ok(asked.includes('histology') && asked.includes('distant_metastasis'));
  await page.getByRole('link', { name: 'My options' }).last().click();
  await page.waitForURL('**/options');
  const before = await page.locator('main').innerText();
  assert.match(before, /What is usual/);
  await page.goto('/review');
  assert.match(await page.innerText('main'), /6 known, \d+ you don't know, \d+ could still matter/);
  await page.locator('#unknown summary').click();
  assert.ok(await page.locator('#unknown').getByRole('link', { name: /^Answer.*Where you are in your treatment$/ }).count(), 'unknowns are shown');
  await page.goto('/question/distant_metastasis');
  await page.check('input[name=distant_metastasis][value=yes]');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL('**/review');
  await page.goto('/options');
  const later = await page.locator('main').innerText();
  assert.notEqual(later, before);
  assert.match(later, /advanced cancer/i);
  assert.deepEqual(wrong, []);
  await context.close();
});

test('who knows nothing comes to the end in at most 11 pages, what most people know first, and is told what would help', async () => {
  const { page, context } = await visit();
  const pages = await interview(page, {});
  assert.ok(pages.length <= 11, JSON.stringify(pages));
  assert.deepEqual(pages.slice(0, 4).flatMap(({ facts }) => facts), ['situation', 'age', 'sex', 'histology']);
  assert.equal(await page.innerText('h1'), 'That is enough for now');
  await page.getByRole('link', { name: 'Where in the body did the tumor start?' }).click();
  await page.waitForURL('**/question/site');
  await page.goBack();
  // From the list of all questions each can still be answered.
  await page.getByRole('link', { name: 'My answers and all questions' }).click();
  await page.locator('#unasked summary').click();
  await page.getByRole('link', { name: /^Answer.*MAGE-A4 in the tumor$/ }).click();
  await page.waitForURL('**/question/mage_a4');
  await context.close();
});

test('a number has its question as its name, and "I don\'t know" beside it', async () => {
  const { page, context } = await visit();
  await page.goto('/question/size');
  const field = page.getByRole('textbox', { name: 'How large is the tumor along its longest side?' });
  await field.fill('11,5');
  await page.getByRole('checkbox', { name: "I don't know" }).check();
  await page.getByRole('button', { name: 'Continue' }).click();
  assert.match(await page.innerText('#error-size'), /keep one of the two/);
  assert.equal(await field.inputValue(), '11,5');
  await page.getByRole('checkbox', { name: "I don't know" }).uncheck();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL('**/review');
  assert.match(await page.innerText('main dl'), /11\.5 cm/);
  await context.close();
});

test('"I don\'t know" stays chosen', async () => {
  const { page, context } = await visit();
  await page.goto('/situation');
  const [fact] = await answerPage(page);
  await page.goto(`/question/${fact}`);
  assert.ok(await page.locator(`input[name="${fact}"][value=unknown]`).isChecked());
  await context.close();
});

test('the back button and the link lead to the page before with its answers, and nothing is lost', async () => {
  const { page, context } = await visit();
  await page.goto('/situation');
  await answerPage(page, () => 'before_treatment');
  await page.fill('#age', '63');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL('**/situation/3');
  await page.goBack();
  assert.equal(await page.inputValue('#age'), '63');
  await page.goto('/situation');
  await page.getByRole('link', { name: 'Back', exact: true }).click();
  await page.waitForURL('**/situation/2');
  assert.equal(await page.inputValue('#age'), '63');
  await page.getByRole('link', { name: 'Back', exact: true }).click();
  assert.ok(await page.isChecked('input[value=before_treatment]'));
  // Answering an earlier page again doesn't lose the later answers.
  await page.getByRole('button', { name: 'Continue' }).click();
  assert.equal(await page.locator('input[name=asked]').getAttribute('value'), 'sex');
  await page.goto('/review');
  assert.match(await page.innerText('main'), /63 years/);
  await context.close();
});

test('a wrong answer is told beside its field and in a summary that leads there', async () => {
  const { page, context } = await visit();
  await page.goto('/question/size');
  await page.fill('#size', 'as large as an orange');
  const [response] = await Promise.all([page.waitForResponse((r) => r.request().method() === 'POST'), page.getByRole('button', { name: 'Continue' }).click()]);
  assert.equal(response.status(), 422);
  assert.equal(await page.inputValue('#size'), 'as large as an orange');
  assert.equal(await page.getAttribute('#size', 'aria-invalid'), 'true');
  const [described] = (await page.getAttribute('#size', 'aria-describedby')).split(' ');
  assert.match(await page.innerText(`#${described}`), /number/);
  await page.getByRole('alert').getByRole('link').click();
  assert.match(page.url(), /#size$/);
  await context.close();
});

test('answers that contradict one another are told, with a way out', async () => {
  const { page, context } = await visit();
  await page.goto('/question/distant_metastasis');
  await page.check('input[name=distant_metastasis][value=no]');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.goto('/question/lung_metastasis');
  await page.check('input[name=lung_metastasis][value=yes]');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.goto('/options');
  assert.match(await page.innerText('h1'), /do not go together/);
  await page.getByRole('link', { name: /Change.*lung/i }).click();
  await page.check('input[name=lung_metastasis][value=unknown]');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.goto('/options');
  assert.match(await page.innerText('h1'), /My options/);
  await context.close();
});

test('a case is saved, forgotten and opened again', async () => {
  const { page, context } = await visit();
  await open(page);
  const before = await page.locator('main dl').allInnerTexts();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Save my answers' }).click()]);
  const saved = JSON.parse(readFileSync(await download.path(), 'utf8'));
  assert.equal(saved.facts.histology, 'undifferentiated_pleomorphic_sarcoma');
  await page.getByRole('button', { name: 'Forget my answers' }).click();
  await page.waitForURL(`${site}/`);
  assert.deepEqual(await context.cookies(), []);
  await page.locator('#saved summary').click();
  await page.setInputFiles('#file', await download.path());
  await page.getByRole('button', { name: 'Open' }).click();
  assert.deepEqual(await page.locator('main dl').allInnerTexts(), before);
  await context.close();
});

test('without JavaScript the whole way works', async () => {
  const { page, context } = await visit({ javaScriptEnabled: false, viewport: phone });
  await page.goto('/situation');
  for (let pages = 0; pages < 7; pages += 1) await answerPage(page, (fact) => known[fact]);
  await page.goto('/options');
  assert.match(await page.innerText('h1'), /My options/);
  await page.goto('/compare');
  await page.check('input[value=pazopanib]');
  await page.check('input[value=doxorubicin]');
  await page.getByRole('button', { name: 'Compare them side by side' }).click();
  assert.equal(await page.locator('.comparison thead th').count(), 2);
  await page.goto('/symptom');
  await page.selectOption('#treatment', 'doxorubicin');
  await page.fill('#symptom', 'fever');
  await page.getByRole('button', { name: 'What should I do?' }).click();
  assert.match(await page.innerText('#call'), /call your cancer team now/i);
  await context.close();
});

test('with the keyboard alone one comes from the start through questions to the options, and always sees where one is', async () => {
  const { page, context } = await visit({ viewport: desk, reducedMotion: 'reduce' });
  await page.goto('/');
  await page.keyboard.press('Tab');
  assert.match(await page.evaluate(() => document.activeElement.innerText), /Skip/);
  const seen = () => page.evaluate(() => {
    const active = document.activeElement;
    const style = getComputedStyle(active);
    const box = active.getBoundingClientRect();
    return { text: active.innerText || active.name, outline: parseFloat(style.outlineWidth), inside: box.bottom > 0 && box.top < innerHeight };
  });
  const tabTo = async (text) => {
    for (let steps = 0; steps < 80; steps += 1) {
      await page.keyboard.press('Tab');
      const here = await seen();
      assert.ok(here.outline > 0 && here.inside, `focus is not seen at ${here.text}`);
      if (here.text && here.text.trim() === text) return;
    }
    assert.fail(`${text} is not reached`);
  };
  await tabTo('Start now');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/situation/1');
  const first = await page.locator('input[name=asked]').first().getAttribute('value');
  for (let steps = 0; steps < 40 && (await page.evaluate(() => document.activeElement.name)) !== first; steps += 1) await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.name), first);
  if ((await page.evaluate(() => document.activeElement.type)) === 'radio') {
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
  }
  await tabTo('Continue');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  // After two questions an answer is offered.
  await tabTo('Continue');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  await tabTo('See what this says so far');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/options');
  await context.close();
});
