import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { copyTo } from '../../adapters/store/copy.ts';
import { keysOf } from '../../adapters/store/vault.ts';
import { currentSet } from '../../flows/criteria/go-no-go.ts';
import { databaseFindings } from '../../src/cli/checkup.ts';
import { newFile } from '../core/folder.ts';
import { DAY, type Inhabited, MEMBERS, openHouse } from '../cli/house.ts';
import { CODE, filesOf, receiptIn, said } from './receipts.ts';

const SECRET = { openness: 'secret', without: 'The pilot was reviewed on paper.' };
/** A sequence that is the same at each run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

function shuffled<Item>(items: readonly Item[], roll: () => number): Item[] {
  return items
    .map((item) => [roll(), item] as const)
    .toSorted(([one], [other]) => one - other)
    .map(([, item]) => item);
}

/** What a voter typed on one ballot; nobody else's says the same. */
const typed = (vote: number, index: number) => ({ debt: 'missing', 'reason-debt': `zebra${vote}x${index}` });

interface Evidence {
  /** In the order in which they voted. */
  voters: readonly string[];
  /** As they are published. */
  list: readonly string[];
  /** By voter, as an attacker reads it out of the copies that were made after each ballot. */
  slots: readonly string[];
  /** What the attacker does not know. */
  truth: Readonly<Record<string, string>>;
  /** Causes, journal, logs and messages but the list, each with the voter who acted. */
  traces: readonly { voter: string; text: string }[];
  /** The bytes of the database and its WAL after each of their ballots, free pages and all; of the last one after the close. */
  files: readonly string[];
  /** By voter, the digest that the journal chained then. */
  digests: readonly string[];
}

/** Receipts in the order of something that an attacker has of each voter. */
const ranked = (list: readonly string[], of: readonly (string | number)[]): (string | undefined)[] => {
  const order = of.toSorted((one, other) => (one < other ? -1 : one > other ? 1 : 0));
  return of.map((one) => list[order.indexOf(one)]);
};

/** Each guesses whose receipt is whose: one for each voter, in the order of the voters. */
const attackers: Readonly<Record<string, (evidence: Evidence) => (string | undefined)[]>> = {
  'by the order of arrival': ({ list }) => [...list],
  'by the order of arrival, backwards': ({ list }) => list.toReversed(),
  'by where the list lies in the files': ({ list, files }) =>
    list.toSorted((one, other) => files.at(-1)!.lastIndexOf(one) - files.at(-1)!.lastIndexOf(other)),
  'by where each sealed ballot lay in the files': ({ list, slots, files }) =>
    ranked(
      list,
      slots.map((slot) => files.at(-2)!.indexOf(slot)),
    ),
  'by the order of the digests': ({ list, digests }) => ranked(list, digests),
  'by what the files held first when they voted': ({ list, voters, files }) =>
    voters.map((_, index) => list.find((code) => index < files.length - 1 && files.findIndex((bytes) => bytes.includes(code)) === index)),
  'by the order of the slots': ({ list, slots }) => slots.map((slot) => list[slots.toSorted().indexOf(slot)]),
  'by the order of names': ({ list, voters }) => voters.map((voter) => list[voters.toSorted().indexOf(voter)]),
  'by what was written when they voted': ({ list, voters, traces }) =>
    voters.map((voter, index) => list.find((code) => traces.some((one) => one.voter === voter && one.text.includes(code))) ?? list[index]),
};

const matches = (evidence: readonly Evidence[], attack: (typeof attackers)[string]): number =>
  evidence.reduce((sum, one) => sum + attack(one).filter((code, index) => code === one.truth[one.voters[index]!]).length, 0);

/** By chance one voter in each vote is found, with a variance of one: five standard deviations above that is no chance any more. */
const bound = (votes: number): number => votes + 5 * Math.sqrt(votes);

async function manyVotes(votes: number): Promise<Evidence[]> {
  const file = newFile();
  const inhabited = await openHouse(file);
  const { house, fill, moveTo } = inhabited;
  const peek = new Database(file, { readonly: true });
  const all: Evidence[] = [];
  const roll = dice(7);
  for (let vote = 1; vote <= votes; vote++) {
    await fill('pm', 'vote', 'open', SECRET, 'churn');
    const voters = shuffled(MEMBERS, roll);
    const truth: Record<string, string> = {};
    const slots: string[] = [];
    const traces: { voter: string; text: string }[] = [];
    const files: string[] = [];
    const digests: string[] = [];
    for (const [index, voter] of voters.entries()) {
      const known = peek.prepare('select max(rowid) from causes').pluck().get() as number;
      const entries = peek.prepare('select max(seq) from journal').pluck().get() as number;
      const before = new Set(slotsIn(peek, vote));
      truth[voter] = receiptIn(await fill(voter, `vote/${vote}`, 'ballot', roll() < 0.5 ? typed(vote, index) : {}));
      slots.push(slotsIn(peek, vote).find((slot) => !before.has(slot)) ?? '~');
      const rows = [
        ...peek.prepare('select * from causes where rowid > ?').all(known),
        ...peek.prepare('select * from journal where seq > ?').all(entries),
      ];
      traces.push({ voter, text: JSON.stringify(rows) });
      files.push(['', '-wal'].map((part) => readFileSync(file + part).toString('latin1')).join(''));
      digests.push(
        peek.prepare("select digest from journal where seq > ? and input = 'ballot' order by seq").pluck().get(entries) as string,
      );
    }
    const list = peek
      .prepare('select receipt from published_ballots where vote = ? order by number')
      .pluck()
      .all(`vote/${vote}`) as string[];
    all.push({ voters, list, slots, truth, traces, digests, files: told(files, list) });
    await moveTo(house.rooms.clock.now());
  }
  peek.close();
  await house.stop();
  return all;
}

/** Of many megabytes, what an attacker looks for: at which place which receipt and which slot stands. */
const told = (files: readonly string[], list: readonly string[]): string[] =>
  files.map((bytes) => [...bytes.matchAll(new RegExp(`${list.join('|')}|[0-9a-f]{64}`, 'g'))].map(([found]) => found).join(' '));

const slotsIn = (peek: Database.Database, vote: number): string[] =>
  peek.prepare('select slot from sealed_ballots where vote = ?').pluck().all(`vote/${vote}`) as string[];

describe('after the close of secret votes', () => {
  it('nobody who holds all but the keys links voters to ballots better than chance, and would with a leak', async () => {
    const votes = 40;
    const evidence = await manyVotes(votes);
    for (const { list, truth } of evidence) expect(list.toSorted()).toEqual(Object.values(truth).toSorted());
    const found = Object.entries(attackers).map(([name, attack]) => [name, matches(evidence, attack) <= bound(votes)]);
    expect(found).toEqual(Object.keys(attackers).map((name) => [name, true]));

    // The same attackers, where something leaks, find everybody.
    const inOrder = evidence.map((one) => ({ ...one, list: one.voters.map((voter) => one.truth[voter]!) }));
    expect(matches(inOrder, attackers['by the order of arrival']!)).toBe(votes * MEMBERS.length);
    const receiptsKept = evidence.map((one) => ({
      ...one,
      traces: one.traces.map((trace) => ({ ...trace, text: `${trace.text} ${one.truth[trace.voter]!}` })),
    }));
    expect(matches(receiptsKept, attackers['by what was written when they voted']!)).toBe(votes * MEMBERS.length);
    const inFiles = evidence.map((one) => ({ ...one, files: one.voters.map((voter) => one.truth[voter]!).concat('') }));
    expect(matches(inFiles, attackers['by what the files held first when they voted']!)).toBe(votes * MEMBERS.length);
    const asTheyCame = evidence.map((one) => ({ ...one, files: [...one.files, one.voters.map((voter) => one.truth[voter]!).join(' ')] }));
    expect(matches(asTheyCame, attackers['by where the list lies in the files']!)).toBe(votes * MEMBERS.length);
    const byDigest = evidence.map((one) => ({
      ...one,
      list: one.digests.toSorted().map((digest) => one.truth[one.voters[one.digests.indexOf(digest)]!]!),
    }));
    expect(matches(byDigest, attackers['by the order of the digests']!)).toBe(votes * MEMBERS.length);
    const bySlot = evidence.map((one) => ({
      ...one,
      list: one.slots.toSorted().map((slot) => one.truth[one.voters[one.slots.indexOf(slot)]!]!),
    }));
    expect(matches(bySlot, attackers['by the order of the slots']!)).toBeGreaterThan(bound(votes));
  });
});

describe('while a secret vote is open', () => {
  it('no file, backup, log or message holds a choice, a reason or a receipt, and the key goes at the close', async () => {
    const file = newFile();
    const lines: string[] = [];
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    const inhabited = await openHouse(file, log);
    const { house, fill, moveTo } = inhabited;
    await fill('pm', 'vote', 'open', SECRET, 'churn');
    const copies: { name: string; bytes: Buffer }[] = [];
    const receipts: string[] = [];
    const order = [...MEMBERS.slice(0, 4), MEMBERS[0], MEMBERS[4]];
    for (const [index, voter] of order.entries()) {
      const isLast = index === order.length - 1;
      const reply = await fill(voter, 'vote/1', 'ballot', typed(1, index));
      receipts.push(receiptIn(reply));
      expect(receipts.at(-1)).toMatch(CODE);
      if (isLast) break;
      await moveTo(house.rooms.clock.now());
      copies.push(...filesOf(file, index));
      const backup = join(dirname(file), `backup-${index}.db`);
      const connection = new Database(file, { readonly: true });
      await copyTo(connection, backup);
      connection.close();
      copies.push({ name: `backup ${index}`, bytes: readFileSync(backup) });
    }
    // Nobody is shown a reason that was written on a form which did not count.
    expect(JSON.stringify(await fill(MEMBERS[0], 'vote/1', 'ballot', typed(1, 9)))).not.toContain('zebra');
    await moveTo(house.rooms.clock.now());
    expect(receipts[4]).toBe(receipts[0]);

    const planted = Buffer.from('{"choices":{"debt":"missing"},"reasons":{"debt":"zebra1x0"}}');
    const given = [/zebra1x/, /"debt":"missing"/, ...receipts.map((code) => new RegExp(code))];
    const leaks = (bytes: Buffer): string[] => given.filter((one) => one.test(bytes.toString('latin1'))).map(String);
    expect(leaks(planted)).toHaveLength(2);
    expect(copies.filter(({ bytes }) => leaks(bytes).length > 0).map(({ name }) => name)).toEqual([]);
    expect(leaks(Buffer.from(lines.join('')))).toEqual([]);
    expect(readdirSync(keysOf(file))).toEqual([]);
    // Nothing else was left beside the database.
    expect(
      readdirSync(dirname(file))
        .filter((name) => !/^(copy-\d|backup-\d\.db|offshoot\.db\.lock-journal)$/.test(name))
        .toSorted(),
    ).toEqual(['', '-shm', '-wal', '.keys', '.lock'].map((part) => `offshoot.db${part}`));

    const peek = new Database(file, { readonly: true });
    const texts = (sql: string): Buffer => Buffer.from(JSON.stringify(peek.prepare(sql).all()));
    expect(leaks(texts('select * from causes'))).toEqual([]);
    expect(leaks(texts("select * from journal where input in ('ballot', 'reasons')"))).toEqual([]);
    expect(peek.prepare("select distinct body from journal where flow = 'vote/1' and input = 'ballot'").pluck().all()).toEqual(['{}']);
    expect(peek.prepare('select count(*) from sealed_ballots').pluck().get()).toBe(0);
    expect(peek.prepare('select count(*) from ballots').pluck().get()).toBe(0);
    const reasons = peek.prepare('select reason from published_reasons order by number').pluck().all() as string[];
    expect(reasons).toEqual(['zebra1x1', 'zebra1x2', 'zebra1x3', 'zebra1x4', 'zebra1x5']);
    peek.close();
    await house.stop();
  });

  it('each sealed ballot is as long as any other, whatever it says', async () => {
    const file = newFile();
    const { house, fill } = await openHouse(file);
    await fill('pm', 'vote', 'open', SECRET, 'churn');
    await fill(MEMBERS[0], 'vote/1', 'ballot');
    const longest = Object.fromEntries(
      currentSet.criteria
        .filter(({ tier }) => tier !== 'nice')
        .flatMap(({ key, tier }) => [
          [key, tier === 'must' ? 'no-go' : 'missing'],
          [`reason-${key}`, '"\ud83c\udf31\n'.repeat(75)],
        ]),
    );
    expect(said(await fill(MEMBERS[1], 'vote/1', 'ballot', longest))).toMatch(CODE);
    const peek = new Database(file, { readonly: true });
    expect(peek.prepare('select distinct length(sealed) from sealed_ballots').pluck().all()).toHaveLength(1);
    peek.close();
    await house.stop();
  });
});

describe('the key of a secret vote', () => {
  it('is destroyed at the next start when the process died between the commit of the close and its end', async () => {
    const file = newFile();
    const inhabited = await openHouse(file);
    await open(inhabited, 4);
    const [name] = readdirSync(keysOf(file));
    const aside = join(dirname(file), 'aside.key');
    copyFileSync(join(keysOf(file), name!), aside);
    await inhabited.fill(MEMBERS[4], 'vote/1', 'ballot');
    await inhabited.house.stop();
    expect(readdirSync(keysOf(file))).toEqual([]);
    copyFileSync(aside, join(keysOf(file), name!));
    const again = await openHouse(file);
    expect(readdirSync(keysOf(file))).toEqual([]);
    await again.house.stop();
  });

  it('that the disk does not let go stops no close, and doctor names it', async () => {
    const file = newFile();
    const inhabited = await openHouse(file);
    await open(inhabited, 4);
    const key = join(keysOf(file), readdirSync(keysOf(file))[0]!);
    rmSync(key);
    mkdirSync(key);
    expect(said(await inhabited.fill(MEMBERS[4], 'vote/1', 'ballot'))).toContain('the vote is closed');
    await inhabited.house.stop();
    expect((await databaseFindings(file)).filter((one) => !one.ok).map((one) => one.says)).toEqual([
      expect.stringContaining('The key of the secret vote 1 of workspace 1 is still in'),
    ]);
  });

  it('outlives a restart while the vote is open, and only its owner may read it', async () => {
    const file = newFile();
    const first = await openHouse(file);
    await open(first, 2);
    await first.house.stop();
    const second = await openHouse(file);
    for (const voter of MEMBERS.slice(2)) await second.fill(voter, 'vote/1', 'ballot');
    const peek = new Database(file, { readonly: true });
    expect(peek.prepare('select phase, outcome, openness from votes').all()).toEqual([
      { phase: 'closed', outcome: 'GO', openness: 'secret' },
    ]);
    peek.close();
    await second.house.stop();
  });

  it.each(['Vote is pressed', 'the clock comes'])('where it is gone, the vote is cancelled with a reason when %s', async (touch) => {
    const file = newFile();
    const first = await openHouse(file);
    await open(first, 2);
    await first.house.stop();
    rmSync(keysOf(file), { recursive: true });
    expect((await databaseFindings(file)).filter((one) => !one.ok).map((one) => one.says)).toEqual([
      expect.stringContaining('The key of the secret vote 1 of workspace 1 is not in'),
    ]);
    const { house, fill, moveTo } = await openHouse(file);
    if (touch === 'Vote is pressed') expect(said(await fill(MEMBERS[3], 'vote/1', 'ballot'))).toContain('cannot be read any more');
    else await moveTo(house.rooms.clock.now() + 4 * DAY);
    const peek = new Database(file, { readonly: true });
    expect(peek.prepare('select phase from votes').pluck().all()).toEqual(['cancelled']);
    expect(peek.prepare('select (select count(*) from turnout) + (select count(*) from sealed_ballots)').pluck().get()).toBe(0);
    expect(peek.prepare('select count(*) from timers where held is not null').pluck().get()).toBe(0);
    peek.close();
    await house.stop();
  });

  it('has nothing published below three ballots', async () => {
    const file = newFile();
    const { house, fill, moveTo } = await openHouse(file);
    await fill('pm', 'vote', 'open', { ...SECRET, quorum: '1' }, 'churn');
    for (const voter of MEMBERS.slice(0, 2)) await fill(voter, 'vote/1', 'ballot', typed(1, 0));
    await moveTo(house.rooms.clock.now() + 4 * DAY);
    const peek = new Database(file, { readonly: true });
    expect(peek.prepare('select outcome from votes').pluck().all()).toEqual(['NO QUORUM']);
    expect(peek.prepare('select count(*) from published_ballots').pluck().get()).toBe(0);
    expect(JSON.stringify(peek.prepare('select state from flows').all())).not.toContain('zebra');
    expect(readdirSync(keysOf(file))).toEqual([]);
    peek.close();
    await house.stop();
  });
});

async function open({ fill }: Inhabited, ballots: number): Promise<void> {
  await fill('pm', 'vote', 'open', SECRET, 'churn');
  for (const voter of MEMBERS.slice(0, ballots)) await fill(voter, 'vote/1', 'ballot');
}
