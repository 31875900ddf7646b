import type { Address } from './card.ts';
import { type Refused, refused } from './flow.ts';
import { text, typed } from './text.ts';

/** A command: what people type, and where it leads. */
export interface Verb {
  name: string;
  /** Other words for it. */
  also?: readonly string[];
  /** Has a slash command of its own beside `/offshoot <verb>`. */
  slash?: true;
  press: Pick<Address, 'to' | 'input'>;
  /** What may follow it, as in `[initiative]`. */
  about?: string;
  does: string;
  example: string;
}

/** Of a longer command nothing is read beyond this. */
const LONGEST = 500;

/**
 * The address that typed words mean: `/go-no-go churn`, `/offshoot go-no-go churn`, and the same without the slash in a mention or
 * a direct message. A mistake is answered with what was expected and an example.
 */
export function addressMeant(said: string, verbs: readonly Verb[]): Address | Refused {
  const words = said
    .slice(0, LONGEST)
    .trim()
    .replaceAll(/\s+/g, ' ')
    .replace(/^\/?(?:offshoot\b ?)*\/?/i, '');
  const [first = '', ...rest] = words.split(' ');
  if (first === '') return { to: 'mine', input: 'show' };
  const verb = verbs.find((one) => one.name === first.toLowerCase() || one.also?.includes(first.toLowerCase()));
  if (!verb) {
    const close = nearest(first.toLowerCase(), verbs);
    const hint = close ? text` Did you mean “${commandOf(close)}”? For example: ${close.example}` : text` For example: /go-no-go churn`;
    return refused(text`Offshoot does not know “${typed(first.slice(0, 40))}”.${hint}. All commands: /offshoot help`);
  }
  const about = rest.join(' ').slice(0, 200);
  if (about.toLowerCase() === 'help') return { to: 'help', input: 'show', about: verb.name };
  return { ...verb.press, ...(about ? { about } : {}) };
}

/** `/go-no-go` or `/offshoot committee`. */
export const commandOf = (verb: Verb): string => (verb.slash ? `/${verb.name}` : `/offshoot ${verb.name}`);

function nearest(said: string, verbs: readonly Verb[]): Verb | undefined {
  const named = verbs.flatMap((verb) => [verb.name, ...(verb.also ?? [])].map((name) => ({ verb, far: distance(said, name) })));
  const best = named.reduce((least, one) => (one.far < least.far ? one : least), { verb: undefined as Verb | undefined, far: 3 });
  return best.verb;
}

/** Edits between two short words (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length]!;
}
