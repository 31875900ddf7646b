import { createHash, randomInt } from 'node:crypto';
import { type Refused, refused } from './flow.ts';
import type { CodeRow, InstallationRow, Tables, Work } from './store.ts';
import { type Text, text, words } from './text.ts';

/** How long a code may be typed, in milliseconds. */
export const CODE_LIVES = 15 * 60_000;

/** So many wrong codes a person may type; then they wait. */
const GUESSES = 5;
const WAIT = 15 * 60_000;

/** Without letters and digits that are taken for others; 12 of 31 are 59 bits. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** A new code as people type it: `ABCD-EFGH-JKMN`. Where it is kept, only its digest is. */
export function newCode(): string {
  const letters = Array.from({ length: 12 }, () => LETTERS[randomInt(LETTERS.length)]);
  return [0, 4, 8].map((from) => letters.slice(from, from + 4).join('')).join('-');
}

/** What a code is kept as; case, spaces and hyphens are as one likes. */
export const digestOf = (code: string): string =>
  createHash('sha256')
    .update(code.toUpperCase().replaceAll(/[^0-9A-Z]/g, ''))
    .digest('hex');

const HOW: Readonly<Record<CodeRow['purpose'], Text>> = {
  administrator: words('Ask an operator for another one: npx offshoot administrator'),
  paper: words('That is the address of a document: open it in a browser.'),
  join: words('An administrator of the other workspace gets another one there: /offshoot join'),
};

/** The code that was typed, if it is good. A wrong one is counted; nothing is said of codes to one who has guessed too often. */
export function* codeTyped(
  tables: Tables,
  { installation, user }: { installation: InstallationRow; user: string },
  purpose: CodeRow['purpose'],
  typed: string,
  at: number,
): Work<CodeRow | Refused> {
  const before = yield* tables.guesses(installation.id, user);
  const fresh = before === undefined || at >= before.at + WAIT;
  const wrong = fresh ? 0 : before.wrong;
  if (wrong >= GUESSES) return refused(text`You typed ${GUESSES} wrong codes. Please wait 15 minutes and try again.`);
  const code = yield* tables.code(digestOf(typed));
  if (!code || code.purpose !== purpose) {
    yield* tables.putGuesses(installation.id, user, { wrong: wrong + 1, at });
    return refused(text`That is no code for this. It looks like ABCD-EFGH-JKMN. ${HOW[purpose]}`);
  }
  if (code.used_at !== null) return refused(text`That code was used already. ${HOW[purpose]}`);
  if (at >= code.expires_at) return refused(text`That code came too late: it is good for 15 minutes. ${HOW[purpose]}`);
  return code;
}
