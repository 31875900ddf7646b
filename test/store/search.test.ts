import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decisions } from '../../flows/pages/decisions.ts';
import { searchOf } from '../../flows/pages/search.ts';
import { migrate } from '../../adapters/store/migrate.ts';
import { connect, sqliteStore } from '../../adapters/store/sqlite.ts';
import type { Derived } from '../../src/record.ts';
import { newFile } from '../core/folder.ts';
import { inWords, moment, PM } from '../flows/given.ts';
import { ballotOf, furnished, NOW, type Room } from './room.ts';

const DAY = 86_400_000;
let room: Room;
let connection: Database.Database;

beforeEach(async () => {
  connection = connect(newFile());
  await migrate(connection);
  room = await furnished(sqliteStore(connection));
});
afterEach(() => room.store.close());

const decided = (number: number, more: Partial<Derived['decisions']> = {}): Derived['decisions'] => ({
  id: `decision/${number}`,
  number,
  vote: 'vote/1',
  initiative: 'initiative/1',
  title: 'Churn model',
  outcome: 'GO',
  state: 'final',
  rationale: null,
  decided_at: NOW + number * DAY,
  final_at: null,
  review_at: NOW,
  supersedes: null,
  question: 'go-no-go',
  subject: null,
  body: 'body/1',
  conditions: 0,
  met: 0,
  why: 'Every must-have is met.',
  dissent: '[]',
  chair: null,
  reviewer: null,
  ...more,
});

const put = (row: Derived['decisions'], workspace = room.home.workspace) =>
  room.update((tables) => tables.putRecord(workspace, { table: 'decisions', row }));

async function numbers(said: string, workspace = room.home.workspace): Promise<number[]> {
  const match = searchOf(said, 'UTC');
  if ('refused' in match) throw new Error(inWords(match.refused));
  const rows = (await room.look((tables) =>
    tables.rows(workspace, { as: '', rows: 'decisions', match, limit: 5 }),
  )) as Derived['decisions'][];
  return rows.map((row) => row.number);
}

describe('the log is searched', () => {
  beforeEach(async () => {
    await room.update((tables) =>
      tables.putRecord(room.home.workspace, {
        table: 'bodies',
        row: { id: 'body/1', name: 'Steering committee', chair: 'person/1', rule: '', quorum: '', casting: 0 },
      }),
    );
    await put(decided(1, { rationale: 'Zürich wanted the naïve forecast' }));
    await put(decided(2, { outcome: 'NO-GO', title: 'Pricing', body: null, state: 'superseded' }));
    await put(decided(3, { outcome: 'GO WITH CONDITIONS', question: 'gate', subject: 'wave 2', state: 'conditions open' }));
    await room.update((tables) =>
      tables.putRecord(room.home.workspace, {
        table: 'actions',
        row: {
          flow: 'decision/3',
          key: 'debt',
          initiative: 'initiative/1',
          title: 'Technical debt',
          owner: null,
          due: null,
          state: 'accepted',
          origin: null,
          met_at: null,
          missed_at: null,
        },
      }),
    );
    await put(decided(1, { title: 'Churn elsewhere' }), room.other.workspace);
  });

  it.each([
    ['', [3, 2, 1]],
    ['churn', [3, 1]],
    ['CHU', [3, 1]],
    ['zurich naive', [1]],
    ['"wanted the"', [1]],
    ['"the wanted"', []],
    ['wave 2', [3]],
    ['technical debt', [3]],
    ['go', [1]],
    ['no-go', [2]],
    ['GO with Conditions', [3]],
    ['outcome:no-go', [2]],
    ['outcome:go-with-conditions churn', [3]],
    ['state:superseded', [2]],
    ['state:"conditions open"', [3]],
    ['question:gate', [3]],
    ['initiative:pric', [2]],
    ['initiative:steering', []],
    ['body:"Steering comm"', [3, 1]],
    ['since:2027-03-03', [3, 2]],
    ['until:2027-03-03', [2, 1]],
    ['since:2027-03-03 until:2027-03-03', [2]],
    ['since:2030-01-01', []],
    ['before:D-3', [2, 1]],
    ['after:D-1', [2, 3]],
    ['churn before:D-3', [1]],
    ['nothing', []],
  ])('%s', async (said, found) => {
    expect(await numbers(said)).toEqual(found);
  });

  it('and the latest on each initiative is read without the others', async () => {
    const initiative = (n: number) => ({
      id: `initiative/${n}` as const,
      name: 'Churn',
      stage: 'pilot',
      owner: 'person/1' as const,
      sponsor: 'person/1' as const,
      channel: `channel/${n}` as const,
      registered_at: 0,
      parent: null,
      recontextualized: null,
    });
    for (const n of [1, 2])
      await room.update((tables) => tables.putRecord(room.home.workspace, { table: 'initiatives', row: initiative(n) }));
    await put(decided(4, { initiative: 'initiative/2', outcome: 'NO-GO' }));
    const latest = (where?: { channel: string }) =>
      room.look((tables) => tables.rows(room.home.workspace, { as: '', rows: 'latest_decisions', ...(where ? { where } : {}) }));
    expect(await latest()).toMatchObject([
      { initiative: 'initiative/1', number: 3 },
      { initiative: 'initiative/2', number: 4, outcome: 'NO-GO' },
    ]);
    expect(await latest({ channel: 'channel/2' })).toMatchObject([{ number: 4 }]);
    expect(await latest({ channel: 'channel/9' })).toEqual([]);
  });

  it('within the workspace alone', async () => {
    expect(await numbers('elsewhere')).toEqual([]);
    expect(await numbers('elsewhere', room.other.workspace)).toEqual([1]);
    expect(await numbers('technical', room.other.workspace)).toEqual([]);
  });

  it('as the records are now: what was written anew, dropped, or a condition that is gone is not found', async () => {
    await put(decided(1, { rationale: 'Anew' }));
    expect(await numbers('zurich')).toEqual([]);
    expect(await numbers('anew')).toEqual([1]);
    await room.update((tables) => tables.dropRecordsOf(room.home.workspace, 'decision/3'));
    expect(await numbers('debt')).toEqual([]);
    connection.exec(`insert into decision_words (decision_words) values ('delete-all')`);
    expect(await numbers('anew')).toEqual([]);
    for (const number of [1, 2])
      await room.update((tables) => tables.putFlow(room.home.workspace, { id: `decision/${number}`, version: 1, state: {}, settled: 0 }));
    await room.update((tables) => tables.dropStrays());
    expect(await numbers('anew')).toEqual([1]);
  });

  it('for the reasons of open votes, never for those of secret ones', async () => {
    const who = await room.person();
    const row = (id: 'vote/1' | 'vote/2', openness: 'open' | 'secret') =>
      ({
        id,
        initiative: 'initiative/1',
        body: 'body/1',
        title: '',
        channel: 'channel/1',
        phase: 'closed',
        outcome: 'GO',
        rule: '',
        opened_at: 0,
        deadline: 0,
        closed_at: 0,
        question: 'go-no-go',
        subject: null,
        openness,
      }) as Derived['votes'];
    await room.update(function* (tables) {
      for (const [id, openness] of [
        ['vote/1', 'open'],
        ['vote/2', 'secret'],
      ] as const) {
        yield* tables.putRecord(room.home.workspace, { table: 'votes', row: row(id, openness) });
        yield* tables.putRecord(room.home.workspace, { table: 'electors', row: { vote: id, person: who.id } });
        yield* tables.keep(room.home.workspace, id, ballotOf(who.id, { roi: 'no-go' }, { roi: `expensive ${openness}ly` }));
      }
    });
    await put(decided(7, { vote: 'vote/1' }));
    await put(decided(8, { vote: 'vote/2' }));
    expect(await numbers('expensive')).toEqual([7]);
    expect(await numbers('secretly')).toEqual([]);
  });

  it.each([
    '"',
    '""',
    '*',
    'a"b',
    'AND',
    'churn OR',
    'NEAR(',
    '{title}:x',
    'title : x',
    '-',
    '^',
    'outcome:',
    '\0',
    '“',
    'body:"',
    '(',
    "'; drop table decisions",
    'x'.repeat(200),
  ])('whatever is typed, without throwing: %j', async (said) => {
    const match = searchOf(said, 'UTC');
    if ('refused' in match) expect(inWords(match.refused)).toContain('For example: /decisions');
    else expect(await numbers(said)).toEqual(expect.any(Array));
  });

  it.each([
    ['since:tomorrow', 'a day is written as 2027-01-31'],
    ['until:2027-02-30', 'a day is written as 2027-01-31'],
    ['outcome:maybe', '“no-go”'],
    ['state:lost', '“superseded”'],
    ['before:x', 'before:D-17'],
  ])('and says of %s what it expected', (said, words) => {
    const shown = decisions.show(said, moment(PM), { newest: [decided(1)], found: [] });
    expect('refused' in shown ? inWords(shown.refused) : '').toContain(words);
  });

  it('page by page, there and back, without a gap', async () => {
    for (let number = 4; number <= 40; number++) await put(decided(number));
    const show = async (about: string) => {
      const facts: Record<string, unknown> = {};
      for (const need of decisions.needs(about, moment(PM)))
        facts[need.as] = await room.look((tables) => tables.rows(room.home.workspace, need));
      const shown = decisions.show(about, moment(PM), facts as never);
      if ('refused' in shown || 'go' in shown) throw new Error('no card');
      const numbers = [...JSON.stringify(shown.parts).matchAll(/"D-(\d+) GO/g)].map((found) => Number(found[1]));
      return { numbers, press: (label: string) => shown.buttons?.find((one) => one.label === label)?.press.about };
    };
    const seen: number[][] = [];
    let page = await show('churn');
    expect(page.press('Newer')).toBeUndefined();
    for (;;) {
      seen.push(page.numbers);
      const older = page.press('Older');
      if (!older) break;
      page = await show(older);
    }
    expect(seen.flat()).toEqual([...Array.from({ length: 37 }, (_, index) => 40 - index), 3, 1]);
    const back = await show(page.press('Newer')!);
    expect(back.numbers).toEqual(seen.at(-2));
  });
});
