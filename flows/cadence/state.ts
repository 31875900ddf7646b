import type { ChannelId, FlowId, PersonId } from '../../src/id.ts';
import { bold, momentIn, type Text, typed } from '../../src/text.ts';
import type { Plan } from './plan.ts';

export type Kind = 'retraining' | 'evangelism' | 'optimization' | 'governance' | 'own';

export const KINDS: Readonly<Record<Kind, string>> = {
  retraining: 'Retraining',
  evangelism: 'Evangelism',
  optimization: 'Optimization',
  governance: 'Governance review',
  own: 'One of your own',
};

/** A repeating duty of an initiative. Its past reminders are rows, so that it stays small for years. */
export interface Cadence {
  kind: Kind;
  /** What one's own is called, and what it asks. */
  own?: { title: string; question: string };
  initiative: { id: FlowId; name: string; owner: PersonId; sponsor: PersonId };
  channel: ChannelId;
  /** Who is asked. */
  asked: PersonId;
  plan: Plan;
  /** What started it, `D-17`, or who: `person/5`. */
  startedBy: string;
  /** When its dates were saved, 0 where that was not recorded; until then it is only proposed. */
  begun?: number;
  /** Dates that were read back to somebody who has not saved them yet: the first ones, or others for a cadence that is kept. */
  proposed?: { plan: Plan; by: PersonId; at: number };
  /** The moment of the next reminder; absent before it begins and after the last one. */
  next?: number;
  /** A reminder beside the schedule, because the last check-in was under its target. */
  early?: number;
  /** The moment of the latest reminder that the schedule intended, so that no date has two. */
  intended?: number;
  /** The number of the latest reminder that was due. */
  count: number;
  /** The latest reminder that was posted, answered or not. */
  current?: Reminder;
  /** The one before it, when nobody answered that in time. */
  previous?: Reminder;
  /** What became of the latest reminder, posted or not. */
  latest?: { due: number; state: Reminder['state'] };
  /** The latest check-in, which the next reminder reminds of. */
  last?: { at: number; by: PersonId; said: Said };
  /** Check-ins in a row whose metric was under its target. */
  under: number;
  /** Reminders that fell into a downtime longer than the catch-up window, since the last one posted. */
  missed: number;
  /** Reminders in a row that nobody answered or skipped. */
  unanswered: number;
  paused?: { at: number; by: PersonId; until?: number };
  /** Nothing is posted before this moment: the program found itself in the quiet hours with something due. */
  quietUntil?: number;
  alarm?: Alarm;
  ended?: { at: number; reason: string; by?: PersonId; over?: true };
}

/** One occurrence of the cadence. */
export interface Reminder {
  number: number;
  due: number;
  /** Null when it was due in a downtime and came too late to be posted. */
  posted: number | null;
  /** Posted after a downtime. */
  late: boolean;
  /** Brought forward by a check-in under its target. */
  early?: true;
  /** How many reminders before it fell into a downtime and were never posted. */
  missedBefore: number;
  /** When the last of these was due. */
  missedLast?: number;
  /** Counts the posts of it: the first, and one after each snooze and each change of hands. */
  posts: number;
  state: 'open' | 'snoozed' | 'done' | 'skipped' | 'missed';
  /** Since when an answer is waited for: the working days to a nudge are counted from here. Reminders of version 1 have none. */
  asked?: number;
  /** Why and when it was posted once more: a snooze was over, somebody else was asked, or the initiative changed owner or channel. */
  again?: { at: number; handed?: { by: PersonId; from: PersonId; to: PersonId }; moved?: ChannelId };
  until?: number;
  nudged?: number;
  escalated?: number;
  answered?: { by: PersonId; at: number; note: string };
  /** What became of the reminder before it, when that was no check-in. */
  before?: { state: 'skipped' | 'missed'; due: number; note?: string; by?: PersonId };
  /** Of a done one: what follows from the answers. */
  follows?: Follows;
}

/** What a check-in led to, shown on its reminder. */
export interface Follows {
  /** The metric was under its target, so many times in a row. */
  under?: number;
  /** The next reminder was brought forward to this moment. */
  early?: number;
  /** Ideas for new uses, each of which can become an offshoot. */
  ideas?: readonly string[];
  /** Somebody was called. */
  alarm?: true;
}

/** What a check-in was answered with, by field. */
export type Said = Readonly<Record<string, string | number | undefined>>;

/** Why the committee has to look at the initiative at once, and who was called. */
export interface Alarm {
  /** The reminder that was answered so. */
  number: number;
  at: number;
  by: PersonId;
  reasons: readonly Text[];
  /** Who answered for the initiative then: who follows them later is not called for what is long past. */
  owner: PersonId;
  sponsor: PersonId;
  /** The committee that voted on the initiative last, and where it votes. */
  body?: FlowId;
  channel?: ChannelId;
  called?: { name: string; chair: PersonId; members: readonly PersonId[]; more: number } | 'nobody';
}

export const DAY = 86_400_000;

export const isUnanswered = ({ state }: Reminder): boolean => state === 'open' || state === 'snoozed';

export function stateOf({ ended, begun, paused }: Cadence): 'proposed' | 'active' | 'paused' | 'ended' {
  if (ended) return 'ended';
  if (begun === undefined) return 'proposed';
  return paused ? 'paused' : 'active';
}

/** `Retraining`, or what one's own is called. */
export const dutyOf = ({ kind, own }: Pick<Cadence, 'kind' | 'own'>): string => own?.title ?? KINDS[kind];

/** The same for a card: what people typed stays theirs. */
export const dutyText = ({ kind, own }: Pick<Cadence, 'kind' | 'own'>): Text => (own ? typed(own.title) : bold(KINDS[kind]));

export const titleOf = (cadence: Pick<Cadence, 'kind' | 'own' | 'initiative'>): string => `${dutyOf(cadence)}: ${cadence.initiative.name}`;

/** The day on which a pause ends, as it is in the cadence's zone. */
export const pausedUntil = ({ paused, plan }: Cadence): string | undefined =>
  paused?.until === undefined ? undefined : momentIn(plan.schedule.zone, paused.until, 'day');

/** When somebody is reminded next. */
export function comes({ early, next }: Pick<Cadence, 'early' | 'next'>): number | undefined {
  return early !== undefined && (next === undefined || early < next) ? early : next;
}
