import fc from 'fast-check';
import { play } from './play.ts';
import { stories, storiesOf, type Theme } from './story.ts';

/** Plays so many stories of a seed; rejects with the first in which the product and the model differ, made small unless `first`. */
export const run = (
  seed: number,
  count: number,
  { first = false, theme }: { first?: boolean; theme?: Theme | undefined } = {},
): Promise<void> =>
  fc.assert(fc.asyncProperty(theme ? storiesOf(theme) : stories, fc.scheduler(), play), { seed, numRuns: count, endOnFailure: first });
