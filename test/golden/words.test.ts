import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verbs } from '../../flows/index.ts';
import { commandOf } from '../../src/commands.ts';
import { samples, USUAL } from './samples.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/words.md'), 'utf8');
const { cards, forms } = samples(USUAL);

/** A table's first column, below a heading. */
function listed(heading: string): string[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  return [...section.matchAll(/^\| ([^|]+?) \|/gm)].map(([, cell]) => cell!.replaceAll('`', '')).slice(2);
}

const sorted = (words: Iterable<string>): string[] => [...new Set(words)].toSorted();

/** docs/words.md names every command, button and field, and nothing that is not there: people and scripts go by these words. */
describe('docs/words.md', () => {
  it('lists every command', () => {
    expect(sorted(listed('Commands'))).toEqual(sorted(verbs.map(commandOf)));
  });

  it('lists every button', () => {
    const buttons = [...cards.values()].flatMap((card) => [
      ...(card.buttons ?? []),
      ...card.parts.flatMap((part) => (part.kind === 'buttons' ? part.buttons : [])),
    ]);
    expect(sorted(listed('Buttons'))).toEqual(sorted(buttons.map((button) => button.label.replace(/^(Assign|Assign anew): .*/, '$1: …'))));
  });

  it('lists every form with its fields', () => {
    const rows = [...forms.values()].map((form) => `${form.title}: ${form.submit}`);
    expect(sorted(listed('Forms'))).toEqual(sorted(rows));
  });

  it('lists every field', () => {
    const labels = [...forms.values()]
      .flatMap((form) => form.fields.map((field) => field.label))
      .filter((label) => !/: why (no-go|missing)\?$/.test(label));
    expect(sorted(listed('Fields'))).toEqual(sorted(labels));
  });
});
