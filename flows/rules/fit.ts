import { type Moment, type Refused, refused } from '../../src/flow.ts';
import type { PersonId } from '../../src/id.ts';
import type { Need, Readable } from '../../src/need.ts';
import { list, text, typed } from '../../src/text.ts';
import { daysLater, instantIn, localOf } from '../../src/zone.ts';

/** The day that comes so many days from now, by the calendar of the zone: `2027-03-15`. */
export const dayIn = (days: number, { zone, at }: Pick<Moment, 'zone' | 'at'>): string => localOf(zone, daysLater(zone, at, days)).date;

/** Why a day cannot be the one until which something is to be done: it has passed, or it is more than `most` days away. */
export function dueUnfit(day: string, most: number, moment: Pick<Moment, 'zone' | 'at'>, at = 'due'): Refused | undefined {
  if (day < dayIn(0, moment)) return refused(text`That day has passed. Choose one to come, like ${dayIn(Math.min(14, most), moment)}.`, at);
  if (day > dayIn(most, moment))
    return refused(
      text`That is more than ${most % 365 === 0 && most > 365 ? `${most / 365} years` : `${most} days`} away. Choose a day up to ${dayIn(most, moment)}, please.`,
      at,
    );
  return undefined;
}

/** Answers that are due on a day are waited for until this time of its zone. */
const EVENING = '17:00';

/** When answers that are due on a day are due. */
export const dueAt = ({ zone, due }: { zone: string; due: string }): number => instantIn(zone, due, EVENING);

/** Why answers cannot be due on a day: as above, and the moment itself is still to come. */
export function answersUnfit(due: string, most: number, usual: number, { zone, at }: Pick<Moment, 'zone' | 'at'>): Refused | undefined {
  const unfit = dueUnfit(due, most, { zone, at });
  if (unfit || dueAt({ zone, due }) > at) return unfit;
  return refused(text`Its ${EVENING} has passed. Choose a day to come, like ${dayIn(usual, { zone, at })}.`, 'due');
}

/** Those who left, or never were people, as far as the platforms said so. */
export type Left = readonly Pick<Readable['people'], 'id' | 'name'>[];

export const leftNeed: Need = { as: 'left', rows: 'people', where: { active: 0 } };

/** Why somebody cannot vote here, for themselves or for others: they left, never were a person, or are a guest. */
export function outsideUnfit(who: PersonId, { left = [], guests = [] }: { left?: Left; guests?: Left }, at: string): Refused | undefined {
  const guest = guests.find((one) => one.id === who);
  if (guest)
    return refused(text`${typed(guest.name || 'This person')} is a guest here, and guests do not vote. Choose a colleague, please.`, at);
  return leftUnfit(who, left, at);
}

/** Why somebody, or some of several, cannot be asked for anything. A refusal at a field names nobody by id, so they are named as letters. */
export function leftUnfit(who: PersonId | readonly PersonId[], left: Left, at: string): Refused | undefined {
  const gone = left.filter((one) => [who].flat().includes(one.id));
  if (gone.length === 0) return undefined;
  const are = gone.length === 1 ? 'is not an active member' : 'are not active members';
  return refused(text`${list(gone.map((one) => typed(one.name || 'This person')))} ${are} here, so please choose somebody else.`, at);
}
