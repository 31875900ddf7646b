import type { App, BlockAction, GlobalShortcut, SlackEventMiddlewareArgs } from '@slack/bolt';
import type { Rooms } from '../../src/house.ts';
import { PRESS } from './blocks.ts';
import { conversation } from './conversation.ts';
import { clerk, type Desk } from './clerk.ts';
import { codeOf } from './faults.ts';
import { interactions } from './interactions.ts';
import { FORM } from './modal.ts';
import { OPEN_VOTE } from './receive.ts';

export interface Reception {
  /** Resolves when everything that has come in by now is answered. */
  idle(): Promise<void>;
}

type Heard<Name extends string> = SlackEventMiddlewareArgs<Name>;

/** Says who answers what Slack sends. Bolt acknowledges events by itself; the rest acknowledges what it answers. */
export function reception(app: App, rooms: Rooms, desk: () => Desk): Reception {
  const { verbs, log } = rooms;
  const answering = new Set<Promise<void>>();
  const shared = clerk(rooms, desk);
  const { command, press, submission, shortcut } = interactions(shared, verbs);
  const { mention, direct } = conversation(shared, verbs);

  app.command(/.*/, attended(command));
  app.action<BlockAction>({ type: 'block_actions', action_id: new RegExp(`^${PRESS}`) }, attended(press));
  app.view(FORM, attended(submission));
  app.shortcut<GlobalShortcut>({ type: 'shortcut', callback_id: OPEN_VOTE }, attended(shortcut));
  app.event('app_mention', attended(mention));
  app.message(attended(direct));

  app.event('app_home_opened', attended(home));
  app.event('member_joined_channel', attended(joined));
  for (const left of ['channel_left', 'group_left'] as const) app.event(left, attended(gone));
  for (const change of ['channel_rename', 'group_rename'] as const) app.event(change, attended(renamed));
  for (const change of ['user_change', 'team_join'] as const) app.event(change, attended(changed));

  async function home({ event }: Heard<'app_home_opened'>): Promise<void> {
    if (event.tab === 'home') await shared.showHome(event.user);
  }

  async function joined({ event }: Heard<'member_joined_channel'>): Promise<void> {
    if (event.user === desk().team.bot.user) await desk().places.joined(event.channel);
  }

  async function gone({ event }: Heard<'channel_left' | 'group_left'>): Promise<void> {
    desk().places.left(event.channel);
  }

  async function renamed({ event }: Heard<'channel_rename' | 'group_rename'>): Promise<void> {
    await desk().places.renamed(event.channel.id, event.channel.name);
  }

  async function changed({ event }: Heard<'user_change' | 'team_join'>): Promise<void> {
    await desk().people.changed(event.user);
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
      await Promise.all(answering);
    },
  };
}
