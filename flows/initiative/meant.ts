import { type Moment, type Refused, refused } from '../../src/flow.ts';
import type { Derived } from '../../src/record.ts';
import { list, text, typed } from '../../src/text.ts';
import { meant } from '../rules/meant.ts';

type Initiative = Derived['initiatives'];

/**
 * The initiative that was named, or the one of this channel; a name that fits none or several is refused with what there is.
 * `command` is what was typed before the name, for the example: `/go-no-go`. `alive` must not be empty.
 */
export function initiativeMeant(
  about: string,
  moment: Moment,
  alive: readonly Initiative[],
  command: string,
): { one?: Initiative } | Refused {
  if (about === '') {
    const here = alive.filter((one) => one.channel === moment.here?.channel);
    return here.length === 1 ? { one: here[0]! } : {};
  }
  const found = meant(about, alive);
  if (found.length === 1) return { one: found[0]! };
  const names = list((found.length > 0 ? found : alive).slice(0, 12).map((one) => typed(one.name)));
  if (found.length > 1) return refused(text`“${typed(about)}” fits several initiatives: ${names}. Please write more of the name.`);
  return refused(text`No initiative fits “${typed(about)}”. There are: ${names}. For example: ${command} ${typed(alive[0]!.name)}`);
}
