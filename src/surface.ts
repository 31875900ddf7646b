import type { Card } from './card.ts';
import type { Surface } from './flow.ts';
import type { ChannelId, FlowId, PersonId, WorkspaceId } from './id.ts';
import type { Work } from './store.ts';

/** What is wanted of messages, and what is shown of it. */
export interface SurfaceTables {
  putSurface(workspace: WorkspaceId, flow: FlowId, surface: Surface): Work<void>;
  /** Wanted no more: `card` is its last edit, null asks for its deletion. */
  retireSurface(workspace: WorkspaceId, flow: FlowId, key: string, card: Card | null): Work<void>;
  surfacesOf(workspace: WorkspaceId, flow: FlowId): Work<SurfaceRow[]>;
  /**
   * The workspaces that have surfaces whose shown revision is behind the wanted one and which may be tried now: none that is held,
   * backs off, answers a message that is not there yet, or is a nudge that its reader has muted and was not sent before.
   */
  owing(now: number): Work<WorkspaceId[]>;
  /** Those surfaces, line by line: results first, nudges last. Reads lines until they hold `limit` surfaces or there are no more. */
  owed(workspace: WorkspaceId, now: number, limit: number, within?: Within): Work<Line[]>;
  /** What was held for a destination is tried again: the bot was let in. */
  release(workspace: WorkspaceId, destination: ChannelId | PersonId): Work<void>;
  surface(workspace: WorkspaceId, flow: FlowId, key: string): Work<SurfaceRow | undefined>;
  bareSurface(workspace: WorkspaceId, flow: FlowId, key: string): Work<BareSurface | undefined>;
  shown(row: Pick<SurfaceRow, 'workspace' | 'flow' | 'key'>, fate: SurfaceFate): Work<void>;
  /** When the first of those that back off may be tried. */
  nextOwed(now: number): Work<number | undefined>;
  surfaceAt(installation: number, address: string, message: string): Work<SurfaceRow | undefined>;
}

export interface SurfaceRow {
  workspace: WorkspaceId;
  flow: FlowId;
  key: string;
  to: PersonId | ChannelId;
  under: string | null;
  /** Null: to be deleted. */
  card: Card | null;
  wanted: number;
  shown: number;
  installation: number | null;
  /** The platform's address of the conversation and id of the message, once posted. */
  address: string | null;
  message: string | null;
  /** 1 from before the first send until its outcome is known: a crash or a lost answer leaves it set. */
  sending: 0 | 1;
  tries: number;
  rank: number;
  /** 1 once it is wanted no more. */
  retired: 0 | 1;
}

/** What there is to do for a surface; `drop` is for one that is wanted no more and has no message that is known. */
export type SurfaceCall = 'edit' | 'post' | 'remove' | 'drop';

/** A surface without its card, which is large and read once it is handed on. */
export type BareSurface = Omit<SurfaceRow, 'card'>;

/** What one destination is owed of one rank by the same call, the oldest few of it. */
export interface Line {
  rank: number;
  to: PersonId | ChannelId;
  call: SurfaceCall;
  rows: BareSurface[];
}

/** The lines that are looked at: of one rank, after another line in the order of destination and call, without some calls. */
export interface Within {
  rank?: number;
  after?: Pick<Line, 'to' | 'call'> | undefined;
  except?: readonly SurfaceCall[];
}

export type SurfaceFate =
  | { kind: 'sending' }
  | { kind: 'shown'; revision: number; installation: number; address: string; message: string | null }
  | { kind: 'gone'; revision: number }
  /** `landed` says whether the message may be there all the same. */
  | { kind: 'again'; at: number; tries: number; landed: 'no' | 'perhaps' }
  /** Somebody removed the message: it is posted anew. */
  | { kind: 'vanished' }
  | { kind: 'held'; why: string; landed: 'no' | 'perhaps' }
  | { kind: 'uncertain'; why: string };
