import type { FlowId, PersonId } from './id.ts';

/** Primary data: what somebody answered. It follows from nothing else. */
export interface Ballot {
  vote: FlowId;
  /** The elector whose ballot it is. */
  person: PersonId;
  /** The deputy who cast it for them; null when they did themselves, or nothing is cast. */
  cast_by: PersonId | null;
  /** Counts every keeping of this ballot, so that a form opened on an older one is recognized. */
  number: number;
  /** What counts, by criterion; null until one is cast. */
  choices: Readonly<Record<string, string>> | null;
  /** By criterion, where one was given. */
  reasons: Readonly<Record<string, string>>;
  /** Choices whose reasons are still asked; what was cast before stands meanwhile. */
  draft: Readonly<Record<string, string>> | null;
  /** Whose draft that is, the elector's or their deputy's: nobody else is shown it. Null without one. */
  draft_by: PersonId | null;
  /** When the choices were cast. */
  cast_at: number | null;
}

export interface Occurrence {
  cadence: FlowId;
  number: number;
  /** The moment that was intended. */
  due: number;
  state: 'open' | 'snoozed' | 'done' | 'skipped' | 'missed';
  posted_at: number | null;
  /** 1 when it was posted after a downtime. */
  late: 0 | 1;
  answered_at: number | null;
  answered_by: PersonId | null;
  note: string | null;
}

/** One answer to one question of a form, such as a reminder's check-in. */
export interface Answer {
  flow: FlowId;
  /** What of the flow was asked: `reminder 3`. */
  about: string;
  person: PersonId;
  question: string;
  value: string;
  at: number;
}

/** A code that somebody typed and that is good: it arrives in the facts under `code`. */
export interface CodeFact {
  /** `paper` is no code to type, but the address of a document. */
  purpose: 'administrator' | 'join' | 'link' | 'paper';
  expires_at: number;
}

/** What a step keeps: rows of its own flow. */
export type Kept =
  /** A draft says whose it is. */
  | { kind: 'ballot'; row: Omit<Ballot, 'number' | 'vote'> }
  | { kind: 'occurrence'; row: Omit<Occurrence, 'cadence'> }
  | { kind: 'answers'; rows: readonly Omit<Answer, 'flow'>[] }
  /** A one-time code, typed as an input of the flow; the store keeps only its digest. */
  | { kind: 'code'; row: CodeFact & { code: string } }
  | Sealing
  | Outward;

/** What an administrator has done about programs outside. The secrets of what is made are made by the core, and are in no step. */
export type Outward =
  | { kind: 'token'; name: string; at: number }
  | { kind: 'revoke'; token: number; at: number }
  | { kind: 'webhook'; url: string; at: number }
  | { kind: 'remove'; webhook: number; at: number }
  /** It is sent a test. */
  | { kind: 'try'; webhook: number; at: number };

/** What a step of a secret vote keeps: no row of it ever says what an elector chose. */
export type Sealing =
  /** An elector's ballot, encrypted; `room` is how many bytes each ballot of the vote takes, whatever it says. */
  | { kind: 'seal'; elector: PersonId; by: PersonId; choices: Ballot['choices']; reasons: Ballot['reasons']; room: number }
  /** An elector's ballot is withdrawn. */
  | { kind: 'unseal'; elector: PersonId }
  /** At the close: what is published, in the order given. The sealed ballots go, and after the commit their key. */
  | { kind: 'publish'; ballots: readonly Published[]; reasons: readonly PublishedReason[] }
  /** Nothing is published: the ballots, the turnout and the key go. */
  | { kind: 'forget' };

/**
 * What a receipt is computed from. A deputy's differs from the elector's own: it must not lead the deputy to the ballot that the elector
 * cast in the place of theirs.
 */
export const voiceOf = (elector: PersonId, by: PersonId): string => (elector === by ? elector : `${elector} by ${by}`);

/** A ballot of a secret vote, as everybody may see it after the close. */
export interface Published {
  receipt: string;
  choices: Readonly<Record<string, string>>;
}

/** A reason given in a secret vote; nothing says which ballot it came with. */
export interface PublishedReason {
  criterion: string;
  choice: string;
  reason: string;
}

/** A ballot of a secret vote, opened in memory. Only an elector's own knows its number. */
export interface Opened {
  lost?: undefined;
  receipt: string;
  number: number;
  choices: Ballot['choices'];
  reasons: Ballot['reasons'];
}

/** `lost`: there are sealed ballots, and no key that opens them. */
export type Unsealed = Opened | { lost: true };
