import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { answerPage, desk, open, phone, site, visit } from './browser.mjs';

const known = {
  age: '58', histology: 'undifferentiated_pleomorphic_sarcoma', distant_metastasis: 'no', lymph_nodes: 'not_involved', size: '12', grade: 'G3',
};

async function interview(page, most = 60) {
  const asked = [];
  await page.goto('/');
  await page.getByRole('link', { name: 'Ask about my situation' }).click();
  while (!(await page.getByText('You have been asked everything').count())) {
    assert.ok(asked.length < most * 4, 'the interview does not end');
    asked.push(...(await answerPage(page, (fact) => known[fact])));
    assert.ok(await page.getByRole('heading', { level: 1, name: 'My situation' }).count(), await page.title());
  }
  return asked;
}

test('a whole interview with unknowns ends with options, and a changed answer changes them', async () => {
  const { page, wrong, context } = await visit();
  const asked = await interview(page);
  assert.equal(new Set(asked).size, asked.length, 'a question was asked twice');
  assert.ok(asked.includes('histology') && asked.includes('distant_metastasis'));
  await page.getByRole('link', { name: 'My options' }).first().click();
  await page.waitForURL('**/options');
  const before = await page.locator('main').innerText();
  assert.match(before, /Might be an option/);
  await page.goto('/review');
  assert.ok(await page.getByText("I don't know").count(), 'unknowns are shown');
  await page.goto('/question/distant_metastasis');
  await page.check('input[name=distant_metastasis][value=yes]');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.waitForURL('**/review');
  await page.goto('/options');
  const later = await page.locator('main').innerText();
  assert.notEqual(later, before);
  assert.match(later, /advanced disease/i);
  assert.deepEqual(wrong, []);
  await context.close();
});

test('"I don\'t know" stays chosen, and progress goes on', async () => {
  const { page, context } = await visit();
  await page.goto('/situation');
  const [fact] = await answerPage(page);
  const progress = page.getByRole('progressbar');
  assert.ok(Number(await progress.getAttribute('value')) > 0);
  await page.goto(`/question/${fact}`);
  const unknown = page.locator(`input[name="${fact}"][value=unknown]`);
  if (await unknown.count()) assert.ok(await unknown.isChecked());
  await context.close();
});

test('the back button and the link lead to the page before with its answers', async () => {
  const { page, context } = await visit();
  await page.goto('/situation');
  await page.fill('#age', '63');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.waitForURL('**/situation/2');
  await page.goBack();
  assert.equal(await page.inputValue('#age'), '63');
  await page.goto('/situation');
  await page.getByRole('link', { name: 'Back', exact: true }).click();
  await page.waitForURL('**/situation/1');
  assert.equal(await page.inputValue('#age'), '63');
  await context.close();
});

test('a wrong answer is told beside its field and in a summary that leads there', async () => {
  const { page, context } = await visit();
  await page.goto('/question/size');
  await page.fill('#size', 'as large as an orange');
  const [response] = await Promise.all([page.waitForResponse((r) => r.request().method() === 'POST'), page.getByRole('button', { name: 'Next' }).click()]);
  assert.equal(response.status(), 422);
  assert.equal(await page.inputValue('#size'), 'as large as an orange');
  assert.equal(await page.getAttribute('#size', 'aria-invalid'), 'true');
  const described = await page.getAttribute('#size', 'aria-describedby');
  assert.match(await page.innerText(`#${described}`), /number/);
  await page.getByRole('alert').getByRole('link').click();
  assert.match(page.url(), /#size$/);
  await context.close();
});

test('answers that contradict one another are told, with a way out', async () => {
  const { page, context } = await visit();
  await page.goto('/question/distant_metastasis');
  await page.check('input[name=distant_metastasis][value=no]');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.goto('/question/lung_metastasis');
  await page.check('input[name=lung_metastasis][value=yes]');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.goto('/options');
  assert.match(await page.innerText('h1'), /do not go together/);
  await page.getByRole('link', { name: /Change.*lung/i }).click();
  await page.check('input[name=lung_metastasis][value=unknown]');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.goto('/options');
  assert.match(await page.innerText('h1'), /My options/);
  await context.close();
});

test('a case is saved, forgotten and opened again', async () => {
  const { page, context } = await visit();
  await open(page);
  const before = await page.locator('main dl').innerText();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Save my answers' }).click()]);
  const saved = JSON.parse(readFileSync(await download.path(), 'utf8'));
  assert.equal(saved.facts.histology, 'undifferentiated_pleomorphic_sarcoma');
  await page.getByRole('button', { name: 'Forget my answers' }).click();
  await page.waitForURL(`${site}/`);
  assert.deepEqual(await context.cookies(), []);
  await page.setInputFiles('#file', await download.path());
  await page.getByRole('button', { name: 'Open' }).click();
  assert.equal(await page.locator('main dl').innerText(), before);
  await context.close();
});

test('without JavaScript the whole way works', async () => {
  const { page, context } = await visit({ javaScriptEnabled: false, viewport: phone });
  await page.goto('/situation');
  for (let pages = 0; pages < 3; pages += 1) await answerPage(page, (fact) => known[fact]);
  await page.goto('/options');
  assert.match(await page.innerText('h1'), /My options/);
  await page.goto('/compare');
  await page.check('input[value=pazopanib]');
  await page.check('input[value=doxorubicin]');
  await page.getByRole('button', { name: 'Compare them side by side' }).click();
  assert.ok(await page.getByRole('heading', { name: 'Harms: side effects' }).count());
  await page.goto('/symptom');
  await page.selectOption('#treatment', 'doxorubicin');
  await page.fill('#symptom', 'fever');
  await page.getByRole('button', { name: 'What to do' }).click();
  assert.match(await page.innerText('#call'), /get help now/i);
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
  await tabTo('Ask about my situation');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/situation/1');
  const first = await page.locator('input[name=asked]').first().getAttribute('value');
  for (let steps = 0; steps < 40 && (await page.evaluate(() => document.activeElement.name)) !== first; steps += 1) await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.name), first);
  if ((await page.evaluate(() => document.activeElement.type)) === 'radio') {
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
  }
  await tabTo('Next');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  await tabTo('My options with what is known so far');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/options');
  await context.close();
});
