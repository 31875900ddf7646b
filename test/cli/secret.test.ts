import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import { keysOf } from '../../adapters/store/vault.ts';
import { run } from '../../src/cli.ts';
import { newFile } from '../core/folder.ts';
import { rowsIn } from '../core/rows.ts';
import { DAY, type Inhabited, MEMBERS, openHouse } from './house.ts';

const SECRET = { openness: 'secret', without: 'The pilot was reviewed on paper.' };
const KEPT = ['turnout', 'sealed_ballots', 'published_ballots', 'published_reasons'];

let file: string;
beforeEach(() => {
  file = newFile();
});

const rows = (sql: string): any[] => rowsIn(file, sql);
const kept = () => KEPT.map((table) => rows(`select * from ${table} order by 1, 2, 3`));

async function offshoot(...args: string[]) {
  const told = { out: '', err: '' };
  const say = (to: 'out' | 'err') => (text: string) => void (told[to] += `${text}\n`);
  const status = await run(args, { env: { DATABASE_URL: `file:${file}` }, out: say('out'), err: say('err') });
  return { status, ...told };
}

async function inHouse(work: (inhabited: Inhabited) => Promise<unknown>): Promise<void> {
  const inhabited = await openHouse(file);
  await work(inhabited);
  await inhabited.house.stop();
}

const opened = (ballots: number) =>
  inHouse(async ({ fill }) => {
    await fill('pm', 'vote', 'open', SECRET, 'churn');
    for (const voter of MEMBERS.slice(0, ballots)) await fill(voter, 'vote/1', 'ballot', { debt: 'missing', 'reason-debt': 'Old' });
  });
const voteRest = (ballots: number) =>
  inHouse(async ({ fill, moveTo, house }) => {
    for (const voter of MEMBERS.slice(ballots)) await fill(voter, 'vote/1', 'ballot');
    await moveTo(house.rooms.clock.now());
  });

describe('verify and rebuild', () => {
  it('hold before, during and after a secret vote, and rebuild nothing of its ballots', async () => {
    for (const step of [() => opened(0), () => inHouse(({ fill }) => fill(MEMBERS[0], 'vote/1', 'ballot')), () => voteRest(1)]) {
      await step();
      const before = kept();
      const voted = rows("select json_extract(state, '$.voted') as voted from flows where id = 'vote/1'");
      expect(await offshoot('verify')).toMatchObject({ status: 0 });
      expect(await offshoot('rebuild')).toMatchObject({ status: 0 });
      expect(await offshoot('verify')).toMatchObject({ status: 0 });
      expect(kept()).toEqual(before);
      expect(rows("select json_extract(state, '$.voted') as voted from flows where id = 'vote/1'")).toEqual(voted);
    }
    expect(rows('select outcome, openness from votes')).toEqual([{ outcome: 'GO', openness: 'secret' }]);
    expect(rows('select receipt from published_ballots')).toHaveLength(5);
  });

  it('bring back the derived rows of a secret vote without its key, and what was lost of the ballots never', async () => {
    await opened(5);
    expect(readdirSync(keysOf(file))).toEqual([]);
    const votes = rows('select * from votes');
    const writer = new Database(file);
    writer.exec('delete from votes; delete from published_ballots');
    writer.close();
    expect(await offshoot('rebuild')).toMatchObject({ status: 0 });
    expect(rows('select * from votes')).toEqual(votes);
    expect(rows('select * from published_ballots')).toEqual([]);
    // The result's message goes by the state, where the list stands once more.
    expect(rows("select json_array_length(state, '$.closed.list') as ballots from flows where id = 'vote/1'")).toEqual([{ ballots: 5 }]);
  });
});

describe('a backup that was made during a secret vote', () => {
  const backup = () => join(dirname(file), 'monday.db');

  it('is restored while it is open, and the vote goes on with the ballots that were in then', async () => {
    await opened(2);
    await offshoot('backup', backup());
    await inHouse(({ fill }) => fill(MEMBERS[2], 'vote/1', 'ballot'));
    const told = await offshoot('restore', backup());
    expect(told).toMatchObject({ status: 0 });
    expect(told.out).not.toContain('its key is not in');
    expect(rows('select count(*) as n from sealed_ballots')).toEqual([{ n: 2 }]);
    await voteRest(2);
    expect(rows('select outcome from votes')).toEqual([{ outcome: 'GO WITH CONDITIONS' }]);
  });

  it('is restored after the close: nobody can open it, and the operator, the members and doctor are told', async () => {
    await opened(2);
    await offshoot('backup', backup());
    await voteRest(2);
    const told = await offshoot('restore', backup());
    expect(told).toMatchObject({
      status: 0,
      out: expect.stringContaining('The secret vote 1 of workspace 1 is open in it, and its key is not in'),
    });
    expect(await offshoot('doctor')).toMatchObject({ status: 1, out: expect.stringContaining('its ballots cannot be read') });
    await inHouse(({ house, moveTo }) => moveTo(house.rooms.clock.now() + 4 * DAY));
    expect(rows('select phase from votes')).toEqual([{ phase: 'cancelled' }]);
    expect(rows("select card from surfaces where flow = 'vote/1' and key = 'vote'")[0].card).toContain('cannot be read any more');
    expect(kept().flat()).toEqual([]);
    expect(await offshoot('verify')).toMatchObject({ status: 0 });
  });
});
