import type { House } from '../../src/house.ts';

/**
 * What a person can do on a platform, whichever it is. One suite runs against every implementation, each of which starts the
 * real product and a stand-in of the platform that speaks its real payloads over loopback.
 */
export interface PlatformClient {
  readonly name: string;
  /** The moment that the product's clock shows; it stands until it is moved. */
  now(): number;
  /** Moves the clock, lets everything due take effect and everything owed be delivered. */
  moveTo(at: number): Promise<void>;
  /** Types words: a command where the platform has commands, a mention or a direct message elsewhere. */
  say(who: Role, where: Place, words: string): Promise<Heard>;
  /**
   * Presses a button by its label, on the card that this person was just shown alone, or else on the newest message of the place
   * that has it (or whose text contains `on`).
   */
  press(who: Role, where: Place, label: string, on?: string): Promise<Heard>;
  /** Fills the form that is open for this person by field labels, and sends it. What is not named keeps what stands in it. */
  submit(who: Role, values: Readonly<Record<string, string | readonly string[]>>): Promise<Heard>;
  /** What this person sees in a place once everything owed is delivered, oldest first. */
  see(who: Role, where: Place): Promise<readonly Seen[]>;
  /** Sends the last press or submission of this person again, as a platform's redelivery or a double click would. */
  again(who: Role): Promise<Heard>;
  /** Stops the product and starts it again on the same database, after the clock has moved by so much. */
  restart(asleep?: number): Promise<void>;
  /** The product itself, for what no button does. */
  readonly house: House;
  /** The path of the SQLite file, for plain SQL. */
  readonly database: string;
  stop(): Promise<void>;
}

export const ROLES = ['PM', 'Sponsor', 'Chair', 'Member 1', 'Member 2', 'Member 3', 'Member 4'] as const;
export type Role = (typeof ROLES)[number];

/** The committee's channel, the initiative's channel, or the person's own conversation with Offshoot. */
export type Place = 'steering-committee' | 'churn-model' | 'direct';

/** What comes back to the person who acted, seen by nobody else. */
export type Heard =
  | { kind: 'form'; title: string; fields: readonly { label: string; value?: string | readonly string[] }[] }
  /** By field label; '' is the form as a whole. The form stays open. */
  | { kind: 'errors'; errors: Readonly<Record<string, string>> }
  | { kind: 'said'; text: string; buttons: readonly string[] }
  /** Nothing came back. */
  | { kind: 'nothing' };

/** The sentence that came back. */
export function said(heard: Heard): string {
  if (heard.kind !== 'said') throw new Error(`expected a sentence, heard ${JSON.stringify(heard)}`);
  return heard.text;
}

export interface Seen {
  text: string;
  buttons: readonly string[];
  /** Stands in the thread of another message. */
  thread: boolean;
}
