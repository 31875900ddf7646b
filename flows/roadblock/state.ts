import type { ChannelId, FlowId, PersonId } from '../../src/id.ts';

/** Why people resist (decision framework, people). */
export const CAUSES = {
  workflow: 'Workflow disrupted',
  fear: 'Fear',
  training: 'Lack of training',
  control: 'Loss of control',
  benefit: 'No benefit seen',
  other: 'Something else',
} as const;

/** What is done about it (decision framework, people). */
export const RESPONSES = {
  accommodate: 'Accommodate',
  train: 'Train',
  involve: 'Involve',
  adapt: 'Adapt locally',
  decide: 'Decide anyway',
} as const;

export type Cause = keyof typeof CAUSES;
export type Response = keyof typeof RESPONSES;

/** What blocks an initiative, why, and who does what about it until when. */
export interface Roadblock {
  initiative: { id: FlowId; name: string; owner: PersonId; sponsor: PersonId };
  channel: ChannelId;
  /** IANA zone in which days begin and reminders come. */
  zone: string;
  what: string;
  cause: Cause;
  response: Response;
  /** How, in the owner's words. */
  how?: string;
  owner: PersonId;
  /** A day: `2027-03-15`. */
  due: string;
  raised: { by: PersonId; at: number };
  /** Counts the owners, so that each is asked by a message of their own. */
  asks: number;
  /** The moment of the next reminder. */
  remind: number;
  /** The latest reminder to the present owner for the present due day. */
  reminded?: { number: number; overdue: boolean };
  ended?: Ending;
}

export type Ending =
  | { kind: 'resolved'; at: number; by: PersonId; what: string }
  /** It stays, and those who answer for the initiative find it manageable. */
  | { kind: 'accepted'; at: number; by: PersonId; what: string }
  /** Its initiative ended. */
  | { kind: 'dropped'; at: number; what: string };
