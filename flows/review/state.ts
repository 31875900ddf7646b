import type { ChannelId, FlowId, PersonId } from '../../src/id.ts';
import type { Answer } from '../../src/kept.ts';
import type { Readable } from '../../src/need.ts';
import type { Derived } from '../../src/record.ts';
import type { Dimension } from '../criteria/pilot-review.ts';
import type { Verdict } from '../rules/matrix.ts';

/** A pilot under review: reviewers are asked, the owner weighs what they found and decides, the verdict is posted. */
export interface Review {
  initiative: { id: FlowId; name: string; owner: PersonId; sponsor: PersonId };
  channel: ChannelId;
  /** The criteria set, by name and version. */
  set: string;
  /** `zone` is the opener's: due days end in it. */
  opened: { by: PersonId; at: number; zone: string };
  /** The day as it was given, its 17:00 in the opener's zone, and when it was set. */
  due: { day: string; at: number; since: number };
  reviewers: readonly Reviewer[];
  /** Counts the times of asking; the second comes when the owner asks for more evidence. */
  round: number;
  /** What the owner wants to know more about, in this round. */
  wanted?: { by: PersonId; text: string };
  /** The due day before which reviewers were nudged. */
  nudged?: string;
  /** The due day that passed without an answer. */
  stalled?: string;
  /** Set once the answers are in; what was answered is in the `answers` rows, and nobody is shown it before. */
  weighing?: Weighing;
  /** The sponsor, when the owner has left. */
  weigher?: PersonId;
  /** Keys of the red flags that were confirmed. */
  redFlags?: readonly string[];
  /** Keys of the indicators that were confirmed. */
  indicators?: readonly string[];
  /** Open questions that were handed to somebody: an action each. */
  handed: readonly Handed[];
  /** The verdict while its plan is still asked for. */
  draft?: Decided;
  posted?: Posting;
  /** What a SCALE led to: vote and readiness check. */
  offer?: Offer;
  /** It came to nothing; without `by` the clock ended it, as when the initiative is retired. */
  cancelled?: { by?: PersonId; at: number; reason: string };
  /** The initiative ended after the verdict was posted. */
  ended?: string;
}

export interface Reviewer {
  person: PersonId;
  state: 'asked' | 'answered' | 'declined';
  /** Answered in an earlier round: what they said then counts, whether or not they say more. */
  before?: true;
  /** Why they declined. */
  reason?: string;
}

/** What the answers come to. Scores are whole numbers from 0 to 100, null where nothing is known. */
export interface Weighing {
  at: number;
  /** The due moment when the clock ended the asking; the process may have been down then. */
  due?: number;
  scores: Readonly<Record<Dimension, Score>>;
  /** Of each who answered, in the order of asking. */
  reviewers: readonly { person: PersonId; scores: Readonly<Record<Dimension, number | null>> }[];
  criteria: readonly Finding[];
  /** How many of a hundred ratings are known. */
  confidence: number;
  /** What reviewers gave as evidence, in full. */
  evidence: readonly Given[];
  /** The latest messages that were put in as evidence: up to three for each criterion and three for the whole. */
  messages: readonly Message[];
  earlier: readonly Earlier[];
}

/** The mean over all ratings, and the range of the reviewers' own scores. */
export interface Score {
  score: number | null;
  low: number | null;
  high: number | null;
}

/** What is known of one criterion. */
export interface Finding {
  key: string;
  /** From 0 to 100, as of a dimension. */
  score: number | null;
  /** The mean rating in tenths: 34 is 3.4. */
  mean: number | null;
  low: number | null;
  high: number | null;
  known: number;
  unknown: number;
}

export interface Given {
  criterion: string;
  person: PersonId;
  rating: string;
  text: string;
}

export type Message = Pick<Derived['evidence'], 'criterion' | 'says' | 'link' | 'person' | 'at'>;

/** An earlier review of the same initiative. */
export interface Earlier {
  id: FlowId;
  verdict: string;
  technical: number | null;
  business: number | null;
  at: number;
}

export interface Handed {
  criterion: string;
  person: PersonId;
  /** A day. */
  due: string;
  by: PersonId;
  at: number;
}

export interface Decided {
  verdict: Verdict;
  rationale?: string;
}

export interface Posting extends Decided {
  by: PersonId;
  at: number;
  plan?: Plan;
}

export type Plan =
  | { kind: 'pivot'; pair: string; turn: string; who: PersonId; by: string }
  | { kind: 'extend'; question: string; figure: string; by: string; reason?: string }
  | { kind: 'kill'; steps: readonly { key: Shutdown; text: string; by: string }[] };

/** What a shutdown has to see to (decision framework, plans). */
export const SHUTDOWN = { data: 'Data', users: 'Users', contracts: 'Contracts', lessons: 'Lessons', people: 'People' } as const;
export type Shutdown = keyof typeof SHUTDOWN;

export interface Offer {
  by: PersonId;
  at: number;
  vote: { body: FlowId; channel: ChannelId; deadline: number; rule: string; quorum: string; casting?: boolean };
  /** Absent when a readiness check was running already. */
  readiness?: { technical: PersonId; business: PersonId; organizational: PersonId; due: string };
}

/** What the steps and forms of a review need to know beside its state. */
export interface ReviewFacts {
  /** The answers of the one who acts. */
  mine?: readonly Answer[];
  /** Everybody's: only where the step ends the asking. */
  answers?: readonly Answer[];
  evidence?: readonly Derived['evidence'][];
  /** Posted reviews of the same initiative; where an old offer is taken up, the latest. */
  earlier?: readonly Derived['reviews'][];
  /** The owner's row, to know whether they have left. */
  owner?: readonly Readable['people'][];
  /** Everybody who has left. */
  left?: readonly Readable['people'][];
  /** The initiative itself, as it is now. */
  initiatives?: readonly Derived['initiatives'][];
  bodies?: readonly Derived['bodies'][];
  votes?: readonly Derived['votes'][];
  checks?: readonly Derived['readiness_checks'][];
}

export const isAsking = (review: Review): boolean => !review.weighing && !review.cancelled;
export const isWeighing = (review: Review): boolean => review.weighing !== undefined && !review.posted && !review.cancelled;

/** Who weighs and decides. */
export const weigherOf = (review: Review): PersonId => review.weigher ?? review.initiative.owner;

export const reviewerOf = (review: Review, person: PersonId | undefined): Reviewer | undefined =>
  review.reviewers.find((one) => one.person === person);

export const waitedFor = (review: Review): readonly Reviewer[] => review.reviewers.filter((one) => one.state === 'asked');
/** Whose answers count: who answered, in this round or an earlier one. */
export const counting = (review: Review): readonly Reviewer[] => review.reviewers.filter((one) => one.state === 'answered' || one.before);
/** Everybody declined: nobody is left to wait for, and nothing was said. */
export const isDeserted = (review: Review): boolean => isAsking(review) && waitedFor(review).length === 0 && counting(review).length === 0;

export const withReviewer = (review: Review, reviewer: Reviewer): Review => ({
  ...review,
  reviewers: review.reviewers.map((one) => (one.person === reviewer.person ? reviewer : one)),
});

/** The most who review one pilot. */
export const MOST_REVIEWERS = 20;

/** A spread of ratings from which reviewers disagree (course, evaluation slide). */
export const DISAGREEMENT = 2;
