import type { FlowId, PersonId } from '../../src/id.ts';
import { numberOf } from '../../src/id.ts';
import type { Absence, MissingBallot, Readable } from '../../src/need.ts';
import type { Derived } from '../../src/record.ts';

/** What somebody is reminded of, in one message a day. There is one for each person who was ever reminded: `digest/5` is that of `person/5`. */
export interface Digest {
  person: PersonId;
  /** IANA zone by which its days and nights go. */
  zone: string;
  /** The latest message, by the day that it was sent on; it stands as long as something is missing. */
  sent?: { day: string; at: number };
  /** What is missing now, the soonest first. */
  missing: readonly Missing[];
  /** It was asked for at night: when the morning comes, and whether all that was asked for is to offer a deputy. */
  waits?: number;
  offers?: true;
  /** Whose it was turned out to be somebody else, whose digest is asked: when, and whether for what stood in this one, or to offer a deputy. */
  handed?: { at: number; stood?: true; offer?: true };
  /** Their messenger says that they are out of office, and perhaps until when. */
  away?: { until?: number };
}

export interface Missing extends Pick<MissingBallot, 'vote' | 'elector' | 'title' | 'committee' | 'deadline'> {
  /** Somebody stands in for its elector. */
  deputed?: true;
}

export interface DigestFacts {
  ballots?: readonly MissingBallot[];
  self?: readonly Readable['people'][];
  absences?: readonly Absence[];
  /** Who stands in for this person, in votes and in committees. */
  deputies?: readonly Derived['deputies'][];
}

/** The digest of a person. */
export const digestOf = (person: PersonId): FlowId => `digest/${numberOf(person)}`;

/** The ballots that somebody may give at a moment and which are missing, the soonest first. */
export const missingAt = ({ ballots = [], deputies = [] }: DigestFacts, at: number): readonly Missing[] =>
  ballots
    .filter(({ deadline, from_at, until_at }) => at < deadline && (from_at ?? at) <= at && at < (until_at ?? Infinity))
    .map(({ vote, elector, title, body, committee, deadline }) => {
      const stoodIn = deputies.some(
        (one) =>
          one.person === elector &&
          (one.flow === vote || (one.flow === body && (one.from_at ?? at) <= at && at < (one.until_at ?? Infinity))),
      );
      return { vote, elector, title, committee, deadline, ...(stoodIn ? { deputed: true as const } : {}) };
    })
    .toSorted((one, other) => one.deadline - other.deadline || numberOf(one.vote) - numberOf(other.vote));

/** The digest with what the messenger says of an absence now. */
export function withAbsence({ away: _, ...digest }: Digest, { absences: [absence] = [] }: DigestFacts, at: number): Digest {
  const until = absence?.until_at ?? undefined;
  if (!absence || (until !== undefined && until <= at)) return digest;
  return { ...digest, away: until === undefined ? {} : { until } };
}

/** Those of the missing ballots for which somebody who is away may want a deputy. */
export const undeputed = ({ away, missing, person }: Digest): readonly Missing[] =>
  away ? missing.filter((one) => one.elector === person && !one.deputed) : [];

export const isSame = (one: Pick<Missing, 'vote' | 'elector'>, other: Pick<Missing, 'vote' | 'elector'>): boolean =>
  one.vote === other.vote && one.elector === other.elector;
