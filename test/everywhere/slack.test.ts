import { expect } from 'vitest';
import type { PlatformClient, Role } from '../contract/client.ts';
import { SlackClient, slackClient, userOf } from '../contract/slack/client.ts';
import { cases } from './cases.ts';
import { type Becomes, mistakes } from './mistakes.ts';
import { everywhere, Room } from './story.ts';

/** Slack says that somebody has changed. */
const changed =
  (how: object, then: string) =>
  async (client: PlatformClient, who: Role): Promise<void> => {
    if (!(client instanceof SlackClient)) throw new Error('this is not Slack');
    const user = { id: userOf(who), name: who, ...how };
    const { kind, payload } = client.people.event({ type: 'user_change', user });
    await client.slack.deliver(client.mode, kind, payload);
    await expect.poll(() => new Room(client).rows(`select name from people where name = '${who}' and ${then}`)).toHaveLength(1);
  };

const becomes: Becomes = {
  guest: changed({ is_restricted: true }, 'guest = 1'),
  gone: changed({ deleted: true }, 'active = 0'),
  bot: changed({ is_bot: true }, 'active = 0'),
};

everywhere('Slack over HTTP', () => slackClient('http'));
everywhere('Slack over Socket Mode', () => slackClient('socket'));
cases('Slack over HTTP', () => slackClient('http'));
cases('Slack over Socket Mode', () => slackClient('socket'));
mistakes('Slack over HTTP', () => slackClient('http'), becomes);
mistakes('Slack over Socket Mode', () => slackClient('socket'), becomes);
