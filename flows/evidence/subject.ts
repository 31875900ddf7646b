import { type Moment, type Refused, refused } from '../../src/flow.ts';
import type { Derived } from '../../src/record.ts';
import { list, text, typed } from '../../src/text.ts';
import { initiativeMeant } from '../initiative/meant.ts';

type Initiative = Derived['initiatives'];

/** The initiative that evidence is put in for: the one that was named, of this channel, or the only one there is. */
export function subjectOf(about: string, moment: Moment, alive: readonly Initiative[]): { one?: Initiative } | Refused {
  if (alive.length === 0) return refused(text`There is no initiative yet to put evidence in for. Register one first: /initiative`);
  const found = initiativeMeant(about, moment, alive, '/offshoot evidence');
  const isOnly = !('refused' in found) && !found.one && alive.length === 1;
  return isOnly ? { one: alive[0]! } : found;
}

export const living = (initiatives: readonly Initiative[]): readonly Initiative[] => initiatives.filter((one) => one.stage !== 'retired');

export const names = (initiatives: readonly Initiative[]) => list(initiatives.slice(0, 12).map((one) => typed(one.name)));
