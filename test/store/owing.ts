import { describe, expect, it } from 'vitest';
import type { Surface } from '../../src/flow.ts';
import type { FlowId, PersonId } from '../../src/id.ts';
import type { SurfaceFate, SurfaceRow } from '../../src/surface.ts';
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

    describe('of a kind that their reader muted', () => {
      const nudge = { to: 'person/1', rank: 'nudge', nudge: 'due' } as const;
      const mute = (person: PersonId = 'person/1', kind = 'due', { workspace } = room.home) =>
        room.update((tables) => tables.putRecord(workspace, { table: 'mutes', row: { id: 'vote/1', person, kind, at: NOW } }));
      const unmute = () => room.update((tables) => tables.dropRecordsOf(room.home.workspace, 'vote/1'));
      const keys = async () => (await owed()).map(({ key }) => key);
      const health = () => room.look((tables) => tables.health(NOW));
      const row = async () => (await room.look((tables) => tables.surface(room.home.workspace, 'vote/1', 'nudge')))!;
      const fare = async (fate: SurfaceFate) =>
        room.update(function* (tables) {
          yield* tables.shown((yield* tables.surface(room.home.workspace, 'vote/1', 'nudge'))!, fate);
        });

      it('are not owed, do not wait for their time and are not counted, until they are unmuted', async () => {
        await put('nudge', 'n', nudge);
        await put('card', 'c');
        await mute();
        expect(await keys()).toEqual(['card']);
        await show((await owed())[0]!);
        expect(await room.look((tables) => tables.owing(NOW))).toEqual([]);
        expect(await room.look((tables) => tables.nextOwed(NOW - 1))).toBeUndefined();
        expect(await health()).toMatchObject({ owed: 0, held: 0 });
        await fare({ kind: 'again', at: NOW + 5, tries: 1, landed: 'no' });
        expect(await room.look((tables) => tables.nextOwed(NOW))).toBeUndefined();
        await put('nudge', 'news', nudge);
        expect(await owed(NOW + 5)).toEqual([]);
        await unmute();
        expect(await room.look((tables) => tables.nextOwed(NOW))).toBe(NOW + 5);
        expect((await owed(NOW + 5)).map(titleOf)).toEqual(['news']);
        expect(await room.look((tables) => tables.owing(NOW + 5))).toEqual([room.home.workspace]);
        expect(await health()).toMatchObject({ owed: 1 });
      });

      it('are edited and removed all the same once they were posted', async () => {
        await put('nudge', 'n', nudge);
        await show((await owed())[0]!);
        await mute();
        await put('nudge', 'edited', nudge);
        expect((await owed()).map(titleOf)).toEqual(['edited']);
        expect(await health()).toMatchObject({ owed: 1 });
        await show((await owed())[0]!);
        await room.update((tables) => tables.retireSurface(room.home.workspace, 'vote/1', 'nudge', null));
        expect(await owed()).toMatchObject([{ card: null, message: 'm1' }]);
      });

      it('are dropped when they are wanted no more, and do not come when they are unmuted after that', async () => {
        await put('nudge', 'n', nudge);
        await mute();
        await room.update((tables) => tables.retireSurface(room.home.workspace, 'vote/1', 'nudge', null));
        const [line] = await room.look((tables) => tables.owed(room.home.workspace, NOW, 10));
        expect(line).toMatchObject({ call: 'drop', rows: [{ key: 'nudge' }] });
        await fare({ kind: 'gone', revision: (await row()).wanted });
        await unmute();
        expect(await owed()).toEqual([]);
      });

      it('are followed up where they may have been posted', async () => {
        await put('nudge', 'n', nudge);
        await fare({ kind: 'sending' });
        await mute();
        expect(await keys()).toEqual(['nudge']);
        await fare({ kind: 'uncertain', why: 'no answer' });
        expect(await room.look((tables) => tables.heldThings())).toMatchObject([{ kind: 'uncertain' }]);
      });

      it('are not posted again after they vanished', async () => {
        await put('nudge', 'n', nudge);
        await show((await owed())[0]!);
        await mute();
        await fare({ kind: 'vanished' });
        expect(await owed()).toEqual([]);
      });

      it('are not held for the operator either, who can release them once they are unmuted', async () => {
        await put('nudge', 'n', nudge);
        await fare({ kind: 'held', why: 'not let in', landed: 'no' });
        await mute();
        expect(await health()).toMatchObject({ owed: 0, held: 0 });
        expect(await room.look((tables) => tables.heldThings())).toEqual([]);
        expect(await room.update((tables) => tables.releaseHeld('failed'))).toBe(0);
        await unmute();
        expect(await health()).toMatchObject({ held: 1 });
        expect(await room.update((tables) => tables.releaseHeld('failed'))).toBe(1);
        expect(await keys()).toEqual(['nudge']);
      });

      it.each<[string, () => Promise<unknown>, Partial<Surface>]>([
        ['who is somebody else', () => mute('person/2'), nudge],
        ['who muted another kind', () => mute('person/1', 'ballots'), nudge],
        ['in another workspace', () => mute('person/1', 'due', room.other), nudge],
        ['for whom it is no nudge', () => mute(), { to: 'person/1', rank: 'nudge' }],
      ])('are not those of one %s', async (_, muted, more) => {
        await put('nudge', 'n', more);
        await muted();
        expect(await keys()).toEqual(['nudge']);
      });

      it('are those of the kind that they are now', async () => {
        await put('nudge', 'n', { ...nudge, nudge: 'chair' });
        await mute();
        expect(await keys()).toEqual(['nudge']);
        await put('nudge', 'n', nudge);
        expect(await keys()).toEqual([]);
      });
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
