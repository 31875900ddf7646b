import { COUNTRIES } from './calendar.ts';
import { dateWords, MONTHS } from './dateword.ts';

/** A repeating day of the calendar with a wall-clock time in a zone. It falls due at most once on a day. */
export interface Schedule {
  rule: DateRule;
  /** `09:30`, of 24 hours. */
  time: string;
  /** IANA zone of the time. */
  zone: string;
  /** Working days alone: a day that is none gives way to the next one that is; two that meet there are one. */
  calendar?: Calendar;
  /** The last day on which it may fall due: `2027-12-31`. */
  until?: string;
}

/**
 * Which days are worked: Monday to Friday, without the public holidays of a country where one is named (ISO 3166, `DE`); Sunday to
 * Thursday in a country whose weekend is Friday and Saturday.
 */
export interface Calendar {
  country?: string;
}

/** Weekdays are those of ISO 8601: 1 is Monday. `from` is the day from which the counting begins. */
export type DateRule =
  | { kind: 'days'; every: number; from: string }
  /** Weeks begin on Monday and are counted from that of `from`. */
  | { kind: 'weeks'; every: number; weekdays: readonly number[]; from: string }
  /** A day of the month that a month does not have is its last. */
  | { kind: 'months'; every: number; day: number; from: string }
  /** The first to fourth, or with -1 the last, of a weekday in each period. */
  | { kind: 'nth weekday'; nth: 1 | 2 | 3 | 4 | -1; weekday: number; of: Period }
  /** The first or with -1 the last working day of each period. */
  | { kind: 'workday'; nth: 1 | -1; of: Period }
  /** Day of the month, month and weekday of a cron expression: `15 * *`, `* * 1#2`, `L * *`. */
  | { kind: 'cron'; days: string };

export type Period = 'month' | 'quarter' | 'year';

/**
 * A schedule in words, as it is read back: `every second Tuesday at 09:30, Europe/Berlin time, working days of Germany, until 31 December
 * 2027`. `scheduleMeant` reads it; the day from which the counting begins is not in it.
 */
export function scheduleText({ rule, time, zone, calendar, until }: Schedule): string {
  const worked = calendar?.country === undefined ? 'working days' : `working days of ${COUNTRIES[calendar.country]}`;
  return [
    rule.kind === 'cron'
      ? `${Number(time.slice(3))} ${Number(time.slice(0, 2))} ${rule.days}`
      : `${ruleText(rule, calendar !== undefined)} at ${time}`,
    `${zone} time`,
    ...(calendar && (calendar.country !== undefined || !saysWorked(rule)) ? [worked] : []),
    ...(until === undefined ? [] : [`until ${dateWords(until)}`]),
  ].join(', ');
}

/** A schedule and the one that follows at its end; what holds for both is said once. */
export function successionText(first: Schedule, later: Schedule): string {
  const { rule, until, calendar } = first;
  const terms = ({ time, zone, calendar: days }: Schedule) => JSON.stringify([time, zone, days]);
  return rule.kind === 'cron' || until === undefined || terms(first) !== terms(later)
    ? `${scheduleText(first)}, then ${scheduleText(later)}`
    : `${ruleText(rule, calendar !== undefined)} until ${dateWords(until)}, then ${scheduleText(later)}`;
}

const NTH = { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', '-1': 'last' } as const;
export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** The rule says by itself that it means working days. */
const saysWorked = (rule: DateRule): boolean => rule.kind === 'workday' || (rule.kind === 'days' && rule.every === 1);

function ruleText(rule: Exclude<DateRule, { kind: 'cron' }>, worked: boolean): string {
  switch (rule.kind) {
    case 'days':
      return rule.every === 1
        ? worked
          ? 'every working day'
          : 'every day'
        : rule.every === 2
          ? 'every second day'
          : `every ${rule.every} days`;
    case 'weeks':
      return weeksText(rule.every, [...rule.weekdays].sort());
    case 'months':
      return monthsText(rule);
    case 'nth weekday':
      return `${NTH[rule.nth]} ${WEEKDAYS[rule.weekday - 1]} of the ${rule.of}`;
    case 'workday':
      return `${NTH[rule.nth]} working day of the ${rule.of}`;
  }
}

function weeksText(every: number, weekdays: readonly number[]): string {
  const names = weekdays.map((weekday) => WEEKDAYS[weekday - 1]);
  const list = names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  if (every === 1) return weekdays.join() === '1,2,3,4,5' ? 'every weekday' : `every ${list}`;
  return every === 2 && names.length === 1 ? `every second ${list}` : `every ${every} weeks on ${list}`;
}

function monthsText({ every, day, from }: DateRule & { kind: 'months' }): string {
  const month = Number(from.slice(5, 7));
  if (every % 12 === 0) return `${every === 12 ? 'every year' : `every ${every / 12} years`} on ${day} ${MONTHS[month - 1]}`;
  if (every === 3 && month % 3 === 1) return `every quarter on the ${ordinal(day)}`;
  if (every === 3 && month % 3 === 0 && day === 31) return 'last day of the quarter';
  return `${every === 1 ? 'every month' : `every ${every} months`} on the ${day === 31 ? 'last day' : ordinal(day)}`;
}

/** `1st`, `22nd`, `13th`. */
function ordinal(number: number): string {
  const ending = Math.floor(number / 10) === 1 ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  return `${number}${ending}`;
}
