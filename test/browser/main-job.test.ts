import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startChromium } from './chromium.ts';
import { Desk } from './desk.ts';
import { type Product, startProduct } from './product.ts';

const TYPED = 'Too *much* of <b>it</b> & {{DATE(2026-11-24T09:00:00Z)}}';

let browser: Browser;
let product: Product;

beforeAll(async () => {
  // Not at once: the first browser is unpacked with another temporary folder set.
  browser = await startChromium();
  product = await startProduct();
});

afterAll(async () => {
  await browser?.close();
  await product?.discard();
});

it('goes from the command over the vote and the decision to the answered reminder, as people see it', async () => {
  const desk = await Desk.open(browser, product.url);
  const { page, dialog } = desk;
  const witness = await Desk.open(browser, `${product.url}#sponsor/steering-committee`);
  await page.getByRole('heading', { name: 'What to do first' }).waitFor();

  await desk.composer.fill('/go');
  await page.getByRole('option', { name: 'Opens a go/no-go vote' }).waitFor();
  await desk.composer.press('Enter');
  expect(await desk.composer.inputValue()).toBe('/go-no-go ');
  await desk.composer.pressSequentially('churn');
  await desk.composer.press('Enter');
  await dialog.getByRole('heading', { name: 'Open a go/no-go vote' }).waitFor();
  await desk.submit('Open the vote');
  await dialog.getByText('There is no posted pilot review and no finished readiness check of Churn model.').waitFor();
  await desk.sayWhyWithout();
  await desk.submit('Open the vote');
  await desk.told('The vote on Churn model is open until');
  await desk.message('0 of 5 voted').waitFor();

  for (const member of ['Chair', 'Member 1', 'Member 2']) {
    await desk.person(member).click();
    await desk.press('Vote');
    await desk.submit('Cast ballot');
    await desk.told('Counted: 15 go; you can change it until');
  }

  await desk.person('Member 3').click();
  await desk.press('Vote');
  await dialog.getByRole('radiogroup', { name: 'Technical debt within limits' }).getByRole('radio', { name: 'Missing' }).check();
  await desk.submit('Cast ballot');
  await dialog.getByRole('heading', { name: 'Your reasons' }).waitFor();
  await dialog.getByRole('textbox', { name: 'Technical debt within limits: why missing?' }).fill(TYPED);
  await desk.submit('Cast ballot');
  await desk.told('Counted: 14 go, 1 missing');
  await witness.message('4 of 5 voted').waitFor();
  await desk.message('4 of 5 voted').waitFor();
  expect(await desk.message('4 of 5 voted').innerText()).not.toContain('Technical debt');

  await desk.person('Member 4').click();
  await desk.press('Vote');
  await desk.submit('Cast ballot');
  await desk.told('Yours was the last ballot, so the vote is closed');
  await desk.message('It would have been GO with').waitFor();
  const reasons = desk.message('Member 3, missing on');
  expect((await reasons.innerText()).replaceAll('\u200b', '')).toContain(`Member 3, missing on “Technical debt within limits”: ${TYPED}`);
  expect(await reasons.locator('b').count()).toBe(0);
  expect(await page.getByRole('list', { name: 'Thread' }).filter({ has: reasons }).count()).toBe(1);
  await desk.message('D-1 GO WITH CONDITIONS').waitFor();
  expect(await page.getByRole('button', { name: 'Vote', exact: true }).count()).toBe(0);

  await desk.person('Chair').click();
  await desk.press('Assign: Technical debt within limits');
  await desk.submit('Ask the owner');
  await dialog.getByText('“How will it be measured?” is needed.').waitFor();
  await dialog.getByRole('textbox', { name: 'How will it be measured?' }).fill('Under ten days, by the code scan');
  await desk.submit('Ask the owner');
  await desk.told('PM is asked to accept');
  await desk.press('Write the rationale');
  await dialog.getByRole('textbox', { name: 'Rationale' }).fill('It pays, and the debt is known.');
  await desk.submit('Save');
  await desk.told('The rationale stands on the decision.');
  await desk.message(/D-1 GO WITH CONDITIONS.*It pays, and the debt is known/s).waitFor();

  await desk.person('PM (new messages)').click();
  await desk.channel('Direct messages (new messages)').or(desk.channel('Direct messages')).click();
  await desk.message('A condition for you').waitFor();
  await desk.press('Accept');
  await desk.told('It was the last one: the decision is final.');
  await desk.channel('#steering-committee').click();
  await desk.message('D-1 is final').waitFor();

  await desk.press('+1 month');
  await desk.press('+1 day');
  await desk.channel('#churn-model').click();
  await desk.message('Retraining').waitFor();
  await desk.press('Done');
  await dialog.getByRole('radiogroup', { name: 'Was the model retrained?' }).getByRole('radio', { name: 'Yes' }).check();
  for (const question of ['Still compliant?', 'Still representative?', 'Still reliable?', 'Still generating value?'])
    await dialog.getByRole('radiogroup', { name: question }).getByRole('radio', { name: 'Yes' }).check();
  await dialog.getByRole('textbox', { name: 'Metric', exact: false }).first().fill('Accuracy');
  await dialog.getByRole('textbox', { name: 'Metric now' }).fill('eighty');
  await dialog.getByRole('textbox', { name: 'Target' }).fill('80');
  await dialog.getByRole('textbox', { name: 'On which data window?' }).fill('Up to March');
  await desk.submit('Done');
  await dialog.getByText('Metric now: A number, please, like 80 or 12.5.').waitFor();
  expect(await dialog.getByRole('textbox', { name: 'On which data window?' }).inputValue()).toBe('Up to March');
  await dialog.getByRole('textbox', { name: 'Metric now' }).fill('81,5');
  await desk.submit('Done');
  await desk.told('Thank you, that is recorded.');
  await desk.message('Accuracy 81.5 (target 80)').waitFor();
  expect(desk.complaints).toEqual([]);
  for (const context of browser.contexts()) await context.close();
});
