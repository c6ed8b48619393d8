// The pictures of the docs. `tools/screenshots` runs this; it isn't a test, but fails when a page can't be reached.
import { mkdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { open, visit } from './browser.mjs';

const images = fileURLToPath(new URL('../../docs/images/', import.meta.url));
const height = 580;

test('docs/images/options.png shows the options of an example on a phone and on a desktop', async () => {
  const shots = [];
  for (const width of [390, 900]) {
    const { page, context } = await visit({ viewport: { width, height } });
    await open(page, 'after_surgery_positive_margins.toml');
    await page.goto('/options');
    // Below the facts of the case, so that the picture shows options.
    const { y } = await page.getByRole('heading', { name: 'What is usual' }).boundingBox();
    const shot = await page.screenshot({ fullPage: true, clip: { x: 0, y: y - 24, width, height } });
    shots.push({ width, data: shot.toString('base64') });
    await context.close();
  }
  const { page, context } = await visit({ viewport: { width: 390 + 900 + 3 * 24, height: height + 2 * 24 } });
  const pictures = shots.map(({ width, data }) => `<img width="${width}" height="${height}" src="data:image/png;base64,${data}">`);
  await page.setContent(`<style>
    body { margin: 24px; display: flex; gap: 24px; background: #d8dde3 }
    img { border-radius: 12px; box-shadow: 0 2px 8px #0004 }
  </style>${pictures.join('')}`);
  mkdirSync(images, { recursive: true });
  await page.screenshot({ path: `${images}options.png` });
  await context.close();
});
