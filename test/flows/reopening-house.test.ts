import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { flows } from '../../flows/index.ts';
import { driftOf } from '../../src/drift.ts';
import type { Readable } from '../../src/need.ts';
import { plain } from '../../src/text.ts';
import { type Inhabited, openHouse } from '../cli/house.ts';
import { newFile } from '../core/folder.ts';
import { words } from '../core/house.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('a vote without a quorum in the house', () => {
  let inhabited: Inhabited;
  let file: string;
  const rooms = () => inhabited.house.rooms;
  const now = () => rooms().clock.now();
  const rows = async <Table extends keyof Readable>(table: Table) =>
    (await rooms().store.look((tables) => tables.rows(inhabited.installation.workspace, { as: '', rows: table }))) as Readable[Table][];

  beforeEach(async () => {
    file = newFile();
    inhabited = await openHouse(file);
  });
  afterEach(async () => await inhabited.house.stop());

  it('goes on after a restart, closes once more, and becomes one decision that says so', async () => {
    const first = Math.ceil(now() / HOUR) * HOUR + DAY;
    await inhabited.fill('pm', 'vote', 'open', { deadline: String(first / 1000), without: 'It is small' }, 'churn');
    await inhabited.fill('member-1', 'vote/1', 'ballot');
    await inhabited.moveTo(first + HOUR);
    expect(await rows('votes')).toMatchObject([{ phase: 'closed', outcome: 'NO QUORUM', closed_at: first }]);
    expect(words(await inhabited.fill('member-1', 'vote/1', 'reopen', { reason: 'Two were ill' }))).toContain('Only the chair may');

    await inhabited.house.stop();
    inhabited = await openHouse(file);
    await inhabited.moveTo(now());
    const second = Math.ceil(now() / HOUR) * HOUR + 2 * DAY;
    expect(words(await inhabited.fill('chair', 'vote/1', 'reopen', { reason: 'Two were ill', deadline: String(second / 1000) }))).toContain(
      'is open again until',
    );
    expect(await rows('votes')).toMatchObject([{ phase: 'open', outcome: null, closed_at: null, deadline: second }]);
    expect(words(await inhabited.fill('pm', 'vote', 'open', {}, 'churn'))).toContain('is open already');
    expect(words(await inhabited.fill('member-1', 'vote/1', 'so-far'))).not.toContain('refused');
    for (const who of ['member-2', 'member-3']) expect(words(await inhabited.fill(who, 'vote/1', 'ballot'))).toContain('Counted: 15 go');
    await inhabited.house.stop();

    inhabited = await openHouse(file);
    await inhabited.moveTo(second + HOUR);
    expect(await rows('votes')).toMatchObject([{ phase: 'closed', outcome: 'GO', closed_at: second }]);
    expect(await rows('decisions')).toMatchObject([{ number: 1, vote: 'vote/1', decided_at: second, state: 'final' }]);
    expect(await rows('vote_reopenings')).toMatchObject([{ vote: 'vote/1', number: 1, reason: 'Two were ill', closed_at: first }]);
    const journal = await rooms().store.look((tables) => tables.journal(inhabited.installation.workspace, 0, 1_000));
    expect(journal.filter(({ flow, input }) => flow === 'vote/1' && input === 'deadline')).toHaveLength(2);
    const shown = (await rooms().store.look((tables) => tables.messagesAt('steering-committee', 100))).flatMap(({ card }) =>
      card ? [(JSON.parse(card) as { text: string }).text] : [],
    );
    const heads = ['NO QUORUM: Churn model', 'Voting goes on: Churn model', 'GO: Churn model'];
    expect(heads.map((head) => shown.filter((one) => one.startsWith(head)).length)).toEqual([1, 1, 1]);
    const record = await inhabited.fill('pm', 'record', 'show', {}, 'decision/1 initiative/1');
    const names = { person: String, channel: String };
    const parts = record.kind === 'card' ? record.card.parts : [];
    const said = parts.flatMap((part) => (part.kind === 'text' ? [plain(part.text, names, 'UTC')] : []));
    expect(said.filter((one) => one.startsWith('Opened again'))).toEqual([expect.stringContaining('Two were ill')]);
    expect(await driftOf(rooms().store, flows)).toEqual([]);
  });
});
