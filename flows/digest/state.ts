import type { FlowId, PersonId } from '../../src/id.ts';
import { numberOf } from '../../src/id.ts';
import type { MissingBallot, Readable } from '../../src/record.ts';

/** What somebody is reminded of, in one message a day. There is one for each person who was ever reminded: `digest/5` is that of `person/5`. */
export interface Digest {
  person: PersonId;
  /** IANA zone by which its days and nights go. */
  zone: string;
  /** The latest message, by the day that it was sent on; it stands as long as something is missing. */
  sent?: { day: string; at: number };
  /** What is missing now, the soonest first. */
  missing: readonly Missing[];
  /** It was asked for at night: when the morning comes. */
  waits?: number;
}

export type Missing = Pick<MissingBallot, 'vote' | 'elector' | 'title' | 'committee' | 'deadline'>;

export interface DigestFacts {
  ballots?: readonly MissingBallot[];
  self?: readonly Readable['people'][];
}

/** The digest of a person. */
export const digestOf = (person: PersonId): FlowId => `digest/${numberOf(person)}`;

/** The ballots that somebody may give at a moment and which are missing, the soonest first. */
export const missingAt = ({ ballots = [] }: DigestFacts, at: number): readonly Missing[] =>
  ballots
    .filter(({ deadline, from_at, until_at }) => at < deadline && (from_at ?? at) <= at && at < (until_at ?? Infinity))
    .map(({ vote, elector, title, committee, deadline }) => ({ vote, elector, title, committee, deadline }))
    .toSorted((one, other) => one.deadline - other.deadline || numberOf(one.vote) - numberOf(other.vote));

export const isSame = (one: Pick<Missing, 'vote' | 'elector'>, other: Pick<Missing, 'vote' | 'elector'>): boolean =>
  one.vote === other.vote && one.elector === other.elector;
