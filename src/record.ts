import type { ChannelId, FlowId, PersonId } from './id.ts';

/**
 * The rows that follow from flows' states and can be rebuilt; people and scripts query them with SQL, as they do what is kept (kept.ts).
 * Times are epoch milliseconds in UTC, days are `2027-03-15`.
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
  /** Who wants no more nudges of a kind. */
  mutes: { id: FlowId; person: PersonId; kind: string; at: number };
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
  mutes: ['id'],
};

/** What tells one derived row from all others: `members body/1 person/5`. */
export function keyOf({ table, row }: Row): string {
  const values = row as unknown as Record<string, unknown>;
  return [table, ...KEYS[table].map((column) => values[column])].join(' ');
}
