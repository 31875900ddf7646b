import { copyFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { keysOf } from '../../adapters/store/vault.ts';
import { countRanking, type Option, UNRANKED } from '../../flows/vote/ranking.ts';
import type { Log } from '../../src/log.ts';
import { newFile } from '../core/folder.ts';
import { DAY, type Inhabited, MEMBERS, openHouse } from '../cli/house.ts';
import { CODE, filesOf, receiptIn, said } from './receipts.ts';

const [CHAIR, ONE, TWO, THREE, FOUR] = MEMBERS;
const OPTIONS = ['initiative/1', 'initiative/2', 'initiative/3'];

/** The raw answers of a ballot on which these are ranked, the first choice first. */
const ranks = (...ranked: number[]): Record<string, string> => ({
  ...Object.fromEntries(OPTIONS.map((id, index) => [id, ranked.includes(index + 1) ? String(ranked.indexOf(index + 1) + 1) : UNRANKED])),
  abstain: String(ranked.length === 0),
});

/** A secret ranked choice among three initiatives, in the whole house; and a look into its database. */
async function opened(file: string, log?: Log): Promise<Inhabited & { rows(sql: string): any[]; person(user: string): string }> {
  const inhabited = await openHouse(file, log);
  const { fill } = inhabited;
  const peek = new Database(file, { readonly: true });
  const rows = (sql: string) => peek.prepare(sql).all() as any[];
  const person = (user: string): string => rows(`select person from identities where user = '${user}'`)[0].person;
  const [{ id: channel }] = rows("select id from channels where name = 'general'");
  for (const name of ['Returns model', 'Invoice reader'])
    await fill('pm', 'initiative', 'open', { name, sponsor: person('sponsor'), channel });
  const terms = { openness: 'secret', quorum: '3' };
  expect(said(await fill('pm', 'vote', 'open', terms, '@ranking churn, returns, invoice for the money of 2027'))).toContain(
    'is open until',
  );
  return { ...inhabited, rows, person };
}

describe('a secret ranked choice', () => {
  it('is cast, changed, withdrawn and given by a deputy under seal; each voter finds their ranks in the list, which counts to the result', async () => {
    const file = newFile();
    const lines: string[] = [];
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    const { house, fill, moveTo, rows, person } = await opened(file, log);
    const now = house.rooms.clock.now();
    const copies: { name: string; bytes: Buffer }[] = [];
    const receipts: Record<string, string> = {};
    const cast = async (voice: string, by: string, ranked: number[], about?: string): Promise<void> => {
      receipts[voice] = receiptIn(await fill(by, 'vote/1', 'ballot', ranks(...ranked), about));
      expect(receipts[voice]).toMatch(CODE);
      await moveTo(now);
    };
    const keep = () => copies.push(...filesOf(file, copies.length));

    await cast(CHAIR, CHAIR, [1, 3]);
    keep();
    await cast(ONE, ONE, [2]);
    keep();
    const before = receipts[ONE];
    await cast(ONE, ONE, [1, 3, 2]);
    expect(receipts[ONE]).toBe(before);
    keep();
    await cast(TWO, TWO, [3, 1]);
    expect(said(await fill(TWO, 'vote/1', 'withdraw'))).toContain('does not count');
    expect(rows('select count(*) as n from sealed_ballots')).toEqual([{ n: 2 }]);
    expect(rows('select count(*) as n from turnout where "cast" = 1')).toEqual([{ n: 2 }]);
    await cast(TWO, TWO, [3, 2]);
    keep();

    // The deputy votes first, and is shown nothing of what the member chooses in place of it, nor the other way round.
    await fill(THREE, 'vote/1', 'deputy', { deputy: person('pm') });
    await cast('the deputy', 'pm', [1, 2], person(THREE));
    const asked = await house.rooms.engine.handle({
      cause: 'a look at the form',
      installation: (await house.rooms.store.look((tables) => tables.installation('local', 'local')))!,
      by: { user: THREE, name: THREE },
      press: { to: 'vote/1', input: 'ballot' },
      at: now,
    });
    expect(asked.kind === 'form' && asked.form.fields.map(({ value }) => value)).toEqual([UNRANKED, UNRANKED, UNRANKED, 'false']);
    keep();
    await cast(THREE, THREE, [2, 3]);
    expect(receipts[THREE]).not.toBe(receipts['the deputy']);
    expect(said(await fill(ONE, 'vote/1', 'so-far'))).toContain('nobody sees how it stands');
    expect(readdirSync(keysOf(file))).toHaveLength(1);
    keep();

    const all = rows("select name from sqlite_master where type = 'table'").map(({ name }) =>
      JSON.stringify(rows(`select * from "${name}"`)),
    );
    receipts[FOUR] = receiptIn(await fill(FOUR, 'vote/1', 'ballot', ranks(2, 1)));
    await moveTo(now);

    const leaks = (what: string): string[] =>
      [/initiative\/\d\\*":\\*"(\d|not ranked)/, new RegExp(UNRANKED), ...Object.values(receipts).map((code) => new RegExp(code))]
        .filter((one) => one.test(what))
        .map(String);
    expect(leaks(`{"initiative/2":"1","initiative/3":"${UNRANKED}"} ${before}`)).toHaveLength(3);
    expect(copies.filter(({ bytes }) => leaks(bytes.toString('latin1')).length > 0).map(({ name }) => name)).toEqual([]);
    expect(leaks(all.join('\n'))).toEqual([]);
    expect(leaks(lines.join(''))).toEqual([]);
    expect(leaks(JSON.stringify(rows('select * from causes')))).toEqual([]);
    expect(rows("select distinct body from journal where flow = 'vote/1' and input = 'ballot'")).toEqual([{ body: '{}' }]);
    expect(readdirSync(keysOf(file))).toEqual([]);
    expect(rows('select (select count(*) from sealed_ballots) + (select count(*) from ballots) as n')).toEqual([{ n: 0 }]);

    // What each chose stands beside their receipt, and nowhere what the deputy chose before.
    const published = rows('select receipt, choices from published_ballots order by number') as { receipt: string; choices: string }[];
    const list = new Map(published.map(({ receipt, choices }) => [receipt, JSON.parse(choices) as Record<string, string>]));
    const { abstain: _, ...nothing } = ranks();
    const chosen: [string, number[]][] = [
      [CHAIR, [1, 3]],
      [ONE, [1, 3, 2]],
      [TWO, [3, 2]],
      [THREE, [2, 3]],
      [FOUR, [2, 1]],
    ];
    expect([...list].toSorted()).toEqual(
      chosen
        .map(([who, ranked]) => [receipts[who], Object.fromEntries(Object.entries(ranks(...ranked)).filter(([id]) => id in nothing))])
        .toSorted(),
    );
    const [thread] = rows("select card from surfaces where flow = 'vote/1' and key = 'ballots-1'");
    for (const [who, ranked] of chosen) expect(thread.card).toContain(`${receipts[who]}: ${ranked.join(' > ')}`);

    const recounted = countRanking(
      OPTIONS.map((id) => ({ id, name: id }) as Option),
      [...list.values()],
      undefined,
    );
    expect(rows('select outcome, initiative from votes')).toEqual([{ outcome: recounted.outcome, initiative: recounted.ranking.winner }]);
    expect(rows('select round, initiative, votes from vote_rounds order by round, initiative')).toEqual(
      recounted.ranking.rounds.flatMap(({ votes }, index) =>
        votes
          .map(([initiative, count]) => ({ round: index + 1, initiative, votes: count }))
          .toSorted((one, other) => (one.initiative < other.initiative ? -1 : 1)),
      ),
    );
    await house.stop();
  });

  it.each(['Vote is pressed', 'the clock comes'])('whose key is gone is cancelled with a reason when %s', async (touch) => {
    const file = newFile();
    const first = await opened(file);
    for (const voter of [CHAIR, ONE]) await first.fill(voter, 'vote/1', 'ballot', ranks(1));
    await first.house.stop();
    rmSync(keysOf(file), { recursive: true });
    const { house, installation, moveTo } = await openHouse(file);
    const at = house.rooms.clock.now();
    const press = { to: 'vote/1', input: 'ballot' };
    if (touch === 'Vote is pressed')
      expect(said(await house.rooms.engine.handle({ cause: 'pressed', installation, by: { user: TWO, name: TWO }, press, at }))).toContain(
        'cannot be read any more',
      );
    else await moveTo(at + 4 * DAY);
    expect(first.rows('select phase from votes')).toEqual([{ phase: 'cancelled' }]);
    await house.stop();
  });

  it('loses its key at the next start when the process died before it was destroyed', async () => {
    const file = newFile();
    const { house, fill } = await opened(file);
    for (const voter of MEMBERS.slice(0, 4)) await fill(voter, 'vote/1', 'ballot', ranks(1));
    const [name] = readdirSync(keysOf(file));
    const key = join(keysOf(file), name!);
    copyFileSync(key, `${file}.aside`);
    await fill(FOUR, 'vote/1', 'ballot', ranks());
    await house.stop();
    expect(readdirSync(keysOf(file))).toEqual([]);
    copyFileSync(`${file}.aside`, key);
    await (await openHouse(file)).house.stop();
    expect(readdirSync(keysOf(file))).toEqual([]);
  });
});
