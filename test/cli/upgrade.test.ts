import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import { migrate } from '../../adapters/store/migrate.ts';
import { connect, sqliteStore } from '../../adapters/store/sqlite.ts';
import { flows } from '../../flows/index.ts';
import { audit } from '../../src/audit.ts';
import { driftOf } from '../../src/drift.ts';
import { KEYS } from '../../src/record.ts';
import { rebuild } from '../../src/upgrade.ts';
import { newFile } from '../core/folder.ts';
import { rowsIn } from '../core/rows.ts';
import { DAY, openHouse } from './house.ts';

/**
 * A database as 0.2.0 left it when it was stopped: one decision with a condition, one NO-GO, a vote without a quorum, a readiness check, a
 * running vote with two ballots, a draft and a recusal, and one with a draft alone.
 */
const RELEASED = gunzipSync(readFileSync(join(import.meta.dirname, 'released-0.2.0.sql.gz'))).toString('utf8');

let file: string;
beforeEach(() => {
  file = newFile();
  const old = new Database(file);
  old.pragma('foreign_keys = off');
  old.exec(`begin; ${RELEASED} commit`);
  // What is pressed here is no redelivery of what was pressed there.
  old.exec("update causes set cause = '0.2.0 ' || cause where cause like 'test %'");
  old.close();
});

const rows = (sql: string): any[] => rowsIn(file, sql);

describe('a database of 0.2.0', () => {
  it('is taken over whole: open votes go on and close, and every page shows', async () => {
    const before = rows('select id, number, outcome, state, rationale, decided_at from decisions order by number');
    const entries = rows('select count(*) as n from journal')[0].n as number;
    const { house, fill, moveTo } = await openHouse(file);
    expect(rows('select id, number, outcome, state, rationale, decided_at from decisions order by number')).toEqual(before);
    expect(rows('select id, phase, outcome, question, openness from votes order by id')).toEqual([
      { id: 'vote/1', phase: 'closed', outcome: 'GO WITH CONDITIONS', question: 'go-no-go', openness: 'open' },
      { id: 'vote/2', phase: 'closed', outcome: 'NO-GO', question: 'go-no-go', openness: 'open' },
      { id: 'vote/3', phase: 'closed', outcome: 'NO QUORUM', question: 'go-no-go', openness: 'open' },
      { id: 'vote/4', phase: 'open', outcome: null, question: 'go-no-go', openness: 'open' },
      { id: 'vote/5', phase: 'open', outcome: null, question: 'go-no-go', openness: 'open' },
    ]);
    expect(rows("select version from flows where settled = 0 and kind = 'vote'")).toEqual([{ version: 3 }, { version: 3 }]);

    // Who began a ballot there goes on with it here, and a deputy does not.
    expect(rows('select vote, person = draft_by as own from ballots where draft is not null order by vote')).toEqual([
      { vote: 'vote/4', own: 1 },
      { vote: 'vote/5', own: 1 },
    ]);
    expect(await fill('member-3', 'vote/4', 'reasons', { roi: 'Too dear' })).toMatchObject({ kind: 'done' });
    expect(await fill('member-2', 'vote/4', 'withdraw')).toMatchObject({ kind: 'done' });
    expect(await fill('member-2', 'vote/4', 'deputy', { deputy: 'pm' })).toMatchObject({ kind: 'done' });
    const elector = rows("select person from identities where user = 'member-2'")[0].person as string;
    expect(await fill('pm', 'vote/4', 'ballot', {}, elector)).toMatchObject({ kind: 'done' });
    expect(rows("select deadline from votes where id = 'vote/4'")).toHaveLength(1);
    const [{ deadline }] = rows("select deadline from votes where id = 'vote/4'");
    await moveTo(house.rooms.clock.now() + 5 * DAY);

    expect(rows("select phase, outcome, closed_at from votes where id = 'vote/4'")).toEqual([
      { phase: 'closed', outcome: 'NO-GO', closed_at: deadline },
    ]);
    expect(rows("select phase, outcome from votes where id = 'vote/5'")).toEqual([{ phase: 'closed', outcome: 'NO QUORUM' }]);
    expect(rows('select number, outcome from decisions order by number').at(-1)).toEqual({ number: 3, outcome: 'NO-GO' });
    expect(rows('select count(*) as n from surfaces where shown <> wanted or held is not null')).toEqual([{ n: 0 }]);
    expect(rows('select count(*) as n from timers where held is not null')).toEqual([{ n: 0 }]);

    for (const page of ['decisions', 'mine', 'actions', 'cadences'])
      expect({ page, shown: (await fill('pm', page, 'show')).kind }).toEqual({ page, shown: 'card' });
    for (const about of ['D-1', 'D-2', 'D-3', 'pays'])
      expect({ about, shown: (await fill('pm', 'decisions', 'show', {}, about)).kind }).toEqual({ about, shown: 'card' });
    await house.stop();

    const connection = connect(file);
    const store = sqliteStore(connection);
    expect(await driftOf(store, flows)).toEqual([]);
    expect((await audit(store)).map(({ broken, entries: all }) => ({ broken, more: all > entries }))).toEqual([
      { broken: undefined, more: true },
    ]);
    const derived = () => Object.keys(KEYS).map((table) => connection.prepare(`select * from ${table} order by 1, 2, 3`).all());
    const is = derived();
    await rebuild(store, flows);
    expect(derived()).toEqual(is);
    await store.close();
  });

  it('is migrated alone, as by npx offshoot migrate, and found sound', async () => {
    const connection = connect(file);
    expect(await migrate(connection)).toEqual(['003-machine']);
    expect(connection.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(connection.pragma('foreign_key_check')).toEqual([]);
    connection.close();
  });
});
