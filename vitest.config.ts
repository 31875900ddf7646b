import { defineConfig } from 'vitest/config';
import { planting } from './test/model/planting.ts';

// The process runs in UTC; zones belong to people, channels and recurrences.
process.env.TZ = 'UTC';

/**
 * quick: pure and in-process, part of `npm run check`; its files share their modules, which are then loaded once. slow: every zone of the
 * world, real processes, sockets and a browser.
 */
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
          include: ['test/{flows,core,store,golden,cli,pictures}/**/*.test.ts', 'test/model/{few,plants}.test.ts'],
          isolate: false,
        },
      },
      {
        extends: true,
        plugins: [planting()],
        test: {
          name: 'slow',
          include: ['test/{contract,everywhere,year,zones,faults,browser,model}/**/*.test.ts'],
          exclude: ['test/model/{few,plants}.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
