import { daysLater, localOf } from '../../src/zone.ts';
import { dayIn, momentOf } from './local.ts';
import { afterQuiet } from './quiet.ts';

/** When nobody is nudged by the clock, by the clock on their own wall; the hours between are a guess at when people are awake. */
const NIGHT = { from: '20:00', to: '08:00' } as const;
/** From then on in the evening nobody could do much about it any more. */
const EVENING = '19:00';

/** What is asked in the morning leaves at least so long until it is over. */
const TIME_LEFT = 3_600_000;

/** The moment itself, or the next morning where it is at night in that zone; epoch milliseconds. */
export const whenAwake = (zone: string, at: number): number => afterQuiet(at, NIGHT, zone);

/**
 * When somebody in a zone is nudged of what is over at `until`, who should be at `at`: then, where it is day; or else in the morning,
 * where that leaves an hour; or else in the evening before, if there was one after `since`. What begins and ends in one night has no
 * better moment than its own.
 */
export function wakingMoment(zone: string, at: number, { since, until }: { since: number; until: number }): number {
  const morning = whenAwake(zone, at);
  if (morning === at || morning <= until - TIME_LEFT) return morning;
  const today = dayIn(zone, at);
  const evenings = [momentOf(zone, today, EVENING), momentOf(zone, today - 1, EVENING)];
  return evenings.find((evening) => evening < at && evening > since) ?? (morning < until ? morning : at);
}

/** So many days before a moment by the clock on the wall: a day with a clock change is as long as it is. */
export const daysBefore = (zone: string, at: number, days: number): number => daysLater(zone, at, -days);

/** `2027-03-15`: the day that somebody in the zone has. */
export const dateIn = (zone: string, at: number): string => localOf(zone, at).date;
