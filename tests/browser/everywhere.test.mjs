import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { artifacts, desk, kinds, open, phone, site, visit } from './browser.mjs';

test('no page weighs 80 KB over the wire, asks another host, breaks its own policy or tells a fact in an address', async () => {
  const { page, context, wrong, addresses } = await visit();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  let bytes = 0;
  session.on('Network.loadingFinished', (event) => { bytes += event.encodedDataLength; });
  await open(page);
  const weights = {};
  for (const [kind, go] of Object.entries(kinds)) {
    await go(page);
    await page.waitForLoadState('networkidle');
    bytes = 0;
    // The page as it is reached, once more and alone.
    if (kind === 'called') await page.getByRole('button', { name: 'What should I do?' }).click();
    else await page.reload();
    await page.waitForLoadState('networkidle');
    weights[kind] = bytes;
  }
  console.log('# bytes over the wire:', JSON.stringify(weights));
  for (const [kind, weight] of Object.entries(weights)) assert.ok(weight > 500 && weight < 80 * 1024, `${kind} weighs ${weight} bytes`);
  assert.deepEqual(wrong.filter((text) => !/404|Not Found/.test(text)), []);
  // Nothing but a search by choice, and the mark that asks whether the browser keeps cookies.
  for (const address of addresses) assert.match(address.slice(site.length), /^([^?]*(\?cookie-check)?|\/search\?q=.*)$/);
  await context.close();
});

test('every answer carries the headers that keep it safe', async () => {
  const { page, context } = await visit();
  await open(page);
  for (const path of ['/', '/options', '/treatment/pazopanib', '/take/case.json', '/nothing-here']) {
    const headers = (await page.request.get(path)).headers();
    assert.match(headers['content-security-policy'], /default-src 'none'/, path);
    assert.doesNotMatch(headers['content-security-policy'], /unsafe/, path);
    assert.equal(headers['cache-control'], 'no-store', path);
    assert.equal(headers['x-content-type-options'], 'nosniff', path);
    assert.equal(headers['referrer-policy'], 'same-origin', path);
  }
  const [cookie] = await context.cookies();
  assert.ok(cookie.httpOnly && cookie.sameSite === 'Strict' && cookie.expires === -1, JSON.stringify(cookie));
  assert.doesNotMatch(cookie.value, /sarcoma/);
  await context.close();
});

test('a text browser shows headings and links in order', { skip: spawnSync('w3m', ['-version']).error && 'w3m is not installed' }, () => {
  const dump = (path) => execFileSync('w3m', ['-dump', site + path]).toString();
  assert.match(dump('/'), /Understand your[\s\S]*Start now[\s\S]*Check a symptom[\s\S]*What this guide is[\s\S]*I have a saved file/);
  assert.match(dump('/treatment/pazopanib'), /Pazopanib[\s\S]*Side effects[\s\S]*What studies found[\s\S]*All side effects[\s\S]*Sources/);
  assert.match(dump('/situation'), /Step 1 of 5[\s\S]*Where are you in your treatment\?[\s\S]*I don't know[\s\S]*Continue/);
});

for (const [name, options] of [['phone', { viewport: phone }], ['desk', { viewport: desk }], ['phone-dark', { viewport: phone, colorScheme: 'dark' }]]) {
  test(`screenshots of every page are kept (${name})`, async () => {
    const { page, context } = await visit({ ...options, javaScriptEnabled: false });
    await open(page);
    for (const [kind, go] of Object.entries(kinds)) {
      await go(page);
      const image = await page.screenshot({ path: `${artifacts}${kind}-${name}.png`, fullPage: true });
      assert.ok(image.length > 5000, kind);
    }
    await context.close();
  });
}
