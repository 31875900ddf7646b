import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decision } from '../../flows/decision/decision.ts';
import type { Decision } from '../../flows/decision/state.ts';
import { flows } from '../../flows/index.ts';
import type { Vote } from '../../flows/vote/state.ts';
import { vote } from '../../flows/vote/vote.ts';
import type { Flow } from '../../src/flow.ts';
import type { FlowId } from '../../src/id.ts';
import type { Derived, Row } from '../../src/record.ts';
import { upgrade, upgraded } from '../../src/upgrade.ts';
import { type Core, openCore, silent, START as OPENED } from '../core/house.ts';
import { CHAIR, DAY, Given, inWords, member, moment, PM, refusal, SPONSOR, start, START, taken } from './given.ts';
import { allGo, openingFacts, voteBrief } from './votes.ts';

const electors = [CHAIR, member(1), member(2)];

const reviewed = (days: number, more: Partial<Derived['reviews']> = {}): Derived['reviews'] => ({
  id: 'review/1',
  initiative: 'initiative/1',
  title: 'Churn model',
  owner: PM,
  opened_by: PM,
  state: 'posted',
  recommended: 'SCALE',
  verdict: 'SCALE',
  technical: 72,
  business: 81,
  organizational: 50,
  strategic: 60,
  indicators: 12,
  red_flags: 0,
  proposals: '[]',
  opened_at: START - (days + 7) * DAY,
  due_at: START - days * DAY,
  decided_at: START - days * DAY,
  ...more,
});

const checked = (days: number, more: Partial<Derived['readiness_checks']> = {}): Derived['readiness_checks'] => ({
  id: 'readiness/1',
  initiative: 'initiative/1',
  title: 'Churn model',
  state: 'done',
  met: 15,
  unmet: 2,
  not_applicable: 1,
  unanswered: 0,
  opened_at: START - (days + 7) * DAY,
  due_at: START - days * DAY,
  finished_at: START - days * DAY,
  ...more,
});

const action = (due: string | null, initiative: FlowId = 'initiative/1'): Derived['actions'] => ({
  flow: 'action/1',
  key: 'action',
  initiative,
  title: 'Test the backup',
  owner: PM,
  due,
  state: 'open',
  origin: null,
  met_at: null,
  missed_at: null,
});

const put = (id: FlowId, initiative: FlowId = 'initiative/1'): Derived['evidence'] => ({
  id,
  initiative,
  criterion: null,
  says: 'The pilot saved four hours',
  link: null,
  person: PM,
  at: START,
});

const known = { ...openingFacts(electors), reviews: [reviewed(12)], checks: [checked(3)] };

const open = (facts: object = {}, more: object = {}) => start<Vote>(vote, { ...voteBrief, ...more }, moment(PM), { ...known, ...facts });
const opened = (facts: object = {}, more: object = {}) => new Given<Vote>(vote, taken(open(facts, more)).state);

/** The card of the vote, or of the decision, in words. */
const shown = <State>(given: Given<State>, key: string): string =>
  given.flow
    .surfaces(given.state, given.id)
    .filter((surface) => surface.key === key)
    .flatMap(({ card }) => card.parts)
    .flatMap((part) =>
      part.kind === 'facts'
        ? part.facts.map(({ label, value }) => `${label}: ${inWords(value)}`)
        : part.kind === 'text'
          ? [inWords(part.text)]
          : [],
    )
    .join('\n');

describe('the evidence of a vote', () => {
  it('is copied when it opens: the latest review and check, what is overdue, and what was put in', () => {
    const given = opened({
      reviews: [reviewed(1, { initiative: 'initiative/2' }), reviewed(12, { id: 'review/4', verdict: 'EXTEND' }), reviewed(40)],
      checks: [checked(1, { initiative: 'initiative/2' }), checked(3, { id: 'readiness/4' }), checked(50)],
      actions: [action('2027-02-28'), action('2027-03-01'), action(null), action('2027-02-01', 'initiative/2')],
      evidence: [put('evidence/1'), put('evidence/2'), put('evidence/3', 'initiative/2')],
    });
    expect(given.state.evidence).toEqual({
      at: START,
      review: {
        id: 'review/4',
        verdict: 'EXTEND',
        recommended: 'SCALE',
        decidedAt: START - 12 * DAY,
        technical: 72,
        business: 81,
        proposals: [],
      },
      readiness: { id: 'readiness/4', met: 15, unmet: 2, notApplicable: 1, finishedAt: START - 3 * DAY },
      overdue: 1,
      put: 2,
    });
    const card = shown(given, 'vote');
    expect(card).toContain('Pilot review: EXTEND, Wed, 17 Feb 2027, 12 days old when the vote opened.');
    expect(card).toContain('Technical performance 72, business impact 81 of 100. The answers recommended SCALE.');
    expect(card).toContain('Readiness: 15 met, 2 not met, 1 not applicable, Fri, 26 Feb 2027, 3 days old when the vote opened.');
    expect(card).toContain('Overdue: 1 action when the vote opened');
    expect(card).toContain('Evidence: 2 pieces put in');
  });

  it('takes up a readiness check that is finished while the vote is open, and no older one, and none after its close', () => {
    const given = opened({ checks: [] }, { without: 'Both begin together' });
    given.facts = { checks: [checked(1)] };
    given.when({ type: 'nudge', nudge: 'a day' }, moment(undefined));
    expect(given.state.evidence).not.toHaveProperty('readiness');
    given.facts = { checks: [checked(-1, { id: 'readiness/2' })] };
    for (const who of electors) given.when({ type: 'ballot', ...allGo }, moment(who, START + 2 * DAY));
    expect(shown(given, 'vote')).toContain(
      'Readiness: 15 met, 2 not met, 1 not applicable, Tue, 2 Mar 2027, finished while the vote was open.',
    );
    expect(shown(given, 'vote')).toContain('Said at the opening: Both begin together');
    expect(given.flow.timers(given.state, given.id)[0]!.input).toMatchObject({ evidence: { readiness: { id: 'readiness/2' } } });
    given.facts = { checks: [checked(-2, { id: 'readiness/3' })] };
    given.when({ type: 'deadline' }, moment(undefined, START + 3 * DAY));
    expect(given.state.evidence!.readiness!.id).toBe('readiness/2');
  });

  it('asks for the latest finished check of its initiative at every step that may show it', () => {
    const need = {
      rows: 'readiness_checks',
      where: { initiative: 'initiative/1', state: 'done' },
      order: ['finished_at', 'desc'],
      limit: 1,
    };
    for (const input of ['ballot', 'reasons', 'close', 'deadline', 'nudge', 'recuse'] as const)
      expect(vote.needs!(opened().state, { id: 'vote/1', input, by: CHAIR })).toContainEqual(expect.objectContaining(need));
  });

  it('says what a go takes over as conditions, and hands it to the decision, but not to that of a no-go', () => {
    const proposals = [
      { key: 'review accuracy', text: 'Accuracy is as required', against: true },
      { key: 'caution organizational', text: 'Organizational readiness at 60 of 100 or more' },
    ];
    const extend = { recommended: 'EXTEND', verdict: 'EXTEND', proposals: JSON.stringify(proposals) };
    const voted = (choice: string) => {
      const given = opened({ reviews: [reviewed(2, extend)] });
      for (const elector of electors) {
        given.when({ type: 'ballot', ...allGo, roi: choice }, moment(elector));
        if (choice === 'no-go') given.when({ type: 'reasons', roi: 'It does not pay' }, moment(elector));
      }
      return given;
    };
    expect(shown(opened({ reviews: [reviewed(2, extend)] }), 'vote')).toContain(
      'A go takes over from the review, as conditions: “Accuracy is as required”, “Organizational readiness at 60 of 100 or more”.',
    );
    const brief = (given: Given<Vote>) => given.flow.timers(given.state, given.id)[0]!.input;
    expect(brief(voted('go'))).toMatchObject({ outcome: 'GO', proposals, evidence: { review: { recommended: 'EXTEND' } } });
    expect(brief(voted('no-go'))).toMatchObject({ outcome: 'NO-GO', proposals: [] });
  });

  it.each([
    [0, 'less than a day old when the vote opened'],
    [1, '1 day old when the vote opened'],
    [60, '60 days old when the vote opened'],
    [61, 'stale when the vote opened (61 days old)'],
  ])('says its age in days: %i', (days, said) => {
    expect(shown(opened({ reviews: [reviewed(days)] }), 'vote')).toContain(said);
    expect(shown(opened({ checks: [checked(days)] }), 'vote')).toContain(said);
  });

  it('says nothing of what is not: scores that nobody knows, nothing overdue, nothing put in', () => {
    const card = shown(opened({ reviews: [reviewed(2, { technical: null })], checks: [checked(2, { not_applicable: 0 })] }), 'vote');
    expect(card).not.toMatch(/Technical performance|Overdue|Evidence|recommended|not applicable|Opened without|Said at/);
  });
});

describe('a vote without a review or a readiness check', () => {
  it.each([
    ['neither', { reviews: [], checks: [] }, 'There is no posted pilot review and no finished readiness check of Churn model.'],
    ['no review', { reviews: [] }, 'There is no posted pilot review of Churn model. Start it with /pilot-review Churn model, or say'],
    ['no check', { checks: [] }, 'There is no finished readiness check of Churn model. Start it with /readiness Churn model, or say'],
    ['those of another initiative', { reviews: [reviewed(1, { initiative: 'initiative/2' })] }, 'no posted pilot review'],
  ])('is refused at its field: %s', (_, facts, sentence) => {
    const step = open(facts);
    expect(refusal(step)).toContain(sentence);
    expect(step).toMatchObject({ at: 'without' });
  });

  it('names both commands where both are missing', () => {
    expect(refusal(open({ reviews: [], checks: [] }))).toContain(
      'Start them with /pilot-review Churn model and /readiness Churn model, or say here why',
    );
  });

  it('needs no reason where both are there, however stale', () => {
    expect(opened({ reviews: [reviewed(400)], checks: [checked(400)] }).state.evidence).not.toHaveProperty('without');
  });

  it.each([
    ['neither', { reviews: [], checks: [] }, 'Opened without a posted pilot review and a finished readiness check: On paper'],
    ['no check', { checks: [] }, 'Opened without a finished readiness check: On paper'],
    ['nothing missing, and something said', {}, 'Said at the opening: On paper'],
  ])('shows the opener’s reason: %s', (_, facts, said) => {
    expect(shown(opened(facts, { without: 'On paper' }), 'vote')).toContain(said);
  });

  it('tells in the form what is missing of the initiative that is meant', () => {
    const hint = (facts: object) =>
      (vote.open.question!('churn', moment(PM), { ...known, ...facts }) as { hints: Record<string, string> }).hints.without;
    expect(hint({ checks: [] })).toBe('For Churn model there is no finished readiness check yet.');
    expect(hint({})).toBeUndefined();
  });
});

describe('a vote that another flow opens', () => {
  const byClock = (facts: object, more: object) =>
    start<Vote>(vote, { type: 'open', ...voteBrief, ...more }, moment(undefined), { ...known, ...facts });

  it('is opened by who started that', () => {
    expect(taken(byClock({}, { startedBy: SPONSOR })).state.opened).toEqual({ by: SPONSOR, at: START });
  });

  it('takes its last day as it was counted in a zone whose clocks change meanwhile', () => {
    const september = Date.UTC(2027, 8, 1, 9);
    const deadline = september + 90 * DAY + DAY / 24;
    const at = moment(undefined, september);
    const open = (by: typeof at) => start<Vote>(vote, { type: 'open', ...voteBrief, deadline, startedBy: PM }, by, known);
    expect(taken(open(moment(PM, september))).state.deadline).toBe(deadline);
    expect(taken(open({ ...at, zone: 'UTC' })).state.deadline).toBe(deadline);
  });

  it('never takes a person’s word for who opens it', () => {
    expect(opened({}, { startedBy: SPONSOR }).state.opened.by).toBe(PM);
  });

  it('says that the readiness check is just starting, or what it was given to say', () => {
    const state = (more: object) => taken(byClock({ checks: [] }, { startedBy: PM, ...more })).state;
    expect(state({}).evidence!.without).toBe('The readiness check starts together with this vote.');
    expect(state({ without: 'It was agreed' }).evidence!.without).toBe('It was agreed');
    expect(taken(byClock({}, { startedBy: PM })).state.evidence).not.toHaveProperty('without');
  });
});

it('takes up a check that is finished while a clock stands still', () => {
  const given = opened({ checks: [] }, { without: 'Both begin together' });
  given.facts = { checks: [checked(0)] };
  given.when({ type: 'ballot', ...allGo }, moment(CHAIR));
  expect(given.state.evidence).toMatchObject({ readiness: { id: checked(0).id, finishedAt: given.state.evidence!.at } });
});

it('takes up a check that is finished meanwhile once: later ballots change nothing but themselves', () => {
  const given = opened();
  given.facts = { checks: [checked(-1, { id: 'readiness/2' })] };
  const ballot = { type: 'ballot', ...allGo };
  given.when(ballot, moment(CHAIR, START + 2 * DAY));
  expect(given.state.evidence!.readiness!.id).toBe('readiness/2');
  const before = given.state;
  given.when(ballot, moment(CHAIR, START + 2 * DAY + 1));
  expect(given.state).toBe(before);
});

describe('the decision', () => {
  const closed = (given: Given<Vote>) => {
    for (const who of electors) given.when({ type: 'ballot', ...allGo }, moment(who));
    const handed = given.flow.timers(given.state, given.id)[0]!.input;
    return new Given<Decision>(decision, taken(start<Decision>(decision, handed, moment(undefined), { standing: [], cadences: [] })).state);
  };

  it('shows what the vote opened with, and the reason', () => {
    const card = shown(closed(opened({ checks: [], evidence: [put('evidence/1')] }, { without: 'On paper' })), 'decision');
    expect(card).toContain('Pilot review: SCALE, Wed, 17 Feb 2027, 12 days old when the vote opened');
    expect(card).toContain('Evidence: 1 piece put in');
    expect(card).toContain('Opened without a finished readiness check: On paper');
  });

  it('shows no evidence that an older vote did not keep', () => {
    const { evidence: _, ...old } = opened().state;
    const upgradedVote = upgraded(vote, { id: 'vote/1', version: 1, state: old, settled: 0 }) as Vote;
    const given = new Given<Vote>(vote, upgradedVote);
    expect(shown(given, 'vote')).not.toMatch(/Pilot review|Opened without/);
    const decided = closed(given);
    expect(shown(decided, 'decision')).not.toMatch(/Pilot review|Opened without/);
    expect(upgraded(decision, { id: 'decision/1', version: 1, state: decided.state, settled: 0 })).toEqual(decided.state);
  });
});

/** Opens a vote at once, as another flow does. */
const starter: Flow<{ at: number }> = {
  name: 'starter',
  version: 1,
  state: z.custom<{ at: number }>(),
  open: { from: 'person', start: (_, { at }) => ({ state: { at } }) },
  inputs: {},
  step: (state) => ({ state }),
  surfaces: () => [],
  timers: ({ at }) => [
    { key: 'vote', at, to: 'vote', input: { type: 'open', ...voteBrief, deadline: at + DAY, quorum: '1', startedBy: 'person/1' } },
  ],
  records: () => [],
};

describe('a vote on what was decided before', () => {
  it('says why, on its card and on the decision that it makes', () => {
    const given = opened({}, { reopens: 'vote/7', reason: 'The figures were *old*', startedBy: CHAIR });
    expect(given.surface('vote')).toContain('Voted on again');
    expect(given.surface('vote')).toContain('{"kind":"typed","text":"The figures were *old*"}');
    expect(opened().surface('vote')).not.toContain('Voted on again');
    for (const elector of electors) given.when({ type: 'ballot', ...allGo }, moment(elector));
    expect(vote.timers(given.state, given.id)).toMatchObject([
      { to: 'decision', input: { reopened: { vote: 'vote/7', reason: 'The figures were *old*' } } },
    ]);
  });
});

describe('over the tables', () => {
  let core: Core | undefined;
  afterEach(async () => {
    await core?.close();
    core = undefined;
  });

  /** An initiative and a committee, and rows as reviews, checks, actions and evidence leave them. */
  async function prepared(...rows: Row[]): Promise<Core> {
    core = await openCore([...flows, starter]);
    const { store, installation } = core;
    await store.update(function* (tables) {
      yield* tables.putChannel(installation, { address: 'c', name: 'churn-model', zone: 'UTC', reference: null });
      yield* tables.putIdentity(installation, 'pm', { name: 'PM' });
      for (const row of rows) yield* tables.putRecord(installation.workspace, row);
    });
    await core.act('pm', 'initiative', 'open', { name: 'Churn model', owner: 'person/1', sponsor: 'person/1', channel: 'channel/1' });
    await core.act('pm', 'body', 'open', { name: 'Board', members: 'person/1', chair: 'person/1', quorum: '1', rule: 'majority' });
    return core;
  }

  const answers = { initiative: 'initiative/1', body: 'body/1', channel: 'channel/1', rule: 'majority', quorum: '1', changes: 'true' };
  const opening = (raw: Record<string, string> = {}) =>
    core!.act('pm', 'vote', 'open', { ...answers, deadline: String((OPENED + DAY) / 1000), ...raw });
  const stateOf = async (id: FlowId) => (await core!.store.look((tables) => tables.flow(core!.installation.workspace, id)))!.state as Vote;

  it('finds the posted review decided last, the check finished last, and only what is open', async () => {
    await prepared(
      { table: 'reviews', row: reviewed(30, { id: 'review/1', verdict: 'EXTEND' }) },
      { table: 'reviews', row: reviewed(5, { id: 'review/2' }) },
      { table: 'reviews', row: reviewed(20, { id: 'review/3', verdict: 'PIVOT' }) },
      { table: 'reviews', row: reviewed(1, { id: 'review/4', state: 'weighing', verdict: null, decided_at: null }) },
      { table: 'reviews', row: reviewed(2, { id: 'review/5', state: 'cancelled' }) },
      { table: 'readiness_checks', row: checked(30, { id: 'readiness/1' }) },
      { table: 'readiness_checks', row: checked(5, { id: 'readiness/2' }) },
      { table: 'readiness_checks', row: checked(1, { id: 'readiness/3', state: 'asking', finished_at: null }) },
      { table: 'readiness_checks', row: checked(2, { id: 'readiness/4', state: 'cancelled' }) },
      { table: 'actions', row: action('2027-02-01') },
      { table: 'actions', row: { ...action('2027-02-01'), flow: 'action/2', state: 'done' } },
      { table: 'evidence', row: put('evidence/1') },
    );
    expect(await opening()).toMatchObject({ kind: 'done' });
    expect((await stateOf('vote/1')).evidence).toMatchObject({
      review: { id: 'review/2' },
      readiness: { id: 'readiness/2' },
      overdue: 1,
      put: 1,
    });
  });

  it('answers at the field when a reason is missing, and keeps what was typed', async () => {
    await prepared();
    const reply = await opening({ quorum: '100 %' });
    expect(reply).toMatchObject({ kind: 'errors', errors: { without: expect.stringContaining('There is no posted pilot review') } });
    expect(reply).toMatchObject({ form: { fields: expect.arrayContaining([expect.objectContaining({ key: 'quorum', value: '100 %' })]) } });
    expect(await opening({ without: 'The pilot was reviewed on paper.' })).toMatchObject({ kind: 'done' });
  });

  it('is opened by the timer of another flow, whose start begins the readiness check', async () => {
    await prepared({ table: 'reviews', row: reviewed(0) });
    await core!.act('pm', 'starter', 'open');
    await core!.timekeeper.sweep();
    expect(await stateOf('vote/1')).toMatchObject({
      opened: { by: 'person/1', at: OPENED },
      evidence: { review: { id: 'review/1' }, without: 'The readiness check starts together with this vote.' },
    });
  });

  it('upgrades a vote that was open before evidence was attached, and it still closes', async () => {
    await prepared();
    await opening({ without: 'On paper' });
    const { evidence: _, ...old } = await stateOf('vote/1');
    const { workspace } = core!.installation;
    await core!.store.update((tables) => tables.putFlow(workspace, { id: 'vote/1', version: 1, state: old, settled: 0 }));
    await upgrade(core!.store, flows, silent);
    const row = await core!.store.look((tables) => tables.flow(workspace, 'vote/1'));
    expect(row).toMatchObject({ version: vote.version });
    core!.clock.move(OPENED + 2 * DAY);
    await core!.timekeeper.sweep();
    expect((await stateOf('vote/1')).closed).toMatchObject({ outcome: 'NO QUORUM' });
  });
});
