import type { ChannelId, PersonId } from '../../src/id.ts';
import { localOf } from '../../src/zone.ts';
import { type Cadence, isUnanswered, type Reminder } from './state.ts';

/** What a cadence was in version 1: retraining alone, monthly by a cron expression. */
export interface Cadence1 {
  kind: 'retraining';
  initiative: Cadence['initiative'];
  channel: ChannelId;
  asked: PersonId;
  /** `0 9 15 * *`: at a time on a day of each month. */
  schedule: { pattern: string; zone: string };
  startedBy: string;
  next: number;
  count: number;
  current?: Reminder;
  previous?: Reminder;
  last?: Record<string, string | number | undefined> & { at: number; by: PersonId };
  missed: number;
  ended?: { at: number; reason: string };
}

export function upgradeFrom1(old: Cadence1): Cadence {
  const { schedule, current, previous, last, ...rest } = old;
  const { zone } = schedule;
  const [minute = '0', hour = '9', day = '1'] = schedule.pattern.split(' ');
  const { at, by, ...said } = last ?? { at: 0, by: old.asked };
  const latest = current ?? previous;
  return {
    ...rest,
    plan: {
      schedule: {
        rule: { kind: 'months', every: 1, day: Number(day), from: localOf(zone, old.next).date },
        time: `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`,
        zone,
      },
    },
    // Since when was not recorded.
    begun: 0,
    // Without a beginning of the wait: a reminder that has stood open for weeks brings no burst of nudges.
    ...(current ? { current } : {}),
    ...(latest ? { intended: latest.due, latest: { due: latest.due, state: latest.state } } : {}),
    ...(last ? { last: { at, by, said } } : {}),
    under: 0,
    unanswered: old.missed + (previous && current && isUnanswered(current) ? 1 : 0),
  };
}
