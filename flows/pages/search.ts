import { type Refused, refused } from '../../src/flow.ts';
import type { Search } from '../../src/need.ts';
import { text, typed } from '../../src/text.ts';
import { daysLater, instantIn, isDate } from '../../src/zone.ts';
import { folded } from '../rules/meant.ts';

const OUTCOMES = ['GO', 'GO WITH CONDITIONS', 'NO-GO', 'CHOSEN'];
const STATES = ['conditions open', 'final', 'superseded'];
const EXAMPLE = '/decisions outcome:no-go body:"Steering committee" since:2027-01-01 churn';

/** A word, words in quotes, or a name and one of them: `body:"Steering committee"`. A quote that is never closed reaches to the end. */
const PIECE = /(?:([a-z]+):)?(?:["“”]([^"“”]*)["“”]?|(\S+))/giu;

/** What was typed as a search, or the one sentence that says what was not understood. `zone` is the reader's: days are days there. */
export function searchOf(said: string, zone: string): Search | Refused {
  const words: Search['words'][number][] = [];
  const exactly: Record<string, string> = {};
  const moments: Partial<Record<'since' | 'until', number>> = {};
  const numbers: Partial<Record<'before' | 'after', number>> = {};
  // “no-go” alone is the outcome, as a word among others it is any word.
  const whole = OUTCOMES.find((one) => folded(one) === folded(said));
  if (whole) return { words, exactly: { outcome: whole } };
  for (const [piece, name, quoted, bare] of said.matchAll(PIECE)) {
    const value = (quoted ?? bare ?? '').trim();
    const filter = name?.toLowerCase() ?? '';
    switch (filter) {
      case 'outcome':
      case 'state': {
        const allowed = filter === 'outcome' ? OUTCOMES : STATES;
        const found = allowed.find((one) => squeezed(one) === squeezed(value));
        if (!found) return refused(text`“${typed(piece)}” was not understood: it may be ${list(allowed)}. For example: ${EXAMPLE}`);
        exactly[filter] = found;
        break;
      }
      case 'question':
        if (!isWord(value)) return unread(piece);
        exactly.question = value;
        break;
      case 'initiative':
      case 'body':
      case 'committee':
        if (!isWord(value)) return unread(piece);
        words.push({ said: value, in: filter === 'initiative' ? 'title' : 'body' });
        break;
      case 'since':
      case 'until': {
        const at = dayOf(value, zone, filter === 'until');
        if (at === undefined)
          return refused(text`“${typed(piece)}” was not understood: a day is written as 2027-01-31. For example: ${EXAMPLE}`);
        moments[filter] = at;
        break;
      }
      case 'before':
      case 'after': {
        const number = /^d-?([1-9]\d{0,8})$/i.exec(value)?.[1];
        if (!number)
          return refused(text`“${typed(piece)}” was not understood: it takes a decision, like before:D-17. For example: ${EXAMPLE}`);
        numbers[filter] = Number(number);
        break;
      }
      default: {
        // No filter of ours: an address or a time that stands in a text, with its colon.
        const word = name === undefined ? value : `${name} ${value}`;
        if (isWord(word)) words.push({ said: word });
        else if (quoted === undefined || value !== '') return unread(piece);
      }
    }
  }
  return { words, exactly, ...moments, ...numbers };
}

const unread = (piece: string): Refused => refused(text`“${typed(piece)}” holds nothing to look for. For example: ${EXAMPLE}`);

const isWord = (said: string): boolean => /[\p{L}\p{N}]/u.test(said);

const squeezed = (said: string): string => folded(said).replaceAll(/[- ]/g, '');

const list = (all: readonly string[]): string => all.map((one) => `“${one.toLowerCase()}”`).join(', ');

/** The first moment of the day, or of the one after it; undefined where there is no such day. */
function dayOf(said: string, zone: string, isEnd: boolean): number | undefined {
  if (!isDate(said)) return undefined;
  const start = instantIn(zone, said, '00:00');
  return isEnd ? daysLater(zone, start, 1) : start;
}
