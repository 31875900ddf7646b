import type { Block, View } from './limits.ts';

export const TEAM = 'T0OFFSHOOT';
export const BOT = 'U0OFFSHOOT';

/** What a Slack workspace holds, as its Web API reads and changes it. */
export interface Workplace {
  readonly apiUrl: string;
  readonly users: ReadonlyMap<string, User>;
  readonly channels: ReadonlyMap<string, { name: string; members: Set<string>; im?: string }>;
  readonly messages: Message[];
  /** The modal that each user has open. */
  readonly modals: ReadonlyMap<string, OpenView>;
  readonly homes: Map<string, View>;
  /** The direct conversation of the bot with a user. */
  im(user: string): string;
  /** Who may open a view with it: nobody any more when it was used already. */
  takeTrigger(id: string): { user?: string } | undefined;
  /** Shows a view in the place of the one that is open, with a hash of its own. */
  showModal(user: string, view: View, id?: string): OpenView;
  say(said: Partial<Message> & { channel: string }): Message;
  /** Begins an upload of so many bytes: where to send them, and what the file will be called. */
  beginUpload(length: number, filename: string): { upload_url: string; file_id: string };
  /** False when there is no such file, or it is not uploaded, or complete already. */
  completeUpload(id: string, title: string): boolean;
  /** What Slack says of blocks that show a file which it does not know, or does not know yet. */
  unknownFile(blocks: readonly Block[]): string | undefined;
}

export interface File {
  length: number;
  filename: string;
  title?: string;
  bytes?: Buffer;
  complete: boolean;
  /** So many messages with it are still refused: Slack is working on it. */
  young: number;
}

export interface User {
  name: string;
  tz: string;
  deleted?: boolean;
  is_bot?: boolean;
  is_restricted?: boolean;
  is_stranger?: boolean;
  team_id?: string;
}

export interface Message {
  channel: string;
  ts: string;
  user: string;
  text: string;
  blocks: Block[];
  metadata?: { event_type: string; event_payload: object };
  thread_ts?: string;
  /** Only this user sees it. */
  only?: string;
}

export interface OpenView extends View {
  id: string;
  hash: string;
  user: string;
}

export type Arguments = Readonly<Record<string, string>>;
