import type Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../../adapters/store/migrate.ts';
import { connect, sqliteStore } from '../../adapters/store/sqlite.ts';
import type { FlowId } from '../../src/id.ts';
import { type DerivedTable, KEYS, type Row } from '../../src/record.ts';
import { newFile } from '../core/folder.ts';
import { furnished, type Room } from './room.ts';

let room: Room;
let connection: Database.Database;

beforeAll(async () => {
  connection = connect(newFile());
  await migrate(connection);
  room = await furnished(sqliteStore(connection));
});
afterAll(() => room.store.close());

/** A row of any table: its key as told, and something that fits in every other column. */
function rowOf(table: DerivedTable, flow: FlowId, nth: number, said: string): Row {
  const columns = connection.pragma(`table_info(${table})`) as { name: string; type: string }[];
  const [first, ...others] = KEYS[table] as readonly string[];
  const value = ({ name, type }: { name: string; type: string }): unknown => {
    if (name === first) return flow;
    if (others.includes(name)) return type.toLowerCase() === 'integer' ? nth : `${name}/${nth}`;
    // Some columns hold JSON.
    return type.toLowerCase() === 'integer' ? said.length : JSON.stringify([said]);
  };
  const row = Object.fromEntries(columns.filter(({ name }) => name !== 'workspace').map((column) => [column.name, value(column)]));
  return { table, row } as unknown as Row;
}

const rowsIn = async (table: DerivedTable, workspace = room.home.workspace): Promise<object[]> =>
  (await room.look((tables) => tables.rows(workspace, { as: '', rows: table }))).map((row) => {
    const { workspace: _, ...rest } = row as { workspace: number };
    return rest;
  });

describe.each(Object.keys(KEYS) as DerivedTable[])('rows of %s', (table) => {
  const put = (row: Row, workspace = room.home.workspace) => room.update((tables) => tables.putRecord(workspace, row));

  it('are replaced by their key, kept apart by workspace, and dropped one by one, with their flow or without one', async () => {
    const one = rowOf(table, 'vote/1', 1, 'as it was');
    await put(one);
    await put(one);
    expect(await rowsIn(table)).toEqual([one.row]);
    const again = rowOf(table, 'vote/1', 1, 'as it is');
    const elsewhere = rowOf(table, 'vote/1', 1, 'elsewhere');
    await put(elsewhere, room.other.workspace);
    await put(again);
    expect(await rowsIn(table)).toEqual([again.row]);
    expect(await rowsIn(table, room.other.workspace)).toEqual([elsewhere.row]);

    const another = rowOf(table, 'vote/2', 1, 'of another flow');
    await put(another);
    expect(await rowsIn(table)).toHaveLength(2);
    await room.update((tables) => tables.dropRecord(room.home.workspace, again));
    expect(await rowsIn(table)).toEqual([another.row]);
    await put(again);
    await room.update((tables) => tables.dropRecordsOf(room.home.workspace, 'vote/1'));
    expect(await rowsIn(table)).toEqual([another.row]);
    expect(await rowsIn(table, room.other.workspace)).toEqual([elsewhere.row]);

    await put(rowOf(table, 'vote/9', 1, 'of a flow that is not there'));
    await room.update((tables) => tables.dropStrays());
    expect(await rowsIn(table)).toEqual([another.row]);
  });
});
