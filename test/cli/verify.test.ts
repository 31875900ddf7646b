import { describe, expect, it } from 'vitest';
import { hold } from '../../adapters/store/file.ts';
import { aDesk } from './desk.ts';
import { appended } from './long.ts';

const desk = aDesk();

describe('verify', () => {
  it('prints the digest of the last entry, and finds the one that a decision’s message shows', async () => {
    const { journals } = await desk.json('verify');
    const [last] = desk.sql('select digest from journal order by seq desc limit 1') as [{ digest: string }];
    expect(journals[0].head).toBe(last.digest);
    const [shown] = desk.sql(`select json_extract(card, '$.text') as text from local_messages where key = '1/decision/1/decision'`) as [
      { text: string },
    ];
    const witness = /Journal before it: ([0-9a-f]{16})/.exec(shown.text)![1]!;
    expect(await desk.offshoot('verify', '--witness', witness)).toMatchObject({
      status: 0,
      out: expect.stringMatching(/entry \d+ has that digest/),
    });
    expect(await desk.offshoot('verify', '--witness', 'f'.repeat(16))).toMatchObject({
      status: 1,
      out: expect.stringContaining('No entry has that digest'),
    });
  });

  it.each([
    ['a changed body', "update journal set body = replace(body, 'missing', 'go') where seq = 7", 7],
    ['a removed entry', 'delete from journal where seq = 5', 6],
    ['another moment', 'update journal set at = at + 1 where seq = 3', 3],
  ])('finds %s', async (_, tampering, seq) => {
    desk.sql(tampering);
    expect(await desk.offshoot('verify')).toMatchObject({ status: 1, out: expect.stringContaining(`the journal breaks at entry ${seq}`) });
  });

  it('finds the first broken entry beyond one page', async () => {
    const { entries } = (await desk.json('verify')).journals[0];
    appended(desk.file, 2_500);
    expect((await desk.json('verify')).journals[0].entries).toBe(entries + 2_500);
    desk.sql(`update journal set at = at + 1 where seq = ${entries + 2_222}`);
    expect(await desk.offshoot('verify')).toMatchObject({ status: 1, out: expect.stringContaining(`breaks at entry ${entries + 2_222}`) });
  });

  it('names derived rows that do not say what the states say', async () => {
    desk.sql("update decisions set outcome = 'GO'");
    desk.sql("delete from electors where person = 'person/4'");
    desk.sql("insert into bodies (workspace, id, name, chair, rule, quorum) values (1, 'body/9', '', '', '', '')");
    const told = await desk.offshoot('verify');
    expect(told).toMatchObject({ status: 1, out: expect.stringContaining('npx offshoot rebuild') });
    for (const row of [
      'decisions decision/1 in workspace 1: different',
      'electors vote/1 person/4 in workspace 1: missing',
      'bodies body/9 in workspace 1: left over',
    ])
      expect(told.out).toContain(row);
  });
});

describe('rebuild', () => {
  const DERIVED = ['initiatives', 'bodies', 'members', 'votes', 'electors', 'decisions', 'actions', 'cadences'];
  const KEPT = ['ballots', 'answers', 'occurrences', 'journal', 'causes', 'flows', 'people', 'local_messages', 'surfaces'];
  const all = (tables: readonly string[]) => tables.map((table) => desk.sql(`select * from ${table} order by 1, 2, 3`));

  it('restores damaged tables and lost timers, touches nothing else, and lets nothing take effect again', async () => {
    const [derived, kept, timers] = [all(DERIVED), all(KEPT), desk.sql('select * from timers order by flow, key, at')];
    for (const table of DERIVED.slice(2)) desk.sql(`delete from ${table}`);
    desk.sql("update initiatives set name = 'something else'");
    desk.sql('delete from timers');
    expect((await desk.json('verify')).drift.length).toBeGreaterThan(5);

    expect(await desk.offshoot('rebuild')).toMatchObject({ status: 0, out: expect.stringContaining('Rebuilt') });
    expect(all(DERIVED)).toEqual(derived);
    expect(all(KEPT)).toEqual(kept);
    expect(desk.sql('select * from timers order by flow, key, at')).toEqual(timers);
    expect(await desk.offshoot('verify')).toMatchObject({ status: 0 });
  });

  it('refuses while Offshoot runs', async () => {
    const held = hold(desk.file);
    expect(await desk.offshoot('rebuild')).toMatchObject({ status: 1, err: expect.stringContaining('Another Offshoot is running') });
    held.release();
  });
});
