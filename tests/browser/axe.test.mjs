// What axe-core finds on every kind of page, in every kind of window. Two windows are looked at at a time.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import { desk, kinds, open, phone, visit } from './browser.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// The pages forbid scripts, so axe is let in by a context that does not ask them.
const screens = {
  'on a phone': { viewport: phone },
  'on a phone in the dark': { viewport: phone, colorScheme: 'dark' },
  'at 320 pixels': { viewport: { width: 320, height: 640 } },
  'at a zoom of 400 %': { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 },
  'on a desk': { viewport: desk },
  'on a desk in the dark': { viewport: desk, colorScheme: 'dark' },
};

describe('axe', { concurrency: 2 }, () => {
  for (const [screen, options] of Object.entries(screens)) {
    test(`axe finds nothing on any page ${screen}`, async () => {
      const { page, context } = await visit({ ...options, bypassCSP: true });
      await open(page);
      for (const team of [false, true]) {
        if (team) await page.goto('/').then(() => page.getByRole('button', { name: 'Show codes, rules and evidence' }).click());
        for (const [kind, go] of Object.entries(kinds)) {
          if (team && !['options', 'treatment', 'compare'].includes(kind)) continue;
          await go(page);
          // The menu lies above the page while it's open, so it's looked at by itself.
          await page.evaluate(() => document.querySelectorAll('main details').forEach((details) => { details.open = true; }));
          await page.addScriptTag({ content: axe });
          const { violations } = await page.evaluate((values) => axe.run(document, { runOnly: { type: 'tag', values } }), tags);
          const told = violations.map((one) => `${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(' | ')}`);
          assert.deepEqual(told, [], `${kind}, for the team: ${team}`);
          if (kind === 'start' || kind === 'options') {
            await page.evaluate(() => { document.querySelector('.menu').open = true; });
            const menu = await page.evaluate((values) => axe.run('header', { runOnly: { type: 'tag', values } }), tags);
            assert.deepEqual(menu.violations.map((one) => `${one.id}: ${one.help}`), [], `the menu, for the team: ${team}`);
          }
          if (options.viewport.width === 320) {
            const width = await page.evaluate(() => document.documentElement.scrollWidth);
            assert.ok(width <= 320, `${kind} is ${width} pixels wide`);
          }
        }
      }
      await context.close();
    });
  }
});
