import type {
  BlockAction,
  GlobalShortcut,
  MessageShortcut,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackShortcutMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';
import { picked } from './answers.ts';
import { BROKEN, type Clerk, isAsking, NOT_OPENED } from './clerk.ts';
import { sayingView } from './modal.ts';
import { type ActionsBody, commandIn, evidenceIn, type MessageBody, pressIn, type SubmissionBody, submissionIn } from './receive.ts';
import { answerTo, type Said } from './reply.ts';
import type { Verb } from '../../src/commands.ts';
import type { Reply } from '../../src/event.ts';

const PRIVATE = { response_type: 'ephemeral', replace_original: false } as const;

/**
 * Answers to what people press and submit. What an input changes is durable before Slack is told that it came in, and until
 * then nothing waits for the network; the form opens after that.
 */
export function interactions(clerk: Clerk, verbs: readonly Verb[]) {
  const { handle, said, sentence, illustrate, openForm, sayInView, desk } = clerk;

  async function command({ body, ack, respond }: SlackCommandMiddlewareArgs): Promise<void> {
    const received = commandIn(body, verbs);
    const { user, where } = received;
    const reply = await handle(received);
    if (!isAsking(reply)) {
      await ack({ response_type: 'ephemeral', ...(await said(reply, user)) });
      return await illustrate(reply, user, (_, lacking) => respond({ ...PRIVATE, ...lacking }));
    }
    await ack();
    const opened = await openForm(body.trigger_id, reply, user);
    if (!opened) await respond({ ...PRIVATE, ...(await sentence(NOT_OPENED, user)) });
    else if (where && !(await desk().places.inside(where.address)))
      await respond({ ...PRIVATE, ...(await sentence(clerk.invitation(), user)) });
  }

  async function press({ body, ack, respond }: SlackActionMiddlewareArgs<BlockAction>): Promise<void> {
    const payload = body as unknown as ActionsBody;
    const received = pressIn(payload);
    const { user } = received;
    const reply = await handle(received);
    await ack();
    const { message_ts, thread_ts } = payload.container;
    const tell = (one: Said) => respond({ ...PRIVATE, ...one, ...(thread_ts === undefined ? {} : { thread_ts }) });
    if (isAsking(reply)) {
      if (!(await openForm(body.trigger_id, reply, user)) && message_ts !== undefined) await tell(await sentence(NOT_OPENED, user));
    } else if (message_ts === undefined) await sayInView(body.trigger_id, 'Offshoot', reply, user);
    else await tell(await said(reply, user));
    await clerk.showHome(user, 'again');
    if (message_ts !== undefined) await illustrate(reply, user, (_, lacking) => tell(lacking));
  }

  async function submission({ body, ack }: SlackViewMiddlewareArgs<ViewSubmitAction>): Promise<void> {
    const payload = body as unknown as SubmissionBody;
    const { id, title, state } = payload.view;
    const received = submissionIn(payload);
    const { user } = received;
    const reply = await handle(received);
    // The form stays open, so that nothing of what was typed is lost.
    if (reply === BROKEN) return await ack({ response_action: 'errors', errors: brokenAt(Object.keys(state.values)) });
    const answer = answerTo(
      reply,
      { title: title.text, values: state.values },
      ...(await clerk.castFor(reply, user)),
      await clerk.framed(reply),
    );
    await ack(answer);
    const { users, channels } = picked(state.values);
    desk().people.meet(users);
    await clerk.showHome(user, 'again');
    await illustrate(reply, user, ({ blocks }) => desk().team.client.views.update({ view_id: id, view: sayingView(title.text, blocks) }));
    if (reply.kind !== 'done' || answer.response_action !== 'update' || !(await anyOutside(channels))) return;
    const blocks = [...answer.view.blocks, ...(await sentence(clerk.invitation(), user)).blocks];
    await desk().team.client.views.update({ view_id: id, view: { ...answer.view, blocks } });
  }

  async function anyOutside(channels: readonly string[]): Promise<boolean> {
    for (const channel of channels) if (!(await desk().places.inside(channel))) return true;
    return false;
  }

  /** Slack's own menu: there is no conversation to answer in. */
  async function shortcut({ shortcut: { user, action_ts, trigger_id }, ack }: SlackShortcutMiddlewareArgs<GlobalShortcut>): Promise<void> {
    const reply = await handle({ cause: `slack shortcut ${user.id} ${action_ts}`, user: user.id, press: { to: 'vote', input: 'open' } });
    await ack();
    await openAny(trigger_id, reply, user.id, 'Open a vote');
  }

  /** The menu of a message, also in a channel that the bot is not in: nothing is posted there. */
  async function evidence({ shortcut: body, ack }: SlackShortcutMiddlewareArgs<MessageShortcut>): Promise<void> {
    const payload = body as unknown as MessageBody;
    const reply = await handle(evidenceIn(payload, await clerk.reading(payload.message.text ?? '')));
    await ack();
    await openAny(payload.trigger_id, reply, payload.user.id, 'Put in as evidence');
  }

  /** The form, or in its place what there is to say. */
  async function openAny(trigger: string, reply: Reply, user: string, title: string): Promise<void> {
    if (isAsking(reply)) await openForm(trigger, reply, user);
    else await sayInView(trigger, title, reply, user);
  }

  return { command, press, submission, shortcut, evidence };
}

const brokenAt = ([first = '']: readonly string[]): Record<string, string> => ({
  [first]: 'Something went wrong on our side, and nothing was changed. Please send it again.',
});
