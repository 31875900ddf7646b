/**
 * The success matrix: technical performance against business impact (executive course on scaling AI; where its drawing and its
 * text disagree on two corners, the text rules). All arithmetic is in whole numbers, so that 60 is 60 on every machine.
 */

export type Verdict = 'SCALE' | 'PIVOT' | 'EXTEND' | 'KILL';

/** From this score on, of 100, a dimension counts as strong (course, evaluation slide). */
export const STRONG = 60;

export const WORST = 1;
export const BEST = 5;

/** One rating from 1 to 5 and how much it counts; `null` is “not known”, which is no rating. */
export interface Rated {
  rating: number | null;
  weight: number;
}

/**
 * The weighted mean of the ratings, mapped so that 1 is 0 and 5 is 100; null when nothing is known. What is below a whole number
 * is left off, never rounded up: a score reads 60 only where the mean is strong.
 */
export function scoreOf(rated: readonly Rated[]): number | null {
  let above = 0;
  let weights = 0;
  for (const { rating, weight } of rated) {
    if (rating === null) continue;
    above += weight * (rating - WORST);
    weights += weight;
  }
  return weights === 0 ? null : whole(above * 100, weights * (BEST - WORST));
}

/** The mean of ratings in tenths (34 is 3.4), halves rounded up; null when nothing is known. */
export function meanInTenths(ratings: readonly number[]): number | null {
  const sum = ratings.reduce((all, rating) => all + rating, 0);
  return ratings.length === 0 ? null : whole(sum * 20 + ratings.length, ratings.length * 2);
}

/** How many of a hundred, without what is below a whole. */
export const percent = (part: number, all: number): number => (all === 0 ? 0 : whole(part * 100, all));

export const isStrong = (score: number | null): boolean => score !== null && score >= STRONG;
export const isWeak = (score: number | null): boolean => score !== null && score < STRONG;

/** The quadrant; null while an axis is not known. */
export function quadrant(technical: number | null, business: number | null): Verdict | null {
  if (technical === null || business === null) return null;
  if (isStrong(technical)) return isStrong(business) ? 'SCALE' : 'PIVOT';
  return isStrong(business) ? 'EXTEND' : 'KILL';
}

/** What would turn the verdict: one axis with so many points more, or fewer where `points` is negative. */
export interface Turn {
  axis: 'technical' | 'business';
  points: number;
  verdict: Verdict;
}

/** For each axis alone, how far it is from turning the verdict, the nearest first. */
export function turns(technical: number, business: number): readonly Turn[] {
  const flips: Turn[] = [
    { axis: 'technical', points: toTurn(technical), verdict: quadrant(turned(technical), business)! },
    { axis: 'business', points: toTurn(business), verdict: quadrant(technical, turned(business))! },
  ];
  return flips.toSorted((a, b) => Math.abs(a.points) - Math.abs(b.points));
}

/** A confirmed red flag bars SCALE, and SCALE alone; what the matrix says is still shown. */
export const isBarred = (verdict: Verdict | null, redFlags: number): boolean => verdict === 'SCALE' && redFlags > 0;

const toTurn = (score: number): number => (isStrong(score) ? STRONG - 1 - score : STRONG - score);
const turned = (score: number): number => score + toTurn(score);

/** Whole-number division of what is not negative. */
const whole = (amount: number, by: number): number => (amount - (amount % by)) / by;
