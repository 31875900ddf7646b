import { beforeEach, describe, expect, it } from 'vitest';
import { entry } from '../../src/journal.ts';
import type { Derived } from '../../src/record.ts';
import { SPENT, type Store } from '../../src/store.ts';
import { typed } from '../../src/text.ts';
import { keeping } from './keeping.ts';
import { owing } from './owing.ts';
import { sealed } from './sealed.ts';
import { ballotOf, furnished, NOW, owedIn, type Room, surface, titleOf } from './room.ts';

/** Letters that a careless store or a careless query would lose, cut or read as something else. */
const AWKWARD = `'"\\ %_ “quotes” é ü 東京 🌱👩‍💻 \u0000 <b> {{x}} $1 ? :a -- ; \r\n\t end `;

/** What every store has to do; run against each, on a real database. */
export function storeContract(open: () => Promise<Store>): void {
  const room = {} as Room;
  beforeEach(async () => {
    Object.assign(room, await furnished(await open()));
    return async () => await room.store.close();
  });

  describe('commits', () => {
    it('gives back what the work returned, and keeps what it wrote', async () => {
      expect(await room.update((tables) => tables.next(room.home.workspace, 'vote'))).toBe(1);
      expect(await room.update((tables) => tables.next(room.home.workspace, 'vote'))).toBe(2);
    });

    it('rolls a job that throws back alone; those before and after it in the group stay', async () => {
      const settled = await Promise.allSettled([
        room.update((tables) => tables.next(room.home.workspace, 'a')),
        room.update(function* (tables) {
          yield* tables.next(room.home.workspace, 'b');
          throw new Error('no');
        }),
        room.update((tables) => tables.next(room.home.workspace, 'c')),
      ]);
      expect(settled.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      for (const [counter, next] of [
        ['a', 2],
        ['b', 1],
        ['c', 2],
      ] as const)
        expect(await room.update((tables) => tables.next(room.home.workspace, counter))).toBe(next);
    });

    it('rolls back a job whose query the database refuses, and names the fault', async () => {
      const twice = room.update(function* (tables) {
        yield* tables.next(room.home.workspace, 'a');
        yield* tables.putTimer(room.home.workspace, 'vote/99', { key: 'k', at: NOW, input: { type: 'x' } });
      });
      await expect(twice).rejects.toThrow(/FOREIGN KEY/i);
      expect(await room.update((tables) => tables.next(room.home.workspace, 'a'))).toBe(1);
    });

    it('runs jobs in the order in which they were asked for, and settles them in it', async () => {
      const order: number[] = [];
      await Promise.all(
        Array.from({ length: 200 }, async (_, index) => {
          const number = await room.update((tables) => tables.next(room.home.workspace, 'job'));
          order.push(index);
          expect(number).toBe(index + 1);
        }),
      );
      expect(order).toEqual(order.toSorted((a, b) => a - b));
    });

    it('shows nobody what is not committed', async () => {
      const written = room.update((tables) => tables.putFlow(room.home.workspace, { id: 'vote/7', version: 1, state: 1, settled: 0 }));
      expect(await room.look((tables) => tables.flow(room.home.workspace, 'vote/7'))).toBeUndefined();
      await written;
      expect(await room.look((tables) => tables.flow(room.home.workspace, 'vote/7'))).toMatchObject({ state: 1 });
    });

    it('commits what was asked for before it closes, and takes nothing after', async () => {
      const last = room.update((tables) => tables.next(room.home.workspace, 'last'));
      await room.store.close();
      await expect(last).resolves.toBe(1);
      await expect(room.update((tables) => tables.next(room.home.workspace, 'last'))).rejects.toThrow('closed');
    });
  });

  describe('workspaces', () => {
    it('gives each installation a workspace of its own, once', async () => {
      expect(room.other.workspace).not.toBe(room.home.workspace);
      expect(await room.update((tables) => tables.putInstallation({ platform: 'slack', key: 'T1', name: 'Again' }, NOW))).toEqual(
        room.home,
      );
    });

    it('shows one nothing of another: rows of the same ids are apart', async () => {
      const mine = await room.person(room.home);
      const theirs = await room.person(room.other);
      expect(theirs.id).toBe(mine.id);
      await room.update(function* (tables) {
        for (const { workspace } of [room.home, room.other]) {
          const name = `of ${workspace}`;
          yield* tables.putFlow(workspace, { id: 'body/1', version: 1, state: name, settled: 0 });
          yield* tables.putRecord(workspace, {
            table: 'bodies',
            row: { id: 'body/1', name, chair: mine.id, rule: '', quorum: '', casting: 0 },
          });
          yield* tables.keep(workspace, 'vote/1', ballotOf(mine.id, { roi: name }));
          yield* tables.putCause(workspace, { cause: 'c', flow: 'body/1', reply: name, at: NOW });
          yield* tables.putTimer(workspace, 'body/1', { key: 'k', at: NOW, input: { type: name } });
          yield* tables.putSurface(workspace, 'body/1', surface('s', name));
          yield* tables.append(workspace, entry(yield* tables.journalHead(workspace), NOW, 'body/1', name, {}));
        }
        yield* tables.putRecord(room.other.workspace, {
          table: 'bodies',
          row: { id: 'body/2', name: 'more', chair: mine.id, rule: '', quorum: '', casting: 0 },
        });
      });
      const name = `of ${room.home.workspace}`;
      const seen = await room.look(function* (tables) {
        const { workspace } = room.home;
        return {
          flow: (yield* tables.flow(workspace, 'body/1'))?.state,
          bodies: ((yield* tables.rows(workspace, { as: '', rows: 'bodies' })) as Derived['bodies'][]).map((row) => row.name),
          ballots: ((yield* tables.rows(workspace, { as: '', rows: 'ballots' })) as { choices: object }[]).map((row) => row.choices),
          cause: (yield* tables.cause(workspace, 'c'))?.reply,
          timers: (yield* tables.dueFor(workspace, 'body/1', NOW)).map((row) => row.input.type),
          surfaces: (yield* owedIn(tables, workspace, NOW)).map((row) => titleOf(row)),
          journal: (yield* tables.journal(workspace, 0, 10)).map((row) => row.input),
          people: (yield* tables.peopleOf(workspace)).map((row) => row.workspace),
        };
      });
      expect(seen).toEqual({
        flow: name,
        bodies: [name],
        ballots: [{ roi: name }],
        cause: name,
        timers: [name],
        surfaces: [name],
        journal: [name],
        people: [room.home.workspace],
      });
    });
  });

  describe('causes', () => {
    it('are unique in a workspace: a second change under one is refused whole', async () => {
      const row = { cause: 'click', flow: 'vote/1', reply: '{}', at: NOW } as const;
      await room.update((tables) => tables.putCause(room.home.workspace, row));
      const second = room.update(function* (tables) {
        yield* tables.next(room.home.workspace, 'change');
        yield* tables.putCause(room.home.workspace, row);
      });
      await expect(second).rejects.toThrow(/UNIQUE|duplicate/i);
      expect(await room.update((tables) => tables.next(room.home.workspace, 'change'))).toBe(1);
    });

    it('are forgotten when they are old; those of timers only when no rebuild needs them', async () => {
      const spent = { cause: 'timer cadence/1 due 5', flow: 'cadence/1', reply: SPENT, at: NOW } as const;
      await room.update((tables) => tables.putCause(room.home.workspace, spent));
      for (const cause of ['click', 'timer vote/1 deadline 5'])
        await room.update((tables) => tables.putCause(room.home.workspace, { cause, flow: 'vote/1', reply: '{}', at: NOW }));
      await room.update((tables) => tables.forgetCauses(NOW));
      for (const cause of ['click', spent.cause])
        expect(await room.look((tables) => tables.cause(room.home.workspace, cause))).toBeDefined();
      await room.update((tables) => tables.forgetCauses(NOW + 1));
      for (const cause of ['click', spent.cause])
        expect(await room.look((tables) => tables.cause(room.home.workspace, cause))).toBeUndefined();
      expect(await room.look((tables) => tables.cause(room.home.workspace, 'timer vote/1 deadline 5'))).toBeDefined();
    });
  });

  owing(room);
  keeping(room);
  sealed(room);

  it('gives back every text as it was typed, wherever it is kept', async () => {
    const { id } = await room.update((tables) => tables.putIdentity(room.home, 'U1', { name: AWKWARD }));
    await room.update(function* (tables) {
      yield* tables.putFlow(room.home.workspace, { id: 'body/1', version: 1, state: { said: AWKWARD }, settled: 0 });
      yield* tables.putRecord(room.home.workspace, {
        table: 'bodies',
        row: { id: 'body/1', name: AWKWARD, chair: id, rule: '', quorum: '', casting: 0 },
      });
      yield* tables.keep(room.home.workspace, 'vote/1', ballotOf(id, { roi: 'no-go' }, { roi: AWKWARD }));
      yield* tables.putSurface(room.home.workspace, 'body/1', { ...surface('s', ''), card: { title: typed(AWKWARD), parts: [] } });
      yield* tables.append(
        room.home.workspace,
        entry(yield* tables.journalHead(room.home.workspace), NOW, 'body/1', 'open', { said: AWKWARD }),
      );
    });
    const seen = await room.look(function* (tables) {
      const [ballot] = (yield* tables.rows(room.home.workspace, { as: '', rows: 'ballots' })) as { reasons: { roi: string } }[];
      const [body] = (yield* tables.rows(room.home.workspace, { as: '', rows: 'bodies', where: { name: AWKWARD } })) as Derived['bodies'][];
      const [row] = yield* tables.journal(room.home.workspace, 0, 1);
      return {
        state: ((yield* tables.flow(room.home.workspace, 'body/1'))!.state as { said: string }).said,
        name: (yield* tables.identity(room.home.id, 'U1'))?.name,
        body: body?.name,
        reason: ballot?.reasons.roi,
        card: titleOf((yield* tables.surface(room.home.workspace, 'body/1', 's'))!),
        journal: (JSON.parse(row!.body!) as { said: string }).said,
      };
    });
    expect(Object.values(seen)).toEqual(Object.keys(seen).map(() => AWKWARD));
  });
}
