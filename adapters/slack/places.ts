import type { Log } from '../../src/log.ts';
import type { Store } from '../../src/store.ts';
import { codeOf } from './faults.ts';
import type { Team } from './team.ts';

export interface Places {
  /** Whether the bot is in a channel; true when Slack does not say. Asks Slack only about channels not heard of before. */
  inside(address: string): Promise<boolean>;
  /** Whether a channel was ever named to Offshoot. Asks nobody. */
  isKnown(address: string): Promise<boolean>;
  joined(address: string): Promise<void>;
  left(address: string): void;
  renamed(address: string, name: string): Promise<void>;
}

/** Which channels the bot is in, and what they are called. */
export function places(store: Store, team: Team, log: Log, released: () => void): Places {
  const { installation, client } = team;
  const member = new Map<string, boolean>();

  async function ask(address: string): Promise<boolean> {
    try {
      const { channel } = await client.conversations.info({ channel: address });
      if (channel?.name) await renamed(address, channel.name);
      return channel?.is_member === true || channel?.is_im === true;
    } catch (fault) {
      // A private channel that the bot is not in does not exist for it.
      if (codeOf(fault) === 'channel_not_found') return false;
      log.warn({ address, why: codeOf(fault) ?? String(fault) }, 'a channel could not be looked up');
      throw fault;
    }
  }

  async function inside(address: string): Promise<boolean> {
    const known = member.get(address);
    if (known !== undefined) return known;
    try {
      const there = await ask(address);
      member.set(address, there);
      return there;
    } catch {
      return true;
    }
  }

  async function renamed(address: string, name: string): Promise<void> {
    await store.update(function* (tables) {
      const known = yield* tables.channelAt(installation.id, address);
      if (!known || known.name === name) return;
      yield* tables.putChannel(installation, { address, name, zone: known.zone, reference: known.reference });
    });
  }

  return {
    inside,
    renamed,
    isKnown: async (address) => (await store.look((tables) => tables.channelAt(installation.id, address))) !== undefined,
    /** What was held for the channel is delivered: somebody has let the bot in. */
    async joined(address) {
      member.delete(address);
      await inside(address);
      member.set(address, true);
      await store.update(function* (tables) {
        const channel = yield* tables.channelAt(installation.id, address);
        if (channel) yield* tables.release(installation.workspace, channel.id);
      });
      released();
    },
    left(address) {
      member.set(address, false);
    },
  };
}
