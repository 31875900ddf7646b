import { templates } from '../../../flows/pages/templates.ts';
import { MOST_CRITERIA, sourceOf } from '../../../flows/template/source.ts';
import { template, type Template } from '../../../flows/template/template.ts';
import type { Vote } from '../../../flows/vote/state.ts';
import { vote } from '../../../flows/vote/vote.ts';
import type { Card } from '../../../src/card.ts';
import type { Derived } from '../../../src/record.ts';
import { CHAIR, DAY, Given, member, moment, PM, START, start, taken } from '../../flows/given.ts';
import type { Shelf } from './shelf.ts';

/** A workspace's own criteria, written, looked at, voted on; and a gate. At the maxima 15 criteria of 120 characters. */
export function templateSamples(shelf: Shelf): void {
  const { size, isLarge } = shelf;
  const rest = 'The data are *complete* & <correct>: "all" of them'.padEnd(isLarge ? 118 : 0, '.');
  const criteria = Array.from({ length: isLarge ? MOST_CRITERIA : 3 }, (_, n) => ({
    key: `c${n}`,
    tier: n === 0 ? ('must' as const) : n === 1 && !isLarge ? ('nice' as const) : ('should' as const),
    text: `${n} ${rest}`.slice(0, 120),
  }));
  const title = isLarge ? 'T'.repeat(60) : 'Data gate';
  const source = sourceOf({ name: 'data-gate', title, criteria });
  const administrators: Derived['administrators'][] = [{ id: 'administrator/1', person: PM, since: START }];
  const facts = { administrators, templates: [] };
  shelf.askOpening('template write', template, '', facts);
  const given = new Given<Template>(template, taken(start<Template>(template, { source }, moment(PM), facts)).state);
  given.facts = facts;
  shelf.ask('template preview', given, { input: 'save' }, PM, facts);
  given.when({ type: 'save' }, moment(PM));
  shelf.ask('template retire', given, { input: 'retire' }, PM, facts);
  const row = template.records(given.state, given.id)[0]!.row as Derived['templates'];
  const rows = shelf.many((n) => ({ ...row, name: n === 1 ? row.name : `data-gate-${n}` }), 20);
  const page = (about: string) => templates.show(about, moment(PM), { templates: rows, administrators }) as Card;
  shelf.cards.set('page templates', page(''));
  shelf.cards.set('page template', page('data-gate'));
  shelf.cards.set('page template built in', page('go-no-go'));

  const brief = { initiative: 'initiative/1', body: 'body/1', channel: 'channel/1', deadline: START + 3 * DAY };
  const terms = { ...brief, rule: 'any no-go blocks', quorum: '60 %', changes: true };
  const known = { initiatives: shelf.initiatives, bodies: shelf.bodies, members: shelf.members, votes: [], reviews: [], checks: [] };
  const opened = (said: object) =>
    new Given<Vote>(vote, taken(start<Vote>(vote, { ...terms, ...said }, moment(PM), { ...known, templates: [row] })).state);
  const gate = opened({ question: 'gate', subject: isLarge ? 'S'.repeat(80) : 'wave 2' });
  shelf.show('vote gate open', gate, 'vote');
  shelf.ask('vote gate ballot', gate, { input: 'ballot' }, member(1));

  const own = opened({ question: 'data-gate', subject: isLarge ? 'S'.repeat(80) : undefined });
  shelf.ask('vote own ballot', own, { input: 'ballot' }, member(1));
  const against = Object.fromEntries(criteria.map(({ key, tier }) => [key, tier === 'should' ? 'missing' : 'go']));
  own.when({ type: 'ballot', ...against }, moment(member(1)));
  shelf.ask('vote own reasons', own, { input: 'reasons' }, member(1));
  const reasons = Object.fromEntries(criteria.filter(({ tier }) => tier === 'should').map(({ key }) => [key, size.text]));
  own.when({ type: 'reasons', ...reasons }, moment(member(1)));
  const all = Object.fromEntries(criteria.map(({ key }) => [key, 'go']));
  for (const elector of shelf.electors.filter((one) => one !== member(1))) own.when({ type: 'ballot', ...all }, moment(elector));
  if (!own.state.closed) own.when({ type: 'close' }, moment(CHAIR));
  shelf.show('result own', own, 'result');
  shelf.show('result own tally', own, 'tally');
  shelf.show('result own reasons', own, 'reasons-1');
}
