import { expect, it } from 'vitest';
import { formCard } from '../../../adapters/teams/form.ts';
import type { Form } from '../../../src/form.ts';
import { textOf } from './cards.ts';

const form: Form = {
  title: 'Your reasons',
  submit: 'Cast ballot',
  intro: [],
  fields: [{ key: 'debt', label: 'Debt: why missing?', kind: 'lines', required: true }],
  press: { to: 'vote/1', input: 'reasons' },
  shape: '',
};

it.each([
  ['“Debt: why missing?” is needed.', '“Debt: why missing?” is needed.'],
  ['At most 1,000 characters, please.', 'Debt: why missing?: At most 1,000 characters, please.'],
])('names a wrong field once: %s', (error, shown) => {
  const names = { person: () => '', channel: () => '' };
  const card = formCard(form, { names, choices: { people: [], channels: [] }, zone: 'UTC', errors: { debt: error } }, {});
  expect(textOf(card as never).split('\n')[0]).toBe(shown);
});
