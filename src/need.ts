import type { ChannelId, FlowId, PersonId } from './id.ts';
import type { Answer, Ballot, Occurrence, Published, PublishedReason, Unsealed } from './kept.ts';
import type { DeliveryRow, TokenRow, WebhookRow } from './outside.ts';
import type { Derived } from './record.ts';
import type { InstallationRow, PersonRow } from './store.ts';

/** What waits for a person, over all flows: a view. */
export interface Waiting {
  person: PersonId;
  flow: FlowId;
  kind:
    | 'vote'
    | 'deputy'
    | 'condition'
    | 'condition-do'
    | 'condition-judge'
    | 'calibration'
    | 'appeal'
    | 'reminder'
    | 'review'
    | 'readiness'
    | 'action'
    | 'ethics'
    | 'roadblock';
  key: string;
  title: string;
  due: number | null;
  /** It waits from this moment on and before that one; null: without a bound. */
  from_at?: number | null;
  until_at?: number | null;
}

/** A ballot of an open vote that is missing, once for each who may give it: its elector, and who stands in for them. A view. */
export interface MissingBallot {
  person: PersonId;
  vote: FlowId;
  elector: PersonId;
  title: string;
  body: FlowId;
  committee: string;
  deadline: number;
  /** When a deputy stands in for a time: from then until before that. */
  from_at: number | null;
  until_at: number | null;
}

/** From when until when Offshoot did not run, as far as it knows: from its last sign of life until the next. A view. */
export interface Outage {
  from_at: number;
  until_at: number;
}

/** A member of a committee as their messenger knows them: a view. */
export interface MemberProfile {
  body: FlowId;
  person: PersonId;
  zone: string | null;
  /** 1 when their messenger says that they are out of office, and until when; null when it does not say. */
  away: 0 | 1;
  away_until: number | null;
}

/** An account of a member of a committee: a view. `seat` tells one installation from another. */
export interface MemberSeat {
  body: FlowId;
  person: PersonId;
  platform: InstallationRow['platform'];
  seat: number;
  /** 1 when the committee has a channel of its own there. */
  meets: 0 | 1;
}

/** On which installation a channel is: a view. */
export interface ChannelSeat {
  channel: ChannelId;
  seat: number;
}

/** Somebody whose messenger says that they are out of office, and until when; null when it does not say. */
export interface Absence {
  person: PersonId;
  until_at: number | null;
}

/** One choice of one ballot behind a decision: a view, empty for secret votes. */
export interface DecisionBallot {
  decision: FlowId;
  person: PersonId;
  criterion: string;
  choice: string;
  reason: string | null;
  /** The criterion's place on the ballot and its text, as the vote asked it; null where that is not known. */
  place: number | null;
  text: string | null;
}

/** The latest decision on an initiative, with the initiative's channel: a view. */
export interface LatestDecision extends Pick<Derived['decisions'], 'id' | 'number' | 'outcome' | 'decided_at'> {
  initiative: FlowId;
  channel: ChannelId;
}

/** What the log is searched for. All of it has to fit. */
export interface Search {
  /** Each is found as it stands, or as the beginning of what stands there; `in` narrows it to one part of the record. */
  words: readonly { said: string; in?: 'title' | 'body' }[];
  /** What it is exactly, as `outcome` → `NO-GO`. */
  exactly: Readonly<Partial<Record<'outcome' | 'state' | 'question', string>>>;
  /** Epoch milliseconds: decided at or after the first, before the second. */
  since?: number;
  until?: number;
  /** Numbers of decisions, for paging: older than the one, or newer than the other. */
  before?: number;
  after?: number;
}

export interface Readable extends Derived {
  decision_ballots: DecisionBallot;
  latest_decisions: LatestDecision;
  /** Views of the tokens, webhooks and deliveries, without what opens or signs anything. */
  token_list: Omit<TokenRow, 'workspace' | 'hash'>;
  webhook_list: Omit<WebhookRow, 'workspace' | 'secret'>;
  delivery_list: Omit<DeliveryRow, 'body' | 'delivered_at'>;
  /** Of a secret vote that is over: what everybody may see. */
  published_ballots: Published & { vote: FlowId; number: number };
  published_reasons: PublishedReason & { vote: FlowId; number: number };
  ballots: Ballot;
  occurrences: Occurrence;
  answers: Answer;
  waiting: Waiting;
  missing_ballots: MissingBallot;
  member_profiles: MemberProfile;
  member_seats: MemberSeat;
  channel_seats: ChannelSeat;
  outages: Outage;
  absences: Absence;
  /** Whom channels were introduced to, by the names that they have now: a view. */
  introduced: Pick<Derived['introductions'], 'channel' | 'person'>;
  /**
   * No table: the ballots of a secret vote, opened in memory. Where `vote`, `elector` and `by`, theirs, with the receipt that `by` would be told; where `vote` alone, all of them
   * without electors, but that of `except`. With `readable` none: only whether any of them can be opened.
   */
  unsealed: Unsealed;
  /** Deputies with the names of those they stand in for: a view. */
  deputyships: Derived['deputies'] & { name: string };
  people: Omit<PersonRow, 'workspace'>;
  channels: { id: ChannelId; name: string; zone: string | null };
}

type Scalar = string | number | null;

/** Rows that a flow or a page asks for by table and equality; they arrive in the facts under `as`. */
export interface Need {
  as: string;
  rows: keyof Readable;
  where?: Readonly<Record<string, Scalar | readonly Scalar[]>>;
  order?: readonly [column: string, direction: 'asc' | 'desc'];
  limit?: number;
  /** Only with `decisions`: those found by full text, newest first; with `after`, oldest first. */
  match?: Search;
}
