import { actor, type Moment, type Refused, refused } from '../../src/flow.ts';
import { minute, person, text, typed } from '../../src/text.ts';
import { isWeighing, type Review, type ReviewFacts, weigherOf } from './state.ts';

/** Why this person cannot weigh and decide now; undefined when they can: the owner, or the sponsor where the owner has left. */
export function mayWeigh(review: Review, moment: Moment, { owner }: ReviewFacts): Refused | undefined {
  const { initiative, posted, cancelled } = review;
  if (cancelled) return refused(text`This review was cancelled ${minute(cancelled.at)}.`);
  if (posted)
    return refused(
      text`The verdict was posted ${minute(posted.at)}: ${posted.verdict}. A new review can change it: /pilot-review ${typed(initiative.name)}`,
    );
  if (!isWeighing(review))
    return refused(
      text`The reviewers are still asked, until ${minute(review.due.at)}. Their answers can be weighed after that, or when all are in.`,
    );
  const by = actor(moment);
  if (by === weigherOf(review)) return undefined;
  if (by === initiative.sponsor && owner?.[0]?.active === 0) return undefined;
  return refused(text`Only ${person(weigherOf(review))}, who answers for ${typed(initiative.name)}, weighs the answers and decides.`);
}

/** Why no verdict can be given now; undefined when it can: the red flags have been looked at since the answers came in. */
export function mayDecide(review: Review, moment: Moment, facts: ReviewFacts): Refused | undefined {
  return (
    mayWeigh(review, moment, facts) ??
    (review.redFlags ? undefined : refused(text`The red flags come before the verdict. Press “Weigh the answers” to begin with them.`))
  );
}
