import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { pino } from 'pino';
import { migrate } from '../adapters/store/migrate.ts';
import { connect, sqliteStore } from '../adapters/store/sqlite.ts';
import { flows, pages } from '../flows/index.ts';
import { manualClock } from '../src/clock.ts';
import { engine } from '../src/engine.ts';
import type { Store } from '../src/store.ts';
import { timekeeper } from '../src/timekeeper.ts';
import { TEAM } from './voters.ts';

export const silent = pino({ level: 'silent' });

/** A database with many cadences: one was begun and kept by the flow itself, the others are its copies. */
export interface Herd {
  file: string;
  connection: Database.Database;
  store: Store;
  clock: ReturnType<typeof manualClock>;
  /** Bytes of the file. */
  size(): number;
  close(): Promise<void>;
}

interface Wanted {
  /** How many cadences each workspace has. */
  workspaces: readonly number[];
  /** When the first one is begun; it is kept from then until `until`. */
  begun: number;
  until: number;
  /** Every day rather than every month. */
  daily?: boolean;
}

/** Each cadence has a channel of its own, and what was to be shown is shown. */
export async function herd({ workspaces, begun, until, daily }: Wanted): Promise<Herd> {
  const folder = mkdtempSync(join(tmpdir(), 'offshoot-bench-'));
  const file = join(folder, 'offshoot.db');
  const connection = connect(file);
  await migrate(connection);
  const store = sqliteStore(connection);
  const clock = manualClock(begun);
  await first(store, clock, until);
  settle(connection);
  if (daily) everyDay(connection);
  connection.transaction(() => multiply(connection, workspaces))();
  connection.pragma('wal_checkpoint(truncate)');
  return {
    file,
    connection,
    store,
    clock,
    size: () => statSync(file).size,
    async close() {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** `cadence/1`, as a decision begins it and the clock keeps it. */
async function first(store: Store, clock: Herd['clock'], until: number): Promise<void> {
  const theEngine = engine({ store, flows, pages, clock, changed: () => {} });
  const keeper = timekeeper({ store, engine: theEngine, clock, log: silent });
  const at = clock.now();
  const installation = await store.update((tables) => tables.putInstallation({ platform: 'slack', key: TEAM, name: 'Bench' }, at));
  const owner = await store.update((tables) => tables.putIdentity(installation, 'U1', { name: 'PM', zone: 'UTC' }));
  await store.update((tables) => tables.putChannel(installation, { address: 'C1', name: 'c1', zone: 'UTC', reference: null }));
  const initiative = { id: 'initiative/1', name: 'Churn model', owner: owner.id, sponsor: owner.id };
  const raw = { name: initiative.name, owner: owner.id, sponsor: owner.id, channel: 'channel/1' };
  await theEngine.handle({
    cause: 'bench',
    installation,
    by: { user: 'U1' },
    press: { to: 'initiative', input: 'open' },
    answers: { raw },
    at,
  });
  const brief = { kind: 'retraining', initiative, channel: 'channel/1', startedBy: 'D-1' };
  const opening = { key: 'bench', at, to: 'cadence', input: { type: 'open', ...brief } };
  await store.update((tables) => tables.putTimer(installation.workspace, 'initiative/1', opening));
  await keeper.sweep();
  for (;;) {
    const due = await store.look((tables) => tables.nextDue());
    if (due === undefined) throw new Error('the cadence did not begin');
    if (due > until) break;
    clock.move(due);
    await keeper.sweep();
  }
  await keeper.stop();
}

function settle(connection: Database.Database): void {
  connection.exec(`update surfaces set shown = wanted, installation = 1, address = 'C1', message = 'm ' || key || ' '`);
}

/** The schedule in the state, wherever it stands there. */
function everyDay(connection: Database.Database): void {
  const { state } = connection.prepare(`select state from flows where id = 'cadence/1'`).get() as { state: string };
  const changed: unknown = JSON.parse(state, (_, value: unknown) => {
    if (!value || typeof value !== 'object' || !('zone' in value)) return value;
    if ('pattern' in value) return { ...value, pattern: '0 9 * * *' };
    return 'rule' in value ? { ...value, rule: { kind: 'days', every: 1, from: '2026-01-01' } } : value;
  });
  connection.prepare(`update flows set state = ? where id = 'cadence/1'`).run(JSON.stringify(changed));
}

/** Copies all that `cadence/1` has; it is one of the first workspace's own. */
function multiply(connection: Database.Database, workspaces: readonly number[]): void {
  connection.exec('create temp table herd (number integer primary key, workspace integer, place integer, id text, channel text)');
  const add = connection.prepare('insert into herd (workspace, place, id, channel) values (?, ?, ?, ?)');
  for (const [index, count] of workspaces.entries()) {
    const workspace = index + 1;
    if (workspace > 1) {
      connection.prepare('insert into workspaces values (?, ?, 0)').run(workspace, `Workspace ${workspace}`);
      connection.prepare(`insert into installations values (?, ?, 'slack', ?, 'Bench')`).run(workspace, workspace, `${TEAM}${workspace}`);
      connection.prepare(`insert into people (workspace, id, name, zone, active) values (?, 'person/1', 'PM', 'UTC', 1)`).run(workspace);
    }
    for (let number = workspace === 1 ? 2 : 1; number <= count; number++)
      add.run(workspace, number, `cadence/${number}`, `channel/${number}`);
  }
  connection.exec(`insert into channels (workspace, id, installation, address, name, zone)
    select workspace, channel, workspace, 'C' || number || 'X', 'c' || number, 'UTC' from herd`);

  const own = (column: string) =>
    `replace(replace(${column}, '"cadence/1"', '"' || herd.id || '"'), '"channel/1"', '"' || herd.channel || '"')`;
  const copy = (table: string, flow: string, changed: Record<string, string> = {}) => {
    const columns = (connection.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name);
    const values = columns.map((column) => {
      if (column === 'workspace') return 'herd.workspace';
      return column === flow ? 'herd.id' : (changed[column] ?? `t.${column}`);
    });
    connection.exec(`insert into ${table} (${columns.map((column) => `"${column}"`).join(', ')})
      select ${values.join(', ')} from herd join ${table} t on t.workspace = 1 and t.${flow} = 'cadence/1' order by herd.number`);
  };
  copy('flows', 'id', { state: own('t.state') });
  copy('cadences', 'id', { channel: 'herd.channel' });
  copy('timers', 'flow', { target: `replace(t.target, 'cadence/1', herd.id)` });
  copy('occurrences', 'cadence');
  copy('causes', 'flow', { cause: `replace(t.cause, 'cadence/1 ', herd.id || ' ')` });
  const placed = { installation: 'herd.workspace', address: `'C' || herd.number || 'X'`, message: 't.message || herd.number' };
  copy('surfaces', 'flow', {
    card: own('t.card'),
    destination: `replace(t.destination, 'channel/1', herd.channel)`,
    ...placed,
  });
  const { last } = connection.prepare('select max(seq) as last from journal').get() as { last: number };
  copy('journal', 'flow', { seq: `${last} * herd.place + t.seq` });
}
