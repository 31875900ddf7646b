import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, type Migration, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hold, Occupied } from '../../adapters/store/file.ts';
import { migrate, Newer, schemaOf } from '../../adapters/store/migrate.ts';
import { migrations } from '../../adapters/store/migrations.ts';
import { Absent, openReader } from '../../adapters/store/reader.ts';
import { connect, sqliteStore } from '../../adapters/store/sqlite.ts';
import { storeContract } from './contract.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offshoot-store-'));
  file = join(folder, 'data', 'offshoot.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the SQLite store', () => {
  storeContract(async () => {
    const connection = connect(file);
    await migrate(connection);
    return sqliteStore(connection);
  });
});

describe('a commit that fails', () => {
  it('is told to every job of its group, and leaves nothing of them', async () => {
    const connection = connect(file);
    await migrate(connection);
    const store = sqliteStore(connection, { slice: Infinity });
    const { workspace } = await store.update((tables) => tables.putInstallation({ platform: 'slack', key: 'T1', name: 'Home' }, 0));
    const counted = () => store.update((tables) => tables.next(workspace, 'job'));
    const brokenAtCommit = store.update(function* (tables) {
      yield { sql: 'pragma defer_foreign_keys = on', values: [] };
      yield* tables.putTimer(workspace, 'vote/99', { key: 'k', at: 0, input: { type: 'x' } });
    });
    const settled = await Promise.allSettled([counted(), brokenAtCommit, counted()]);
    expect(settled.map((one) => one.status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(await counted()).toBe(1);
    await store.close();
  });
});

describe('jobs that take long', () => {
  it('share no commit with those behind them: others of the process get their turn between', async () => {
    const connection = connect(file);
    await migrate(connection);
    const store = sqliteStore(connection, { slice: 5 });
    const order: string[] = [];
    const job = (name: string, takes: number) =>
      store.update(function* (tables) {
        yield* tables.workspaces();
        for (const until = performance.now() + takes; performance.now() < until; );
        order.push(name);
      });
    const jobs = [job('long', 10), job('next', 0)];
    setImmediate(() => order.push('another'));
    await Promise.all(jobs);
    expect(order).toEqual(['long', 'another', 'next']);
    await store.close();
  });
});

describe('a writer outside of the process', () => {
  it('is waited for while everything else goes on', async () => {
    const connection = connect(file);
    await migrate(connection);
    const store = sqliteStore(connection);
    const { workspace } = await store.update((tables) => tables.putInstallation({ platform: 'slack', key: 'T1', name: 'Home' }, 0));
    const other = connect(file);
    other.exec('begin immediate');
    const jobs = ['a', 'a', 'b'].map((counter) => store.update((tables) => tables.next(workspace, counter)));
    await pause(200);
    expect((await store.look((tables) => tables.workspaces())).length).toBe(1);
    other.exec('commit');
    expect(await Promise.all(jobs)).toEqual([1, 2, 1]);
    other.exec('begin immediate');
    const last = store.update((tables) => tables.next(workspace, 'a'));
    const closed = store.close();
    await pause(100);
    other.close();
    await closed;
    expect(await last).toBe(3);
  });

  it('that does not end is told to every caller, and the next is served once it did', async () => {
    const connection = connect(file);
    await migrate(connection);
    const store = sqliteStore(connection, { patience: 100 });
    const { workspace } = await store.update((tables) => tables.putInstallation({ platform: 'slack', key: 'T1', name: 'Home' }, 0));
    const other = connect(file);
    other.exec('begin immediate');
    const jobs = Array.from({ length: 100 }, () => store.update((tables) => tables.next(workspace, 'a')));
    expect(new Set((await Promise.allSettled(jobs)).map((one) => one.status))).toEqual(new Set(['rejected']));
    other.close();
    expect(await store.update((tables) => tables.next(workspace, 'a'))).toBe(1);
    await store.close();
  });
});

describe('a SQLite connection', () => {
  it('writes through to the disk and checks references, when it is first opened and every time again', () => {
    for (let time = 0; time < 2; time++) {
      const connection = connect(file);
      expect(['journal_mode', 'synchronous', 'foreign_keys'].map((name) => connection.pragma(name, { simple: true }))).toEqual([
        'wal',
        2,
        1,
      ]);
      connection.close();
    }
    const reading = connect(file, { readonly: true });
    expect(['journal_mode', 'synchronous', 'foreign_keys'].map((name) => reading.pragma(name, { simple: true }))).toEqual(['wal', 2, 1]);
    reading.close();
  });
});

describe('migrations', () => {
  const names = (connection: ReturnType<typeof connect>) =>
    connection
      .prepare("select name from sqlite_master where type = 'table' and name not like 'kysely%' and name not like 'sqlite%'")
      .pluck()
      .all();

  it('run once, and are known by name afterwards', async () => {
    const connection = connect(file);
    expect(await migrate(connection)).toEqual(Object.keys(migrations));
    expect(await migrate(connection)).toEqual([]);
    expect(schemaOf(connection)).toEqual({ ran: Object.keys(migrations), missing: [], unknown: [] });
    connection.close();
  });

  it('that fail midway leave nothing, neither of themselves nor of those before them', async () => {
    const connection = connect(file);
    const made: Migration = {
      up: async (db: Kysely<any>) => await db.schema.createTable('made').addColumn('id', 'integer').execute(),
    };
    const fails: Migration = {
      async up(db: Kysely<any>) {
        await db.schema.createTable('half').addColumn('id', 'integer').execute();
        await sql`insert into half values (1)`.execute(db);
        throw new Error('midway');
      },
    };
    await expect(migrate(connection, { '001-made': made, '002-fails': fails })).rejects.toThrow('midway');
    expect(names(connection)).toEqual([]);
    expect(schemaOf(connection, { '001-made': made, '002-fails': fails })).toMatchObject({ ran: [], missing: ['001-made', '002-fails'] });
    expect(await migrate(connection, { '001-made': made })).toEqual(['001-made']);
    expect(names(connection)).toEqual(['made']);
    connection.close();
  });

  it('refuse a database that a newer Offshoot has written', async () => {
    const connection = connect(file);
    await migrate(connection, { ...migrations, '999-later': { up: async () => {} } });
    await expect(migrate(connection)).rejects.toThrow(Newer);
    await expect(migrate(connection)).rejects.toThrow('999-later');
    connection.close();
  });
});

describe('a database file', () => {
  it('is held by one at a time, until it is released', () => {
    const held = hold(file);
    expect(() => hold(file)).toThrow(Occupied);
    held.release();
    hold(file).release();
  });

  it('is read beside its writer, as one committed state', async () => {
    const connection = connect(file);
    await migrate(connection);
    const store = sqliteStore(connection);
    const installed = (key: string) => store.update((tables) => tables.putInstallation({ platform: 'slack', key, name: key }, 0));
    await installed('T1');
    const reader = openReader(file);
    const seen = async () => (await reader.look((tables) => tables.workspaces())).length;
    expect(await seen()).toBe(1);
    await installed('T2');
    expect(await seen()).toBe(1);
    expect(() => reader.connection.exec('delete from workspaces')).toThrow(/readonly/);
    reader.close();
    await store.close();
  });

  it('is not made by reading where there is none', () => {
    expect(() => openReader(file)).toThrow(Absent);
    expect(() => openReader(file)).toThrow(file);
  });
});
