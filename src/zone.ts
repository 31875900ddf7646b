import { Temporal } from 'temporal-polyfill';

/** Local wall-clock time ↔ epoch milliseconds. A time in the gap of a clock change moves forward, one that comes twice is the first. */
export function instantIn(zone: string, date: string, time: string): number {
  return Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
}

/** `{ date: '2026-11-24', time: '17:00' }` of a moment in a zone. */
export function localOf(zone: string, at: number): { date: string; time: string } {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return { date: local.toPlainDate().toString(), time: local.toPlainTime().toString({ smallestUnit: 'minute' }) };
}

/** The same wall-clock time some days later in the zone, whatever the clock change between. */
export function daysLater(zone: string, at: number, days: number): number {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).add({ days }).epochMilliseconds;
}

/** Whether this machine knows the IANA zone (`Europe/Berlin`). */
export function isZone(zone: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Whether it is a day of the calendar: `2026-02-30` is not. */
export function isDate(date: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return false;
  try {
    Temporal.PlainDate.from(date, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}
