// Answers go from a phone to a laptop: with the script of the page, and without any script.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerPage, desk, open, phone, site, visit } from './browser.mjs';

// What a browser sends, apart from the body of the form that opens the link.
function watch(page) {
  const sent = [];
  page.on('request', async (request) => {
    sent.push(request.url(), JSON.stringify(await request.allHeaders()));
    if (request.method() !== 'POST') sent.push(request.postData() ?? '');
  });
  return sent;
}

async function make(page) {
  await open(page);
  await page.getByRole('link', { name: 'Continue on another device' }).click();
  await page.getByRole('button', { name: 'Make a link and a code' }).click();
  await page.getByRole('heading', { level: 1, name: 'Your link is ready' }).waitFor();
  return page.inputValue('#made');
}

const answers = async (page) => {
  await page.goto('/review');
  return page.innerText('main');
};

for (const javaScriptEnabled of [true, false]) {
  test(`a phone hands its answers over to a laptop ${javaScriptEnabled ? 'with' : 'without'} scripts`, async () => {
    const first = await visit({ viewport: phone, javaScriptEnabled });
    const link = await make(first.page);
    assert.match(link, /^http:\/\/127\.0\.0\.1:\d+\/carry#[\w-]{55,760}$/);
    assert.ok(link.length <= 800, `${link.length} characters`);
    const [, text] = link.split('#');
    // The code is all on a phone's screen, and large enough to scan.
    const box = await first.page.locator('svg.qr').boundingBox();
    assert.ok(box.width >= 240 && box.x >= 0 && box.x + box.width <= phone.width, JSON.stringify(box));

    const second = await visit({ viewport: desk, javaScriptEnabled });
    const sent = watch(second.page);
    await second.page.goto(link);
    const field = second.page.locator('#link');
    if (javaScriptEnabled) {
      await second.page.getByText('Your link is in the box below. Nothing is open yet.').waitFor();
      assert.equal(second.page.url(), `${site}/carry`);
      assert.equal(await field.inputValue(), text);
      assert.equal(await second.page.evaluate(() => document.activeElement.id), 'arrived');
      assert.ok(await second.page.getByRole('button', { name: 'Make a link' }).isHidden());
    } else {
      assert.equal(await field.inputValue(), '');
      await second.page.getByText('copy the whole address').waitFor();
      await field.fill(link);
    }
    // Before the button is pressed, nothing is open.
    assert.deepEqual(await second.context.cookies(), []);
    await second.page.getByRole('button', { name: 'Open my answers' }).click();
    await second.page.waitForURL('**/review');
    assert.equal(new URL(second.page.url()).hash, '');
    assert.equal(await second.page.innerText('main'), await answers(first.page));
    for (const one of sent) assert.ok(!one.includes(text.slice(0, 20)), one.slice(0, 200));
    if (javaScriptEnabled) {
      // Going back shows the page without the text in its address.
      await second.page.goBack();
      assert.equal(second.page.url(), `${site}/carry`);
    }
    assert.deepEqual([...first.wrong, ...second.wrong].filter((one) => !/409|422/.test(one)), []);
    await first.context.close();
    await second.context.close();
  });
}

test('a link put into the address of the open page is taken too, and a place on the page is not', async () => {
  const first = await visit();
  const link = await make(first.page);
  const { page, context } = await visit();
  await page.goto('/carry');
  await page.goto('/carry#get');
  assert.equal(page.url(), `${site}/carry#get`);
  assert.equal(await page.inputValue('#link'), '');
  await page.evaluate((to) => { location.href = to; }, link);
  await page.waitForURL(`${site}/carry`);
  assert.equal(await page.inputValue('#link'), link.split('#')[1]);
  await first.context.close();
  await context.close();
});

test('a link with anything in its fragment runs nothing, and opens nothing', async () => {
  const { page, context, wrong } = await visit();
  for (const fragment of ['<img src=x onerror=alert(1)>'.repeat(3), 'javascript:alert(1)//'.repeat(4), 'A'.repeat(60_000)]) {
    let ran = false;
    page.on('dialog', (dialog) => { ran = true; return dialog.dismiss(); });
    await page.goto('/');
    await page.goto(`/carry#${fragment}`);
    await page.getByText('Nothing is open yet').waitFor();
    assert.equal(page.url(), `${site}/carry`);
    assert.equal(await page.locator('main img').count(), 0);
    await page.getByRole('button', { name: 'Open my answers' }).click();
    await page.locator('[role=alert]').waitFor();
    assert.match(await page.innerText('[role=alert]'), /The answers on this device haven't changed/);
    assert.equal(ran, false);
    page.removeAllListeners('dialog');
  }
  assert.deepEqual(await context.cookies(), []);
  assert.deepEqual(wrong.filter((one) => !/422/.test(one)), []);
  await context.close();
});

test('a device that has answers keeps them until its person chooses', async () => {
  const first = await visit();
  const link = await make(first.page);
  const { page, context } = await visit();
  await page.goto('/situation');
  await answerPage(page, (fact) => (fact === 'age' ? '71' : undefined));
  const before = await answers(page);
  await page.goto(link);
  await page.getByText('The link replaces them.').waitFor();
  await page.getByRole('link', { name: 'Keep the answers on this device' }).click();
  await page.waitForURL('**/review');
  assert.equal(await page.innerText('main'), before);
  await page.goto('/');
  await page.goto(link);
  await page.getByRole('button', { name: 'Open my answers' }).click();
  await page.waitForURL('**/review');
  assert.equal(await page.innerText('main'), await answers(first.page));
  await first.context.close();
  await context.close();
});
