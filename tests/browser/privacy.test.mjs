import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { networkInterfaces } from 'node:os';
import { test } from 'node:test';
import { answerPage, site, visit } from './browser.mjs';

// A server of its own, at another address than the others' or with a key of its own.
async function serve(...more) {
  const server = spawn(process.env.SARCOGUIDE, ['serve', ...more], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const text of server.stdout.setEncoding('utf8')) {
    const told = /http:\/\/[^/]+/.exec(text);
    if (told) return { server, at: told[0] };
  }
  assert.fail('the server did not start');
}

const other = Object.values(networkInterfaces()).flat().find((one) => one.family === 'IPv4' && !one.internal)?.address;

test('at an address other than loopback, not encrypted, forms work as well', { skip: other ? false : 'this machine has no other address' }, async () => {
  const { server, at } = await serve('--addr', `${other}:0`);
  try {
    const { page, context } = await visit({ baseURL: at });
    await page.goto('/question/age');
    await page.fill('#age', '54');
    const [request] = await Promise.all([page.waitForRequest((one) => one.method() === 'POST'), page.getByRole('button', { name: 'Continue' }).click()]);
    await page.waitForURL('**/review');
    const headers = await request.allHeaders();
    // What the test is about: the browser tells nothing but the origin there.
    assert.equal(headers['sec-fetch-site'], undefined);
    assert.equal(headers.origin, at);
    await page.goto('/review');
    assert.match(await page.innerText('main'), /54/);
    await page.getByRole('button', { name: 'Forget my answers' }).click();
    await page.waitForURL(`${at}/`);
    await context.close();
  } finally {
    server.kill();
  }
});

test('after "Forget my answers" the way back shows no answer', async () => {
  const { page, context } = await visit();
  await page.goto('/situation');
  for (let pages = 0; pages < 2; pages += 1) await answerPage(page, (fact) => (fact === 'age' ? '54' : undefined));
  await page.goto('/question/histology');
  await page.fill('#histology', 'leiomyosarcoma');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL('**/review');
  await page.goto('/question/wants_children');
  await page.check('input[name=wants_children][value=yes]');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL('**/review');
  await page.goto('/matters');
  await page.locator('main input[type=radio]').first().check();
  await page.getByRole('button', { name: 'See where my options differ' }).click();
  await page.waitForURL('**/matters/summary');
  await page.goto('/compare');
  await page.check('input[value=pazopanib]');
  await page.check('input[value=doxorubicin]');
  await page.getByRole('button', { name: 'Compare them side by side' }).click();
  await page.goto('/symptom');
  await page.selectOption('#treatment', 'doxorubicin');
  await page.goto('/review');
  await page.getByRole('button', { name: 'Forget my answers' }).click();
  await page.waitForURL(`${site}/`);
  assert.deepEqual(await context.cookies(), []);
  // What the server puts there is for nobody: nothing is chosen, nothing typed.
  const left = () => page.locator('main').evaluate((main) => [
    ...[...main.querySelectorAll('input[type=radio]:checked, input[type=checkbox]:checked')].map((input) => `${input.name}=${input.value}`),
    ...[...main.querySelectorAll('input[type=text], input[type=date], select')].filter((field) => field.value && field.value !== 'unknown').map((field) => `${field.name}=${field.value}`),
  ]);
  let seen = 0;
  for (let steps = 0; steps < 10; steps += 1) {
    // A page that was the answer to a form is asked for again by none.
    const back = await page.goBack({ timeout: 4000 }).catch(() => null);
    if (!page.url().startsWith(site)) break;
    if (!back) continue;
    assert.deepEqual(await left(), [], page.url());
    seen += 1;
  }
  assert.ok(seen >= 6, `${seen} pages were gone back to`);
  await context.close();
});

test('answers that a new server cannot open are told of, and one starts anew', async () => {
  const first = await serve('--addr', '127.0.0.1:0');
  const { page, context } = await visit({ baseURL: first.at });
  await page.goto('/situation');
  await answerPage(page);
  await page.waitForURL('**/situation/2');
  first.server.kill();
  await new Promise((ended) => first.server.once('exit', ended));
  const { server } = await serve('--addr', first.at.replace('http://', ''));
  try {
    const [response] = await Promise.all([page.waitForResponse((one) => one.request().method() === 'POST'), page.getByRole('button', { name: 'Continue' }).click()]);
    assert.equal(response.status(), 409);
    assert.match(await page.innerText('main'), /What you sent was not kept/);
    await page.getByRole('button', { name: 'Start anew' }).click();
    await page.waitForURL(`${first.at}/`);
    assert.equal(await page.getByText('Your earlier answers can no longer be opened').count(), 0);
    assert.deepEqual(await context.cookies(), []);
    await context.close();
  } finally {
    server.kill();
  }
});
