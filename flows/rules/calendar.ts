import Holidays from 'date-holidays';
import { type Refused, refused } from '../../src/flow.ts';
import { text, typed } from '../../src/text.ts';
import { type Day, dateOf, dayOf, weekdayOf, yearOf } from './day.ts';
import { folded } from './meant.ts';
import type { Calendar } from './schedule.ts';

/** Countries whose public holidays are known, by their ISO 3166 code, in the order of their names: `{ DE: 'Germany' }`. */
export const COUNTRIES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(new Holidays().getCountries('en')).sort(([, one], [, other]) => (folded(one) < folded(other) ? -1 : 1)),
);

/** The code of a country that a schedule names, by code or by whole name: a shortened one could be the month of May, not Mayotte. */
export function countryMeant(said: string): string | Refused {
  const wanted = folded(said);
  const found = Object.entries(COUNTRIES).find(([code, name]) => code.toLowerCase() === wanted || folded(name) === wanted);
  return (
    found?.[0] ??
    refused(
      text`There is no holiday data for “${typed(said)}”; write a country like Germany or its code, DE, or leave it out: then Monday to Friday are worked.`,
    )
  );
}

/**
 * Whether a date (`2027-03-15`) is worked: no weekend, and no public holiday of the country. Bank holidays of a trade, observances, and
 * holidays of a part of the country are worked; so is a day that is free from noon only.
 */
export const isWorked = (date: string, calendar: Calendar): boolean => isWorkedDay(dayOf(date), calendar);

/** The working day that comes so many working days after a date; with 0 the date itself, or the next one that is worked. */
export function addWorked(date: string, days: number, calendar: Calendar): string {
  let day = workedFrom(dayOf(date), calendar);
  for (let left = days; left > 0; left--) day = workedFrom(day + 1, calendar);
  return dateOf(day);
}

/** The day itself, or the next one that is worked. */
export function workedFrom(day: Day, calendar: Calendar): Day {
  let worked = day;
  while (!isWorkedDay(worked, calendar)) worked++;
  return worked;
}

export function isWorkedDay(day: Day, { country }: Calendar): boolean {
  const weekday = weekdayOf(day);
  if (country === undefined) return weekday <= 5;
  const weekend = FRIDAY_AND_SATURDAY.has(country) ? weekday === 5 || weekday === 6 : weekday > 5;
  return !weekend && !isHoliday(day, country);
}

/** Where the weekend is not Saturday and Sunday (Unicode CLDR 44, week data; Bangladesh: its government’s working hours). */
const FRIDAY_AND_SATURDAY = new Set(['BD', 'BH', 'DZ', 'EG', 'IL', 'LY', 'SA', 'SD']);

/** A holiday of several days may reach into January. */
function isHoliday(day: Day, country: string): boolean {
  const year = yearOf(day);
  return holidaysOf(country, year).has(day) || (day - dayOf(`${year}-01-01`) < 15 && holidaysOf(country, year - 1).has(day));
}

/** Working out a country’s year takes 3 to 60 ms, so the latest ones are kept. */
const years = new Map<string, ReadonlySet<Day>>();
const YEARS = 400;

function holidaysOf(country: string, year: number): ReadonlySet<Day> {
  const key = `${country} ${year}`;
  let found = years.get(key);
  if (!found) {
    found = new Set(new Holidays(country, { types: ['public'] }).getHolidays(year).flatMap(freeDays));
    if (years.size >= YEARS) years.delete(years.keys().next().value!);
    years.set(key, found);
  }
  return found;
}

const HOUR = 3_600_000;

/** The whole days of a holiday. One with a clock change has 23 hours, and half a day counts for none. */
function freeDays({ date, start, end }: { date: string; start: Date; end: Date }): Day[] {
  const first = dayOf(date.slice(0, 10));
  const days = Math.floor((end.getTime() - start.getTime() + 2 * HOUR) / (24 * HOUR));
  return Array.from({ length: days }, (_, index) => first + index);
}
