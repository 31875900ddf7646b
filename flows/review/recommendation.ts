import type { PersonId } from '../../src/id.ts';
import { list, type Text, text } from '../../src/text.ts';
import {
  criteriaOf,
  type Criterion,
  criterionOf,
  type Dimension,
  DIMENSIONS,
  dimensions,
  type Mark,
  reviewSetOf,
} from '../criteria/pilot-review.ts';
import { isBarred, isStrong, isWeak, quadrant, STRONG, type Turn, turns, type Verdict } from '../rules/matrix.ts';
import { DISAGREEMENT, type Finding, type Handed, type Review, type Weighing, weigherOf } from './state.ts';

/** What the success matrix says of the answers; null while an axis is not known. */
export function matrixVerdict({ weighing }: Review): Verdict | null {
  return weighing ? quadrant(weighing.scores.technical.score, weighing.scores.business.score) : null;
}

/** Does this verdict need a reason of its own: because it goes against the recommendation, or because there is none to go by? */
export function isAgainst(review: Review, verdict: Verdict): boolean {
  const recommended = matrixVerdict(review);
  // Without a recommendation it is only no surprise to keep on piloting until the open questions are answered.
  if (!recommended) return verdict !== 'EXTEND';
  return isBarred(recommended, confirmedFlags(review).length) ? verdict === 'SCALE' : verdict !== recommended;
}

export const confirmedFlags = ({ set, redFlags = [] }: Review): readonly Mark[] =>
  reviewSetOf(set).redFlags.filter(({ key }) => redFlags.includes(key));

/** The recommendation in a word or a few: `EXTEND`, `SCALE barred by “Nobody is willing to own it”`. */
export function recommended(review: Review): string {
  const verdict = matrixVerdict(review);
  if (!verdict) return 'nothing yet, too little is known';
  const flags = confirmedFlags(review);
  return isBarred(verdict, flags.length) ? `SCALE barred by ${flags.map((flag) => `“${flag.text}”`).join(', ')}` : verdict;
}

/** Why it is recommended, and what would change it; without a recommendation, which questions are open. */
export function reasons(review: Review): readonly Text[] {
  const { scores } = review.weighing!;
  const { technical, business } = { technical: scores.technical.score, business: scores.business.score };
  if (technical === null || business === null) {
    const missing = (['technical', 'business'] as const).filter((axis) => scores[axis].score === null);
    const open = missing.flatMap((axis) => criteriaOf(reviewSetOf(review.set), axis).map((one) => text`“${one.text}”`));
    return [
      text`Nothing is known of ${list(
        missing.map((axis) => text`${inner(axis)}`),
        ' and ',
      )}. Open are: ${list(open)}.`,
    ];
  }
  const axes = text`${DIMENSIONS.technical} ${technical} of 100 (${strength(technical)}), ${inner('business')} ${business} (${strength(business)}).`;
  const barred = isBarred(quadrant(technical, business), confirmedFlags(review).length);
  return [
    barred ? text`${axes} The matrix says SCALE; a red flag bars it.` : axes,
    text`It would be ${list(
      turns(technical, business).map((turn) => turnText(turn, turn.axis === 'technical' ? technical : business)),
      ', and ',
    )}.`,
  ];
}

function turnText({ axis, points, verdict }: Turn, score: number): Text {
  const many = Math.abs(points);
  return text`${verdict} with ${inner(axis)} ${many} ${many === 1 ? 'point' : 'points'} ${points > 0 ? 'higher' : 'lower'} (${score + points})`;
}

/** Weak dimensions beside the matrix never change it; each is a caution and a condition that a decision can take up. */
export function cautions(review: Review): readonly Text[] {
  return (['organizational', 'strategic'] as const).flatMap((dimension) => {
    const { score } = review.weighing!.scores[dimension];
    if (score === null) return [text`${DIMENSIONS[dimension]} is not known.`];
    if (!isWeak(score)) return [];
    const low = lowIn(review, dimension).slice(0, 2);
    return [
      text`${DIMENSIONS[dimension]} is weak (${score} of 100)${
        low.length > 0 &&
        text`, above all “${list(
          low.map(({ criterion }) => text`${criterion.text}`),
          '” and “',
        )}”`
      }. Proposed condition: bring it to ${STRONG}, with an owner and a date.`,
    ];
  });
}

export interface Improvement {
  criterion: Criterion;
  finding: Finding;
}

/** What has to get better before the axis of the matrix that is weak is strong: its low criteria, the lowest first. */
export const improvements = (review: Review): readonly Improvement[] =>
  (['technical', 'business'] as const).filter((axis) => isWeak(review.weighing!.scores[axis].score)).flatMap((axis) => lowIn(review, axis));

/** The criteria that keep a dimension from being strong: where it is weak there is at least one. */
function lowIn(review: Review, dimension: Dimension): readonly Improvement[] {
  const set = reviewSetOf(review.set);
  return review
    .weighing!.criteria.map((finding) => ({ finding, criterion: criterionOf(set, finding.key) }))
    .filter(({ finding, criterion }) => criterion.dimension === dimension && isWeak(finding.score))
    .toSorted((a, b) => a.finding.score! - b.finding.score!);
}

/** Where reviewers are two or more apart, the widest first. */
export const disagreements = ({ set, weighing }: Review): readonly Improvement[] =>
  weighing!.criteria
    .filter(({ low, high }) => low !== null && high !== null && high - low >= DISAGREEMENT)
    .toSorted((a, b) => b.high! - b.low! - (a.high! - a.low!))
    .map((finding) => ({ finding, criterion: criterionOf(reviewSetOf(set), finding.key) }));

export interface OpenQuestion {
  criterion: Criterion;
  unknown: number;
  /** Who sees to it: the one who decides, until it is handed to somebody. */
  owner: PersonId;
  handed?: Handed;
}

/** What anybody did not know, each with an owner. */
export function openQuestions(review: Review): readonly OpenQuestion[] {
  const set = reviewSetOf(review.set);
  return review
    .weighing!.criteria.filter(({ unknown }) => unknown > 0)
    .map(({ key, unknown }) => {
      const handed = review.handed.find((one) => one.criterion === key);
      return { criterion: criterionOf(set, key), unknown, owner: handed?.person ?? weigherOf(review), ...(handed ? { handed } : {}) };
    });
}

/** Does a dimension give cause to look for red flags: it is weak, or somebody did not know something of it? */
export function isDoubtful({ set, weighing }: Review, dimension: Dimension): boolean {
  const keys = new Set(criteriaOf(reviewSetOf(set), dimension).map(({ key }) => key));
  return !isStrong(weighing!.scores[dimension].score) || weighing!.criteria.some(({ key, unknown }) => keys.has(key) && unknown > 0);
}

export const scoresText = (scores: Readonly<Record<Dimension, number | null>>): string =>
  dimensions.map((dimension) => `${inner(dimension)} ${scores[dimension] ?? 'not known'}`).join(', ');

export const scoresOf = ({ scores }: Weighing): Record<Dimension, number | null> =>
  Object.fromEntries(dimensions.map((dimension) => [dimension, scores[dimension].score])) as Record<Dimension, number | null>;

/** `3.4` of 34. */
export const tenths = (mean: number): string => `${Math.floor(mean / 10)}.${mean % 10}`;

const strength = (score: number): string => (isStrong(score) ? 'strong' : 'weak');

/** The name of a dimension within a sentence. */
const inner = (dimension: Dimension): string => DIMENSIONS[dimension].toLowerCase();
