import type { Card } from './card.ts';
import type { InstallationRow } from './store.ts';
import type { Names } from './text.ts';

/** What a chat platform does for the courier. Every call either settles as said or throws a `DeliveryFault`; it never retries by itself. */
export interface Messenger {
  readonly platform: InstallationRow['platform'];
  /** The budgets that a call draws on; it waits until each has room. `open` is what `direct` does: it has no address yet. */
  limits(call: Call, installation: InstallationRow, address: string): readonly Limit[];
  /** The address of the direct conversation with a user. */
  direct(installation: InstallationRow, user: string): Promise<string>;
  /** Posts and returns the message's id. `key` identifies the surface, so that `find` finds the message again. */
  post(message: Outgoing & { key: string; thread?: string }): Promise<string>;
  edit(message: Outgoing & { id: string }): Promise<void>;
  remove(installation: InstallationRow, address: string, id: string): Promise<void>;
  /** Looks for a message posted earlier under this key; absent where the platform gives no way to look. */
  find?(installation: InstallationRow, address: string, key: string, thread?: string): Promise<string | undefined>;
}

export type Call = 'open' | 'post' | 'edit' | 'remove';

export interface Outgoing {
  installation: InstallationRow;
  address: string;
  card: Card;
  names: Names;
  /** IANA zone for moments where the platform cannot show them in the reader's own. */
  zone: string;
}

/** At most `count` calls in `per` milliseconds for all calls with the same key. */
export interface Limit {
  key: string;
  count: number;
  per: number;
}

export type FaultKind =
  /** Not done; try again, after `wait` milliseconds if the platform said so. */
  | 'again'
  /** Nobody knows whether it was done: the answer was lost. */
  | 'unknown'
  /** It will not be done however often it is tried; an operator or a person has to act. */
  | 'refused'
  /** The message to edit is not there any more. */
  | 'vanished';

export class DeliveryFault extends Error {
  readonly kind: FaultKind;
  readonly wait: number | undefined;
  constructor(kind: FaultKind, why: string, wait?: number) {
    super(why);
    this.kind = kind;
    this.wait = wait;
  }
}
