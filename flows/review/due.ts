import { type Moment, type Refused, refused } from '../../src/flow.ts';
import { text } from '../../src/text.ts';
import { daysLater, instantIn, localOf } from '../../src/zone.ts';
import type { Review } from './state.ts';

/** Reviewers are given this many days when nobody says otherwise. */
export const USUAL_DAYS = 7;

/** The longest that is waited for answers, in days. */
const LONGEST = 90;

/** The hour at which a due day ends. */
const EVENING = '17:00';

/** The day so many days after a moment in a zone: `2027-03-15`. */
export const dayAfter = (zone: string, at: number, days: number): string => localOf(zone, daysLater(zone, at, days)).date;

export const dueOn = (day: string, zone: string, { at }: Moment): Review['due'] => ({ day, at: instantIn(zone, day, EVENING), since: at });

/** Why answers cannot be due on this day of the zone; undefined when they can. */
export function unfitDue(day: string, zone: string, { at }: Moment): Refused | undefined {
  const latest = dayAfter(zone, at, LONGEST);
  if (day > latest) return refused(text`At most ${LONGEST} days from now, please: until ${latest}.`, 'due');
  if (instantIn(zone, day, EVENING) <= at)
    return refused(
      text`That day is over at ${EVENING}, which has passed. Choose one to come, like ${dayAfter(zone, at, USUAL_DAYS)}.`,
      'due',
    );
  return undefined;
}

/** The latest day that a plan may name: five years from now. */
const LATEST_PLAN = 5 * 365;

/** Why a plan cannot name this day at this field; undefined when it can. */
export function unfitDay(day: string, field: string, { at, zone }: Moment): Refused | undefined {
  if (day < localOf(zone, at).date) return refused(text`That day has passed. Choose one to come, like ${dayAfter(zone, at, 30)}.`, field);
  if (day > dayAfter(zone, at, LATEST_PLAN))
    return refused(text`A day within the next five years, please, like ${dayAfter(zone, at, 30)}.`, field);
  return undefined;
}
