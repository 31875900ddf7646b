import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { Query, Store, Tables, Work } from '../../src/store.ts';
import { tables } from './tables.ts';

/** How many jobs share one commit, and with it one flush to the disk. */
const GROUP = 64;
/** No further job joins a commit after so many milliseconds: others of the process get their turn. */
const SLICE = 20;

/** How long a job waits for a writer outside of this process, such as a repair by hand, before its caller is told. */
const PATIENCE = 5_000;
const PAUSE = 50;

interface Job {
  /** When it was asked for. */
  at: number;
  work: (tables: Tables) => Work<unknown>;
  resolve(result: unknown): void;
  reject(fault: unknown): void;
}

/**
 * Opens a connection as every connection must be: WAL, and synchronous=FULL set after it, because the driver's build falls back to
 * NORMAL when WAL is turned on and on every reopening; then an acknowledged write could be gone after a power cut.
 */
export function connect(file: string, options: Database.Options = {}): Database.Database {
  if (!options.readonly && file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const connection = new Database(file, options);
  if (!options.readonly) connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  connection.pragma('busy_timeout = 5000');
  return connection;
}

/** The store on one SQLite connection: jobs are queued and committed in groups, each in a savepoint of its own. */
export function sqliteStore(connection: Database.Database, { patience = PATIENCE, slice = SLICE } = {}): Store {
  // SQLite waits in its own way with the whole process: the queue waits instead, and everybody is answered meanwhile.
  connection.pragma(`busy_timeout = ${PAUSE}`);
  const savepoint = connection.prepare('SAVEPOINT job');
  const release = connection.prepare('RELEASE job');
  const statements = new Map<string, Database.Statement>();
  let queue: Job[] = [];
  let scheduled = false;
  let closing = false;

  function update<Result>(work: (tables: Tables) => Work<Result>): Promise<Result> {
    if (closing) return Promise.reject(new Error('the store is closed'));
    return new Promise((resolve, reject) => {
      queue.push({ at: Date.now(), work, resolve, reject });
      schedule();
    });
  }

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    setImmediate(drain);
  }

  function drain(): void {
    scheduled = false;
    if (queue.length === 0) return;
    if (!begin()) return;
    const until = performance.now() + slice;
    const group: Job[] = [];
    let settle: (() => void)[] = [];
    try {
      do {
        const job = queue[group.length]!;
        group.push(job);
        settle.push(attempt(job));
      } while (group.length < GROUP && group.length < queue.length && performance.now() < until);
      connection.exec('COMMIT');
    } catch (fault) {
      if (connection.inTransaction) connection.exec('ROLLBACK');
      settle = group.map((job) => () => job.reject(fault));
    }
    queue = queue.slice(group.length);
    if (queue.length > 0) schedule();
    for (const done of settle) done();
  }

  /** False when it could not: then those that waited long enough are told, and the others are tried again. */
  function begin(): boolean {
    try {
      connection.exec('BEGIN IMMEDIATE');
      return true;
    } catch (fault) {
      const busy = (fault as { code?: string }).code?.startsWith('SQLITE_BUSY') === true;
      const before = busy ? Date.now() - patience : Infinity;
      const told = queue.filter((job) => job.at <= before);
      queue = queue.filter((job) => job.at > before);
      scheduled = queue.length > 0;
      if (scheduled) setTimeout(drain, PAUSE);
      for (const job of told) job.reject(fault);
      return false;
    }
  }

  /** Runs one job in a savepoint; what is returned tells its caller, after the commit. */
  function attempt(job: Job): () => void {
    savepoint.run();
    try {
      const result = run(job.work(tables));
      release.run();
      return () => job.resolve(result);
    } catch (fault) {
      // A full disk or a broken file ends the transaction itself: then the whole group is told.
      if (!connection.inTransaction) throw fault;
      connection.exec('ROLLBACK TO job; RELEASE job');
      return () => job.reject(fault);
    }
  }

  function run<Result>(work: Work<Result>): Result {
    let step = work.next([]);
    while (!step.done) step = work.next(execute(step.value));
    return step.value;
  }

  function execute({ sql, values }: Query): unknown[] {
    let statement = statements.get(sql);
    if (!statement) {
      statement = connection.prepare(sql);
      statements.set(sql, statement);
    }
    if (statement.reader) return statement.all(...values);
    statement.run(...values);
    return [];
  }

  return {
    update,
    look: async (work) => run(work(tables)),
    async close() {
      closing = true;
      while (queue.length > 0) {
        drain();
        if (queue.length > 0) await pause(1);
      }
      connection.close();
    },
  };
}
