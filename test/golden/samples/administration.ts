import { administrator } from '../../../flows/administrator/administrator.ts';
import { type Join, join } from '../../../flows/join/join.ts';
import { access } from '../../../flows/access/access.ts';
import { tokens, webhooksPage } from '../../../flows/pages/access.ts';
import { paper } from '../../../flows/paper/paper.ts';
import { formOf } from '../../../src/form.ts';
import { administrators } from '../../../flows/pages/administrators.ts';
import { CHAIR, Given, moment, PM, START, start, taken } from '../../flows/given.ts';
import type { Shelf } from './shelf.ts';

export function administrationSamples(shelf: Shelf): void {
  const { name, text } = shelf.size;
  const all = shelf.many((n) => ({ id: `administrator/${n}` as const, person: n === 1 ? PM : CHAIR, since: START }));
  shelf.askOpening('administrator open', administrator, '', { administrators: all });
  const shown = administrators.show('', moment(PM), { administrators: all });
  if (!('parts' in shown)) throw new Error('the list of administrators is no card');
  shelf.cards.set('page administrators', shown);

  const begun = taken(start<Join>(join, {}, { ...moment(PM), chance: 'ABCD-EFGH-JKMN' }, { administrators: all }));
  const given = new Given<Join>(join, begun.state);
  const asked = { installation: 2, platform: 'teams', name, who: name, journal: 'f'.repeat(64) };
  given.when({ type: 'answered', ...asked }, moment(undefined));
  shelf.show('join asked', given, 'asked');
  given.when({ type: 'late' }, moment(undefined));
  shelf.show('join late', given, 'asked');

  accessSamples(shelf, all, text);
}

function accessSamples(shelf: Shelf, administrators: readonly object[], text: string): void {
  const { name } = shelf.size;
  const url = `https://example.com/${'x'.repeat(80)}`;
  const tokenRows = shelf.many((n) => ({ id: n, name, created_at: START, used_on: n % 2 ? '2027-03-01' : null, revoked_at: null }));
  const webhookRows = shelf.many((n) => ({ id: n, url, created_at: START }));
  const deliveries = shelf
    .many((n) => ({
      id: n,
      webhook: 1,
      event: `decision.decided decision/${n}`,
      created_at: START,
      state: (['delivered', 'owed', 'failed'] as const)[n % 3],
      tries: n % 3 === 0 ? 1 : 4,
      code: n % 3 === 0 ? 204 : 500,
      why: n % 3 === 0 ? null : text.slice(0, 200),
      next_at: n % 3 === 1 ? START + 3_600_000 : 0,
    }))
    .slice(0, 10);
  const facts = { administrators, tokens: tokenRows.slice(0, 11), webhooks: webhookRows.slice(0, 11), deliveries };
  for (const page of [tokens, webhooksPage]) {
    const shown = page.show('', moment(PM), facts as never);
    if (!('parts' in shown)) throw new Error(`${page.name} is no card`);
    shelf.cards.set(`page ${page.name}`, shown);
  }
  for (const [about, more] of [
    ['token', {}],
    ['webhook', {}],
    ['revoke 1', { revoke: tokenRows.slice(0, 1) }],
    ['remove 1', { remove: webhookRows.slice(0, 1) }],
    ['try 1', { try: webhookRows.slice(0, 1) }],
  ] as const)
    shelf.askOpening(`access ${about.replace(' 1', '')}`, access, about, { administrators, ...more });

  const decision = { id: 'decision/1', number: 1, outcome: 'GO WITH CONDITIONS', title: name };
  for (const [sample, about, one] of [
    ['paper record', 'decision/1', { one: [decision] }],
    ['paper log', 'outcome:no-go', {}],
  ] as const) {
    const question = paper.open.question!(about, { ...moment(PM), house: 'https://offshoot.example.com' }, one as never);
    if ('refused' in question) throw new Error(`${sample} is refused`);
    shelf.forms.set(sample, formOf(question, { to: 'paper', input: 'open', about }));
  }
}
