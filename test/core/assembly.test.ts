import { afterEach, describe, expect, it } from 'vitest';
import { migrate } from '../../adapters/store/migrate.ts';
import { connect, sqliteStore } from '../../adapters/store/sqlite.ts';
import { fileVault, keysOf } from '../../adapters/store/vault.ts';
import { currentSet } from '../../flows/criteria/go-no-go.ts';
import { flows, pages } from '../../flows/index.ts';
import { driftOf } from '../../src/drift.ts';
import { engine } from '../../src/engine.ts';
import type { Store } from '../../src/store.ts';
import type { SurfaceRow } from '../../src/surface.ts';
import { timekeeper } from '../../src/timekeeper.ts';
import { rememberSealed, sealing } from '../../src/sealing.ts';
import { rebuild } from '../../src/upgrade.ts';
import { allGo } from '../flows/votes.ts';
import { newFile } from './folder.ts';
import { silent, START } from './house.ts';

const DAY = 86_400_000;
const [should] = currentSet.criteria.filter(({ tier }) => tier === 'should');

/** A committee of so many on the real engine and store, which writes down every statement that SQLite runs. */
class Assembly {
  readonly file = newFile();
  vault = fileVault(keysOf(this.file));
  statements: string[] = [];
  now = START;
  store!: Store;
  #engine!: ReturnType<typeof engine>;
  #keeper!: ReturnType<typeof timekeeper>;
  #causes = 0;

  static async of(members: number, openness = 'open'): Promise<Assembly> {
    const there = new Assembly();
    await there.enter();
    const installation = await there.store.update((tables) =>
      tables.putInstallation({ platform: 'slack', key: 'T1', name: 'Test' }, START),
    );
    const people = await there.store.update(function* (tables) {
      yield* tables.putChannel(installation, { address: 'C1', name: 'board', zone: 'UTC', reference: null });
      const ids: string[] = [];
      for (let one = 0; one < members; one++)
        ids.push((yield* tables.putIdentity(installation, `U${one}`, { name: `Member ${one}`, zone: 'UTC' })).id);
      return ids;
    });
    const [chair, sponsor] = people;
    await there.done(0, 'initiative', 'open', { name: 'Churn', owner: chair!, sponsor: sponsor!, channel: 'channel/1' });
    await there.done(0, 'body', 'open', { name: 'Board', members: people, chair: chair!, quorum: '60 %', rule: 'majority' });
    await there.done(0, 'vote', 'open', {
      initiative: 'initiative/1',
      body: 'body/1',
      channel: 'channel/1',
      deadline: String((START + 3 * DAY) / 1000),
      rule: 'majority',
      quorum: '60 %',
      changes: 'true',
      openness,
      without: 'On paper.',
    });
    return there;
  }

  /** Opens the database, for the first time or again. */
  async enter(): Promise<void> {
    const connection = connect(this.file, { verbose: (said) => void this.statements.push(String(said)) });
    await migrate(connection);
    this.store = sqliteStore(connection);
    const clock = { now: () => this.now };
    this.#engine = engine({ store: this.store, flows, pages, clock, vault: this.vault, changed: () => {} });
    this.#keeper = timekeeper({ store: this.store, engine: this.#engine, clock, log: silent });
  }

  async done(member: number, to: string, input: string, raw?: Record<string, string | string[]>): Promise<void> {
    const [installation] = await this.store.look((tables) => tables.installations('slack'));
    const reply = await this.#engine.handle({
      cause: `cause ${++this.#causes}`,
      installation: installation!,
      by: { user: `U${member}` },
      press: { to, input },
      ...(raw ? { answers: { raw } } : {}),
      at: this.now,
    });
    if (reply.kind !== 'done' && !(reply.kind === 'form' && raw)) throw new Error(JSON.stringify(reply));
  }

  /** What was written meanwhile, by table. */
  async written(work: () => Promise<void>): Promise<string[]> {
    this.statements = [];
    await work();
    return this.statements.flatMap((said) => /^(?:insert into|update|delete from) "?(\w+)/i.exec(said)?.[1] ?? []).toSorted();
  }

  sweep = (): Promise<unknown> => this.#keeper.sweep();
  surfaces = (): Promise<SurfaceRow[]> => this.store.look((tables) => tables.surfacesOf(1, 'vote/1'));
  keys = async (): Promise<string[]> => (await this.surfaces()).filter((one) => one.retired === 0).map(({ key }) => key);

  async leave(): Promise<void> {
    await this.#keeper.stop();
    await this.store.close();
  }
}

describe('a large committee', () => {
  const open: Assembly[] = [];
  const assembled = async (members: number, openness?: string): Promise<Assembly> => {
    const there = await Assembly.of(members, openness);
    open.push(there);
    return there;
  };
  afterEach(async () => {
    for (const one of open.splice(0)) await one.leave();
  });

  it.each(['open', 'secret'])('of 500 costs an %s ballot no more statements than one of 40', async (openness) => {
    const told: string[][] = [];
    const ran: number[] = [];
    for (const members of [40, 500]) {
      const there = await assembled(members, openness);
      await there.done(1, 'vote/1', 'ballot', allGo);
      told.push(await there.written(() => there.done(2, 'vote/1', 'ballot', allGo)));
      ran.push(there.statements.length);
    }
    expect(told[1]).toEqual(told[0]);
    expect(ran[1]).toBe(ran[0]);
    expect(told[0]!.filter((table) => table === 'surfaces')).toHaveLength(2);
    expect(told[0]).not.toContain('electors');
  });

  it('of 500 writes at a ballot one message of those that are nudged, and nobody else’s', async () => {
    const there = await assembled(500);
    await there.done(0, 'vote/1', 'prompt');
    const before = new Map((await there.surfaces()).map((one) => [one.key, one.wanted]));
    expect(before.size).toBeGreaterThan(490);
    await there.done(2, 'vote/1', 'ballot', allGo);
    const changed = (await there.surfaces()).filter((one) => one.wanted !== before.get(one.key));
    const names = changed.map(({ key, to }) => (to === 'person/3' ? 'their nudge' : key.replace(/-\d+$/, '')));
    expect(names.toSorted()).toEqual(['roster', 'their nudge', 'vote']);
  });

  it('has the thread of its result written in a step of its own, also after a restart in between', async () => {
    const there = await assembled(40);
    await there.done(0, 'vote/1', 'ballot', { ...allGo, [should!.key]: 'missing' });
    await there.done(0, 'vote/1', 'reasons', { [should!.key]: 'The figures of May are missing.' });
    for (let member = 1; member < 40; member++) await there.done(member, 'vote/1', 'ballot', allGo);
    expect(await there.keys()).toEqual(expect.arrayContaining(['vote', 'result']));
    expect(await there.keys()).not.toContain('tally');
    await there.leave();
    await there.enter();
    await there.sweep();
    expect(await there.keys()).toEqual(expect.arrayContaining(['result', 'tally', 'reasons-1']));
    const wanted = (await there.surfaces()).map((one) => [one.key, one.wanted]);
    await rebuild(there.store, flows);
    await there.sweep();
    expect((await there.surfaces()).map((one) => [one.key, one.wanted])).toEqual(wanted);
    expect(await driftOf(there.store, flows)).toEqual([]);
  });

  it.each(['goes on', 'starts again'])('closes a secret vote over the ballots that stand, whether its process %s', async (what) => {
    const there = await assembled(40, 'secret');
    for (let member = 1; member < 40; member++) await there.done(member, 'vote/1', 'ballot', allGo);
    // Remembered, and never stored: the transaction comes to nothing.
    const lost = there.store.update(function* (tables) {
      const seal = { kind: 'seal', elector: 'person/2', by: 'person/2', choices: { lost: 'go' }, reasons: {}, room: 12_288 } as const;
      yield* sealing(tables, there.vault, []).keep(1, 'vote/1', seal);
      throw new Error('the disk is full');
    });
    await expect(lost).rejects.toThrow('the disk is full');
    if (what === 'starts again') {
      await there.leave();
      there.vault = fileVault(keysOf(there.file));
      await there.enter();
      await rememberSealed(there.store, there.vault);
    }
    const opening = () => there.statements.filter((said) => said.includes('"sealed" from "sealed_ballots"'));
    there.statements = [];
    await there.done(0, 'vote/1', 'ballot', allGo);
    // Only the one that the memory had otherwise than the table.
    expect(opening()).toHaveLength(what === 'goes on' ? 1 : 0);
    const peek = connect(there.file, { readonly: true });
    expect(peek.prepare('select distinct choices from published_ballots').pluck().all()).toEqual([JSON.stringify(allGo)]);
    expect(peek.prepare('select count(*) from published_ballots').pluck().get()).toBe(40);
    peek.close();
  });
});
