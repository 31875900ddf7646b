import cron from 'node-cron';
import type { Clock } from './clock.ts';
import type { Engine } from './engine.ts';
import type { Log } from './log.ts';
import type { Store } from './store.ts';

export interface Timekeeper {
  /** Lets take effect what has fallen due, and starts the heartbeat. */
  start(): Promise<void>;
  /** Something was set: looks when the next timer falls due. Cheap; call it after every commit. */
  wake(): void;
  /** Fires everything that is due now; resolves when nothing is. */
  sweep(): Promise<void>;
  stop(): Promise<void>;
}

/** How many due timers are read at a time. */
const BATCH = 200;

/** Platform events are redelivered for minutes or hours, never for weeks. */
const FORGET_AFTER = 30 * 86_400_000;

/**
 * Wakes for what falls due: a sweep each minute by node-cron, which repairs whatever was missed, and a timer of its own for what
 * comes sooner. Zones belong to the recurrences: the process runs in UTC.
 */
export function timekeeper({ store, engine, clock, log }: { store: Store; engine: Engine; clock: Clock; log: Log }): Timekeeper {
  let sweeping: Promise<void> | undefined;
  let alarm: NodeJS.Timeout | undefined;
  let looking = false;
  let stopped = false;
  const heartbeat = cron.createTask('* * * * *', () => void sweep());

  function sweep(): Promise<void> {
    sweeping ??= fireAll().finally(() => {
      sweeping = undefined;
    });
    return sweeping;
  }

  async function fireAll(): Promise<void> {
    for (;;) {
      const rows = await store.look((tables) => tables.due(clock.now(), BATCH));
      if (rows.length === 0 || stopped) return;
      for (const row of rows) {
        if (stopped) return;
        await engine
          .fire(row)
          .catch((fault: unknown) => log.error({ fault, timer: row.key, flow: row.flow }, 'a timer failed and is tried again later'));
      }
    }
  }

  function wake(): void {
    if (looking || stopped) return;
    looking = true;
    setImmediate(() => void look());
  }

  async function look(): Promise<void> {
    looking = false;
    if (stopped) return;
    const next = await store.look((tables) => tables.nextDue());
    clearTimeout(alarm);
    if (next === undefined || stopped) return;
    const wait = next - clock.now();
    if (wait <= 0) await sweep().then(wake);
    else if (wait < 60_000) alarm = setTimeout(() => void sweep().then(wake), wait);
  }

  return {
    async start() {
      await store.update((tables) => tables.forgetCauses(clock.now() - FORGET_AFTER));
      await heartbeat.start();
      await sweep();
      wake();
    },
    wake,
    sweep,
    async stop() {
      stopped = true;
      clearTimeout(alarm);
      await heartbeat.destroy();
      await sweeping;
    },
  };
}
