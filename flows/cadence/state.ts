import type { ChannelId, FlowId, PersonId } from '../../src/id.ts';
import type { Schedule } from '../rules/recurrence.ts';

export type Kind = 'retraining';

export const TITLES: Readonly<Record<Kind, string>> = { retraining: 'Retraining' };

/** A repeating duty of an initiative. Its past reminders are rows, so that it stays small for years. */
export interface Cadence {
  kind: Kind;
  initiative: { id: FlowId; name: string; owner: PersonId; sponsor: PersonId };
  channel: ChannelId;
  /** Who is asked. */
  asked: PersonId;
  schedule: Schedule;
  /** What started it: `D-17`. */
  startedBy: string;
  /** The moment of the next reminder. */
  next: number;
  /** The number of the latest reminder that was due. */
  count: number;
  /** The latest reminder that was posted, answered or not. */
  current?: Reminder;
  /** The one before it, when nobody answered that in time. */
  previous?: Reminder;
  /** The latest check-in, which the next reminder reminds of. */
  last?: CheckIn & { at: number; by: PersonId };
  /** Reminders that fell into a downtime longer than the catch-up window, since the last one posted. */
  missed: number;
  ended?: { at: number; reason: string };
}

/** One occurrence of the cadence. */
export interface Reminder {
  number: number;
  due: number;
  /** Null when it was due in a downtime and came too late to be posted. */
  posted: number | null;
  /** Posted after a downtime. */
  late: boolean;
  /** How many reminders before it fell into a downtime and were never posted. */
  missedBefore: number;
  /** Counts the posts of it: the first, and one after each snooze. */
  posts: number;
  state: 'open' | 'snoozed' | 'done' | 'skipped' | 'missed';
  until?: number;
  answered?: { by: PersonId; at: number; note: string };
}

/** What a retraining reminder asks (decision framework, cadences). */
export interface CheckIn {
  retrained: 'yes' | 'no';
  window?: string;
  metric: string;
  before?: number;
  after: number;
  target: number;
  compliant: Verdict;
  representative: Verdict;
  reliable: Verdict;
  valuable: Verdict;
  changed?: string;
}

export type Verdict = 'yes' | 'no' | 'unsure';
