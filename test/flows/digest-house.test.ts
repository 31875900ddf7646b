import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { flows } from '../../flows/index.ts';
import { presetOf } from '../../flows/vote/preset.ts';
import { driftOf } from '../../src/drift.ts';
import type { Readable } from '../../src/need.ts';
import { type Inhabited, openHouse } from '../cli/house.ts';
import { newFile } from '../core/folder.ts';
import { words } from '../core/house.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Reminders on a real engine, a real file and the local workspace's messages; nobody's zone is known, so that all are in UTC. */
describe('reminders in the house', () => {
  let inhabited: Inhabited;
  let file: string;
  /** Nine in the morning of the day after the start. */
  let morning: number;
  const rooms = () => inhabited.house.rooms;
  const store = () => rooms().store;
  const workspace = () => inhabited.installation.workspace;
  const rows = async <Table extends keyof Readable>(table: Table, where: Record<string, string> = {}) =>
    (await store().look((tables) => tables.rows(workspace(), { as: '', rows: table, where }))) as Readable[Table][];

  beforeEach(async () => {
    file = newFile();
    inhabited = await openHouse(file);
    morning = Math.ceil(rooms().clock.now() / DAY) * DAY + 9 * HOUR;
    await inhabited.moveTo(morning);
  });
  afterEach(async () => await inhabited.house.stop());

  const open = (deadline: number, about = 'churn') =>
    inhabited.fill('pm', 'vote', 'open', { deadline: String(deadline / 1000), without: 'It is small' }, about);
  const secondVote = (deadline: number) => open(deadline, presetOf('gate', 'initiative/1', 'wave 2'));
  /** The digests that somebody has before them, as ids of messages and titles. */
  const digests = async (who: string): Promise<[number, string][]> =>
    (await store().look((tables) => tables.messagesAt(`direct:${who}`, 100)))
      .filter(({ key }) => key?.includes('/digest/'))
      .map(({ id, card }): [number, string] => [id, (JSON.parse(card!) as { text: string }).text.split('\n')[0]!]);
  const titles = async (who: string) => (await digests(who)).map(([, title]) => title);
  const restart = async () => {
    await inhabited.house.stop();
    inhabited = await openHouse(file);
    await inhabited.moveTo(rooms().clock.now());
  };

  it('are one message a day for each, over all votes, that follows the ballots', async () => {
    expect(words(await open(morning + DAY + 8 * HOUR))).toContain('is open until');
    expect(words(await secondVote(morning + DAY + 9 * HOUR))).toContain('is open until');
    await inhabited.moveTo(morning + 8 * HOUR - 1);
    expect(await digests('member-1')).toEqual([]);
    await inhabited.moveTo(morning + 8 * HOUR);
    const [first] = await digests('member-1');
    expect(first?.[1]).toContain('2 ballots are missing');
    await inhabited.moveTo(morning + 10 * HOUR);
    expect((await digests('member-1')).map(([id]) => id)).toEqual([first![0]]);
    expect(await rows('digest_ballots')).toHaveLength(10);

    await inhabited.fill('member-1', 'vote/1', 'ballot');
    await inhabited.moveTo(morning + 10 * HOUR);
    expect(await digests('member-1')).toEqual([[first![0], expect.stringContaining('Your ballot is missing')]]);
    expect(await titles('member-2')).toEqual([expect.stringContaining('2 ballots')]);

    await inhabited.moveTo(morning + DAY + 6 * HOUR);
    const [second, ...more] = await digests('member-2');
    expect([second?.[1], more]).toEqual([expect.stringContaining('2 ballots'), []]);
    await inhabited.fill('member-2', 'vote/1', 'ballot');
    await inhabited.fill('member-2', 'vote/2', 'ballot');
    await inhabited.moveTo(morning + DAY + 7 * HOUR);
    expect(await titles('member-2')).toEqual([]);
    expect(await titles('member-1')).toEqual([expect.stringContaining('Your ballot is missing')]);
    await inhabited.moveTo(morning + DAY + 9 * HOUR);
    for (const who of ['chair', 'member-1', 'member-3']) expect(await titles(who)).toEqual([]);
    expect(await rows('digest_ballots')).toEqual([]);
    expect(await driftOf(store(), flows)).toEqual([]);
  });

  it('come to nobody who muted them, and once they are unmuted as they are then', async () => {
    const muted = (who: string, input: string, to = 'mute') => inhabited.fill(who, to, input, {}, input === 'open' ? 'ballots' : undefined);
    expect(words(await muted('member-1', 'open'))).toContain('Muted');
    await open(morning + DAY + 8 * HOUR);
    await inhabited.moveTo(morning + 8 * HOUR);
    expect(await digests('member-1')).toEqual([]);
    expect(await digests('member-2')).toHaveLength(1);
    expect(await store().look((tables) => tables.health(rooms().clock.now()))).toEqual({ owed: 0, due: 0, held: 0 });

    // What stands is kept up, and taken back, for one who mutes it afterwards.
    const [before] = await digests('member-2');
    await muted('member-2', 'open');
    await secondVote(morning + DAY + 9 * HOUR);
    await inhabited.moveTo(morning + 9 * HOUR);
    expect(await digests('member-2')).toEqual([[before![0], expect.stringContaining('2 ballots are missing')]]);
    for (const vote of ['vote/1', 'vote/2']) await inhabited.fill('member-2', vote, 'ballot');
    await inhabited.moveTo(morning + 9 * HOUR);
    expect(await digests('member-2')).toEqual([]);

    await inhabited.fill('member-1', 'vote/1', 'ballot');
    await restart();
    expect(await digests('member-1')).toEqual([]);
    expect(words(await muted('member-1', 'unmute', 'mute/1'))).toContain('Unmuted');
    await inhabited.moveTo(rooms().clock.now());
    expect(await titles('member-1')).toEqual([expect.stringContaining('Your ballot is missing')]);
    expect(await driftOf(store(), flows)).toEqual([]);
  });

  it('come once, whoever fires them how often, and after a restart not again', async () => {
    await open(morning + DAY + 8 * HOUR);
    const at = morning + 8 * HOUR;
    (rooms().clock as unknown as { move(to: number): void }).move(at);
    const due = async (key: string) => (await store().look((tables) => tables.due(at, 100))).filter((row) => row.key.startsWith(key));
    const [nudge] = await due('nudge');
    await Promise.all([rooms().engine.fire(nudge!), rooms().engine.fire(nudge!)]);
    const asks = await due('ask');
    expect(asks).toHaveLength(5);
    await rooms().engine.fire(asks[0]!);
    // Stopped between the first digest and the others.
    await inhabited.house.stop();
    inhabited = await openHouse(file);
    await Promise.all(asks.map((row) => rooms().engine.fire(row)));
    await inhabited.moveTo(Math.max(at, rooms().clock.now()));
    for (const who of ['chair', 'member-1', 'member-2', 'member-3', 'member-4']) expect(await digests(who)).toHaveLength(1);
    const before = await digests('member-1');
    await restart();
    expect(await digests('member-1')).toEqual(before);
    const journal = await store().look((tables) => tables.journal(workspace(), 0, 1_000));
    expect(journal.filter((entry) => entry.flow.startsWith('digest/')).map((entry) => entry.input)).toEqual(
      Array.from({ length: 5 }, () => 'ask'),
    );
  });

  it('go to a deputy with the ballot of their member, and back when they are one no more', async () => {
    await open(morning + DAY + 8 * HOUR);
    const [sponsor] = (await rows('people')).filter(({ name }) => name === 'Sponsor');
    const [member] = (await rows('people')).filter(({ name }) => name === 'Member 1');
    await inhabited.fill('member-1', 'vote/1', 'deputy', { deputy: sponsor!.id });
    await inhabited.moveTo(morning + 8 * HOUR);
    expect(await titles('sponsor')).toEqual([expect.stringContaining('A ballot is missing')]);
    expect(await titles('member-1')).toEqual([expect.stringContaining('Your ballot is missing')]);
    expect(await rows('digest_ballots', { elector: member!.id })).toHaveLength(2);
    await inhabited.fill('member-1', 'vote/1', 'deputy', { deputy: '' });
    await inhabited.moveTo(morning + 8 * HOUR);
    expect(await titles('sponsor')).toEqual([]);
    expect(await titles('member-1')).toHaveLength(1);
    await inhabited.fill('member-1', 'vote/1', 'recuse', { reason: 'I built it' });
    await inhabited.moveTo(morning + 8 * HOUR);
    expect(await titles('member-1')).toEqual([]);
  });

  it('leave out a deputy for a time who recused themselves', async () => {
    const [other] = (await rows('people')).filter(({ name }) => name === 'Member 2');
    await inhabited.fill('member-1', 'body/1', 'deputy', { deputy: other!.id });
    await open(morning + DAY + 8 * HOUR);
    await secondVote(morning + DAY + 8 * HOUR);
    await inhabited.fill('member-2', 'vote/1', 'recuse', { reason: 'I built it' });
    await inhabited.moveTo(morning + 8 * HOUR);
    const listed = await rows('digest_ballots', { digest: other!.id.replace('person', 'digest') });
    expect(listed.map(({ vote }) => vote)).toEqual(['vote/2', 'vote/2']);
  });
});
