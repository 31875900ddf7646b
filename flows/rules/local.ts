import { Temporal } from 'temporal-polyfill';
import { type Day, dateOf } from './day.ts';

const DAY = 86_400_000;

/** The day of the calendar that a moment (epoch milliseconds) has in a zone. */
export const dayIn = (zone: string, at: number): Day => Math.floor((at + spanOf(zone, at).offset) / DAY);

/**
 * The moment of a wall-clock time (`09:30`) on a day in a zone. A time in the gap of a clock change is the first moment after the gap,
 * one that comes twice is the first of the two. A day that the zone skips whole is all gap.
 */
export function momentOf(zone: string, day: Day, time: string): number {
  const wall = wallOf(day, time);
  let span = spanOf(zone, wall);
  if (!holds(span, wall - span.offset)) span = spanOf(zone, wall - span.offset);
  const at = wall - span.offset;
  return holds(span, at) ? at : nearChange(zone, day, time);
}

/** Whether a zone skips a whole day, as Apia did with 30 December 2011 when it went over the date line. */
export function skips(zone: string, day: Day): boolean {
  const at = momentOf(zone, day, '00:00');
  return dayIn(zone, at) > day && dayIn(zone, at - 1) < day;
}

const wallOf = (day: Day, time: string): number => day * DAY + (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * 60_000;

function nearChange(zone: string, day: Day, time: string): number {
  const wanted = Temporal.PlainDateTime.from(`${dateOf(day)}T${time}`);
  const local = wanted.toZonedDateTime(zone, { disambiguation: 'compatible' });
  if (local.toPlainDateTime().equals(wanted)) return local.epochMilliseconds;
  return local.add({ nanoseconds: 1 }).getTimeZoneTransition('previous')!.epochMilliseconds;
}

/** A time without clock change, epoch milliseconds. Before `settled` it repeats wall-clock times that were there before `start`. */
interface Span {
  start: number;
  settled: number;
  end: number;
  offset: number;
}

const holds = ({ settled, end }: Span, at: number): boolean => at >= settled && at < end;

/** Kept for each zone, since to ask Temporal takes some twenty times as long as to add an offset. */
const spans = new Map<string, Span[]>();
const SPANS = 6;
const YEAR = 365 * DAY;

function spanOf(zone: string, at: number): Span {
  let known = spans.get(zone);
  if (!known) spans.set(zone, (known = []));
  let span = known.find(({ start, end }) => at >= start && at < end);
  if (!span) {
    const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
    const offset = local.offsetNanoseconds / 1_000_000;
    // No further than a year: how far a zone is searched for changes beyond that depends on today.
    const change = local.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
    const changed = change && change.epochMilliseconds > at - YEAR ? change : undefined;
    const start = changed?.epochMilliseconds ?? at - YEAR;
    const before = changed ? changed.subtract({ nanoseconds: 1 }).offsetNanoseconds / 1_000_000 : offset;
    const end = Math.min(at + YEAR, local.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity);
    span = { start, settled: start + Math.max(0, before - offset), end, offset };
    known.unshift(span);
    known.length = Math.min(known.length, SPANS);
  }
  return span;
}
