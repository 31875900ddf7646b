import { describe, expect, it } from 'vitest';
import { nextDates } from '../../flows/rules/due.ts';
import { type Schedule, scheduleText } from '../../flows/rules/schedule.ts';
import { scheduleMeant } from '../../flows/rules/wording.ts';
import type { Refused } from '../../src/flow.ts';
import { plain } from '../../src/text.ts';

/** A Tuesday. */
const today = '2026-11-24';
const at = { zone: 'Europe/Berlin', today };

function understood(said: string, when = at): Schedule {
  const schedule = scheduleMeant(said, when);
  if ('refused' in schedule) throw new Error(`“${said}” is refused: ${sentence(schedule)}`);
  return schedule;
}

const sentence = ({ refused }: Refused): string => plain(refused, { person: String, channel: String }, 'UTC');
const dates = (schedule: Schedule, count: number): string[] =>
  nextDates(schedule, Date.parse(`${today}T00:00Z`) - 43_200_000, count).map(({ date }) => date);

describe('plain words', () => {
  it.each<[string, string, string]>([
    ['daily', 'every day at 09:00', '2026-11-24 2026-11-25'],
    ['every day at 9', 'every day at 09:00', '2026-11-24 2026-11-25'],
    ['each day', 'every day at 09:00', '2026-11-24 2026-11-25'],
    ['every other day', 'every second day at 09:00', '2026-11-24 2026-11-26'],
    ['every 3 days', 'every 3 days at 09:00', '2026-11-24 2026-11-27'],
    ['every third day', 'every 3 days at 09:00', '2026-11-24 2026-11-27'],
    ['every weekday 8:15', 'every weekday at 08:15', '2026-11-24 2026-11-25 2026-11-26 2026-11-27 2026-11-30'],
    ['Monday to Friday at 8', 'every weekday at 08:00', '2026-11-24 2026-11-25 2026-11-26 2026-11-27 2026-11-30'],
    ['every working day', 'every working day at 09:00', '2026-11-24 2026-11-25 2026-11-26 2026-11-27 2026-11-30'],
    ['business days at 8:00', 'every working day at 08:00', '2026-11-24 2026-11-25 2026-11-26 2026-11-27 2026-11-30'],
    ['every Tuesday at 9:30', 'every Tuesday at 09:30', '2026-11-24 2026-12-01'],
    ['Tuesdays 14', 'every Tuesday at 14:00', '2026-11-24 2026-12-01'],
    ['every monday, wednesday and fri', 'every Monday, Wednesday and Friday at 09:00', '2026-11-25 2026-11-27 2026-11-30'],
    ['every second Tuesday at 9:30', 'every second Tuesday at 09:30', '2026-11-24 2026-12-08'],
    ['every second Monday', 'every second Monday at 09:00', '2026-11-30 2026-12-14'],
    ['every other Friday', 'every second Friday at 09:00', '2026-11-27 2026-12-11'],
    ['every third Friday', 'every 3 weeks on Friday at 09:00', '2026-11-27 2026-12-18'],
    ['every two weeks on Monday and Thursday', 'every 2 weeks on Monday and Thursday at 09:00', '2026-11-26 2026-12-07 2026-12-10'],
    ['on Mondays every 4 weeks', 'every 4 weeks on Monday at 09:00', '2026-11-30 2026-12-28'],
    ['weekly', 'every Tuesday at 09:00', '2026-11-24 2026-12-01'],
    ['weekly on Friday', 'every Friday at 09:00', '2026-11-27 2026-12-04'],
    ['fortnightly', 'every second Tuesday at 09:00', '2026-11-24 2026-12-08'],
    ['every fortnight on Friday', 'every second Friday at 09:00', '2026-11-27 2026-12-11'],
    ['monthly', 'every month on the 24th at 09:00', '2026-11-24 2026-12-24'],
    ['monthly on the 15th', 'every month on the 15th at 09:00', '2026-12-15 2027-01-15'],
    ['every 15th of the month', 'every month on the 15th at 09:00', '2026-12-15 2027-01-15'],
    ['the 3rd of the month', 'every month on the 3rd at 09:00', '2026-12-03 2027-01-03'],
    ['every month on the 31st', 'every month on the last day at 09:00', '2026-11-30 2026-12-31 2027-01-31 2027-02-28'],
    ['last day of the month', 'every month on the last day at 09:00', '2026-11-30 2026-12-31'],
    ['every month on the 30th', 'every month on the 30th at 09:00', '2026-11-30 2026-12-30 2027-01-30 2027-02-28'],
    ['on the 1st of every third month', 'every 3 months on the 1st at 09:00', '2026-12-01 2027-03-01'],
    ['every 6 months', 'every 6 months on the 24th at 09:00', '2026-11-24 2027-05-24'],
    ['every second month on the 12th', 'every 2 months on the 12th at 09:00', '2026-12-12 2027-02-12'],
    ['first Monday of the month at 10', 'first Monday of the month at 10:00', '2026-12-07 2027-01-04'],
    ['every second Tuesday of the month', 'second Tuesday of the month at 09:00', '2026-12-08 2027-01-12'],
    ['monthly on the last Friday', 'last Friday of the month at 09:00', '2026-11-27 2026-12-25'],
    ['first Monday of the quarter', 'first Monday of the quarter at 09:00', '2027-01-04 2027-04-05'],
    ['last Friday of the quarter', 'last Friday of the quarter at 09:00', '2026-12-25 2027-03-26'],
    ['the 4th Thursday of each year', 'fourth Thursday of the year at 09:00', '2027-01-28 2028-01-27'],
    ['last workday of the month', 'last working day of the month at 09:00', '2026-11-30 2026-12-31 2027-01-29'],
    ['last weekday of the month', 'last working day of the month at 09:00', '2026-11-30 2026-12-31 2027-01-29'],
    ['first working day of the year', 'first working day of the year at 09:00', '2027-01-01 2028-01-03'],
    ['quarterly', 'every 3 months on the 24th at 09:00', '2026-11-24 2027-02-24'],
    ['quarterly on the 1st', 'every quarter on the 1st at 09:00', '2027-01-01 2027-04-01'],
    ['first day of the quarter', 'every quarter on the 1st at 09:00', '2027-01-01 2027-04-01'],
    ['last day of the quarter', 'last day of the quarter at 09:00', '2026-12-31 2027-03-31 2027-06-30'],
    ['every quarter on the 31st', 'every quarter on the 31st at 09:00', '2027-01-31 2027-04-30'],
    ['yearly', 'every year on 24 November at 09:00', '2026-11-24 2027-11-24'],
    ['yearly on 15 March', 'every year on 15 March at 09:00', '2027-03-15 2028-03-15'],
    ['every March 15', 'every year on 15 March at 09:00', '2027-03-15 2028-03-15'],
    ['the 15th of March every two years', 'every 2 years on 15 March at 09:00', '2027-03-15 2029-03-15'],
    ['every year on 29 February', 'every year on 29 February at 09:00', '2027-02-28 2028-02-29 2029-02-28'],
    ['every 12 months on the 31st', 'every year on 30 November at 09:00', '2026-11-30 2027-11-30'],
    ['  EVERY   second TUESDAY,  AT the 9:30 ', 'every second Tuesday at 09:30', '2026-11-24 2026-12-08'],
    ['every\ttuesday\n', 'every Tuesday at 09:00', '2026-11-24 2026-12-01'],
  ])('“%s” is %s', (said, text, next) => {
    const schedule = understood(said);
    expect(scheduleText(schedule)).toBe(`${text}, Europe/Berlin time`);
    expect(dates(schedule, next.split(' ').length).join(' ')).toBe(next);
  });

  it.each([
    ['9', '09:00'],
    ['9:30', '09:30'],
    ['09:30', '09:30'],
    ['0930', '09:30'],
    ['9am', '09:00'],
    ['9.30', '09:30'],
    ['17h', '17:00'],
    ['17h30', '17:30'],
    ['5:30 pm', '17:30'],
    ['5 p.m.', '17:00'],
    ['12 am', '00:00'],
    ['12 pm', '12:00'],
    ["9 o'clock", '09:00'],
    ['noon', '12:00'],
    ['midnight', '00:00'],
    ['0:00', '00:00'],
    ['23:59', '23:59'],
  ])('at %s is %s', (said, time) => {
    expect(understood(`every Tuesday at ${said}`).time).toBe(time);
    expect(understood(`at ${said}, weekly`).time).toBe(time);
  });

  it.each<[string, Partial<Schedule>]>([
    ['every Tuesday at 9:30 in Asia/Tokyo', { zone: 'Asia/Tokyo', time: '09:30' }],
    ['every Tuesday, america/port-au-prince time, 14:00', { zone: 'America/Port-au-Prince', time: '14:00' }],
    ['every Tuesday in America/Argentina/Buenos_Aires', { zone: 'America/Argentina/Buenos_Aires' }],
    ['every Tuesday 9:30 UTC', { zone: 'UTC', time: '09:30' }],
    ['every Tuesday until 2027-12-31', { until: '2027-12-31' }],
    ['every Tuesday until 31 December 2027', { until: '2027-12-31' }],
    ['every Tuesday until the 1st of Dec 2027', { until: '2027-12-01' }],
    ['every Tuesday, till December 31, 2027', { until: '2027-12-31' }],
    ['every Tuesday until 31.12.2027', { until: '2027-12-31' }],
    ['every Tuesday until 9999-12-31', { until: '9999-12-31' }],
    ['every 120 months from 9998-12-31', { rule: { kind: 'months', every: 120, day: 31, from: '9998-12-31' } }],
    ['every Tuesday until 2026-11-24', { until: '2026-11-24' }],
    ['every Tuesday, working days', { calendar: {} }],
    ['every Tuesday, working days of Germany', { calendar: { country: 'DE' } }],
    ['every Tuesday, on working days in de', { calendar: { country: 'DE' } }],
    ['every working day', { calendar: {} }],
    ['every second Tuesday from 1 March 2027', { rule: { kind: 'weeks', every: 2, weekdays: [2], from: '2027-03-02' } }],
    ['30 9 * * 2 until 2027-12-31', { until: '2027-12-31', time: '09:30' }],
    ['30 9 * * 2 in Asia/Tokyo', { zone: 'Asia/Tokyo' }],
  ])('“%s” names what follows the days', (said, expected) => {
    expect(understood(said)).toMatchObject(expected);
  });
});

describe('cron expressions', () => {
  it.each([
    ['30 9 * * 2', 'every Tuesday at 09:30'],
    ['30 9 * * TUE', 'every Tuesday at 09:30'],
    ['0 8 * * mon-fri', 'every weekday at 08:00'],
    ['0 8 * * 0', 'every Sunday at 08:00'],
    ['0 8 * * 7', 'every Sunday at 08:00'],
    ['0 8 * * 1,4', 'every Monday and Thursday at 08:00'],
    ['5 0 * * *', 'every day at 00:05'],
    ['0 9 15 * *', 'every month on the 15th at 09:00'],
    ['0 9 L * *', 'every month on the last day at 09:00'],
    ['0 9 LW * *', 'last working day of the month at 09:00'],
    ['0 9 * * 1#2', 'second Monday of the month at 09:00'],
    ['0 9 ? * FRI#L', 'last Friday of the month at 09:00'],
    ['0 9 * * 5L', 'last Friday of the month at 09:00'],
    // What no rule says stays as it is, also where a month has no such day.
    ['0 9 31 * *', '0 9 31 * *'],
    ['0 9 29 2 *', '0 9 29 2 *'],
    ['0 9 15w * *', '0 9 15W * *'],
    ['0 9 1,15 * *', '0 9 1,15 * *'],
    ['0 9 */2 * *', '0 9 */2 * *'],
    ['0 9 1 jan,jul *', '0 9 1 JAN,JUL *'],
    ['0 9 13 * 5', '0 9 13 * 5'],
    ['0 9 * * 1#5', '0 9 * * 1#5'],
    ['0 9 * * mon-fri/2', '0 9 * * MON-FRI/2'],
  ])('%s is %s', (said, text) => {
    expect(scheduleText(understood(said))).toBe(`${text}, Europe/Berlin time`);
  });

  it('mean the same days as croner by itself says', () => {
    for (const days of ['* * 2', '* * 0', '* * 1-5', '15 * *', 'L * *', 'LW * *', '* * 1#2', '* * 5L', '* * FRI#L']) {
      const plainly = understood(`0 9 ${days}`);
      expect(plainly.rule.kind).not.toBe('cron');
      expect([days, dates(plainly, 60)]).toEqual([days, dates({ ...plainly, rule: { kind: 'cron', days } }, 60)]);
    }
  });
});

describe('a refusal says what is possible', () => {
  const often = /at most once a day/;
  const missing = /does not exist in any year/;
  const unclear =
    /is not understood as a schedule\. .*“every second Tuesday at 9:30”.*“first Monday of the quarter”.*“last workday of the month”.*“30 9 \* \* 2”/;
  it.each<[string, RegExp]>([
    ['', /^Say when/],
    [' \n ', /^Say when/],
    ['blub', unclear],
    ['every', unclear],
    ['9:30', unclear],
    ['every day 🎉', unclear],
    ['every 3 working days', unclear],
    ['every Tuesday at 9 and 17', unclear],
    ['biweekly', unclear],
    ['@daily', unclear],
    ['constructor', unclear],
    ['every Tuesday <!channel>', unclear],
    ['every second', often],
    ['every hour', often],
    ['every minute', often],
    ['every 5 minutes', often],
    ['every 2nd hour', often],
    ['hourly', often],
    ['twice a day', often],
    ['every day at 9:00 and 17:00', often],
    ['*/5 * * * *', often],
    ['* * * * *', often],
    ['0 9,17 * * *', often],
    ['0 9-17 * * 1', often],
    ['0 0 9 * * 2', /five fields/],
    ['60 9 * * 2', /no time of the day/],
    ['0 24 * * 2', /no time of the day/],
    ['0 9 32 * *', /no cron expression/],
    ['0 9 * * 8', /no cron expression/],
    ['0 9 * * 1#6', /no cron expression/],
    ['0 9 * 13 *', /no cron expression/],
    ['0 9 30 2 *', missing],
    ['0 9 31 4,6 *', missing],
    ['30 February', missing],
    ['yearly on 30 February', missing],
    ['31 april', missing],
    ['31 april', /at most 30 days/],
    ['monthly on the 32nd', /1 to 31/],
    ['0th of the month', /1 to 31/],
    ['fifth Monday of the month', /last Friday of the month/],
    ['every 0 days', /at most every 366 days/],
    ['every 10000 days', /at most every 366 days, 104 weeks, 120 months or 10 years/],
    ['every 105 weeks', /at most every 366 days/],
    ['every 11 years', /at most every 366 days/],
    ['every day at 25:00', /“25:00” is no time/],
    ['every day at 24:00', /“24:00” is no time/],
    ['every day at 9:60', /“9:60” is no time/],
    ['every day at 13 pm', /“13 pm” is no time/],
    ['every Tuesday in Europe/Berln', /no time zone “Europe\/Berln”.*Europe\/Berlin/],
    ['every Tuesday until 2026-11-23', /which is past.*“until 31 December 2027”/],
    ['every Tuesday from 2027-03-01 until 2027-02-01', /before it begins/],
    ['yearly on 1 March until 2026-12-31', /before it falls due for the first time/],
    ['every day until 2027-02-30', /no day of the calendar/],
    ['every day until 275760-09-13', /up to the year 9999/],
    ['every day until 10000-01-01', /up to the year 9999/],
    ['yearly on 1 March from 9999-12-31', /31 December 9998/],
    ['every day until tomorrow', /“tomorrow” is no day/],
    ['last Friday of the month from 2027-01-01', /Leave “from 1 January 2027” out/],
    ['every day, working days of Atlantis', /no holiday data for “atlantis”/],
    ['every\u0000day', /cannot be seen/],
    ['every \u202eyadseuT', /cannot be seen/],
    ['every day \ud83c', /cannot be seen/],
    [`every ${'very '.repeat(40)}`, /at most 200 characters/],
    ['every '.repeat(100_000), /at most 200 characters/],
  ])('“%.40s”', (said, expected) => {
    const refusal = scheduleMeant(said, at);
    expect('refused' in refusal ? sentence(refusal) : scheduleText(refusal)).toMatch(expected);
  });

  it('quotes what was typed as such, and never much of it', () => {
    const refusal = scheduleMeant('every <!channel> blub', at) as Refused;
    expect(refusal.refused.filter((span) => span.kind === 'typed')).toEqual([{ kind: 'typed', text: 'every <!channel> blub' }]);
    expect(sentence(scheduleMeant('x'.repeat(200), at) as Refused).length).toBeLessThan(800);
  });

  it('comes at once, whatever fills the 200 characters', () => {
    const pieces = [
      'a',
      '1',
      '* ',
      'a,',
      'every ',
      'at 9 ',
      '9:30 ',
      'until ',
      'mon',
      '1-',
      '/',
      'a/',
      'w1 ',
      ', ',
      '( ',
      'th ',
      'Europe/',
      'working days ',
      'ﷺ',
    ];
    for (const piece of pieces)
      for (const end of ['', '!', ' x'])
        expect('refused' in scheduleMeant(piece.repeat(200).slice(0, 200 - end.length) + end, at)).toBe(true);
  });
});

describe('what is read back', () => {
  it('is a whole sentence', () => {
    const said = 'every second Tuesday at 9:30 in Europe/Berlin, working days of Germany, until 31 December 2027';
    expect(scheduleText(understood(said))).toBe(
      'every second Tuesday at 09:30, Europe/Berlin time, working days of Germany, until 31 December 2027',
    );
  });

  it('means the same schedule again', () => {
    const days = [
      'daily|every 2 days|every 9 days|weekdays|every working day|weekly|Mon, Tue, Wed|every 2 weeks on Sun|every 2 weeks on Sat and Sun|every 9 weeks on Mon',
      'monthly|1st of the month|monthly on the 11th|monthly on the 22nd|monthly on the 29th|monthly on the 30th|last day of the month|every 2 months on the 31st',
      'quarterly|first day of the quarter|last day of the quarter|quarterly on the 31st|every 3 months on the 1st|every 3 months on the 31st|every 3 months on the 30th',
      'yearly|every 24 months|29 February|last day of February|first day of the year|last day of the year|every 12 months on the 31st|every 3 years on 31 May',
      'first Mon of the month|4th Sun of the quarter|last Wed of the year|first workday of the month|last workday of the quarter|last workday of the year',
      '0 0 15W * *|0 0 1,15 * *|0 0 */3 * *|0 0 1 1-6 *|0 0 * * 1#5|0 0 31 * 5',
    ].flatMap((line) => line.split('|'));
    const ends = [
      '',
      ', working days',
      ', working days of France',
      ', until 29 February 2040',
      ', working days of Trinidad & Tobago, until 2039-01-01',
    ];
    let seen = 0;
    for (const begins of ['2026-11-24', '2027-01-31', '2028-02-29'])
      for (const day of days)
        for (const end of ends)
          for (const time of day.startsWith('0 0 ') ? [''] : [' at 17:05', '']) {
            const schedule = understood(`${day}${time} in America/Port-au-Prince${end}`, { zone: 'Asia/Tokyo', today: begins });
            const text = scheduleText(schedule);
            const again = understood(text, { zone: 'Asia/Tokyo', today: begins });
            // Working days are not said twice where the rule itself means them.
            const means = ({ rule, calendar, ...rest }: Schedule) => ({
              ...rest,
              rule,
              calendar: rule.kind === 'workday' ? (calendar ?? {}) : calendar,
            });
            expect({ text, ...means(again) }).toEqual({ text, ...means(schedule) });
            expect(scheduleText(again)).toBe(text);
            seen++;
          }
    expect(seen).toBeGreaterThan(1000);
  });
});
