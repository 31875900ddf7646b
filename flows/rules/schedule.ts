/** A repeating day of the calendar with a wall-clock time in a zone. It falls due at most once on a day. */
export interface Schedule {
  rule: DateRule;
  /** `09:30`, of 24 hours. */
  time: string;
  /** IANA zone of the time. */
  zone: string;
  /** Working days alone: a day that is none gives way to the next one that is; two that meet there are one. */
  calendar?: Calendar;
  /** The last day on which it may fall due: `2027-12-31`. */
  until?: string;
}

/** Which days are worked: Monday to Friday, without the public holidays of a country where one is named (ISO 3166, `DE`). */
export interface Calendar {
  country?: string;
}

/** Weekdays are those of ISO 8601: 1 is Monday. `from` is the day from which the counting begins. */
export type DateRule =
  | { kind: 'days'; every: number; from: string }
  | { kind: 'weeks'; every: number; weekdays: readonly number[]; from: string }
  /** A day of the month that a month does not have is its last. */
  | { kind: 'months'; every: number; day: number; from: string }
  /** The first to fourth, or with -1 the last, of a weekday in each period. */
  | { kind: 'nth weekday'; nth: 1 | 2 | 3 | 4 | -1; weekday: number; of: Period }
  /** The first or with -1 the last working day of each period. */
  | { kind: 'workday'; nth: 1 | -1; of: Period }
  /** Day of the month, month and weekday of a cron expression: `15 * *`, `* * 1#2`, `L * *`. */
  | { kind: 'cron'; days: string };

export type Period = 'month' | 'quarter' | 'year';

/** A schedule in words, as it is read back: `every second Tuesday at 09:30, Europe/Berlin time`. */
export function scheduleText({ rule, time, zone }: Schedule): string {
  return `${rule.kind} at ${time}, ${zone} time`;
}
