// What the tests share: one browser, a context of its own for each test, and the ways through the site that several tests walk.
import { mkdirSync } from 'node:fs';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const site = process.env.SITE;
export const examples = fileURLToPath(new URL('../../examples/', import.meta.url));
export const artifacts = fileURLToPath(new URL('artifacts/', import.meta.url));
mkdirSync(artifacts, { recursive: true });

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] });
after(() => browser.close());

export const phone = { width: 390, height: 844 };
export const desk = { width: 1280, height: 900 };

// A page in a context of its own. What goes wrong in the console, and requests to elsewhere, are gathered.
export async function visit(options = {}) {
  const context = await browser.newContext({ viewport: phone, baseURL: site, acceptDownloads: true, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(8000);
  const wrong = [];
  const addresses = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && wrong.push(message.text()));
  page.on('request', (request) => {
    addresses.push(request.url());
    if (!request.url().startsWith(site)) wrong.push(`a request to ${request.url()}`);
  });
  return { context, page, wrong, addresses };
}

// Opens a saved case through the start page.
export async function open(page, name = 'newly_found_large_high_grade_thigh.json') {
  await page.goto('/');
  await page.locator('#saved summary').click();
  await page.setInputFiles('#file', examples + name);
  await page.getByRole('button', { name: 'Open' }).click();
  await page.waitForURL('**/review');
}

// Answers what stands on a page of questions: `answer` gives the value for a fact, or nothing for "I don't know".
export async function answerPage(page, answer = () => undefined) {
  // A list of facts has a page of its own.
  if (await page.locator('input[name=list]').count()) {
    const list = await page.locator('input[name=list]').first().getAttribute('value');
    await page.getByRole('button', { name: answer(list) === 'none' ? "I haven't had any cancer drugs" : "I don't know" }).click();
    return [list];
  }
  const facts = await page.locator('input[name=asked]').evaluateAll((inputs) => inputs.map((input) => input.value));
  for (const fact of facts) {
    const wanted = answer(fact) ?? 'unknown';
    // A question with a long list has a text field, and its list is folded.
    const typed = page.locator(`input[name="typed-${fact}"]`);
    const radio = page.locator(`input[type=radio][name="${fact}"][value="${wanted}"]`);
    const select = page.locator(`select[name="${fact}"]`);
    if (await typed.count()) await (wanted === 'unknown' ? page.check(`input[type=checkbox][name="${fact}"]`) : typed.fill(wanted));
    else if (await radio.count()) await radio.check();
    else if (await select.count()) await select.selectOption(wanted);
    else if (wanted === 'unknown') await page.check(`input[type=checkbox][name="${fact}"]`);
    else await page.fill(`input[type=text][name="${fact}"]`, wanted);
  }
  await page.getByRole('button', { name: 'Continue' }).click();
  return facts;
}

// Parts of a plan for the case that is opened.
export const plan = ['neoadjuvant/radiation_before_surgery', 'surgery/limb_sparing_surgery', 'supportive/supportive_care', 'follow_up/survivorship_follow_up'];

// Opens all folded parts of a page.
export const unfold = (page) => page.evaluate(() => document.querySelectorAll('main details').forEach((part) => (part.open = true)));

// The kinds of pages, each with the way there.
export const kinds = {
  start: (page) => page.goto('/'),
  situation: (page) => page.goto('/situation'),
  question: (page) => page.goto('/question/size'),
  histology: (page) => page.goto('/question/histology'),
  letter: (page) => page.goto('/question/letter'),
  list: (page) => page.goto('/question/drugs_so_far'),
  found: async (page) => {
    await page.goto('/question/drugs_so_far');
    await page.fill('#find', 'gemcitabin');
    await page.locator('main').getByRole('button', { name: 'Search' }).click();
    await page.locator('main [role=status]').waitFor();
  },
  entry: async (page) => {
    await page.goto('/question/drugs_so_far');
    await page.locator('main details summary').first().click();
    await page.getByRole('button', { name: /^Add Doxorubicin \(/ }).click();
    await page.locator('#how').waitFor();
  },
  review: (page) => page.goto('/review'),
  sheet: (page) => page.goto('/visit'),
  options: (page) => page.goto('/options'),
  treatment: (page) => page.goto('/treatment/radiation_before_surgery'),
  withdrawn: (page) => page.goto('/treatment/tazemetostat'),
  compare: async (page) => {
    await page.goto('/options');
    await unfold(page);
    await page.check('input[name=compare][value=radiation_before_surgery]');
    await page.check('input[name=compare][value=limb_sparing_surgery]');
    await page.locator('.compare-bar').getByRole('button').click();
    await page.waitForURL('**/compare');
  },
  parts: (page) => page.goto('/timeline'),
  plan: async (page) => {
    await page.goto('/timeline');
    for (const step of plan) await page.check(`input[name=step][value="${step}"]`);
    await page.getByRole('button', { name: 'Show them one after the other' }).click();
    await page.getByRole('heading', { level: 1, name: 'How the steps follow one another' }).waitFor();
  },
  symptom: (page) => page.goto('/symptom'),
  called: async (page) => {
    await page.goto('/symptom');
    await page.fill('#symptom', 'I have a fever');
    await page.getByRole('button', { name: 'What should I do?' }).click();
  },
  matters: (page) => page.goto('/matters'),
  carry: (page) => page.goto('/carry'),
  link: async (page) => {
    await page.goto('/carry');
    await page.getByRole('button', { name: 'Make a link and a code' }).click();
    await page.locator('#made').waitFor();
  },
  differences: async (page) => {
    await page.goto('/matters');
    await page.check('input[name=limb][value=much]');
    await page.check('input[name=travel][value=little]');
    await page.check('input[name=sexuality][value=some]');
    await page.getByRole('button', { name: 'See where my options differ' }).click();
    await page.waitForURL('**/matters/summary');
  },
  contents: (page) => page.goto('/guide'),
  treatments: (page) => page.goto('/guide/treatments'),
  effects: (page) => page.goto('/guide/effects'),
  types: (page) => page.goto('/guide/types'),
  stages: (page) => page.goto('/guide/stages'),
  team: (page) => page.goto('/guide/team'),
  glossary: (page) => page.goto('/guide/glossary'),
  links: (page) => page.goto('/guide/links'),
  sources: (page) => page.goto('/guide/sources'),
  about: (page) => page.goto('/guide/about'),
  effect: (page) => page.goto('/effect/fever'),
  type: (page) => page.goto('/type/synovial_sarcoma'),
  search: (page) => page.goto('/search?q=radation'),
  missing: (page) => page.goto('/nothing-here'),
};
