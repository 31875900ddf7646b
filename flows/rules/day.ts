/** Days of the calendar as whole numbers, counted from 1 January 1970: exact, small, and free of zones. */
export type Day = number;

const DAY = 86_400_000;

/** The last day that anything may name. */
export const LAST_DAY: Day = Date.UTC(9999, 11, 31) / DAY;

/** The day of a `2027-03-15` that exists. */
export const dayOf = (date: string): Day => Date.parse(`${date}T00:00:00Z`) / DAY;

/** `2027-03-15` of a day. */
export const dateOf = (day: Day): string => new Date(day * DAY).toISOString().slice(0, 10);

/** 1 is Monday, 7 is Sunday. */
export const weekdayOf = (day: Day): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** The Monday on or before a day. */
export const mondayOf = (day: Day): Day => day - weekdayOf(day) + 1;

/** Months counted through the years: `12 × year + month − 1`. */
export function monthOf(day: Day): number {
  const date = new Date(day * DAY);
  return 12 * date.getUTCFullYear() + date.getUTCMonth();
}

export const yearOf = (day: Day): number => new Date(day * DAY).getUTCFullYear();

/** The day of the month, 1 to 31. */
export const dayOfMonth = (day: Day): number => new Date(day * DAY).getUTCDate();

/** The first day of a month that is counted as `monthOf` counts. */
export const firstOf = (month: number): Day => Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY;
