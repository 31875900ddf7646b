import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { flows, pages } from '../flows/index.ts';
import { Budget } from '../src/budget.ts';
import { courier } from '../src/courier.ts';
import { engine } from '../src/engine.ts';
import type { Limit, Messenger } from '../src/messenger.ts';
import { timekeeper } from '../src/timekeeper.ts';
import { child } from './child.ts';
import { median, rounded } from './figures.ts';
import { type Herd, herd, silent } from './herd.ts';
import { slackApi, slackEnv } from './slack.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;

/** Reminders in their thousands: what has been, what falls due at once, and a clock that leaps. */
export async function cadences(print: (line: string) => void): Promise<void> {
  await kept(print);
  print('');
  await minute(print);
  print('');
  await leap(print);
}

const ROUNDS = 3;

/** 100,000 cadences, each with ten reminders in the past, against a database with one. */
async function kept(print: (line: string) => void): Promise<void> {
  const now = Date.now();
  const one = await measured(await herd({ workspaces: [1], begun: now - DAY, until: now }));
  const many = await measured(
    await herd({ workspaces: Array.from({ length: 100 }, () => 1_000), begun: now - 10.1 * 30.4375 * DAY, until: now }),
  );
  print(
    `${rounded(many.cadences)} cadences with ${rounded(many.occurrences)} reminders in the past (${rounded(many.size / 2 ** 20)} MB), beside one without any (median of ${ROUNDS} starts)`,
  );
  print(`  from the spawn to ready:      ${rounded(many.ready)} ms, beside ${rounded(one.ready)} ms (goal: under 3,000)`);
  print(`  resident memory, idle:        ${rounded(many.resident)} MB, beside ${rounded(one.resident)} MB (goal: does not grow)`);
  print(
    `  a sweep with nothing due:     median ${rounded(many.sweep, 2)} ms, longest ${rounded(many.longest, 2)} ms, beside ${rounded(one.sweep, 2)} ms (goal: under 5)`,
  );
  print(`  the counts of /healthz:       ${rounded(many.health, 2)} ms, beside ${rounded(one.health, 2)} ms`);
  const bytes = Object.entries(many.bytes).map(([table, size]) => `${table} ${rounded(size)}`);
  print(`  bytes a reminder:             ${rounded(Object.values(many.bytes).reduce((a, b) => a + b))} with indexes (${bytes.join(', ')})`);
}

async function measured(seeded: Herd) {
  const { connection, store, file } = seeded;
  const count = (table: string) => (connection.prepare(`select count(*) as n from ${table}`).get() as { n: number }).n;
  const [all, occurrences] = [count('cadences'), count('occurrences')];
  const clock = { now: () => Date.now() };
  const keeper = timekeeper({ store, engine: engine({ store, flows, pages, clock, changed: () => {} }), clock, log: silent });
  const sweeps = await timed(50, () => keeper.sweep());
  const health = median(await timed(50, () => store.look((tables) => tables.health(Date.now()))));
  await keeper.stop();

  const api = await slackApi();
  const [ready, resident]: number[][] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    const product = await child(['dist/src/main.js', 'start'], { ...slackEnv(api.url), DATABASE_URL: `file:${file}` });
    ready!.push(product.readyAfter);
    await pause(2_000);
    resident!.push(product.resident());
    await product.stop();
  }
  await api.close();
  const figures = {
    cadences: all,
    occurrences,
    size: seeded.size(),
    ready: median(ready!),
    resident: median(resident!),
    sweep: median(sweeps),
    longest: Math.max(...sweeps),
    health,
    bytes: occurrences > 0 ? bytesOf(seeded, occurrences) : {},
  };
  await seeded.close();
  return figures;
}

/** What a reminder leaves in each table and its indexes. */
function bytesOf({ connection }: Herd, occurrences: number): Record<string, number> {
  const sizes = connection
    .prepare(
      `select m.tbl_name as name, sum(s.pgsize) as size from dbstat s join sqlite_master m on m.name = s.name
       where m.tbl_name in ('occurrences', 'causes', 'surfaces', 'journal') group by m.tbl_name order by 1`,
    )
    .all() as { name: string; size: number }[];
  return Object.fromEntries(sizes.map(({ name, size }) => [name, size / occurrences]));
}

async function timed(times: number, act: () => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let time = 0; time < times; time++) {
    const begun = performance.now();
    await act();
    taken.push(performance.now() - begun);
  }
  return taken;
}

const BIG = 5_000;
const SMALL = 50;
const EACH = 100;
/** Long enough to see the big workspace's budget open a second time. */
const WATCHED = 63_000;

const POSTS = 200;

/** What Slack allows: a channel a message a second, and a workspace so many a minute. */
const limitsOf: Messenger['limits'] = (_, { key }, address) => [
  { key: `${key} ${address}`, count: 1, per: 1_000 },
  { key, count: POSTS, per: MINUTE },
];

/** 10,000 reminders of one minute: half of them in one workspace, the others in fifty; each in a channel of its own. */
async function minute(print: (line: string) => void): Promise<void> {
  const alone = await rung([1, ...Array.from({ length: SMALL }, () => EACH)], 0);
  const beside = await rung([BIG, ...Array.from({ length: SMALL }, () => EACH)], WATCHED);
  print(
    `${rounded(beside.reminders)} reminders due in one minute: ${rounded(BIG)} in one workspace, the others in ${SMALL}; the messenger answers at once`,
  );
  print(
    `  all fired (state, journal, message committed): ${rounded(beside.fired / 1_000, 1)} s, of the processor ${rounded(beside.processor / 1_000, 1)} s with the handing on (goal: under 60)`,
  );
  print(
    `  all of the small workspaces handed on:         ${rounded(beside.smallDone / 1_000, 1)} s, without the big one ${rounded(alone.smallDone / 1_000, 1)} s`,
  );
  print(
    `  delay of the small ones’ messages:             median ${rounded(median(beside.delays))} ms, worst ${rounded(Math.max(...beside.delays))} ms; without the big one ${rounded(median(alone.delays))} and ${rounded(Math.max(...alone.delays))} ms`,
  );
  print(
    `  of the big one’s, in ${rounded(beside.watched / 1_000, 1)} s:                   ${rounded(beside.big.length)} handed on; where its budget was full, ${rounded(latest(beside.big))} ms after it had room at the latest`,
  );
  print(`  calls beyond a budget:                         ${alone.broken + beside.broken} (goal: 0)`);
}

async function rung(workspaces: readonly number[], watched: number) {
  const begun = Date.now() - 40 * DAY;
  const seeded = await herd({ workspaces, begun, until: begun + DAY });
  const { connection, store, clock } = seeded;
  const due = (await store.look((tables) => tables.nextDue()))!;
  const { reminders } = connection.prepare('select count(*) as reminders from timers where at <= ?').get(due) as { reminders: number };
  const installations = new Map((await store.look((tables) => tables.installations('slack'))).map((one) => [one.id, one]));
  const calls: { workspace: number; after: number; at: number; limits: readonly Limit[] }[] = [];
  let start = 0;
  const messenger: Messenger = {
    platform: 'slack',
    limits: limitsOf,
    direct: async (_, user) => `D${user}`,
    async post({ installation, address }) {
      const limits = limitsOf('post', installation, address);
      return `m${calls.push({ workspace: installation.workspace, after: performance.now() - start, at: Date.now(), limits })}`;
    },
    edit: async () => {},
    remove: async () => {},
    find: async () => undefined,
  };
  const carrier = courier({ store, messengers: [messenger], installations: () => installations, log: silent, budget: new Budget() });
  const theEngine = engine({ store, flows, pages, clock, changed: (workspace) => carrier.wake(workspace) });
  const keeper = timekeeper({ store, engine: theEngine, clock, log: silent });
  const small = () => calls.filter(({ workspace }) => workspace > 1);
  const wanted = workspaces.slice(1).reduce((a, b) => a + b);

  clock.move(due);
  start = performance.now();
  const used = process.cpuUsage();
  await keeper.sweep();
  const fired = performance.now() - start;
  const { user, system } = process.cpuUsage(used);
  while (small().length < wanted || performance.now() - start < watched) {
    if (performance.now() - start > 5 * MINUTE) throw new Error(`${small().length} of ${wanted} reminders were handed on`);
    await pause(20);
  }
  const total = performance.now() - start;
  await keeper.stop();
  await carrier.stop();
  await seeded.close();
  return {
    reminders,
    fired,
    smallDone: Math.max(...small().map(({ after }) => after)),
    delays: small().map(({ after }) => after),
    processor: (user + system) / 1_000,
    big: calls.filter(({ workspace }) => workspace === 1).map(({ at }) => at),
    watched: total,
    broken: broken(calls),
  };
}

/** The longest that a call came after the budget of the workspace had room for it, where it had to wait for that. */
const latest = (at: readonly number[]): number => Math.max(0, ...at.slice(POSTS).map((one, index) => one - at[index]! - MINUTE));

/** Counts the calls that came while their window was full already. */
function broken(calls: readonly { at: number; limits: readonly Limit[] }[]): number {
  const windows = new Map<string, { limit: Limit; at: number[] }>();
  for (const { at, limits } of calls)
    for (const limit of limits) {
      const window = windows.get(limit.key) ?? { limit, at: [] };
      window.at.push(at);
      windows.set(limit.key, window);
    }
  return [...windows.values()]
    .map(({ limit, at }) => at.filter((one, index) => index >= limit.count && one - at[index - limit.count]! < limit.per).length)
    .reduce((a, b) => a + b, 0);
}

const DAILY = 1_000;
const YEARS = 2;

/** A clock that leaps: nothing of what was missed may come in a flood, and others must get their turn meanwhile. */
async function leap(print: (line: string) => void): Promise<void> {
  const begun = Date.now();
  const seeded = await herd({ workspaces: [DAILY], begun, until: begun + DAY, daily: true });
  const { connection, store, clock } = seeded;
  const keeper = timekeeper({ store, engine: engine({ store, flows, pages, clock, changed: () => {} }), clock, log: silent });
  const stalls = monitorEventLoopDelay({ resolution: 1 });
  clock.move(begun + YEARS * 365 * DAY);
  stalls.enable();
  const start = performance.now();
  await keeper.sweep();
  const taken = performance.now() - start;
  await pause(20);
  stalls.disable();
  await keeper.stop();
  const count = (query: string) => (connection.prepare(query).get() as { n: number }).n;
  const wanted = count('select count(*) as n from surfaces where message is null and card is not null');
  const missed = count(`select count(*) as n from occurrences`);
  await seeded.close();
  print(`A clock that leaps ${YEARS} years, with ${rounded(DAILY)} daily cadences`);
  print(`  until all have caught up:     ${rounded(taken / 1_000, 1)} s; ${rounded(missed)} reminders on record`);
  print(`  messages that are wanted:     ${rounded(wanted)} (goal: no flood)`);
  print(`  event loop, longest stall:    ${rounded(stalls.max / 1e6)} ms, p99 ${rounded(stalls.percentile(99) / 1e6)} ms`);
}
