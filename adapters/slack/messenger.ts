import type { webApi } from '@slack/bolt';
import { type Frame, UNFRAMED } from '../../src/exhibition.ts';
import type { InstallationRow, Store } from '../../src/store.ts';
import { type Call, DeliveryFault, type Limit, type Messenger, type Outgoing } from '../../src/messenger.ts';
import { cardBlocks, notice } from './blocks.ts';
import { castIn } from './cast.ts';
import { faultOf, isOverPicture } from './faults.ts';
import type { Pictures } from './pictures.ts';
import type { Said } from './reply.ts';
import type { Team } from './team.ts';

const MINUTE = 60_000;
const SURFACE = 'offshoot_surface';

/** Typed text is in none of what Slack would parse, but nothing is left to its habits either. */
const LITERAL = { link_names: false, parse: 'none', unfurl_links: false, unfurl_media: false, mrkdwn: false } as const;

interface Metadata {
  event_type?: string;
  event_payload?: { key?: string };
}

/** How far back a message is looked for: 5 pages of 200. */
const PAGES = 5;

/** Slack as the courier sees it. `team` is undefined until Slack has answered for the first time. */
export function slackMessenger(store: Store, team: () => Team | undefined, pictures: Pictures): Messenger {
  async function calling<Result>(installation: InstallationRow, address: string, call: (team: Team) => Promise<Result>): Promise<Result> {
    const there = team();
    if (!there) throw new DeliveryFault('again', 'Slack is not connected yet', 5_000);
    try {
      return await call(there);
    } catch (fault) {
      if (fault instanceof DeliveryFault) throw fault;
      throw faultOf(fault, await placeOf(installation, address), there.bot.name);
    }
  }

  /** Sends the card with its pictures; in words what Slack does not show, however often it is tried. */
  async function sending<Result>(message: Outgoing, send: (team: Team, content: Said) => Promise<Result>): Promise<Result> {
    const { installation, address, card, names, zone } = message;
    const cast = await castIn(store, installation, card, names);
    const content = (frame: Frame): Said => ({ text: notice(card, cast, zone), blocks: cardBlocks(card, cast, zone, frame) });
    return await calling(installation, address, async (there) => {
      const frame = await pictures.given(there, card);
      try {
        return await send(there, content(frame));
      } catch (fault) {
        if (!isOverPicture(fault)) throw fault;
        await pictures.unready(there, card, frame);
        return await send(there, content(UNFRAMED));
      }
    });
  }

  async function placeOf(installation: InstallationRow, address: string): Promise<string> {
    const channel = await store.look((tables) => tables.channelAt(installation.id, address));
    return channel && channel.name !== address ? `#${channel.name}` : 'that channel';
  }

  return {
    platform: 'slack',
    limits: (call, { key }, address) => LIMITS[call](key, address),

    async direct(installation, user) {
      return await calling(installation, '', async ({ client }) => (await client.conversations.open({ users: user })).channel!.id!);
    },

    async post(message) {
      const metadata = { event_type: SURFACE, event_payload: { key: message.key } };
      const place = { channel: message.address, ...(message.thread === undefined ? {} : { thread_ts: message.thread }) };
      const posted = await sending(message, ({ client }, content) =>
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- Slack's method, not the browser's
        client.chat.postMessage({ ...place, ...LITERAL, ...content, metadata }),
      );
      return posted.ts!;
    },

    async edit(message) {
      const { link_names, parse } = LITERAL;
      const place = { channel: message.address, ts: message.id };
      await sending(message, ({ client }, content) => client.chat.update({ ...place, link_names, parse, ...content }));
    },

    remove: (installation, address, id) =>
      calling(installation, address, async ({ client }) => void (await client.chat.delete({ channel: address, ts: id }))),

    async find(installation, address, key, thread) {
      try {
        return await calling(installation, address, ({ client, bot }) => search(client, bot.user, address, key, thread));
      } catch (fault) {
        // Not having been able to look, nobody knows whether it is there: it must not be sent again for that.
        if (fault instanceof DeliveryFault) throw new DeliveryFault('unknown', fault.message, fault.wait);
        throw fault;
      }
    },
  };
}

/** Slack's published rates: one post a second in a channel, about 50 calls a minute of each other method. */
const LIMITS: Record<Call, (team: string, address: string) => Limit[]> = {
  open: (team) => [{ key: `slack ${team} open`, count: 50, per: MINUTE }],
  post: (team, address) => [
    { key: `slack ${team} ${address} post`, count: 1, per: 1_000 },
    { key: `slack ${team} post`, count: 200, per: MINUTE },
  ],
  edit: (team) => [{ key: `slack ${team} edit`, count: 50, per: MINUTE }],
  remove: (team) => [{ key: `slack ${team} remove`, count: 50, per: MINUTE }],
};

async function search(
  client: webApi.WebClient,
  bot: string,
  channel: string,
  key: string,
  thread: string | undefined,
): Promise<string | undefined> {
  let cursor: string | undefined;
  for (let page = 0; page < PAGES; page++) {
    const asked = { channel, limit: 200, include_all_metadata: true, ...(cursor ? { cursor } : {}) };
    const found =
      thread === undefined ? await client.conversations.history(asked) : await client.conversations.replies({ ...asked, ts: thread });
    const messages = (found.messages ?? []) as { ts?: string; user?: string; metadata?: Metadata }[];
    const there = messages.find(
      ({ user, metadata }) => user === bot && metadata?.event_type === SURFACE && metadata.event_payload?.key === key,
    );
    if (there) return there.ts;
    cursor = found.response_metadata?.next_cursor;
    if (!cursor) return undefined;
  }
  return undefined;
}
