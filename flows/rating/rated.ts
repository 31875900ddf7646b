import type { Derived } from '../../src/record.ts';

/** What several people's ratings of one initiative come to: sums of whole points from 1 to 5, and how many people gave them. */
export interface Rated {
  value: number;
  feasibility: number;
  people: number;
}

/** Each person's latest rating counts. `ratings` are those of one initiative, the newest first. */
export function ratedOf(ratings: readonly Derived['ratings'][]): Rated | undefined {
  const latest = [...new Map(ratings.toReversed().map((one) => [one.person, one])).values()];
  if (latest.length === 0) return undefined;
  const sum = (of: 'value' | 'feasibility') => latest.reduce((all, one) => all + one[of], 0);
  return { value: sum('value'), feasibility: sum('feasibility'), people: latest.length };
}

/** `value 4.5, feasibility 3.0 of 5 (2 ratings)`. */
export const ratedText = ({ value, feasibility, people }: Rated): string =>
  `value ${mean(value, people)}, feasibility ${mean(feasibility, people)} of 5 (${people} ${people === 1 ? 'rating' : 'ratings'})`;

/** Which of two comes first: the larger value and feasibility together, then the larger value. Compared in whole numbers. */
export const compareRated = (one: Rated, other: Rated): number =>
  (other.value + other.feasibility) * one.people - (one.value + one.feasibility) * other.people ||
  other.value * one.people - one.value * other.people;

const mean = (sum: number, people: number): string => (Math.round((10 * sum) / people) / 10).toFixed(1);
