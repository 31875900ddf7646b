import type { ChannelId, FlowId, PersonId } from '../../src/id.ts';
import { instantIn } from '../../src/zone.ts';
import { dayIn } from '../rules/fit.ts';

/** What the flow that opens an action hands over. */
export interface ActionBrief {
  title: string;
  /** What was found wanting, in the words of whoever found it. */
  why?: string;
  initiative: { id: FlowId; name: string; owner: PersonId; sponsor: PersonId };
  channel: ChannelId;
  owner: PersonId;
  /** A day: `2027-03-15`. */
  due: string;
  /** What it came of: `readiness/3`. */
  origin: FlowId;
  startedBy: PersonId;
  /** IANA zone in which days begin and reminders come; UTC when nobody says. */
  zone?: string;
}

/** Something that somebody has to do by a day. */
export interface Action extends ActionBrief {
  zone: string;
  /** Counts the owners, so that each is asked by a message of their own. */
  asks: number;
  /** How it came to its present owner. */
  handed?: { by: PersonId; note?: string };
  /** How often its due day was moved. */
  moves: number;
  moved?: { from: string; by: PersonId; reason: string };
  /** The moment of the next reminder. */
  remind: number;
  /** The latest reminder to the present owner for the present due day. */
  reminded?: { number: number; overdue: boolean };
  /** Each due day that was missed by a week, and who was told. */
  escalated: readonly { due: string; sponsor: PersonId; channel: ChannelId }[];
  ended?: Ending;
}

export type Ending =
  | { kind: 'done'; at: number; by: PersonId; what?: string }
  /** Without a person it was the clock: its initiative ended. */
  | { kind: 'dropped'; at: number; by?: PersonId; reason: string };

/** Reminders come at this time of the day. */
const HOUR = '09:00';

/** Days between reminders once it is overdue, and after which others are told. */
const WEEK = 7;

/** The first reminder after a moment: on the due day, and from then on weekly. */
export function remindAfter({ zone, due }: Pick<Action, 'zone' | 'due'>, after: number): number {
  const first = instantIn(zone, due, HOUR);
  // An hour is taken off, so that a clock change between never hides a week.
  const weeks = Math.max(0, Math.floor((after - first - 3_600_000) / (WEEK * 86_400_000)));
  for (let week = weeks; ; week++) {
    const at = instantIn(zone, daysOn(due, week * WEEK), HOUR);
    if (at > after) return at;
  }
}

/** That its owner is reminded now, and when the next time. */
export const remindedAt = (state: Pick<Action, 'zone' | 'due' | 'reminded'>, at: number) => ({
  reminded: { number: (state.reminded?.number ?? 0) + 1, overdue: dayIn(0, { zone: state.zone, at }) > state.due },
  remind: remindAfter(state, at),
});

/** When the sponsor and the channel are told that it was missed. */
export const escalateAt = ({ zone, due }: Pick<Action, 'zone' | 'due'>): number => instantIn(zone, daysOn(due, WEEK), HOUR);

/** The day so many days after another one. */
export const daysOn = (day: string, days: number): string => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
