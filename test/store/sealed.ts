import { describe, expect, it } from 'vitest';
import type { FlowId } from '../../src/id.ts';
import { NOW, type Room } from './room.ts';

const bytes = (...all: number[]): Buffer => Buffer.from(all);

/** What is kept of secret votes, of codes, and for programs outside. */
export function sealed(room: Room): void {
  describe('what is kept of a secret vote', () => {
    const slots = async (vote: FlowId = 'vote/1', workspace = room.home.workspace) =>
      (await room.look((tables) => tables.sealedBallots(workspace, vote))).map((row) => [row.slot, [...row.sealed]]);
    const put = (slot: string, what: Buffer, vote: FlowId = 'vote/1', workspace = room.home.workspace) =>
      room.update((tables) => tables.putSealed(workspace, vote, { slot, mark: slot, sealed: what }));

    it('is one sealed ballot a slot, byte for byte, in the order of the slots', async () => {
      await put('b', bytes(0, 255, 39));
      await put('a', bytes(1));
      await put('b', bytes(2, 0));
      await put('b', bytes(9), 'vote/2');
      await put('b', bytes(8), 'vote/1', room.other.workspace);
      expect(await slots()).toEqual([
        ['a', [1]],
        ['b', [2, 0]],
      ]);
      expect(await room.look((tables) => tables.sealedBallots(room.home.workspace, 'vote/1', 'a'))).toHaveLength(1);
      expect(await room.look((tables) => tables.sealedVotes())).toHaveLength(3);
      await room.update((tables) => tables.dropSealed(room.home.workspace, 'vote/1', 'a'));
      expect(await slots()).toEqual([['b', [2, 0]]]);
      await room.update((tables) => tables.dropSealed(room.home.workspace, 'vote/1'));
      expect([await slots(), await slots('vote/2'), await slots('vote/1', room.other.workspace)].map((all) => all.length)).toEqual([
        0, 1, 1,
      ]);
    });

    it('counts each keeping of an elector’s ballot, and says whether it is in', async () => {
      const turnout = (vote: FlowId = 'vote/1', workspace = room.home.workspace) =>
        room.look((tables) => tables.turnout(workspace, vote, 'person/1'));
      expect(await turnout()).toBeUndefined();
      for (const cast of [1, 1, 0] as const)
        await room.update((tables) => tables.putTurnout(room.home.workspace, 'vote/1', 'person/1', cast));
      expect(await turnout()).toEqual({ number: 3, cast: 0 });
      expect([await turnout('vote/2'), await turnout('vote/1', room.other.workspace)]).toEqual([undefined, undefined]);
      await room.update((tables) => tables.dropTurnout(room.home.workspace, 'vote/1'));
      expect(await turnout()).toBeUndefined();
    });

    it('has no row that tells when it came', async () => {
      for (const table of ['turnout', 'sealed_ballots', 'published_ballots', 'published_reasons']) {
        const look = room.look(function* () {
          yield { sql: `select rowid from ${table}`, values: [] };
        });
        await expect(look).rejects.toThrow(/rowid/);
      }
    });
  });

  describe('codes', () => {
    const row = () => ({ workspace: room.home.workspace, digest: 'd', flow: null, purpose: 'join' as const, expires_at: NOW });

    it('are found by their digest, whatever workspace they are of, and used once', async () => {
      await room.update((tables) => tables.putCode(row()));
      expect(await room.look((tables) => tables.code('d'))).toMatchObject({ ...row(), used_at: null });
      expect(await room.look((tables) => tables.code('e'))).toBeUndefined();
      await room.update((tables) => tables.useCode('d', NOW + 1));
      expect(await room.look((tables) => tables.code('d'))).toMatchObject({ used_at: NOW + 1 });
    });

    it('are guessed by each user for themselves', async () => {
      const guesses = (installation: number, user: string) => room.look((tables) => tables.guesses(installation, user));
      await room.update((tables) => tables.putGuesses(room.home.id, 'U1', { wrong: 2, at: NOW }));
      await room.update((tables) => tables.putGuesses(room.home.id, 'U1', { wrong: 3, at: NOW + 1 }));
      expect(await guesses(room.home.id, 'U1')).toEqual({ wrong: 3, at: NOW + 1 });
      expect([await guesses(room.home.id, 'U2'), await guesses(room.other.id, 'U1')]).toEqual([undefined, undefined]);
    });
  });

  describe('tokens and webhooks', () => {
    it('a token is good until it is revoked, in its own workspace', async () => {
      const { workspace } = room.home;
      const id = await room.update((tables) => tables.putToken({ workspace, name: 'CI', hash: '', created_at: NOW }));
      await room.update((tables) => tables.sealToken(id, 'h'));
      await room.update((tables) => tables.useToken(id, '2027-03-01'));
      expect(await room.look((tables) => tables.token(id))).toMatchObject({
        workspace,
        hash: 'h',
        used_on: '2027-03-01',
        revoked_at: null,
      });
      expect(await room.look((tables) => tables.tokensOf(room.other.workspace))).toEqual([]);
      expect(await room.update((tables) => tables.revokeToken(room.other.workspace, id, NOW))).toBe(false);
      expect(await room.update((tables) => tables.revokeToken(workspace, id, NOW))).toBe(true);
      expect(await room.update((tables) => tables.revokeToken(workspace, id, NOW))).toBe(false);
    });

    it('a webhook is of one workspace, and what it is owed goes with it', async () => {
      const { workspace } = room.home;
      const hook = { workspace, url: 'https://example.com/', secret: 's', created_at: NOW };
      const id = await room.update((tables) => tables.putWebhook(hook));
      expect(await room.look((tables) => tables.webhooksOf(workspace))).toMatchObject([{ ...hook, id }]);
      expect(await room.look((tables) => tables.webhooksOf(room.other.workspace))).toEqual([]);
      expect(await room.update((tables) => tables.removeWebhook(room.other.workspace, id, NOW))).toBe(false);
      expect(await room.update((tables) => tables.removeWebhook(workspace, id, NOW))).toBe(true);
      expect(await room.look((tables) => tables.webhooksOf(workspace))).toEqual([]);
      expect(await room.look((tables) => tables.nextDelivery())).toBeUndefined();
    });
  });
}
