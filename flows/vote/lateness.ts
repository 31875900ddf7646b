import type { Asked, Taken } from '../../src/flow.ts';
import type { Need, Outage } from '../../src/need.ts';
import { minute, type Text, text } from '../../src/text.ts';
import type { Closing, Vote } from './state.ts';

/** A close so long after the deadline is late, and says so; milliseconds. */
const LATE = 120_000;

/** What Offshoot knows of its own absences, where a vote closes by the clock: the one that it comes out of is the latest but few. */
export const lateNeeds = ({ input }: Pick<Asked, 'input'>): readonly Need[] =>
  input === 'deadline' ? [{ as: 'outages', rows: 'outages', order: ['until_at', 'desc'], limit: 10 }] : [];

/** The close with the outage that the deadline fell into. */
export function explainedLate(taken: Taken<Vote>, outages: readonly Outage[] = []): Taken<Vote> {
  const { closed } = taken.state;
  if (!closed || !isLate(closed)) return taken;
  const outage = outages.find(({ from_at, until_at }) => from_at <= closed.due! && closed.due! < until_at && until_at <= closed.at);
  if (!outage) return taken;
  return { ...taken, state: { ...taken.state, closed: { ...closed, down: { from: outage.from_at, until: outage.until_at } } } };
}

/** What the result says of a close that came late; nothing that is not known. */
export function lateText(closed: Closing): Text | undefined {
  if (!isLate(closed)) return undefined;
  const as = text`The vote is closed as of its deadline, over the ballots received before it.`;
  const { down } = closed;
  if (!down) return text`Closed late, ${minute(closed.at)}: Offshoot did not get to it at the deadline. ${as}`;
  return text`Offshoot was not running at the deadline: its last sign of life was ${minute(down.from)}, and it was back ${minute(down.until)}. ${as}`;
}

const isLate = ({ at, due }: Closing): boolean => due !== undefined && at - due > LATE;
