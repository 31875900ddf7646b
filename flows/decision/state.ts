import { type ChannelId, type FlowId, numberOf, type PersonId } from '../../src/id.ts';
import { day, person, type Text, text } from '../../src/text.ts';
import type { Proposal } from '../review/proposals.ts';
import type { Tier } from '../criteria/go-no-go.ts';
import type { Choice, Outcome } from '../rules/tally.ts';
import type { RankingCount } from '../rules/ranking.ts';
import type { Evidence } from '../vote/evidence.ts';
import type { Option } from '../vote/ranking.ts';

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
  /** The question's title where its criteria are a workspace's own, in the words of its administrators. */
  title?: string;
  channel: ChannelId;
  /** The committee's other channels, where it is shown, too. */
  also?: readonly ChannelId[];
  chair: PersonId;
  outcome: Exclude<Outcome, 'NO QUORUM'>;
  why: Text;
  quorum: { needed: number; base: number; present: number };
  /** Its vote was secret. */
  secret?: true;
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
  /** The must-haves and should-haves as they were counted; decisions of before version 3 know none. */
  judged?: readonly Judged[];
  /** Why the dissenters were against what the committee found met; of a secret vote none. */
  objections?: readonly Objection[];
  /** How many more objections the vote's thread holds. */
  moreObjections?: number;
  /** Of a ranked choice: among which initiatives, and how it was counted. `initiative` is the one that was chosen. */
  ranking?: { options: readonly Option[]; count: RankingCount };
  /** Why the vote was held again, where it re-opened an earlier one. */
  reopened?: { vote: FlowId; reason: string };
  /** Its vote had ended without a quorum and was opened again with its ballots; the latest last. */
  resumed?: readonly { by: PersonId; at: number; reason: string }[];
}

/** One criterion as the committee judged it. */
export interface Judged {
  key: string;
  text: string;
  tier: Exclude<Tier, 'nice'>;
  go: number;
  against: number;
  met: boolean;
}

export interface Objection {
  person: PersonId;
  criterion: string;
  choice: Choice;
  reason: string;
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
  /** Why it is looked at before its date: a condition was not met by its own. */
  reviewEarly?: { key: string; due: string; at: number };
  /** Who is asked at the review what came true. */
  reviewer?: PersonId;
  /** What was said to have come true, the latest last. */
  calibrations?: readonly Calibration[];
  /** How often the chair had it voted on again, the latest last. */
  reopenings?: readonly Reopening[];
  /** What its owner brought forward against it, the latest last. */
  appeals?: readonly Appeal[];
  /** When the last of its conditions was accepted as met. */
  allMetAt?: number;
  /** The chair has left: the sponsor acts in their place. */
  chairLeft?: true;
  /** Digest of the workspace's journal just before this decision: on the message it is a witness outside the database. */
  head: string;
}

export interface Condition {
  /** The criterion that it mends. */
  key: string;
  text: string;
  state: 'unassigned' | 'proposed' | 'accepted' | 'done' | 'met' | 'dropped';
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
  /** When its owner or its day was last set; conditions of before version 3 do not know. */
  since?: number;
  /** IANA zone in which its day begins: that of the owner, or of the chair before the owner answered. */
  zone?: string;
  /** Its owner has left, as far as the platforms said so. */
  ownerLeft?: true;
  /** Days that it had before, each with why it was given another one. */
  earlier?: readonly { due: string; by: PersonId; reason: string }[];
  /** Owners that it had before, each with why it was given to somebody else. */
  owners?: readonly { owner: PersonId; by: PersonId; reason: string }[];
  /** What was reminded of: `2027-03-15 7`, so many days before that day. */
  reminded?: readonly string[];
  /** The days by which it was not met, and who was told. */
  missed?: readonly { due: string; sponsor: PersonId; at?: number }[];
  /** What its owner says was done. */
  evidence?: { text: string; link?: string; by: PersonId; at: number };
  /** Why the chair did not accept that, and how often. */
  sentBack?: { by: PersonId; reason: string; times: number };
  /** Who accepted it as met. */
  met?: { by: PersonId; at: number };
}

export interface Calibration {
  by: PersonId;
  at: number;
  /** By criterion. */
  actual: Readonly<Record<string, Actual>>;
  note?: string;
  figures?: string;
}

export type Actual = 'came true' | 'did not' | 'unclear';

export interface Reopening {
  by: PersonId;
  at: number;
  reason: string;
  deadline: number;
  rule: string;
  casting: boolean;
  quorum: string;
  body: FlowId;
}

export interface Appeal {
  by: PersonId;
  at: number;
  what: string;
  link?: string;
  outcome?: { kind: 're-opened' | 'dismissed'; by: PersonId; at: number; reason: string };
}

/** Those that nobody has accepted yet. */
export const conditionsOpen = (decision: Decision): readonly Condition[] =>
  decision.conditions.filter((one) => one.state === 'unassigned' || one.state === 'proposed');

/** Those that were not left out. */
export const conditionsKept = (decision: Decision): readonly Condition[] => decision.conditions.filter((one) => one.state !== 'dropped');

/** A GO against the review, and a choice that others were not, is final only with the reasons for it. */
export const isExplained = ({ against, ranking }: Decision): boolean => against !== undefined || ranking !== undefined;

/** Final once every condition is accepted or left out and, where it has to be explained, its rationale is written. */
export function finalized(decision: Decision, at: number): Decision {
  if (decision.finalAt || conditionsOpen(decision).length > 0 || (isExplained(decision) && !decision.rationale)) return decision;
  return { ...decision, finalAt: at };
}

/** Marks when nothing is left to be met. */
export function fulfilled(decision: Decision, at: number): Decision {
  const kept = conditionsKept(decision);
  if (decision.allMetAt !== undefined || kept.length === 0 || kept.some((one) => one.state !== 'met')) return decision;
  return { ...decision, allMetAt: at };
}

export const isStanding = (decision: Decision): boolean => decision.supersededBy === undefined;

/** Who acts as the chair: the sponsor once the chair has left. */
export const chairOf = ({ chair, chairLeft, initiative }: Decision): PersonId => (chairLeft ? initiative.sponsor : chair);

/** Only these move the initiative on; gates and changes do not. */
export const isGoNoGo = ({ question }: Pick<DecisionBrief, 'question'>): boolean => (question ?? 'go-no-go') === 'go-no-go';

export const pendingAppeal = ({ appeals = [] }: Decision): Appeal | undefined => appeals.find((one) => !one.outcome);

export const replaced = (decision: Decision, condition: Condition): Decision => ({
  ...decision,
  conditions: decision.conditions.map((one) => (one.key === condition.key ? condition : one)),
});

/** `GO WITH CONDITIONS, 2 of 3 conditions met`. */
export function outcomeText(outcome: string, conditions: number, met: number): string {
  if (conditions === 0) return outcome;
  if (met === conditions) return `${outcome}, ${conditions === 1 ? 'its condition met' : `all ${conditions} conditions met`}`;
  return conditions === 1 ? `${outcome}, its condition open` : `${outcome}, ${met} of ${conditions} conditions met`;
}

export function stateText(decision: Decision): string {
  const kept = conditionsKept(decision);
  return outcomeText(decision.outcome, kept.length, kept.filter((one) => one.state === 'met').length);
}

const STATES: Readonly<Record<Condition['state'], string>> = {
  unassigned: 'needs an owner',
  proposed: 'asked to accept',
  accepted: 'accepted',
  done: 'done, says its owner',
  met: 'met',
  dropped: 'left out',
};

/** `Member 1, due 2027-04-30, accepted`. */
export function conditionState({ owner, ownerLeft, due, state, met }: Condition): Text {
  if (!owner || state === 'unassigned') return text`${STATES[state]}`;
  const now = met ? text`met, accepted by ${person(met.by)} ${day(met.at)}` : STATES[state];
  return text`${person(owner)}${ownerLeft && ' (has left)'}, due ${due}, ${now}`;
}

/** D-17. */
export const nameOf = (id: FlowId): string => `D-${numberOf(id)}`;
