import type { ChannelId, FlowId, PersonId } from './id.ts';

/**
 * The rows that people and scripts query with SQL. *Derived* rows follow from flows' states and can be rebuilt; *kept* rows are
 * primary data: what somebody answered. Times are epoch milliseconds in UTC, days are `2027-03-15`.
 */
export interface Derived {
  initiatives: {
    id: FlowId;
    name: string;
    stage: string;
    owner: PersonId;
    sponsor: PersonId;
    channel: ChannelId;
    registered_at: number;
    parent: FlowId | null;
    recontextualized: string | null;
  };
  bodies: {
    id: FlowId;
    name: string;
    chair: PersonId;
    rule: string;
    quorum: string;
    /** Does the chair's own vote break a tie? */
    casting: 0 | 1;
  };
  members: { body: FlowId; person: PersonId; role: 'chair' | 'member' };
  /** Where a committee meets beside the channel that a vote is opened in. */
  body_channels: { body: FlowId; channel: ChannelId };
  votes: {
    id: FlowId;
    initiative: FlowId;
    body: FlowId;
    title: string;
    /** Where the committee votes. */
    channel: ChannelId;
    phase: 'open' | 'closed' | 'cancelled';
    outcome: string | null;
    rule: string;
    opened_at: number;
    deadline: number;
    closed_at: number | null;
    /** The name of its criteria set without the version, `go-no-go`, or `ranking`. */
    question: string;
    /** What is asked beside the initiative: `wave 2`. */
    subject: string | null;
    openness: 'open' | 'secret';
  };
  /** What a vote asks, in the order of its ballot; a decision is read with it. */
  vote_criteria: { vote: FlowId; criterion: string; place: number; tier: 'must' | 'should' | 'nice' | 'option'; text: string };
  /** Who may vote, copied when the vote opened, without those who recused themselves. */
  electors: { vote: FlowId; person: PersonId };
  /** Who recused themselves from a vote, and why. */
  recusals: { vote: FlowId; person: PersonId; reason: string };
  /** Who stands in for whom: in one vote, or in a committee from a moment until before another. */
  deputies: { flow: FlowId; person: PersonId; deputy: PersonId; from_at: number | null; until_at: number | null };
  /** The count of a ranked choice: the first preferences of each initiative that is left in a round. */
  vote_rounds: {
    vote: FlowId;
    round: number;
    initiative: FlowId;
    name: string;
    votes: number;
    became: 'left' | 'out' | 'chosen';
    /** By which rule it went out. */
    way: 'none' | 'fewest' | 'earlier' | 'among' | 'casting' | 'together' | null;
  };
  /** What people think an initiative is worth, and how far it can be done; of each person the latest counts. */
  ratings: {
    id: FlowId;
    initiative: FlowId;
    person: PersonId;
    value: number;
    feasibility: number;
    why: string | null;
    at: number;
  };
  /** How often a vote that ended without a quorum was opened again with its ballots. */
  vote_reopenings: {
    vote: FlowId;
    number: number;
    initiative: FlowId;
    person: PersonId;
    reason: string;
    /** When it had closed without a quorum. */
    closed_at: number;
    at: number;
  };
  /** Which missing ballots stand in somebody's digest of the day. */
  digest_ballots: { digest: FlowId; vote: FlowId; elector: PersonId };
  decisions: {
    id: FlowId;
    number: number;
    vote: FlowId;
    initiative: FlowId;
    title: string;
    outcome: string;
    state: 'conditions open' | 'final' | 'superseded';
    rationale: string | null;
    decided_at: number;
    final_at: number | null;
    review_at: number;
    supersedes: FlowId | null;
    /** Of its vote. */
    question: string;
    subject: string | null;
    body: FlowId | null;
    /** How many conditions it has that were not left out, and how many of them are met. */
    conditions: number;
    met: number;
    /** Who acts as its chair now; null for those that were superseded before version 3. */
    chair: PersonId | null;
    /** Who is asked now what came true. */
    reviewer: PersonId | null;
    /** The rule and the numbers that made it so, in words. */
    why: string;
    /** JSON: who dissents, where the vote was open. */
    dissent: string;
  };
  /** What came true of what a decision had judged, criterion by criterion; the latest answers. */
  calibrations: {
    decision: FlowId;
    initiative: FlowId;
    body: FlowId | null;
    criterion: string;
    title: string;
    tier: 'must' | 'should';
    predicted: 'met' | 'missing';
    actual: 'came true' | 'did not' | 'unclear';
    at: number;
  };
  /** What the owner of an initiative brought forward against a decision. */
  appeals: {
    decision: FlowId;
    number: number;
    person: PersonId;
    what: string;
    link: string | null;
    state: 'pending' | 're-opened' | 'dismissed';
    reason: string | null;
    at: number;
    answered_at: number | null;
  };
  /** What somebody has to do by a day: the conditions of a decision, and what a review or a readiness check found wanting. */
  actions: {
    flow: FlowId;
    key: string;
    initiative: FlowId;
    title: string;
    owner: PersonId | null;
    due: string | null;
    /** Conditions are unassigned, proposed, accepted, done (says the owner), met (says the chair) or dropped; other actions are open, done or dropped. */
    state: 'unassigned' | 'proposed' | 'accepted' | 'open' | 'done' | 'met' | 'dropped';
    /** What it came of: `readiness/3`; null for a condition, which came of its decision. */
    origin: FlowId | null;
    /** When a condition was accepted as met, and when it was last found not met by its day; null for other actions. */
    met_at: number | null;
    missed_at: number | null;
  };
  cadences: {
    id: FlowId;
    initiative: FlowId;
    kind: string;
    title: string;
    channel: ChannelId;
    asked: PersonId;
    schedule: string;
    zone: string;
    state: 'proposed' | 'active' | 'paused' | 'ended';
    next_at: number | null;
    /** Reminders in a row that nobody answered or skipped. */
    missed: number;
    /** What became of the latest reminder, and when it was due. */
    latest: 'open' | 'snoozed' | 'done' | 'skipped' | 'missed' | null;
    latest_at: number | null;
  };
  reviews: {
    id: FlowId;
    initiative: FlowId;
    title: string;
    /** Who weighs the answers and decides. */
    owner: PersonId;
    opened_by: PersonId;
    /** Reviewers are asked; the owner weighs what they found; it is posted; or it came to nothing. */
    state: 'asking' | 'weighing' | 'posted' | 'cancelled';
    /** What the success matrix says: SCALE, PIVOT, EXTEND, KILL; null before all is in. */
    recommended: string | null;
    /** What the owner decided. */
    verdict: string | null;
    /** Scores from 0 to 100; null when nothing of the dimension is known. */
    technical: number | null;
    business: number | null;
    organizational: number | null;
    strategic: number | null;
    /** Confirmed of the sixteen. */
    indicators: number | null;
    red_flags: number | null;
    /** JSON: the conditions that a GO takes over, as `{ key, text, against }`. */
    proposals: string;
    opened_at: number;
    due_at: number;
    decided_at: number | null;
  };
  /** Who is asked to review. */
  reviewers: { review: FlowId; person: PersonId; state: 'asked' | 'answered' | 'declined' };
  readiness_checks: {
    id: FlowId;
    initiative: FlowId;
    title: string;
    state: 'asking' | 'done' | 'cancelled';
    met: number;
    unmet: number;
    not_applicable: number;
    unanswered: number;
    opened_at: number;
    due_at: number;
    finished_at: number | null;
  };
  /** The three areas of a readiness check, and who answers each. */
  readiness_areas: { readiness: FlowId; area: string; person: PersonId; state: 'asked' | 'answered' };
  /** Messages and links that were put in as evidence. */
  evidence: {
    id: FlowId;
    initiative: FlowId;
    /** What it speaks to: a set and a criterion of it, `go-no-go roi`; null for the initiative as a whole. */
    criterion: string | null;
    says: string;
    link: string | null;
    /** Who put it in. */
    person: PersonId;
    at: number;
  };
  /** Four questions whether an initiative is in order towards the people whom it concerns. */
  ethics_reviews: {
    id: FlowId;
    initiative: FlowId;
    title: string;
    /** Who answers. */
    person: PersonId;
    state: 'asking' | 'done' | 'cancelled';
    in_order: number;
    /** What is not in order, and what is unsure, in words, separated by commas. */
    amiss: string;
    unsure: string;
    opened_at: number;
    due_at: number;
    finished_at: number | null;
  };
  /** What stands in an initiative's way. */
  roadblocks: {
    id: FlowId;
    initiative: FlowId;
    what: string;
    cause: string;
    response: string;
    owner: PersonId;
    due: string;
    state: 'open' | 'resolved' | 'accepted' | 'dropped';
    raised_at: number;
    ended_at: number | null;
  };
  /** Who was told of a channel's initiatives when they joined it. */
  introductions: { id: FlowId; channel: ChannelId; person: PersonId; at: number };
  /** Who may do what concerns the whole workspace. */
  administrators: { id: FlowId; person: PersonId; since: number };
  /** A workspace's own criteria sets. */
  templates: {
    id: FlowId;
    name: string;
    title: string;
    /** The latest that was saved; 0 before any was. */
    version: number;
    state: 'draft' | 'current' | 'retired';
    /** JSON: what is asked, as `{ key, tier, text, rule }`. */
    criteria: string;
    /** The YAML as it was typed last. */
    source: string;
    saved_by: PersonId | null;
    saved_at: number | null;
    /** 1 when its source was looked at and not saved yet. */
    waiting: 0 | 1;
  };
}

export type DerivedTable = keyof Derived;

/** One derived row; its workspace is added by the store. */
export type Row = { [Table in DerivedTable]: { table: Table; row: Derived[Table] } }[DerivedTable];

/** The columns that tell the rows of a derived table apart, beside the workspace; the first is the flow that they follow from. */
export const KEYS: { readonly [Table in DerivedTable]: readonly (keyof Derived[Table] & string)[] } = {
  initiatives: ['id'],
  bodies: ['id'],
  members: ['body', 'person'],
  body_channels: ['body', 'channel'],
  votes: ['id'],
  vote_criteria: ['vote', 'criterion'],
  electors: ['vote', 'person'],
  recusals: ['vote', 'person'],
  deputies: ['flow', 'person'],
  vote_rounds: ['vote', 'round', 'initiative'],
  ratings: ['id'],
  vote_reopenings: ['vote', 'number'],
  digest_ballots: ['digest', 'vote', 'elector'],
  decisions: ['id'],
  actions: ['flow', 'key'],
  cadences: ['id'],
  reviews: ['id'],
  reviewers: ['review', 'person'],
  readiness_checks: ['id'],
  readiness_areas: ['readiness', 'area'],
  evidence: ['id'],
  ethics_reviews: ['id'],
  roadblocks: ['id'],
  introductions: ['id'],
  calibrations: ['decision', 'criterion'],
  appeals: ['decision', 'number'],
  templates: ['id'],
  administrators: ['id'],
};

/** What tells one derived row from all others: `members body/1 person/5`. */
export function keyOf({ table, row }: Row): string {
  const values = row as unknown as Record<string, unknown>;
  return [table, ...KEYS[table].map((column) => values[column])].join(' ');
}

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
  token_list: { id: number; name: string; created_at: number; used_on: string | null; revoked_at: number | null };
  webhook_list: { id: number; url: string; created_at: number };
  delivery_list: {
    id: number;
    webhook: number;
    event: string;
    created_at: number | null;
    state: 'owed' | 'delivered' | 'failed';
    tries: number;
    code: number | null;
    why: string | null;
    next_at: number;
  };
  /** Of a secret vote that is over: what everybody may see. */
  published_ballots: Published & { vote: FlowId; number: number };
  published_reasons: PublishedReason & { vote: FlowId; number: number };
  ballots: Ballot;
  occurrences: Occurrence;
  answers: Answer;
  waiting: Waiting;
  missing_ballots: MissingBallot;
  member_profiles: MemberProfile;
  outages: Outage;
  absences: Absence;
  /**
   * No table: the ballots of a secret vote, opened in memory. Where `vote`, `elector` and `by`, theirs, with the receipt that `by` would be told; where `vote` alone, all of them
   * without electors, but that of `except`. With `readable` none: only whether any of them can be opened.
   */
  unsealed: Unsealed;
  /** Deputies with the names of those they stand in for: a view. */
  deputyships: Derived['deputies'] & { name: string };
  people: {
    id: PersonId;
    name: string;
    zone: string | null;
    active: 0 | 1;
    guest: 0 | 1;
    /** The installation that they acted on last. */
    acted_on: number | null;
    /** Who they turned out to be. */
    same_as: PersonId | null;
  };
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
