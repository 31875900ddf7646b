import { Cron } from 'croner';
import { isWorkedDay, workedFrom } from './calendar.ts';
import { type Day, dateOf, dayOf, firstOf, LAST_DAY, mondayOf, monthOf, weekdayOf } from './day.ts';
import { dayIn, momentOf, skips } from './local.ts';
import type { Calendar, DateRule, Period, Schedule } from './schedule.ts';

const DAY = 86_400_000;

/**
 * The next moment of a schedule strictly after another, both epoch milliseconds; undefined when there is none. Every date that the
 * schedule intends has exactly one moment, whatever the clocks of the zone do that day; a date that the zone skips whole has none.
 */
export function nextAfter(schedule: Schedule, after: number): number | undefined {
  return nextDates(schedule, after, 1)[0]?.at;
}

/** The next dates of a schedule with their moments, strictly after a moment; fewer when it ends. */
export function nextDates(schedule: Schedule, after: number, count: number): { date: string; at: number }[] {
  const { zone, time } = schedule;
  const dates: { date: string; at: number }[] = [];
  for (let from = dayIn(zone, after); dates.length < count; from++) {
    const day = intendedFrom(schedule, from);
    if (day === undefined) break;
    const at = momentOf(zone, day, time);
    if (at > after && !skips(zone, day)) dates.push({ date: dateOf(day), at });
    from = day;
  }
  return dates;
}

/** The first intended day from a day on; undefined after the end. Without working days it is the rule's own. */
function intendedFrom({ rule, calendar, until }: Schedule, from: Day): Day | undefined {
  const last = until === undefined ? LAST_DAY : dayOf(until);
  if (from > last) return undefined;
  // A day that is not worked gives way to the next one, so those just before may move here.
  const ruled = ruledFrom(rule, calendar ? workedBefore(from, calendar) + 1 : from, calendar ?? {});
  if (ruled === undefined || ruled > last) return undefined;
  const day = calendar ? workedFrom(ruled, calendar) : ruled;
  return day <= last ? day : undefined;
}

/** The first day of a rule from a day on. */
export function ruledFrom(rule: DateRule, start: Day, calendar: Calendar): Day | undefined {
  switch (rule.kind) {
    case 'days': {
      const first = dayOf(rule.from);
      return first + rule.every * Math.max(0, Math.ceil((start - first) / rule.every));
    }
    case 'weeks':
      return inWeeks(rule, Math.max(start, dayOf(rule.from)));
    case 'months':
      return inMonths(rule, Math.max(start, dayOf(rule.from)));
    case 'nth weekday':
      return inPeriods(rule.of, start, (first, end) => nthWeekday(rule, first, end));
    case 'workday':
      return inPeriods(rule.of, start, (first, end) => (rule.nth === 1 ? workedFrom(first, calendar) : workedBefore(end, calendar)));
    case 'cron':
      return cronFrom(rule.days, start);
  }
}

function inWeeks({ every, weekdays, from }: DateRule & { kind: 'weeks' }, start: Day): Day {
  const first = mondayOf(dayOf(from));
  const week = first + 7 * every * Math.floor((start - first) / (7 * every));
  const days = [week, week + 7 * every].flatMap((monday) => weekdays.map((weekday) => monday + weekday - 1));
  return Math.min(...days.filter((day) => day >= start));
}

function inMonths({ every, day, from }: DateRule & { kind: 'months' }, start: Day): Day {
  const first = monthOf(dayOf(from));
  const month = first + every * Math.floor((monthOf(start) - first) / every);
  const dayIn = (which: number) => Math.min(firstOf(which) + day - 1, firstOf(which + 1) - 1);
  return dayIn(month) >= start ? dayIn(month) : dayIn(month + every);
}

const MONTHS: Readonly<Record<Period, number>> = { month: 1, quarter: 3, year: 12 };

/** The day that is chosen in each period, from its first day and the one after its last. */
function inPeriods(period: Period, start: Day, chosen: (first: Day, end: Day) => Day): Day {
  const length = MONTHS[period];
  const month = length * Math.floor(monthOf(start) / length);
  const here = chosen(firstOf(month), firstOf(month + length));
  return here >= start ? here : chosen(firstOf(month + length), firstOf(month + 2 * length));
}

function nthWeekday({ nth, weekday }: DateRule & { kind: 'nth weekday' }, first: Day, end: Day): Day {
  const earliest = nth === -1 ? end - 7 : first + 7 * (nth - 1);
  return earliest + ((weekday - weekdayOf(earliest) + 7) % 7);
}

function workedBefore(end: Day, calendar: Calendar): Day {
  let day = end - 1;
  while (!isWorkedDay(day, calendar)) day--;
  return day;
}

const crons = new Map<string, Cron>();
const CRONS = 500;

/** The days are asked in UTC, where each has its midnight. */
function cronFrom(days: string, start: Day): Day | undefined {
  let cron = crons.get(days);
  if (!cron) {
    if (crons.size >= CRONS) crons.clear();
    crons.set(days, (cron = new Cron(`0 0 ${days}`, { timezone: 'UTC', paused: true, mode: '5-part' })));
  }
  const next = cron.nextRun(new Date(start * DAY - 1));
  return next ? next.getTime() / DAY : undefined;
}
