import { type Refused, refused } from '../../src/flow.ts';
import { text } from '../../src/text.ts';
import { monthMeant, MONTHS } from './dateword.ts';
import { type Day, dateOf, dayOfMonth, firstOf, monthOf, weekdayOf } from './day.ts';
import { ruledFrom } from './due.ts';
import { type DateRule, type Period, WEEKDAYS } from './schedule.ts';
import { timeMeant } from './time.ts';

/** What the words for the days say: a rule, perhaps that working days are meant, perhaps a time that stood bare at the end. */
export interface Reading {
  rule: DateRule;
  worked?: true;
  time?: string;
}

/** The rule that some words mean (`every second tuesday`), counted from a day; undefined when they are not understood. */
export function ruleMeant(said: string, start: Day): Reading | Refused | undefined {
  const tokens = tokensOf(said);
  const [, before, hour] = /^(.*(?:day|w\d)) (\d{1,2})$/.exec(tokens) ?? [];
  const time = hour ? timeMeant(hour) : undefined;
  const reading = before && time ? read(before, start) : read(tokens, start);
  return reading && !('refused' in reading) && time ? { ...reading, time } : reading;
}

/** The most that may lie between two days of a schedule. */
const MOST = { day: 366, week: 104, month: 120 } as const;

/**
 * Words become tokens, and one line below reads one way of saying it. `w2` is Tuesday, `m3` March, `#2` second, `#-1` last; what only
 * joins words (at, on, the, of, and) is gone.
 */
function read(tokens: string, start: Day): Reading | Refused | undefined {
  for (const [form, meaning] of FORMS) {
    const found = form.exec(tokens);
    if (found) return meaning(found.groups ?? {}, start);
  }
  return undefined;
}

type Groups = Readonly<Record<string, string | undefined>>;

const FORMS: readonly [RegExp, (groups: Groups, start: Day) => Reading | Refused | undefined][] = [
  [/^(?:every )?(?:day )?weekday$/, (_, start) => weeks('1', 'w1 w2 w3 w4 w5', start)],
  [/^(?:every )?workday$/, (_, start) => ({ rule: { kind: 'days', every: 1, from: dateOf(start) }, worked: true })],
  [/^every(?: #?(?<n>\d+))? day$/, ({ n }, start) => days(n, start)],
  [/^every(?: #?(?<n>\d+))? week(?<weekdays>(?: w\d)*)$/, ({ n, weekdays }, start) => weeks(n, weekdays, start)],
  [/^(?<weekdays>(?:w\d )+)every(?: #?(?<n>\d+))? week$/, ({ n, weekdays }, start) => weeks(n, weekdays, start)],
  [/^(?:every )?(?<weekdays>w\d(?: w\d)*)$/, ({ weekdays }, start) => weeks('1', weekdays, start)],
  [/^every #?(?<n>[02-9]|\d\d+)(?<weekdays>(?: w\d)+)$/, ({ n, weekdays }, start) => weeks(n, weekdays, start)],
  [
    /^(?:every )?#(?<nth>-?\d+) w(?<weekday>\d) (?:every )?(?<of>month|quarter|year)$/,
    ({ nth, weekday, of }) => nthWeekday(nth, weekday, of),
  ],
  [/^(?:#(?<nth>-?\d+)|every #(?<edge>-?1)) w(?<weekday>\d)$/, ({ nth, edge: one, weekday }) => nthWeekday(nth ?? one, weekday, 'month')],
  [/^every (?<of>month|quarter|year) #(?<nth>-?\d+) w(?<weekday>\d)$/, ({ nth, weekday, of }) => nthWeekday(nth, weekday, of)],
  [/^(?:every )?#(?<nth>-?1) (?:workday|weekday)(?: (?:every )?(?<of>month|quarter|year))?$/, ({ nth, of }) => workday(nth, of)],
  [/^every (?<of>month|quarter|year) #(?<nth>-?1) (?:workday|weekday)$/, ({ nth, of }) => workday(nth, of)],
  [/^(?:every )?#(?<nth>-?1) day (?:every )?(?<of>month|quarter|year)$/, ({ nth, of }, start) => edge(nth, of, start)],
  [/^every (?<of>month|quarter|year) #(?<nth>-?1)(?: day)$/, ({ nth, of }, start) => edge(nth, of, start)],
  [/^every(?: #?(?<n>\d+))? month(?: #?(?<day>\d+))?$/, ({ n, day }, start) => months(n, 1, day, start)],
  [/^#?(?<day>\d+) (?:every (?:#?(?<n>\d+) )?)?month$/, ({ n, day }, start) => months(n, 1, day, start)],
  [/^every(?: #?(?<n>\d+))? month #-1(?: day)?$/, ({ n }, start) => months(n, 1, '31', start)],
  [/^#-1 day every #?(?<n>\d+) month$/, ({ n }, start) => months(n, 1, '31', start)],
  [/^every(?: #?(?<n>\d+))? quarter$/, ({ n }, start) => months(n, 3, undefined, start)],
  [/^every quarter #?(?<day>\d+)$/, ({ day }, start) => months('1', 3, day, start, { step: 3, first: 0 })],
  [/^every(?: #?(?<n>\d+))? year$/, ({ n }, start) => months(n, 12, undefined, start)],
  [/^every(?: #?(?<n>\d+))? year #?(?<day>-?\d+)(?: day)? m(?<month>\d+)$/, ({ n, day, month }, start) => yearly(n, day, month, start)],
  [/^every(?: #?(?<n>\d+))? year m(?<month>\d+) #?(?<day>\d+)$/, ({ n, day, month }, start) => yearly(n, day, month, start)],
  [
    /^(?:every )?#?(?<day>-?\d+)(?: day)? m(?<month>\d+)(?: every(?: #?(?<n>\d+))? year)?$/,
    ({ n, day, month }, start) => yearly(n, day, month, start),
  ],
  [
    /^(?:every )?m(?<month>\d+) #?(?<day>\d+)(?: every(?: #?(?<n>\d+))? year)?$/,
    ({ n, day, month }, start) => yearly(n, day, month, start),
  ],
];

function days(n: string | undefined, start: Day): Reading | Refused {
  const every = Number(n ?? 1);
  return outside(every, MOST.day) ?? { rule: { kind: 'days', every, from: dateOf(start) } };
}

function weeks(n: string | undefined, names: string | undefined, start: Day): Reading | Refused {
  const every = Number(n ?? 1);
  const said = [...(names ?? '').matchAll(/\d/g)].map(Number);
  const weekdays = said.length === 0 ? [weekdayOf(start)] : [...new Set(said)].sort();
  const wrong = outside(every, MOST.week);
  if (wrong) return wrong;
  // The first is the next of these weekdays, this week or not.
  const first = ruledFrom({ kind: 'weeks', every: 1, weekdays, from: dateOf(start) }, start, {})!;
  return { rule: { kind: 'weeks', every, weekdays, from: dateOf(first) } };
}

function nthWeekday(said: string | undefined, weekday: string | undefined, of: string | undefined): Reading | Refused {
  const nth = Number(said);
  if (nth !== 1 && nth !== 2 && nth !== 3 && nth !== 4 && nth !== -1)
    return refused(
      text`Not every month has a fifth of a weekday. Write the first, second, third, fourth or last, like “last Friday of the month”.`,
    );
  return { rule: { kind: 'nth weekday', nth, weekday: Number(weekday), of: (of ?? 'month') as Period } };
}

const workday = (nth: string | undefined, of: string | undefined): Reading => ({
  rule: { kind: 'workday', nth: nth === '1' ? 1 : -1, of: (of ?? 'month') as Period },
});

const LENGTH: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };

/** The first or last day of each period. */
function edge(nth: string | undefined, of: string | undefined, start: Day): Reading | Refused {
  const step = LENGTH[of!]!;
  return months('1', step, nth === '1' ? '1' : '31', start, { step, first: nth === '1' ? 0 : step - 1 });
}

function yearly(n: string | undefined, said: string | undefined, month: string | undefined, start: Day): Reading | Refused {
  const name = MONTHS[Number(month) - 1]!;
  const longest = firstOf(LEAP + Number(month)) - firstOf(LEAP + Number(month) - 1);
  const day = Number(said) === -1 ? longest : Number(said);
  if (day < 1 || day > longest) return refused(text`${day} ${name} does not exist in any year: ${name} has at most ${longest} days.`);
  return months(n, 12, String(day), start, { step: 12, first: Number(month) - 1 });
}

/** January of a leap year, in which every month is as long as it can be. */
const LEAP = 12 * 2028;

/** Every n times some months; with a grid the first is one of the months that come every `step`, otherwise the next that has the day. */
function months(
  n: string | undefined,
  times: number,
  said: string | undefined,
  start: Day,
  grid: { step: number; first: number } = { step: 1, first: 0 },
): Reading | Refused {
  const every = Number(n ?? 1) * times;
  const day = Number(said ?? dayOfMonth(start));
  if (day < 1 || day > 31) return refused(text`No month has a day ${day}. Write a day from 1 to 31, like “monthly on the 15th”.`);
  const wrong = outside(every, MOST.month);
  if (wrong) return wrong;
  const year = 12 * Math.floor(monthOf(start) / 12);
  const first = ruledFrom({ kind: 'months', every: grid.step, day, from: dateOf(firstOf(year - 12 + grid.first)) }, start, {})!;
  const longest = firstOf(LEAP + (monthOf(first) % 12) + 1) - firstOf(LEAP + (monthOf(first) % 12));
  return { rule: { kind: 'months', every, day: every % 12 === 0 ? Math.min(day, longest) : day, from: dateOf(first) } };
}

const outside = (every: number, most: number): Refused | undefined =>
  every >= 1 && every <= most
    ? undefined
    : refused(
        text`It can repeat at least every day and at most every ${MOST.day} days, ${MOST.week} weeks, ${MOST.month} months or ${MOST.month / 12} years, like “every 3 days”.`,
      );

const JOINING = new Set(['at', 'on', 'the', 'of', 'and', 'a', 'in', 'per', '&']);
const NUMBERS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const ORDINALS = ['', 'first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth', 'eleventh', 'twelfth'];
const SAME: Readonly<Record<string, string>> = {
  each: 'every',
  once: 'every',
  other: '#2',
  last: '#-1',
  daily: 'every day',
  weekly: 'every week',
  fortnightly: 'every 2 week',
  fortnight: '2 week',
  monthly: 'every month',
  quarterly: 'every quarter',
  'half-yearly': 'every 6 month',
  yearly: 'every year',
  annually: 'every year',
  weds: 'w3',
};

function tokensOf(said: string): string {
  return said
    .replaceAll(/\b(?:working|work|business) (days?)\b/g, 'work$1')
    .replaceAll(/\bevery (\d{1,2}(?:st|nd|rd|th) of (?:the|each|every) month)\b/g, '$1')
    .replaceAll(/\b(?:from )?mon(?:day)?s? ?(?:to|-|–|through) ?fri(?:day)?s?\b/g, 'weekday')
    .split(/[\s,;]+/)
    .filter((word) => word !== '' && !JOINING.has(word))
    .map(tokenOf)
    .join(' ');
}

function tokenOf(word: string): string {
  const singular = /^(day|week|month|quarter|year|workday|weekday)s?$/.exec(word)?.[1];
  if (singular) return singular;
  if (Object.hasOwn(SAME, word)) return SAME[word]!;
  if (word === 'every' || /^\d{1,6}$/.test(word)) return word;
  const counted =
    /^(\d{1,6})(?:st|nd|rd|th|\.)$/.exec(word)?.[1] ?? (ORDINALS.indexOf(word) > 0 ? String(ORDINALS.indexOf(word)) : undefined);
  if (counted) return `#${Number(counted)}`;
  if (NUMBERS.includes(word)) return String(NUMBERS.indexOf(word));
  const weekday = weekdayMeant(word);
  if (weekday) return `w${weekday}`;
  const month = monthMeant(word);
  return month ? `m${month}` : '?';
}

/** 1 to 7 of the name of a weekday, its beginning of three letters or more, or its plural. */
export function weekdayMeant(word: string): number | undefined {
  const index = word.length < 3 ? -1 : WEEKDAYS.findIndex((name) => `${name.toLowerCase()}s`.startsWith(word.toLowerCase()));
  return index < 0 ? undefined : index + 1;
}
