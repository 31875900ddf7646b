import type { FlowId, WorkspaceId } from './id.ts';

/** A secret vote, whose ballots are sealed with a key of its own. */
export interface SecretVote {
  workspace: WorkspaceId;
  vote: FlowId;
}

/**
 * Where the keys of secret votes are: outside of the database and of every backup of it. While a vote is open its key alone ties a sealed
 * ballot to its elector; once it is destroyed, nothing does.
 */
export interface Vault {
  /** The key of a vote; undefined when it was never made, or is gone. */
  keyOf(vote: SecretVote): Key | undefined;
  /** Makes the key of a vote; it is durable when this returns. */
  make(vote: SecretVote): Key;
  /** Destroys the key of a vote; without one it does nothing. */
  destroy(vote: SecretVote): void;
  /** The votes that have a key. */
  kept(): SecretVote[];
}

export interface Key {
  /** Where an elector's ballot is kept: it tells nothing of the elector to whoever has no key. */
  slot(elector: string): string;
  /** What an elector finds their ballot by in the list that is published, like `KXWM-4TRA`; it has nothing in common with the slot. */
  receipt(voice: string): string;
  /** Encrypts `said` for a slot; what comes out is as long as `room` asks, in bytes, however long `said` is. Throws when it does not fit. */
  seal(slot: string, said: Uint8Array, room: number): Buffer;
  /** Tells one sealing from all others, and nothing of what was sealed. */
  mark(sealed: Buffer): string;
  /** What this process sealed or opened with the key, by slot, each with the mark of its sealing. It is in no file, and gone with the key. */
  readonly memory: Map<string, { mark: string; said: unknown }>;
  /** Undefined when it was sealed with another key, for another slot, or was changed. */
  open(slot: string, sealed: Buffer): Uint8Array | undefined;
}
