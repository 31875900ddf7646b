import { type Refused, refused } from '../../src/flow.ts';
import { text, typed } from '../../src/text.ts';
import { dayIn, momentOf } from './local.ts';
import { timeMeant } from './time.ts';

/** Hours of a day in which nobody is asked anything, as wall-clock times: `{ from: '18:00', to: '08:00' }` goes over midnight. */
export interface Quiet {
  from: string;
  to: string;
}

/**
 * The moment itself, or the end of the quiet hours that it falls into; epoch milliseconds. They begin and end once a day: an hour that comes
 * twice when the clocks change is quiet the first time only.
 */
export function afterQuiet(at: number, { from, to }: Quiet, zone: string): number {
  const today = dayIn(zone, at);
  let free = at;
  for (const day of [today - 1, today, today + 1]) {
    const end = momentOf(zone, to > from ? day : day + 1, to);
    if (free >= momentOf(zone, day, from) && free < end) free = end;
  }
  return free;
}

/** `18:00-8:00` as a person types it. */
export function quietMeant(said: string): Quiet | Refused {
  const [, first = '', last = ''] =
    /^(?:from |between )?([^-–—]{1,12}?) ?(?:-|–|—|to|until|till|and) ?([^-–—]{1,12})$/i.exec(plainly(said)) ?? [];
  const [from, to] = [timeMeant(first), timeMeant(last)];
  if (from === undefined || to === undefined)
    return refused(text`${quoted(said)} names no quiet hours. Write when they begin and end, like 18:00-8:00.`);
  if (from === to)
    return refused(text`Quiet hours from ${from} to ${to} would last all day. Write when they begin and end, like 18:00-8:00.`);
  return { from, to };
}

const plainly = (said: string): string => said.slice(0, 100).trim().replaceAll(/\s+/g, ' ');

const quoted = (said: string) =>
  said.length <= 50 && !/[^\P{C}\s]/u.test(said) && said.trim() !== '' ? text`“${typed(said.trim())}”` : text`That`;
