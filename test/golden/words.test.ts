import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verbs } from '../../flows/index.ts';
import { NUDGES } from '../../flows/mute/nudge.ts';
import { commandOf } from '../../src/commands.ts';
import type { Form } from '../../src/form.ts';
import { samples, USUAL } from './samples.ts';

const file = join(import.meta.dirname, '../../docs/words.md');
const writes = process.env.GOLDEN === 'write';
const { cards, forms } = samples(USUAL);

/** The criteria of a ballot or of a page of a review are many, and stand among the fields. */
const MANY = 12;

/** docs/words.md names every command, kind of nudge, button and field, and nothing that is not there: people and scripts go by these words. */
describe('docs/words.md', () => {
  it.each([
    ['Commands', commands()],
    ['Nudges', nudges()],
    ['Buttons', buttons()],
    ['Forms', formsTable()],
    ['Fields', fields()],
  ])('lists all %s', (heading, wanted) => {
    const page = readFileSync(file, 'utf8');
    const section = page.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
    const table = section.slice(section.indexOf('\n| ') + 1, section.lastIndexOf(' |\n') + 3);
    if (writes)
      writeFileSync(
        file,
        page.replace(table, () => wanted),
      );
    else expect(table).toBe(wanted);
  });
});

function commands(): string {
  const rows = verbs.map((verb) => [`\`${commandOf(verb)}\``, (verb.also ?? []).join(', '), verb.about ?? '', verb.does]);
  return tableOf(['command', 'also', 'what follows', 'what it does'], rows);
}

const nudges = (): string =>
  tableOf(
    ['nudges', 'of'],
    Object.values(NUDGES).map(({ name, of }) => [name, of]),
  );

/** A button that names a thing of its own stands with “…” in its place. */
function buttons(): string {
  const on = new Map<string, Set<string>>();
  for (const [name, card] of cards) {
    const all = [...(card.buttons ?? []), ...card.parts.flatMap((part) => (part.kind === 'buttons' ? part.buttons : []))];
    for (const { label } of all) {
      const word = label.replace(/^([^:]+): .*/, '$1: …');
      on.set(word, (on.get(word) ?? new Set()).add(name.startsWith('page ') ? 'lists' : name.split(' ')[0]!));
    }
  }
  return tableOf(
    ['button', 'on'],
    sorted(on).map(([label, places]) => [label, [...places].toSorted().join(', ')]),
  );
}

function formsTable(): string {
  const rows = new Map([...forms.values()].map((form) => [`${form.title}: ${form.submit}`, labelsOf(form)]));
  return tableOf(
    ['form', 'fields'],
    [...rows].map(([form, labels]) => [form, labels.length > MANY ? 'its criteria' : labels.join(', ') || 'none']),
  );
}

function fields(): string {
  const rows = new Map<string, string>();
  for (const form of forms.values())
    for (const { label, options } of form.fields) {
      const choices = (options ?? []).some((option) => option.value.includes('/'))
        ? 'what is registered'
        : choicesOf((options ?? []).map((option) => option.label));
      if (!isReason(label)) rows.set(label, choices || (rows.get(label) ?? ''));
    }
  return tableOf(['field', 'choices'], sorted(rows));
}

/** Of a long list the beginning: its criteria stand among the fields. */
const choicesOf = (labels: readonly string[]): string =>
  labels.length > MANY ? `${labels.slice(0, 2).join(' · ')} · … (${labels.length})` : labels.join(' · ');

const isReason = (label: string): boolean => /: why (no-go|missing)\?$/.test(label);
const labelsOf = ({ fields: all }: Form): string[] =>
  all.some(({ label }) => isReason(label)) ? ['a reason for each'] : all.map(({ label }) => label);

const sorted = <Value>(rows: ReadonlyMap<string, Value>): [string, Value][] => [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1));
const tableOf = (heading: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heading, heading.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
