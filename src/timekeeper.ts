import cron from 'node-cron';
import type { Clock } from './clock.ts';
import type { Engine } from './engine.ts';
import { isFlowId } from './id.ts';
import type { Log } from './log.ts';
import type { Pulse } from './pulse.ts';
import type { Store, TimerRow } from './store.ts';

export interface Timekeeper {
  /** Lets take effect what has fallen due, and starts the heartbeat. */
  start(): Promise<void>;
  /** Something was set: looks when the next timer falls due. Cheap; call it after every commit. */
  wake(): void;
  /** Fires everything that is due now; resolves when nothing is. */
  sweep(): Promise<void>;
  stop(): Promise<void>;
}

interface Rooms {
  store: Store;
  engine: Engine;
  clock: Clock;
  log: Log;
  /** Beats at each sweep, before anything that is late takes effect. */
  pulse?: Pulse;
}

/** How many due timers are read at a time. */
const BATCH = 256;
/** How many fire at the same time, so that they share commits. */
const TOGETHER = 64;

/** Platform events are redelivered for minutes or hours, never for weeks. */
const FORGET_AFTER = 30 * 86_400_000;
const FORGET_EVERY = 86_400_000;
/** A picture that was put on no card for so long is shown no more, wherever its card may stand: its words say what it showed. */
const PICTURES = 400 * 86_400_000;

/**
 * Wakes for what falls due: a sweep each minute by node-cron, which repairs whatever was missed, and a timer of its own for what
 * comes sooner. Zones belong to the recurrences: the process runs in UTC.
 */
export function timekeeper({ store, engine, clock, log, pulse }: Rooms): Timekeeper {
  let sweeping: Promise<void> | undefined;
  let alarm: NodeJS.Timeout | undefined;
  let forgotten = -Infinity;
  /** Whatever was due failed at the last sweep; then the store itself may be broken, and is not asked again and again. */
  let stuck = false;
  let looking = false;
  let stopped = false;
  // After a leap of the clock node-cron would say a line for each minute, past the log; the sweep that follows makes up for them all.
  const heartbeat = cron.createTask('* * * * *', () => void beat(), { suppressMissedWarning: true });

  function sweep(): Promise<void> {
    sweeping ??= (pulse?.beat() ?? Promise.resolve())
      .then(fireAll)
      .then(forget)
      .finally(() => {
        sweeping = undefined;
        wake();
      });
    return sweeping;
  }

  async function fireAll(): Promise<void> {
    do {
      stuck = false;
      const rows = await store.look((tables) => tables.due(clock.now(), BATCH));
      if (rows.length === 0) return;
      stuck = true;
      for (const group of groups(rows)) {
        if (stopped) return;
        await Promise.all(group.map(fire));
      }
    } while (!stuck);
  }

  async function fire(row: TimerRow): Promise<void> {
    try {
      await engine.fire(row);
      stuck = false;
    } catch (fault) {
      log.error({ fault, timer: row.key, flow: row.flow }, 'a timer failed and is tried again later');
    }
  }

  /** What nobody waits for must not end the process. */
  async function beat(): Promise<void> {
    try {
      await sweep();
    } catch (fault) {
      if (!stopped) log.error({ fault }, 'a sweep of the timers failed and is tried again in a minute');
    }
  }

  async function forget(): Promise<void> {
    const now = clock.now();
    if (stopped || now < forgotten + FORGET_EVERY) return;
    await store.update(function* (tables) {
      yield* tables.forgetCauses(now - FORGET_AFTER);
      yield* tables.forgetPictures(now - PICTURES);
    });
    forgotten = now;
  }

  function wake(): void {
    if (looking || stopped) return;
    looking = true;
    setImmediate(() => {
      looking = false;
      look().catch((fault: unknown) => {
        if (!stopped) log.error({ fault }, 'the next timer could not be looked up; the next sweep does');
      });
    });
  }

  /** Sets the alarm for what falls due before the next beat. */
  async function look(): Promise<void> {
    if (stopped) return;
    const next = await store.look((tables) => tables.nextDue());
    clearTimeout(alarm);
    if (next === undefined || stopped) return;
    const set = clock.now();
    const wait = next - set;
    if (wait <= 0 && !stuck) return await sweep();
    if (wait < 60_000) alarm = setTimeout(() => ring(set), Math.max(wait, stuck ? 1_000 : 5));
  }

  /** A clock that stands still makes nothing fall due, however often it is looked at; who moves it sweeps. */
  function ring(set: number): void {
    if (clock.now() !== set) void beat();
  }

  return {
    async start() {
      await heartbeat.start();
      await sweep();
    },
    wake,
    sweep,
    async stop() {
      stopped = true;
      clearTimeout(alarm);
      await heartbeat.destroy();
      await sweeping?.catch(() => undefined);
    },
  };
}

/** Timers that may fire side by side: those of one flow, and those that act on one, follow each other in their order. */
function* groups(rows: readonly TimerRow[]): Iterable<TimerRow[]> {
  for (let left = rows; left.length > 0; ) {
    const flows = new Set<string>();
    const group: TimerRow[] = [];
    const next: TimerRow[] = [];
    for (const row of left) {
      const touched = [row.flow, row.target].filter(isFlowId).map((flow) => `${row.workspace} ${flow}`);
      const isFree = group.length < TOGETHER && !touched.some((flow) => flows.has(flow));
      (isFree ? group : next).push(row);
      for (const flow of touched) flows.add(flow);
    }
    yield group;
    left = next;
  }
}
