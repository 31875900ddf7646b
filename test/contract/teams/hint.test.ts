import { expect, it } from 'vitest';
import { formCard } from '../../../adapters/teams/form.ts';
import type { Form } from '../../../src/form.ts';

it('a hint holds what people typed letter by letter: no link, no emphasis, no date', () => {
  const hint = 'Put in as evidence: “[free](https://evil.example) *now* {{DATE(2027-03-01T09:00:00Z)}}”';
  const form: Form = {
    title: 'Page',
    submit: 'Send',
    intro: [],
    fields: [{ key: 'accuracy', kind: 'text', label: 'Accuracy', required: false, hint }],
    press: { to: 'review/1', input: 'technical' },
    shape: 'x',
  };
  const names = { person: String, channel: String };
  const { body } = formCard(form, { names, choices: { people: [], channels: [] }, zone: 'UTC' }, {}) as { body: object[] };
  const said = body.filter((one) => JSON.stringify(one).includes('evil.example'));
  // Only the runs of a RichTextBlock are never read as Markdown.
  expect(said).toMatchObject([{ type: 'RichTextBlock', inlines: [{ type: 'TextRun' }] }]);
  expect(JSON.stringify(said)).not.toContain('{{DATE');
});
