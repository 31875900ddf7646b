import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { migrate } from '../../adapters/store/migrate.ts';
import { connect, sqliteStore } from '../../adapters/store/sqlite.ts';
import { Budget } from '../../src/budget.ts';
import { manualClock } from '../../src/clock.ts';
import { type Courier, courier } from '../../src/courier.ts';
import { type Engine, engine } from '../../src/engine.ts';
import type { Event, Reply } from '../../src/event.ts';
import type { Flow } from '../../src/flow.ts';
import type { Messenger } from '../../src/messenger.ts';
import type { Page } from '../../src/page.ts';
import type { InstallationRow, Store } from '../../src/store.ts';
import { plain } from '../../src/text.ts';
import { type Timekeeper, timekeeper } from '../../src/timekeeper.ts';

export const silent = pino({ level: 'silent' });
export const START = Date.UTC(2027, 2, 1, 9);

/** The core on a real SQLite file, with whatever flows and messenger a test gives it. */
export interface Core {
  store: Store;
  engine: Engine;
  timekeeper: Timekeeper;
  courier: Courier;
  clock: ReturnType<typeof manualClock>;
  installation: InstallationRow;
  file: string;
  /** A further installation, in a workspace of its own. */
  install(row: Pick<InstallationRow, 'platform' | 'key' | 'name'>): Promise<InstallationRow>;
  /** One event of a person; `cause` differs at each call unless it is given. */
  act(by: string, to: string, input: string, raw?: Record<string, string>, more?: Partial<Event>): Promise<Reply>;
  close(): Promise<void>;
}

let causes = 0;

export async function openCore(
  flows: readonly Flow[],
  given: { pages?: readonly Page[]; messengers?: readonly Messenger[]; budget?: Budget; file?: string } = {},
): Promise<Core> {
  const folder = given.file ? undefined : mkdtempSync(join(tmpdir(), 'offshoot-core-'));
  const file = given.file ?? join(folder!, 'offshoot.db');
  const connection = connect(file);
  await migrate(connection);
  const store = sqliteStore(connection);
  const clock = manualClock(START);
  const served = new Map<number, InstallationRow>();
  const moved = (id: number, workspace: number): void => {
    served.get(id)!.workspace = workspace;
  };
  const theEngine = engine({ store, flows, pages: given.pages ?? [], clock, changed: () => {}, moved });
  const theCourier = courier({
    store,
    messengers: given.messengers ?? [],
    installations: () => served,
    log: silent,
    budget: given.budget ?? new Budget(),
  });
  const theTimekeeper = timekeeper({ store, engine: theEngine, clock, log: silent });
  const installation = await store.update((tables) => tables.putInstallation({ platform: 'local', key: 'local', name: 'Test' }, START));
  served.set(installation.id, installation);

  return {
    async install(row) {
      const installed = await store.update((tables) => tables.putInstallation(row, START));
      served.set(installed.id, installed);
      return installed;
    },
    store,
    engine: theEngine,
    timekeeper: theTimekeeper,
    courier: theCourier,
    clock,
    installation,
    file,
    act: (by, to, input, raw, more) =>
      theEngine.handle({
        cause: `test ${++causes}`,
        installation,
        by: { user: by, name: by },
        press: { to, input },
        at: clock.now(),
        ...(raw ? { answers: { raw } } : {}),
        ...more,
      }),
    async close() {
      await theTimekeeper.stop();
      await theCourier.stop();
      await store.close();
      if (folder) rmSync(folder, { recursive: true });
    },
  };
}

/** What a reply says, as plain words. */
export function words(reply: Reply): string {
  const names = { person: String, channel: String };
  switch (reply.kind) {
    case 'done':
    case 'refused':
      return plain(reply.text, names, 'UTC');
    case 'form':
      return `form ${reply.form.title}${reply.notice ? `: ${plain(reply.notice, names, 'UTC')}` : ''}`;
    case 'errors':
      return JSON.stringify(reply.errors);
    case 'card':
      return `card ${plain(reply.card.title, names, 'UTC')}`;
  }
}
