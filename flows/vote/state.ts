import type { ChannelId, FlowId, PersonId } from '../../src/id.ts';
import type { Ballot, Unsealed } from '../../src/kept.ts';
import type { Outage, Readable } from '../../src/need.ts';
import type { Derived } from '../../src/record.ts';
import type { Rule } from '../rules/rule.ts';
import type { Choice, Count, Outcome } from '../rules/tally.ts';
import { type CriteriaSet } from '../criteria/go-no-go.ts';
import { builtIn, setOf } from '../criteria/sets.ts';
import { type Text, text, typed } from '../../src/text.ts';
import { folded } from '../rules/meant.ts';
import { needed, type Quorum } from '../rules/quorum.ts';
import type { RankingCount } from '../rules/ranking.ts';
import type { Evidence } from './evidence.ts';
import { type Option, RANKING } from './ranking.ts';
import type { Zones } from './zones.ts';

/** One question before a body: a go/no-go, a gate, a change, or one of a workspace's own. Members and rule are copied when it opens. */
export interface Vote {
  initiative: { id: FlowId; name: string; owner: PersonId; sponsor: PersonId; channel: ChannelId };
  body: { id: FlowId; name: string };
  /** Where the committee votes. */
  channel: ChannelId;
  /** Where else it is shown: the committee's other channels, as they were when it opened. */
  also?: readonly ChannelId[];
  electors: readonly PersonId[];
  chair: PersonId;
  rule: Rule;
  /** The chair's own vote breaks a tie. */
  casting?: true;
  quorum: Quorum;
  /** Nobody learns who chose what: ballots are sealed until the close, and published without names. */
  secret?: true;
  /** May a ballot be changed until the close? */
  changes: boolean;
  /** The criteria set, by name and version. */
  set: string;
  /** The criteria themselves where the set is a workspace's own, copied when the vote opened; built-in sets are looked up. */
  criteria?: CriteriaSet['criteria'];
  /** A ranked choice among these, in the place of criteria. Once it is closed `initiative` is the one that was chosen. */
  options?: readonly Option[];
  /** The set's title where it is a workspace's own. */
  title?: string;
  /** What is asked, where it is not the scaling of the initiative: `wave 2` of a gate, a change. */
  subject?: string;
  opened: { by: PersonId; at: number };
  /** Votes that were opened before version 2 know of none. */
  evidence?: Evidence;
  deadline: number;
  /** Whose ballot is in, in the order of arrival. What they chose is in the ballots, never here before the close. */
  voted: readonly PersonId[];
  recused: readonly { person: PersonId; reason: string }[];
  /** Named by members for this vote alone. */
  deputies?: readonly Standing[];
  /** Ballots that are in and were cast by a deputy. */
  byDeputy?: readonly Standing[];
  /** Its deadline was moved once; `from` is the one before. */
  extended?: { by: PersonId; at: number; from: number; reason: string };
  /** The vote that decided before, and why it is voted on again. */
  reopened?: { vote: FlowId; reason: string };
  /** It ended without a quorum, and was opened again with its ballots; the latest last. */
  resumed?: readonly Resumption[];
  /** In which time zones its electors are. */
  zones?: Zones;
  /** When the chair nudged last, and who stood in then for those without a ballot. */
  prompted?: { by: PersonId; at: number; deputies?: readonly Standing[] };
  /** The nudges whose time came. */
  nudged: readonly Nudge[];
  /** Whose daily digests are asked to remind them, and when. */
  asked?: readonly Ask[];
  /** Digests that this vote stands in, and when something in it changed for them. */
  told?: readonly Told[];
  closed?: Closing;
  /** Without a person where the clock found that it cannot be counted. */
  cancelled?: { by?: PersonId; at: number; reason: string };
}

/** Somebody who votes for a member. */
export interface Standing {
  person: PersonId;
  deputy: PersonId;
}

export type Nudge = 'a day' | 'two hours';

export interface Told {
  digest: FlowId;
  at: number;
  /** Tells two of the same moment apart. */
  number: number;
}

/** People whose digests are asked at the same moment, epoch milliseconds. */
export interface Ask {
  /** `away`: they are offered to name a deputy. */
  nudge: Nudge | 'away';
  at: number;
  people: readonly PersonId[];
}

/** How a vote ended without a quorum and went on. */
export interface Resumption {
  by: PersonId;
  at: number;
  reason: string;
  closed: Closing;
  /** The deadline that it had, and whether that had been moved. */
  deadline: number;
  extended?: NonNullable<Vote['extended']>;
}

export interface Closing {
  at: number;
  /** The deadline's own time when the clock closed it; the process may have been down then. */
  due?: number;
  /** From when until when Offshoot was not running, where that is why it closed late. */
  down?: { from: number; until: number };
  how: 'at the deadline' | 'when all had voted' | 'by the chair';
  by?: PersonId;
  outcome: Outcome;
  quorum: { needed: number; base: number; present: number };
  counts: readonly Count[];
  /** Of a ranked choice with a quorum. */
  ranking?: RankingCount;
  /** What was said against, and by whom: in full, for the result and its thread. */
  reasons: readonly Reason[];
  dissent: readonly PersonId[];
  /** Of a secret vote: its ballots, as the receipt and one letter for each criterion, or one rank for each option, in the order of the receipts. */
  list?: readonly (readonly [receipt: string, letters: string])[];
  /** Of a secret vote: how many ballots dissent. */
  dissenting?: number;
  /** What stands below the result is written by a step of its own. */
  thread?: 'to come';
}

export interface Reason {
  criterion: string;
  /** Nobody in a secret vote. */
  person?: PersonId;
  choice: Choice;
  reason: string;
}

/** What the step of a vote needs to know: the ballot of the elector meant, at the close all of them, and who stands in for whom. */
export interface VoteFacts {
  mine?: readonly Ballot[];
  deputies?: readonly Readable['deputyships'][];
  /** Those of the people concerned who are no longer active here. */
  left?: readonly Pick<Readable['people'], 'id' | 'name'>[];
  /** Guests, where somebody is to be named. */
  guests?: readonly Pick<Readable['people'], 'id' | 'name'>[];
  /** Whoever acts. */
  acting?: readonly Pick<Readable['people'], 'id' | 'active' | 'guest'>[];
  ballots?: readonly Ballot[];
  /** When Offshoot was not running lately. */
  outages?: readonly Outage[];
  /** The digests that this vote stands in. */
  listed?: readonly Derived['digest_ballots'][];
  /** Of a secret vote: this elector's ballot, and at the close all others. */
  own?: readonly Unsealed[];
  sealed?: readonly Unsealed[];
}

/** What is asked of each ballot. */
export const criteriaOf = ({ set, criteria }: Pick<Vote, 'set' | 'criteria'>): CriteriaSet =>
  criteria ? { id: set, criteria } : setOf(set);

/** The name of the question without its version: `go-no-go`. */
export const questionOf = ({ set }: Pick<Vote, 'set'>): string => set.slice(0, set.lastIndexOf('/'));

/** What is voted on, in words: the initiative's name, or `Gate, wave 2: Churn model`. */
export const matterOf = (asked: Asked): Text =>
  nameOf(asked) === 'go-no-go' && !asked.title ? typed(asked.initiative.name) : titleOf(asked);

/** `Go/no-go: Churn model`, `Gate, wave 2: Churn model`; the question stands out where it is a heading. */
export function titleOf(asked: Asked, emphasis: (said: string) => Text = (said) => text`${said}`): Text {
  const { title, subject, initiative } = asked;
  if (asked.options && !asked.closed?.ranking?.winner) return text`${emphasis(RANKED_CHOICE)}, ${typed(subject ?? '')}`;
  const question = title === undefined ? builtInTitle(nameOf(asked)) : undefined;
  if (question !== undefined && subject === undefined) return text`${emphasis(`${question}: `)}${typed(initiative.name)}`;
  return text`${question === undefined ? typed(title!) : emphasis(question)}${subject !== undefined && text`, ${typed(subject)}`}: ${typed(initiative.name)}`;
}

/** The same question on the same subject, however it is capitalized; what is asked of one wave says nothing of another. */
export const isSameQuestion = (one: Subjected, other: Subjected): boolean =>
  (one.question ?? 'go-no-go') === (other.question ?? 'go-no-go') && folded(one.subject ?? '') === folded(other.subject ?? '');

interface Subjected {
  /** The go/no-go where there is none. */
  question?: string | undefined;
  subject?: string | null | undefined;
}

/** The same as one plain string, for rows. */
export const plainMatter = (asked: Asked): string =>
  matterOf(asked)
    .map((span) => ('text' in span ? span.text : ''))
    .join('');

/** A criterion in words; those of a workspace's own set are what a person typed. */
export const criterionText = ({ criteria }: Pick<Vote, 'criteria'>, said: string): Text => (criteria ? typed(said) : text`${said}`);

/** A vote, or a decision that took the question over from one. */
interface Asked {
  initiative: { name: string };
  set?: string;
  question?: string;
  title?: string;
  subject?: string;
  options?: unknown;
  closed?: { ranking?: { winner?: string } };
}

const RANKED_CHOICE = 'Ranked choice';

const nameOf = ({ set, question }: Asked): string => question ?? (set === undefined ? 'go-no-go' : questionOf({ set }));

const builtInTitle = (name: string): string => builtIn.find((one) => one.name === name)?.title ?? (name === RANKING ? RANKED_CHOICE : name);

/** Who leads a vote: the chair; or, where the chair has left, the one who opened it. */
export const ledBy = (vote: Vote, left: VoteFacts['left'] = []): PersonId =>
  left.some((one) => one.id === vote.chair) ? vote.opened.by : vote.chair;

/** Since when it is open: its opening, or the latest one again. */
export const openSince = ({ resumed, opened }: Pick<Vote, 'resumed' | 'opened'>): number => resumed?.at(-1)?.at ?? opened.at;

export const isOpen = (vote: Vote): boolean => !vote.closed && !vote.cancelled;
export const isRecused = (vote: Vote, person: PersonId): boolean => vote.recused.some((one) => one.person === person);
/** The members who count for the quorum: all but those who recused themselves. */
export const baseOf = (vote: Vote): readonly PersonId[] =>
  vote.recused.length === 0 ? vote.electors : vote.electors.filter((person) => !isRecused(vote, person));

/** Members of the base whose ballot is not in. */
export function missing(vote: Vote): readonly PersonId[] {
  let found = waiting.get(vote);
  if (!found) {
    // A list of 500 in a list of 500 would be searched through at every ballot.
    const voted = new Set(vote.voted);
    found = baseOf(vote).filter((person) => !voted.has(person));
    waiting.set(vote, found);
  }
  return found;
}

/** A state never changes, and one step asks this of it a dozen times. */
const waiting = new WeakMap<Vote, readonly PersonId[]>();

/** A secret vote has no result of fewer ballots, whatever its quorum. */
export const FEWEST = 3;

export function quorumNow(vote: Vote): Closing['quorum'] & { stands: boolean } {
  const base = baseOf(vote).length;
  const present = vote.voted.length;
  const asked = Math.max(needed(vote.quorum, base), vote.secret ? FEWEST : 0);
  return { needed: asked, base, present, stands: present >= asked };
}
