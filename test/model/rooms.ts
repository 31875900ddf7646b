import type { Scheduler } from 'fast-check';
import { connect, sqliteStore } from '../../adapters/store/sqlite.ts';
import { fileVault, keysOf } from '../../adapters/store/vault.ts';
import { body } from '../../flows/body/body.ts';
import { decision } from '../../flows/decision/decision.ts';
import { initiative } from '../../flows/initiative/initiative.ts';
import { vote } from '../../flows/vote/vote.ts';
import { Budget } from '../../src/budget.ts';
import { manualClock } from '../../src/clock.ts';
import { type Courier, courier } from '../../src/courier.ts';
import { type Engine, engine } from '../../src/engine.ts';
import type { Event } from '../../src/event.ts';
import { destroyKeys, spentKeys } from '../../src/sealing.ts';
import type { SecretVote } from '../../src/vault.ts';
import type { InstallationRow, Store, TimerRow } from '../../src/store.ts';
import { type Timekeeper, timekeeper } from '../../src/timekeeper.ts';
import { silent } from '../core/house.ts';
import { Anomaly } from './anomaly.ts';
import type { Pigeon } from './pigeon.ts';

/** What reached the store, and was committed. */
export type Cause = { kind: 'event'; event: Event } | { kind: 'timer'; row: TimerRow };

/** The product on its file, as after a start. */
export interface Rooms {
  handle: Engine['handle'];
  timekeeper: Timekeeper;
  courier: Courier | undefined;
  /** What was committed since it was asked last, in that order. */
  committed(): Cause[];
  /** Whether the disk fails at the next commit of something that people sent. */
  failOnce(does: boolean): void;
  /** Timers that met that failure are tried again at once, as they would be a minute later. */
  retry(): void;
  rows(sql: string): any[];
  close(): Promise<void>;
}

interface Given {
  clock: ReturnType<typeof manualClock>;
  /** Decides who is next wherever the store or a messenger is waited for. */
  scheduler?: Scheduler | undefined;
  /** The messengers, and the installations that they serve; without them nothing is delivered. */
  pigeons?: readonly Pigeon[];
  installations?: ReadonlyMap<number, InstallationRow>;
}

export async function openRooms(file: string, { clock, scheduler, pigeons, installations }: Given): Promise<Rooms> {
  const connection = connect(file);
  const level = connection.pragma('synchronous', { simple: true });
  if (level !== 2) throw new Anomaly(`synchronous is ${String(level)}: a loss of power could take back what was acknowledged`);
  let fails = false;
  // SQLite itself, whose disk may fail at a commit.
  const exec = connection.exec.bind(connection);
  connection.exec = (sql) => {
    if (!fails || sql !== 'COMMIT') return exec(sql);
    fails = false;
    throw new Error('the disk failed at the commit');
  };
  let log: { cause: Cause }[] = [];
  const raw = sqliteStore(connection);
  const turn = async (): Promise<void> => await scheduler?.schedule(Promise.resolve());
  const look: Store['look'] = async (work) => {
    await turn();
    return await raw.look(work);
  };
  const store: Store = {
    look,
    async update(work) {
      await turn();
      return await raw.update(work);
    },
    close: () => raw.close(),
  };
  /** Enters in the log what is done for a cause, when its turn in a transaction comes. */
  const logging = (cause: Cause): Store => ({
    ...store,
    async update(work) {
      await turn();
      let entry: { cause: Cause } | undefined;
      try {
        return await raw.update((tables) => {
          entry = { cause };
          log.push(entry);
          return work(tables);
        });
      } catch (fault) {
        // The power failed, or a step threw: nothing came of it.
        log = log.filter((one) => one !== entry);
        throw fault;
      }
    },
  });
  const vault = fileVault(keysOf(file));
  destroyKeys(vault, await spentKeys(raw, vault), silent);
  const ended = (spent: readonly SecretVote[]): void => destroyKeys(vault, spent, silent);
  let theCourier: Courier | undefined;
  const changed = (workspace: number): void => theCourier?.wake(workspace);
  const flows = [initiative, body, vote, decision];
  const engineFor = (cause: Cause): Engine => engine({ store: logging(cause), flows, pages: [], clock, vault, changed, ended });
  if (pigeons && installations)
    theCourier = courier({ store, messengers: pigeons, installations: () => installations, log: silent, budget: new Budget() });
  const handle = (event: Event) => engineFor({ kind: 'event', event }).handle(event);
  const fire = (row: TimerRow) => engineFor({ kind: 'timer', row }).fire(row);
  const theTimekeeper = timekeeper({ store, engine: { handle, fire }, clock, log: silent });
  return {
    handle,
    timekeeper: theTimekeeper,
    courier: theCourier,
    committed() {
      const all = log.map(({ cause }) => cause);
      log = [];
      return all;
    },
    failOnce: (does) => void (fails = does),
    retry: () => void exec('update timers set fires_at = at, tries = 0 where tries > 0'),
    rows: (sql) => connection.prepare(sql).all(),
    async close() {
      await theTimekeeper.stop();
      await theCourier?.stop();
      await raw.close();
    },
  };
}
