import fc from 'fast-check';
import { play } from './play.ts';
import { stories } from './story.ts';

/** Plays so many stories of a seed; rejects with the first in which the product and the model differ, made small unless `first`. */
export const run = (seed: number, count: number, first: boolean): Promise<void> =>
  fc.assert(fc.asyncProperty(stories, play), { seed, numRuns: count, endOnFailure: first });
