import type {
  Absence,
  ChannelSeat,
  DecisionBallot,
  LatestDecision,
  MemberProfile,
  MemberSeat,
  MissingBallot,
  Outage,
  Readable,
} from '../../src/need.ts';
import type { Derived } from '../../src/record.ts';
import type { LocalMessage } from '../../src/local.ts';

/** The columns as SQLite holds them; JSON is text. docs/tables.md describes them for readers of the database. */
type InWorkspace<Row> = Row & { workspace: number };

type DerivedTables = { [Table in keyof Derived]: InWorkspace<Derived[Table]> };

export interface Schema extends DerivedTables {
  workspaces: { id: number; name: string; created_at: number };
  installations: { id: number; workspace: number; platform: 'slack' | 'teams' | 'local'; key: string; name: string };
  people: InWorkspace<{
    id: string;
    name: string;
    zone: string | null;
    active: 0 | 1;
    guest: 0 | 1;
    acted_on: number | null;
    named_on: number | null;
    same_as: string | null;
  }>;
  identities: InWorkspace<{ installation: number; user: string; person: string; direct: string | null; active: 0 | 1; guest: 0 | 1 }>;
  channels: InWorkspace<{ id: string; installation: number; address: string; name: string; zone: string | null; reference: string | null }>;
  counters: InWorkspace<{ counter: string; last: number }>;
  flows: InWorkspace<{ id: string; kind: string; version: number; state: string; settled: 0 | 1 }>;
  journal: InWorkspace<{
    seq: number;
    at: number;
    flow: string;
    input: string;
    body: string | null;
    salt: string | null;
    leaf: string;
    digest: string;
  }>;
  causes: InWorkspace<{ cause: string; flow: string; reply: string; at: number }>;
  surfaces: InWorkspace<{
    flow: string;
    key: string;
    destination: string;
    under: string | null;
    card: string | null;
    rank: number;
    nudge: string | null;
    wanted: number;
    shown: number;
    installation: number | null;
    address: string | null;
    message: string | null;
    sending: 0 | 1;
    tries: number;
    again_at: number;
    held: string | null;
    uncertain: 0 | 1;
    retired: 0 | 1;
  }>;
  timers: InWorkspace<{
    flow: string;
    key: string;
    at: number;
    target: string;
    input: string;
    tries: number;
    /** `at`, or later while it backs off. */
    fires_at: number;
    held: string | null;
  }>;
  ballots: InWorkspace<{
    vote: string;
    person: string;
    cast_by: string | null;
    number: number;
    choices: string | null;
    reasons: string;
    draft: string | null;
    draft_by: string | null;
    cast_at: number | null;
  }>;
  turnout: InWorkspace<{ vote: string; elector: string; number: number; cast: 0 | 1 }>;
  sealed_ballots: InWorkspace<{ vote: string; slot: string; mark: string; sealed: Buffer }>;
  published_ballots: InWorkspace<{ vote: string; number: number; receipt: string; choices: string }>;
  published_reasons: InWorkspace<{ vote: string; number: number; criterion: string; choice: string; reason: string }>;
  answers: InWorkspace<{ flow: string; about: string; person: string; question: string; value: string; at: number }>;
  occurrences: InWorkspace<{
    cadence: string;
    number: number;
    due: number;
    state: string;
    posted_at: number | null;
    late: 0 | 1;
    answered_at: number | null;
    answered_by: string | null;
    note: string | null;
  }>;
  /** Pictures that were shown, by the digest of what they show; the token is their address where a platform fetches them. */
  pictures: InWorkspace<{ digest: string; token: string; picture: string; made_at: number }>;
  /** What a platform calls a picture that it was given. */
  picture_files: { installation: number; digest: string; file: string; made_at: number };
  decision_ballots: InWorkspace<DecisionBallot>;
  latest_decisions: InWorkspace<LatestDecision>;
  token_list: InWorkspace<Readable['token_list']>;
  webhook_list: InWorkspace<Readable['webhook_list']>;
  delivery_list: InWorkspace<Readable['delivery_list']>;
  /** One-time codes by their digests. */
  codes: InWorkspace<{ digest: string; purpose: string; flow: string | null; expires_at: number; used_at: number | null }>;
  /** How many wrong codes somebody typed. */
  guesses: { installation: number; user: string; wrong: number; at: number };
  local_messages: LocalMessage;
  absences: InWorkspace<Absence>;
  runs: { id: number; from_at: number; until_at: number };
  outages: InWorkspace<Outage>;
  deputyships: InWorkspace<Derived['deputies'] & { name: string }>;
  missing_ballots: InWorkspace<MissingBallot>;
  member_profiles: InWorkspace<MemberProfile>;
  member_seats: InWorkspace<MemberSeat>;
  channel_seats: InWorkspace<ChannelSeat>;
  introduced: InWorkspace<Readable['introduced']>;
  waiting: InWorkspace<{
    person: string;
    flow: string;
    kind: string;
    key: string;
    title: string;
    due: number | null;
    from_at: number | null;
    until_at: number | null;
  }>;
}
