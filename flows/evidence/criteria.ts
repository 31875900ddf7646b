import { currentSet } from '../criteria/go-no-go.ts';
import { currentReviewSet } from '../criteria/pilot-review.ts';

/** Criteria that evidence may speak to, with the name that people know them by. */
interface Spoken {
  /** `go-no-go`: stands before the key, since two sets may use the same one. */
  set: string;
  name: string;
  criteria: readonly { key: string; text: string }[];
}

/** The value for evidence that speaks to no single criterion: a list in a form cannot be emptied again. */
export const WHOLE = 'whole';

/** What evidence on a criterion of a pilot review is kept under. */
export const reviewCriterion = (key: string): string => `review ${key}`;

/** By what the record keeps (`go-no-go roi`), as people choose it. A further set is one line here. */
export const CRITERIA: Readonly<Record<string, string>> = criteriaOf([
  { set: 'review', name: 'Review', criteria: currentReviewSet.criteria },
  { set: 'go-no-go', name: 'Go/no-go', criteria: currentSet.criteria },
]);

export function criteriaOf(sets: readonly Spoken[]): Readonly<Record<string, string>> {
  const labels = sets.flatMap(({ set, name, criteria }) => criteria.map(({ key, text }) => [`${set} ${key}`, `${name}: ${text}`]));
  return { [WHOLE]: 'The initiative as a whole', ...Object.fromEntries(labels) };
}

/** What a row speaks to, in words; one of a set that is not asked any more is shown as it was kept. */
export const criterionText = (criterion: string | null): string | undefined =>
  criterion === null ? undefined : (CRITERIA[criterion] ?? criterion);
