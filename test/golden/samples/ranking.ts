import { decision } from '../../../flows/decision/decision.ts';
import { ratings } from '../../../flows/pages/ratings.ts';
import { rating } from '../../../flows/rating/rating.ts';
import { presetOf } from '../../../flows/vote/preset.ts';
import type { Vote } from '../../../flows/vote/state.ts';
import { vote } from '../../../flows/vote/vote.ts';
import type { FlowId, PersonId } from '../../../src/id.ts';
import { CHAIR, DAY, Given, HOUR, member, moment, PM, start, START, taken } from '../../flows/given.ts';
import type { Shelf } from './shelf.ts';

/** A ranked choice, its decision, and ratings. */
export function rankingSamples(shelf: Shelf): void {
  const { bodies, members, electors, size, isLarge } = shelf;
  const many = isLarge ? 8 : 3;
  const names = ['Churn model', 'Returns model', 'Invoice reader'];
  const initiatives = Array.from({ length: many }, (_, index) => ({
    ...shelf.initiatives[0]!,
    id: `initiative/${index + 1}` as FlowId,
    name: isLarge ? `${index + 1}${size.name}`.slice(0, 80) : names[index]!,
    channel: `channel/${index + 2}` as const,
    sponsor: `person/${index + 50}` as PersonId,
  }));
  const ids = initiatives.map((one) => one.id);
  const rated = ids.flatMap((id, index) =>
    [CHAIR, PM].map((person, at) => ({
      id: `rating/${index + 1}`,
      initiative: id,
      person,
      value: 5 - (index % 4),
      feasibility: 1 + ((index + at) % 5),
      why: null,
      at: START - at,
    })),
  );
  const reviews = ids.map((id) => ({
    initiative: id,
    verdict: 'SCALE',
    technical: 58,
    business: 81,
    decided_at: START - DAY,
    proposals: '[]',
  }));
  const facts = { initiatives, bodies, members, votes: [], reviews, checks: [], ratings: rated };

  shelf.askOpening('rating open', rating, initiatives[0]!.id, { initiatives, mine: [] });
  const list = ratings.show('list', moment(PM), { initiatives, ratings: rated as never });
  if ('parts' in list) shelf.cards.set('ratings list', list);
  const none = ratings.show('list', moment(PM), { initiatives, ratings: [] });
  if ('parts' in none) shelf.cards.set('ratings none', none);

  shelf.askOpening('ranking open', vote, presetOf('ranking', `${ids.join(', ')} for the money of 2027`), facts);
  const brief = {
    subject: isLarge ? size.name : 'The money of 2027',
    ...Object.fromEntries(ids.map((id, index) => [`option-${index + 1}`, id])),
    body: 'body/1',
    channel: 'channel/1',
    deadline: START + 3 * DAY,
    quorum: '60 %',
    changes: true,
  };
  const opened = (more: object = {}) => new Given<Vote>(vote, taken(start<Vote>(vote, { ...brief, ...more }, moment(PM), facts)).state);
  const ranks = (...ranked: number[]) =>
    Object.fromEntries(ids.map((id, index) => [id, ranked.includes(index) ? String(ranked.indexOf(index) + 1) : 'not ranked']));

  const open = opened({ casting: true });
  shelf.show('ranking open', open, 'vote');
  shelf.ask('ranking ballot', open, { input: 'ballot' }, member(1));
  shelf.ask('ranking correct', open, { input: 'correct' }, PM);
  // As many rounds as there can be: each initiative has another number of first preferences.
  const cast = (given: Given<Vote>, index: number) => {
    const first = isLarge ? Math.floor(Math.log2(1 + (index % 255))) : [0, 0, 1, 1, 2][index % 5]!;
    given.when({ type: 'ballot', ...ranks(first, (first + many - 1) % many) }, moment(electors[index]!, START + HOUR));
  };
  electors.slice(0, -1).forEach((_, index) => cast(open, index));
  const close = { type: 'deadline' };
  open.when(close, moment(undefined, brief.deadline, brief.deadline));
  shelf.show('ranking closed', open, 'vote');
  shelf.show('ranking chosen', open, 'result');

  const tied = opened();
  const equal = isLarge
    ? electors.slice(0, electors.length - (electors.length % many)).map((_, index) => ranks(index % many))
    : [ranks(0), ranks(1), ranks()];
  equal.forEach((said, index) => tied.when({ type: 'ballot', ...said }, moment(electors[index]!)));
  tied.when(close, moment(undefined, brief.deadline, brief.deadline));
  shelf.show('ranking tied', tied, 'result');

  const secret = opened({ openness: 'secret' });
  shelf.show('ranking secret open', secret, 'vote');
  const sealed = electors.map((_, index) => ({
    receipt: `ABCD-${1000 + index}`,
    number: 1,
    choices: ranks(index % many, (index + 1) % many),
    reasons: {},
  }));
  shelf.ask('ranking secret ballot', secret, { input: 'ballot' }, member(1), {
    own: [{ receipt: 'ABCD-EFGH', number: 0, choices: null, reasons: {} }],
  });
  secret.state = { ...secret.state, voted: electors };
  secret.facts = { sealed };
  secret.when(close, moment(undefined, brief.deadline, brief.deadline));
  secret.when({ type: 'thread' }, moment(undefined, brief.deadline, brief.deadline));
  shelf.show('ranking secret ballots', secret, 'ballots-1');

  const made = vote.timers(open.state, 'vote/1')[0]!.input;
  const decided = new Given(decision, taken(start(decision, made, moment(undefined, START + 3 * DAY), {})).state);
  shelf.show('ranking decision', decided, 'decision');
  shelf.show('ranking sponsor', decided, 'sponsor person/50');
  decided.when({ type: 'rationale', rationale: size.text, review: '2027-05-30' }, moment(CHAIR, START + 3 * DAY));
  shelf.show('ranking decision final', decided, 'decision');
  shelf.show('ranking team', decided, 'team channel/2');
  shelf.show('ranking rationale', decided, 'rationale channel/3');
}
