import { describe, expect, it } from 'vitest';
import { daysBefore, wakingMoment, whenAwake } from '../../flows/rules/waking.ts';
import { instantIn, localOf } from '../../src/zone.ts';

const at = (zone: string, said: string): number => instantIn(zone, said.slice(0, 10), said.slice(11));
const read = (zone: string, moment: number): string => `${localOf(zone, moment).date} ${localOf(zone, moment).time}`;

describe('when somebody is awake', () => {
  it.each([
    ['the first minute of the day', 'Europe/Berlin', '2027-03-10 08:00', '2027-03-10 08:00'],
    ['the last one', 'Europe/Berlin', '2027-03-10 19:59', '2027-03-10 19:59'],
    ['the first minute of the night', 'Europe/Berlin', '2027-03-10 20:00', '2027-03-11 08:00'],
    ['before the day', 'Europe/Berlin', '2027-03-10 07:59', '2027-03-10 08:00'],
    ['in the night in which an hour is skipped', 'Europe/Berlin', '2027-03-28 01:30', '2027-03-28 08:00'],
    ['in the night in which an hour comes twice', 'America/New_York', '2027-11-07 01:30', '2027-11-07 08:00'],
    ['where the clock changes by half an hour', 'Australia/Lord_Howe', '2027-04-04 01:45', '2027-04-04 08:00'],
    ['in a zone of three quarters', 'Asia/Kathmandu', '2027-03-10 23:10', '2027-03-11 08:00'],
  ])('%s', (_, zone, said, awake) => {
    expect(read(zone, whenAwake(zone, at(zone, said)))).toBe(awake);
  });
});

describe('the moment of a reminder', () => {
  it.each([
    ['by day is its own', '2027-03-10 15:00', '2027-03-08 09:00', '2027-03-10 17:00', '2027-03-10 15:00'],
    ['at night is the next morning', '2027-03-10 03:00', '2027-03-08 09:00', '2027-03-11 03:00', '2027-03-10 08:00'],
    ['is the morning where that leaves an hour', '2027-03-10 07:00', '2027-03-08 09:00', '2027-03-10 09:00', '2027-03-10 08:00'],
    ['is the evening before where it leaves less', '2027-03-10 06:59', '2027-03-08 09:00', '2027-03-10 08:59', '2027-03-09 19:00'],
    ['is the evening before a deadline at night', '2027-03-10 01:00', '2027-03-08 09:00', '2027-03-10 03:00', '2027-03-09 19:00'],
    ['is the same evening before midnight', '2027-03-10 21:30', '2027-03-08 09:00', '2027-03-10 23:30', '2027-03-10 19:00'],
    ['is a short morning where it opened that night', '2027-03-10 06:45', '2027-03-09 22:00', '2027-03-10 08:45', '2027-03-10 08:00'],
    ['is its own where it opens and closes in one night', '2027-03-10 03:00', '2027-03-09 22:00', '2027-03-10 05:00', '2027-03-10 03:00'],
  ])('%s', (_, due, opened, deadline, expected) => {
    for (const zone of ['Europe/Berlin', 'Asia/Tokyo', 'America/Los_Angeles']) {
      const found = wakingMoment(zone, at(zone, due), { since: at(zone, opened), until: at(zone, deadline) });
      expect([zone, read(zone, found)]).toEqual([zone, expected]);
    }
  });

  it.each([
    ['Europe/Berlin', '2027-03-28 15:00', 23],
    ['Europe/Berlin', '2027-10-31 15:00', 25],
    ['America/New_York', '2027-03-14 15:00', 23],
    ['Australia/Lord_Howe', '2027-04-04 15:00', 24.5],
    ['UTC', '2027-03-28 15:00', 24],
  ])('a day before is the same time by the clock in %s, on %s %i hours', (zone, deadline, hours) => {
    const before = daysBefore(zone, at(zone, deadline), 1);
    expect(localOf(zone, before).time).toBe('15:00');
    expect(at(zone, deadline) - before).toBe(hours * 3_600_000);
  });
});
