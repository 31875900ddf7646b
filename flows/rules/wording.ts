import { type Refused, refused } from '../../src/flow.ts';
import { text, typed } from '../../src/text.ts';
import type { Schedule } from './schedule.ts';

/**
 * The schedule that a person means by plain English words or a cron expression; refused when it is not understood, never falls due, or
 * would fall due more than once a day. Counting begins `today` (`2027-03-15`), times are those of `zone` unless the words name another.
 */
export function scheduleMeant(said: string, { zone, today }: { zone: string; today: string }): Schedule | Refused {
  const [, weekday, time = '09:00'] = /^every (monday|tuesday|wednesday|thursday|friday)(?: at (\d\d:\d\d))?$/i.exec(said) ?? [];
  if (weekday) {
    const number = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].indexOf(weekday.toLowerCase()) + 1;
    return { rule: { kind: 'weeks', every: 1, weekdays: [number], from: today }, time, zone };
  }
  const [, day, at = '09:00'] = /^monthly on the (\d{1,2})(?:st|nd|rd|th)(?: at (\d\d:\d\d))?$/i.exec(said) ?? [];
  if (day) return { rule: { kind: 'months', every: 1, day: Number(day), from: today }, time: at, zone };
  return refused(
    text`“${typed(said.slice(0, 200))}” is not understood. Write it like “every second Tuesday at 9:30”, “first Monday of the quarter”, “last workday of the month” or “30 9 * * 2”.`,
  );
}
