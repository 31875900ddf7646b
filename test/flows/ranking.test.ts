import { describe, expect, it } from 'vitest';
import { decision } from '../../flows/decision/decision.ts';
import type { Decision, DecisionBrief } from '../../flows/decision/state.ts';
import type { OpeningFacts } from '../../flows/vote/opening.ts';
import { openingNeeds, openingQuestion } from '../../flows/vote/opening.ts';
import { presetOf } from '../../flows/vote/preset.ts';
import type { Vote } from '../../flows/vote/state.ts';
import { vote } from '../../flows/vote/vote.ts';
import { formOf, read } from '../../src/form.ts';
import type { Question } from '../../src/form.ts';
import type { PersonId } from '../../src/id.ts';
import { CHAIR, churn, DAY, Given, HOUR, inWords, member, moment, PM, refusal, SPONSOR, start, START, taken } from './given.ts';

const electors = [CHAIR, member(1), member(2), member(3), member(4)];
const ALPHA = 'initiative/1';
const BETA = 'initiative/2';
const GAMMA = 'initiative/3';

const initiative = (n: number, name: string, stage = 'pilot'): OpeningFacts['initiatives'][number] => ({
  ...churn,
  id: `initiative/${n}`,
  name,
  stage,
  owner: `person/${20 + n}`,
  sponsor: n === 3 ? 'person/33' : SPONSOR,
  channel: `channel/${10 + n}`,
});

const rated = (id: string, person: PersonId, value: number, feasibility: number, at = START) => ({
  id: `rating/${at}`,
  initiative: id,
  person,
  value,
  feasibility,
  why: null,
  at,
});

const facts = {
  initiatives: [
    initiative(1, 'Alpha model'),
    initiative(2, 'Beta model'),
    initiative(3, 'Gamma for returns'),
    initiative(4, 'Old', 'retired'),
  ],
  bodies: [{ id: 'body/1', name: 'Steering committee', chair: CHAIR, rule: 'any no-go blocks', quorum: '60 %', casting: 0 as const }],
  members: electors.map((person) => ({
    body: 'body/1' as const,
    person,
    role: person === CHAIR ? ('chair' as const) : ('member' as const),
  })),
  votes: [],
  reviews: [{ initiative: BETA, verdict: 'SCALE', technical: 55, business: 90, decided_at: START - DAY, proposals: '[]' }],
  ratings: [rated(ALPHA, CHAIR, 5, 4, START - 1), rated(ALPHA, member(1), 4, 4, START - 2), rated(ALPHA, CHAIR, 1, 1, START - 3)],
  checks: [],
} as unknown as OpeningFacts;

const brief = {
  subject: 'The money of 2027',
  'option-1': ALPHA,
  'option-2': BETA,
  'option-3': 'none',
  'option-4': GAMMA,
  body: 'body/1',
  channel: 'channel/1',
  deadline: START + 3 * DAY,
  quorum: '60 %',
  changes: true,
};

const opened = (more: object = {}) => new Given<Vote>(vote, taken(start<Vote>(vote, { ...brief, ...more }, moment(PM), facts)).state);

const ranks = (...ranked: string[]) =>
  Object.fromEntries([ALPHA, BETA, GAMMA].map((id) => [id, ranked.includes(id) ? String(ranked.indexOf(id) + 1) : 'not ranked']));
const cast = (given: Given<Vote>, who: PersonId, ...ranked: string[]) =>
  given.when({ type: 'ballot', ...ranks(...ranked) }, moment(who, START + HOUR));

/** Alpha has most first preferences, Beta is chosen. */
function decided(more: object = {}): Given<Vote> {
  const given = opened(more);
  cast(given, CHAIR, ALPHA, GAMMA);
  cast(given, member(1), ALPHA, GAMMA);
  cast(given, member(2), BETA);
  cast(given, member(3), BETA, ALPHA);
  cast(given, member(4), GAMMA, BETA);
  return given;
}

describe('opening a ranked choice', () => {
  it('knows where its members are, and offers a deputy to whoever is away, as every vote does', () => {
    const profiles = [
      { body: 'body/1', person: CHAIR, zone: 'Asia/Tokyo', away: 0, away_until: null },
      { body: 'body/1', person: member(1), zone: null, away: 1, away_until: null },
    ];
    const known = { ...facts, profiles } as unknown as OpeningFacts;
    const { state } = taken(start<Vote>(vote, brief, { ...moment(PM), zone: 'Europe/Berlin' }, known));
    expect(state).toMatchObject({
      zones: { zone: 'Europe/Berlin', others: { [CHAIR]: 'Asia/Tokyo' } },
      asked: [{ nudge: 'away', people: [member(1)] }],
    });
  });

  const question = (said: string, known = facts) => openingQuestion(presetOf('ranking', said), moment(PM), known);

  it('fills the form from what was typed: the initiatives, and what for', () => {
    const asked = question('alpha, beta for the money of 2027') as Question;
    expect(asked.values).toMatchObject({
      'option-1': ALPHA,
      'option-2': BETA,
      'option-3': 'none',
      subject: 'the money of 2027',
      quorum: '60 %',
    });
    expect(question('gamma for returns, beta')).toMatchObject({ values: { 'option-1': GAMMA, 'option-2': BETA, subject: undefined } });
    expect(question('gamma for returns, beta for us')).toMatchObject({ values: {} });
    expect(question('')).toMatchObject({ title: 'Open a ranked choice' });
    expect(Object.keys(asked.schema.shape)).not.toContain('rule');
  });

  it('refuses what names none, and a choice of one', () => {
    expect(refusal(question('alpha, zeta') as never)).toContain('No initiative fits “zeta”');
    expect(refusal(question('', { ...facts, initiatives: facts.initiatives.slice(0, 1) }) as never)).toContain(
      'takes two initiatives at least',
    );
  });

  it('looks up what is known of those that are named', () => {
    expect(openingNeeds('@ranking', moment(PM), undefined, { 'option-1': ALPHA, 'option-2': BETA, 'option-3': 'rubbish' })).toContainEqual(
      expect.objectContaining({ rows: 'ratings', where: { initiative: [ALPHA, BETA] } }),
    );
  });

  it('copies the members, the terms, and ratings and reviews as they are', () => {
    const { state } = opened();
    expect(state).toMatchObject({
      electors,
      set: 'ranking/1',
      criteria: [],
      subject: 'The money of 2027',
      quorum: { kind: 'share', percent: 60 },
    });
    expect(state.options).toMatchObject([
      { id: ALPHA, rated: { value: 9, feasibility: 8, people: 2 } },
      { id: BETA, review: { verdict: 'SCALE', technical: 55, business: 90 } },
      { id: GAMMA },
    ]);
    const card = opened().shown('vote');
    expect(card).toContain('Ranked choice, The money of 2027');
    expect(card).toContain('Alpha model: value 4.5, feasibility 4.0 of 5 (2 ratings)');
    expect(card).toContain('Beta model: pilot review SCALE, technical performance 55, business impact 90 of 100');
    expect(card).toContain('Gamma for returns: not rated yet, and not reviewed');
    expect(card).toContain('3 of 5 must vote; instant-runoff');
  });

  it.each([
    ['the same twice', { 'option-4': ALPHA }, 'option-4', 'stands above already'],
    ['one that is retired', { 'option-4': 'initiative/4' }, 'option-4', 'no longer there'],
    ['a committee that is gone', { body: 'body/9' }, 'body', 'no longer there'],
    ['a deadline that has passed', { deadline: START }, 'deadline', 'has passed'],
    ['a quorum above the members', { quorum: '6' }, 'quorum', 'only 5 members'],
    ['a casting vote in secret', { openness: 'secret', casting: true }, 'casting', 'In a secret vote nobody can tell'],
  ])('refuses %s at its field', (_, differently, field, sentence) => {
    const step = start(vote, { ...brief, ...differently }, moment(PM), facts);
    expect(refusal(step)).toContain(sentence);
    expect(step).toMatchObject({ at: field });
  });

  it('is open once at a time for the same thing in the same committee, however it is capitalized', () => {
    const open = { id: 'vote/1', initiative: 'initiative/9', question: 'ranking', subject: 'the MONEY of 2027', body: 'body/1' };
    expect(refusal(start(vote, brief, moment(PM), { ...facts, votes: [open] }))).toContain('is open already');
    expect(start(vote, brief, moment(PM), { ...facts, votes: [{ ...open, body: 'body/2' }] })).toHaveProperty('state');
    expect(start(vote, brief, moment(PM), { ...facts, votes: [{ ...open, subject: 'another' }] })).toHaveProperty('state');
  });
});

describe('a ballot of a ranked choice', () => {
  const ask = (given: Given<Vote>, by: PersonId) =>
    vote.inputs.ballot.question!(
      given.state,
      moment(by),
      { mine: [...given.ballots.values()].filter((one) => one.person === by) } as never,
      '',
    ) as Question;
  const reading = { zone: 'UTC', resolve: () => undefined };
  const sent = (raw: Record<string, string>) => read(ask(opened(), CHAIR).schema, raw, reading);

  it('asks a rank of each, and suggests none', () => {
    const form = formOf(ask(opened(), CHAIR), { to: 'vote/1', input: 'ballot' });
    expect(form.fields.map(({ label, value }) => [label, value])).toEqual([
      ['Alpha model', 'not ranked'],
      ['Beta model', 'not ranked'],
      ['Gamma for returns', 'not ranked'],
      ['I abstain: I rank none of them', 'false'],
    ]);
    expect(form.fields[0]!.options!.map((one) => one.label)).toEqual(['1, my first choice', '2', '3', 'Not ranked']);
    expect(form.fields[0]!.hint).toContain('value 4.5');
  });

  it.each([
    [
      'two of the same rank',
      { ...ranks(ALPHA), [GAMMA]: '1' },
      { [GAMMA]: '“Alpha model” has rank 1 already. Give each its own rank, or choose “Not ranked”.' },
    ],
    ['no rank at all', ranks(), { [ALPHA]: 'Rank one at least, like 1 for your first choice, or tick below that you abstain.' }],
    [
      'a rank and the abstention',
      { ...ranks(BETA), abstain: 'true' },
      { abstain: 'You ranked some of them, so you do not abstain: take this tick away, or choose “Not ranked” for each.' },
    ],
    ['a rank that there is not', { ...ranks(BETA), [ALPHA]: '4' }, { [ALPHA]: expect.stringContaining('One of these, please') }],
  ])('refuses %s at its field', (_, raw, errors) => {
    expect(sent(raw)).toEqual({ errors });
  });

  it('takes a partial ranking, closes gaps in it, and shows it again', () => {
    const given = opened();
    const step = given.when({ type: 'ballot', [ALPHA]: 'not ranked', [BETA]: '3', [GAMMA]: '1', abstain: false }, moment(CHAIR));
    expect(inWords(step.say!)).toMatch(/^Counted: 1 Gamma for returns, 2 Beta model; you can change it until/);
    expect(given.ballots.get(CHAIR)!.choices).toEqual({ [ALPHA]: 'not ranked', [BETA]: '2', [GAMMA]: '1' });
    expect(ask(given, CHAIR)).toMatchObject({ values: { [BETA]: '2', [GAMMA]: '1', abstain: false }, seen: 1 });
  });

  it('overwrites nothing from a form that is older than the ballot', () => {
    const given = opened();
    cast(given, CHAIR, ALPHA);
    cast(given, CHAIR, BETA);
    expect(refusal(given.attempt({ type: 'ballot', ...ranks(GAMMA), seen: 1 }, moment(CHAIR)))).toContain(
      'Your ballot stands at 1 Beta model',
    );
  });

  it('is not taken from somebody who does not vote here, who is recused, or at the deadline', () => {
    const given = opened();
    given.when({ type: 'recuse', reason: 'Mine' }, moment(member(1)));
    expect(refusal(given.attempt({ type: 'ballot', ...ranks(ALPHA) }, moment(PM)))).toContain('Only the members');
    expect(refusal(given.attempt({ type: 'ballot', ...ranks(ALPHA) }, moment(member(1))))).toContain('You recused yourself');
    expect(refusal(given.attempt({ type: 'ballot', ...ranks(ALPHA) }, moment(CHAIR, brief.deadline)))).toContain('This vote closed');
  });

  it('is given by a deputy, and withdrawn', () => {
    const given = opened();
    given.when({ type: 'deputy', deputy: 'person/40' }, moment(CHAIR));
    const step = given.when({ type: 'ballot', about: CHAIR, ...ranks(ALPHA) }, moment('person/40'));
    expect(inWords(step.say!)).toContain(`Counted for ${CHAIR}: 1 Alpha model`);
    expect(given.state.byDeputy).toEqual([{ person: CHAIR, deputy: 'person/40' }]);
    given.when({ type: 'withdraw', about: CHAIR }, moment('person/40'));
    expect(given.state.voted).toEqual([]);
  });

  it('shows the first preferences so far to those whose ballot is in, and to nobody before', () => {
    const given = opened();
    cast(given, CHAIR, ALPHA, BETA);
    given.when({ type: 'ballot', ...ranks(), abstain: true }, moment(member(1)));
    const step = given.when({ type: 'so-far' }, moment(CHAIR));
    expect(inWords(step.say!)).toBe(
      '2 of 5 have voted. First preferences: Alpha model 1, Beta model 0, Gamma for returns 0; 1 abstaining. This may still change until the close.',
    );
    expect(refusal(given.attempt({ type: 'so-far' }, moment(member(2))))).toContain('once your ballot is in');
    expect(given.shown('vote')).not.toContain('Alpha model 1');
  });
});

describe('the result of a ranked choice', () => {
  it('is one that not most had first, and says so round by round', () => {
    const given = decided();
    expect(given.state).toMatchObject({
      initiative: { id: BETA, name: 'Beta model', owner: 'person/22' },
      closed: { outcome: 'CHOSEN', dissent: [] },
    });
    const result = given.shown('result');
    expect(result.split('\n').slice(0, 5)).toEqual([
      'CHOSEN: Ranked choice, The money of 2027: Beta model',
      'Beta model is chosen by instant-runoff: 3 of the 5 ballots that count in round 2, which is more than half.',
      '• Round 1: Alpha model 2, Beta model 2, Gamma for returns 1. Gamma for returns goes out.',
      '• Round 2: Alpha model 2, Beta model 3.',
      '5 of 5 voted, the quorum is 3. Closed when all had voted, Mon, 1 Mar 2027, 10:00 UTC.',
    ]);
    expect(result).toContain('✓ Beta model 2 first preferences, 1 came from those that went out');
    expect(given.timers).toEqual([{ key: 'decide', at: START + HOUR, to: 'decision' }]);
  });

  it('stands in rows, round by round', () => {
    const rows = vote.records(decided().state, 'vote/1');
    expect(rows.find((row) => row.table === 'votes')!.row).toMatchObject({
      rule: 'instant-runoff',
      question: 'ranking',
      outcome: 'CHOSEN',
      initiative: BETA,
    });
    expect(
      rows.flatMap((row) =>
        row.table === 'vote_rounds' ? [[row.row.round, row.row.name, row.row.votes, row.row.became, row.row.way]] : [],
      ),
    ).toEqual([
      [1, 'Alpha model', 2, 'left', null],
      [1, 'Beta model', 2, 'left', null],
      [1, 'Gamma for returns', 1, 'out', 'fewest'],
      [2, 'Alpha model', 2, 'left', null],
      [2, 'Beta model', 3, 'chosen', null],
    ]);
  });

  it('is nothing without a quorum, and shows no count then', () => {
    const given = opened();
    cast(given, CHAIR, ALPHA);
    given.when({ type: 'deadline' }, moment(undefined, brief.deadline, brief.deadline));
    expect(given.state.closed).toMatchObject({ outcome: 'NO QUORUM' });
    expect(given.state.closed!.ranking).toBeUndefined();
    expect(given.shown('result')).not.toContain('Alpha');
    expect(given.timers).toEqual([]);
  });

  it('counts an abstention for the quorum, and a recused member for nothing', () => {
    const given = opened({ quorum: '100 %' });
    given.when({ type: 'recuse', reason: 'Mine' }, moment(member(4)));
    cast(given, CHAIR, ALPHA);
    for (const n of [1, 2]) given.when({ type: 'ballot', ...ranks(), abstain: true }, moment(member(n)));
    cast(given, member(3), ALPHA);
    expect(given.state.closed).toMatchObject({ outcome: 'CHOSEN', quorum: { needed: 4, base: 4, present: 4 }, ranking: { abstaining: 2 } });
    expect(given.shown('result')).toContain('2 abstaining.');
  });

  it('chooses nothing in a tie, makes no decision of it, and offers to ask again', () => {
    const given = opened();
    cast(given, CHAIR, ALPHA);
    cast(given, member(1), ALPHA);
    cast(given, member(2), BETA);
    cast(given, member(3), BETA);
    given.when({ type: 'ballot', ...ranks(), abstain: true }, moment(member(4)));
    expect(given.state.closed).toMatchObject({ outcome: 'NO CHOICE' });
    expect(given.timers).toEqual([]);
    expect(given.shown('result')).toContain(
      'Alpha model and Beta model are tied with 2 each, and nothing told them apart. Nothing is chosen.',
    );
    const result = given.flow.surfaces(given.state, 'vote/1').find((one) => one.key === 'result')!;
    expect(openingQuestion(result.card.buttons![0]!.press.about!, moment(PM), facts)).toMatchObject({
      values: { 'option-1': ALPHA, 'option-2': BETA, 'option-3': GAMMA, subject: 'The money of 2027' },
    });
  });

  it('is broken by the chair’s ballot where the vote has it so', () => {
    const given = opened({ casting: true });
    cast(given, CHAIR, BETA, ALPHA);
    cast(given, member(1), ALPHA);
    cast(given, member(2), BETA);
    cast(given, member(3), ALPHA);
    given.when({ type: 'ballot', ...ranks(), abstain: true }, moment(member(4)));
    expect(given.state.closed).toMatchObject({ outcome: 'CHOSEN', ranking: { winner: BETA } });
    expect(given.shown('result')).toContain(
      'Of those that are tied, Alpha model goes out: the chair, who has the casting vote, ranks it lowest.',
    );
  });

  it('can be corrected before anybody acted, without a rule to choose', () => {
    const given = opened();
    const asked = vote.inputs.correct.question!(given.state, moment(PM), {} as never, '') as Question;
    expect(Object.keys(asked.schema.shape)).toEqual(['deadline', 'casting', 'quorum', 'openness', 'changes']);
    given.when({ type: 'correct', deadline: START + DAY, quorum: '2', casting: true, changes: false }, moment(PM));
    expect(given.state).toMatchObject({ deadline: START + DAY, casting: true, changes: false, quorum: { kind: 'count', count: 2 } });
  });
});

describe('a secret ranked choice', () => {
  it('keeps the ranks sealed, counts them, and lists them by receipt', () => {
    let state = opened({ openness: 'secret' }).state;
    const sealed = new Map<PersonId, { receipt: string; number: number; choices: Record<string, string>; reasons: object }>();
    const all = [[ALPHA], [ALPHA], [BETA, ALPHA], [BETA], [GAMMA, BETA]];
    for (const [index, who] of electors.entries()) {
      const others = [...sealed].filter(([person]) => person !== who).map(([, one]) => one);
      const known = { own: [{ receipt: `R${index}`, number: 0, choices: null, reasons: {} }], sealed: others };
      const step = taken(vote.step(state, { type: 'ballot', ...ranks(...all[index]!) }, moment(who), known as never));
      expect(JSON.stringify(step.state.voted)).not.toContain(ALPHA);
      const kept = step.keep!.find((one) => one.kind === 'seal')!;
      expect(kept).toMatchObject({ elector: who, choices: ranks(...all[index]!), room: 4096 });
      sealed.set(who, { receipt: `R${index}`, number: 1, choices: kept.kind === 'seal' ? { ...kept.choices } : {}, reasons: {} });
      state = step.state;
    }
    expect(state.closed).toMatchObject({
      outcome: 'CHOSEN',
      ranking: { winner: BETA },
      list: [
        ['R0', '1--'],
        ['R1', '1--'],
        ['R2', '21-'],
        ['R3', '-1-'],
        ['R4', '-21'],
      ],
    });
    const given = new Given<Vote>(vote, state);
    expect(given.shown('ballots-1')).toMatch(/1: Alpha model\n2: Beta model\n3: Gamma for returns\n.*R2: 2 > 1\n/s);
    expect(vote.sealed!(opened({ openness: 'secret' }).state, 'ballot')).toBe(true);
  });
});

describe('the decision of a ranked choice', () => {
  const briefOf = (given: Given<Vote>) => vote.timers(given.state, 'vote/1')[0]!.input as unknown as DecisionBrief;
  const made = (known: object = {}, given = decided()) =>
    new Given<Decision>(decision, taken(start<Decision>(decision, briefOf(given), moment(undefined, START + HOUR), known)).state);

  it('is final with its rationale, and tells each team and each sponsor, then why', () => {
    const given = made();
    expect(given.state.finalAt).toBeUndefined();
    expect(given.keys).toEqual([
      'decision',
      `sponsor ${SPONSOR}`,
      'sponsor person/33',
      'team channel/11',
      'team channel/12',
      'team channel/13',
    ]);
    expect(given.shown('decision')).toContain('D-1 CHOSEN: Ranked choice, The money of 2027: Beta model');
    expect(given.shown('decision')).toContain('• Round 2: Alpha model 2, Beta model 3.');
    expect(given.shown('team channel/11')).toContain('it follows, as a message of its own');
    given.when({ type: 'rationale', rationale: 'It pays back sooner.', review: '2027-05-30' }, moment(CHAIR));
    expect(given.state.finalAt).toBe(START);
    for (const place of [11, 12, 13]) expect(given.shown(`rationale channel/${place}`)).toContain('It pays back sooner.');
    expect(given.shown('rationale channel/11')).toContain('person/21');
  });

  it('moves no initiative on, starts nothing, and stands in the row with its count', () => {
    const given = made();
    given.when({ type: 'rationale', rationale: 'So.', review: '2027-05-30' }, moment(CHAIR));
    expect(given.timers.map(({ key }) => key)).toEqual(['review']);
    const [row] = decision.records(given.state, 'decision/1');
    expect(row).toMatchObject({
      row: { initiative: BETA, outcome: 'CHOSEN', question: 'ranking', subject: 'The money of 2027', state: 'final' },
    });
    expect((row!.row as { why: string }).why).toContain(
      'Round 1: Alpha model 2, Beta model 2, Gamma for returns 1. Gamma for returns goes out.',
    );
  });

  it('supersedes the same choice of the same committee, whichever initiative that chose', () => {
    const row = { id: 'decision/7', initiative: ALPHA, question: 'ranking', subject: 'the money of 2027', body: 'body/1' };
    const needs = decision.open.needs!('', moment(undefined), briefOf(decided()));
    expect(needs[0]).toMatchObject({ where: { question: 'ranking' } });
    expect(made({ standing: [row] }).state.supersedes).toEqual(['decision/7']);
    expect(made({ standing: [{ ...row, body: 'body/2' }] }).state.supersedes).toEqual([]);
    expect(made({ standing: [{ ...row, subject: 'the money of 2028' }] }).state.supersedes).toEqual([]);
  });

  it('is appealed by the owner of one that was not chosen, and then voted on again among the same', () => {
    const given = made();
    given.facts = { bodies: facts.bodies };
    expect(refusal(given.attempt({ type: 'appeal', what: 'New' }, moment(PM)))).toContain(
      'Only the owners of the initiatives that were ranked',
    );
    given.when({ type: 'appeal', what: 'The scan was wrong' }, moment('person/21'));
    given.when({ type: 'reopen', reason: 'New figures', deadline: START + 2 * DAY }, moment(CHAIR, START + HOUR));
    const again = decision.timers(given.state, 'decision/1').find((one) => one.key === 'reopen 1')!;
    const { state } = taken(start<Vote>(vote, again.input, moment(undefined, START + HOUR), facts));
    expect(state).toMatchObject({
      subject: 'The money of 2027',
      reopened: { vote: 'vote/1', reason: 'New figures' },
      opened: { by: CHAIR },
    });
    expect(state.options!.map(({ id }) => id)).toEqual([ALPHA, BETA, GAMMA]);
  });
});
