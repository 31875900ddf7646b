import { describe, expect, it } from 'vitest';
import type { Surface } from '../../src/flow.ts';
import type { FlowId } from '../../src/id.ts';
import type { SurfaceRow } from '../../src/store.ts';
import { NOW, owedIn, type Room, surface, titleOf } from './room.ts';

/** What is still to happen: timers to fire and surfaces to deliver. */
export function owing(room: Room): void {
  describe('timers', () => {
    const set = (key: string, at: number, to?: FlowId) =>
      room.update((tables) => tables.putTimer(room.home.workspace, 'vote/1', { key, at, input: { type: key }, ...(to ? { to } : {}) }));
    const due = async (now: number, limit = 10) => (await room.look((tables) => tables.due(now, limit))).map((row) => row.key);

    it('fall due at their moment, oldest first, as many as are asked for', async () => {
      await set('late', NOW + 2);
      await set('early', NOW);
      await set('middle', NOW + 1);
      expect(await due(NOW - 1)).toEqual([]);
      expect(await due(NOW)).toEqual(['early']);
      expect(await due(NOW + 9)).toEqual(['early', 'middle', 'late']);
      expect(await due(NOW + 9, 2)).toEqual(['early', 'middle']);
      expect(await room.look((tables) => tables.nextDue())).toBe(NOW);
    });

    it('fall due by turns of the workspaces, however many one has', async () => {
      for (const at of [1, 2, 3, 4, 5]) await set(`home ${at}`, at);
      await room.update((tables) => tables.putTimer(room.other.workspace, 'vote/1', { key: 'other', at: 9, input: { type: 'x' } }));
      expect(await due(NOW, 4)).toEqual(['home 1', 'other', 'home 2']);
    });

    it('act on the flow that they name', async () => {
      await set('own', NOW);
      await set('theirs', NOW, 'vote/2');
      const of = async (target: FlowId) =>
        (await room.look((tables) => tables.dueFor(room.home.workspace, target, NOW))).map((row) => row.key);
      expect([await of('vote/1'), await of('vote/2')]).toEqual([['own'], ['theirs']]);
    });

    it('that failed come again later, and not at all once they are held, until they are released', async () => {
      await set('bell', NOW);
      const [row] = await room.look((tables) => tables.due(NOW, 1));
      await room.update((tables) => tables.delayTimer(row!, NOW + 5, false, 'it broke'));
      expect([await due(NOW), await due(NOW + 5)]).toEqual([[], ['bell']]);
      await room.update((tables) => tables.delayTimer(row!, NOW + 5, true, 'it broke'));
      expect(await due(NOW + 9)).toEqual([]);
      expect(await room.look((tables) => tables.nextDue())).toBeUndefined();
      expect(await room.look((tables) => tables.heldThings())).toMatchObject([
        { kind: 'timer', what: expect.stringContaining('bell of vote/1'), why: 'it broke' },
      ]);
      expect(await room.update((tables) => tables.releaseHeld('uncertain'))).toBe(0);
      expect(await room.update((tables) => tables.releaseHeld('failed'))).toBe(1);
      expect(await due(NOW)).toEqual(['bell']);
    });

    it('are dropped by key and moment', async () => {
      await set('bell', NOW);
      await set('bell', NOW + 1);
      await room.update((tables) => tables.dropTimer(room.home.workspace, 'vote/1', { key: 'bell', at: NOW }));
      expect((await room.look((tables) => tables.timersOf(room.home.workspace, 'vote/1'))).map((row) => row.at)).toEqual([NOW + 1]);
    });
  });

  describe('surfaces', () => {
    const put = (key: string, said: string, more: Partial<Surface> = {}) =>
      room.update((tables) => tables.putSurface(room.home.workspace, 'vote/1', { ...surface(key, said), ...more }));
    const owed = (now = NOW) => room.look((tables) => owedIn(tables, room.home.workspace, now));
    const show = (row: SurfaceRow, message = 'm1') =>
      room.update((tables) =>
        tables.shown(row, { kind: 'shown', revision: row.wanted, installation: room.home.id, address: 'C1', message }),
      );

    it('are owed until what is shown has caught up with what is wanted', async () => {
      await put('card', 'one');
      const [first] = await owed();
      await put('card', 'two');
      await show(first!);
      const [second] = await owed();
      expect(second).toMatchObject({ message: 'm1', address: 'C1', wanted: 2, shown: 1 });
      expect(titleOf(second!)).toBe('two');
      await show(second!);
      expect(await owed()).toEqual([]);
      expect(await room.look((tables) => tables.owing(NOW))).toEqual([]);
      expect(await room.look((tables) => tables.surfaceAt(room.home.id, 'C1', 'm1'))).toMatchObject({ flow: 'vote/1', key: 'card' });
    });

    it('go results first and nudges last', async () => {
      await put('nudge', 'n', { rank: 'nudge' });
      await put('edit', 'e');
      await put('result', 'r', { rank: 'result' });
      expect((await owed()).map((row) => row.key)).toEqual(['result', 'edit', 'nudge']);
    });

    it('remember that a sending began, and wait where they are told to', async () => {
      await put('card', 'one');
      const [row] = await owed();
      await room.update((tables) => tables.shown(row!, { kind: 'sending' }));
      expect(await owed()).toMatchObject([{ sending: 1 }]);
      await room.update((tables) => tables.shown(row!, { kind: 'again', at: NOW + 5, tries: 1, landed: 'perhaps' }));
      expect(await owed()).toEqual([]);
      expect(await owed(NOW + 5)).toMatchObject([{ sending: 1, tries: 1 }]);
      expect(await room.look((tables) => tables.nextOwed(NOW))).toBe(NOW + 5);
    });

    it('that are held are tried again for news or on release; uncertain ones only when that is asked for', async () => {
      await put('failed', 'f');
      await put('unsure', 'u');
      const [failed, unsure] = await owed();
      await room.update((tables) => tables.shown(failed!, { kind: 'held', why: 'not let in', landed: 'no' }));
      await room.update((tables) => tables.shown(unsure!, { kind: 'uncertain', why: 'no answer' }));
      expect(await owed()).toEqual([]);
      expect(await room.look((tables) => tables.heldThings())).toMatchObject([
        { kind: 'delivery', why: 'not let in' },
        { kind: 'uncertain', why: 'no answer' },
      ]);
      expect(await room.look((tables) => tables.health(NOW))).toMatchObject({ owed: 0, held: 2 });

      await put('failed', 'news');
      await put('unsure', 'news');
      expect((await owed()).map((row) => row.key)).toEqual(['failed']);
      await room.update((tables) => tables.shown(failed!, { kind: 'held', why: 'still not', landed: 'no' }));
      expect(await room.update((tables) => tables.releaseHeld('failed'))).toBe(1);
      expect((await owed()).map((row) => row.key)).toEqual(['failed']);
      expect(await room.update((tables) => tables.releaseHeld('uncertain'))).toBe(1);
      expect((await owed()).map((row) => row.key)).toEqual(['failed', 'unsure']);
    });

    it('that are uncertain can be taken as delivered; later news is owed again', async () => {
      await put('unsure', 'u');
      const [unsure] = await owed();
      await room.update((tables) => tables.shown(unsure!, { kind: 'uncertain', why: 'no answer' }));
      await put('unsure', 'news');
      expect(await room.update((tables) => tables.releaseHeld('delivered'))).toBe(1);
      expect(await owed()).toEqual([]);
      expect(await room.look((tables) => tables.heldThings())).toEqual([]);
      await put('unsure', 'more news');
      expect((await owed()).map((row) => titleOf(row))).toEqual(['more news']);
    });

    it('that are wanted no more are owed a last time, and again after they vanished', async () => {
      await put('card', 'one');
      await show((await owed())[0]!);
      await room.update((tables) => tables.retireSurface(room.home.workspace, 'vote/1', 'card', null));
      const [gone] = await owed();
      expect(gone).toMatchObject({ card: null, message: 'm1' });
      await room.update((tables) => tables.shown(gone!, { kind: 'gone', revision: gone!.wanted }));
      expect(await owed()).toEqual([]);
      expect(await room.look((tables) => tables.surface(room.home.workspace, 'vote/1', 'card'))).toMatchObject({ message: null });

      await put('other', 'two');
      await show((await owed())[0]!, 'm2');
      const row = (await room.look((tables) => tables.surface(room.home.workspace, 'vote/1', 'other')))!;
      await room.update((tables) => tables.shown(row, { kind: 'vanished' }));
      expect(await owed()).toMatchObject([{ key: 'other', message: null, shown: 0 }]);
    });
  });
}
