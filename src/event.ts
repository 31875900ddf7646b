import type { Address, Card } from './card.ts';
import type { FieldErrors, Form, Raw } from './form.ts';
import type { InstallationRow } from './store.ts';
import { type Text, text, words } from './text.ts';

/** What an adapter makes of a platform's payload, after it has verified it. */
export interface Event {
  /** The platform's id of what happened; a second event with it makes no second change. */
  cause: string;
  installation: InstallationRow;
  /** The platform's id of the person who acts, and what the payload says of them. */
  by: { user: string; name?: string; zone?: string };
  /** The conversation that it was done in, when it is a channel. */
  where?: { address: string; name?: string };
  press: Address;
  /** What the messenger saw happen, and nobody asked for: somebody joined a channel. Only such events reach inputs of the messenger. */
  reported?: true;
  /** What stands in the form's fields when it opens, as raw as answers: the words of a message that is put in as evidence. */
  given?: Raw;
  /** The answers of a form; absent for a press or a command. Without a shape they are not held against a form that was shown. */
  answers?: {
    raw: Raw;
    shape?: string;
    seen?: number;
    /** The platform's ids of people and channels that its own pickers offered: only these may be entered when they are unknown. */
    picked?: readonly string[];
  };
  /** Epoch milliseconds of the receipt: deadlines go by it. */
  at: number;
}

/** The only thing that goes back to the person who acted, seen by nobody else. */
export type Reply =
  | { kind: 'form'; form: Form; notice?: Text }
  | { kind: 'errors'; form: Form; errors: FieldErrors }
  /** `typed` is what the person had written, so that nothing of it is lost. */
  | { kind: 'refused'; text: Text; typed?: readonly { label: string; text: string }[] }
  /** `secret` is said this once, after the text, and only where it does not stay. */
  | { kind: 'done'; text: Text; secret?: string }
  | { kind: 'card'; card: Card };

/** What was done, with the secret: for an answer that goes when it is closed. */
export const disclosed = ({ text: said, secret }: Extract<Reply, { kind: 'done' }>): Text =>
  secret === undefined ? said : text`${said}\n${words(secret)}`;
