import type { SlackEventMiddlewareArgs } from '@slack/bolt';
import type { Verb } from '../../src/commands.ts';
import { type Clerk, isAsking } from './clerk.ts';
import { type Words, wordsIn } from './receive.ts';
import { offerOf } from './reply.ts';

/** How many messages are remembered: Slack sends one again when it believes that it was not heard. */
const HEARD = 2_000;

/** Answers to words: in a channel where Offshoot is mentioned, seen by the writer alone; in a direct message, in the open. */
export function conversation(clerk: Clerk, verbs: readonly Verb[]) {
  const heard = new Set<string>();

  async function mention({ event }: SlackEventMiddlewareArgs<'app_mention'>): Promise<void> {
    if (!event.channel.startsWith('D')) await answer(event);
  }

  async function direct({ message }: SlackEventMiddlewareArgs<'message'>): Promise<void> {
    if (message.channel_type === 'im' && (message.subtype === undefined || message.subtype === 'file_share')) await answer(message);
  }

  async function answer(words: Words & { bot_id?: string }): Promise<void> {
    const { user, channel, thread_ts } = words;
    if (!user || words.bot_id || !isNew(`${channel} ${words.ts}`)) return;
    const { bot, client } = clerk.desk().team;
    const reply = await clerk.handle(wordsIn({ ...words, user }, bot.user, verbs));
    const said = await clerk.said(isAsking(reply) ? { kind: 'card', card: offerOf(reply.form) } : reply, user);
    const place = { channel, link_names: false, parse: 'none' as const, ...(thread_ts ? { thread_ts } : {}) };
    if (!channel.startsWith('D')) {
      await client.chat.postEphemeral({ ...place, ...said, user });
      return await clerk.illustrate(reply, user, (_, lacking) => client.chat.postEphemeral({ ...place, ...lacking, user }));
    }
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- Slack's method, not the browser's
    const { ts } = await client.chat.postMessage({ ...place, ...said, unfurl_links: false, unfurl_media: false });
    await clerk.illustrate(reply, user, (whole) => client.chat.update({ channel, ts: ts!, link_names: false, parse: 'none', ...whole }));
  }

  function isNew(key: string): boolean {
    if (heard.has(key)) return false;
    heard.add(key);
    if (heard.size > HEARD) heard.delete(heard.values().next().value!);
    return true;
  }

  return { mention, direct };
}
