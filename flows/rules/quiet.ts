import { type Refused, refused } from '../../src/flow.ts';
import { text, typed } from '../../src/text.ts';
import { daysLater, instantIn, localOf } from '../../src/zone.ts';

/** Hours of the night in which nobody is asked anything, as wall-clock times; they may go over midnight. */
export interface Quiet {
  from: string;
  to: string;
}

/** The moment itself, or the end of the quiet hours that it falls into; epoch milliseconds. */
export function afterQuiet(at: number, { from, to }: Quiet, zone: string): number {
  const { date, time } = localOf(zone, at);
  if (from < to) return time >= from && time < to ? instantIn(zone, date, to) : at;
  if (time >= from) return instantIn(zone, localOf(zone, daysLater(zone, at, 1)).date, to);
  return time < to ? instantIn(zone, date, to) : at;
}

/** `18:00-8:00` as a person types it. */
export function quietMeant(said: string): Quiet | Refused {
  const [, from, to] = /^\s*(\d{1,2}:\d{2})\s*(?:-|–|to|until)\s*(\d{1,2}:\d{2})\s*$/.exec(said.slice(0, 50)) ?? [];
  if (!from || !to) return refused(text`“${typed(said.slice(0, 50))}” are no quiet hours. Write them like 18:00-8:00.`);
  return { from: from.padStart(5, '0'), to: to.padStart(5, '0') };
}
