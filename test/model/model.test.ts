import { describe, it } from 'vitest';
import { run } from './run.ts';

/** `SEED=5 npx vitest run --project slow test/model/model.test.ts` plays others; a failure prints its seed and how it came to pass. */
const seeds = process.env.SEED ? process.env.SEED.split(',').map(Number) : [1, 2, 3];

describe('a vote through the real engine on the real store', () => {
  it.each(seeds)('is as the model has it, in whatever order things happen (seed %i)', (seed) => run(seed, 100));
});
