import { Temporal } from 'temporal-polyfill';
import { momentIn, type Text, text, typed } from '../../src/text.ts';
import { instantIn, localOf } from '../../src/zone.ts';
import { addWorked, isWorked } from '../rules/calendar.ts';
import { nextAfter, nextDates } from '../rules/due.ts';
import { afterQuiet, type Quiet } from '../rules/quiet.ts';
import { type Schedule, scheduleText, successionText } from '../rules/schedule.ts';
import type { Cadence, Kind } from './state.ts';

/** When a cadence falls due, and when nobody is asked anything. */
export interface Plan {
  schedule: Schedule;
  /** Follows once the first schedule has come to its end. */
  later?: Schedule;
  quiet?: Quiet;
  /** The words that the schedule was meant by; absent for the usual one of its kind. */
  words?: string;
}

export const zoneOf = ({ schedule }: Plan): string => schedule.zone;

/** The day of a moment where the plan is kept: `2027-12-31`. */
export const dateIn = (plan: Plan, at: number): string => localOf(zoneOf(plan), at).date;

/** The last day that it may fall on: `2027-12-31`. */
export const lastDayOf = ({ schedule, later }: Plan): string | undefined => (later ?? schedule).until;

/** The next intended moment strictly after another; undefined after the last. */
export const nextOf = ({ schedule, later }: Plan, after: number): number | undefined =>
  nextAfter(schedule, after) ?? (later && nextAfter(later, after));

/** The next intended moments, at most `count`. */
export function datesOf({ schedule, later }: Plan, after: number, count: number): number[] {
  const first = nextDates(schedule, after, count);
  const rest = later && first.length < count ? nextDates(later, first.at(-1)?.at ?? after, count - first.length) : [];
  return [...first, ...rest].map(({ at }) => at);
}

/** The moment, or the end of the quiet hours that it falls into. */
export const whenAwake = ({ quiet, schedule }: Plan, at: number): number => (quiet ? afterQuiet(at, quiet, schedule.zone) : at);

/** The same time of day so many working days later, outside the quiet hours. */
export function workedLater(plan: Plan, at: number, days: number): number {
  const { date, time } = localOf(zoneOf(plan), at);
  return whenAwake(plan, instantIn(zoneOf(plan), addWorked(date, days, plan.schedule.calendar ?? {}), time));
}

/** At the schedule's time of day a week later, or on the next working day where it keeps to those. */
export function weekLater({ schedule }: Plan, at: number): number {
  const { zone, time, calendar } = schedule;
  const date = Temporal.PlainDate.from(localOf(zone, at).date).add({ days: 7 }).toString();
  return instantIn(zone, calendar && !isWorked(date, calendar) ? addWorked(date, 0, calendar) : date, time);
}

/**
 * When a cadence falls due if nobody says otherwise, on the day of the month that `from` is, at nine: retraining and optimization
 * monthly, evangelism and governance quarterly (decision framework, cadences).
 */
export function usualPlan(kind: Kind, zone: string, from: number): Plan {
  return { schedule: every(kind === 'evangelism' || kind === 'governance' ? 3 : 1, zone, from) };
}

/** After a decision, optimization begins in the seventh month, monthly until the twelfth, and is then quarterly (decision framework). */
export function optimizationAfter(zone: string, decided: number): Plan {
  return {
    schedule: { ...every(1, zone, decided, 7), until: monthsAfter(zone, decided, 12) },
    later: every(3, zone, decided, 15),
  };
}

function every(months: number, zone: string, from: number, first = months): Schedule {
  const day = Number(localOf(zone, from).date.slice(8));
  return { rule: { kind: 'months', every: months, day, from: monthsAfter(zone, from, first) }, time: '09:00', zone };
}

const monthsAfter = (zone: string, at: number, months: number): string =>
  Temporal.PlainDate.from(localOf(zone, at).date).add({ months }).toString();

/** The plan in words, as it is read back and recorded. */
export function planText({ schedule, later }: Plan): string {
  return later ? successionText(schedule, later) : scheduleText(schedule);
}

/** What is read back before a plan is saved: the schedule in words, its next five dates as they stand in its zone, and its terms. */
export function readBack(plan: Plan, after: number): Text[] {
  const { schedule, quiet, words } = plan;
  const dates = datesOf(plan, after, 5);
  return [
    text`${words && text`“${typed(words)}” means: `}${planText(plan)}. ${dates.length < 5 ? `These are all of its dates:` : 'The next five dates:'}`,
    ...dates.map((at) => text`• ${momentIn(schedule.zone, at, 'minute')} (${schedule.zone})`),
    ...(schedule.calendar ? [text`A day that is not worked gives way to the next one that is.`] : []),
    ...(quiet ? [text`Nobody is reminded from ${quiet.from} to ${quiet.to}: what falls into these hours comes at their end.`] : []),
  ];
}

/** The next date of a plan on a later day than the last one that had its reminder. */
export function nextFresh(plan: Plan, after: number, intended: Cadence['intended']): number | undefined {
  const had = intended === undefined ? '' : dateIn(plan, intended);
  for (let next = nextOf(plan, after); next !== undefined; next = nextOf(plan, next)) if (dateIn(plan, next) > had) return next;
  return undefined;
}
