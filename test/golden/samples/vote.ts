import { currentSet } from '../../../flows/criteria/go-no-go.ts';
import type { Vote } from '../../../flows/vote/state.ts';
import { vote } from '../../../flows/vote/vote.ts';
import type { Opened } from '../../../src/kept.ts';
import type { PersonId } from '../../../src/id.ts';
import { CHAIR, DAY, Given, HOUR, member, moment, PM, START, start, taken } from '../../flows/given.ts';
import { allGo, voteBrief } from '../../flows/votes.ts';
import type { Shelf } from './shelf.ts';

/** Against on everything that asks a reason. */
const allAgainst = Object.fromEntries(
  currentSet.criteria.map(({ key, tier }) => [key, tier === 'must' ? 'no-go' : tier === 'should' ? 'missing' : 'not seen']),
);
const shouldsMissing = Object.fromEntries(currentSet.criteria.map(({ key, tier }) => [key, tier === 'should' ? 'missing' : 'go']));
const reasonsFor = (text: string, tiers: readonly string[]) =>
  Object.fromEntries(currentSet.criteria.filter(({ tier }) => tiers.includes(tier)).map(({ key }) => [key, text]));

/** Returns the vote that ended in GO WITH CONDITIONS. */
export function voteSamples(shelf: Shelf): Given<Vote> {
  const { initiatives, bodies, members, electors, size } = shelf;
  const { text } = size;
  // A review that is stale, no readiness check, so that the opener says why.
  const review = { id: 'review/1', initiative: 'initiative/1', verdict: 'SCALE', recommended: 'EXTEND', technical: 58, business: 81 };
  const proposals = JSON.stringify([{ key: 'review accuracy', text: 'Accuracy, reliability and speed are as required', against: true }]);
  const facts = {
    initiatives,
    bodies,
    members,
    votes: [],
    reviews: [{ ...review, decided_at: START - 75 * DAY, proposals }],
    checks: [],
    actions: shelf.many(() => ({ initiative: 'initiative/1', due: '2027-02-20' })),
    evidence: [{ initiative: 'initiative/1' }],
  };
  shelf.askOpening('vote open', vote, '', facts);
  const brief = { ...voteBrief, without: text };
  const opened = (known: object = facts) => new Given<Vote>(vote, taken(start<Vote>(vote, brief, moment(PM), known)).state);

  const open = opened();
  shelf.show('vote open', open, 'vote');
  shelf.ask('vote ballot', open, { input: 'ballot' }, member(1));
  shelf.ask('vote recuse', open, { input: 'recuse' }, member(1));
  shelf.ask('vote deputy', open, { input: 'deputy' }, member(2));
  shelf.ask('vote correct', open, { input: 'correct' }, PM);
  shelf.look('vote manage', open, 'manage', CHAIR);
  shelf.ask('vote cancel', open, { input: 'cancel' }, CHAIR);
  open.when({ type: 'ballot', ...allAgainst }, moment(member(1)));
  shelf.ask('vote reasons', open, { input: 'reasons' }, member(1));
  open.when({ type: 'reasons', ...reasonsFor(text, ['must', 'should']) }, moment(member(1)));
  if (size.members > 5) open.when({ type: 'recuse', reason: text }, moment(electors.at(-2)));
  else open.when({ type: 'recuse', reason: 'I lead the team that built it' }, moment(electors.at(-1)));
  shelf.show('vote half way', open, 'vote');
  shelf.look('vote manage, half way', open, 'manage', member(1));
  if (size.members > 30) shelf.show('vote roster', open, 'roster-5');
  open.when({ type: 'deputy', deputy: PM }, moment(electors[2]));
  shelf.show('vote deputy', open, `deputy ${PM} of ${electors[2]!}`);
  shelf.ask('vote ballot for another', open, { input: 'ballot', about: electors[2]! }, PM);
  open.when({ type: 'ballot', about: electors[2]!, ...allGo }, moment(PM));
  shelf.show('vote with a deputy', open, 'vote');
  shelf.show('vote deputy, done', open, `deputy ${PM} of ${electors[2]!}`);
  shelf.ask('vote withdraw', open, { input: 'withdraw', about: electors[2]! }, PM);
  open.when({ type: 'withdraw', about: electors[2]! }, moment(PM));
  shelf.ask('vote extend', open, { input: 'extend' }, CHAIR);
  const again = new Given<Vote>(vote, taken(start<Vote>(vote, { ...brief, reopens: 'vote/7', reason: text }, moment(PM), facts)).state);
  shelf.show('vote again', again, 'vote');
  const extended = opened();
  extended.when({ type: 'extend', deadline: START + 5 * DAY, reason: text }, moment(CHAIR));
  shelf.show('vote extended', extended, 'vote');
  extended.when({ type: 'prompt' }, moment(CHAIR));
  shelf.show('vote chair nudge', extended, `nudge by chair ${START} ${electors[2]!}`);
  const stood = opened();
  stood.when({ type: 'deputy', deputy: PM }, moment(electors[2]));
  stood.when({ type: 'prompt' }, moment(CHAIR));
  shelf.show('vote chair nudge of a deputy', stood, `nudge by chair ${START} ${PM}`);
  const cancelled = opened();
  cancelled.when({ type: 'cancel', reason: text }, moment(CHAIR));
  shelf.show('vote cancelled', cancelled, 'vote');

  const check = { id: 'readiness/1', initiative: 'initiative/1', met: 15, unmet: 2, not_applicable: 1, finished_at: START - 12 * DAY };
  shelf.show('vote with all evidence', opened({ ...facts, checks: [check] }), 'vote');

  const secret = new Given<Vote>(vote, taken(start<Vote>(vote, { ...brief, openness: 'secret' }, moment(PM), facts)).state);
  const receiptOf = (index: number): string => `ABCD-${String(10_000 + index).slice(1)}`;
  shelf.show('vote secret', secret, 'vote');
  shelf.ask('vote secret ballot', secret, { input: 'ballot' }, member(1), { own: [], sealed: [] });
  const against = Object.fromEntries(
    Object.entries(reasonsFor(text.slice(0, 300), ['must', 'should'])).map(([key, said]) => [`reason-${key}`, said]),
  );
  const kept: Opened[] = [];
  for (const [index, elector] of electors.entries()) {
    secret.facts = { own: [{ receipt: receiptOf(index), number: 0, choices: null, reasons: {} }], sealed: [...kept] };
    const step = secret.when({ type: 'ballot', ...(index % 2 ? allGo : { ...allAgainst, ...against }) }, moment(elector));
    for (const one of step.keep ?? [])
      if (one.kind === 'seal') kept.push({ receipt: receiptOf(index), number: 1, choices: one.choices, reasons: one.reasons });
  }
  secret.when({ type: 'thread' }, moment(undefined));
  shelf.show('result secret', secret, 'result');
  shelf.show('result secret ballots', secret, 'ballots-1');
  shelf.show('result secret reasons', secret, 'reasons-1');

  const short = opened();
  short.when({ type: 'ballot', ...allGo }, moment(member(1)));
  short.when({ type: 'deadline' }, moment(undefined, START + 3 * DAY, START + 3 * DAY));
  shelf.show('result no quorum', short, 'result');
  shelf.ask('vote reopen', short, { input: 'reopen' }, CHAIR);
  short.when({ type: 'reopen', deadline: START + 9 * DAY, reason: text }, moment(CHAIR, START + 4 * DAY));
  shelf.show('vote opened again', short, 'vote');
  shelf.show('vote goes on', short, 'resumed 1');
  shelf.show('result before it went on', short, 'result');

  const noGo = opened();
  for (const elector of electors) cast(noGo, elector, allAgainst, reasonsFor(text, ['must', 'should']));
  noGo.when({ type: 'thread' }, moment(undefined));
  shelf.show('vote closed', noGo, 'vote');
  shelf.show('result no-go', noGo, 'result');
  shelf.show('result reasons', noGo, 'reasons-1');

  const conditional = opened();
  for (const elector of electors.slice(0, -1)) cast(conditional, elector, allGo, {});
  shelf.ask('vote close', conditional, { input: 'close' }, CHAIR);
  cast(
    conditional,
    electors.at(-1)!,
    size.members > 5 ? shouldsMissing : { ...allGo, debt: 'missing', team: 'missing' },
    size.members > 5 ? reasonsFor(text, ['should']) : { debt: text, team: text },
  );
  shelf.show('result go with conditions', conditional, 'result');

  const go = opened();
  for (const elector of electors.slice(0, Math.ceil(size.members * 0.8))) cast(go, elector, allGo, {});
  go.facts = { outages: [{ from_at: START + 3 * DAY - HOUR, until_at: START + 3 * DAY + 5 * HOUR }] };
  go.when({ type: 'deadline' }, moment(undefined, START + 3 * DAY + 5 * HOUR, START + 3 * DAY));
  shelf.show('result go, late', go, 'result');

  return conditional;
}

function cast(given: Given<Vote>, who: PersonId, choices: object, reasons: object): void {
  given.when({ type: 'ballot', ...choices }, moment(who));
  if (Object.keys(reasons).length > 0) given.when({ type: 'reasons', ...reasons }, moment(who));
}
