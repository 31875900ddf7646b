import { actor, type Moment, type Refused, refused } from '../../src/flow.ts';
import type { Need } from '../../src/need.ts';
import type { Derived } from '../../src/record.ts';
import { list, person, text } from '../../src/text.ts';

/** Who administers the workspace, as the facts `administrators`. */
export const administratorsNeed: Need = { as: 'administrators', rows: 'administrators', order: ['since', 'asc'] };

/** Names no more of them in a refusal. */
const NAMED = 5;

/** Nothing when the one who acts is an administrator; else the sentence that says who is, or how the first one is named. */
export function mayAdminister(moment: Moment, administrators: readonly Derived['administrators'][]): Refused | undefined {
  if (administrators.some((one) => one.person === actor(moment))) return undefined;
  if (administrators.length === 0)
    return refused(
      text`Only an administrator may do that, and this workspace has none yet. An operator runs npx offshoot administrator on the server; type the code that it prints here: /offshoot administrator ABCD-EFGH-JKMN`,
    );
  const some = administrators.slice(0, NAMED).map((one) => person(one.person));
  return refused(text`Only an administrator may do that. Please ask ${list(some)}.`);
}
