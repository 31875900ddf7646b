import { decision } from '../../../flows/decision/decision.ts';
import type { Decision, DecisionBrief } from '../../../flows/decision/state.ts';
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
    ...(n === 0 ? { rule: 'two thirds' as const } : {}),
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
  own.when({ type: 'thread' }, moment(undefined));
  shelf.show('result own', own, 'result');
  shelf.show('result own tally', own, 'tally');
  shelf.show('result own reasons', own, 'reasons-1');
  ownDecisionSamples(shelf, own);
}

/** What it decided, with as many conditions as there can be, each in the words of a workspace, all done, appealed and moved. */
function ownDecisionSamples(shelf: Shelf, own: Given<Vote>): void {
  const { size, isLarge } = shelf;
  const timer = own.flow.timers(own.state, own.id).find(({ key }) => key === 'decide');
  const brief = timer!.input as unknown as DecisionBrief;
  const judged = brief.judged!.map((one) => ({ ...one, met: true, go: 440, against: 60 }));
  const handed = isLarge ? { ...brief, judged, ...crowded(shelf) } : brief;
  const decided = new Given<Decision>(
    decision,
    taken(start<Decision>(decision, handed, moment(undefined, START + DAY, START + DAY), { standing: [], cadences: [] })).state,
  );
  const keys = decided.state.conditions.map(({ key }) => key).slice(0, 12);
  for (const about of keys) decided.when({ type: 'assign', about, owner: PM, due: '2027-04-30', measure: size.text }, moment(CHAIR));
  for (const about of keys) decided.when({ type: 'accept', about }, moment(PM));
  const known = { bodies: [{ id: decided.state.bodyId }], open: [], self: [], was: [], left: [] };
  decided.facts = known;
  shelf.look('decision own manage', decided, 'manage', CHAIR, known);
  if (isLarge)
    for (const condition of keys) decided.when({ type: 'change', condition, due: '2027-05-20', reason: size.text }, moment(CHAIR));
  const [first] = keys;
  if (first) {
    shelf.ask('decision own done', decided, { input: 'done', about: first }, PM);
    decided.when({ type: 'done', about: first, evidence: size.text, link: 'https://wiki.example.com/scan' }, moment(PM));
    shelf.show('decision own done', decided, `done ${first} 1 0`);
  }
  for (let appeal = 0; appeal < (isLarge ? 5 : 1); appeal++) {
    decided.when({ type: 'appeal', what: size.text }, moment(PM));
    if (appeal < 4 && isLarge) decided.when({ type: 'dismiss', reason: size.text }, moment(CHAIR));
  }
  decided.when({ type: 'rationale', rationale: size.text, review: '2027-06-01' }, moment(CHAIR));
  shelf.show('decision own', decided, 'decision');
  shelf.show('decision own appeal', decided, `appeal ${isLarge ? 5 : 1}`);
  if (!isLarge) return;
  shelf.show('decision own in full', decided, 'conditions-1');
  for (const key of ['record-why', 'record-names', 'record-evidence']) shelf.show(`decision own ${key}`, decided, key);
  shelf.show('decision own to the team', decided, 'team');
  shelf.show('decision own to the sponsor', decided, 'sponsor');
  decided.when({ type: 'review' }, moment(undefined, START + 90 * DAY));
  shelf.show('decision own review', decided, `review ${decided.state.reviewAt}`);
  const answers = Object.fromEntries(decided.state.judged!.map(({ key }) => [`actual-${key}`, 'did not']));
  decided.when({ type: 'calibrate', ...answers, note: size.text, figures: size.text }, moment(PM, START + 92 * DAY));
  shelf.show('decision own calibration', decided, 'calibration 1');
}

/** Everything else that can stand on a decision, at its most. */
function crowded(shelf: Shelf): Partial<DecisionBrief> {
  const { size, electors } = shelf;
  const [some, more, others] = [electors.slice(0, 60), electors.slice(60, 120), electors.slice(120, 180)];
  const known = { ...roadblock(size.text), initiative: 'initiative/1' as const };
  return {
    dissent: some,
    recused: more,
    byDeputy: others.map((person) => ({ person, deputy: PM })),
    evidence: {
      at: START,
      overdue: 60,
      put: 60,
      review: { id: 'review/1', recommended: 'EXTEND', verdict: 'SCALE', technical: 43, business: 100, decidedAt: START, proposals: [] },
      readiness: { id: 'readiness/1', met: 15, unmet: 2, notApplicable: 1, finishedAt: START },
      ethics: { id: 'ethics/1', in_order: 1, amiss: 'fairness, context', unsure: 'data', finishedAt: START },
      roadblocks: Array.from({ length: 5 }, (_, n) => ({ ...known, id: `roadblock/${n + 1}` as const })),
      without: size.text,
    },
    reopened: { vote: 'vote/7', reason: size.text },
  };
}

const roadblock = (text: string): Omit<Derived['roadblocks'], 'id' | 'initiative'> => ({
  what: text,
  cause: 'fear',
  response: 'involve',
  owner: PM,
  due: '2027-04-01',
  state: 'open',
  raised_at: START,
  ended_at: null,
});
