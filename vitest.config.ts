import { defineConfig } from 'vitest/config';
import { planting } from './test/model/planting.ts';

// The process runs in UTC; zones belong to people, channels and recurrences.
process.env.TZ = 'UTC';

/**
 * quick: pure and in-process, part of `npm run check`, which takes about a minute. slow: what is exhaustive, the command line, pictures, every
 * zone of the world, real processes, sockets and a browser.
 */
const LONG = ['test/flows/*oracle.test.ts', 'test/core/deliveries.test.ts'];

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 30_000,
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'quick',
          include: ['test/{flows,core,store,golden}/**/*.test.ts', 'test/model/{few,plants}.test.ts'],
          exclude: LONG,
        },
      },
      {
        extends: true,
        plugins: [planting()],
        test: {
          name: 'slow',
          include: ['test/{cli,pictures,contract,everywhere,year,zones,faults,browser,model}/**/*.test.ts', ...LONG],
          exclude: ['test/model/{few,plants}.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
