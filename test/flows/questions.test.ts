import { afterEach, describe, expect, it } from 'vitest';
import { builtIn } from '../../flows/criteria/sets.ts';
import { decision } from '../../flows/decision/decision.ts';
import { flows, pages, verbs } from '../../flows/index.ts';
import { openingNeeds, openingQuestion, type OpeningFacts } from '../../flows/vote/opening.ts';
import { presetIn, presetOf, splitSaid } from '../../flows/vote/preset.ts';
import type { Vote } from '../../flows/vote/state.ts';
import { vote } from '../../flows/vote/vote.ts';
import type { Address } from '../../src/card.ts';
import { addressMeant } from '../../src/commands.ts';
import { type Form, MAX } from '../../src/form.ts';
import type { Moment } from '../../src/flow.ts';
import { type Core, openCore, START as OPENED } from '../core/house.ts';
import { CHAIR, churn, DAY, Given, inWords, member, moment, PM, refusal, SPONSOR, start, START, taken } from './given.ts';
import { openingFacts, voteBrief } from './votes.ts';

const initiative = (n: number, name: string, channel = 2): OpeningFacts['initiatives'][number] => ({
  ...churn,
  id: `initiative/${n}`,
  name,
  channel: `channel/${channel}`,
});

const facts: OpeningFacts = {
  ...openingFacts([CHAIR, member(1)]),
  initiatives: [initiative(1, 'Churn model'), initiative(2, 'Invoice reader', 3), initiative(3, 'Churn wave', 4)],
};
const gate = { ...voteBrief, question: 'gate', subject: 'wave 2' };

const opened = (said: object) => new Given<Vote>(vote, taken(start<Vote>(vote, said, moment(PM), facts)).state);

describe('the built-in questions', () => {
  it.each(builtIn.map((one) => [one.name, one] as const))('%s fits every form and card', (name, { set, title }) => {
    expect(set.id.startsWith(`${name}/`)).toBe(true);
    expect(title.length).toBeLessThanOrEqual(60);
    expect(set.criteria.length).toBeLessThanOrEqual(15);
    expect(set.criteria.filter(({ tier }) => tier === 'must').length).toBeGreaterThan(0);
    expect(new Set(set.criteria.map(({ key }) => key)).size).toBe(set.criteria.length);
    expect(set.criteria.filter(({ text }) => text.length > MAX.criterion)).toEqual([]);
  });
});

describe('a gate', () => {
  it('says in its title which wave it is, and is asked with criteria of its own', () => {
    const given = opened(gate);
    expect(given.state).toMatchObject({ set: 'gate/1', subject: 'wave 2' });
    expect(given.shown('vote').split('\n')[0]).toBe('Gate, wave 2: Churn model');
    expect(given.state.criteria).toBeUndefined();
  });

  it('is decided as any vote is, and hands its question over to the decision', () => {
    const given = opened(gate);
    const criteria = builtIn.find(({ name }) => name === 'gate')!.set.criteria;
    const allGo = Object.fromEntries(criteria.map(({ key }) => [key, 'go']));
    given.when({ type: 'ballot', ...allGo }, moment(CHAIR));
    given.when({ type: 'ballot', ...allGo, trained: 'missing' }, moment(member(1)));
    given.when({ type: 'reasons', trained: 'Nobody has planned it' }, moment(member(1)));
    expect(given.shown('result').split('\n')[0]).toBe('GO WITH CONDITIONS: Gate, wave 2: Churn model');
    const [{ input }] = vote.timers(given.state, 'vote/1') as unknown as [{ input: object }];
    expect(input).toMatchObject({ question: 'gate', subject: 'wave 2', proposals: [] });
    const record = taken(start(decision, input, moment(undefined), { standing: [], cadences: [] })).state as never;
    const [card] = decision.surfaces(record, 'decision/1');
    expect(inWords(card!.card.title)).toBe('D-1 GO WITH CONDITIONS, its condition open: Gate, wave 2: Churn model');
  });

  it('needs no reason for opening without a review; the scaling itself does', () => {
    expect(refusal(start(vote, voteBrief, moment(PM), facts))).toContain('There is no posted pilot review');
    expect(opened(gate).state.evidence).toEqual({ at: START, overdue: 0, put: 0 });
  });

  it('shows the review, and takes none of its weak points over again', () => {
    const proposals = JSON.stringify([{ key: 'review roi', text: 'ROI', against: true }]);
    const review = { id: 'review/1', initiative: 'initiative/1', verdict: 'SCALE', recommended: 'PIVOT', technical: 70, business: 40 };
    const known = { ...facts, reviews: [{ ...review, decided_at: START - DAY, proposals }] };
    const of = (said: object) => (taken(start<Vote>(vote, said, moment(PM), known)) as { state: Vote }).state.evidence;
    expect(of(gate)?.review).toMatchObject({ verdict: 'SCALE', proposals: [] });
    expect(of({ ...voteBrief, without: 'On paper' })?.review?.proposals).toHaveLength(1);
    expect(of({ ...voteBrief, question: 'change', subject: 'new threshold' })).toBeUndefined();
  });
});

describe('opening refuses', () => {
  const open = (question: string, subject: string | null) => ({ ...facts, votes: [{ initiative: 'initiative/1', question, subject }] });
  it.each([
    ['a gate that does not say which', { ...gate, subject: undefined }, facts, 'subject', 'like “wave 2”'],
    ['a change that does not say which', { ...gate, question: 'change', subject: undefined }, facts, 'subject', 'new threshold'],
    ['a go/no-go of a wave', { ...voteBrief, subject: 'wave 2' }, facts, 'subject', 'as a whole'],
    ['a question that there is not', { ...gate, question: 'taste' }, facts, 'question', 'no longer there'],
    ['the same gate twice', { ...gate, subject: ' Wave  2' }, open('gate', 'wave 2'), 'subject', '“Gate,  Wave  2” on Churn model is open'],
    ['a second go/no-go', voteBrief, open('go-no-go', null), 'initiative', 'A vote on Churn model is open already'],
  ])('%s', (_, said, known, at, sentence) => {
    const step = start(vote, said, moment(PM), known);
    expect(refusal(step)).toContain(sentence);
    expect(step).toMatchObject({ at });
  });

  it.each([
    ['another wave', open('gate', 'wave 1')],
    ['a go/no-go', open('go-no-go', null)],
    ['the same of another initiative', { ...facts, votes: [{ initiative: 'initiative/2', question: 'gate', subject: 'wave 2' }] }],
  ])('nothing while %s is open', (_, known) => {
    expect(taken(start<Vote>(vote, gate, moment(PM), known)).state).toMatchObject({ subject: 'wave 2' });
  });
});

describe('what is typed after the command', () => {
  const here: Moment = { ...moment(PM), here: { channel: 'channel/3', zone: 'UTC' } };
  it.each([
    ['churn model wave 2', moment(PM), { one: { id: 'initiative/1' }, subject: 'wave 2' }],
    ['churn wave 2', moment(PM), { one: { id: 'initiative/3' }, subject: '2' }],
    ['invoice', moment(PM), { one: { id: 'initiative/2' } }],
    ['initiative/1 wave 2', moment(PM), { one: { id: 'initiative/1' }, subject: 'wave 2' }],
    ['the last wave', here, { one: { id: 'initiative/2' }, subject: 'the last wave' }],
    ['', here, { one: { id: 'initiative/2' } }],
    ['', moment(PM), {}],
  ])('“%s” is initiative and subject', (said, at, found) => {
    expect(splitSaid(said, at, facts.initiatives, '/offshoot gate')).toMatchObject(found);
  });

  it('is refused where it names none or several, with what there is', () => {
    expect(refusal(splitSaid('zebra', moment(PM), facts.initiatives, '/offshoot gate') as never)).toContain('No initiative fits “zebra”');
    expect(refusal(splitSaid('churn', moment(PM), facts.initiatives, '/offshoot gate') as never)).toContain('several');
  });

  it('comes back from a button as it was put in', () => {
    expect(presetIn(presetOf('gate', 'initiative/3', 'wave 2'))).toEqual({ question: 'gate', said: 'initiative/3 wave 2' });
    expect(presetIn('churn')).toEqual({ said: 'churn' });
    expect(presetIn('@gate')).toEqual({ question: 'gate', said: '' });
  });

  it('fills the form', () => {
    const question = openingQuestion('@gate churn model wave 2', moment(PM), facts);
    expect(question).toMatchObject({ values: { initiative: 'initiative/1', question: 'gate', subject: 'wave 2' } });
    const open = { ...facts, votes: [{ initiative: 'initiative/1', question: 'gate', subject: 'Wave 2' }] } as unknown as OpeningFacts;
    expect(refusal(openingQuestion('@gate churn model wave 2', moment(PM), open) as never)).toContain('“Gate, wave 2”');
    expect(openingQuestion('@gate churn model wave 3', moment(PM), open)).toMatchObject({ values: { subject: 'wave 3' } });
  });
});

describe('what the opening reads', () => {
  const of = (...[about, brief, answers]: [string, object?, Record<string, string>?]) =>
    openingNeeds(about, moment(PM), brief, answers).filter(({ rows }) =>
      ['reviews', 'readiness_checks', 'actions', 'evidence'].includes(rows),
    );
  it('is of one initiative once it is known which', () => {
    for (const needs of [
      of('initiative/7'),
      of('@gate initiative/7 wave 2'),
      of('', { initiative: 'initiative/7' }),
      of('churn', undefined, { initiative: 'initiative/7' }),
    ]) {
      expect(needs).toHaveLength(4);
      expect(needs.every(({ where }) => where?.initiative === 'initiative/7')).toBe(true);
    }
  });
  it('is a few of the newest until then', () => {
    expect(of('churn').map(({ rows, limit }) => [rows, limit])).toEqual([
      ['reviews', 200],
      ['readiness_checks', 200],
    ]);
  });
});

describe('over the engine', () => {
  let core: Core | undefined;
  afterEach(async () => {
    await core?.close();
    core = undefined;
  });

  const answers = { initiative: 'initiative/1', body: 'body/1', channel: 'channel/1', rule: 'majority', quorum: '1', changes: 'true' };
  const opening = (raw: Record<string, string>) =>
    core!.act('pm', 'vote', 'open', { ...answers, deadline: String((OPENED + DAY) / 1000), ...raw });

  async function prepared(): Promise<Core> {
    core = await openCore(flows, { pages });
    const { store, installation } = core;
    await store.update(function* (tables) {
      yield* tables.putChannel(installation, { address: 'c', name: 'churn-model', zone: 'UTC', reference: null });
      yield* tables.putIdentity(installation, 'pm', { name: 'PM' });
    });
    await core.act('pm', 'initiative', 'open', { name: 'Churn model', owner: 'person/1', sponsor: 'person/1', channel: 'channel/1' });
    await core.act('pm', 'body', 'open', { name: 'Board', members: 'person/1', chair: 'person/1', quorum: '1', rule: 'majority' });
    return core;
  }

  it('two gates and a go/no-go of one initiative stand open beside each other', async () => {
    const { store, installation } = await prepared();
    expect(await opening({ question: 'gate', subject: 'wave 1' })).toMatchObject({ kind: 'done' });
    expect(await opening({ question: 'gate', subject: 'WAVE 1' })).toMatchObject({
      kind: 'errors',
      errors: { subject: expect.stringContaining('open already') },
    });
    expect(await opening({ question: 'gate', subject: 'wave 2' })).toMatchObject({ kind: 'done' });
    expect(await opening({ without: 'On paper' })).toMatchObject({ kind: 'done' });
    const rows = await store.look((tables) => tables.rows(installation.workspace, { as: 'votes', rows: 'votes', order: ['id', 'asc'] }));
    expect(rows).toMatchObject([
      { title: 'Gate, wave 1: Churn model', question: 'gate', subject: 'wave 1' },
      { title: 'Gate, wave 2: Churn model', question: 'gate', subject: 'wave 2' },
      { title: 'Churn model', question: 'go-no-go', subject: null },
    ]);
  });

  it('the command leads to the form, filled', async () => {
    await prepared();
    const press = addressMeant('/offshoot gate churn wave 2', verbs) as Address;
    expect(press).toEqual({ to: 'gate', input: 'show', about: 'churn wave 2' });
    const reply = await core!.act('pm', press.to, press.input, undefined, { press });
    expect(reply).toMatchObject({ kind: 'form', form: { title: 'Open a vote' } });
    const values = (reply as { form: Form }).form.fields.map(({ key, value }) => [key, value]);
    expect(values).toEqual(
      expect.arrayContaining([
        ['question', 'gate'],
        ['subject', 'wave 2'],
        ['initiative', 'initiative/1'],
      ]),
    );
  });
});

describe('what a decision supersedes', () => {
  const go = { question: undefined, subject: undefined };
  const asked = { gate: { question: 'gate', subject: 'Wave 2' }, change: { question: 'change', subject: 'Wave 2' }, go };

  /** Of the decisions that stand, those that a new one on the same initiative takes the place of. */
  function superseded(brief: object): string[] {
    const row = (id: string, { question = 'go-no-go', subject }: { question?: string | undefined; subject?: string | undefined }) => ({
      id,
      state: 'final',
      question,
      subject: subject ?? null,
    });
    const standing = [
      row('decision/1', asked.gate),
      row('decision/2', asked.change),
      row('decision/3', asked.go),
      row('decision/4', { ...asked.gate, subject: 'wave 3' }),
    ];
    const decided = {
      vote: 'vote/9',
      initiative: { id: 'initiative/1', name: 'Churn model', owner: PM, sponsor: SPONSOR, channel: 'channel/1' },
      body: { id: 'body/1', name: 'Board' },
      channel: 'channel/1',
      chair: CHAIR,
      electors: [CHAIR],
      outcome: 'GO',
      why: '',
      quorum: '',
      voted: [],
      recused: [],
      dissent: [],
      against: [],
      decidedAt: START,
      missing: [],
      proposals: [],
      ...brief,
    };
    return taken(start<{ supersedes: string[] }>(decision, decided, moment(undefined), { standing })).state.supersedes;
  }

  it('is the same question on the same subject alone: a gate and a change of one name stand side by side', () => {
    expect(superseded({ question: 'gate', subject: 'wave 2' })).toEqual(['decision/1']);
    expect(superseded({ question: 'change', subject: 'Wave 2' })).toEqual(['decision/2']);
    expect(superseded({})).toEqual(['decision/3']);
    expect(superseded({ question: 'gate', subject: 'wave 4' })).toEqual([]);
  });
});
