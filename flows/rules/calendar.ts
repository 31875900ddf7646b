import Holidays from 'date-holidays';
import { type Day, dateOf, dayOf, weekdayOf } from './day.ts';
import type { Calendar } from './schedule.ts';

/** Countries whose public holidays are known, by their ISO 3166 code: `{ DE: 'Germany' }`, by name. */
export const COUNTRIES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(new Holidays().getCountries('en')).sort(([, one], [, other]) => (one < other ? -1 : 1)),
);

/** Whether a date (`2027-03-15`) is a working day. */
export const isWorked = (date: string, calendar: Calendar): boolean => isWorkedDay(dayOf(date), calendar);

/** The working day that comes so many working days after a date; with 0 the date itself, or the next one that is worked. */
export function addWorked(date: string, days: number, calendar: Calendar): string {
  let day = workedFrom(dayOf(date), calendar);
  for (let left = days; left > 0; left--) day = workedFrom(day + 1, calendar);
  return dateOf(day);
}

/** What the country celebrates on a date, in English; undefined when nothing. */
export function holidayName(date: string, { country }: Calendar): string | undefined {
  return country === undefined ? undefined : holidaysOf(country, Number(date.slice(0, 4))).get(dayOf(date));
}

/** The day itself, or the next one that is worked. */
export function workedFrom(day: Day, calendar: Calendar): Day {
  let worked = day;
  while (!isWorkedDay(worked, calendar)) worked++;
  return worked;
}

export function isWorkedDay(day: Day, { country }: Calendar): boolean {
  if (weekdayOf(day) > 5) return false;
  return country === undefined || !holidaysOf(country, Number(dateOf(day).slice(0, 4))).has(day);
}

const years = new Map<string, ReadonlyMap<Day, string>>();

function holidaysOf(country: string, year: number): ReadonlyMap<Day, string> {
  const key = `${country} ${year}`;
  let found = years.get(key);
  if (!found) {
    found = new Map(
      new Holidays(country, { types: ['public'] }).getHolidays(year, 'en').map(({ date, name }) => [dayOf(date.slice(0, 10)), name]),
    );
    years.set(key, found);
  }
  return found;
}
