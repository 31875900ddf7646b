import { describe, expect, it } from 'vitest';
import type { FlowId, PersonId } from '../../src/id.ts';
import { BEGINNING, brokenAt, entry } from '../../src/journal.ts';
import { ballotOf, NOW, type Room } from './room.ts';

const DECISION = {
  id: 'decision/1',
  number: 1,
  vote: 'vote/1',
  initiative: 'initiative/1',
  title: 'Go on?',
  outcome: 'GO WITH CONDITIONS',
  rationale: null,
  decided_at: NOW,
  final_at: null,
  review_at: NOW,
  supersedes: null,
  question: 'go-no-go',
  subject: null,
  body: null,
  conditions: 0,
  met: 0,
  chair: null,
  reviewer: null,
  why: '',
  dissent: '[]',
} as const;
const ACTION = {
  flow: 'decision/1',
  key: 'roi',
  initiative: 'initiative/1',
  title: 'Show it',
  due: null,
  state: 'proposed',
  origin: null,
  met_at: null,
  missed_at: null,
} as const;
const CADENCE = {
  id: 'cadence/1',
  initiative: 'initiative/1',
  kind: 'retraining',
  title: 'Retrain',
  channel: 'channel/1',
  schedule: 'monthly',
  zone: 'UTC',
  next_at: null,
  missed: 0,
  latest: null,
  latest_at: null,
} as const;
const OCCURRENCE = {
  number: 1,
  due: NOW,
  state: 'open',
  posted_at: NOW,
  late: 0,
  answered_at: null,
  answered_by: null,
  note: null,
} as const;

/** What somebody said, and the trail of it. */
export function keeping(room: Room): void {
  describe('ballots and room.other kept rows', () => {
    it('number every keeping of a ballot, each person’s and each vote’s apart', async () => {
      const one = await room.person(room.home, 'U1');
      const two = await room.person(room.home, 'U2');
      const keep = (vote: FlowId, who: PersonId, choice: string) =>
        room.update((tables) => tables.keep(room.home.workspace, vote, ballotOf(who, { roi: choice })));
      await keep('vote/1', one.id, 'go');
      await keep('vote/1', one.id, 'no-go');
      await keep('vote/1', two.id, 'go');
      await keep('vote/2', one.id, 'go');
      const rows = await room.look((tables) =>
        tables.rows(room.home.workspace, { as: '', rows: 'ballots', where: { vote: 'vote/1' }, order: ['person', 'asc'] }),
      );
      expect(rows).toMatchObject([
        { person: one.id, number: 2, choices: { roi: 'no-go' }, draft: null },
        { person: two.id, number: 1, choices: { roi: 'go' } },
      ]);
    });

    it('replace an occurrence and an answer under the same key', async () => {
      const { id } = await room.person();
      await room.update(function* (tables) {
        yield* tables.keep(room.home.workspace, 'cadence/1', { kind: 'occurrence', row: OCCURRENCE });
        yield* tables.keep(room.home.workspace, 'cadence/1', {
          kind: 'occurrence',
          row: { ...OCCURRENCE, state: 'done', answered_by: id },
        });
      });
      expect(await room.look((tables) => tables.rows(room.home.workspace, { as: '', rows: 'occurrences' }))).toMatchObject([
        { state: 'done', answered_by: id },
      ]);
    });

    it('survive that derived rows which belong to no flow are dropped', async () => {
      const { id } = await room.person();
      await room.update(function* (tables) {
        yield* tables.keep(room.home.workspace, 'vote/1', ballotOf(id, { roi: 'go' }));
        yield* tables.putFlow(room.home.workspace, { id: 'body/1', version: 1, state: {}, settled: 0 });
        yield* tables.putFlow(room.other.workspace, { id: 'body/2', version: 1, state: {}, settled: 0 });
        for (const body of ['body/1', 'body/2'] as const)
          yield* tables.putRecord(room.home.workspace, { table: 'members', row: { body, person: id, role: 'chair' } });
        yield* tables.dropStrays();
      });
      expect(await room.look((tables) => tables.rows(room.home.workspace, { as: '', rows: 'members' }))).toMatchObject([
        { body: 'body/1' },
      ]);
      expect(await room.look((tables) => tables.rows(room.home.workspace, { as: '', rows: 'ballots' }))).toHaveLength(1);
    });
  });

  describe('what waits for a person', () => {
    it('is what can still be done: no reminder of an ended series, no condition of a decision that is superseded', async () => {
      const { id } = await room.person();
      const { workspace } = room.home;
      const waits = async () =>
        (await room.look((tables) => tables.rows(workspace, { as: '', rows: 'waiting', where: { person: id } }))) as { kind: string }[];
      const know = (decided: 'conditions open' | 'final' | 'superseded', series: 'active' | 'ended') =>
        room.update(function* (tables) {
          yield* tables.putRecord(workspace, { table: 'decisions', row: { ...DECISION, state: decided } });
          yield* tables.putRecord(workspace, { table: 'cadences', row: { ...CADENCE, asked: id, state: series } });
        });
      await room.update(function* (tables) {
        yield* tables.putRecord(workspace, { table: 'actions', row: { ...ACTION, owner: id } });
        yield* tables.keep(workspace, 'cadence/1', { kind: 'occurrence', row: OCCURRENCE });
      });
      await know('conditions open', 'active');
      expect((await waits()).map((row) => row.kind)).toEqual(['condition', 'reminder']);
      await know('superseded', 'active');
      expect((await waits()).map((row) => row.kind)).toEqual(['reminder']);
      await know('final', 'ended');
      expect((await waits()).map((row) => row.kind)).toEqual(['condition']);
    });

    it('is not asked for by a value that is not there', async () => {
      const where = { person: undefined } as unknown as { person: PersonId };
      await expect(room.look((tables) => tables.rows(room.home.workspace, { as: '', rows: 'waiting', where }))).rejects.toThrow('person');
    });
  });

  describe('pictures', () => {
    const picture = { kind: 'tree', title: `'"\\ 🌱 \u0000`, root: { label: 'a', note: 'b', offshoots: [] } } as const;
    const token = (letter: string) => letter.repeat(22);

    it('keep the first address that they were given, and are found by it', async () => {
      const put = (letter: string) =>
        room.update((tables) => tables.putPicture(room.home.workspace, { digest: 'd', token: token(letter), picture, at: NOW }));
      expect(await room.look((tables) => tables.pictureToken(room.home.workspace, 'd'))).toBeUndefined();
      expect([await put('a'), await put('b')]).toEqual([token('a'), token('a')]);
      expect(await room.look((tables) => tables.pictureToken(room.home.workspace, 'd'))).toBe(token('a'));
      expect(await room.look((tables) => tables.pictureAt(token('a')))).toEqual(picture);
      expect(await room.look((tables) => tables.pictureAt(token('b')))).toBeUndefined();
    });

    it('have another address in another workspace, and no two of them one', async () => {
      const put = (workspace: number, letter: string, digest = 'd') =>
        room.update((tables) => tables.putPicture(workspace, { digest, token: token(letter), picture, at: NOW }));
      await put(room.home.workspace, 'a');
      expect(await room.look((tables) => tables.pictureToken(room.other.workspace, 'd'))).toBeUndefined();
      await expect(put(room.other.workspace, 'a')).rejects.toThrow(/UNIQUE|duplicate/i);
      expect(await put(room.other.workspace, 'b')).toBe(token('b'));
    });

    it('are forgotten once they were put on no card for long, and keep their address where they were', async () => {
      const put = (digest: string, at: number) =>
        room.update((tables) => tables.putPicture(room.home.workspace, { digest, token: token(digest), picture, at }));
      for (const digest of ['a', 'b']) await put(digest, NOW);
      const known = (digest: string, after?: number) => room.look((tables) => tables.pictureToken(room.home.workspace, digest, after));
      expect([await known('b', NOW - 1), await known('b', NOW)]).toEqual([token('b'), undefined]);
      expect(await put('b', NOW + 1)).toBe(token('b'));
      await room.update((tables) => tables.forgetPictures(NOW + 1));
      expect([await known('a'), await known('b')]).toEqual([undefined, token('b')]);
    });

    it('are forgotten with what platforms call them, each once that platform has shown it on no card for long', async () => {
      const put = (digest: string, at: number) =>
        room.update((tables) => tables.putPictureFile(room.home.id, { digest, file: digest, at }));
      for (const digest of ['a', 'b']) await put(digest, NOW);
      await room.update((tables) => tables.putPicture(room.home.workspace, { digest: 'a', token: token('a'), picture, at: NOW }));
      const known = (digest: string, after?: number) => room.look((tables) => tables.pictureFile(room.home.id, digest, after));
      expect([await known('b', NOW), await known('b', NOW + 1)]).toEqual(['b', undefined]);
      await put('b', NOW + 1);
      await room.update((tables) => tables.forgetPictures(NOW + 1));
      expect([await known('a'), await known('b')]).toEqual([undefined, 'b']);
      expect(await room.look((tables) => tables.pictureToken(room.home.workspace, 'a'))).toBeUndefined();
    });

    it('have a file on each installation, which can be replaced and forgotten', async () => {
      const file = () => room.look((tables) => tables.pictureFile(room.home.id, 'd'));
      expect(await file()).toBeUndefined();
      for (const [{ id }, name] of [
        [room.home, 'F1'],
        [room.other, 'F9'],
        [room.home, 'F2'],
      ] as const)
        await room.update((tables) => tables.putPictureFile(id, { digest: 'd', file: name, at: NOW }));
      expect(await file()).toBe('F2');
      await room.update((tables) => tables.dropPictureFile(room.home.id, 'd'));
      expect(await file()).toBeUndefined();
      expect(await room.look((tables) => tables.pictureFile(room.other.id, 'd'))).toBe('F9');
    });
  });

  describe('the journal', () => {
    it('chains entries, and tells which one was changed', async () => {
      await room.update(function* (tables) {
        for (let n = 1; n <= 3; n++) {
          const head = yield* tables.journalHead(room.home.workspace);
          yield* tables.append(room.home.workspace, entry(head, NOW + n, 'vote/1', 'ballot', { n }));
        }
      });
      const rows = await room.look((tables) => tables.journal(room.home.workspace, 0, 10));
      const beginning = { seq: 0, digest: BEGINNING };
      expect(rows.map((row) => row.seq)).toEqual([1, 2, 3]);
      expect(brokenAt(rows, beginning)).toBeUndefined();
      expect(brokenAt(await room.look((tables) => tables.journal(room.home.workspace, 2, 10)), rows[1]!)).toBeUndefined();
      expect(await room.look((tables) => tables.journalHead(room.home.workspace))).toEqual({ seq: 3, digest: rows[2]!.digest });
      const changed = rows.map((row) => (row.seq === 2 ? { ...row, input: 'recuse' } : row));
      expect(brokenAt(changed, beginning)).toMatchObject({ seq: 2 });
    });

    it('takes no second entry of one number', async () => {
      const first = entry({ seq: 0, digest: BEGINNING }, NOW, 'vote/1', 'open', {});
      await room.update((tables) => tables.append(room.home.workspace, first));
      await expect(room.update((tables) => tables.append(room.home.workspace, first))).rejects.toThrow(/UNIQUE|duplicate/i);
    });
  });
}
