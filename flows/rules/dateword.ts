import { isDate } from '../../src/zone.ts';

export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** 1 to 12 of the name of a month or its beginning of three letters or more; undefined of anything else. */
export function monthMeant(word: string): number | undefined {
  const index = word.length < 3 ? -1 : MONTHS.findIndex((month) => month.toLowerCase().startsWith(word.toLowerCase()));
  return index < 0 ? undefined : index + 1;
}

/** `2027-12-31` of a day as people write it: 2027-12-31, 31 December 2027, Dec 31 2027, 31.12.2027; undefined when there is no such day. */
export function dateMeant(said: string): string | undefined {
  const wanted = said.trim().toLowerCase().replaceAll(',', ' ').replaceAll(/\s+/g, ' ');
  const date =
    read(/^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})$/, wanted) ??
    read(/^(?<day>\d{1,2})\. ?(?<month>\d{1,2})\. ?(?<year>\d{4})$/, wanted) ??
    read(/^(?:the )?(?<day>\d{1,2})(?:st|nd|rd|th|\.)? (?:of )?(?<month>[a-z]+) (?<year>\d{4})$/, wanted) ??
    read(/^(?<month>[a-z]+) (?:the )?(?<day>\d{1,2})(?:st|nd|rd|th)? (?<year>\d{4})$/, wanted);
  return date !== undefined && isDate(date) ? date : undefined;
}

/** `31 December 2027`. */
export const dateWords = (date: string): string => `${Number(date.slice(8))} ${MONTHS[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`;

function read(form: RegExp, wanted: string): string | undefined {
  const { year, month, day } = form.exec(wanted)?.groups ?? {};
  if (!year || !month || !day) return undefined;
  const number = /\d/.test(month) ? month : monthMeant(month);
  return `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`;
}
