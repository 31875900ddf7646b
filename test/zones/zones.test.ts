import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { nextAfter, nextDates } from '../../flows/rules/due.ts';
import type { DateRule, Schedule } from '../../flows/rules/schedule.ts';

/*
 * Every clock change of ten years in every zone, and seams of the past. What is expected comes from here alone: day by day with Temporal, by
 * one sentence: a date's moment is the first one whose wall clock shows that date and time or a later one.
 */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SINCE = Date.UTC(2026, 0, 1);
const UNTIL = Date.UTC(2036, 0, 1);
const TIMES = ['00:00', '00:30', '01:00', '01:30', '02:00', '02:30', '03:00', '12:00', '23:00', '23:30'];

const zones = Intl.supportedValuesOf('timeZone');

describe('every intended date has exactly one moment', () => {
  it('around every clock change of ten years in every zone', () => {
    const groups = new Map<string, { changes: number[]; zones: string[] }>();
    for (const zone of zones) {
      const changes = changesOf(zone, SINCE, UNTIL, 7 * DAY);
      const offsets = [SINCE, ...changes].map((at) => offsetOf(zone, at));
      const key = JSON.stringify([changes, offsets]);
      const group = groups.get(key);
      if (group) group.zones.push(zone);
      else groups.set(key, { changes, zones: [zone] });
    }
    let seen = 0;
    let moments = 0;
    const wrong: string[] = [];
    for (const group of groups.values()) {
      seen += group.zones.length;
      // A zone that never changes is looked at once, on a leap day.
      const changes = group.changes.length > 0 ? group.changes : [Date.UTC(2028, 1, 29, 12)];
      for (const change of changes) moments += checked(group.zones, change, wrong);
    }
    expect(wrong.slice(0, 20)).toEqual([]);
    expect(seen).toBe(zones.length);
    expect(zones.length).toBeGreaterThan(400);
    expect([...groups.values()].reduce((sum, group) => sum + group.changes.length * group.zones.length, 0)).toBeGreaterThan(2500);
    expect(moments).toBeGreaterThan(500_000);
  }, 300_000);

  it.each([
    ['a gap at midnight', 'America/Sao_Paulo', '2018-11-04', 1],
    ['an hour that ends before midnight and comes again', 'America/Sao_Paulo', '2018-02-17', 1],
    ['a gap at midnight', 'Africa/Cairo', '2024-04-26', 1],
    ['a gap at midnight', 'Asia/Beirut', '2024-03-31', 1],
    ['a gap at midnight', 'America/Havana', '2024-03-10', 1],
    ['midnight comes twice', 'America/Havana', '2024-11-03', 1],
    ['a change in the night of a Ramadan', 'Asia/Gaza', '2024-04-20', 1],
    ['half an hour', 'Australia/Lord_Howe', '2024-10-06', 1],
    ['half an hour back', 'Australia/Lord_Howe', '2024-04-07', 1],
    ['two hours', 'Antarctica/Troll', '2024-03-31', 1],
    ['a skipped day', 'Pacific/Apia', '2011-12-30', 1],
    ['a skipped day', 'Pacific/Kwajalein', '1993-08-21', 1],
    ['a gap that ends at midnight', 'America/Nuuk', '2024-03-30', 1],
    ['the day before a Ramadan', 'Africa/Casablanca', '2024-03-10', 1],
    ['the day after a Ramadan', 'Africa/Casablanca', '2024-04-14', 1],
    ['a day of 47 hours', 'America/Juneau', '1983-10-30', 1],
    ['a leap day', 'Europe/Berlin', '2028-02-29', 0],
    ['the end of a century', 'UTC', '2100-02-28', 0],
  ])('%s: %s, %s', (_, zone, date, changes) => {
    const noon = Date.parse(`${date}T12:00Z`);
    const found = changesOf(zone, noon - 2 * DAY, noon + 2 * DAY, HOUR);
    expect(found.length).toBe(changes);
    const wrong: string[] = [];
    const moments = checked([zone], found[0] ?? noon, wrong);
    expect(wrong.slice(0, 20)).toEqual([]);
    expect(moments).toBeGreaterThan(250);
  });
});

/** The oracle itself is checked by hand-written moments. */
describe('the moment of a date', () => {
  const of = (zone: string, date: string, time: string) => {
    const schedule = { rule: { kind: 'days', every: 1, from: '1990-01-01' }, time, zone } as const;
    const found = nextDates(schedule, Date.parse(`${date}T00:00Z`) - 2 * DAY, 5).find((one) => one.date === date);
    return found && new Date(found.at).toISOString().slice(0, 16);
  };
  it.each([
    ['Europe/Berlin', '2027-03-28', '02:30', '2027-03-28T01:00'],
    ['Europe/Berlin', '2027-10-31', '02:30', '2027-10-31T00:30'],
    ['America/Sao_Paulo', '2018-11-04', '00:30', '2018-11-04T03:00'],
    ['America/Nuuk', '2024-03-30', '23:30', '2024-03-31T01:00'],
    ['America/Nuuk', '2024-03-31', '00:00', '2024-03-31T01:00'],
    ['Australia/Lord_Howe', '2024-10-06', '02:15', '2024-10-05T15:30'],
    ['Pacific/Apia', '2011-12-29', '12:00', '2011-12-29T22:00'],
    ['Pacific/Apia', '2011-12-30', '12:00', undefined],
    ['Pacific/Apia', '2011-12-31', '00:00', '2011-12-30T10:00'],
    ['Asia/Kathmandu', '2027-01-01', '09:00', '2027-01-01T03:15'],
  ])('%s %s %s', (zone, date, time, expected) => {
    expect(of(zone, date, time)).toBe(expected);
    expect(expectedMoment(zone, date, time)).toBe(expected && Date.parse(`${expected}Z`));
  });
});

/** Compares the moments around a change in zones that have the same changes; how many were compared. */
function checked(alike: readonly string[], change: number, wrong: string[]): number {
  const [representative] = alike as [string];
  const memo = new Map<string, number | undefined>();
  const moment = (date: string, time: string) => {
    const key = `${date} ${time}`;
    if (!memo.has(key)) memo.set(key, expectedMoment(representative, date, time));
    return memo.get(key);
  };
  const local = (at: number) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(representative);
  const dates = new Map([change - 1, change].map((at) => [local(at).toPlainDate().toString(), local(at).toPlainDate()]));
  const times = new Set([
    ...TIMES,
    ...[-1, 0].map((by) =>
      local(change + by)
        .toPlainTime()
        .toString()
        .slice(0, 5),
    ),
  ]);
  let moments = 0;
  for (const date of dates.values()) {
    for (const { rule, intends, reach, worked } of rulesOf(date)) {
      const days = Array.from({ length: 2 * reach + 1 }, (_, index) => date.add({ days: index - reach }))
        .filter(intends)
        .map(String);
      for (const time of times) {
        const expected = days.flatMap((day) => moment(day, time) ?? []);
        for (const zone of alike) {
          // Zones that are alike share what is expected; the rarer rules and the moments between are asked of one of them.
          if (zone !== representative && rule.kind !== 'days') continue;
          const schedule = { rule, time, zone, ...(worked && { calendar: {} }) };
          const found = following(schedule, expected[0]! - 1, expected.length);
          moments += found.length;
          if (found.join() !== expected.join())
            wrong.push(`${zone} ${date.toString()} ${time} ${JSON.stringify(rule)}: ${shown(found)}, not ${shown(expected)}`);
          if (zone !== representative) continue;
          for (const after of [change - DAY, change - HOUR, change - 1, change, change + 1, change + HOUR / 2, change + HOUR]) {
            const next = expected.find((at) => at > after);
            if (next === undefined || after < expected[0]!) continue;
            const got = nextAfter(schedule, after);
            if (got !== next)
              wrong.push(`${zone} ${time} ${JSON.stringify(rule)} after ${shown([after])}: ${shown([got])}, not ${shown([next])}`);
          }
        }
      }
    }
  }
  return moments;
}

/** The moments of a schedule one after the other, as long as they go on. */
function following(schedule: Schedule, after: number, count: number): number[] {
  const found: number[] = [];
  for (let at: number | undefined = after; found.length < count; found.push(at)) {
    const last: number = at;
    at = nextAfter(schedule, last);
    if (at === undefined || at <= last) break;
  }
  return found;
}

interface Checked {
  rule: DateRule;
  worked?: true;
  /** Says of each day whether the rule means it. */
  intends(day: Temporal.PlainDate): boolean;
  /** So many days before and after are looked at. */
  reach: number;
}

/** One rule of each kind that means a date or comes near it. */
function rulesOf(date: Temporal.PlainDate): Checked[] {
  const nth = Math.min(4, Math.ceil(date.day / 7)) as 1 | 2 | 3 | 4;
  const last = date.add({ days: 7 }).month !== date.month;
  const inWeek = (day: Temporal.PlainDate) => day.dayOfWeek === date.dayOfWeek;
  const back = (days: number) => date.subtract({ days }).toString();
  const isLastWorked = (day: Temporal.PlainDate) =>
    day.dayOfWeek <= 5 && [1, 2, 3].every((more) => day.add({ days: more }).dayOfWeek > 5 || day.add({ days: more }).month !== day.month);
  return [
    { rule: { kind: 'days', every: 1, from: back(9) }, intends: () => true, reach: 2 },
    { rule: { kind: 'days', every: 1, from: back(9) }, worked: true, intends: (day) => day.dayOfWeek <= 5, reach: 3 },
    { rule: { kind: 'days', every: 3, from: back(9) }, intends: (day) => day.until(date).days % 3 === 0, reach: 3 },
    { rule: { kind: 'weeks', every: 1, weekdays: [date.dayOfWeek], from: back(20) }, intends: inWeek, reach: 7 },
    {
      rule: { kind: 'weeks', every: 2, weekdays: [date.dayOfWeek], from: back(28) },
      intends: (day) => day.until(date).days % 14 === 0,
      reach: 14,
    },
    {
      rule: { kind: 'months', every: 1, day: date.day, from: back(70) },
      intends: (day) => day.day === Math.min(date.day, day.daysInMonth),
      reach: 31,
    },
    {
      rule: { kind: 'nth weekday', nth: last ? -1 : nth, weekday: date.dayOfWeek, of: 'month' },
      intends: (day) => inWeek(day) && (last ? day.add({ days: 7 }).month !== day.month : Math.ceil(day.day / 7) === nth),
      reach: 35,
    },
    { rule: { kind: 'workday', nth: -1, of: 'month' }, intends: isLastWorked, reach: 33 },
  ];
}

/** The first moment whose wall clock shows a date and time or a later one; undefined when the zone skips the whole day. */
function expectedMoment(zone: string, date: string, time: string): number | undefined {
  const at = firstShowing(zone, `${date}T${time}`);
  if (dateAt(zone, at) === date) return at;
  return dateAt(zone, firstShowing(zone, `${date}T00:00`)) === date ? at : undefined;
}

function firstShowing(zone: string, wanted: string): number {
  const wall = Temporal.PlainDateTime.from(wanted);
  const [earlier, later] = (['earlier', 'later'] as const).map((disambiguation) => wall.toZonedDateTime(zone, { disambiguation }));
  if (earlier!.toPlainDateTime().equals(wall)) return earlier!.epochMilliseconds;
  const shows = (at: number) =>
    Temporal.PlainDateTime.compare(Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime(), wall) >= 0;
  return bisected(earlier!.epochMilliseconds, later!.epochMilliseconds, shows);
}

/** The first whole number of which something is true, between one of which it is not and one of which it is. */
function bisected(not: number, is: number, holds: (at: number) => boolean): number {
  let [low, high] = [not, is];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The moments at which the clocks of a zone change, found by looking at them every so often. */
function changesOf(zone: string, from: number, to: number, step: number): number[] {
  const changes: number[] = [];
  for (let at = from; at < to; at += step) {
    const before = offsetOf(zone, at);
    if (before !== offsetOf(zone, at + step)) changes.push(bisected(at, at + step, (middle) => offsetOf(zone, middle) !== before));
  }
  return changes;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** By Intl alone: `11/24/2026, GMT+01:00`. */
function offsetOf(zone: string, at: number): string {
  let format = formats.get(zone);
  if (!format) formats.set(zone, (format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })));
  return format.format(at).split(', ')[1]!;
}

const dateAt = (zone: string, at: number): string =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString();

const shown = (moments: readonly (number | undefined)[]): string =>
  moments.map((at) => (at === undefined ? 'nothing' : new Date(at).toISOString())).join(' ');
