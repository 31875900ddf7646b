import { type Linked, type Refused, refused } from '../../src/flow.ts';
import { text, typed } from '../../src/text.ts';
import type { Review } from './state.ts';

/** A review in which two people turn out to be one. Each answered blind, so both answers stand until it is decided. */
export function mergedReview(before: Review, after: Review, { gone, stays }: Linked): { state: Review } | Refused {
  const both = [gone, stays].every((one) => before.reviewers.some(({ person }) => person === one));
  if (both && !before.posted)
    return refused(
      text`Each of the two reviews ${typed(before.initiative.name)}. Link yourself once the verdict is posted, or have one of them removed from the review.`,
    );
  const reviewers = after.reviewers.filter((one, index, all) => all.findIndex(({ person }) => person === one.person) === index);
  return { state: both ? { ...after, reviewers } : after };
}
