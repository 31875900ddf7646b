import { type Linked, type Refused, refused } from '../../src/flow.ts';
import { minute, text } from '../../src/text.ts';
import { isOpen, matterOf, type Standing, type Vote } from './state.ts';

/**
 * An open vote in which two people turn out to be one. Whoever has two seats in it keeps both until it closes: neither ballot can be made
 * the other's. A ballot that is sealed belongs to the name that it was sealed under.
 */
export function mergedVote(before: Vote, after: Vote, { gone, stays }: Linked): { state: Vote } | Refused {
  // A vote that ended without a quorum may go on: then it does with one seat.
  if (isOpen(before) && before.electors.includes(gone) && before.electors.includes(stays))
    return refused(
      text`Each of the two has a seat in the vote on ${matterOf(before)}, so they cannot be one before it closes, ${minute(before.deadline)}.`,
    );
  const isSealed = before.secret && (before.electors.includes(gone) || before.byDeputy?.some((one) => one.deputy === gone));
  if (isSealed)
    return refused(
      text`In the secret vote on ${matterOf(before)} ballots are sealed under the name that you have there. Link yourself after it closes, ${minute(before.deadline)}; or get the code there and type it here.`,
    );
  return {
    state: {
      ...after,
      ...(after.deputies ? { deputies: after.deputies.filter(isAnother) } : {}),
      ...(after.byDeputy ? { byDeputy: after.byDeputy.filter(isAnother) } : {}),
    },
  };
}

/** Nobody stands in for themselves. */
const isAnother = ({ person: member, deputy }: Standing): boolean => member !== deputy;
