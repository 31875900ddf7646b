import { Cron } from 'croner';

/** A repeating wall-clock time in a zone: a cron expression of minute, hour, day, month, weekday. */
export interface Schedule {
  pattern: string;
  zone: string;
}

/**
 * The next moment of a schedule strictly after another one; epoch milliseconds, undefined when there is none. A time in the gap
 * of a clock change comes the first minute after it, one that exists twice comes the first time only.
 */
export function nextAfter({ pattern, zone }: Schedule, after: number): number | undefined {
  return new Cron(pattern, { timezone: zone, paused: true }).nextRun(new Date(after))?.getTime();
}

/** Monthly at 9:00 on a day of the month; at most the 28th, so that every month has it. */
export const monthly = (dayOfMonth: number, zone: string): Schedule => ({ pattern: `0 9 ${Math.min(28, dayOfMonth)} * *`, zone });
