import { type Address, addressOf } from '../../src/card.ts';
import { addressMeant, type Verb } from '../../src/commands.ts';
import type { Event } from '../../src/event.ts';
import { type Refused, refused } from '../../src/flow.ts';
import { MAX } from '../../src/form.ts';
import { excerpt, text } from '../../src/text.ts';
import { picked, rawOf, type Values } from './answers.ts';
import type { Slip } from './modal.ts';
import { unescaped } from './text.ts';

/** What a payload of Slack asks for, in the core's words; who it is for and when it came is added by the reception. */
export interface Received {
  cause: string;
  user: string;
  where?: { address: string; name?: string };
  press: Address | Refused;
  answers?: NonNullable<Event['answers']>;
  given?: NonNullable<Event['given']>;
  reported?: true;
}

/** The callback id of the shortcut in Slack's own menu. */
export const OPEN_VOTE = 'open_vote';

/** The callback id of the shortcut in the menu of each message. */
export const PUT_EVIDENCE = 'put_evidence';

export interface CommandBody {
  team_id: string;
  channel_id: string;
  channel_name: string;
  user_id: string;
  command: string;
  text?: string;
  trigger_id: string;
}

export interface ActionsBody {
  team: { id: string } | null;
  user: { id: string };
  trigger_id: string;
  channel?: { id: string; name: string };
  container: { message_ts?: string; thread_ts?: string; view_id?: string };
  view?: { id: string; type: string };
  actions: readonly { action_id: string; action_ts: string; value?: string }[];
}

export interface SubmissionBody {
  team: { id: string } | null;
  user: { id: string };
  view: { id: string; hash: string; title: { text: string }; private_metadata: string; state: { values: Values } };
}

/** The shortcut in the menu of a message. */
export interface MessageBody {
  team: { id: string; domain?: string } | null;
  user: { id: string };
  trigger_id: string;
  action_ts: string;
  channel: { id: string; name: string };
  message: {
    ts?: string;
    thread_ts?: string;
    text?: string | null;
    files?: readonly { title?: string | null; name?: string | null }[];
  };
}

/** A mention or a direct message. */
export interface Words {
  user?: string;
  channel: string;
  text?: string;
  ts: string;
  thread_ts?: string;
}

export function commandIn(body: CommandBody, verbs: readonly Verb[]): Received {
  return {
    cause: `slack command ${body.trigger_id}`,
    user: body.user_id,
    ...whereOf(body.channel_id, body.channel_name),
    press: addressMeant(`${body.command} ${unescaped(body.text ?? '')}`, verbs),
  };
}

export function pressIn(body: ActionsBody): Received {
  const [action] = body.actions;
  const on = body.container.message_ts ?? body.container.view_id ?? '';
  return {
    cause: `slack press ${body.team?.id} ${body.user.id} ${on} ${action?.action_ts}`,
    user: body.user.id,
    ...(body.channel ? whereOf(body.channel.id, body.channel.name) : {}),
    press: addressOf(action?.value ?? '') ?? OLD,
  };
}

export function submissionIn({ user, view }: SubmissionBody): Received {
  const slip = slipOf(view.private_metadata);
  const { users, channels } = picked(view.state.values);
  return {
    cause: `slack form ${view.id} ${view.hash}`,
    user: user.id,
    press: addressOf(slip?.press ?? '') ?? OLD,
    answers: {
      raw: rawOf(view.state.values),
      picked: [...users, ...channels],
      ...(slip ? { shape: slip.shape } : {}),
      ...(slip?.seen === undefined ? {} : { seen: slip.seen }),
    },
  };
}

/** The form for evidence with the message in it; `read` makes its text what people see of it. */
export function evidenceIn(body: MessageBody, read: (said: string) => string): Received {
  const { user, action_ts, channel, message, team } = body;
  const files = (message.files ?? []).map(({ title, name }) => title || name || '');
  const says = excerpt(
    [read(message.text ?? ''), ...files]
      .filter((one) => one.trim() !== '')
      .join('\n')
      .trim(),
    MAX.text,
  );
  return {
    cause: `slack shortcut ${user.id} ${action_ts}`,
    user: user.id,
    ...whereOf(channel.id, channel.name),
    press: { to: 'evidence', input: 'open' },
    given: { says, link: permalink(team?.domain, channel.id, message) },
  };
}

/** Slack saw somebody join a channel. */
export function joinIn({ channel, user, event_ts }: { channel: string; user: string; event_ts: string }): Received {
  return {
    cause: `slack joined ${channel} ${user} ${event_ts}`,
    user,
    where: { address: channel },
    press: { to: 'introduction', input: 'open' },
    reported: true,
  };
}

/** The same words as after a slash, for threads, where Slack takes no commands, and for direct messages. */
export function wordsIn(said: Words & { user: string }, bot: string, verbs: readonly Verb[]): Received {
  const own = said.text?.replaceAll(new RegExp(`<@${bot}(\\|[^>]*)?>`, 'g'), ' ') ?? '';
  const read = own.replaceAll(/<[#@!][^|>]*\|([^>]*)>/g, '$1').replaceAll(/<([^|>]*)(\|[^>]*)?>/g, '$1');
  return {
    cause: `slack words ${said.channel} ${said.ts}`,
    user: said.user,
    ...(said.channel.startsWith('D') ? {} : { where: { address: said.channel } }),
    press: addressMeant(unescaped(read), verbs),
  };
}

const OLD = refused(text`This button is of an older version of Offshoot. Ask for the card again with ${'/offshoot'}.`);

/** A conversation of two or a few people is no channel, and Slack does not say the name of a private one. */
function whereOf(address: string, name: string): { where?: { address: string; name?: string } } {
  if (name === 'directmessage' || name.startsWith('mpdm-')) return {};
  return { where: { address, ...(name === 'privategroup' || name === '' ? {} : { name }) } };
}

/** Slack's own address of a message, which it makes of these parts: asking for it would take the time that a form has to open. */
function permalink(domain: string | undefined, channel: string, { ts, thread_ts }: MessageBody['message']): string | undefined {
  if (!domain || !ts || !/^[a-z0-9-]+(\.[a-z0-9-]+)*$/i.test(domain)) return undefined;
  const thread = thread_ts && thread_ts !== ts ? `?thread_ts=${thread_ts}&cid=${channel}` : '';
  return `https://${domain}.slack.com/archives/${channel}/p${ts.replace('.', '')}${thread}`;
}

function slipOf(metadata: string): Slip | undefined {
  try {
    return JSON.parse(metadata) as Slip;
  } catch {
    return undefined;
  }
}
