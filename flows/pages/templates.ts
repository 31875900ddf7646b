import { button, type Card, facts, heading, items, note, type Part } from '../../src/card.ts';
import type { Page } from '../../src/page.ts';
import type { Derived } from '../../src/record.ts';
import { day, person, text, typed, words } from '../../src/text.ts';
import { administratorsNeed, mayAdminister } from '../administrator/may.ts';
import { type Asking, builtIn } from '../criteria/sets.ts';
import { type Criterion, TIERS } from '../criteria/go-no-go.ts';
import { folded } from '../rules/meant.ts';
import { ruleTitle } from '../rules/rule.ts';

type Row = Derived['templates'];

interface Facts {
  templates: readonly Row[];
  administrators: readonly Derived['administrators'][];
}

/** `/offshoot template`: all criteria sets, one of them in full, or the form to write a new one. Its YAML stands in the form. */
export const templates: Page<Facts> = {
  name: 'templates',
  needs: () => [administratorsNeed, { as: 'templates', rows: 'templates', order: ['name', 'asc'] }],
  show(about, moment, { templates: rows, administrators }) {
    const may = mayAdminister(moment, administrators) === undefined;
    const name = folded(about);
    if (name === '' || name === 'list') return listCard(rows, may);
    const row = rows.find((one) => one.name === name);
    if (row) return ownCard(row, may);
    const known = builtIn.find((one) => one.name === name);
    return known ? builtInCard(known, may) : { go: { to: 'template', input: 'open', about: name.slice(0, 80) } };
  },
};

function listCard(rows: readonly Row[], may: boolean): Card {
  const live = rows.filter((one) => one.state !== 'retired');
  const retired = rows.length - live.length;
  return {
    title: words('Criteria sets'),
    parts: [
      items([
        ...builtIn
          .filter(({ name }) => !live.some((row) => row.name === name && row.state === 'current'))
          .map(({ set, title }) => text`${set.id}: ${title}, built in`),
        ...live.slice(0, 40).map((row) => text`${row.name}${row.version > 0 ? `/${row.version}` : ', not saved yet'}: ${typed(row.title)}`),
      ]),
      note(text`Show one: /offshoot template gate${retired > 0 && `. Retired: ${retired}`}`),
    ],
    ...(may ? { buttons: [button('New template', 'template', 'open')] } : {}),
  };
}

function builtInCard({ name, title, set }: Asking, may: boolean): Card {
  return {
    title: text`${title}: ${set.id}`,
    parts: [...criteriaParts(set.criteria), note(text`Built in. An administrator can put another version in its place.`)],
    ...(may ? { buttons: [button('Replace it', 'template', 'open', { about: name })] } : {}),
  };
}

function ownCard(row: Row, may: boolean): Card {
  const state = row.state === 'draft' ? 'not saved yet' : row.state === 'retired' ? 'retired' : 'in use';
  return {
    title: text`${typed(row.title)}: ${row.name}${row.version > 0 && `/${row.version}`}`,
    parts: [
      facts(['State', text`${state}`], !!row.saved_by && ['Saved', text`${person(row.saved_by)}, ${day(row.saved_at!)}`]),
      ...criteriaParts(JSON.parse(row.criteria) as Criterion[]),
      ...(row.waiting ? [note(text`There is a text of it that is not saved yet: look at it, and save it.`)] : []),
    ],
    ...(may
      ? {
          buttons: [
            ...(row.waiting ? [button('Look at it', row.id, 'save', { style: 'primary' })] : []),
            button('Change', row.id, 'edit'),
            ...(row.state === 'retired' ? [] : [button('Retire', row.id, 'retire', { style: 'danger' })]),
          ],
        }
      : {}),
  };
}

/** What a ballot asks, by tier; a rule of its own stands behind the criterion. */
const criteriaParts = (criteria: readonly Criterion[]): Part[] =>
  (['must', 'should', 'nice'] as const).flatMap((tier) => {
    const those = criteria.filter((one) => one.tier === tier);
    return those.length === 0
      ? []
      : [heading(TIERS[tier]), items(those.map(({ text: said, rule }) => text`${typed(said)}${rule && ` (${ruleTitle(rule)})`}`))];
  });
