import { describe, expect, it } from 'vitest';
import { type Area, areas, currentSet } from '../../flows/criteria/readiness.ts';
import type { OpeningFacts } from '../../flows/readiness/opening.ts';
import { readiness } from '../../flows/readiness/readiness.ts';
import { type Readiness, unplanned } from '../../flows/readiness/state.ts';
import type { PersonId } from '../../src/id.ts';
import { CHAIR, churn, DAY, Given, HOUR, inWords, member, moment, PM, refusal, SPONSOR, START, start, taken } from './given.ts';

const TECHNICAL = member(1);
const BUSINESS = member(2);
const ORGANIZATIONAL = member(3);
const GONE: PersonId = 'person/77';
const STRANGER: PersonId = 'person/66';
/** 17:00 in Berlin, where the PM is. */
const DUE = Date.UTC(2027, 2, 15, 16);

const facts: OpeningFacts = {
  initiatives: [churn, { ...churn, id: 'initiative/2', name: 'Chat helper' }, { ...churn, id: 'initiative/3', stage: 'retired' }],
  checks: [],
  left: [{ id: GONE, name: 'Former member' }],
};
const brief = {
  initiative: 'initiative/1',
  technical: TECHNICAL,
  business: BUSINESS,
  organizational: ORGANIZATIONAL,
  due: '2027-03-15',
};

/** A check whose steps are told who left, and what became of its actions. */
class Check extends Given<Readiness> {
  actions: object[] = [];
  override attempt(input: { type: string } & Record<string, unknown>, at = moment(PM)) {
    return readiness.step(this.state, input as never, at, { ...facts, actions: this.actions as never });
  }
}

const opened = (differently: object = {}, by: PersonId = PM): Check =>
  new Check(readiness, taken(start<Readiness>(readiness, { ...brief, ...differently }, moment(by), facts)).state);

/** All six of an area alike, but for some. */
const answers = (area: Area, but: Readonly<Record<string, string>> = {}) => ({
  ...Object.fromEntries(currentSet.items.filter((item) => item.area === area).map(({ key }) => [key, 'met'])),
  ...but,
});
const personOf = (check: Check, area: Area): PersonId => check.state.areas[area].person;
function answer(check: Check, area: Area, but: Readonly<Record<string, string>> = {}, at = START + DAY) {
  return check.when({ type: 'answer', about: area, ...answers(area, but) }, moment(personOf(check, area), at));
}
const plan = { 'monitoring-owner': member(4), 'monitoring-due': '2027-04-01' };
const row = (check: Check) => readiness.records(check.state, 'readiness/1')[0]!.row;
const overdue = (check = opened()): Check => {
  check.when({ type: 'due' }, moment(undefined, DUE, DUE));
  return check;
};
const openingForm = (about: string, with_: object = {}) => readiness.open.question!(about, moment(PM), { ...facts, ...with_ });

describe('the set', () => {
  it('has six items in each of three areas, each with names of its own', () => {
    expect(currentSet.id).toBe('readiness-set/1');
    for (const area of areas) expect(currentSet.items.filter((item) => item.area === area)).toHaveLength(6);
    for (const name of ['key', 'text', 'short'] as const) expect(new Set(currentSet.items.map((item) => item[name])).size).toBe(18);
    expect(currentSet.items.filter(({ key }) => /[^a-z]/.test(key))).toEqual([]);
  });
});

describe('opening a readiness check', () => {
  it('asks the initiative’s owner for all areas, in two weeks, unless said otherwise', () => {
    expect(openingForm('churn')).toMatchObject({
      values: { initiative: 'initiative/1', technical: PM, business: PM, organizational: PM, due: '2027-03-15' },
    });
  });

  it.each([
    ['a name that fits none', 'xylophone', {}, 'For example: /readiness Churn model'],
    ['a name that fits several', 'ch', {}, 'fits several initiatives'],
    [
      'an initiative whose check is running',
      'churn',
      { checks: [{ id: 'readiness/4', initiative: 'initiative/1', due_at: DUE }] },
      'is running already',
    ],
    ['no initiative at all', '', { initiatives: [] }, 'Register one first: /initiative'],
    ['retired ones alone', '', { initiatives: [facts.initiatives[2]] }, 'Register one first: /initiative'],
  ])('shows no form for %s', (_, about, with_, sentence) => {
    expect(refusal(openingForm(about, with_) as never)).toContain(sentence);
  });

  it('asks each of the three by a direct message, and shows the progress in the channel', () => {
    const check = opened();
    expect(check.flow.surfaces(check.state, check.id).map(({ key, to, brief: isBrief }) => [key, to, isBrief ?? false])).toEqual([
      ['check', 'channel/2', false],
      ['ask technical 1', TECHNICAL, true],
      ['ask business 1', BUSINESS, true],
      ['ask organizational 1', ORGANIZATIONAL, true],
    ]);
    expect(check.surface('check')).toContain('Readiness: 0 of 18 answered.');
    expect(check.surface('ask technical 1')).toContain('as somebody who knows this area');
  });

  it('asks one person for several areas by a message each', () => {
    const check = opened({ business: TECHNICAL, organizational: undefined });
    expect(check.flow.surfaces(check.state, check.id).map(({ to }) => to)).toEqual(['channel/2', TECHNICAL, TECHNICAL, PM]);
    expect(check.surface('ask organizational 1')).not.toContain('asks you');
  });

  it.each([
    ['a retired initiative', { initiative: 'initiative/3' }, {}, 'no longer there', 'initiative'],
    ['an initiative that is not', { initiative: 'initiative/9' }, {}, 'no longer there', 'initiative'],
    [
      'one whose check is running',
      {},
      { checks: [{ id: 'readiness/4', initiative: 'initiative/1', due_at: DUE }] },
      'is running already',
      'initiative',
    ],
    ['somebody who left, by name', { business: GONE }, {}, 'Former member is not an active member', 'business'],
    [
      'an owner who left and would be asked',
      { technical: undefined },
      { left: [{ id: PM, name: 'Old PM' }] },
      'Old PM is not an active member',
      'technical',
    ],
    ['a day that has passed', { due: '2027-02-28' }, {}, 'has passed', 'due'],
    ['a day too far away', { due: '2027-08-29' }, {}, 'more than 180 days away', 'due'],
    ['the year 9999', { due: '9999-12-31' }, {}, 'more than 180 days away', 'due'],
  ])('is refused for %s', (_, differently, with_, sentence, at) => {
    const step = start<Readiness>(readiness, { ...brief, ...differently }, moment(PM), { ...facts, ...with_ });
    expect(refusal(step)).toContain(sentence);
    expect(step).toMatchObject({ at });
  });

  it('takes the last possible day, and today until 17:00', () => {
    expect(opened({ due: '2027-08-28' }).state.due).toBe('2027-08-28');
    expect(opened({ due: '2027-03-01' }).timers).toEqual([{ key: 'due', at: Date.UTC(2027, 2, 1, 16) }]);
    const late = start<Readiness>(readiness, { ...brief, due: '2027-03-01' }, moment(PM, Date.UTC(2027, 2, 1, 16)), facts);
    expect(refusal(late)).toContain('17:00 has passed');
  });

  it('is opened by the clock with whom another flow names; what no longer fits is made to fit, for nobody can be asked back', () => {
    const handed = { type: 'open', ...brief, business: GONE, due: '2027-02-01', startedBy: CHAIR };
    const channels = [{ id: 'channel/2', zone: 'America/New_York' }];
    const { state } = taken(start<Readiness>(readiness, handed, moment(undefined), { ...facts, channels }));
    expect(state).toMatchObject({ opened: { by: CHAIR }, due: '2027-03-15', zone: 'America/New_York' });
    expect(areas.map((area) => state.areas[area].person)).toEqual([TECHNICAL, PM, ORGANIZATIONAL]);
    expect(
      refusal(
        start(readiness, handed, moment(undefined), { ...facts, checks: [{ id: 'readiness/4', initiative: 'initiative/1', due_at: DUE }] }),
      ),
    ).toContain('running');
  });
});

describe('answering an area', () => {
  it('keeps each answer and each evidence as a row', () => {
    const check = opened();
    const step = answer(check, 'technical', { load: 'not applicable', 'load-evidence': 'Nobody *else* <uses> it', recovery: 'met' });
    expect(inWords(step.say!)).toBe(
      'The technical area is in: 5 met, 0 not met, 1 not applicable. Still open: business, organizational. Until then you can answer again.',
    );
    const rows = check.kept.flatMap((one) => (one.kind === 'answers' ? one.rows : []));
    expect(rows).toHaveLength(7);
    expect(rows).toContainEqual({ about: 'technical', person: TECHNICAL, question: 'load', value: 'not applicable', at: START + DAY });
    expect(rows).toContainEqual({
      about: 'technical',
      person: TECHNICAL,
      question: 'load evidence',
      value: 'Nobody *else* <uses> it',
      at: START + DAY,
    });
    expect(check.keys).not.toContain('ask technical 1');
    expect(check.surface('check')).toContain('Readiness: 6 of 18 answered.');
    expect(row(check)).toMatchObject({ state: 'asking', met: 5, unmet: 0, not_applicable: 1, unanswered: 12, finished_at: null });
  });

  it('asks who sees to what is not met before the area is in', () => {
    const check = opened();
    expect(answer(check, 'technical', { monitoring: 'not met' })).toMatchObject({ next: { input: 'actions', about: 'technical' } });
    expect(readiness.records(check.state, check.id)[1]!.row).toMatchObject({ area: 'technical', state: 'asked' });
    expect(check.surface('ask technical 1')).toContain('who sees to what is not met');
    expect(check.timers.filter(({ to }) => to)).toEqual([]);
    check.when({ type: 'actions', about: 'technical', ...plan }, moment(TECHNICAL, START + DAY));
    expect(readiness.records(check.state, check.id)[1]!.row).toMatchObject({ area: 'technical', state: 'answered' });
    expect(check.timers.filter(({ to }) => to)).toEqual([{ key: 'action monitoring', at: START + DAY, to: 'action' }]);
    expect(readiness.timers(check.state, check.id)[0]!.input).toMatchObject({
      type: 'open',
      title: 'Monitoring and alerting run',
      initiative: { id: 'initiative/1', owner: PM, sponsor: SPONSOR },
      channel: 'channel/2',
      owner: member(4),
      due: '2027-04-01',
      origin: 'readiness/1',
      startedBy: TECHNICAL,
      zone: 'Europe/Berlin',
    });
  });

  it('asks about three at a time, with the answerer and thirty days to start from', () => {
    const check = opened();
    answer(check, 'technical', { reliability: 'not met', load: 'not met', security: 'not met', monitoring: 'not met' });
    const first = check.flow.inputs.actions!.question!(check.state, moment(TECHNICAL), facts, 'technical');
    expect(first).toMatchObject({ values: { 'reliability-owner': TECHNICAL, 'reliability-due': '2027-03-31' } });
    expect(Object.keys((first as unknown as { schema: { shape: object } }).schema.shape)).toHaveLength(6);
    const some = Object.fromEntries(
      ['reliability', 'load', 'security'].flatMap((key) => [
        [`${key}-owner`, PM],
        [`${key}-due`, '2027-04-01'],
      ]),
    );
    expect(check.when({ type: 'actions', about: 'technical', ...some }, moment(TECHNICAL))).toMatchObject({
      next: { input: 'actions', about: 'technical' },
    });
    expect(unplanned(check.state, 'technical').map(({ key }) => key)).toEqual(['monitoring']);
    expect(check.when({ type: 'actions', about: 'technical', ...plan }, moment(TECHNICAL)).next).toBeUndefined();
  });

  it.each([
    ['an owner who left', { ...plan, 'monitoring-owner': GONE }, 'Former member is not an active member', 'monitoring-owner'],
    ['a day that has passed', { ...plan, 'monitoring-due': '2027-02-01' }, 'has passed', 'monitoring-due'],
    ['a day too far away', { ...plan, 'monitoring-due': '2029-02-01' }, 'more than 366 days', 'monitoring-due'],
    ['a page of something else', { 'load-owner': PM, 'load-due': '2027-04-01' }, 'press Answer again', undefined],
  ])('takes no action with %s', (_, said, sentence, at) => {
    const check = opened();
    answer(check, 'technical', { monitoring: 'not met' });
    const step = check.attempt({ type: 'actions', about: 'technical', ...said }, moment(TECHNICAL));
    expect(refusal(step)).toContain(sentence);
    expect((step as { at?: string }).at).toBe(at);
  });

  it('answered again changes the answer and opens no second action; evidence that was taken back is an empty row', () => {
    const check = opened();
    answer(check, 'technical', { monitoring: 'not met', 'monitoring-evidence': 'No alerts yet' });
    check.when({ type: 'actions', about: 'technical', ...plan }, moment(TECHNICAL, START + DAY));
    const before = readiness.timers(check.state, check.id).filter(({ to }) => to);
    expect(before[0]!.input).toMatchObject({ why: 'No alerts yet' });
    answer(check, 'technical', { monitoring: 'met' }, START + 2 * DAY);
    expect(row(check)).toMatchObject({ met: 6, unmet: 0 });
    answer(check, 'technical', { monitoring: 'not met' }, START + 3 * DAY);
    expect(readiness.timers(check.state, check.id).filter(({ to }) => to)).toEqual(before);
    expect(row(check)).toMatchObject({ met: 5, unmet: 1 });
    expect(check.kept.flatMap((one) => (one.kind === 'answers' ? one.rows : []))).toContainEqual(
      expect.objectContaining({ question: 'monitoring evidence', value: '', at: START + 2 * DAY }),
    );
    expect(refusal(check.attempt({ type: 'actions', about: 'technical', ...plan }, moment(TECHNICAL)))).toContain('has its action already');
  });

  it('starts from what stands', () => {
    const check = opened();
    answer(check, 'technical', { load: 'not applicable', 'load-evidence': 'One user' });
    expect(check.flow.inputs.answer!.question!(check.state, moment(TECHNICAL), facts, 'technical')).toMatchObject({
      values: { load: 'not applicable', 'load-evidence': 'One user', reliability: 'met' },
    });
  });

  it.each([
    ['somebody who is not asked', STRANGER, 'technical', `is asked of ${TECHNICAL}`],
    ['whoever is asked for another area', BUSINESS, 'technical', `is asked of ${TECHNICAL}`],
    ['the owner, who can reassign it', PM, 'technical', `${PM} can reassign it`],
    ['an area that is not', TECHNICAL, 'financial', 'Which area? There are Technical, Business, Organizational'],
    ['a key of every object', TECHNICAL, 'constructor', 'Which area?'],
    ['no area', TECHNICAL, '', 'Which area?'],
  ])('is refused for %s', (_, by, about, sentence) => {
    const check = opened();
    expect(refusal(check.attempt({ type: 'answer', about, ...answers('technical') }, moment(by)))).toContain(sentence);
    expect(refusal(check.attempt({ type: 'actions', about, ...plan }, moment(by)))).toContain(sentence);
    expect(refusal(check.flow.inputs.answer!.question!(check.state, moment(by), facts, about) as never)).toContain(sentence);
  });
});

describe('the end of a check', () => {
  function finished(): Check {
    const check = opened();
    answer(check, 'technical', { monitoring: 'not met', 'monitoring-evidence': 'No alerts *yet*' });
    check.when({ type: 'actions', about: 'technical', ...plan }, moment(TECHNICAL, START + DAY));
    answer(check, 'business', { roi: 'not applicable' });
    expect(check.keys).not.toContain('result');
    expect(inWords(answer(check, 'organizational').say!)).toContain('It was the last one');
    return check;
  }

  it('comes with the last area: the result is posted with a picture, who sees to what, and evidence in the thread', () => {
    const check = finished();
    expect(check.keys).toEqual(['check', 'result', 'evidence-1']);
    const result = JSON.parse(check.surface('result')) as { card: { parts: object[] } };
    expect(result.card.parts).toContainEqual(
      expect.objectContaining({
        kind: 'picture',
        picture: expect.objectContaining({
          kind: 'stacks',
          bars: [
            { label: 'Technical', counts: [5, 1, 0, 0], mark: '✗' },
            { label: 'Business', counts: [5, 0, 1, 0], mark: '✓' },
            { label: 'Organizational', counts: [6, 0, 0, 0], mark: '✓' },
          ],
        }),
      }),
    );
    expect(check.surface('result')).toContain('Readiness, 16 of 17 met: ');
    expect(check.surface('result')).toContain('2027-04-01');
    expect(check.surface('evidence-1')).toContain('"under":"result"');
    expect(check.surface('evidence-1')).toContain('{"kind":"typed","text":"No alerts *yet*"}');
    expect(check.surface('check')).not.toContain('buttons');
    expect(row(check)).toMatchObject({ state: 'done', met: 16, unmet: 1, not_applicable: 1, unanswered: 0, finished_at: START + DAY });
    expect(readiness.settled!(check.state)).toBe(true);
    expect(check.timers).toEqual([{ key: 'action monitoring', at: START + DAY, to: 'action' }]);
  });

  it('says what had become of the actions by then', () => {
    const check = opened();
    answer(check, 'technical', { monitoring: 'not met', recovery: 'not met' });
    const both = { ...plan, 'recovery-owner': PM, 'recovery-due': '2027-04-01' };
    check.when({ type: 'actions', about: 'technical', ...both }, moment(TECHNICAL, START + DAY));
    check.actions = [
      { title: 'Monitoring and alerting run', owner: CHAIR, due: '2027-05-05', state: 'open' },
      { title: 'Backup and recovery were rehearsed', owner: PM, due: '2027-04-01', state: 'done' },
    ];
    answer(check, 'business');
    answer(check, 'organizational');
    expect(check.state.finished!.followed).toEqual({
      monitoring: { owner: CHAIR, due: '2027-05-05', state: 'open' },
      recovery: { owner: PM, due: '2027-04-01', state: 'done' },
    });
    expect(check.surface('result')).toContain('2027-05-05');
    expect(check.surface('result')).toContain(', done');
  });

  it.each(['answer', 'actions', 'hand-on', 'reassign', 'extend', 'cancel', 'finish'])('takes no “%s” any more', (type) => {
    const check = finished();
    for (const by of [TECHNICAL, PM, STRANGER]) {
      const said = { type, about: 'technical', person: CHAIR, ...answers('technical'), due: '2027-04-01', reason: 'x' };
      expect(refusal(check.attempt(said, moment(by)))).toContain('was finished');
    }
  });

  it('goes on when it is due: overdue is said, the owner and those who are asked are told once, and all can still be answered', () => {
    const check = opened();
    answer(check, 'business');
    overdue(check);
    expect(check.keys).toEqual([
      'check',
      'ask technical 1',
      'nudge technical 1 overdue 2027-03-15',
      'ask organizational 1',
      'nudge organizational 1 overdue 2027-03-15',
      `overdue 2027-03-15 ${PM}`,
    ]);
    expect(check.surface('check')).toContain('Overdue.');
    expect(check.timers).toEqual([]);
    answer(check, 'technical', {}, DUE + DAY);
    answer(check, 'organizational', {}, DUE + 2 * DAY);
    expect(row(check)).toMatchObject({ state: 'done', met: 18, finished_at: DUE + 2 * DAY });
  });

  it('is finished by its owner with what is there; what is not met gets its action all the same', () => {
    const check = opened();
    answer(check, 'technical', { monitoring: 'not met' });
    overdue(check);
    check.when({ type: 'finish' }, moment(PM, DUE + HOUR));
    expect(row(check)).toMatchObject({ state: 'done', met: 5, unmet: 1, unanswered: 12, finished_at: DUE + HOUR });
    expect(check.surface('result')).toContain(', with what was there');
    expect(check.surface('result')).toContain('Not answered');
    expect(check.state.areas.technical.plans.monitoring).toEqual({ owner: TECHNICAL, due: '2027-04-14', at: DUE + HOUR, by: PM });
    expect(check.timers).toEqual([{ key: 'action monitoring', at: DUE + HOUR, to: 'action' }]);
  });

  it.each([
    ['before it is due', () => opened(), PM, 'It is not due before'],
    ['with nothing answered', () => overdue(), PM, 'Nothing is answered yet'],
    ['by one who is only asked', () => overdue(), TECHNICAL, 'Only the initiative’s owner'],
  ])('is not finished %s', (_, given, by, sentence) => {
    expect(refusal(given().attempt({ type: 'finish' }, moment(by, DUE + HOUR)))).toContain(sentence);
  });

  it('is cancelled with a reason, which those who are still asked see in place of the question', () => {
    const check = opened();
    answer(check, 'technical');
    check.when({ type: 'cancel', reason: 'The pilot is *over*' }, moment(PM));
    expect(check.keys).toEqual(['check', 'ask business 1', 'ask organizational 1']);
    expect(check.surface('ask business 1')).toContain('The pilot is *over*');
    expect(check.surface('ask business 1')).not.toContain('buttons');
    expect(row(check)).toMatchObject({ state: 'cancelled', finished_at: null });
    expect(refusal(check.attempt({ type: 'answer', about: 'business', ...answers('business') }, moment(BUSINESS)))).toContain(
      'was cancelled',
    );
    expect(check.timers).toEqual([]);
  });

  it('comes with the initiative’s', () => {
    const check = opened();
    check.when({ type: 'end', reason: 'the initiative is retired' }, moment(undefined, START + DAY));
    expect(check.surface('check')).toContain('the initiative is retired');
    expect(row(check)).toMatchObject({ state: 'cancelled' });
    const done = finished();
    const before = done.state;
    for (const type of ['end', 'moved', 'due', 'nudge'])
      done.when({ type, reason: 'x', initiative: {}, channel: 'channel/9', nudge: 'today' }, moment(undefined, DUE));
    expect(done.state).toEqual(before);
  });
});

describe('who is asked', () => {
  it('is changed by whoever is asked, with a note for the next one', () => {
    const check = opened();
    const step = check.when({ type: 'hand-on', about: 'technical', person: CHAIR, note: 'You run *it*' }, moment(TECHNICAL));
    expect(inWords(step.say!)).toBe(`${CHAIR} is asked now.`);
    expect(check.keys).toContain('ask technical 2');
    expect(check.keys).not.toContain('ask technical 1');
    expect(check.surface('ask technical 2')).toContain('handed it on to you');
    expect(check.surface('ask technical 2')).toContain('{"kind":"typed","text":"You run *it*"}');
    expect(refusal(check.attempt({ type: 'answer', about: 'technical', ...answers('technical') }, moment(TECHNICAL)))).toContain(
      `asked of ${CHAIR}`,
    );
    answer(check, 'technical');
    expect(row(check)).toMatchObject({ met: 6 });
  });

  it.each([
    ['to oneself', TECHNICAL, TECHNICAL, 'technical', 'You are asked already'],
    ['to the one who is asked', PM, TECHNICAL, 'technical', 'is asked already'],
    ['to somebody who left', TECHNICAL, GONE, 'technical', 'Former member is not an active member'],
    ['by one who is not asked', BUSINESS, CHAIR, 'technical', 'who alone can hand it on'],
    ['of an area that is not', TECHNICAL, CHAIR, 'legal', 'Which area?'],
  ])('is not handed on %s', (_, by, person, about, sentence) => {
    expect(refusal(opened().attempt({ type: 'hand-on', about, person }, moment(by)))).toContain(sentence);
  });

  it('is not changed once the area is answered', () => {
    const check = opened();
    answer(check, 'technical');
    expect(refusal(check.attempt({ type: 'hand-on', about: 'technical', person: CHAIR }, moment(TECHNICAL)))).toContain(
      'is answered already',
    );
    const said = { type: 'reassign', technical: CHAIR, business: BUSINESS, organizational: ORGANIZATIONAL };
    expect(check.attempt(said, moment(PM))).toMatchObject({ at: 'technical' });
  });

  it('is reassigned by the owner or the one who opened it', () => {
    const check = opened({}, CHAIR);
    const said = { type: 'reassign', technical: TECHNICAL, business: TECHNICAL, organizational: PM, note: 'On leave' };
    expect(inWords(check.when(said, moment(CHAIR)).say!)).toContain(`Asked now: ${TECHNICAL} (business), ${PM} (organizational)`);
    expect(check.keys).toEqual(['check', 'ask technical 1', 'ask business 2', 'ask organizational 2']);
    expect(check.surface('ask business 2')).toContain('On leave');
    expect(refusal(check.attempt(said, moment(PM)))).toContain('Nobody was changed');
    expect(refusal(check.attempt({ ...said, technical: GONE }, moment(PM)))).toContain('Former member is not an active member');
    expect(refusal(check.attempt(said, moment(TECHNICAL)))).toContain(`Please ask ${PM}, ${CHAIR}`);
  });

  it('follows the initiative to its new owner, as far as the old one was still asked', () => {
    const check = opened({ technical: PM, business: PM });
    answer(check, 'business');
    check.when({ type: 'moved', initiative: { ...churn, owner: CHAIR }, channel: 'channel/5' }, moment(undefined, START + DAY));
    expect(areas.map((area) => personOf(check, area))).toEqual([CHAIR, PM, ORGANIZATIONAL]);
    expect(check.surface('ask technical 2')).toContain('you are its owner now');
    answer(check, 'technical');
    answer(check, 'organizational');
    expect(check.flow.surfaces(check.state, check.id).find(({ key }) => key === 'result')).toMatchObject({ to: 'channel/5' });
  });
});

describe('nudges', () => {
  it('come two days before and on the due day at nine, to those who are still asked', () => {
    const check = opened();
    const timers = readiness.timers(check.state, check.id);
    expect(timers.map(({ key, at }) => [key, at])).toEqual([
      ['nudge two days', Date.UTC(2027, 2, 13, 8)],
      ['nudge today', Date.UTC(2027, 2, 15, 8)],
      ['due', DUE],
    ]);
    answer(check, 'business');
    for (const { at, input } of timers.slice(0, 2)) {
      check.when(input, moment(undefined, at, at));
      const nudge = String((input as { nudge?: string }).nudge);
      expect(check.keys.filter((key) => key.startsWith('nudge'))).toEqual([
        `nudge technical 1 ${nudge} 2027-03-15`,
        `nudge organizational 1 ${nudge} 2027-03-15`,
      ]);
    }
    check.when({ type: 'hand-on', about: 'technical', person: CHAIR }, moment(TECHNICAL));
    expect(check.keys).not.toContain('nudge technical 2 today 2027-03-15');
  });

  it('of before are given no more once it is overdue, nor for what is past', () => {
    const check = opened();
    check.when({ type: 'nudge', nudge: 'today' }, moment(undefined, DUE, DUE - 7 * HOUR));
    expect(check.keys.filter((key) => key.startsWith('nudge'))).toEqual([]);
    expect(opened({ due: '2027-03-02' }).timers.map(({ key }) => key)).toEqual(['nudge today', 'due']);
  });

  it('are counted anew when it is extended', () => {
    const check = overdue();
    check.when({ type: 'extend', due: '2027-03-20' }, moment(PM, DUE + HOUR));
    expect(check.keys).toEqual(['check', 'ask technical 1', 'ask business 1', 'ask organizational 1']);
    expect(check.timers.map(({ key }) => key)).toEqual(['nudge two days', 'nudge today', 'due']);
    expect(check.surface('check')).not.toContain('Overdue');
    expect(row(check)).toMatchObject({ due_at: Date.UTC(2027, 2, 20, 16) });
  });

  it.each([
    ['by one who is only asked', TECHNICAL, '2027-04-01', 'Only the initiative’s owner'],
    ['to a day that has passed', PM, '2027-02-01', 'has passed'],
    ['beyond what is possible', PM, '2028-02-01', 'more than 180 days'],
    ['to the day it is due', PM, '2027-03-15', 'on that day already'],
  ])('it is not extended %s', (_, by, due, sentence) => {
    expect(refusal(opened().attempt({ type: 'extend', due }, moment(by)))).toContain(sentence);
  });
});

describe('when the owner has left', () => {
  it('the sponsor runs the check, and nobody else beside who opened it', () => {
    const check = opened();
    const left = [{ id: PM, name: 'PM' }];
    const step = (by: PersonId, gone: object[]) =>
      readiness.step(check.state, { type: 'extend', due: '2027-03-22' }, moment(by), { ...facts, left: gone as never, actions: [] });
    expect(refusal(step(SPONSOR, []))).toContain(`Please ask ${PM}`);
    expect(refusal(step(STRANGER, left))).toContain(SPONSOR);
    expect(taken(step(SPONSOR, left)).state.due).toBe('2027-03-22');
  });
});
