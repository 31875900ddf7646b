import { type Refused, refused } from '../../src/flow.ts';
import { text, typed } from '../../src/text.ts';
import { instantIn, isZone } from '../../src/zone.ts';
import { countryMeant } from './calendar.ts';
import { cronMeant } from './cronword.ts';
import { dateMeant, dateWords } from './dateword.ts';
import { dayOf } from './day.ts';
import { nextDates } from './due.ts';
import { folded } from './meant.ts';
import { ruleMeant } from './ruleword.ts';
import type { Calendar, DateRule, Schedule } from './schedule.ts';
import { timeMeant } from './time.ts';

/** Longer words for a schedule are refused unread. */
const LONGEST = 200;
/** Whatever begins by then has its first day before the year 10000. */
const LATEST = '9998-12-31';
const DEFAULT_TIME = '09:00';

const POSSIBLE =
  'Write it like “every second Tuesday at 9:30”, “monthly on the 15th”, “first Monday of the quarter”, “last workday of the month”, “yearly on 15 March” or “30 9 * * 2”';

/**
 * The schedule that a person means by plain English words or by a cron expression. Refused, with what is possible, when it is not understood,
 * never falls due, or would fall due more than once a day. Counting begins `today` (`2027-03-15`); times are those of `zone` unless
 * the words name another, and 9:00 unless they name one.
 */
export function scheduleMeant(said: string, at: { zone: string; today: string }): Schedule | Refused {
  if (said.length > LONGEST) return refused(text`That is too long for a schedule: at most ${LONGEST} characters. ${POSSIBLE}.`);
  if (/[^\P{C}\s]/u.test(said)) return refused(text`There is a character in it that cannot be seen. ${POSSIBLE}.`);
  if (said.trim() === '') return refused(text`Say when it falls due. ${POSSIBLE}.`);
  const named = apart(said);
  if ('refused' in named) return named;
  const { words, zone = at.zone, begins = at.today, until, calendar } = named;
  if (!isZone(zone)) return refused(text`There is no time zone “${typed(zone)}”. Write it like “every Tuesday at 9:30 in Europe/Berlin”.`);
  if (until !== undefined && until < at.today)
    return refused(text`It would end on ${dateWords(until)}, which is past. Write a day to come, like “until ${inAYear(at.today)}”.`);
  if (until !== undefined && until < begins)
    return refused(text`It would end on ${dateWords(until)}, before it begins on ${dateWords(begins)}.`);

  if (begins > LATEST) return refused(text`It would begin on ${dateWords(begins)}. Let it begin on ${dateWords(LATEST)} at the latest.`);

  const start = dayOf(begins);
  const reading = cronMeant(words, start) ?? timed(words, (rest) => ruleMeant(rest, start)) ?? notUnderstood(said);
  if ('refused' in reading) return reading;
  const { rule, time = DEFAULT_TIME, worked } = reading;
  if (named.begins !== undefined && !isCounted(rule))
    return refused(text`What comes every so many days, weeks or months can begin on a day. Leave “from ${dateWords(begins)}” out here.`);
  const working = calendar ?? (worked && {});
  const schedule: Schedule = { rule, time, zone, ...(working && { calendar: working }), ...(until !== undefined && { until }) };
  if (nextDates({ ...schedule, zone: 'UTC' }, instantIn('UTC', at.today, '00:00') - 1, 1).length > 0) return schedule;
  return until === undefined
    ? refused(text`“${typed(said.trim())}” never falls due: that day does not exist in any year. ${POSSIBLE}.`)
    : refused(text`“${typed(said.trim())}” ends before it falls due for the first time. Let it end later, or never.`);
}

/** What comes every so many days, weeks or months is counted from a day. */
const isCounted = ({ kind }: DateRule): boolean => kind === 'days' || kind === 'weeks' || kind === 'months';

const inAYear = (date: string): string => dateWords(`${Number(date.slice(0, 4)) + 1}-12-31`);

const notUnderstood = (said: string): Refused =>
  refused(
    text`“${typed(said.trim())}” is not understood as a schedule. ${POSSIBLE}; a time, a zone, working days and an end may follow: “…, 17:00, Europe/Berlin time, working days of Germany, until 31 December 2030”.`,
  );

/** What follows the days and the time, taken apart from them. */
interface Named {
  /** What is left: the days and the time. */
  words: string;
  zone?: string;
  calendar?: Calendar;
  begins?: string;
  until?: string;
}

const ZONE = /(?:^|[\s,])(?:in )?([a-z_]+\/[a-z][\w+-]*(?:\/\w[\w-]*)?|utc|gmt)(?: time)?(?=$|[\s,])/i;

const UNTIL = /^(?:(.*) )?(?:until|till)(?: on)? (.+)$/;
const FROM = /^(?:(.*) )?(?:from|since|(?:starting|beginning)(?: on| from)?) (?!mon)(.+)$/;
const WORKED = /^(?:only |on )*(?:working days|work days|workdays|business days)(?: only)?(?: (?:of|in) (.+))?$/;

function apart(said: string): Named | Refused {
  const [all, zone] = ZONE.exec(said) ?? [];
  const named: Named = { words: '', ...(zone && { zone: zoneNamed(zone) }) };
  const clauses = folded(all ? said.replace(all, ', ') : said)
    .replaceAll(/(\d), (\d{4})\b/g, '$1 $2')
    .split(/ ?[,;](?:[ ,;]+|$)/);
  const rest: string[] = [];
  for (const clause of clauses) {
    const [before = clause, end] = partsOf(UNTIL, clause);
    const [words = before, begin] = partsOf(FROM, before);
    for (const date of [begin, end])
      if (date !== undefined && dateMeant(date) === undefined)
        return refused(text`“${typed(date)}” is no day of the calendar up to the year 9999. Write it like 2030-12-31 or 31 December 2030.`);
    if (end !== undefined) named.until = dateMeant(end)!;
    if (begin !== undefined) named.begins = dateMeant(begin)!;
    const [worked, country] = rest.length > 0 ? partsOf(WORKED, words, 0) : [];
    const code = country === undefined ? undefined : countryMeant(country);
    if (typeof code === 'object') return code;
    if (worked === undefined) rest.push(words);
    else named.calendar = code === undefined ? {} : { country: code };
  }
  named.words = rest.filter((words) => words !== '').join(' ');
  return named;
}

/** What a form finds in some words; with `before` empty where nothing stands there, and nothing at all where it does not fit. */
function partsOf(form: RegExp, said: string, first = 1): (string | undefined)[] {
  const found = form.exec(said);
  return found ? [found[first] ?? '', found[first + 1]] : [];
}

/** As the zone is written in the list of this machine, when it stands there. */
const zoneNamed = (said: string): string =>
  /^(?:utc|gmt)$/i.test(said)
    ? 'UTC'
    : (Intl.supportedValuesOf('timeZone').find((zone) => zone.toLowerCase() === said.toLowerCase()) ?? said);

const TIME =
  /(?:\bat )?\b(?:noon|midday|midnight|\d{1,2}[:.h]\d{2}(?: ?[ap]\.?m\b\.?)?|\d{1,2} ?(?:[ap]\.?m\b\.?|h\b|o'?clock\b))|\bat \d{1,4}\b/g;

/** More than one a day, whatever the words beside it. */
const OFTEN =
  /\b(?:hourly|every (?:\S+ )?(?:hours?|minutes?|mins?|seconds|secs?)|every \d+ seconds?|twice (?:a|per|every) day|twice daily|times (?:a|per|every) day|times daily)\b|\bevery second$/;

/** The time is taken out of the words, and the rest read as days. */
function timed(words: string, daysMeant: (rest: string) => ReturnType<typeof ruleMeant>): ReturnType<typeof ruleMeant> {
  const found = words.match(TIME) ?? [];
  const rest = words
    .replaceAll(TIME, ' ')
    .replaceAll(/[\s,]+/g, ' ')
    .trim();
  if (found.length > 1 || OFTEN.test(rest))
    return refused(
      text`A schedule falls due at most once a day, so it has one time and comes every so many days, weeks or months. ${POSSIBLE}.`,
    );
  const [said] = found.map((one) => one.replace(/^at /, ''));
  const time = said === undefined ? undefined : timeMeant(said);
  if (said !== undefined && time === undefined)
    return refused(text`“${typed(said)}” is no time of the day. Write it like 9:30, 17:00 or 5 pm.`);
  const reading = daysMeant(rest);
  if (!reading || 'refused' in reading || time === undefined) return reading;
  return reading.time === undefined ? { ...reading, time } : undefined;
}
