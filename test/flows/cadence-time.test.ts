import { describe, expect, it } from 'vitest';
import { answer, buttons, due, FIRST, kept, occurrences, outcomes, retrained, runTo, SECOND, started, wakeAt } from './cadences.ts';
import { DAY, HOUR, inWords, moment, PM, refusal, SPONSOR, START } from './given.ts';

const berlin = (day: string, time: string) => Date.parse(`${day}T${time}+02:00`);
const keyed = (given: ReturnType<typeof kept>) => Object.fromEntries(given.timers.map(({ key, at }) => [key, new Date(at).toISOString()]));

describe('a reminder that nobody answers', () => {
  it('nudges who is asked after two working days, and tells the sponsor after five, over the weekend', () => {
    const given = due(kept());
    // 1 April 2027 is a Thursday.
    expect(keyed(given)).toMatchObject({ 'nudge 1 1': '2027-04-05T07:00:00.000Z', 'escalate 1 1': '2027-04-08T07:00:00.000Z' });
    runTo(given, FIRST + 4 * DAY);
    expect(given.flow.surfaces(given.state, given.id).at(-1)).toMatchObject({ key: 'nudge 1 1', to: PM, brief: true, rank: 'nudge' });
    expect(given.shown('nudge 1 1')).toContain('Retraining of Churn model');
    expect(buttons(given, 'nudge 1 1')).toEqual(['Done', 'Snooze', 'Skip', 'Hand over', 'Mute these']);
    expect(given.keys).toEqual(['reminder 1 1', 'nudge 1 1']);
    runTo(given, FIRST + 7 * DAY);
    expect(given.flow.surfaces(given.state, given.id).at(-1)).toMatchObject({ key: 'escalate 1 1', to: SPONSOR, rank: 'nudge' });
    expect(given.shown('reminder 1 1')).toContain(`Five working days without an answer: ${SPONSOR} was told`);
    expect(keyed(given)).toEqual({ due: new Date(SECOND).toISOString() });
  });

  it('keeps to the working days of its country', () => {
    // Good Friday is 26 March, Easter Monday 29 March.
    const given = due(started({ when: 'monthly on the 24th at 9:00', workdays: 'Germany' }));
    expect(keyed(given)['nudge 1 1']).toBe('2027-03-30T07:00:00.000Z');
  });

  it('keeps out of the quiet hours', () => {
    const given = due(started({ when: 'every Monday at 17:30', quiet: '17:45-8:30' }));
    const asked = given.state.current!.asked!;
    given.when({ type: 'snooze', about: '1', until: 'tomorrow' }, moment(PM, asked + HOUR / 2));
    const woken = given.timers.find(({ key }) => key === 'wake 1')!;
    expect(new Date(woken.at).toISOString()).toBe('2027-03-03T07:30:00.000Z');
    runTo(given, woken.at);
    expect(given.state.current).toMatchObject({ state: 'open', posts: 2 });
    expect(keyed(given)['nudge 1 2']).toBe('2027-03-05T07:30:00.000Z');
  });

  it.each<[string, Record<string, unknown>]>([
    ['an answer', { type: 'done', about: '1', ...retrained }],
    ['a snooze', { type: 'snooze', about: '1', until: 'next week' }],
    ['a skip', { type: 'skip', about: '1', reason: 'Holidays' }],
  ])('is nudged for no more after %s, and the nudge is taken back', (_, input) => {
    const given = due(kept());
    runTo(given, FIRST + 7 * DAY);
    expect(given.keys).toEqual(['reminder 1 1', 'nudge 1 1', 'escalate 1 1']);
    given.when(input as { type: string }, moment(PM, FIRST + 8 * DAY));
    expect(given.keys).toEqual(['reminder 1 1']);
    expect(given.timers.filter(({ key }) => /nudge|escalate/.test(key))).toEqual([]);
    // A timer that was read before the answer does nothing.
    given.when({ type: 'nudge', number: 1, posts: 1 }, moment(undefined, FIRST + 8 * DAY));
    expect(given.keys).toEqual(['reminder 1 1']);
  });

  it('is not nudged for by what was set for another one', () => {
    const given = due(due(kept()));
    for (const type of ['nudge', 'escalate']) given.when({ type, number: 1, posts: 1 }, moment(undefined, SECOND + HOUR));
    expect(given.keys).toEqual(['reminder 1 1', 'reminder 2 1']);
  });

  it('counts anew after a change of hands, and tells the owner where the sponsor is the one asked', () => {
    const given = due(kept());
    given.when({ type: 'hand-over', to: SPONSOR }, moment(PM, FIRST + DAY));
    expect(keyed(given)['nudge 1 2']).toBe('2027-04-06T07:00:00.000Z');
    runTo(given, FIRST + 10 * DAY);
    const told = given.flow.surfaces(given.state, given.id).filter(({ key }) => /nudge|escalate/.test(key));
    expect(told.map(({ to }) => to)).toEqual([SPONSOR, PM]);
  });
});

describe('quiet hours', () => {
  it('move a posting to their end; the intended moment stays, and it is not late', () => {
    const given = started({ when: 'every Monday at 19:00', quiet: '18:00-8:00' });
    expect(given.timers).toEqual([{ key: 'due', at: Date.UTC(2027, 2, 2, 7) }]);
    runTo(given, Date.UTC(2027, 2, 2, 7));
    expect(occurrences(given)[0]).toMatchObject({ due: Date.UTC(2027, 2, 1, 18), posted_at: Date.UTC(2027, 2, 2, 7), late: 0 });
  });

  it('hold back what a downtime left, too', () => {
    const given = started({ when: 'every Monday at 9:00', quiet: '18:00-8:00' });
    const night = Date.UTC(2027, 2, 9, 1);
    wakeAt(given, night);
    expect(given.keys).toEqual([]);
    expect(keyed(given)).toEqual({ due: '2027-03-09T07:00:00.000Z' });
    runTo(given, Date.UTC(2027, 2, 9, 7));
    expect(outcomes(given)).toEqual(['1 open']);
    expect(occurrences(given)[0]).toMatchObject({ late: 1, due: Date.UTC(2027, 2, 8, 8) });
  });

  it('fire once for each date of a year with both clock changes', () => {
    const given = started({ when: 'every day at 19:00', quiet: '18:00-8:00' });
    runTo(given, START + 365 * DAY);
    const dates = [...new Set(occurrences(given).map(({ number }) => number))];
    expect(dates).toHaveLength(365);
    expect(new Set(occurrences(given).map((row) => row.due)).size).toBe(365);
  });
});

describe('a pause', () => {
  it('until a day: what falls into it does not occur, and it goes on by itself', () => {
    const given = started({ when: 'every Monday at 9:00' });
    const said = given.when({ type: 'pause', until: '2027-04-05' }, moment(PM, START + DAY));
    expect(inWords(said.say!)).toContain('Paused until Mon, 5 Apr 2027');
    expect(given.flow.records(given.state, given.id)[0]).toMatchObject({
      row: { state: 'paused', next_at: berlin('2027-04-05', '09:00') },
    });
    expect(given.timers).toEqual([{ key: 'continue', at: berlin('2027-04-05', '00:00') }]);
    runTo(given, berlin('2027-04-05', '10:00'));
    expect(outcomes(given)).toEqual(['1 open']);
    expect(occurrences(given)[0]).toMatchObject({ number: 1, due: berlin('2027-04-05', '09:00') });
    expect(given.flow.records(given.state, given.id)[0]).toMatchObject({ row: { state: 'active', missed: 0 } });
  });

  it('until it is resumed', () => {
    const given = started({ when: 'every Monday at 9:00' });
    given.when({ type: 'pause' }, moment(SPONSOR, START + DAY));
    expect(given.timers).toEqual([]);
    expect(refusal(given.attempt({ type: 'pause' }, moment(PM, START + DAY)))).toContain('paused already');
    given.when({ type: 'resume' }, moment(PM, START + 40 * DAY));
    expect(given.timers).toEqual([{ key: 'due', at: berlin('2027-04-12', '09:00') }]);
    expect(given.state.count).toBe(0);
    expect(refusal(given.attempt({ type: 'resume' }, moment(PM, START + 40 * DAY)))).toContain('not paused');
  });

  it('keeps an open reminder answerable, without nudges, and its card says so', () => {
    const given = due(kept());
    given.when({ type: 'pause', until: '2027-06-15' }, moment(PM, FIRST + HOUR));
    expect(given.timers.map(({ key }) => key)).toEqual(['continue']);
    expect(given.shown('reminder 1 1')).toContain('paused until Tue, 15 Jun 2027; this reminder can still be answered');
    answer(given, retrained, FIRST + 3 * DAY);
    expect(outcomes(given)).toEqual(['1 done']);
  });

  it('counts the working days to a nudge from its end', () => {
    const given = due(kept());
    given.when({ type: 'pause', until: '2027-04-20' }, moment(PM, FIRST + HOUR));
    runTo(given, berlin('2027-04-20', '00:00'));
    expect(keyed(given)['nudge 1 1']).toBe('2027-04-21T22:00:00.000Z');
  });

  it('that ended in a downtime counts the reminders after it, not those in it', () => {
    const given = started({ when: 'every Monday at 9:00' });
    given.when({ type: 'pause', until: '2027-04-05' }, moment(PM, START + DAY));
    wakeAt(given, berlin('2027-04-12', '12:00'));
    expect(outcomes(given)).toEqual(['1 missed', '2 open']);
  });

  it.each([
    ['2027-02-28', 'begun or passed'],
    ['2027-03-02', 'begun or passed'],
  ])('until %s is refused', (until, sentence) => {
    const step = started({ when: 'every Monday at 9:00' }).attempt({ type: 'pause', until }, moment(PM, START + DAY));
    expect(refusal(step)).toContain(sentence);
    expect(step).toMatchObject({ at: 'until' });
  });
});

describe('a check-in under its target', () => {
  const under = { ...retrained, after: 78 };

  it('brings the next reminder forward, and the schedule goes on as before', () => {
    const given = due(kept());
    answer(given, under, FIRST + HOUR);
    expect(given.shown('reminder 1 1')).toContain('Under its target. The next reminder is brought forward to Thu, 8 Apr 2027');
    expect(buttons(given, 'reminder 1 1')).toEqual(['Start a pilot review']);
    expect(given.timers).toEqual([
      { key: 'due', at: SECOND },
      { key: 'early', at: FIRST + 7 * DAY },
    ]);
    runTo(given, FIRST + 7 * DAY);
    expect(given.keys).toEqual(['reminder 2 1']);
    expect(given.shown('reminder 2 1')).toContain('Brought forward');
    answer(given, under, FIRST + 8 * DAY);
    expect(given.shown('reminder 2 1')).toContain('for the second time in a row');
    runTo(given, FIRST + 15 * DAY);
    answer(given, retrained, FIRST + 16 * DAY);
    expect(given.shown('reminder 3 1')).not.toContain('Under its target');
    runTo(given, SECOND);
    expect(outcomes(given)).toEqual(['1 done', '2 done', '3 done', '4 open']);
    expect(given.state.current).toMatchObject({ due: SECOND });
    answer(given, under, SECOND + HOUR);
    expect(given.shown('reminder 4 1')).not.toContain('in a row');
  });

  it('brings nothing forward where the next one is as near', () => {
    const given = due(started({ when: 'every Monday at 9:00' }));
    answer(given, under, given.state.current!.due + HOUR);
    expect(given.timers.map(({ key }) => key)).toEqual(['due']);
    expect(given.shown('reminder 1 1')).toContain('The next reminder comes soon');
  });

  it('brings nothing forward in a pause, and nothing that waited comes after one', () => {
    const given = due(kept());
    given.when({ type: 'pause' }, moment(PM, FIRST));
    answer(given, under, FIRST + HOUR);
    expect(given.shown('reminder 1 1')).not.toContain('The next reminder');
    given.when({ type: 'resume' }, moment(PM, FIRST + 2 * HOUR));
    expect(given.timers).toEqual([{ key: 'due', at: SECOND }]);
    const other = due(kept());
    answer(other, under, FIRST + HOUR);
    other.when({ type: 'pause', until: '2027-04-20' }, moment(PM, FIRST + 2 * HOUR));
    runTo(other, FIRST + 25 * DAY);
    expect(outcomes(other)).toEqual(['1 done']);
  });

  it('posts one catch-up after a downtime over both, not two', () => {
    const given = due(kept());
    answer(given, under, FIRST + 22 * DAY);
    wakeAt(given, SECOND + HOUR);
    expect(outcomes(given)).toEqual(['1 done', '2 missed', '3 open']);
    expect(occurrences(given).filter((row) => row.number === 2)).toMatchObject([{ posted_at: null }]);
    expect(given.keys).toEqual(['reminder 3 1']);
  });

  it('posts one, not two, where both waited for the end of the same quiet hours', () => {
    const given = due(started({ when: 'monthly on the 5th at 9:00', quiet: '18:00-8:00' }));
    const second = given.state.next!;
    answer(given, under, second - 8 * DAY);
    expect(given.state.early).toBe(second - DAY);
    // The program was down over both, and came back in the evening.
    wakeAt(given, second + 11 * HOUR);
    expect(outcomes(given)).toEqual(['1 done']);
    runTo(given, second + 24 * HOUR);
    expect(outcomes(given)).toEqual(['1 done', '2 missed', '3 open']);
    expect(given.state).toMatchObject({ current: { due: second, posts: 1 }, intended: second });
    expect(given.state.early).toBeUndefined();
  });

  it.each([
    ['a schedule that comes sooner takes its place', 'every second Friday at 9:00', undefined],
    ['a schedule that comes on the same day takes its place', 'monthly on the 8th at 20:00', undefined],
    ['a schedule that comes later leaves it', 'monthly on the 20th at 9:00', FIRST + 7 * DAY],
  ])('%s', (_, when, early) => {
    const given = due(kept());
    answer(given, under, FIRST + HOUR);
    given.when({ type: 'change', zone: 'now', when }, moment(PM, FIRST + 2 * HOUR));
    given.when({ type: 'save' }, moment(PM, FIRST + 2 * HOUR));
    expect(given.state.early).toBe(early);
  });
});

describe('an end by date', () => {
  it('posts the last one, keeps it answerable, and ends with its answer', () => {
    const given = started({ when: 'every Monday at 9:00', until: '2027-03-15' });
    runTo(given, Date.UTC(2027, 2, 15, 8));
    expect(given.state.next).toBeUndefined();
    expect(given.shown('reminder 2 1')).toContain('It is the last one.');
    expect(given.state.ended).toBeUndefined();
    expect(inWords(answer(given, { ...retrained, after: 70 }, Date.UTC(2027, 2, 15, 9)).say!)).toContain('has ended');
    expect(given.state.ended).toMatchObject({ over: true });
    expect(buttons(given, 'reminder 2 1')).toEqual(['Start a pilot review']);
    expect(given.timers).toEqual([]);
  });

  it('ends by itself two weeks after the last one, if nobody answers', () => {
    const given = started({ when: 'every Monday at 9:00', until: '2027-03-15' });
    runTo(given, Date.UTC(2027, 3, 15));
    expect(outcomes(given)).toEqual(['1 missed', '2 missed']);
    expect(given.state.ended).toMatchObject({ at: Date.UTC(2027, 2, 29, 8), over: true });
    expect(given.keys).toEqual(['reminder 1 1', 'reminder 2 1']);
    expect(given.shown('reminder 2 1')).toContain('Not answered before the cadence ended.');
    expect(given.shown('reminder 1 1')).toContain('Not answered before the next one.');
  });

  it('ends at once when the last one came too late to be posted', () => {
    const given = started({ when: 'every Monday at 9:00', until: '2027-03-08' });
    wakeAt(given, Date.UTC(2027, 3, 1));
    expect(outcomes(given)).toEqual(['1 missed']);
    expect(given.state.ended).toBeDefined();
  });
});
