import { describe, expect, it } from 'vitest';
import { cadence } from '../../flows/cadence/cadence.ts';
import type { Cadence } from '../../flows/cadence/state.ts';
import { DAY, Given, HOUR, inWords, moment, PM, refusal, SPONSOR, start, taken } from './given.ts';

const brief = {
  kind: 'retraining',
  initiative: { id: 'initiative/1', name: 'Churn model', owner: PM, sponsor: SPONSOR },
  channel: 'channel/2',
  startedBy: 'D-1',
};
const berlin = { cadences: [], channel: [{ id: 'channel/2', name: 'churn-model', zone: 'Europe/Berlin' }] };
const FIRST = Date.UTC(2027, 3, 1, 7);
const SECOND = Date.UTC(2027, 4, 1, 7);

const kept = (): Given<Cadence> => new Given(cadence, taken(start<Cadence>(cadence, brief, moment(undefined), berlin)).state);

function due(given = kept(), at = FIRST): Given<Cadence> {
  given.when({ type: 'due' }, moment(undefined, at, given.state.next));
  return given;
}

const checkIn = {
  retrained: 'yes',
  window: 'March',
  metric: 'Accuracy',
  after: 81.5,
  target: 80,
  compliant: 'yes',
  representative: 'unsure',
  reliable: 'yes',
  valuable: 'yes',
};
const occurrences = (given: Given<Cadence>) =>
  given.kept.flatMap((one) => (one.kind === 'occurrence' ? [{ number: one.row.number, state: one.row.state, late: one.row.late }] : []));

describe('a cadence', () => {
  it('starts a month after the decision, on its day of the month, at nine in the channel’s zone', () => {
    expect(kept().timers).toEqual([{ key: 'due', at: FIRST }]);
  });

  it('is kept once per initiative', () => {
    expect(refusal(start(cadence, brief, moment(undefined), { ...berlin, cadences: [{ id: 'cadence/1' }] }))).toContain('kept already');
  });

  it('posts a reminder when it is due, and names the next one', () => {
    const given = due();
    expect(given.keys).toEqual(['reminder 1 1']);
    expect(given.timers).toEqual([{ key: 'due', at: SECOND }]);
    expect(given.surface('reminder 1 1')).not.toContain('Late');
  });

  it.each([
    ['within the catch-up window: posted once, late', FIRST + 2 * DAY, [{ number: 1, state: 'open', late: 1 }], ['reminder 1 1']],
    ['beyond it: missed, not posted', FIRST + 4 * DAY, [{ number: 1, state: 'missed', late: 1 }], []],
    [
      'over several: the latest is posted, the others are missed',
      Date.UTC(2027, 5, 2, 7),
      [
        { number: 1, state: 'missed', late: 1 },
        { number: 2, state: 'missed', late: 1 },
        { number: 3, state: 'open', late: 1 },
      ],
      ['reminder 3 1'],
    ],
  ] as const)('after a downtime %s', (_, at, rows, keys) => {
    const given = due(kept(), at);
    expect(occurrences(given)).toEqual(rows);
    expect(given.keys).toEqual(keys);
    expect(given.state.next).toBeGreaterThan(at);
  });

  it('posts at most one of several that fell into the catch-up window', () => {
    const given = kept();
    given.state = { ...given.state, schedule: { pattern: '0 9 * * *', zone: 'Europe/Berlin' } };
    due(given, FIRST + 2 * DAY + HOUR);
    expect(occurrences(given).map((one) => one.state)).toEqual(['missed', 'missed', 'open']);
  });

  it('gives a clock that jumps two years neither a flood nor a hang', () => {
    const given = due(kept(), FIRST + 730 * DAY);
    expect(given.keys.length).toBeLessThanOrEqual(1);
    expect(occurrences(given).filter((one) => one.state === 'missed').length).toBeGreaterThanOrEqual(23);
  });

  it('is answered with the check-in, which the next reminder reminds of', () => {
    const given = due();
    const step = given.when({ type: 'done', about: '1', ...checkIn }, moment(PM, FIRST + HOUR));
    expect(inWords(step.say!)).toContain('that is recorded');
    expect(given.kept.filter((one) => one.kind === 'answers').flatMap((one) => one.rows)).toContainEqual({
      about: 'reminder 1',
      person: PM,
      question: 'after',
      value: '81.5',
      at: FIRST + HOUR,
    });
    expect(occurrences(given).at(-1)).toEqual({ number: 1, state: 'done', late: 0 });
    expect(given.surface('reminder 1 1')).toContain('In doubt: representative (unsure)');
    due(given, SECOND);
    expect(given.surface('reminder 2 1')).toContain('Accuracy');
    expect(given.surface('reminder 2 1')).toContain('Last time');
  });

  it('asks for the data window when the model was retrained', () => {
    const { window: _, ...without } = checkIn;
    expect(due().attempt({ type: 'done', about: '1', ...without }, moment(PM, FIRST))).toMatchObject({ at: 'window' });
    expect(due().attempt({ type: 'done', about: '1', ...without, retrained: 'no' }, moment(PM, FIRST))).not.toHaveProperty('refused');
  });

  it.each([
    ['tomorrow', {}, FIRST + DAY],
    ['next week', {}, FIRST + 7 * DAY],
    ['date', { date: '2027-04-05' }, Date.UTC(2027, 3, 5, 7)],
  ])('snoozed until %s comes again as a message of its own', (until, more, wake) => {
    const given = due();
    given.when({ type: 'snooze', about: '1', until, ...more }, moment(PM, FIRST));
    expect(given.timers).toContainEqual({ key: 'wake 1', at: wake });
    given.when({ type: 'wake' }, moment(undefined, wake, wake));
    expect(given.keys).toEqual(['reminder 1 2']);
  });

  it.each([
    ['a day that has passed', '2027-03-31', 'has passed'],
    ['a day after the next reminder', '2027-05-02', 'comes before that'],
    ['no day', undefined, 'Which day?'],
  ])('is not snoozed to %s', (_, date, sentence) => {
    const step = due().attempt({ type: 'snooze', about: '1', until: 'date', ...(date ? { date } : {}) }, moment(PM, FIRST));
    expect(refusal(step)).toContain(sentence);
    expect(step).toMatchObject({ at: 'date' });
  });

  it('is skipped with a reason, and then needs no answer any more', () => {
    const given = due();
    given.when({ type: 'skip', about: '1', reason: 'Holidays' }, moment(PM, FIRST));
    expect(given.surface('reminder 1 1')).toContain('Holidays');
    expect(refusal(given.attempt({ type: 'done', about: '1', ...checkIn }, moment(PM, FIRST)))).toContain('was answered');
  });

  it('counts a reminder that nobody answered before the next one as missed', () => {
    const given = due();
    due(given, SECOND);
    expect(
      occurrences(given)
        .filter((one) => one.number === 1)
        .at(-1),
    ).toMatchObject({ state: 'missed' });
    expect(given.surface('reminder 1 1')).toContain('Not answered');
    expect(given.surface('reminder 1 1')).not.toContain('buttons');
    expect(given.kept.some((one) => one.kind === 'occurrence' && one.row.state === 'missed' && one.row.posted_at === FIRST)).toBe(true);
    expect(refusal(given.attempt({ type: 'skip', about: '1', reason: 'x' }, moment(PM, SECOND)))).toContain('newer reminder');
  });

  it('follows its initiative to another owner and channel', () => {
    const given = due();
    given.when(
      { type: 'moved', initiative: { ...brief.initiative, owner: SPONSOR }, channel: 'channel/5' },
      moment(undefined, FIRST + DAY),
    );
    due(given, SECOND);
    expect(given.flow.surfaces(given.state, given.id).at(-1)).toMatchObject({ to: 'channel/5' });
    expect(given.state.asked).toBe(SPONSOR);
  });

  it('fires nothing more once it has ended', () => {
    const given = due();
    given.when({ type: 'end', reason: 'D-2 NO-GO' }, moment(undefined, FIRST + DAY));
    expect(given.timers).toEqual([]);
    expect(given.surface('reminder 1 1')).not.toContain('buttons');
    expect(refusal(given.attempt({ type: 'skip', about: '1', reason: 'x' }, moment(PM, FIRST + DAY)))).toContain('has ended');
  });
});
