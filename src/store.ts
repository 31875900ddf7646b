import type { AbsenceTables } from './absence.ts';
import type { ChannelId, FlowId, PersonId, WorkspaceId } from './id.ts';
import type { Linked, Timer } from './flow.ts';
import type { LocalTables } from './local.ts';
import type { OutsideTables } from './outside.ts';
import type { Picture } from './picture.ts';
import type { RunTables } from './pulse.ts';
import type { CodeFact, Kept, Published, PublishedReason } from './kept.ts';
import type { Need } from './need.ts';
import type { Row } from './record.ts';
import type { SurfaceTables } from './surface.ts';

/** A query that a store can run. Its inside is the store's own affair. */
export interface Query {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/**
 * Work on the store: a generator that yields queries and is given their rows. It cannot await anything else, so one store
 * runs it synchronously inside a group of commits, and a server database can await each query.
 */
export type Work<Result> = Generator<Query, Result, unknown[]>;

export interface Store {
  /**
   * Runs the work in a transaction of its own among others of the same group commit, and settles after the commit: what
   * resolved is durable. When the work throws, its changes alone are rolled back and the promise rejects.
   */
  update<Result>(work: (tables: Tables) => Work<Result>): Promise<Result>;
  /** Runs work that only reads, on one committed state. */
  look<Result>(work: (tables: Tables) => Work<Result>): Promise<Result>;
  /** Settles when all that was queued is committed; nothing more is taken. */
  close(): Promise<void>;
}

/** What the engine asks of a store. Every row is of one workspace; no call reads or writes across them but the clock's own. */
export interface Tables extends AbsenceTables, LocalTables, OutsideTables, RunTables, SurfaceTables {
  flow(workspace: WorkspaceId, id: FlowId): Work<FlowRow | undefined>;
  putFlow(workspace: WorkspaceId, row: FlowRow): Work<void>;
  /** Unsettled flows of a kind that are older than a version, after a place in their order, which each of them tells. */
  flowsBehind(kind: string, version: number, limit: number, after?: Behind): Work<Behind[]>;
  /** All flows, ordered by workspace and id, after one of them. */
  allFlows(limit: number, after?: Placed): Work<Placed[]>;
  /** The next number of a kind in the workspace; it is used up even when nothing comes of it, unless the transaction fails. */
  next(workspace: WorkspaceId, counter: string): Work<number>;

  cause(workspace: WorkspaceId, cause: string): Work<CauseRow | undefined>;
  putCause(workspace: WorkspaceId, row: CauseRow): Work<void>;
  /** Those of people, and of timers that no flow wants any more. */
  forgetCauses(before: number): Work<void>;

  rows(workspace: WorkspaceId, need: Need): Work<unknown[]>;
  keep(workspace: WorkspaceId, flow: FlowId, kept: Kept): Work<void>;
  /** Sealed ballots of a secret vote, in the order of their slots; or the one of a slot, or the first so many. */
  sealedBallots(workspace: WorkspaceId, vote: FlowId, slot?: string, limit?: 1): Work<SealedRow[]>;
  /** The same without what is sealed, which takes most of the time. */
  sealedMarks(workspace: WorkspaceId, vote: FlowId, slot?: string): Work<Omit<SealedRow, 'sealed'>[]>;
  putSealed(workspace: WorkspaceId, vote: FlowId, row: SealedRow): Work<void>;
  dropSealed(workspace: WorkspaceId, vote: FlowId, slot?: string): Work<void>;
  turnout(workspace: WorkspaceId, vote: FlowId, elector: PersonId): Work<TurnoutRow | undefined>;
  /** Counts a keeping of the elector's ballot. */
  putTurnout(workspace: WorkspaceId, vote: FlowId, elector: PersonId, cast: 0 | 1): Work<void>;
  dropTurnout(workspace: WorkspaceId, vote: FlowId): Work<void>;
  publish(workspace: WorkspaceId, vote: FlowId, ballots: readonly Published[], reasons: readonly PublishedReason[]): Work<void>;
  /** The votes of all workspaces that have sealed ballots. */
  sealedVotes(): Work<{ workspace: WorkspaceId; vote: FlowId }[]>;
  putRecord(workspace: WorkspaceId, row: Row): Work<void>;
  dropRecord(workspace: WorkspaceId, row: Row): Work<void>;
  /** All derived rows of one flow: those whose first key is its id. */
  dropRecordsOf(workspace: WorkspaceId, flow: FlowId): Work<void>;
  /** Derived rows that belong to no flow; and indexes the decisions anew, now that all rows are there. */
  dropStrays(): Work<void>;

  putTimer(workspace: WorkspaceId, flow: FlowId, timer: Timer): Work<void>;
  /** False when there was none. */
  dropTimer(workspace: WorkspaceId, flow: FlowId, timer: Pick<Timer, 'key' | 'at'>): Work<boolean>;
  timersOf(workspace: WorkspaceId, flow: FlowId): Work<TimerRow[]>;
  /** Due timers that act on this flow, oldest first. */
  dueFor(workspace: WorkspaceId, target: FlowId, now: number): Work<TimerRow[]>;
  /**
   * Due timers, about so many: the workspaces take turns, each with its oldest first. Held ones and those that back off are left
   * out.
   */
  due(now: number, limit: number): Work<TimerRow[]>;
  nextDue(): Work<number | undefined>;
  delayTimer(row: TimerRow, until: number, held: boolean, why: string): Work<void>;

  journalHead(workspace: WorkspaceId): Work<{ seq: number; digest: string }>;
  append(workspace: WorkspaceId, entry: JournalRow): Work<void>;
  journal(workspace: WorkspaceId, after: number, limit: number): Work<JournalRow[]>;

  workspaces(): Work<{ id: WorkspaceId; name: string }[]>;
  installation(platform: string, key: string): Work<InstallationRow | undefined>;
  /** All installations of a platform, as an adapter serves them again after a start. */
  installations(platform: InstallationRow['platform']): Work<InstallationRow[]>;
  putInstallation(row: Omit<InstallationRow, 'id' | 'workspace'>, now: number): Work<InstallationRow>;
  identity(installation: number, user: string): Work<PersonRow | undefined>;
  putIdentity(installation: InstallationRow, user: string, profile: Profile): Work<PersonRow>;
  /**
   * What a messenger says of somebody. The name is that of the first one which gave any, until that one gives another: who is on two
   * messengers is called alike on both.
   */
  updateProfile(from: Pick<InstallationRow, 'id' | 'workspace'>, person: PersonId, profile: Profile): Work<void>;
  /** What a messenger says of one account: a person has left when all of theirs are switched off, and is a guest where each is one. */
  updateAccount(installation: number, user: string, profile: Pick<Profile, 'active' | 'guest'>): Work<void>;
  /** Where the person is known, first where they acted last. */
  identitiesOf(workspace: WorkspaceId, person: PersonId): Work<IdentityRow[]>;
  /** Everybody with a name; those with `same_as` are nobody of their own any more. */
  peopleOf(workspace: WorkspaceId): Work<PersonRow[]>;
  acted(workspace: WorkspaceId, person: PersonId, installation: number): Work<void>;
  /** Unsettled flows whose states name the person. */
  flowsNaming(workspace: WorkspaceId, person: PersonId): Work<FlowRow[]>;
  /** Makes two people one: identities, where messages go, and what is kept of these flows. What both answered stays with each. */
  linkPerson(workspace: WorkspaceId, linked: Linked, flows: readonly FlowId[]): Work<void>;
  /** Those with a name whom this installation does not know, as far as a form can offer them. */
  peopleElsewhere(workspace: WorkspaceId, installation: number): Work<PersonRow[]>;
  channelAt(installation: number, address: string): Work<ChannelRow | undefined>;
  putChannel(installation: InstallationRow, channel: Omit<ChannelRow, 'id' | 'workspace' | 'installation'>): Work<ChannelRow>;
  channelOf(workspace: WorkspaceId, id: ChannelId): Work<ChannelRow | undefined>;
  channelsOf(workspace: WorkspaceId): Work<ChannelRow[]>;
  /** Where a person's direct messages go on an installation, once it is known. */
  putDirect(installation: number, user: string, direct: string): Work<void>;

  /** What kinds of flows a workspace has. */
  kindsOf(workspace: WorkspaceId): Work<string[]>;
  /** Nothing is owed or due in the workspace any more. */
  quiet(workspace: WorkspaceId): Work<void>;
  /** Its people and channels go with it and get new ids. */
  moveInstallation(installation: InstallationRow, into: WorkspaceId): Work<void>;
  /** Is any installation part of the workspace? */
  isServed(workspace: WorkspaceId): Work<boolean>;
  installationAt(id: number): Work<InstallationRow | undefined>;

  putCode(row: Omit<CodeRow, 'used_at'>): Work<void>;
  code(digest: string): Work<CodeRow | undefined>;
  useCode(digest: string, at: number): Work<void>;
  /** How many wrong codes a user typed, and when the last one. */
  guesses(installation: number, user: string): Work<{ wrong: number; at: number } | undefined>;
  putGuesses(installation: number, user: string, guesses: { wrong: number; at: number }): Work<void>;

  /** The address of a picture, if it was put on a card before, and after that moment. */
  pictureToken(workspace: WorkspaceId, digest: string, after?: number): Work<string | undefined>;
  /** Keeps a picture, or that it was shown again, and returns its token: the one given, or the one that it has already. */
  putPicture(workspace: WorkspaceId, row: PictureRow): Work<string>;
  /** Pictures that were put on no card since then, and what platforms call them. */
  forgetPictures(before: number): Work<void>;
  /** Whoever knows the token may see the picture, whatever workspace it is of. */
  pictureAt(token: string): Work<Picture | undefined>;
  /** What a platform calls a picture that it was given, if it was put on a card then or since. */
  pictureFile(installation: number, digest: string, after?: number): Work<string | undefined>;
  /** Keeps it, or that it was shown again. */
  putPictureFile(installation: number, row: { digest: string; file: string; at: number }): Work<void>;
  dropPictureFile(installation: number, digest: string): Work<void>;

  /** Counts for the health page: surfaces owed, timers due, both held. What is muted is neither owed nor held. */
  health(now: number): Work<{ owed: number; due: number; held: number }>;
  heldThings(): Work<{ kind: 'timer' | 'delivery' | 'uncertain'; what: string; why: string }[]>;
  /** Has what failed tried again, or what is uncertain; or takes what is uncertain as delivered. Returns how many there were. */
  releaseHeld(what: 'failed' | 'uncertain' | 'delivered'): Work<number>;
}

/** A flow and where it is. */
export interface Placed {
  workspace: WorkspaceId;
  row: FlowRow;
}

export interface Behind extends Placed {
  place: number;
}

export interface FlowRow {
  id: FlowId;
  version: number;
  state: unknown;
  settled: 0 | 1;
}

export interface SealedRow {
  slot: string;
  /** New at each sealing. */
  mark: string;
  sealed: Buffer;
}

/** That an elector of a secret vote has a ballot in it (1) or withdrew it (0), and how often either was said. */
export interface TurnoutRow {
  number: number;
  cast: 0 | 1;
}

/** Stands as the reply of a timer's cause that no rebuild needs any more. */
export const SPENT = '{"spent":true}';

/** The event that made a change, and what was answered, so that a redelivery is answered again without a second change. */
export interface CauseRow {
  cause: string;
  flow: FlowId;
  reply: string;
  at: number;
}

export interface TimerRow {
  workspace: WorkspaceId;
  flow: FlowId;
  key: string;
  at: number;
  target: FlowId | string;
  input: { type: string } & Record<string, unknown>;
  tries: number;
}

export interface JournalRow {
  seq: number;
  at: number;
  flow: FlowId;
  input: string;
  /** JSON of who did what; null once it was erased for a person. */
  body: string | null;
  salt: string | null;
  leaf: string;
  digest: string;
}

export interface InstallationRow {
  id: number;
  workspace: WorkspaceId;
  platform: 'slack' | 'teams' | 'local';
  /** The platform's own id: a Slack team, a Teams tenant. */
  key: string;
  name: string;
}

export interface Profile {
  name?: string;
  zone?: string;
  active?: boolean;
  /** Here as a guest, or from another organization. */
  guest?: boolean;
}

export interface PersonRow {
  id: PersonId;
  workspace: WorkspaceId;
  name: string;
  zone: string | null;
  active: 0 | 1;
  guest: 0 | 1;
  /** The installation that they acted on last: there they are reached. */
  acted_on: number | null;
  /** The installation that named them: no other changes the name. */
  named_on: number | null;
  /** Who they turned out to be; nothing of theirs is looked for under their own id any more. */
  same_as: PersonId | null;
}

export interface IdentityRow {
  installation: number;
  platform: InstallationRow['platform'];
  user: string;
  /** The direct conversation, once known. */
  direct: string | null;
}

export interface ChannelRow {
  id: ChannelId;
  workspace: WorkspaceId;
  installation: number;
  /** The platform's id of the conversation. */
  address: string;
  name: string;
  zone: string | null;
  /** What the platform needs to write there unasked, as JSON: a Teams conversation reference. */
  reference: string | null;
}

/** A one-time code, of which only the digest is kept. */
export interface CodeRow extends CodeFact {
  workspace: WorkspaceId;
  digest: string;
  /** The flow that gave it; null when an operator did. */
  flow: FlowId | null;
  used_at: number | null;
}

export interface PictureRow {
  digest: string;
  /** Random: its address. */
  token: string;
  picture: Picture;
  at: number;
}
