import type { ChannelId, FlowId, PersonId } from '../../src/id.ts';
import type { Text } from '../../src/text.ts';
import type { Proposal } from '../review/proposals.ts';
import type { Outcome } from '../rules/tally.ts';
import type { Evidence } from '../vote/evidence.ts';

/** What a vote hands over when it has decided. */
export interface DecisionBrief {
  vote: FlowId;
  initiative: { id: FlowId; name: string; owner: PersonId; sponsor: PersonId; channel: ChannelId };
  /** The committee's name. */
  body: string;
  /** Decisions of before version 3 know it by name alone. */
  bodyId?: FlowId;
  /** The name of its vote's criteria set without the version; before version 3 it was always `go-no-go`. */
  question?: string;
  /** What was asked beside the initiative: `wave 2`. */
  subject?: string;
  channel: ChannelId;
  /** The committee's other channels, where it is shown, too. */
  also?: readonly ChannelId[];
  chair: PersonId;
  outcome: Exclude<Outcome, 'NO QUORUM'>;
  why: Text;
  quorum: { needed: number; base: number; present: number };
  voted: readonly PersonId[];
  /** Whose ballot a deputy cast, and who. */
  byDeputy?: readonly { person: PersonId; deputy: PersonId }[];
  recused: readonly PersonId[];
  dissent: readonly PersonId[];
  /** The should-haves that are missing: a condition each. */
  missing: readonly { key: string; text: string }[];
  decidedAt: number;
  /** What a GO takes over from the pilot review: a condition each. */
  proposals: readonly Proposal[];
  /** What the vote opened with. */
  evidence?: Evidence;
}

/** The numbered record of an outcome. Its number is the flow's: `decision/17` is D-17. */
export interface Decision extends Omit<DecisionBrief, 'missing' | 'proposals'> {
  conditions: readonly Condition[];
  /** What the pilot review recommended, where this GO goes against it: it is not final before its rationale is written. */
  against?: string;
  reviewAt: number;
  rationale?: { text: string; by: PersonId; at: number };
  /** Set once every condition has an owner who accepted it. */
  finalAt?: number;
  /** The decisions on the same initiative that stood before this one. */
  supersedes: readonly FlowId[];
  supersededBy?: FlowId;
  /** The cadences that a NO-GO ends. */
  ends: readonly FlowId[];
  reviewDue?: true;
  /** Digest of the workspace's journal just before this decision: on the message it is a witness outside the database. */
  head: string;
}

export interface Condition {
  /** The criterion that it mends. */
  key: string;
  text: string;
  state: 'unassigned' | 'proposed' | 'accepted' | 'dropped';
  /** It came of a caution of the pilot review, and the chair may leave it out. */
  optional?: true;
  /** Counts the proposals, so that each one is a message of its own. */
  proposals: number;
  owner?: PersonId;
  /** A day: `2027-03-15`. */
  due?: string;
  measure?: string;
  handedBack?: { by: PersonId; reason: string };
  /** Why it was left out. */
  dropped?: { by: PersonId; reason: string };
}

export const conditionsOpen = (decision: Decision): readonly Condition[] =>
  decision.conditions.filter((one) => one.state === 'unassigned' || one.state === 'proposed');

/** Final once every condition is accepted or left out and, where it goes against the review, its rationale is written. */
export function finalized(decision: Decision, at: number): Decision {
  if (decision.finalAt || conditionsOpen(decision).length > 0 || (decision.against && !decision.rationale)) return decision;
  return { ...decision, finalAt: at };
}
export const isStanding = (decision: Decision): boolean => decision.supersededBy === undefined;
