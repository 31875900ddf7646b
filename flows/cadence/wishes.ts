import { z } from 'zod';
import * as field from '../../src/field.ts';
import { type Moment, type Refused, refused } from '../../src/flow.ts';
import { text, typed } from '../../src/text.ts';
import { localOf } from '../../src/zone.ts';
import { COUNTRIES } from '../rules/calendar.ts';
import { folded, meant } from '../rules/meant.ts';
import { quietMeant } from '../rules/quiet.ts';
import type { Calendar, Schedule } from '../rules/schedule.ts';
import { scheduleMeant } from '../rules/wording.ts';
import { datesOf, lastDayOf, type Plan } from './plan.ts';

/** What people say of when a cadence falls due, as they type it. */
export interface Wishes {
  when?: string;
  workdays?: string;
  quiet?: string;
  until?: string;
}

const EXAMPLES = 'Like “every second Tuesday 9:30”, “first Monday of the quarter”, “last workday of the month” or a cron expression.';

/** The longest words for a schedule that anybody needs. */
const LONGEST = 200;

/** The words for when, which may be left out. */
export const whenField = (hint: string, title = 'When') =>
  z
    .string()
    .min(1)
    .max(LONGEST)
    .meta({ title, kind: 'text', hint: `${EXAMPLES} ${hint}` })
    .optional();

const TERMS = 'Fine tuning';

/** The fields beside “When”. */
export const terms = {
  workdays: field
    .name('Working days', {
      group: TERMS,
      hint: 'A country, like “Germany” or “DE”: only Monday to Friday, without its public holidays. “Weekdays”: just Monday to Friday. Empty: any day.',
    })
    .optional(),
  quiet: field.name('Quiet hours', { group: TERMS, hint: 'Like 18:00-8:00: nobody is reminded then.' }).optional(),
  until: field.date('Ends on', { group: TERMS, hint: 'The last day that it may fall on; empty: it goes on.' }).optional(),
};

/**
 * The plan that is wished for, read as of `moment`; refused at its field, with an example. Words that are left out leave the schedule
 * of `otherwise` as it is, and words that stay as they were go on counting from where they did; terms that are left out fall away.
 */
export function planMeant(wishes: Wishes, zone: string, moment: Moment, otherwise: Plan): Plan | Refused {
  const { when, until } = wishes;
  const { calendar: _calendar, until: _until, ...bare } = otherwise.schedule;
  const read = when === undefined ? { ...bare, zone } : scheduleMeant(when, { zone, today: localOf(zone, moment.at).date });
  if ('refused' in read) return { ...read, at: 'when' };
  const said = when !== undefined && when === otherwise.words ? { ...read, rule: bare.rule } : read;
  const calendar = wishes.workdays === undefined ? undefined : calendarMeant(wishes.workdays);
  if (calendar && 'refused' in calendar) return calendar;
  const quiet = wishes.quiet === undefined ? undefined : quietMeant(wishes.quiet);
  if (quiet && 'refused' in quiet) return { ...quiet, at: 'quiet' };
  const withTerms = (schedule: Schedule): Schedule => ({ ...schedule, ...(calendar ? { calendar } : {}) });
  const later = when === undefined && otherwise.later ? withTerms({ ...otherwise.later, zone }) : undefined;
  const first = withTerms(said);
  // Of two schedules the first one ends where the second begins, whatever the end of both.
  const ends = later && otherwise.schedule.until !== undefined ? { until: otherwise.schedule.until } : {};
  const plan: Plan = {
    schedule: later ? { ...first, ...ends } : until === undefined ? first : { ...first, until },
    ...(later ? { later: until === undefined ? later : { ...later, until } } : {}),
    ...(quiet ? { quiet } : {}),
    ...(when === undefined ? (otherwise.words === undefined ? {} : { words: otherwise.words }) : { words: when }),
  };
  if (datesOf(plan, moment.at, 1).length > 0) return plan;
  return until === undefined
    ? refused(text`No day to come fits that. ${EXAMPLES}`, 'when')
    : refused(text`No reminder would come before ${until} is over. Choose a later end, or leave it empty.`, 'until');
}

/** The wishes that would mean the plan again, to fill a form in advance. */
export function wishesOf(plan: Plan): Wishes {
  const { quiet, words } = plan;
  const { calendar } = plan.schedule;
  const last = lastDayOf(plan);
  return {
    ...(words === undefined ? {} : { when: words }),
    ...(calendar ? { workdays: calendar.country ? (COUNTRIES[calendar.country] ?? calendar.country) : 'Weekdays' } : {}),
    ...(quiet ? { quiet: `${quiet.from}-${quiet.to}` } : {}),
    ...(last === undefined ? {} : { until: last }),
  };
}

const WEEKDAYS = new Set(['weekdays', 'weekday', 'monday to friday', 'monday-friday', 'mon-fri', 'yes']);

/** `Germany`, `Germ`, `DE`, or just `weekdays`. */
function calendarMeant(said: string): Calendar | Refused {
  if (WEEKDAYS.has(folded(said))) return {};
  const countries = Object.entries(COUNTRIES).map(([code, name]) => ({ id: code.toLowerCase(), code, name }));
  const found = meant(said, countries);
  if (found.length === 1) return { country: found[0]!.code };
  const several = found
    .slice(0, 6)
    .map(({ name }) => name)
    .join(', ');
  return refused(
    found.length > 1
      ? text`“${typed(said)}” fits several countries: ${several}. Please write more of the name.`
      : text`“${typed(said)}” is no country whose public holidays are known. Write it like “Germany” or “DE”, or “Weekdays” for Monday to Friday.`,
    'workdays',
  );
}
