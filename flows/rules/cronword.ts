import { Cron } from 'croner';
import { type Refused, refused } from '../../src/flow.ts';
import { text, typed } from '../../src/text.ts';
import { type Day, dateOf } from './day.ts';
import { ruledFrom } from './due.ts';
import { type Reading, weekdayMeant } from './ruleword.ts';
import type { DateRule } from './schedule.ts';

const EXAMPLE = '“30 9 * * 2”, every Tuesday at 9:30';

/** What a cron expression of five fields says; undefined when the words are none. One minute and one hour, so once a day at most. */
export function cronMeant(said: string, start: Day): (Reading & { time: string }) | Refused | undefined {
  const fields = said.split(' ');
  if (fields.length < 5 || !fields.every((field) => /^[\d*?,/#+-]*(?:[a-z]{1,3}(?:[\d*?,/#+-]+|$))*$/.test(field)) || !/^[\d*?]/.test(said))
    return undefined;
  if (fields.length > 5)
    return refused(
      text`A cron expression has five fields here, since nothing falls due by the second: ${EXAMPLE}. “${typed(said)}” has ${fields.length}.`,
    );
  const [minute, hour, ...rest] = fields as [string, string, string, string, string];
  if (![minute, hour].every((field) => /^\d{1,2}$/.test(field)))
    return refused(
      text`A schedule falls due at most once a day, so minute and hour are one number each, as in ${EXAMPLE}. “${typed(said)}” comes more often.`,
    );
  if (Number(minute) > 59 || Number(hour) > 23)
    return refused(text`“${typed(said)}” names no time of the day: minutes go to 59 and hours to 23, as in ${EXAMPLE}.`);
  const days = rest.join(' ').toUpperCase().replaceAll('?', '*');
  if (!isCron(days))
    return refused(text`The days of “${typed(said)}” are no cron expression. Day of the month, month and weekday go like ${EXAMPLE}.`);
  return { rule: plainRule(days, start) ?? { kind: 'cron', days }, time: `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}` };
}

function isCron(days: string): boolean {
  try {
    return Boolean(new Cron(`0 0 ${days}`, { timezone: 'UTC', paused: true, mode: '5-part' }));
  } catch {
    return false;
  }
}

/** The rule that says the same as a simple expression, which people read more easily; undefined when there is none. */
function plainRule(days: string, start: Day): DateRule | undefined {
  const [day, month, weekday] = days.split(' ') as [string, string, string];
  const from = dateOf(start);
  if (month !== '*') return undefined;
  if (weekday === '*') {
    if (day === '*') return { kind: 'days', every: 1, from };
    if (day === 'LW') return { kind: 'workday', nth: -1, of: 'month' };
    if (day === 'L') return monthly(31, start);
    // From the 29th on, cron leaves out the months that have no such day.
    return /^\d{1,2}$/.test(day) && Number(day) <= 28 ? monthly(Number(day), start) : undefined;
  }
  if (day !== '*') return undefined;
  const [, nthDay, nth] = /^(\d|[A-Z]{3})(?:#([1-4L])|(?=L$))/.exec(weekday) ?? [];
  if (nthDay && (nth || weekday.length === nthDay.length + 1))
    return { kind: 'nth weekday', nth: (nth === undefined || nth === 'L' ? -1 : Number(nth)) as 1, weekday: numberOf(nthDay), of: 'month' };
  const weekdays = weekday.split(',').map(numbersOf);
  if (weekdays.includes(undefined)) return undefined;
  const rule = { kind: 'weeks', every: 1, weekdays: [...new Set(weekdays.flat() as number[])].sort(), from } as const;
  return { ...rule, from: dateOf(ruledFrom(rule, start, {})!) };
}

function monthly(day: number, start: Day): DateRule {
  const rule = { kind: 'months', every: 1, day, from: dateOf(start) } as const;
  return { ...rule, from: dateOf(ruledFrom(rule, start, {})!) };
}

/** A weekday or a range of them, as ISO numbers. */
function numbersOf(field: string): number[] | undefined {
  const [, first, last = first] = /^(\d|[A-Z]{3})(?:-(\d|[A-Z]{3}))?$/.exec(field) ?? [];
  if (!first || !last) return undefined;
  const [from, to] = [numberOf(first), numberOf(last)];
  return from <= to ? Array.from({ length: to - from + 1 }, (_, index) => from + index) : undefined;
}

/** Cron counts Sunday as 0 and as 7. */
const numberOf = (name: string): number => weekdayMeant(name) ?? (Number(name) || 7);
