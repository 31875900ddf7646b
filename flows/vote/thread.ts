import type { Timer } from '../../src/flow.ts';
import { ROSTER } from './roster.ts';
import type { Closing, Vote } from './state.ts';

/**
 * The thread below a result has every reason and every ballot by receipt: of 500 members that may be hundreds of pages. Where a committee
 * is large they are written in a step of their own, right after the one that closes the vote, so that neither keeps others waiting.
 */
export const threadOf = ({ electors }: Vote, { outcome }: Pick<Closing, 'outcome'>): Pick<Closing, 'thread'> =>
  electors.length > ROSTER && outcome !== 'NO QUORUM' ? { thread: 'to come' } : {};

export const threadTimers = ({ closed }: Vote): readonly Timer[] =>
  closed?.thread ? [{ key: 'thread', at: closed.at, input: { type: 'thread' } }] : [];

/** The vote with its thread written. */
export function threaded(vote: Vote): Vote {
  if (!vote.closed?.thread) return vote;
  const { thread: _, ...closed } = vote.closed;
  return { ...vote, closed };
}
