import { describe, it } from 'vitest';
import { run } from './run.ts';

describe('a vote through the real engine on the real store', () => {
  it.each([1, 2, 3])('is as the model has it, whatever happens at once (seed %i)', (seed) => run(seed, 100));
});
