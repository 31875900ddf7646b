import { describe, expect, it } from 'vitest';
import { currentReviewSet, criteriaOf, type Dimension, dimensions } from '../../flows/criteria/pilot-review.ts';
import type { OpeningFacts } from '../../flows/review/opening.ts';
import { review } from '../../flows/review/review.ts';
import { type Review, SHUTDOWN } from '../../flows/review/state.ts';
import type { Moment } from '../../src/flow.ts';
import { formOf, type Question, read } from '../../src/form.ts';
import type { PersonId } from '../../src/id.ts';
import { instantIn } from '../../src/zone.ts';
import { CHAIR, churn, DAY, HOUR, inWords, member, moment, PM, refusal, SPONSOR, start, START, taken } from './given.ts';
import { gathered, GivenRows } from './rows.ts';

const [A, B, C] = [member(1), member(2), member(3)];
const DUE = instantIn('Europe/Berlin', '2027-03-08', '17:00');

const initiatives = [churn, { ...churn, id: 'initiative/2', name: 'Old model', stage: 'retired', channel: 'channel/3' }];
const person = (id: PersonId, active: 0 | 1 = 1) => ({ id, name: `Name of ${id}`, zone: 'Europe/Berlin', active });
const people = [CHAIR, PM, SPONSOR, A, B, C].map((id) => person(id));
const tables = { initiatives, people, reviews: [], evidence: [] };
const brief = { initiative: 'initiative/1', reviewers: [A, B, C], due: '2027-03-08' };

function open(differently: object = {}, rows: object = {}, at: Moment = moment(PM)) {
  const asked = { ...brief, ...differently };
  const facts = gathered(review.open.needs!('', at, at.by ? undefined : asked), { ...tables, ...rows });
  return start<Review>(review, asked, at, facts);
}
const openingFacts = (at: Moment, rows: object = {}) =>
  gathered(review.open.needs!('', at, undefined), { ...tables, ...rows }) as unknown as OpeningFacts;
const opened = (differently: object = {}, rows: object = {}): GivenRows<Review> =>
  new GivenRows(review, taken(open(differently, rows)).state, { ...tables, ...rows });

type Rating = number | 'unknown';
/** One rating for each dimension, and single criteria that differ. */
const sheet = (all: Record<Dimension, Rating>, but: Record<string, Rating | string> = {}): Record<string, string> => ({
  ...Object.fromEntries(currentReviewSet.criteria.map(({ key, dimension }) => [key, String(all[dimension])])),
  ...Object.fromEntries(Object.entries(but).map(([key, value]) => [key, String(value)])),
});
const GOOD = sheet({ technical: 4, business: 4, organizational: 4, strategic: 4 });
const pageOf = (answers: Record<string, string>, dimension: Dimension) =>
  Object.fromEntries(
    criteriaOf(currentReviewSet, dimension).flatMap(({ key }) =>
      [key, `${key} evidence`].flatMap((field) => (answers[field] === undefined ? [] : [[field, answers[field]]])),
    ),
  );

function answer(given: GivenRows<Review>, who: PersonId, answers: Record<string, string>, at = START + HOUR) {
  return dimensions.map((dimension) => given.when({ type: dimension, ...pageOf(answers, dimension) }, moment(who, at))).at(-1)!;
}

/** Reviewed by three who say the same. */
function weighed(answers: Record<string, string> = GOOD, rows: object = {}): GivenRows<Review> {
  const given = opened({}, rows);
  for (const who of [A, B, C]) answer(given, who, answers);
  return given;
}

const everything = (given: GivenRows<Review>): string => JSON.stringify(given.flow.surfaces(given.state, given.id));
const asQuestion = (asked: ReturnType<GivenRows<Review>['question']>): Question => {
  if ('refused' in asked) throw new Error(`refused: ${inWords(asked.refused)}`);
  return asked;
};
const proposals = (given: GivenRows<Review>): unknown => JSON.parse(String((row(given) as Record<string, unknown>)['proposals']));
const row = (given: GivenRows<Review>) => given.flow.records(given.state, given.id)[0]!.row;
const inputOf = (given: GivenRows<Review>, key: string) => given.flow.timers(given.state, given.id).find((timer) => timer.key === key);

/** The owner goes through flags and indicators, confirming these. */
function decide(given: GivenRows<Review>, verdict: object, { flags = {}, indicators = {} } = {}, by = PM, at = START + 2 * HOUR) {
  const next = given.when({ type: 'flags', ...flags }, moment(by, at)).next;
  if (next === 'indicators') given.when({ type: 'indicators', ...indicators }, moment(by, at));
  return given.attempt({ type: 'verdict', ...verdict }, moment(by, at));
}
function decided(given: GivenRows<Review>, verdict: object, more = {}) {
  const step = taken(decide(given, verdict, more));
  given.state = step.state;
  return step;
}

describe('opening a review', () => {
  it('prefills the initiative of this channel, the one who asks, and a week', () => {
    const at = { ...moment(PM), here: { channel: 'channel/2' as const, zone: 'UTC' } };
    const question = asQuestion(review.open.question!('', at, openingFacts(at)));
    expect(question.values).toEqual({ initiative: 'initiative/1', reviewers: [PM], due: '2027-03-08' });
    const named = asQuestion(review.open.question!('chu', moment(B), openingFacts(at)));
    expect(named.values).toMatchObject({ initiative: 'initiative/1', reviewers: [B] });
  });

  it('keeps the criteria set, and is due at 17:00 in the opener’s zone', () => {
    expect(opened().state).toMatchObject({ set: 'pilot-review/1', due: { day: '2027-03-08', at: DUE }, channel: 'channel/2' });
    expect(row(opened())).toMatchObject({ state: 'asking', owner: PM, opened_by: PM, due_at: DUE, technical: null });
  });

  const running = {
    id: 'review/7',
    initiative: 'initiative/1',
    title: 'Churn model',
    state: 'asking',
    owner: PM,
    opened_by: CHAIR,
    due_at: DUE,
  };
  it.each([
    ['a retired initiative', { initiative: 'initiative/2' }, {}, undefined, 'Old model is retired'],
    ['one that is gone', { initiative: 'initiative/9' }, {}, 'initiative', 'no longer there'],
    [
      'a second review at once',
      {},
      { reviews: [running] },
      undefined,
      'person/1 opened a review of Churn model already, which runs until Mon, 8 Mar 2027, 16:00 UTC. person/1 or the owner, person/9, can add',
    ],
    ['a second review by the owner', {}, { reviews: [{ ...running, opened_by: PM }] }, undefined, 'UTC. person/9 can add'],
    [
      'a second review at once, where the owner opened the first',
      {},
      { reviews: [{ ...running, opened_by: PM }] },
      undefined,
      'UTC. person/9 can add a reviewer to it, move its day or cancel it.',
    ],
    [
      'a second one while the first is weighed',
      {},
      { reviews: [{ ...running, state: 'weighing' }] },
      undefined,
      'person/9 weighs them now',
    ],
    [
      'a reviewer who has left, by name',
      {},
      { people: [person(A), person(B, 0)] },
      'reviewers',
      'Name of person/3 is not an active member',
    ],
    [
      'two who have left',
      {},
      { people: [person(A, 0), person(B, 0)] },
      'reviewers',
      'Name of person/2, Name of person/3 are not active members',
    ],
    ['a due day that has passed', { due: '2027-02-28' }, {}, 'due', 'has passed'],
    ['a due day after three months', { due: '2027-05-31' }, {}, 'due', 'more than 90 days away'],
    ['twenty-one reviewers', { reviewers: Array.from({ length: 21 }, (_, n) => member(n)) }, {}, 'reviewers', 'At most 20 reviewers'],
  ])('is refused: %s', (_, differently, rows, at, sentence) => {
    const step = open(differently, rows);
    expect(refusal(step)).toContain(sentence);
    expect('at' in step ? step.at : undefined).toBe(at);
  });

  it('refuses a retired initiative at its name already, and a running one, too', () => {
    const facts = openingFacts(moment(PM), { reviews: [running] });
    expect(refusal(review.open.question!('old', moment(PM), facts) as never)).toContain('is retired');
    expect(refusal(review.open.question!('churn', moment(PM), facts) as never)).toContain('person/1 opened');
  });

  it('takes the last allowed day and twenty reviewers, each once', () => {
    expect(opened({ due: '2027-05-30' }).state.due.day).toBe('2027-05-30');
    expect(opened({ reviewers: Array.from({ length: 20 }, (_, n) => member(n + 1)) }).state.reviewers).toHaveLength(20);
    expect(opened({ reviewers: [A, A] }).state.reviewers).toHaveLength(1);
  });

  it('by the clock asks those who are still there, and gives a week when its day has passed', () => {
    const late = open({ startedBy: PM, due: '2027-02-01' }, { people: [person(PM), person(A, 0)] }, moment(undefined));
    expect(taken(late).state).toMatchObject({
      opened: { by: PM, zone: 'Europe/Berlin' },
      due: { day: '2027-03-08' },
      reviewers: [{ person: B }, { person: C }],
    });
    const nobody = open({ startedBy: PM, reviewers: [A] }, { people: [person(A, 0)] }, moment(undefined));
    expect(taken(nobody).state.reviewers).toEqual([{ person: PM, state: 'asked' }]);
  });
});

describe('a reviewer', () => {
  it('goes through four pages, and counts after the last', () => {
    const given = opened();
    for (const [index, dimension] of dimensions.entries()) {
      const step = given.when({ type: dimension, ...pageOf(GOOD, dimension) }, moment(A));
      expect(step.next).toBe(dimensions[index + 1]);
      expect(given.state.reviewers[0]!.state).toBe(index === 3 ? 'answered' : 'asked');
    }
    expect(given.answers).toHaveLength(16);
    expect(given.shown('progress')).toContain('1 of 3 have answered.');
  });

  it('finds what stood, and can change it until all are in', () => {
    const given = opened();
    answer(given, A, { ...GOOD, 'accuracy evidence': '70 % of 80 %' });
    expect(asQuestion(given.question('technical', moment(A))).values).toMatchObject({ accuracy: '4', 'accuracy evidence': '70 % of 80 %' });
    given.when({ type: 'technical', ...pageOf({ ...GOOD, accuracy: '1' }, 'technical') }, moment(A));
    expect(asQuestion(given.question('technical', moment(A))).values).toMatchObject({ accuracy: '1', 'accuracy evidence': '' });
    expect(given.state.reviewers[0]!.state).toBe('answered');
    answer(given, B, GOOD);
    answer(given, C, GOOD);
    expect(given.state.weighing!.criteria[0]).toMatchObject({ key: 'accuracy', low: 1, high: 4 });
    expect(given.state.weighing!.evidence).toEqual([]);
    expect(refusal(given.attempt({ type: 'technical', ...pageOf(GOOD, 'technical') }, moment(A)))).toContain('not changed any more');
  });

  it('who left a page out is led to it before it counts', () => {
    const given = opened();
    given.when({ type: 'technical', ...pageOf(GOOD, 'technical') }, moment(A));
    const step = given.when({ type: 'strategic', ...pageOf(GOOD, 'strategic') }, moment(A));
    expect(step.next).toBe('business');
    expect(given.state.reviewers[0]!.state).toBe('asked');
  });

  it('tells the last one who declines that it was heard', () => {
    const given = opened();
    for (const who of [A, B]) answer(given, who, GOOD);
    const step = given.when({ type: 'decline', reason: 'I have not used it' }, moment(C));
    expect(inWords(step.say!)).toBe('You have declined. All answers are in now, and person/9 weighs them.');
  });

  it('declines with a reason, which stands in the channel', () => {
    const given = opened();
    given.when({ type: 'decline', reason: 'I have not used it' }, moment(A));
    expect(given.shown(`declined ${A}`)).toContain('I have not used it');
    expect(given.keys).not.toContain(`ask ${A}`);
    expect(refusal(given.attempt({ type: 'technical', ...pageOf(GOOD, 'technical') }, moment(A)))).toContain('You declined');
    expect(given.flow.records(given.state, given.id)).toContainEqual({
      table: 'reviewers',
      row: { review: 'review/1', person: A, state: 'declined' },
    });
    answer(given, B, GOOD);
    answer(given, C, GOOD);
    expect(given.state.weighing!.reviewers.map((one) => one.person)).toEqual([B, C]);
  });

  it.each([
    ['who is not asked', CHAIR, () => opened(), 'not among the reviewers'],
    ['after a cancellation', A, () => cancelled(), 'was cancelled'],
  ] as const)('%s is refused', (_, who, given, sentence) => {
    expect(refusal(given().attempt({ type: 'technical', ...pageOf(GOOD, 'technical') }, moment(who)))).toContain(sentence);
  });

  it('sees what was put in as evidence beside its question, the latest three', () => {
    const put = (n: number, criterion: string | null) => ({
      id: `evidence/${n}`,
      initiative: 'initiative/1',
      criterion,
      says: `message ${n}`,
      link: `https://example.org/${n}`,
      person: B,
      at: START + n,
    });
    const given = opened({}, { evidence: [1, 2, 3, 4].map((n) => put(n, 'review accuracy')).concat(put(9, null)) });
    const question = asQuestion(given.question('technical', moment(A)));
    expect(question.hints!.accuracy).toBe(
      'Put in as evidence: “message 4” (https://example.org/4) · “message 3” (https://example.org/3) · “message 2” (https://example.org/2)',
    );
    expect(question.hints!.debt).toBeUndefined();
    expect(question.intro!.map(inWords).join(' ')).toContain('“message 9”');
  });
});

describe('the asking is blind', () => {
  it('nothing shown, said or stored in the state tells what anybody answered', () => {
    const given = opened();
    const step = answer(given, A, {
      ...sheet({ technical: 1, business: 'unknown', organizational: 1, strategic: 1 }),
      'debt evidence': 'SECRET',
    });
    expect(inWords(step.say!)).toContain('12 of 16 rated');
    expect(everything(given) + JSON.stringify(given.state) + JSON.stringify(given.flow.records(given.state, given.id))).not.toMatch(
      /SECRET|weak|unknown/,
    );
    for (const who of [B, PM]) {
      const facts = given.factsOf('technical', who);
      expect(JSON.stringify(facts)).not.toContain('SECRET');
    }
    expect(JSON.stringify(asQuestion(given.question('strategic', moment(B))))).not.toContain('SECRET');
    for (const input of ['flags', 'indicators', 'verdict', 'more', 'hand-on'])
      expect(refusal(given.question(input, moment(PM)) as never)).toContain('still asked');
  });
});

describe('who opened it, and the owner', () => {
  it('add and remove reviewers', () => {
    const given = opened({ reviewers: [A, B] }, { people: [...people.slice(0, 5), person(C, 0)] });
    expect(refusal(given.attempt({ type: 'add', person: C }, moment(PM)))).toContain('Name of person/4 is not an active member');
    given.when({ type: 'add', person: CHAIR }, moment(PM));
    expect(given.keys).toContain(`ask ${CHAIR}`);
    expect(asQuestion(given.question('remove', moment(PM))).values).toEqual({ person: undefined });
  });

  it('find the one who has left since, ready to be removed', () => {
    const given = opened();
    given.rows = { ...given.rows, people: [person(B, 0)] };
    expect(asQuestion(given.question('remove', moment(PM))).values).toEqual({ person: B });
    answer(given, A, GOOD);
    expect(refusal(given.attempt({ type: 'remove', person: A }, moment(PM)))).toContain('what was said counts');
    answer(given, C, GOOD);
    const step = given.when({ type: 'remove', person: B }, moment(PM));
    expect(inWords(step.say!)).toContain('All answers are in');
    expect(given.state.weighing!.reviewers).toHaveLength(2);
    expect(given.flow.records(given.state, given.id)).toHaveLength(3);
  });

  it.each([
    [{ type: 'add', person: A }, 'among the reviewers already'],
    [{ type: 'remove', person: CHAIR }, 'not among the reviewers'],
    [{ type: 'move', due: '2027-02-01' }, 'has passed'],
    [{ type: 'move', due: '2028-01-01' }, 'more than 90 days away'],
  ])('are refused: %j', (input, sentence) => {
    expect(refusal(opened().attempt(input, moment(PM)))).toContain(sentence);
  });

  it('alone may manage it', () => {
    for (const input of [
      { type: 'add', person: CHAIR },
      { type: 'remove', person: A },
      { type: 'move', due: '2027-03-20' },
      { type: 'cancel', reason: 'x' },
    ])
      expect(refusal(opened().attempt(input, moment(B)))).toContain('Please ask person/9');
    const byOther = new GivenRows(review, taken(open({}, {}, moment(CHAIR))).state, tables);
    byOther.when({ type: 'move', due: '2027-03-20' }, moment(PM));
    byOther.when({ type: 'cancel', reason: 'Too early' }, moment(CHAIR));
    expect(byOther.shown('progress')).toContain('Cancelled by person/1');
  });

  it('cannot take the last reviewer away, nor add a twenty-first', () => {
    expect(refusal(opened({ reviewers: [A] }).attempt({ type: 'remove', person: A }, moment(PM)))).toContain('Nobody would be left');
    const full = opened({ reviewers: Array.from({ length: 20 }, (_, n) => member(n + 1)) });
    expect(refusal(full.attempt({ type: 'add', person: CHAIR }, moment(PM)))).toContain('At most 20');
  });
});

describe('the due moment', () => {
  const due = (given: GivenRows<Review>, at = DUE) => given.when({ type: 'due' }, moment(undefined, at, DUE));

  it('sets its timers: a nudge a day before, then the due moment', () => {
    expect(opened().timers).toEqual([
      { key: 'due', at: DUE },
      { key: 'nudge', at: DUE - DAY },
    ]);
    expect(opened({ due: '2027-03-02' }).timers.map(({ key }) => key)).toEqual(['due', 'nudge']);
    expect(opened({ due: '2027-03-01' }).timers.map(({ key }) => key)).toEqual(['due']);
  });

  it('nudges those who have not answered, and takes it back with the answer', () => {
    const given = opened();
    answer(given, A, GOOD);
    given.when({ type: 'nudge' }, moment(undefined, DUE - DAY, DUE - DAY));
    expect(given.keys.filter((key) => key.startsWith('nudge'))).toEqual([`nudge 2027-03-08 ${B}`, `nudge 2027-03-08 ${C}`]);
    answer(given, B, GOOD);
    expect(given.keys.filter((key) => key.startsWith('nudge'))).toEqual([`nudge 2027-03-08 ${C}`]);
    expect(given.timers.map(({ key }) => key)).toEqual(['due']);
  });

  it('nudges nobody any more when it comes after the due moment', () => {
    const given = opened();
    given.when({ type: 'nudge' }, moment(undefined, DUE, DUE - DAY));
    expect(given.keys.filter((key) => key.startsWith('nudge'))).toEqual([]);
  });

  it('weighs what is in; who did not finish is named and not counted', () => {
    const given = opened();
    answer(given, A, GOOD);
    given.when(
      { type: 'technical', ...pageOf(sheet({ technical: 1, business: 1, organizational: 1, strategic: 1 }), 'technical') },
      moment(B),
    );
    due(given, DUE + 3 * HOUR);
    expect(given.state.weighing).toMatchObject({ due: DUE, confidence: 100, scores: { technical: { score: 75 } } });
    expect(given.shown('progress')).toContain(`Did not answer: ${B}, ${C}`);
    expect(given.shown(`weigh 1 ${PM}`)).toContain('was not running when the answers were due');
    expect(row(given)).toMatchObject({ state: 'weighing', technical: 75, recommended: 'SCALE', decided_at: null });
  });

  it('without any answer says so, stays open, and takes a later answer or a later day', () => {
    const given = opened();
    due(given);
    expect(given.state.weighing).toBeUndefined();
    expect(row(given)).toMatchObject({ state: 'asking' });
    expect(given.shown('stalled 2027-03-08')).toContain('nobody has answered');
    expect(given.timers).toEqual([]);
    const moved = new GivenRows(review, given.state, tables);
    moved.when({ type: 'move', due: '2027-03-15' }, moment(PM, DUE + HOUR));
    expect(moved.timers.map(({ key }) => key)).toEqual(['due', 'nudge']);
    expect(moved.keys).not.toContain('stalled 2027-03-08');
    answer(given, B, GOOD, DUE + HOUR);
    expect(given.state.weighing!.reviewers).toHaveLength(1);
  });

  it('is not waited for when everybody has declined', () => {
    const given = opened({ reviewers: [A] });
    given.when({ type: 'decline', reason: 'On leave' }, moment(A));
    expect(given.shown('deserted 1')).toContain('everybody who was asked has declined');
    given.when({ type: 'add', person: A }, moment(PM));
    expect(given.keys).toEqual(['progress', `ask ${A}`]);
  });

  it('comes to nothing after a cancellation or a close', () => {
    const given = cancelled();
    const before = given.state;
    due(given);
    expect(given.state).toBe(before);
    expect(given.timers).toEqual([]);
    const closed = weighed();
    const after = closed.state;
    due(closed);
    expect(closed.state).toBe(after);
  });
});

describe('the weighing', () => {
  it('shows scores, disagreements first, open questions and what would change the verdict', () => {
    const given = opened();
    answer(
      given,
      A,
      sheet(
        { technical: 2, business: 4, organizational: 4, strategic: 4 },
        { accuracy: 1, 'accuracy evidence': '70 % against a target of 80 %' },
      ),
    );
    answer(given, B, sheet({ technical: 3, business: 4, organizational: 4, strategic: 4 }, { accuracy: 5, debt: 'unknown' }));
    answer(given, C, sheet({ technical: 4, business: 5, organizational: 4, strategic: 4 }));
    // Technical: 1 2 2 2, 5 3 3, 4 4 4 4 are 34 in 11 ratings; above the worst 23 of 44 are 52.
    expect(given.state.weighing!.scores).toMatchObject({ technical: { score: 52, low: 18, high: 75 }, business: { score: 83 } });
    expect(given.state.weighing!.confidence).toBe(97);
    const card = given.shown(`weigh 1 ${PM}`);
    expect(card).toContain('Accuracy, reliability and speed are as required: from 1 to 5');
    expect(card).toContain(`${A}: technical performance 18, business impact 75`);
    expect(card).toContain(`Its technical debt can be managed: one does not know. ${PM} sees to it`);
    expect(card).toContain('Recommended: EXTEND.');
    expect(card).toContain(
      'It would be SCALE with technical performance 8 points higher (60), and KILL with business impact 24 points lower (59).',
    );
    expect(card).toContain('technical performance 52 (weak)');
    expect(given.shown(`weigh 1 ${PM} details-1`)).toContain(
      `${A}, 1 of 5 on “Accuracy, reliability and speed are as required”: 70 % against a target of 80 %`,
    );
    expect(given.keys.filter((key) => key.startsWith('ask'))).toEqual([]);
  });

  it('gives no recommendation while an axis is not known, and says what is open', () => {
    const given = weighed(sheet({ technical: 'unknown', business: 4, organizational: 4, strategic: 4 }));
    const card = given.shown(`weigh 1 ${PM}`);
    expect(card).toContain('Recommended: nothing yet, too little is known.');
    expect(card).toContain('Nothing is known of technical performance. Open are: “Accuracy, reliability and speed are as required”');
    expect(card).not.toContain('Success matrix');
    expect(refusal(decide(given, { verdict: 'SCALE' }))).toContain('There is no recommendation to go by');
    expect(taken(decide(given, { verdict: 'EXTEND' })).next).toBe('extend');
  });

  it('shows the earlier reviews of the initiative on the matrix', () => {
    const reviews = [
      {
        id: 'review/5',
        initiative: 'initiative/1',
        state: 'posted',
        verdict: 'EXTEND',
        technical: 30,
        business: 70,
        decided_at: START - 30 * DAY,
      },
      {
        id: 'review/4',
        initiative: 'initiative/1',
        state: 'posted',
        verdict: 'EXTEND',
        technical: 20,
        business: null,
        decided_at: START - 60 * DAY,
      },
      { id: 'review/3', initiative: 'initiative/2', state: 'posted', verdict: 'KILL', technical: 1, business: 1, decided_at: START },
    ];
    const given = opened();
    given.rows = { ...given.rows, reviews };
    for (const who of [A, B, C]) answer(given, who, GOOD);
    expect(given.shown(`weigh 1 ${PM}`)).toContain(
      'Success matrix: 2027-01-30: technical performance 30 (weak), business impact 70 (strong); Now: technical performance 75',
    );
  });

  it('asks for more evidence: the answers stand, and count if nothing is added', () => {
    const given = weighed();
    expect(refusal(given.attempt({ type: 'more', text: 'South', due: '2027-02-01' }, moment(PM)))).toContain('has passed');
    given.when({ type: 'more', text: 'How is it in the south?', due: '2027-03-20' }, moment(PM, START + 2 * HOUR));
    expect(given.keys).toEqual(['progress', `ask ${A} 2`, `ask ${B} 2`, `ask ${C} 2`]);
    expect(given.shown(`ask ${A} 2`)).toContain('How is it in the south?');
    // The owner has seen what was said before, and may be a reviewer, too: nobody is told otherwise.
    expect(given.shown(`ask ${A} 2`)).toContain('What you said before was weighed already');
    expect(asQuestion(given.question('decline', moment(B))).intro!.map(inWords)).toEqual([
      expect.stringContaining('Your answers count as they stand'),
    ]);
    expect(
      asQuestion(given.question('technical', moment(A)))
        .intro!.map(inWords)
        .join(' '),
    ).toContain('How is it in the south?');
    given.when({ type: 'decline', reason: 'Nothing to add' }, moment(B));
    answer(given, A, sheet({ technical: 1, business: 4, organizational: 4, strategic: 4 }));
    const later = instantIn('Europe/Berlin', '2027-03-20', '17:00');
    given.when({ type: 'due' }, moment(undefined, later, later));
    expect(given.state.weighing!.reviewers.map((one) => one.scores.technical)).toEqual([0, 75, 75]);
    expect(given.keys).toContain(`weigh 2 ${PM}`);
  });

  it('hands an open question to somebody as an action, once', () => {
    const given = weighed({ ...GOOD, roi: 'unknown' });
    given.when({ type: 'hand-on', question: 'roi', person: CHAIR, due: '2027-03-20' }, moment(PM));
    expect(inputOf(given, 'question roi')).toMatchObject({
      to: 'action',
      input: {
        type: 'open',
        owner: CHAIR,
        due: '2027-03-20',
        origin: 'review/1',
        startedBy: PM,
        zone: 'Europe/Berlin',
        initiative: { id: 'initiative/1', owner: PM },
      },
    });
    expect(given.shown(`weigh 1 ${PM}`)).toContain(`${CHAIR} finds out by 2027-03-20`);
    expect(refusal(given.attempt({ type: 'hand-on', question: 'roi', person: A, due: '2027-03-20' }, moment(PM)))).toContain('already');
    expect(refusal(given.question('hand-on', moment(PM)) as never)).toContain('no open question left');
    expect(refusal(weighed().attempt({ type: 'hand-on', question: 'roi', person: A, due: '2027-03-20' }, moment(PM)))).toContain(
      'no open question of the review',
    );
  });

  it('is the owner’s alone, or the sponsor’s when the owner has left', () => {
    const given = weighed();
    for (const who of [SPONSOR, A, CHAIR]) expect(refusal(given.attempt({ type: 'flags' }, moment(who)))).toContain('Only person/9');
    given.rows = { ...given.rows, people: [person(PM, 0)] };
    given.when({ type: 'flags' }, moment(SPONSOR));
    expect(row(given)).toMatchObject({ owner: SPONSOR });
    expect(given.keys).toContain(`weigh 1 ${SPONSOR}`);
    expect(weighed(GOOD, { people: [person(PM, 0)] }).keys).toContain(`weigh 1 ${SPONSOR}`);
  });
});

describe('red flags and indicators', () => {
  const fieldsOf = (question: Question): string[] => formOf(question, { to: 'review/1', input: 'flags' }).fields.map(({ key }) => key);
  const groupsOf = (question: Question): string[] => [
    ...new Set(formOf(question, { to: 'review/1', input: 'flags' }).fields.map(({ group }) => group!)),
  ];

  it.each([
    ['nothing weak', GOOD, ['Users'], ['Financial', 'Technical', 'Organizational', 'Users']],
    [
      'business weak',
      sheet({ technical: 4, business: 2, organizational: 4, strategic: 4 }),
      ['Financial', 'Users'],
      ['Technical', 'Organizational'],
    ],
    [
      'technical unknown in part',
      { ...GOOD, debt: 'unknown' },
      ['Technical', 'Users'],
      ['Financial', 'Technical', 'Organizational', 'Users'],
    ],
    [
      'organizational weak',
      sheet({ technical: 4, business: 4, organizational: 2, strategic: 1 }),
      ['Organizational', 'Users'],
      ['Financial', 'Technical', 'Users'],
    ],
  ])('are asked as the scores make them likely: %s', (_, answers, flags, indicators) => {
    const given = weighed(answers);
    expect(groupsOf(asQuestion(given.question('flags', moment(PM))))).toEqual(flags);
    expect(groupsOf(asQuestion(given.question('indicators', moment(PM))))).toEqual(indicators);
    expect(fieldsOf(asQuestion(given.question('flags', moment(PM))))).toHaveLength(flags.length * 4);
    const [intro] = asQuestion(given.question('indicators', moment(PM))).intro!;
    expect(inWords(intro!).includes('are left out')).toBe(indicators.length < 4);
  });

  it('go straight to the verdict when nothing is strong', () => {
    const given = weighed(sheet({ technical: 1, business: 1, organizational: 1, strategic: 1 }));
    expect(given.when({ type: 'flags' }, moment(PM)).next).toBe('verdict');
    expect(row(given)).toMatchObject({ indicators: 0, red_flags: 0, recommended: 'KILL' });
  });

  it('confirm only what was asked, and find it again', () => {
    const given = weighed();
    given.when({ type: 'flags', 'no-owner': true, harm: true, ethics: false }, moment(PM));
    expect(given.state.redFlags).toEqual(['harm']);
    given.when({ type: 'indicators', return: true, safe: true }, moment(PM));
    expect(asQuestion(given.question('flags', moment(PM))).values).toEqual({ harm: true });
    expect(row(given)).toMatchObject({ indicators: 2, red_flags: 1 });
  });

  it('one confirmed flag bars SCALE: nothing is preselected, and SCALE asks why', () => {
    const given = weighed();
    expect(refusal(decide(given, { verdict: 'SCALE' }, { flags: { safety: true } }))).toContain(
      'SCALE barred by “A safety or regulatory risk has come true”',
    );
    expect(asQuestion(given.question('verdict', moment(PM))).values!.verdict).toBeUndefined();
    expect(
      asQuestion(given.question('verdict', moment(PM)))
        .intro!.map(inWords)
        .join(' '),
    ).toContain('The matrix says SCALE; a red flag bars it');
    expect(taken(given.attempt({ type: 'verdict', verdict: 'PIVOT' }, moment(PM))).next).toBe('pivot');
    decided(given, { verdict: 'SCALE', rationale: 'Fixed since' }, { flags: { safety: true } });
    expect(given.shown('result')).toContain(
      'Recommended: SCALE barred by “A safety or regulatory risk has come true”. The decision goes another way.',
    );
  });
});

describe('the verdict', () => {
  it('is preselected as recommended, and asks why when it goes another way', () => {
    const given = weighed();
    given.when({ type: 'flags' }, moment(PM));
    given.when({ type: 'indicators' }, moment(PM));
    expect(asQuestion(given.question('verdict', moment(PM))).values).toEqual({ verdict: 'SCALE', rationale: undefined });
    const step = given.attempt({ type: 'verdict', verdict: 'KILL' }, moment(PM));
    expect(refusal(step)).toContain('The recommendation is: SCALE. Say why you decide KILL');
    expect(step).toMatchObject({ at: 'rationale' });
  });

  it('SCALE is posted at once, with one button', () => {
    const given = weighed();
    expect(inWords(decided(given, { verdict: 'SCALE' }, { indicators: { return: true, target: true } }).say!)).toBe(
      'Posted to the channel: SCALE.',
    );
    const card = given.shown('result');
    expect(card).toContain('Decided by person/9');
    expect(card).toContain('Indicators: 2 of 16 met');
    expect(card).toContain('The reviewers agree');
    expect(given.shown('details-1')).toContain(`${A}: technical performance 75`);
    expect(given.flow.surfaces(given.state, given.id).find((one) => one.key === 'result')!.card.buttons).toEqual([
      { label: 'Open the vote and the readiness check', press: { to: 'review/1', input: 'scale' }, style: 'primary' },
    ]);
    expect(row(given)).toMatchObject({ state: 'posted', verdict: 'SCALE', decided_at: START + 2 * HOUR });
    expect(refusal(given.attempt({ type: 'verdict', verdict: 'KILL' }, moment(PM)))).toContain('was posted');
    expect(given.flow.settled!(given.state)).toBe(false);
  });

  it('PIVOT is posted with its turn, which becomes an action', () => {
    const given = weighed(sheet({ technical: 4, business: 2, organizational: 4, strategic: 4 }));
    expect(decided(given, { verdict: 'PIVOT' }).next).toBe('pivot');
    expect(given.keys).not.toContain('result');
    expect(row(given)).toMatchObject({ state: 'weighing' });
    expect(refusal(given.attempt({ type: 'pivot', pair: 'broad', who: CHAIR, by: '2027-01-01' }, moment(PM)))).toContain('has passed');
    given.when({ type: 'pivot', pair: 'broad', turn: 'Only the north', who: CHAIR, by: '2027-04-01' }, moment(PM, START + 3 * HOUR));
    expect(given.shown('result')).toContain('Scope: too broad → narrow it');
    expect(given.shown('result')).toContain('Only the north');
    expect(inputOf(given, 'pivot')).toMatchObject({
      to: 'action',
      at: START + 3 * HOUR,
      input: { owner: CHAIR, why: 'Only the north', due: '2027-04-01' },
    });
    expect(given.flow.settled!(given.state)).toBe(true);
  });

  it('PIVOT takes the pair’s own turn when none is written', () => {
    const given = weighed(sheet({ technical: 4, business: 2, organizational: 4, strategic: 4 }));
    decided(given, { verdict: 'PIVOT' });
    given.when({ type: 'pivot', pair: 'overkill', who: PM, by: '2027-04-01' }, moment(PM));
    expect(given.state.posted!.plan).toMatchObject({ turn: 'simplify it' });
  });

  it('EXTEND schedules the next review of the same reviewers', () => {
    const given = opened();
    given.when({ type: 'decline', reason: 'No time' }, moment(C));
    for (const who of [A, B]) answer(given, who, sheet({ technical: 2, business: 4, organizational: 4, strategic: 4 }));
    decided(given, { verdict: 'EXTEND' });
    expect(refusal(given.attempt({ type: 'extend', question: 'Q', figure: '80 %', by: '2027-03-01' }, moment(PM)))).toContain(
      'That is today',
    );
    given.when({ type: 'extend', question: 'Is it accurate enough?', figure: 'accuracy 80 %', by: '2027-05-03' }, moment(PM));
    const next = inputOf(given, 'next review')!;
    expect(next).toEqual({
      key: 'next review',
      at: instantIn('Europe/Berlin', '2027-05-03', '09:00'),
      to: 'review',
      input: { type: 'open', initiative: 'initiative/1', reviewers: [A, B], due: '2027-05-10', after: START, startedBy: PM },
    });
    expect(given.shown('result')).toContain('To reach: accuracy 80 % by 2027-05-03');
    expect(given.shown('result')).toContain('Next review: Mon, 3 May 2027');
    // What it schedules can be opened by the clock.
    expect(taken(open(next.input, {}, moment(undefined, next.at))).state).toMatchObject({
      reviewers: [{ person: A }, { person: B }],
      due: { day: '2027-05-10' },
    });
    // Unless a later verdict stands by then.
    const verdict = (at: number) => ({ reviews: [{ initiative: 'initiative/1', state: 'posted', verdict: 'KILL', decided_at: at }] });
    expect('refused' in open(next.input, verdict(START), moment(undefined, next.at))).toBe(false);
    expect(refusal(open(next.input, verdict(START + DAY), moment(undefined, next.at)))).toContain('a later verdict');
  });

  it.each([
    [0, false],
    [1, false],
    [2, true],
    [3, true],
  ])('EXTEND after %s earlier ones asks for a reason: %s', (times, asks) => {
    const reviews = Array.from({ length: times }, (_, n) => ({
      id: `review/${n + 5}`,
      initiative: 'initiative/1',
      state: 'posted',
      verdict: 'EXTEND',
      technical: 40,
      business: 70,
      decided_at: START - n * DAY,
    }));
    const given = opened();
    given.rows = { ...given.rows, reviews: [...reviews, { initiative: 'initiative/1', state: 'posted', verdict: 'PIVOT' }] };
    for (const who of [A, B, C]) answer(given, who, sheet({ technical: 2, business: 4, organizational: 4, strategic: 4 }));
    decided(given, { verdict: 'EXTEND' });
    expect('reason' in asQuestion(given.question('extend', moment(PM))).schema.shape).toBe(asks);
    const step = given.attempt({ type: 'extend', question: 'Q', figure: '80 %', by: '2027-05-03' }, moment(PM));
    if (asks) expect(refusal(step)).toContain('extended twice before');
    else expect('refused' in step).toBe(false);
  });

  it('KILL makes an action of each part of the shutdown plan', () => {
    const given = weighed(sheet({ technical: 1, business: 1, organizational: 1, strategic: 1 }));
    decided(given, { verdict: 'KILL' });
    const plan = Object.fromEntries(
      ['data', 'users', 'contracts', 'lessons', 'people'].flatMap((key) => [
        [key, `do ${key}`],
        [`${key} by`, '2027-04-01'],
      ]),
    );
    expect(refusal(given.attempt({ type: 'kill', ...plan, 'users by': '2026-01-01' }, moment(PM)))).toContain('has passed');
    given.when({ type: 'kill', ...plan }, moment(PM));
    const actions = given.flow.timers(given.state, given.id);
    expect(actions.map(({ key, to }) => [key, to])).toEqual(
      ['data', 'users', 'contracts', 'lessons', 'people'].map((key) => [`shutdown ${key}`, 'action']),
    );
    expect(actions[0]!.input).toEqual({
      type: 'open',
      title: 'Shut down: data',
      why: 'do data',
      initiative: { id: 'initiative/1', name: 'Churn model', owner: PM, sponsor: SPONSOR },
      channel: 'channel/2',
      owner: PM,
      due: '2027-04-01',
      origin: 'review/1',
      startedBy: PM,
      zone: 'Europe/Berlin',
    });
    expect(given.shown('details-1')).toContain('Data, by 2027-04-01: do data');
  });

  it('comes after the red flags, also once more evidence is in; what was written for it is there again', () => {
    const given = weighed();
    expect(refusal(given.attempt({ type: 'verdict', verdict: 'SCALE' }, moment(PM)))).toContain('red flags come before');
    decided(given, { verdict: 'EXTEND', rationale: 'Too early to say' });
    given.when({ type: 'more', text: 'South', due: '2027-03-20' }, moment(PM, START + 2 * HOUR));
    for (const who of [A, B, C]) answer(given, who, GOOD, START + 3 * HOUR);
    for (const input of ['verdict', 'extend'])
      expect(refusal(given.question(input, moment(PM)) as never)).toContain('red flags come before');
    given.when({ type: 'flags' }, moment(PM));
    expect(asQuestion(given.question('verdict', moment(PM))).values).toEqual({ verdict: 'EXTEND', rationale: 'Too early to say' });
  });

  it('is posted without the evidence that was withdrawn since the answers came in', () => {
    const put = (n: number) => ({ id: `evidence/${n}`, initiative: 'initiative/1', criterion: null, link: null, person: B, at: START + n });
    const evidence = [1, 2].map((n) => ({ ...put(n), says: `message ${n}` }));
    const given = weighed(GOOD, { evidence });
    expect(everything(given)).toContain('message 1');
    given.rows = { ...given.rows, evidence: [evidence[1]!] };
    decided(given, { verdict: 'SCALE' });
    const details = given.keys.filter((key) => key.startsWith('details')).map((key) => given.shown(key));
    expect(details.join(' ')).toContain('message 2');
    expect(everything(given)).not.toContain('message 1');
  });

  it('is not posted without a reason once it goes against what is recommended by then', () => {
    const given = weighed();
    decided(given, { verdict: 'KILL' }, { flags: { ethics: true } });
    given.when({ type: 'flags' }, moment(PM));
    const kill = Object.fromEntries(
      Object.keys(SHUTDOWN).flatMap((step) => [
        [step, 'Do it'],
        [`${step} by`, '2027-04-01'],
      ]),
    );
    for (const said of [given.attempt({ type: 'kill', ...kill }, moment(PM)), given.question('kill', moment(PM)) as never])
      expect(refusal(said)).toContain('The recommendation is now: SCALE');
    taken(decide(given, { verdict: 'KILL', rationale: 'The money is gone' }));
  });

  it('has no page but its own', () => {
    const given = weighed();
    given.when({ type: 'flags' }, moment(PM));
    expect(refusal(given.attempt({ type: 'kill' }, moment(PM)))).toContain('belongs to the verdict KILL');
    expect(refusal(given.question('extend', moment(PM)) as never)).toContain('belongs to the verdict EXTEND');
  });
});

describe('after a SCALE', () => {
  const bodies = [{ id: 'body/1', name: 'Steering committee', chair: CHAIR, rule: 'majority', quorum: '3' }];
  const scaling = {
    type: 'scale',
    body: 'body/1',
    channel: 'channel/2',
    deadline: START + 14 * DAY,
    technical: A,
    business: PM,
    organizational: B,
  };
  const scaled = (rows: object = { bodies }) => {
    const given = weighed();
    decided(given, { verdict: 'SCALE' });
    given.rows = { ...given.rows, ...rows };
    return given;
  };

  it('one press opens the vote and the readiness check', () => {
    const given = scaled();
    expect(asQuestion(given.question('scale', moment(CHAIR))).values).toMatchObject({
      body: 'body/1',
      technical: PM,
      business: PM,
      organizational: PM,
    });
    given.when(scaling, moment(CHAIR, START + 5 * HOUR));
    expect(given.flow.timers(given.state, given.id)).toEqual([
      {
        key: 'readiness',
        at: START + 5 * HOUR,
        to: 'readiness',
        input: {
          type: 'open',
          initiative: 'initiative/1',
          technical: A,
          business: PM,
          organizational: B,
          due: '2027-03-14',
          startedBy: CHAIR,
        },
      },
      {
        key: 'vote',
        at: START + 5 * HOUR,
        to: 'vote',
        input: {
          type: 'open',
          initiative: 'initiative/1',
          channel: 'channel/2',
          body: 'body/1',
          deadline: START + 14 * DAY,
          rule: 'majority',
          quorum: '3',
          changes: true,
          without: expect.stringContaining('readiness check opened together'),
          startedBy: CHAIR,
        },
      },
    ]);
    expect(refusal(given.attempt(scaling, moment(A)))).toContain('person/1 opened them already');
    expect(given.surface('result')).not.toContain('"buttons"');
    expect(given.flow.settled!(given.state)).toBe(true);
  });

  it.each([
    ['without a committee', {}, {}, 'Set one up first: /offshoot committee'],
    ['once the initiative is retired', { bodies, initiatives: [{ ...initiatives[0], stage: 'retired' }] }, {}, 'is retired'],
    ['with a vote open', { bodies, votes: [{ initiative: 'initiative/1', phase: 'open' }] }, {}, 'is open already'],
    ['with a deadline that has passed', { bodies }, { deadline: START }, 'has passed'],
    ['with a deadline far away', { bodies }, { deadline: START + 91 * DAY }, '90 days at most'],
    [
      'with somebody who has left',
      { bodies, people: [person(CHAIR, 0)] },
      { technical: CHAIR },
      'Name of person/1 is not an active member',
    ],
  ])('is refused %s', (_, rows, differently, sentence) => {
    expect(refusal(scaled(rows).attempt({ ...scaling, ...differently }, moment(PM, START + 3 * HOUR)))).toContain(sentence);
  });

  it('is refused once a later review ended otherwise, and not for one that ended alike or came before', () => {
    const reviews = (verdict: string, decided_at: number) => ({
      bodies,
      reviews: [{ id: 'review/2', initiative: 'initiative/1', state: 'posted', verdict, decided_at }],
    });
    const later = scaled(reviews('KILL', START + 2 * DAY));
    expect(refusal(later.attempt(scaling, moment(PM, START + 3 * DAY)))).toMatch(
      /^A later review of Churn model ended in KILL, .* Review it again first: \/pilot-review Churn model$/,
    );
    expect(refusal(later.question('scale', moment(PM, START + 3 * DAY)) as never)).toContain('ended in KILL');
    for (const rows of [reviews('SCALE', START + 2 * DAY), reviews('KILL', START - DAY)])
      expect(scaled(rows).attempt(scaling, moment(PM, START + 3 * DAY))).toHaveProperty('say');
  });

  it('asks for the readiness check on the day of the vote when that closes within a day', () => {
    const given = scaled();
    given.when({ ...scaling, deadline: START + 20 * HOUR }, moment(CHAIR, START + 12 * HOUR));
    expect(given.flow.timers(given.state, given.id)[0]).toMatchObject({ key: 'readiness', input: { due: '2027-03-02' } });
  });

  it('opens the vote alone when a readiness check runs already', () => {
    const given = scaled({ bodies, readiness_checks: [{ initiative: 'initiative/1', state: 'asking' }] });
    expect(inWords(given.when(scaling, moment(PM)).say!)).toContain('running already');
    expect(given.timers.map(({ key }) => key)).toEqual(['vote']);
    expect(inputOf(given, 'vote')!.input.without).toContain('was running when this vote opened');
  });

  it('is offered no more once the initiative has ended', () => {
    const given = scaled();
    given.when({ type: 'end', reason: 'the initiative is retired' }, moment(undefined));
    expect(refusal(given.attempt(scaling, moment(PM)))).toContain('the initiative is retired');
    expect(given.surface('result')).not.toContain('"buttons"');
    expect(given.flow.settled!(given.state)).toBe(true);
  });
});

describe('the clock', () => {
  it('ends a review that is under way, and says why', () => {
    for (const given of [opened(), weighed()]) {
      given.when({ type: 'end', reason: 'the initiative is retired' }, moment(undefined));
      expect(given.shown('progress')).toContain('Cancelled, Mon, 1 Mar 2027');
      expect(given.shown('progress')).toContain('the initiative is retired');
      expect(given.keys).toEqual(['progress']);
      expect(given.flow.settled!(given.state)).toBe(true);
      expect(row(given)).toMatchObject({ state: 'cancelled' });
    }
  });

  it('takes back the next review of an extended pilot that ends', () => {
    const given = weighed(sheet({ technical: 2, business: 4, organizational: 4, strategic: 4 }));
    decided(given, { verdict: 'EXTEND' });
    given.when({ type: 'extend', question: 'Q', figure: '80 %', by: '2027-05-03' }, moment(PM));
    expect(given.timers.map(({ key }) => key)).toEqual(['next review']);
    given.when({ type: 'end', reason: 'the initiative is retired' }, moment(undefined));
    expect(given.timers).toEqual([]);
  });

  it('moves it with its initiative: the new owner weighs, in the new channel', () => {
    const given = weighed();
    given.when(
      { type: 'moved', initiative: { id: 'initiative/1', name: 'Churn 2', owner: CHAIR, sponsor: SPONSOR }, channel: 'channel/5' },
      moment(undefined),
    );
    expect(given.keys).toContain(`weigh 1 ${CHAIR}`);
    expect(given.flow.surfaces(given.state, given.id)[0]).toMatchObject({ key: 'progress', to: 'channel/5' });
    expect(refusal(given.attempt({ type: 'flags' }, moment(PM)))).toContain('Only person/1');
  });

  it('leaves what is posted as it is', () => {
    const given = weighed();
    decided(given, { verdict: 'SCALE' });
    const before = given.state;
    given.when(
      { type: 'moved', initiative: { id: 'initiative/1', name: 'X', owner: CHAIR, sponsor: SPONSOR }, channel: 'channel/5' },
      moment(undefined),
    );
    expect(given.state).toBe(before);
  });
});

describe('bad input', () => {
  const reading = { zone: 'UTC', resolve: () => undefined };
  const said = (raw: Record<string, string>) =>
    read(asQuestion(opened().question('technical', moment(A))).schema, { ...pageOf(GOOD, 'technical'), ...raw }, reading);

  it.each([
    ['a rating of 0', { accuracy: '0' }, 'accuracy', 'One of these, please'],
    ['a rating of 6', { accuracy: '6' }, 'accuracy', 'One of these, please'],
    ['a rating of 4.5', { accuracy: '4.5' }, 'accuracy', 'One of these, please'],
    ['a rating in words', { accuracy: 'five' }, 'accuracy', 'One of these, please'],
    ['no rating', { accuracy: '' }, 'accuracy', 'is needed'],
    [
      'evidence of 10,000 characters',
      { 'debt evidence': 'x'.repeat(10_000) },
      'debt evidence',
      'At most 1,000 characters, please: this has 10,000.',
    ],
  ])('%s is refused at its field', (_, raw, field, sentence) => {
    const result = said(raw);
    expect('errors' in result ? result.errors[field] : '').toContain(sentence);
  });

  it.each([
    ['markup', '<script>alert(1)</script> *bold* <@U123> &amp; [x](javascript:alert(1))'],
    ['a link to an internal address', 'http://169.254.169.254/latest/meta-data/'],
  ])('evidence with %s is shown letter by letter, and is no link', (_, evidence) => {
    const given = opened({ reviewers: [A] });
    answer(given, A, { ...GOOD, 'debt evidence': evidence });
    const page = given.flow.surfaces(given.state, given.id).find((one) => one.key === `weigh 1 ${PM} details-1`)!;
    expect(JSON.stringify(page)).toContain(JSON.stringify({ kind: 'typed', text: evidence }));
    expect(everything(given)).not.toContain('"kind":"link"');
  });
});

describe('the practice cases (decision framework, section 17)', () => {
  it('1, the dilemma: accuracy 70 % against 80 %, business strong → EXTEND, and the improvement list names accuracy', () => {
    const given = weighed({
      ...sheet({ technical: 3, business: 5, organizational: 4, strategic: 4 }, { accuracy: 2 }),
      'accuracy evidence': '70 % against a target of 80 %',
    });
    expect(row(given)).toMatchObject({ technical: 43, business: 100, recommended: 'EXTEND' });
    expect(given.shown(`weigh 1 ${PM}`)).toMatch(/To improve\n• Accuracy, reliability and speed are as required: 2\.0 of 5/);
    expect(refusal(decide(given, { verdict: 'SCALE' }))).toContain('The recommendation is: EXTEND. Say why you decide SCALE');
    decided(given, { verdict: 'EXTEND' });
    expect(
      asQuestion(given.question('extend', moment(PM)))
        .intro!.map(inWords)
        .join(' '),
    ).toContain('To improve: “Accuracy, reliability and speed are as required” (2.0 of 5)');
    given.when({ type: 'extend', question: 'Does it reach 80 % on new customers?', figure: 'accuracy 80 %', by: '2027-05-03' }, moment(PM));
    const result = given.shown('result');
    for (const part of [
      'EXTEND: Churn model',
      'accuracy 80 % by 2027-05-03',
      'Accuracy, reliability and speed are as required: 2.0 of 5',
      'It would be SCALE with technical performance 17 points higher (60)',
    ])
      expect(result).toContain(part);
    expect(given.shown('details-2')).toContain('70 % against a target of 80 %');
  });

  it('1, against it: a SCALE needs its rationale, which is posted', () => {
    const given = weighed(sheet({ technical: 3, business: 5, organizational: 4, strategic: 4 }, { accuracy: 2 }));
    decided(given, { verdict: 'SCALE', rationale: 'Users are delighted; accuracy is a condition.' });
    expect(given.shown('result')).toContain('Recommended: EXTEND. The decision goes another way.');
    expect(given.shown('result')).toContain('Why: Users are delighted; accuracy is a condition.');
    expect(proposals(given)).toMatchObject([
      { key: 'review accuracy', text: 'Accuracy, reliability and speed are as required', against: true },
      ...['stability', 'integration', 'debt'].map((key) => ({ key: `review ${key}`, against: true })),
    ]);
  });

  it('3, the resistance: strong on both axes, one department refuses → SCALE with a caution', () => {
    const given = opened();
    for (const who of [A, B]) answer(given, who, sheet({ technical: 4, business: 5, organizational: 3, strategic: 4 }, { support: 3 }));
    answer(
      given,
      C,
      sheet({ technical: 4, business: 4, organizational: 2, strategic: 4 }, { support: 1, 'support evidence': 'Claims refuses to use it' }),
    );
    expect(row(given)).toMatchObject({ recommended: 'SCALE', technical: 75, business: 91, organizational: 39 });
    const card = given.shown(`weigh 1 ${PM}`);
    expect(card).toContain('Stakeholders press for more of it: from 1 to 3');
    expect(card).toContain('Organizational readiness is weak (39 of 100), above all “Stakeholders press for more of it”');
    expect(card).toContain('Proposed condition: bring it to 60, with an owner and a date.');
    given.when({ type: 'flags' }, moment(PM));
    expect(
      asQuestion(given.question('verdict', moment(PM)))
        .intro!.map(inWords)
        .join(' '),
    ).toContain('Caution: Organizational readiness is weak');
    decided(given, { verdict: 'SCALE' });
    expect(given.shown('result')).toContain('SCALE: Churn model');
    expect(given.shown('result')).toContain('Organizational readiness is weak (39 of 100)');
    expect(proposals(given)).toEqual([{ key: 'caution organizational', text: 'Organizational readiness at 60 of 100 or more' }]);
  });
});

function cancelled(): GivenRows<Review> {
  const given = opened();
  given.when({ type: 'cancel', reason: 'Too early' }, moment(PM));
  return given;
}
