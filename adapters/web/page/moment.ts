import { zone } from './wire.ts';

const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const both = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });

/** `Sunday 22 November 2026`, in the reader's zone and language. */
export const dayOf = (at: number): string => day.format(at);
/** `17:00`. */
export const timeOf = (at: number): string => time.format(at);
export const momentOf = (at: number): string => `${both.format(at)} (${zone})`;

/** The moment as a date-time input takes it. */
export function inputOf(at: number): string {
  const local = new Date(at);
  local.setMinutes(local.getMinutes() - local.getTimezoneOffset());
  return local.toISOString().slice(0, 16);
}

/** The same wall-clock time a month later; the last day of the month where there is no such day. */
export function monthLater(at: number): number {
  const later = new Date(at);
  later.setMonth(later.getMonth() + 1);
  if (later.getDate() !== new Date(at).getDate()) later.setDate(0);
  return later.getTime();
}
