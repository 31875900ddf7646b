import { describe, expect, it } from 'vitest';
import { nextAfter, nextDates } from '../../flows/rules/due.ts';
import { afterQuiet, quietMeant } from '../../flows/rules/quiet.ts';
import type { Calendar, DateRule, Schedule } from '../../flows/rules/schedule.ts';

const schedule = (rule: DateRule, more: Partial<Schedule> = {}): Schedule => ({ rule, time: '09:30', zone: 'UTC', ...more });
const dates = (one: Schedule, from: string, count: number) =>
  nextDates(one, Date.parse(`${from}T00:00Z`) - 1, count).map(({ date }) => date);

describe('the dates of a rule', () => {
  it.each<[string, DateRule, string, string[]]>([
    ['days', { kind: 'days', every: 3, from: '2027-02-26' }, '2027-02-27', ['2027-03-01', '2027-03-04']],
    ['days before they begin', { kind: 'days', every: 3, from: '2027-03-10' }, '2027-01-01', ['2027-03-10', '2027-03-13']],
    [
      'weekdays',
      { kind: 'weeks', every: 1, weekdays: [1, 4], from: '2027-01-01' },
      '2027-01-02',
      ['2027-01-04', '2027-01-07', '2027-01-11'],
    ],
    [
      'every second week, counted from Monday',
      { kind: 'weeks', every: 2, weekdays: [1, 7], from: '2027-01-07' },
      '2027-01-01',
      ['2027-01-10', '2027-01-18', '2027-01-24', '2027-02-01'],
    ],
    [
      'weekdays in any order',
      { kind: 'weeks', every: 1, weekdays: [5, 2], from: '2027-01-01' },
      '2027-01-02',
      ['2027-01-05', '2027-01-08'],
    ],
    [
      'the 31st',
      { kind: 'months', every: 1, day: 31, from: '2027-01-01' },
      '2027-01-01',
      ['2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30'],
    ],
    ['the 30th in a leap year', { kind: 'months', every: 1, day: 30, from: '2028-01-01' }, '2028-02-01', ['2028-02-29', '2028-03-30']],
    ['every third month', { kind: 'months', every: 3, day: 1, from: '2026-12-01' }, '2026-12-02', ['2027-03-01', '2027-06-01']],
    [
      'a day of the month that is past where it begins',
      { kind: 'months', every: 2, day: 5, from: '2027-01-20' },
      '2027-01-01',
      ['2027-03-05', '2027-05-05'],
    ],
    ['29 February', { kind: 'months', every: 12, day: 29, from: '2027-02-28' }, '2027-01-01', ['2027-02-28', '2028-02-29', '2029-02-28']],
    [
      'the first Monday',
      { kind: 'nth weekday', nth: 1, weekday: 1, of: 'month' },
      '2027-02-01',
      ['2027-02-01', '2027-03-01', '2027-04-05'],
    ],
    ['the fourth Thursday', { kind: 'nth weekday', nth: 4, weekday: 4, of: 'month' }, '2027-11-01', ['2027-11-25', '2027-12-23']],
    ['the last Sunday', { kind: 'nth weekday', nth: -1, weekday: 7, of: 'month' }, '2027-02-28', ['2027-02-28', '2027-03-28']],
    [
      'the first Monday of the quarter',
      { kind: 'nth weekday', nth: 1, weekday: 1, of: 'quarter' },
      '2027-01-05',
      ['2027-04-05', '2027-07-05'],
    ],
    ['the last Friday of the year', { kind: 'nth weekday', nth: -1, weekday: 5, of: 'year' }, '2027-12-31', ['2027-12-31', '2028-12-29']],
    ['the last working day', { kind: 'workday', nth: -1, of: 'month' }, '2027-01-30', ['2027-02-26', '2027-03-31', '2027-04-30']],
    ['the first working day of the quarter', { kind: 'workday', nth: 1, of: 'quarter' }, '2027-04-02', ['2027-07-01', '2027-10-01']],
    ['the first working day of the year', { kind: 'workday', nth: 1, of: 'year' }, '2027-12-31', ['2028-01-03']],
    ['a day of a cron expression', { kind: 'cron', days: '15 * *' }, '2027-01-15', ['2027-01-15', '2027-02-15']],
    ['LW', { kind: 'cron', days: 'LW * *' }, '2027-01-30', ['2027-02-26', '2027-03-31']],
    ['15W', { kind: 'cron', days: '15W * *' }, '2027-05-01', ['2027-05-14', '2027-06-15', '2027-07-15', '2027-08-16']],
    ['1#2', { kind: 'cron', days: '* * 1#2' }, '2027-01-01', ['2027-01-11', '2027-02-08']],
    ['29 2 of a cron expression, in leap years alone', { kind: 'cron', days: '29 2 *' }, '2027-01-01', ['2028-02-29', '2032-02-29']],
    ['the 31st of a cron expression, where there is one', { kind: 'cron', days: '31 * *' }, '2027-02-01', ['2027-03-31', '2027-05-31']],
  ])('%s', (_, rule, from, expected) => {
    expect(dates(schedule(rule), from, expected.length)).toEqual(expected);
  });
});

describe('working days', () => {
  const daily: DateRule = { kind: 'days', every: 1, from: '2026-01-01' };
  it.each<[string, DateRule, Calendar, string, string[]]>([
    [
      'a weekend gives way to Monday, and three dates that meet are one',
      daily,
      {},
      '2027-02-05',
      ['2027-02-05', '2027-02-08', '2027-02-09'],
    ],
    ['asked on the weekend itself', daily, {}, '2027-02-07', ['2027-02-08', '2027-02-09']],
    ['Easter in Germany', daily, { country: 'DE' }, '2027-03-25', ['2027-03-25', '2027-03-30']],
    ['Sunday is worked in Egypt, Friday is not', daily, { country: 'EG' }, '2027-02-04', ['2027-02-04', '2027-02-07']],
    [
      'the first of a month that is New Year',
      { kind: 'months', every: 1, day: 1, from: '2026-01-01' },
      { country: 'DE' },
      '2026-12-20',
      ['2027-01-04', '2027-02-01', '2027-03-01', '2027-04-01', '2027-05-03'],
    ],
    [
      'the last one before Christmas',
      { kind: 'workday', nth: -1, of: 'year' },
      { country: 'DE' },
      '2027-01-01',
      ['2027-12-31', '2028-12-29'],
    ],
    ['the first of the year', { kind: 'workday', nth: 1, of: 'year' }, { country: 'DE' }, '2027-01-01', ['2027-01-04', '2028-01-03']],
  ])('%s', (_, rule, calendar, from, expected) => {
    expect(dates(schedule(rule, { calendar }), from, expected.length)).toEqual(expected);
  });
});

it('a date that gives way to a working day is still due in the morning of that day', () => {
  const sundays = schedule({ kind: 'weeks', every: 1, weekdays: [7], from: '2026-01-01' }, { calendar: {} });
  expect(nextAfter(sundays, Date.parse('2027-02-08T08:00Z'))).toBe(Date.parse('2027-02-08T09:30Z'));
  expect(nextAfter(sundays, Date.parse('2027-02-08T09:30Z'))).toBe(Date.parse('2027-02-15T09:30Z'));
});

describe('the end', () => {
  const weekly: DateRule = { kind: 'weeks', every: 1, weekdays: [5], from: '2027-01-01' };
  it('includes its day', () => {
    expect(dates(schedule(weekly, { until: '2027-01-15' }), '2027-01-01', 9)).toEqual(['2027-01-01', '2027-01-08', '2027-01-15']);
    expect(dates(schedule(weekly, { until: '2027-01-14' }), '2027-01-01', 9)).toEqual(['2027-01-01', '2027-01-08']);
  });

  it('holds for the working day that a date gives way to', () => {
    const sundays: DateRule = { kind: 'weeks', every: 1, weekdays: [7], from: '2027-01-01' };
    expect(dates(schedule(sundays, { calendar: {}, until: '2027-01-10' }), '2027-01-01', 9)).toEqual(['2027-01-04']);
  });

  it('comes with the year 9999 at the latest', () => {
    const yearly: DateRule = { kind: 'months', every: 12, day: 1, from: '2027-03-01' };
    expect(dates(schedule(yearly), '9998-03-01', 9)).toEqual(['9998-03-01', '9999-03-01']);
    expect(nextAfter(schedule(yearly), Date.UTC(9999, 11, 31))).toBeUndefined();
    expect(nextAfter(schedule({ kind: 'cron', days: '30 2 *' }), 0)).toBeUndefined();
  });
});

describe('the next moment', () => {
  it('is strictly after the one that is asked about', () => {
    const daily = schedule({ kind: 'days', every: 1, from: '2027-01-01' });
    const at = Date.parse('2027-01-05T09:30Z');
    expect(nextAfter(daily, at - 1)).toBe(at);
    expect(nextAfter(daily, at)).toBe(at + 86_400_000);
    expect(nextAfter(daily, at + 1)).toBe(at + 86_400_000);
  });

  it.each([
    ['keeps its wall-clock time over the change to summer time', 'Europe/Berlin', '2027-03-27T08:30Z', '2027-03-28T07:30Z'],
    ['keeps it over the change back', 'Europe/Berlin', '2027-10-30T07:30Z', '2027-10-31T08:30Z'],
    ['knows quarters of an hour', 'Asia/Kathmandu', '2027-01-01T00:00Z', '2027-01-01T03:45Z'],
  ])('%s', (_, zone, after, expected) => {
    expect(nextAfter(schedule({ kind: 'days', every: 1, from: '2020-01-01' }, { zone }), Date.parse(after))).toBe(Date.parse(expected));
  });
});

describe('quiet hours', () => {
  it.each([
    ['18:00-8:00', { from: '18:00', to: '08:00' }],
    [' 18 – 8 ', { from: '18:00', to: '08:00' }],
    ['6pm to 8am', { from: '18:00', to: '08:00' }],
    ['from 22.30 until 7h', { from: '22:30', to: '07:00' }],
    ['between noon and 1 pm', { from: '12:00', to: '13:00' }],
    ['midnight-6', { from: '00:00', to: '06:00' }],
  ])('“%s” are understood', (said, expected) => {
    expect(quietMeant(said)).toEqual(expected);
    expect(quietMeant(`${expected.from}-${expected.to}`)).toEqual(expected);
  });

  it.each(['', '18:00', '25:00-8:00', '18:00-8:61', 'the night', '18-18', '18:00-\u00008:00', '-', '1-2-3', '9'.repeat(100_000), '💤-💤'])(
    '“%.20s” are refused with an example',
    (said) => {
      const refusal = quietMeant(said);
      expect('refused' in refusal && refusal.refused.map((span) => 'text' in span && span.text).join('')).toMatch(/18:00-8:00\.$/);
    },
  );

  it.each([
    ['the evening waits for the morning', 'Europe/Berlin', '2027-01-05T17:00Z', '2027-01-06T07:00Z'],
    ['so does the night', 'Europe/Berlin', '2027-01-06T02:00Z', '2027-01-06T07:00Z'],
    ['the day does not', 'Europe/Berlin', '2027-01-06T12:00Z', '2027-01-06T12:00Z'],
    ['their end is free', 'Europe/Berlin', '2027-01-06T07:00Z', '2027-01-06T07:00Z'],
    ['the last millisecond before it is not', 'Europe/Berlin', '2027-01-06T06:59:59.999Z', '2027-01-06T07:00Z'],
    ['a short night', 'Europe/Berlin', '2027-03-27T22:00Z', '2027-03-28T06:00Z'],
    ['a long night', 'Europe/Berlin', '2027-10-30T22:00Z', '2027-10-31T07:00Z'],
  ])('%s', (_, zone, at, expected) => {
    expect(afterQuiet(Date.parse(at), { from: '18:00', to: '08:00' }, zone)).toBe(Date.parse(expected));
  });

  it.each([
    ['at noon', { from: '12:00', to: '13:00' }, '2027-01-06T11:30Z', '2027-01-06T12:00Z'],
    ['whose end is in the gap of a clock change', { from: '01:00', to: '02:30' }, '2027-03-28T00:30Z', '2027-03-28T01:00Z'],
    ['whose end comes twice', { from: '18:00', to: '02:30' }, '2027-10-31T00:10Z', '2027-10-31T00:30Z'],
    ['after the first time of an end that comes twice', { from: '18:00', to: '02:30' }, '2027-10-31T01:10Z', '2027-10-31T01:10Z'],
    ['that begin in an hour that comes twice', { from: '02:30', to: '05:00' }, '2027-10-31T01:10Z', '2027-10-31T04:00Z'],
  ])('%s', (_, quiet, at, expected) => {
    expect(afterQuiet(Date.parse(at), quiet, 'Europe/Berlin')).toBe(Date.parse(expected));
  });

  it('never go back, and are over afterwards, through a year of Lord Howe', () => {
    for (let at = Date.UTC(2027, 0, 1); at < Date.UTC(2028, 0, 1); at += 1_234_567) {
      const free = afterQuiet(at, { from: '18:00', to: '02:15' }, 'Australia/Lord_Howe');
      expect(free >= at && free - at < 11 * 3_600_000).toBe(true);
      expect(afterQuiet(free, { from: '18:00', to: '02:15' }, 'Australia/Lord_Howe')).toBe(free);
    }
  });
});
