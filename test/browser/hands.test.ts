import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { startChromium } from './chromium.ts';
import { Desk } from './desk.ts';
import { type Product, startProduct } from './product.ts';

/** Asked inside the page. */
const FOCUSED =
  "(({ activeElement: one }) => one.getAttribute('aria-label') ?? one.labels?.[0]?.innerText ?? one.innerText ?? '')(document)";
const SIDEWAYS = 'document.documentElement.scrollWidth - window.innerWidth';
const RIGHTMOST =
  "Math.max(...[...document.querySelectorAll('dialog *')].map((part) => part.getBoundingClientRect().right)) - window.innerWidth";

let browser: Browser;
let product: Product;

beforeAll(async () => {
  browser = await startChromium();
});
beforeEach(async () => {
  product = await startProduct();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await product.discard();
});
afterAll(async () => {
  await browser?.close();
});

it('lets one open a vote and cast a ballot with the keyboard alone', async () => {
  const desk = await Desk.open(browser, product.url);
  const { page, dialog } = desk;
  const { keyboard } = page;
  const focused = async () => String(await page.evaluate(FOCUSED)).trim();
  async function tabTo(name: string): Promise<void> {
    for (let tabs = 0; tabs < 80; tabs++) {
      if ((await focused()).endsWith(name)) return;
      await keyboard.press('Tab');
    }
    throw new Error(`“${name}” is not reached by the tab key`);
  }

  await tabTo('Go to the message field');
  await keyboard.press('Enter');
  expect(await focused()).toBe('Message or command');
  await keyboard.type('/g');
  await keyboard.press('Tab');
  await keyboard.type('churn');
  await keyboard.press('Enter');
  await dialog.getByRole('heading', { name: 'Open a go/no-go vote' }).waitFor();
  await keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await tabTo('Message or command');
  await keyboard.type('/go-no-go churn');
  await keyboard.press('Enter');
  await dialog.waitFor();
  await tabTo('Without a review or readiness check: why?');
  await keyboard.type('On paper');
  await tabTo('Open the vote');
  await keyboard.press('Enter');
  await desk.told('is open until');

  await tabTo('Member 1');
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: '#steering-committee' }).waitFor();
  await tabTo('Vote');
  await keyboard.press('Enter');
  await dialog.getByRole('heading', { name: 'Your ballot' }).waitFor();
  await keyboard.press('ArrowRight');
  await keyboard.press('Enter');
  await dialog.getByRole('heading', { name: 'Your reasons' }).waitFor();
  await keyboard.type('Not yet');
  await tabTo('Cast ballot');
  await keyboard.press('Enter');
  await desk.told('Counted: 14 go, 1 no-go');
});

it('keeps what was typed when a form is closed or the server cannot be reached, and changes something once', async () => {
  const desk = await Desk.open(browser, product.url);
  const { page, dialog } = desk;
  await desk.openVote();
  await desk.person('Member 1').click();
  await desk.press('Recuse myself');
  const reason = dialog.getByRole('textbox', { name: 'Why?' });
  await reason.fill('I lead the team that built it');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await desk.press('Recuse myself');
  expect(await reason.inputValue()).toBe('I lead the team that built it');

  const nonces: string[] = [];
  await page.route('**/local/press', async (route) => {
    nonces.push((route.request().postDataJSON() as { nonce: string }).nonce);
    // The first one arrives, and its answer is lost.
    if (nonces.length === 1) await route.fetch();
    await (nonces.length < 3 ? route.abort() : route.continue());
  });
  await desk.submit('Recuse myself');
  await dialog.getByText('Offshoot could not be reached.').waitFor();
  expect(await reason.inputValue()).toBe('I lead the team that built it');
  await desk.submit('Recuse myself');
  await expect.poll(() => nonces.length).toBe(2);
  await expect.poll(() => dialog.getByRole('button', { name: 'Recuse myself' }).isEnabled()).toBe(true);
  await desk.submit('Recuse myself');
  await desk.told('You are recused');
  expect(new Set(nonces).size).toBe(1);
});

it('shows whoever manages a vote what they may do now, once, and takes it from there', async () => {
  const desk = await Desk.open(browser, product.url);
  await desk.openVote();
  await desk.person('Chair').click();
  await desk.press('Manage this vote');
  await desk.told('Manage the vote');
  await desk.press('Nudge');
  await desk.told('Nudged: 5 members');
  await desk.press('Manage this vote');
  await desk.told('Members were nudged');
  expect(await desk.replies.getByRole('article').filter({ hasText: 'Manage the vote' }).count()).toBe(1);
  await desk.press('Cancel the vote');
  await desk.dialog.getByRole('textbox', { name: 'Why is it cancelled?' }).fill('A rehearsal');
  await desk.submit('Cancel the vote');
  await desk.told('The vote is cancelled.');
});

it('takes a double click as one', async () => {
  const desk = await Desk.open(browser, product.url);
  await desk.write('/go-no-go churn');
  await desk.sayWhyWithout();
  await desk.dialog.getByRole('button', { name: 'Open the vote' }).dblclick();
  await desk.told('is open until');
  await desk.message('Go/no-go').waitFor();
  await desk.person('Member 1').click();
  await desk.page.getByRole('button', { name: 'Vote', exact: true }).dblclick();
  await desk.dialog.getByRole('button', { name: 'Cast ballot' }).dblclick();
  await desk.told('Counted: 15 go');
  await desk.message('1 of 5 voted').waitFor();
  expect(await desk.replies.getByRole('article').count()).toBe(1);
  expect(await desk.page.locator('.message').count()).toBe(1);
});

it('says when the connection is lost, and shows what happened once it is back', async () => {
  const desk = await Desk.open(browser, product.url);
  const witness = await Desk.open(browser, `${product.url}#sponsor/steering-committee`);
  await product.stop();
  await witness.page.getByText('The connection is lost. Trying again…').waitFor();
  await desk.write('Is anybody there?');
  await desk.told('Offshoot could not be reached.');
  expect(await desk.composer.inputValue()).toBe('Is anybody there?');
  await product.start();
  await witness.page.getByText('The connection is lost. Trying again…').waitFor({ state: 'hidden' });
  await desk.composer.press('Enter');
  await witness.message('Is anybody there?').waitFor();
  await witness.channel('#general').click();
  await desk.write('And here?');
  await witness.channel('#steering-committee (new messages)').waitFor();
});

it('fits a phone: nothing is cut or scrolls sideways, and a ballot can be cast', async () => {
  const desk = await Desk.open(browser, product.url, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  const { page, dialog } = desk;
  await page.getByRole('button', { name: 'Dismiss' }).tap();
  await desk.openVote();
  expect(await page.evaluate(SIDEWAYS)).toBeLessThanOrEqual(0);
  expect((await desk.composer.boundingBox())!.y).toBeLessThan(740 - 30);
  await desk.person('Member 2').tap();
  await page.getByRole('button', { name: 'Vote', exact: true }).tap();
  const ballot = dialog.getByRole('radiogroup', { name: 'Positive ROI at scale' });
  await ballot.getByText('Abstain').tap();
  expect(await page.evaluate(RIGHTMOST)).toBeLessThanOrEqual(0);
  await dialog.getByRole('button', { name: 'Cast ballot' }).tap();
  await desk.told('Counted: 14 go, 1 abstain');
});
