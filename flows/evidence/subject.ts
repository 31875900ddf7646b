import { type Moment, type Refused, refused } from '../../src/flow.ts';
import type { Derived } from '../../src/record.ts';
import { list, text, typed } from '../../src/text.ts';
import { meant } from '../rules/meant.ts';

type Initiative = Derived['initiatives'];

/** The initiative that was named, or the only one of this channel; a name that fits none or several is refused with what there is. */
export function subjectOf(about: string, moment: Moment, alive: readonly Initiative[]): { one: Initiative | undefined } | Refused {
  if (alive.length === 0) return refused(text`There is no initiative yet to put evidence in for. Register one first: /initiative`);
  if (about === '') {
    const here = alive.filter((one) => one.channel === moment.here?.channel);
    const [only] = here.length === 0 && alive.length === 1 ? alive : here.length === 1 ? here : [];
    return { one: only };
  }
  const found = meant(about, alive);
  if (found.length === 1) return { one: found[0]! };
  if (found.length > 1) return refused(text`“${typed(about)}” fits several initiatives: ${names(found)}. Please write more of the name.`);
  return refused(
    text`No initiative fits “${typed(about)}”. There are: ${names(alive)}. For example: /offshoot evidence ${typed(alive[0]!.name)}`,
  );
}

export const living = (initiatives: readonly Initiative[]): readonly Initiative[] => initiatives.filter((one) => one.stage !== 'retired');

export const names = (initiatives: readonly Initiative[]) => list(initiatives.slice(0, 12).map((one) => typed(one.name)));
