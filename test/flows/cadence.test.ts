import { describe, expect, it } from 'vitest';
import { cadence } from '../../flows/cadence/cadence.ts';
import { answer, berlin, brief, buttons, due, FIRST, kept, occurrences, outcomes, retrained, SECOND, started, wakeAt } from './cadences.ts';
import { churn, DAY, HOUR, inWords, moment, PM, refusal, SPONSOR, start } from './given.ts';

const OPEN = ['Done', 'Snooze', 'Skip', 'Hand over'];
const lates = (given: ReturnType<typeof kept>) => occurrences(given).map(({ number, state, late }) => ({ number, state, late }));

describe('a cadence that a decision starts', () => {
  it.each([
    ['retraining', FIRST],
    ['evangelism', Date.UTC(2027, 5, 1, 7)],
    ['optimization', Date.UTC(2027, 9, 1, 7)],
  ] as const)('%s begins on the decision’s day of the month, at nine in the channel’s zone', (kind, first) => {
    expect(kept(kind).timers).toEqual([{ key: 'due', at: first }]);
  });

  it('optimizes monthly from the seventh month to the twelfth, then quarterly', () => {
    const given = kept('optimization');
    const months: string[] = [];
    for (let n = 0; n < 8; n++) {
      months.push(new Date(given.state.next!).toISOString().slice(0, 10));
      due(given);
    }
    expect(months).toEqual([
      '2027-10-01',
      '2027-11-01',
      '2027-12-01',
      '2028-01-01',
      '2028-02-01',
      '2028-03-01',
      '2028-06-01',
      '2028-09-01',
    ]);
    expect(given.flow.records(kept('optimization').state, given.id)[0]).toMatchObject({
      row: {
        schedule: 'every month on the 1st until 1 March 2028, then every 3 months on the 1st at 09:00, Europe/Berlin time',
      },
    });
  });

  it('is kept once per initiative', () => {
    expect(refusal(start(cadence, brief(), moment(undefined), { ...berlin, cadences: [{ id: 'cadence/1' }] }))).toContain('kept already');
  });

  it('is asked of the owner, and in the channel, that the initiative has by then', () => {
    const now = { ...churn, name: 'Churn', owner: 'person/4', sponsor: 'person/5', channel: 'channel/7' };
    const channels = [{ id: 'channel/7', name: 'churn', zone: 'Asia/Tokyo' }];
    expect(start(cadence, brief(), moment(undefined), { ...berlin, channels, initiatives: [now] })).toMatchObject({
      state: {
        initiative: { id: 'initiative/1', name: 'Churn', owner: 'person/4', sponsor: 'person/5' },
        asked: 'person/4',
        channel: 'channel/7',
        plan: { schedule: { zone: 'Asia/Tokyo' } },
      },
    });
  });

  it('does not begin for an initiative that was retired meanwhile', () => {
    const retired = { ...churn, stage: 'retired' };
    expect(refusal(start(cadence, brief(), moment(undefined), { ...berlin, initiatives: [retired] }))).toContain('retired');
  });

  it('counts from the decision where it was made long ago, and misses nothing for that', () => {
    const given = start(cadence, brief('evangelism'), moment(undefined, FIRST + 400 * DAY, FIRST), berlin);
    expect(given).toMatchObject({ state: { next: Date.UTC(2028, 6, 1, 7), missed: 0, count: 0 } });
  });
});

describe('a reminder', () => {
  it('is posted when it is due, pings who is asked, says why now, and names the next one', () => {
    const given = due(kept());
    expect(given.keys).toEqual(['reminder 1 1']);
    expect(given.timers).toContainEqual({ key: 'due', at: SECOND });
    expect(given.surface('reminder 1 1')).toContain(`{"kind":"person","id":"${PM}","ping":true}`);
    expect(given.shown('reminder 1 1')).toContain('What its use has shown lately is not in the model yet');
    expect(given.shown('reminder 1 1')).toContain('started by D-1. Next: Sat, 1 May 2027');
    expect(given.shown('reminder 1 1')).not.toContain('Late');
    expect(buttons(given, 'reminder 1 1')).toEqual(OPEN);
  });

  it('is answered with the check-in, which the next reminder reminds of', () => {
    const given = due(kept());
    expect(inWords(answer(given, retrained, FIRST + HOUR).say!)).toContain('that is recorded');
    expect(given.kept.flatMap((one) => (one.kind === 'answers' ? one.rows : []))).toContainEqual({
      about: 'reminder 1',
      person: PM,
      question: 'after',
      value: '81.5',
      at: FIRST + HOUR,
    });
    expect(occurrences(given).at(-1)).toMatchObject({ number: 1, state: 'done', late: 0, answered_by: PM, answered_at: FIRST + HOUR });
    expect(given.shown('reminder 1 1')).toContain('Unsure whether still representative');
    expect(buttons(given, 'reminder 1 1')).toEqual([]);
    due(given);
    expect(given.keys).toEqual(['reminder 2 1']);
    expect(given.shown('reminder 2 1')).toContain('Last time: Thu, 1 Apr 2027, by person/9: Retrained. Accuracy 81.5 (target 80)');
  });

  it.each([
    ['tomorrow', {}, FIRST + DAY],
    ['next week', {}, FIRST + 7 * DAY],
    ['date', { date: '2027-04-05' }, Date.UTC(2027, 3, 5, 7)],
  ])('snoozed until %s comes again as a message of its own', (until, more, wake) => {
    const given = due(kept());
    given.when({ type: 'snooze', about: '1', until, ...more }, moment(PM, FIRST));
    expect(given.shown('reminder 1 1')).toContain('Snoozed until');
    expect(given.timers).toEqual([
      { key: 'due', at: SECOND },
      { key: 'wake 1', at: wake },
    ]);
    given.when({ type: 'wake' }, moment(undefined, wake, wake));
    expect(given.keys).toEqual(['reminder 1 2', 'reminder 1 1']);
    expect(buttons(given, 'reminder 1 2')).toEqual(OPEN);
    expect(given.shown('reminder 1 1')).toContain('It is asked again below.');
    expect(buttons(given, 'reminder 1 1')).toEqual([]);
  });

  it.each([
    ['a day that has passed', '2027-03-31', 'has passed'],
    ['a day after the next reminder', '2027-05-02', 'comes before that'],
    ['no day', undefined, 'Which day?'],
  ])('is not snoozed to %s', (_, date, sentence) => {
    const step = due(kept()).attempt({ type: 'snooze', about: '1', until: 'date', ...(date ? { date } : {}) }, moment(PM, FIRST));
    expect(refusal(step)).toContain(sentence);
    expect(step).toMatchObject({ at: 'date' });
  });

  it.each([
    ['until a day', { until: '2027-04-20' }, 'paused until'],
    ['until somebody resumes it', {}, 'This cadence is paused, so nobody would be reminded'],
  ])('is not snoozed in a pause %s: nobody would be reminded', (_, more, sentence) => {
    const given = due(kept());
    given.when({ type: 'pause', ...more }, moment(PM, FIRST));
    expect(refusal(given.attempt({ type: 'snooze', about: '1', until: 'tomorrow' }, moment(PM, FIRST)))).toContain(sentence);
    expect(given.flow.inputs['snooze']!.question!(given.state, moment(PM, FIRST), {}, '1')).toHaveProperty('refused');
    given.when({ type: 'resume' }, moment(PM, FIRST));
    given.when({ type: 'snooze', about: '1', until: 'tomorrow' }, moment(PM, FIRST));
  });

  it('is skipped with a reason, needs no answer any more, and the next one says so', () => {
    const given = due(kept());
    given.when({ type: 'skip', about: '1', reason: 'Holidays' }, moment(PM, FIRST));
    expect(given.shown('reminder 1 1')).toContain('Holidays');
    expect(refusal(given.attempt({ type: 'done', about: '1', ...retrained }, moment(PM, FIRST)))).toContain('was answered');
    due(given);
    expect(given.shown('reminder 2 1')).toMatch(/Skipped: Thu, 1 Apr 2027, by person\/9: Holidays/);
  });

  it('that nobody answered before the next one is missed, stays without buttons, and the next one says so', () => {
    const given = due(due(kept()));
    expect(outcomes(given)).toEqual(['1 missed', '2 open']);
    expect(occurrences(given).find((row) => row.number === 1 && row.state === 'missed')).toMatchObject({ posted_at: FIRST });
    expect(given.shown('reminder 1 1')).toContain('Not answered');
    expect(buttons(given, 'reminder 1 1')).toEqual([]);
    expect(given.shown('reminder 2 1')).toContain('Not answered: the reminder of Thu, 1 Apr 2027');
    expect(refusal(given.attempt({ type: 'skip', about: '1', reason: 'x' }, moment(PM, SECOND)))).toContain('newer reminder');
    expect(given.flow.records(given.state, given.id)[0]).toMatchObject({ row: { missed: 1, latest: 'open', latest_at: SECOND } });
  });

  it('is handed over: who is asked now is notified by a message of its own', () => {
    const given = due(kept());
    expect(refusal(given.attempt({ type: 'hand-over', to: PM }, moment(PM, FIRST)))).toContain('asked already');
    expect(refusal(given.attempt({ type: 'hand-over', to: 'person/4' }, moment('person/5', FIRST)))).toContain('Only those may do that');
    given.facts = { left: [{ id: 'person/6', name: 'Member 5' }] };
    const toGone = given.attempt({ type: 'hand-over', to: 'person/6' }, moment(PM, FIRST));
    expect(toGone).toMatchObject({ at: 'to' });
    expect(refusal(toGone)).toContain('Member 5 is not an active member');
    given.when({ type: 'hand-over', to: 'person/4' }, moment(SPONSOR, FIRST + HOUR));
    expect(given.keys).toEqual(['reminder 1 2', 'reminder 1 1']);
    expect(given.surface('reminder 1 2')).toContain('{"kind":"person","id":"person/4","ping":true}');
    expect(given.shown('reminder 1 2')).toContain(`person/4, ${SPONSOR} hands this over to you from ${PM}: it is time`);
    expect(given.shown('reminder 1 1')).toContain(`${SPONSOR} handed it over from ${PM} to person/4, `);
    expect(given.flow.records(given.state, given.id)[0]).toMatchObject({ row: { asked: 'person/4' } });
  });

  it('says so when somebody takes it over themselves, and is theirs from then on', () => {
    const given = due(kept());
    given.when({ type: 'hand-over', to: SPONSOR }, moment(SPONSOR, FIRST + HOUR));
    expect(given.shown('reminder 1 2')).toContain(`${SPONSOR}, you took this over from ${PM}: it is time`);
    due(given);
    expect(given.shown('reminder 2 1')).toContain(`${SPONSOR}, it is time`);
  });
});

describe('after a downtime', () => {
  it.each([
    ['within the catch-up window: posted once, late', FIRST + 2 * DAY, [{ number: 1, state: 'open', late: 1 }], ['reminder 1 1']],
    ['beyond it: missed, not posted', FIRST + 4 * DAY, [{ number: 1, state: 'missed', late: 0 }], []],
    [
      'over several: the latest is posted, the others are missed',
      Date.UTC(2027, 5, 2, 7),
      [
        { number: 1, state: 'missed', late: 0 },
        { number: 2, state: 'missed', late: 0 },
        { number: 3, state: 'open', late: 1 },
      ],
      ['reminder 3 1'],
    ],
  ] as const)('%s', (_, at, rows, keys) => {
    const given = due(kept(), at);
    expect(lates(given)).toEqual(rows);
    expect(given.keys).toEqual(keys);
    expect(given.state.next).toBeGreaterThan(at);
  });

  it('says how many earlier ones were missed', () => {
    const given = due(kept(), Date.UTC(2027, 6, 2, 7));
    expect(given.shown('reminder 4 1')).toContain('3 earlier reminders, the last of Tue, 1 Jun 2027, were missed, too, and are on record.');
  });

  it('names the only one that was missed', () => {
    const given = due(kept(), Date.UTC(2027, 4, 2, 7));
    expect(given.shown('reminder 2 1')).toContain('The reminder of Thu, 1 Apr 2027 was missed, too, and is on record.');
  });

  it('posts at most one of several that fell into the catch-up window', () => {
    const given = started({ when: 'every day at 9:00' });
    due(given, Date.UTC(2027, 2, 4, 9));
    expect(occurrences(given).map((row) => row.state)).toEqual(['missed', 'missed', 'open']);
  });

  it.each([
    ['monthly', 'every month on the 1st', 0, 24],
    ['daily', 'every day', 1, 730],
  ])('a clock that jumps two years, %s: neither a flood nor a hang', (_, when, posted, missed) => {
    const given = started({ when });
    const at = given.state.next! + 730 * DAY;
    due(given, at);
    expect(given.keys).toHaveLength(posted);
    expect(occurrences(given).filter((row) => row.state === 'missed')).toHaveLength(missed);
    expect(given.state.next).toBeGreaterThan(at);
  });

  it('keeps no more than a thousand rows in one step: the last stands for the others', () => {
    const given = started({ when: 'every day at 9:00' });
    const at = given.state.next! + 2000 * DAY;
    due(given, at);
    const rows = occurrences(given);
    expect(rows).toHaveLength(999);
    expect(rows.at(-2)).toMatchObject({ number: 2000, state: 'missed', note: expect.stringContaining('stands for 1,003') });
    expect(rows.at(-1)).toMatchObject({ number: 2001, state: 'open' });
    expect(given.state.count).toBe(2001);
  });

  it('passes by what is farther than anybody could count, and goes on from there', () => {
    const given = started({ when: 'every day at 9:00' });
    due(given, given.state.next! + 300 * 365 * DAY);
    expect(occurrences(given)).toHaveLength(999);
    expect(occurrences(given).at(-2)!.note).toContain('more than');
    expect(occurrences(given).at(-1)).toMatchObject({ state: 'open' });
    expect(given.state.next! - given.state.current!.due).toBe(DAY);
  });

  it('a snooze that is over and the next reminder are one new message', () => {
    const given = due(kept());
    given.when({ type: 'snooze', about: '1', until: 'tomorrow' }, moment(PM, FIRST));
    wakeAt(given, SECOND + HOUR);
    expect(given.keys).toEqual(['reminder 1 1', 'reminder 2 1']);
    expect(outcomes(given)).toEqual(['1 missed', '2 open']);
  });

  it('an open reminder, a nudge and the next reminder are one new message', () => {
    const given = due(kept());
    wakeAt(given, SECOND + HOUR);
    expect(given.keys).toEqual(['reminder 1 1', 'reminder 2 1']);
    expect(outcomes(given)).toEqual(['1 missed', '2 open']);
  });
});

describe('a cadence', () => {
  it('follows its initiative to another owner and channel', () => {
    const given = due(kept());
    given.when(
      { type: 'moved', initiative: { ...brief().initiative, owner: SPONSOR }, channel: 'channel/5' },
      moment(undefined, FIRST + DAY),
    );
    due(given, SECOND);
    expect(given.flow.surfaces(given.state, given.id).at(-1)).toMatchObject({ to: 'channel/5' });
    expect(given.state.asked).toBe(SPONSOR);
  });

  it.each([
    ['another owner, who is notified', { owner: 'person/4' }, 'channel/2', 'reminder 1 2'],
    ['another channel', {}, 'channel/5', 'reminder 1 2'],
    ['another name alone: no new message', { name: 'Churn' }, 'channel/2', 'reminder 1 1'],
  ])('takes an open reminder along to %s', (_, changed, channel, key) => {
    const given = due(kept());
    given.when({ type: 'nudge', number: 1, posts: 1 }, moment(undefined, FIRST + 2 * DAY));
    given.when({ type: 'moved', initiative: { ...brief().initiative, ...changed }, channel }, moment(undefined, FIRST + 3 * DAY));
    const surfaces = given.flow.surfaces(given.state, given.id);
    const nudges = surfaces.filter((one) => one.key.startsWith('nudge'));
    expect(surfaces.find((one) => one.key === key)).toMatchObject({ to: channel });
    expect(given.surface(key)).toContain(`"id":"${given.state.asked}","ping":true`);
    expect(nudges.map((one) => one.key)).toEqual(key === 'reminder 1 1' ? ['nudge 1 1'] : []);
    const why = `changed its owner or its channel, Sun, 4 Apr 2027, 07:00 UTC. It is asked again in #${channel}.`;
    expect(given.shown('reminder 1 1')).toContain(key === 'reminder 1 1' ? 'it is time' : why);
  });

  it('fires nothing more once it has ended, and its reminder cannot be answered', () => {
    const given = due(kept());
    given.when({ type: 'end', reason: 'D-2 NO-GO' }, moment(undefined, FIRST + DAY));
    expect(given.timers).toEqual([]);
    expect(buttons(given, 'reminder 1 1')).toEqual([]);
    expect(given.shown('reminder 1 1')).toContain('The cadence has ended: D-2 NO-GO.');
    expect(refusal(given.attempt({ type: 'skip', about: '1', reason: 'x' }, moment(PM, FIRST + DAY)))).toContain('has ended');
    expect(given.flow.settled!(given.state)).toBe(true);
    expect(given.flow.records(given.state, given.id)[0]).toMatchObject({ row: { state: 'ended', next_at: null } });
    due(given, SECOND);
    expect(given.keys).toEqual(['reminder 1 1']);
  });

  it('is ended by those who answer for it, with a reason', () => {
    const given = due(kept());
    expect(refusal(given.attempt({ type: 'stop', reason: 'x' }, moment('person/5', FIRST)))).toContain('Only those may do that');
    given.when({ type: 'stop', reason: 'Switched off' }, moment(SPONSOR, FIRST));
    expect(given.timers).toEqual([]);
    expect(given.shown('reminder 1 1')).toContain('Switched off');
  });

  it('stays small through ten years of answered reminders', () => {
    const given = kept();
    for (let n = 0; n < 120; n++) {
      due(given);
      answer(given, retrained, given.state.current!.due + HOUR);
    }
    expect(JSON.stringify(given.state).length).toBeLessThan(3000);
    expect(new Set(occurrences(given).map((row) => new Date(row.due).toISOString().slice(0, 7))).size).toBe(120);
  });
});
