import { DIMENSIONS } from '../criteria/pilot-review.ts';
import { isBarred, isWeak, STRONG } from '../rules/matrix.ts';
import { confirmedFlags, improvements, matrixVerdict } from './recommendation.ts';
import type { Review } from './state.ts';

/** A condition that a GO on the pilot takes over. */
export interface Proposal {
  key: string;
  text: string;
  /** The GO would go against what the answers recommend, and this is why: it cannot be left out. */
  against?: true;
}

/** The lowest criteria; more would hide what matters. */
const MOST = 5;

/**
 * What a committee that says GO all the same takes over: where the answers do not recommend SCALE, the criteria that keep it from
 * being recommended and the red flags that bar it; and every caution (decision framework, success matrix).
 */
export function proposalsOf(review: Review): readonly Proposal[] {
  const verdict = matrixVerdict(review);
  if (!review.weighing || verdict === null) return [];
  const flags = confirmedFlags(review);
  const lacking = verdict === 'SCALE' ? [] : improvements(review).map(({ criterion }) => criterion);
  const barring = isBarred(verdict, flags.length) ? flags : [];
  return [
    ...lacking.slice(0, MOST).map(({ key, text }): Proposal => ({ key: `review ${key}`, text, against: true })),
    ...barring.slice(0, MOST).map(({ key, text }): Proposal => ({ key: `flag ${key}`, text: `Red flag cleared: ${text}`, against: true })),
    ...(['organizational', 'strategic'] as const)
      .filter((dimension) => isWeak(review.weighing!.scores[dimension].score))
      .map((dimension): Proposal => ({ key: `caution ${dimension}`, text: `${DIMENSIONS[dimension]} at ${STRONG} of 100 or more` })),
  ];
}
