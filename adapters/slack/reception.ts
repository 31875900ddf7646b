import type { App, BlockAction, GlobalShortcut } from '@slack/bolt';
import type { Rooms } from '../../src/house.ts';
import { PRESS } from './blocks.ts';
import { conversation } from './conversation.ts';
import { counter, type Desk } from './counter.ts';
import { codeOf } from './faults.ts';
import { interactions } from './interactions.ts';
import { FORM } from './modal.ts';
import type { SlackUser } from './people.ts';
import { OPEN_VOTE } from './receive.ts';

export interface Reception {
  /** Resolves when everything that came in is answered. */
  idle(): Promise<void>;
}

/** Says who answers what Slack sends. Bolt acknowledges events by itself; the rest acknowledges what it answers. */
export function reception(app: App, rooms: Rooms, desk: () => Desk): Reception {
  const { verbs, log } = rooms;
  const answering = new Set<Promise<void>>();
  const shared = counter(rooms, desk);
  const { command, press, submission, shortcut } = interactions(shared, verbs);
  const { mention, direct } = conversation(shared, verbs);

  app.command(/.*/, attended(command));
  app.action<BlockAction>({ type: 'block_actions', action_id: new RegExp(`^${PRESS}`) }, attended(press));
  app.view(FORM, attended(submission));
  app.shortcut<GlobalShortcut>({ type: 'shortcut', callback_id: OPEN_VOTE }, attended(shortcut));
  app.event('app_mention', attended(mention));
  app.message(attended(direct));

  on('app_home_opened', async (event: { tab: string; user: string }) => {
    if (event.tab === 'home') await shared.showHome(event.user);
  });
  on('member_joined_channel', async (event: { user: string; channel: string }) => {
    if (event.user === desk().team.bot.user) await desk().places.joined(event.channel);
  });
  for (const left of ['channel_left', 'group_left']) on(left, async (event: { channel: string }) => desk().places.left(event.channel));
  for (const renamed of ['channel_rename', 'group_rename'])
    on(renamed, (event: { channel: { id: string; name: string } }) => desk().places.renamed(event.channel.id, event.channel.name));
  for (const change of ['user_change', 'team_join']) on(change, (event: { user: SlackUser }) => desk().people.changed(event.user));

  function on<Said>(name: string, hear: (event: Said) => Promise<void>): void {
    const heard = attended(hear);
    app.event(name, async ({ event }) => await heard(event as Said));
  }

  /** Keeps count of what is under way, and lets no fault out to Bolt, which would answer it a second time. */
  function attended<Args>(answer: (args: Args) => Promise<void>): (args: Args) => Promise<void> {
    return (args) => {
      const under = answer(args)
        .catch((fault: unknown) => log.error({ why: codeOf(fault) ?? String(fault) }, 'an answer did not reach Slack'))
        .finally(() => answering.delete(under));
      answering.add(under);
      return under;
    };
  }

  return {
    async idle() {
      while (answering.size > 0) await Promise.all(answering);
    },
  };
}
