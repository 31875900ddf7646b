import type { Clock } from './clock.ts';
import type { Store, Work } from './store.ts';

/** Keeps when Offshoot ran, so that what it was late with can say why. */
export interface Pulse {
  /**
   * It runs now. Whatever lies between this and the beat before was an outage, where that was longer than two minutes: the process
   * was ended, or stood still. With `moved`, only the clock was moved.
   */
  beat(moved?: 'moved'): Promise<void>;
}

/** The rows of it, which belong to no workspace. */
export interface RunTables {
  /** The latest run, if there was one. */
  latestRun(): Work<Run | undefined>;
  putRun(run: Omit<Run, 'id'>): Work<number>;
  touchRun(id: number, until: number): Work<void>;
}

/** A time, epoch milliseconds, in which Offshoot ran without a gap. */
export interface Run {
  id: number;
  from_at: number;
  until_at: number;
}

/** Twice as long as the heartbeat, so that one that is slow is no outage. */
const GAP = 120_000;
/** No beat is written that tells less than this. */
const PRECISION = 20_000;

export function pulse(store: Store, clock: Clock): Pulse {
  let run: { id: number; until: number } | undefined;
  return {
    async beat(moved) {
      const at = clock.now();
      if (run && at - run.until < PRECISION) return;
      const known = run;
      run = await store.update(function* (tables) {
        if (known && (moved || at - known.until <= GAP)) {
          yield* tables.touchRun(known.id, at);
          return { id: known.id, until: at };
        }
        const latest = known ? undefined : yield* tables.latestRun();
        if (latest && at >= latest.until_at && at - latest.until_at <= GAP) {
          yield* tables.touchRun(latest.id, at);
          return { id: latest.id, until: at };
        }
        return { id: yield* tables.putRun({ from_at: at, until_at: at }), until: at };
      });
    },
  };
}
