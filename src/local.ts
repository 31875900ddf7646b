import type { Work } from './store.ts';

/** The local workspace's own messages: there the browser is the messenger. */
export interface LocalTables {
  putMessage(message: Omit<LocalMessage, 'id'>): Work<number>;
  editMessage(id: number, card: string, edited: number): Work<boolean>;
  dropMessage(id: number): Work<void>;
  messagesAt(address: string, limit: number): Work<LocalMessage[]>;
  message(id: number): Work<LocalMessage | undefined>;
  messageKeyed(key: string): Work<number | undefined>;
}

/** A message of the local workspace, by a person (`text`) or by Offshoot (`card`, a rendered Adaptive Card as JSON). */
export interface LocalMessage {
  id: number;
  /** The channel's name, or `direct:<user>`. */
  address: string;
  author: string | null;
  text: string;
  card: string | null;
  /** The message in whose thread it stands. */
  thread: number | null;
  /** The surface that it shows. */
  key: string | null;
  at: number;
  edited: number | null;
}
