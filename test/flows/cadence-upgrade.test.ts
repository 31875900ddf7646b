import { describe, expect, it } from 'vitest';
import type { Cadence } from '../../flows/cadence/state.ts';
import { type Cadence1, upgradeFrom1 } from '../../flows/cadence/upgrade.ts';
import { answer, due, givenCadence, outcomes, retrained } from './cadences.ts';
import { DAY, HOUR, PM, SPONSOR } from './given.ts';

const DUE = Date.UTC(2027, 3, 15, 7);
const NEXT = Date.UTC(2027, 4, 15, 7);

/** As version 1 left it: one reminder open, one before it not answered, a check-in before those. */
const old: Cadence1 = {
  kind: 'retraining',
  initiative: { id: 'initiative/1', name: 'Churn model', owner: PM, sponsor: SPONSOR },
  channel: 'channel/2',
  asked: PM,
  schedule: { pattern: '0 9 15 * *', zone: 'Europe/Berlin' },
  startedBy: 'D-17',
  next: NEXT,
  count: 3,
  current: { number: 3, due: DUE, posted: DUE, late: false, missedBefore: 0, posts: 1, state: 'open' },
  previous: { number: 2, due: DUE - 31 * DAY, posted: DUE - 31 * DAY, late: false, missedBefore: 0, posts: 1, state: 'missed' },
  last: { ...retrained, at: DUE - 60 * DAY, by: PM },
  missed: 0,
};

type Differently = { [Key in keyof Cadence1]?: Cadence1[Key] | undefined };
const upgraded = (differently: Differently = {}) => givenCadence(upgradeFrom1({ ...old, ...differently } as Cadence1));

describe('a cadence of version 1', () => {
  it('goes on: the open reminder stays the same message, the next comes at its moment', () => {
    const given = upgraded();
    expect(given.keys).toEqual(['reminder 3 1']);
    expect(given.timers).toEqual([{ key: 'due', at: NEXT }]);
    expect(given.shown('reminder 3 1')).toContain('Last time: Sun, 14 Feb 2027, by person/9: Retrained. Accuracy 81.5 (target 80)');
    answer(given, retrained, DUE + HOUR);
    due(given);
    expect(outcomes(given)).toEqual(['3 done', '4 open']);
    expect(given.state.next).toBe(Date.UTC(2027, 5, 15, 7));
    expect(given.shown('reminder 4 1')).toContain('started by D-17');
  });

  it('has its monthly schedule in words, and its rows', () => {
    expect(upgraded().flow.records(upgraded().state, 'cadence/1')[0]).toMatchObject({
      row: { schedule: 'every month on the 15th at 09:00, Europe/Berlin time', state: 'active', missed: 1, latest: 'open', next_at: NEXT },
    });
    expect(upgraded({ current: { ...old.current!, state: 'done' } }).state.unanswered).toBe(0);
  });

  it.each<[string, Differently, Partial<Cadence>]>([
    ['before its first reminder', { current: undefined, previous: undefined, last: undefined, count: 0 }, { count: 0, next: NEXT }],
    ['ended', { ended: { at: DUE, reason: 'D-18 NO-GO' } }, { ended: { at: DUE, reason: 'D-18 NO-GO' } }],
    ['after a downtime', { current: undefined, missed: 2 }, { missed: 2, unanswered: 2 }],
  ])('%s', (_, differently, expected) => {
    expect(upgraded(differently).state).toMatchObject(expected);
  });

  it('with a snoozed reminder is woken at its time', () => {
    const given = upgraded({ current: { ...old.current!, state: 'snoozed', until: DUE + DAY } });
    expect(given.timers).toContainEqual({ key: 'wake 3', at: DUE + DAY });
  });
});
