import type { App, BlockAction, GlobalShortcut, MessageShortcut, SlackEventMiddlewareArgs } from '@slack/bolt';
import type { Rooms } from '../../src/house.ts';
import { PRESS } from './blocks.ts';
import { conversation } from './conversation.ts';
import { clerk, type Desk } from './clerk.ts';
import { codeOf } from './faults.ts';
import { interactions } from './interactions.ts';
import { FORM } from './modal.ts';
import { isColleague } from './people.ts';
import { joinIn, OPEN_VOTE, PUT_EVIDENCE } from './receive.ts';

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
  const { command, press, submission, shortcut, evidence } = interactions(shared, verbs);
  const { mention, direct } = conversation(shared, verbs);

  app.command(/.*/, attended(command));
  app.action<BlockAction>({ type: 'block_actions', action_id: new RegExp(`^${PRESS}`) }, attended(press));
  app.view(FORM, attended(submission));
  app.shortcut<GlobalShortcut>({ type: 'shortcut', callback_id: OPEN_VOTE }, attended(shortcut));
  app.shortcut<MessageShortcut>({ type: 'message_action', callback_id: PUT_EVIDENCE }, attended(evidence));
  const heard: Readonly<Record<string, (args: never) => Promise<void>>> = {
    app_mention: mention,
    message: direct,
    app_home_opened: home,
    member_joined_channel: joined,
    channel_left: gone,
    group_left: gone,
    channel_rename: renamed,
    group_rename: renamed,
    user_change: changed,
    team_join: changed,
  };
  // One listener for all events: Bolt walks past every listener that there is at each ballot.
  app.event(
    /.*/,
    attended(async (args: Heard<string>) => await heard[args.event.type]?.(args as never)),
  );

  async function home({ event }: Heard<'app_home_opened'>): Promise<void> {
    if (event.tab === 'home') await shared.showHome(event.user);
  }

  async function joined({ event }: Heard<'member_joined_channel'>): Promise<void> {
    const { team, places, people } = desk();
    if (event.user === team.bot.user) return await places.joined(event.channel);
    // Where nobody has registered anything, nobody who joins is looked up or entered.
    if (!(await places.isKnown(event.channel))) return;
    people.ask(event.user, async (found) => {
      if (isColleague(found, team.installation.key)) await shared.handle(joinIn(event));
    });
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
