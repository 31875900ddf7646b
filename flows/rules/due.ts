import { Cron } from 'croner';
import { Temporal } from 'temporal-polyfill';
import { isWorkedDay, workedFrom } from './calendar.ts';
import { type Day, dateOf, dayOf, firstOf, LAST_DAY, mondayOf, monthOf, weekdayOf } from './day.ts';
import type { Calendar, DateRule, Period, Schedule } from './schedule.ts';

/** The next moment of a schedule strictly after another, both epoch milliseconds; undefined when there is none. */
export function nextAfter(schedule: Schedule, after: number): number | undefined {
  return nextDates(schedule, after, 1)[0]?.at;
}

/** The next dates of a schedule with their moments, strictly after a moment; fewer when it ends. */
export function nextDates(schedule: Schedule, after: number, count: number): { date: string; at: number }[] {
  const { zone, time } = schedule;
  const dates: { date: string; at: number }[] = [];
  for (
    let day = intendedFrom(schedule, today(zone, after));
    day !== undefined && dates.length < count;
    day = intendedFrom(schedule, day + 1)
  ) {
    const at = momentOf(zone, day, time);
    if (at !== undefined && at > after) dates.push({ date: dateOf(day), at });
  }
  return dates;
}

const today = (zone: string, at: number): Day =>
  dayOf(Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString());

/**
 * A wall-clock time of a day in a zone. One that falls into the gap of a clock change is the first moment after the gap, one that
 * comes twice is the first; a day that the zone skips whole has none.
 */
function momentOf(zone: string, day: Day, time: string): number | undefined {
  const date = dateOf(day);
  const wanted = Temporal.PlainDateTime.from(`${date}T${time}`);
  const local = wanted.toZonedDateTime(zone, { disambiguation: 'compatible' });
  if (local.toPlainDateTime().equals(wanted)) return local.epochMilliseconds;
  const after = local.add({ nanoseconds: 1 }).getTimeZoneTransition('previous')!;
  const before = after.subtract({ nanoseconds: 1 });
  const skipped = before.toPlainDate().toString() < date && after.toPlainDate().toString() > date;
  return skipped ? undefined : after.epochMilliseconds;
}

/** The first intended day from a day on; undefined after the end. */
function intendedFrom({ rule, calendar, until }: Schedule, from: Day): Day | undefined {
  const last = until === undefined ? LAST_DAY : dayOf(until);
  let start = from;
  if (calendar) while (!isWorkedDay(start - 1, calendar)) start--;
  const ruled = ruledFrom(rule, start, calendar ?? {}, last);
  if (ruled === undefined) return undefined;
  const day = calendar ? workedFrom(ruled, calendar) : ruled;
  return day <= last ? day : undefined;
}

/** The first day of a rule from a day on. */
function ruledFrom(rule: DateRule, start: Day, calendar: Calendar, last: Day): Day | undefined {
  if (start > last) return undefined;
  switch (rule.kind) {
    case 'days': {
      const first = dayOf(rule.from);
      return first + rule.every * Math.max(0, Math.ceil((start - first) / rule.every));
    }
    case 'weeks':
      return ofWeeks(rule, Math.max(start, dayOf(rule.from)));
    case 'months':
      return ofMonths(rule, Math.max(start, dayOf(rule.from)));
    case 'nth weekday':
      return inPeriods(rule.of, start, (first, end) => nthWeekday(rule, first, end));
    case 'workday':
      return inPeriods(rule.of, start, (first, end) => (rule.nth === 1 ? workedFrom(first, calendar) : workedBefore(end, calendar)));
    case 'cron':
      return cronFrom(rule.days, start);
  }
}

function ofWeeks({ every, weekdays, from }: DateRule & { kind: 'weeks' }, start: Day): Day {
  const first = mondayOf(dayOf(from));
  const week = first + 7 * every * Math.floor((mondayOf(start) - first) / (7 * every));
  for (const monday of [week, week + 7 * every])
    for (let day = monday; day < monday + 7; day++) if (day >= start && weekdays.includes(weekdayOf(day))) return day;
  throw new Error('A rule of weeks names no weekday');
}

function ofMonths({ every, day, from }: DateRule & { kind: 'months' }, start: Day): Day {
  const first = monthOf(dayOf(from));
  const month = first + every * Math.floor((monthOf(start) - first) / every);
  const inMonth = (which: number) => Math.min(firstOf(which) + day - 1, firstOf(which + 1) - 1);
  return inMonth(month) >= start ? inMonth(month) : inMonth(month + every);
}

const MONTHS: Readonly<Record<Period, number>> = { month: 1, quarter: 3, year: 12 };

function inPeriods(period: Period, start: Day, chosen: (first: Day, end: Day) => Day): Day {
  const length = MONTHS[period];
  const month = length * Math.floor(monthOf(start) / length);
  const here = chosen(firstOf(month), firstOf(month + length));
  return here >= start ? here : chosen(firstOf(month + length), firstOf(month + 2 * length));
}

function nthWeekday({ nth, weekday }: DateRule & { kind: 'nth weekday' }, first: Day, end: Day): Day {
  const day = nth === -1 ? end - 7 : first + 7 * (nth - 1);
  return day + ((weekday - weekdayOf(day) + 7) % 7);
}

function workedBefore(end: Day, calendar: Calendar): Day {
  let day = end - 1;
  while (!isWorkedDay(day, calendar)) day--;
  return day;
}

function cronFrom(days: string, start: Day): Day | undefined {
  const next = new Cron(`0 0 ${days}`, { timezone: 'UTC', paused: true }).nextRun(new Date((start - 1) * 86_400_000 + 86_399_000));
  return next ? next.getTime() / 86_400_000 : undefined;
}
