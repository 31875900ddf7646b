import { describe, expect, it } from 'vitest';
import { ETHICS } from '../../flows/criteria/ethics.ts';
import { ethics } from '../../flows/ethics/ethics.ts';
import type { Ethics } from '../../flows/ethics/state.ts';
import { roadblock } from '../../flows/roadblock/roadblock.ts';
import type { Roadblock } from '../../flows/roadblock/state.ts';
import { ballotQuestion } from '../../flows/vote/ballot.ts';
import { evidenceFacts, evidenceHints, evidenceOn } from '../../flows/vote/evidence.ts';
import type { Vote } from '../../flows/vote/state.ts';
import type { Derived } from '../../src/record.ts';
import { CHAIR, churn, DAY, Given, inWords, member, moment, PM, refusal, SPONSOR, start, START, taken } from './given.ts';

const left = [{ id: 'person/77' as const, name: 'Former member' }];
const facts = { initiatives: [churn], reviews: [], left };
const STRANGER = 'person/66' as const;
const KNOWER = member(1);

describe('an ethics review', () => {
  const brief = { initiative: 'initiative/1', person: KNOWER, due: '2027-03-15' };
  const open = (differently: object = {}, more: object = {}) =>
    start<Ethics>(ethics, { ...brief, ...differently }, moment(PM), { ...facts, ...more });
  const opened = () => new Given<Ethics>(ethics, taken(open()).state);
  const answers = (...findings: string[]) => Object.fromEntries(ETHICS.map(({ key }, index) => [key, findings[index] ?? 'order']));

  it('asks one person by direct message, and reminds at 17:00 of the due day', () => {
    const given = opened();
    expect(given.surface('ask 1')).toContain('An ethics review for you');
    expect(ethics.timers(given.state, given.id)).toEqual([{ key: 'remind', at: Date.UTC(2027, 2, 15, 16), input: { type: 'remind' } }]);
    expect(given.attempt({ type: 'answer', ...answers() }, moment(PM))).toHaveProperty('refused');
  });

  it('leads on to the questions where who starts it answers it', () => {
    expect(taken(open({ person: PM }))).toMatchObject({ next: 'answer' });
    expect(taken(open())).not.toHaveProperty('next');
  });

  it('is posted when it is answered, keeps each answer as a row, and is done', () => {
    const given = opened();
    given.when({ type: 'answer', ...answers(), 'data-evidence': 'Sampled *all* regions' }, moment(KNOWER));
    expect(given.surface('result')).toContain('4 of 4 in order');
    expect(given.surface('result')).toContain('{"kind":"typed","text":"Sampled *all* regions"}');
    expect(given.kept[0]).toMatchObject({
      kind: 'answers',
      rows: [{ question: 'data', value: 'order' }, { question: 'data evidence' }, {}, {}, {}],
    });
    expect(ethics.settled!(given.state)).toBe(true);
    expect(ethics.timers(given.state, given.id)).toEqual([]);
  });

  it('makes an action of each thing that is not in order', () => {
    const given = opened();
    given.when({ type: 'answer', ...answers('order', 'amiss', 'unsure', 'amiss'), owner: SPONSOR, by: '2027-04-01' }, moment(KNOWER));
    const timers = ethics.timers(given.state, given.id);
    expect(timers.map((timer) => timer.key)).toEqual(['action outputs', 'action feedback']);
    expect(timers[0]).toMatchObject({
      to: 'action',
      input: { owner: SPONSOR, due: '2027-04-01', origin: 'ethics/1', startedBy: PM, title: ETHICS[1].text },
    });
    expect(ethics.records(given.state, given.id)).toMatchObject([
      { row: { state: 'done', in_order: 1, amiss: 'fairness of outputs, feedback of those affected', unsure: 'context of use' } },
    ]);
  });

  it.each([
    ['nobody sees to what is amiss', { ...answers('amiss') }, 'owner', 'Who sees to what is not in order?'],
    ['no day', { ...answers('amiss'), owner: SPONSOR }, 'by', 'Until when?'],
    ['a day that has passed', { ...answers('amiss'), owner: SPONSOR, by: '2027-02-01' }, 'by', 'That day has passed'],
    ['somebody who left', { ...answers('amiss'), owner: 'person/77', by: '2027-04-01' }, 'owner', 'Former member is not an active member'],
  ])('is refused at the field: %s', (_, said, at, sentence) => {
    const step = ethics.step(opened().state, { type: 'answer', ...said } as never, moment(KNOWER), facts);
    expect(step).toMatchObject({ at });
    expect(refusal(step)).toContain(sentence);
  });

  it('is handed on, and only to somebody who is there', () => {
    const given = opened();
    expect(refusal(ethics.step(given.state, { type: 'hand-on', person: 'person/77' }, moment(KNOWER), facts as never))).toContain(
      'Former member',
    );
    given.when({ type: 'hand-on', person: member(2), note: 'You trained it' }, moment(KNOWER));
    expect(given.surface('ask 2')).toContain('You trained it');
    expect(given.attempt({ type: 'answer', ...answers() }, moment(KNOWER))).toHaveProperty('refused');
  });

  it('runs once at a time, and ends with its initiative', () => {
    const running = { initiative: 'initiative/1', person: KNOWER, due_at: START + DAY };
    expect(refusal(open({}, { reviews: [running] }))).toContain('is running already');
    const given = opened();
    given.when({ type: 'end', reason: 'the initiative is retired' }, moment(undefined));
    expect(given.surface('ask 1')).toContain('the initiative is retired');
    expect(ethics.timers(given.state, given.id)).toEqual([]);
  });

  it('is cancelled by who started it or answers for the initiative, nobody else', () => {
    expect(refusal(opened().attempt({ type: 'cancel', reason: 'Later' }, moment(STRANGER)))).toContain('Only the one who started it');
    const given = opened();
    given.when({ type: 'cancel', reason: 'Later' }, moment(SPONSOR));
    expect(given.surface('ethics')).toContain('Later');
  });
});

describe('a roadblock', () => {
  const brief = {
    initiative: 'initiative/1',
    what: 'The night shift does not *use* it',
    cause: 'training',
    response: 'train',
    owner: KNOWER,
    due: '2027-03-15',
  };
  const open = (differently: object = {}) => start<Roadblock>(roadblock, { ...brief, ...differently }, moment(PM), facts);
  const opened = () => new Given<Roadblock>(roadblock, taken(open()).state);

  it('stands in the initiative’s channel, and its owner is told', () => {
    const given = opened();
    expect(given.surface('roadblock')).toContain('{"kind":"typed","text":"The night shift does not *use* it"}');
    expect(given.surface('roadblock')).toContain('Lack of training');
    expect(given.flow.surfaces(given.state, given.id).find((one) => one.key === 'ask 1')).toMatchObject({ to: KNOWER });
  });

  it('reminds its owner at nine on the due day, and weekly from then on', () => {
    const given = opened();
    const due = Date.UTC(2027, 2, 15, 8);
    expect(roadblock.timers(given.state, given.id)).toEqual([{ key: 'remind', at: due, input: { type: 'remind' } }]);
    given.when({ type: 'remind' }, moment(undefined, due));
    expect(given.surface('reminder 1 2027-03-15 1')).toContain('Due today');
    given.when({ type: 'remind' }, moment(undefined, due + 7 * DAY));
    expect(given.surface('reminder 1 2027-03-15 2')).toContain('Overdue');
  });

  it.each([
    ['somebody who left', { owner: 'person/77' }, 'owner'],
    ['a day that has passed', { due: '2027-02-01' }, 'due'],
    ['an initiative that is gone', { initiative: 'initiative/9' }, 'initiative'],
  ])('is refused at the field: %s', (_, said, at) => {
    expect(open(said)).toMatchObject({ at });
  });

  it('is resolved by its owner, accepted only by who answers for the initiative', () => {
    expect(refusal(opened().attempt({ type: 'resolve', what: 'Done' }, moment(STRANGER)))).toContain('Only its owner');
    expect(refusal(opened().attempt({ type: 'accept', what: 'Small' }, moment(KNOWER)))).toContain(
      'Only the initiative’s owner or sponsor',
    );
    const resolved = opened();
    resolved.when({ type: 'resolve', what: 'Two sessions held' }, moment(KNOWER));
    expect(resolved.surface('roadblock')).toContain('Two sessions held');
    expect(refusal(resolved.attempt({ type: 'accept', what: 'Small' }, moment(SPONSOR)))).toContain('was resolved');
    const accepted = opened();
    accepted.when({ type: 'accept', what: 'Six people of two hundred' }, moment(SPONSOR));
    expect(roadblock.records(accepted.state, 'roadblock/1')).toMatchObject([{ row: { state: 'accepted' } }]);
  });

  it('tells a new owner', () => {
    const given = opened();
    const { initiative: _, what: __, ...plan } = brief;
    given.when({ type: 'edit', ...plan, owner: member(2), due: '2027-04-15' }, moment(PM));
    expect(given.flow.surfaces(given.state, given.id).find((one) => one.key === 'ask 2')).toMatchObject({ to: member(2) });
    expect(given.state).toMatchObject({ due: '2027-04-15', asks: 2 });
  });

  it('ends with its initiative', () => {
    const given = opened();
    given.when({ type: 'end', reason: 'the initiative is retired' }, moment(undefined));
    expect(given.surface('roadblock')).toContain('the initiative is retired');
    expect(roadblock.timers(given.state, given.id)).toEqual([]);
  });
});

describe('as evidence on a vote', () => {
  const known = {
    reviews: [],
    checks: [],
    actions: [],
    evidence: [],
    ethics: [
      { id: 'ethics/2', initiative: 'initiative/1', in_order: 3, amiss: 'fairness of outputs', unsure: '', finished_at: START - 3 * DAY },
      { id: 'ethics/1', initiative: 'initiative/1', in_order: 4, amiss: '', unsure: '', finished_at: START - 90 * DAY },
    ] as unknown as Derived['ethics_reviews'][],
    roadblocks: [
      {
        id: 'roadblock/1',
        initiative: 'initiative/1',
        what: 'The night shift',
        cause: 'fear',
        response: 'involve',
        owner: KNOWER,
        due: '2027-04-01',
        state: 'open',
      },
      {
        id: 'roadblock/2',
        initiative: 'initiative/1',
        what: 'Two regions',
        cause: 'control',
        response: 'adapt',
        owner: KNOWER,
        due: '2027-04-01',
        state: 'accepted',
      },
      {
        id: 'roadblock/3',
        initiative: 'initiative/2',
        what: 'Elsewhere',
        cause: 'fear',
        response: 'train',
        owner: KNOWER,
        due: '2027-04-01',
        state: 'open',
      },
    ] as unknown as Derived['roadblocks'][],
  };

  it('the latest ethics review and what is not resolved are shown, of this initiative alone', () => {
    const found = evidenceOn('initiative/1', known, moment(CHAIR));
    const lines = evidenceFacts(found).flatMap((one) => (one ? [`${one[0]}: ${inWords(one[1])}`] : []));
    expect(lines).toEqual([
      expect.stringContaining('Ethics review: 3 of 4 in order, not in order: fairness of outputs, '),
      'Roadblocks: The night shift (fear; answered by “involve”, person/2 until 2027-04-01); Two regions (loss of control; accepted as manageable)',
    ]);
  });

  it('a member is reminded of them beside the criteria that they speak to', () => {
    const evidence = evidenceOn('initiative/1', known, moment(CHAIR));
    expect(evidenceHints(evidence)).toEqual({
      safety: 'Ethics review: 3 of 4 in order, not in order: fairness of outputs.',
      resistance: 'One roadblock open: The night shift',
    });
    const vote = {
      set: 'go-no-go/1',
      evidence,
      initiative: { name: 'Churn model' },
      electors: [CHAIR],
      voted: [],
      recused: [],
      deadline: START + DAY,
      changes: true,
    };
    const question = ballotQuestion(vote as unknown as Vote, CHAIR, moment(CHAIR), { mine: [] });
    expect('refused' in question ? '' : question.hints?.['resistance']).toBe('One roadblock open: The night shift');
  });
});
