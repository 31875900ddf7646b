import { describe, expect, it } from 'vitest';
import { foresightText } from '../../flows/decision/calibration-cards.ts';
import { decision } from '../../flows/decision/decision.ts';
import type { Decision, DecisionBrief } from '../../flows/decision/state.ts';
import type { Moment } from '../../src/flow.ts';
import type { PersonId } from '../../src/id.ts';
import { body, brief, made } from './decisions.ts';
import { CHAIR, DAY, Given, inWords, member, moment, PM, refusal, SPONSOR, start, START, taken } from './given.ts';

const OWNER = member(2);
const DUE = '2027-04-01';
/** 9:00 in Berlin on a day. */
const nine = (date: string, hours = 7) => Date.parse(date) + hours * 3_600_000;

const gone = (...who: PersonId[]) => who.map((id) => ({ id, name: 'Somebody' }));

/** Both conditions accepted by their owner. */
function final(given = made()): Given<Decision> {
  for (const about of ['debt', 'team']) {
    given.when({ type: 'assign', about, owner: OWNER, due: DUE, measure: 'By scan' }, moment(CHAIR));
    given.when({ type: 'accept', about }, moment(OWNER));
  }
  return given;
}

const done = (about: string) => ({ type: 'done', about, evidence: 'The scan of March', link: 'https://wiki.example.com/scan' });
const clock = (at: number): Moment => moment(undefined, at, at);
const title = (given: Given<Decision>) =>
  inWords(given.flow.surfaces(given.state, given.id).find(({ key }) => key === 'decision')!.card.title);
const row = (given: Given<Decision>, table: string) =>
  given.flow
    .records(given.state, given.id)
    .filter((one) => one.table === table)
    .map((one) => one.row as unknown as Record<string, unknown>);
const fire = (given: Given<Decision>, key: string, late = 0) => {
  const timer = given.flow.timers(given.state, given.id).find((one) => one.key === key)!;
  return given.when(timer.input, moment(undefined, timer.at + late, timer.at));
};

describe('a condition', () => {
  it('is done by its owner with evidence, then met by the chair, and the decision says how many are', () => {
    const given = final();
    expect(title(given)).toContain('GO WITH CONDITIONS, 0 of 2 conditions met');
    expect(inWords(given.when(done('debt'), moment(OWNER)).say!)).toContain('asked to accept');
    expect(row(given, 'actions')[0]).toMatchObject({ state: 'done' });
    expect(title(given)).toContain('0 of 2 conditions met');
    expect(given.surface('done debt 1 0')).toContain('https://wiki.example.com/scan');
    expect(given.surface('done debt 1 0')).not.toContain('"kind":"link"');
    given.when({ type: 'met', about: 'debt' }, moment(CHAIR));
    expect(given.surface('ask debt 1')).toMatch(/The scan of March.*accepted it as met/);
    expect(title(given)).toContain('GO WITH CONDITIONS, 1 of 2 conditions met');
    expect(row(given, 'decisions')[0]).toMatchObject({ conditions: 2, met: 1, state: 'final' });
    expect(given.keys).not.toContain('all met');
    given.when(done('team'), moment(OWNER));
    expect(inWords(given.when({ type: 'met', about: 'team' }, moment(CHAIR)).say!)).toContain('every condition is met');
    expect(given.keys).toEqual(expect.arrayContaining(['all met', 'all met team']));
    expect(title(given)).toContain('all 2 conditions met');
  });

  it('is sent back with a reason, which its owner is told in a message of its own', () => {
    const given = final();
    given.when(done('debt'), moment(OWNER));
    given.when({ type: 'send-back', about: 'debt', reason: 'The scan is of January' }, moment(CHAIR));
    expect(row(given, 'actions')[0]).toMatchObject({ state: 'accepted' });
    expect(given.surface('sent back debt 1')).toContain('The scan is of January');
    given.when(done('debt'), moment(OWNER));
    expect(given.keys).toContain('done debt 1 1');
  });

  it.each([
    ['done', { ...done('debt') }, CHAIR, 'Only its owner says'],
    ['met before it is done', { type: 'met', about: 'debt' }, CHAIR, 'is not done yet'],
    ['met by its owner', { type: 'met', about: 'debt' }, OWNER, 'Only the chair'],
    ['sent back by its owner', { type: 'send-back', about: 'debt', reason: 'x' }, OWNER, 'Only the chair'],
    ['changed by its owner', { type: 'change', condition: 'debt', due: '2027-05-01', reason: 'x' }, OWNER, 'Only the chair'],
    ['changed to nothing else', { type: 'change', condition: 'debt', due: DUE, reason: 'x' }, CHAIR, 'another day'],
    ['moved to a day that has passed', { type: 'change', condition: 'debt', due: '2027-01-01', reason: 'x' }, CHAIR, 'passed'],
    ['another one', { ...done('nothing') }, OWNER, 'no such condition'],
  ] as const)('refuses: %s', (_, input, by, sentence) => {
    expect(refusal(final().attempt(input, moment(by)))).toContain(sentence);
  });

  it('reminds its owner seven days and one day before, in the morning of their zone, and not when it is late', () => {
    const given = final();
    expect(given.timers).toEqual(
      expect.arrayContaining([
        { key: 'remind debt 7', at: nine('2027-03-25', 8) },
        { key: 'remind debt 1', at: nine('2027-03-31') },
        { key: 'overdue debt', at: nine('2027-04-02') },
      ]),
    );
    fire(given, 'remind debt 7');
    expect(given.keys).toContain(`remind debt ${DUE} 7`);
    fire(given, 'remind debt 1', DAY);
    expect(given.keys).not.toContain(`remind debt ${DUE} 1`);
    given.when(done('debt'), moment(OWNER));
    expect(given.keys.filter((key) => key.startsWith('remind'))).toEqual([]);
    expect(given.timers.map(({ key }) => key)).not.toContain('remind debt 1');
  });

  it('that is not met by its day is told once to sponsor and committee, and has the decision looked at again', () => {
    const given = final();
    given.facts = { ...given.facts, self: [{ owner: member(4), sponsor: member(3), stage: 'pilot' }] };
    fire(given, 'overdue debt');
    const told = given.flow.surfaces(given.state, given.id).filter(({ key }) => key.startsWith('overdue'));
    expect(told.map(({ to }) => to)).toEqual(['channel/1', member(3)]);
    expect(given.surface('review early')).toContain(`was not met by ${DUE}`);
    expect(given.surface('review early')).toContain('Technical debt within limits');
    expect(given.timers.map(({ key }) => key)).not.toContain('overdue debt');
    expect(given.timers.map(({ key }) => key)).toContain('review');
    given.when({ type: 'overdue', condition: 'debt', due: DUE }, clock(nine('2027-04-02')));
    expect(given.state.conditions[0]!.missed).toHaveLength(1);
    fire(given, 'overdue team');
    expect(given.surface('review early')).toContain('Technical debt within limits');
    expect(given.state.reviewEarly).toMatchObject({ key: 'debt' });
    given.when({ type: 'change', condition: 'debt', due: '2027-05-01', reason: 'A holiday' }, moment(CHAIR, nine('2027-04-03')));
    expect(given.surface(`overdue debt ${DUE}`)).toContain('It was not met by its date');
    expect(given.timers.map(({ key }) => key)).toContain('overdue debt');
  });

  it('of before version 3 tells nobody of a day long past, and goes on', () => {
    const given = final();
    const old = given.state.conditions.map(({ since: _, zone: __, ...one }) => one);
    const { judged: _, objections: __, ...rest } = given.state;
    given.state = decision.upgrade![2]!({ ...rest, conditions: old }) as Decision;
    expect(given.keys.some((key) => key.startsWith('ask'))).toBe(false);
    fire(given, 'overdue debt', 30 * DAY);
    expect(given.keys.some((key) => key.startsWith('overdue'))).toBe(false);
    given.when(done('debt'), moment(OWNER));
    given.when({ type: 'met', about: 'debt' }, moment(CHAIR));
    expect(title(given)).toContain('1 of 2 conditions met');
    given.when({ type: 'review' }, clock(START + 90 * DAY));
    expect(given.surface(`review ${given.state.reviewAt}`)).not.toContain('calibrate');
    expect(refusal(given.attempt({ type: 'calibrate' }, moment(PM)))).toContain('not on record');
  });

  it('keeps its old day and its old owner on record', () => {
    const given = final();
    given.when({ type: 'change', condition: 'debt', due: '2027-05-01', reason: 'The scanner is late' }, moment(CHAIR));
    expect(given.surface('decision')).toContain('The scanner is late');
    expect(given.surface('decision')).toContain(DUE);
    expect(given.surface('moved debt 1')).toContain('2027-05-01');
    given.when({ type: 'change', condition: 'debt', owner: SPONSOR, reason: 'On leave' }, moment(CHAIR));
    expect(row(given, 'actions')[0]).toMatchObject({ owner: SPONSOR, state: 'proposed', due: '2027-05-01' });
    expect(given.state.finalAt).toBeDefined();
    expect(given.keys).toContain('ask debt 2');
    expect(given.surface('decision')).toContain('On leave');
  });
});

describe('who has left', () => {
  const assignment = { type: 'assign', about: 'debt', owner: OWNER, due: DUE, measure: 'By scan' };
  const offered = (given: Given<Decision>) =>
    (decision.inputs.assign.question!(given.state, moment(CHAIR), given.facts, 'debt') as unknown as { values: { owner: unknown } }).values
      .owner;

  it('is given no condition; the sponsor is offered instead, then the chair', () => {
    const given = made();
    expect(offered(given)).toBe(PM);
    given.facts = { ...given.facts, left: gone(OWNER, PM) };
    expect(offered(given)).toBe(SPONSOR);
    expect(given.attempt(assignment, moment(CHAIR))).toMatchObject({ at: 'owner' });
    given.facts = { ...given.facts, left: gone(PM, SPONSOR) };
    expect(offered(given)).toBe(CHAIR);
  });

  it('and owns a condition: the chair is told and gives it to somebody else', () => {
    const given = final();
    given.facts = { ...given.facts, left: gone(OWNER) };
    fire(given, 'remind debt 7');
    expect(given.surface('left debt 1')).toContain(`"to":"${CHAIR}"`);
    const form = decision.inputs.change.question!(given.state, moment(CHAIR), given.facts, 'debt') as unknown as { values: object };
    expect(form.values).toMatchObject({ condition: 'debt', owner: SPONSOR });
    given.when({ type: 'change', condition: 'debt', owner: SPONSOR, reason: 'Left' }, moment(CHAIR));
    expect(given.keys).not.toContain('left debt 1');
    expect(given.keys).toContain('left team 1');
  });

  it('and chaired: the sponsor acts in their place, and refusal and card say so', () => {
    const given = made();
    expect(refusal(given.attempt(assignment, moment(SPONSOR)))).not.toContain('sponsor acts');
    given.facts = { ...given.facts, left: gone(CHAIR) };
    expect(refusal(given.attempt(assignment, moment(PM)))).toContain('the sponsor acts in their place');
    given.when(assignment, moment(SPONSOR));
    given.when({ type: 'rationale', rationale: 'It pays', review: '2027-06-01' }, moment(SPONSOR));
    expect(given.surface('decision')).toContain('acts in their place');
    expect(row(given, 'decisions')[0]).toMatchObject({ chair: SPONSOR });
    given.facts = { ...given.facts, left: [] };
    given.when({ type: 'accept', about: 'debt' }, moment(OWNER));
    expect(row(given, 'decisions')[0]).toMatchObject({ chair: CHAIR });
  });
});

describe('at the review', () => {
  const answers = {
    'actual-roi': 'did not',
    'actual-safety': 'came true',
    'actual-debt': 'unclear',
    note: 'Count once',
    figures: 'ROI 80 %',
  };
  const reviewed = (given = final()) => {
    given.when({ type: 'review' }, clock(given.state.reviewAt));
    return given;
  };

  it('the owner says what came true, beside what was judged, with the dissent', () => {
    const given = reviewed();
    expect(row(given, 'decisions')[0]).toMatchObject({ reviewer: PM });
    const form = decision.inputs.calibrate.question!(given.state, moment(PM), given.facts, '') as unknown as { hints: object };
    expect(form.hints).toMatchObject({ 'actual-roi': 'Then judged met, 4 go to 1 no-go.' });
    expect(refusal(given.attempt({ type: 'calibrate', ...answers }, moment(CHAIR)))).toContain(PM);
    given.when({ type: 'calibrate', ...answers }, moment(PM, given.state.reviewAt + DAY));
    const card = given.surface('calibration 1');
    for (const part of [
      'Of 2 judged met, 1 came true.',
      'Of 1 judged missing, 0 came true, 1 cannot be said yet.',
      'Count once',
      'ROI 80 %',
    ])
      expect(card).toContain(part);
    expect(card).toContain('1 of 5 were against, and they were right');
    expect(given.surface('calibration 1 dissent 1')).toContain('The savings are counted twice');
    expect(row(given, 'calibrations')).toMatchObject([
      { decision: 'decision/1', body: 'body/1', criterion: 'roi', tier: 'must', predicted: 'met', actual: 'did not' },
      { criterion: 'safety', actual: 'came true' },
      { criterion: 'debt', predicted: 'missing', actual: 'unclear' },
    ]);
    expect(given.kept).toMatchObject([
      { kind: 'answers', rows: expect.arrayContaining([expect.objectContaining({ question: 'roi', value: 'did not' })]) },
    ]);
    expect(row(given, 'decisions')[0]).toMatchObject({ reviewer: null });
    expect(refusal(given.attempt({ type: 'calibrate', ...answers }, moment(PM)))).toContain('already');
    expect(inWords(foresightText(row(given, 'calibrations') as never)!)).toBe('of 2 must-haves judged met, 1 came true');
  });

  it('asks the sponsor where the owner has left, and nobody before the review', () => {
    const given = final();
    expect(refusal(given.attempt({ type: 'calibrate', ...answers }, moment(PM)))).toContain('not before');
    given.facts = { ...given.facts, left: gone(PM) };
    expect(row(reviewed(given), 'decisions')[0]).toMatchObject({ reviewer: SPONSOR });
  });

  it('shows of a vote without names only how many were against', () => {
    const given = reviewed(final(made({ objections: [], dissent: [] })));
    given.when({ type: 'calibrate', ...answers }, moment(PM));
    expect(given.surface('calibration 1')).toContain('1 of 5 were against');
    expect(given.surface('calibration 1')).not.toContain('Dissent');
    expect(given.keys).not.toContain('calibration 1 dissent 1');
  });
});

describe('a later decision', () => {
  const earlier = [
    { id: 'decision/4', question: 'go-no-go', subject: null },
    { id: 'decision/5', question: 'gate', subject: 'wave 2' },
    { id: 'decision/6', question: 'gate', subject: 'wave 3' },
  ];
  it.each([
    ['a go/no-go', {}, ['decision/4'], true],
    ['a gate', { question: 'gate', subject: 'wave 2' }, ['decision/5'], false],
  ] as const)('supersedes what was asked and on what: %s', (_, asked, superseded, moves) => {
    const given = made({ ...asked, outcome: 'GO', missing: [] }, { standing: earlier });
    expect(given.state.supersedes).toEqual(superseded);
    const keys = new Set(given.timers.map(({ key }) => key));
    expect(keys.has('stage')).toBe(moves);
    expect(keys.has('retraining')).toBe(moves);
    expect(given.surface('decision').includes('From now on')).toBe(moves);
  });
});

describe('held again', () => {
  const reopening = { type: 'reopen', reason: 'The numbers were wrong', deadline: START + 5 * DAY };
  const appealing = { type: 'appeal', what: 'The audit found nothing', link: 'https://wiki.example.com/audit' };

  it('opens one vote by the committee as it is now, with the reason', () => {
    const given = final();
    given.when(reopening, moment(CHAIR, START + DAY));
    const timer = given.flow.timers(given.state, given.id).find(({ key }) => key === 'reopen 1')!;
    expect(timer).toMatchObject({
      at: START + DAY,
      to: 'vote',
      input: {
        type: 'open',
        initiative: 'initiative/1',
        body: 'body/1',
        channel: 'channel/1',
        rule: 'majority',
        quorum: '60 %',
        startedBy: CHAIR,
        reopens: 'vote/1',
        reason: 'The numbers were wrong',
      },
    });
    expect(given.surface('decision')).toContain('The numbers were wrong');
    given.facts = { ...given.facts, open: [{ id: 'vote/2' }] };
    expect(refusal(given.attempt(reopening, moment(CHAIR)))).toContain('is open already');
    expect(refusal(given.attempt(appealing, moment(PM)))).toContain('is open already');
    // A vote on a wave of its rollout is another matter.
    given.facts = { ...given.facts, open: [{ id: 'vote/2', question: 'gate', subject: 'wave 2' }] };
    given.when(appealing, moment(PM));
  });

  it('finds the committee of an older decision by its vote', () => {
    const { bodyId: _, ...old } = brief;
    const given = new Given(decision, taken(start<Decision>(decision, old, moment(undefined), { standing: [], cadences: [] })).state);
    given.facts = { bodies: [body], was: [{ body: 'body/1' }], open: [] };
    given.when(reopening, moment(CHAIR));
    expect(given.state.reopenings).toMatchObject([{ body: 'body/1' }]);
  });

  it('stays secret where it was, without a casting vote', () => {
    const voice = (differently: Partial<DecisionBrief>) => {
      const given = made(differently);
      given.facts = { ...given.facts, bodies: [{ ...body, casting: 1 }] };
      given.when(reopening, moment(CHAIR));
      return given.flow.timers(given.state, given.id).find(({ key }) => key === 'reopen 1')!.input;
    };
    expect(voice({ secret: true })).toMatchObject({ openness: 'secret' });
    expect(voice({ secret: true })).not.toHaveProperty('casting');
    expect(voice({})).toMatchObject({ casting: true });
    expect(voice({})).not.toHaveProperty('openness');
  });

  it.each([
    ['by another', reopening, PM, {}, 'Only the chair'],
    ['in the past', { ...reopening, deadline: START }, CHAIR, {}, '90 days'],
    ['in half a year', { ...reopening, deadline: START + 180 * DAY }, CHAIR, {}, '90 days'],
    ['without a committee', reopening, CHAIR, { bodies: [] }, 'no longer there'],
    ['when it is retired', reopening, CHAIR, { self: [{ owner: PM, stage: 'retired' }] }, 'retired'],
    ['by an appeal of another', appealing, CHAIR, {}, PM],
    ['by an appeal of its former owner', appealing, PM, { self: [{ owner: member(4) }] }, member(4)],
    ['by a dismissal of nothing', { type: 'dismiss', reason: 'x' }, CHAIR, {}, 'Nobody has appealed'],
  ] as const)('is refused: %s', (_, input, by, facts, sentence) => {
    const given = final();
    given.facts = { ...given.facts, ...facts };
    expect(refusal(given.attempt(input, moment(by)))).toContain(sentence);
  });

  it('is asked for by the owner alone, once at a time, and dismissed with a reason', () => {
    const given = final();
    given.when(appealing, moment(PM));
    expect(given.surface('appeal 1')).toContain('"to":"channel/1"');
    expect(given.surface('appeal chair 1')).toContain(`"to":"${CHAIR}"`);
    expect(given.surface('appeal 1')).toContain('has the vote held again');
    expect(given.surface('appeal chair 1')).toContain('You have the vote held again');
    expect(row(given, 'appeals')).toMatchObject([{ number: 1, person: PM, state: 'pending', reason: null }]);
    expect(refusal(given.attempt(appealing, moment(PM)))).toContain('waits for');
    expect(refusal(given.attempt({ type: 'dismiss', reason: 'x' }, moment(PM)))).toContain('Only the chair');
    given.when({ type: 'dismiss', reason: 'Nothing new in it' }, moment(CHAIR));
    expect(given.keys).not.toContain('appeal chair 1');
    expect(given.surface('appeal answered 1')).toContain('Nothing new in it');
    expect(row(given, 'appeals')).toMatchObject([{ state: 'dismissed', reason: 'Nothing new in it' }]);
    expect(given.surface('decision')).toContain('dismissed');
    given.when(appealing, moment(PM));
    expect(row(given, 'appeals')).toMatchObject([{ state: 'dismissed' }, { state: 'pending' }]);
  });

  it('after an appeal answers it', () => {
    const given = final();
    given.when(appealing, moment(PM));
    given.when(reopening, moment(CHAIR));
    expect(row(given, 'appeals')).toMatchObject([{ state: 're-opened', reason: 'The numbers were wrong' }]);
    expect(given.surface('appeal answered 1')).toContain('granted');
  });
});
