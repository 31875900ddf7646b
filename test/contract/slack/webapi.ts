import { type Block, unfitBlocks, unfitView, type View } from './limits.ts';
import { type Arguments, BOT, type Message, TEAM, type Workplace } from './workplace.ts';

/** Slack's answer to a call of its Web API. */
export function webApi(slack: Workplace, method: string, args: Arguments): object {
  return METHODS[method]?.(slack, args) ?? refused('unknown_method');
}

type Method = (slack: Workplace, args: Arguments) => object;

const METHODS: Readonly<Record<string, Method>> = {
  'auth.test': () => ({ ok: true, team_id: TEAM, team: 'Stand-in', user_id: BOT, user: 'offshoot', bot_id: 'B0OFFSHOOT' }),

  'apps.connections.open': (slack) => ({ ok: true, url: slack.apiUrl.replace('http', 'ws').replace('/api/', '/socket') }),

  'users.info'(slack, { user: id = '' }) {
    const user = slack.users.get(id);
    if (!user) return refused('user_not_found');
    return { ok: true, user: { id, team_id: TEAM, ...user, real_name: user.name, profile: { display_name: '', real_name: user.name } } };
  },

  'conversations.open': (slack, { users = '' }) =>
    slack.users.has(users) ? { ok: true, channel: { id: slack.im(users) } } : refused('user_not_found'),

  'conversations.info'(slack, { channel: id = '' }) {
    const channel = slack.channels.get(id);
    if (!channel) return refused('channel_not_found');
    return { ok: true, channel: { id, name: channel.name, is_member: channel.members.has(BOT) } };
  },

  'conversations.history': (slack, args) => history(slack, args, undefined),
  'conversations.replies': (slack, args) => history(slack, args, args['ts']),

  'files.getUploadURLExternal'(slack, { length = '', filename = '', ...others }) {
    if (Object.keys(others).some((name) => name !== 'token')) return refused('invalid_arguments', `no ${Object.keys(others).join()}`);
    if (!/^[1-9]\d*$/.test(length) || filename === '') return refused('invalid_arguments', 'a length and a filename');
    return { ok: true, ...slack.beginUpload(Number(length), filename) };
  },

  'files.completeUploadExternal'(slack, args) {
    if (args['channel_id'] || args['channels']) return refused('invalid_arguments', 'a picture of a card is shared by its card');
    const files = JSON.parse(args['files'] ?? '[]') as { id: string; title?: string }[];
    if (files.length === 0 || !files.every(({ id, title }) => slack.completeUpload(id, title ?? ''))) return refused('file_not_found');
    return { ok: true, files };
  },

  'chat.postMessage': (slack, args) => post(slack, args),
  'chat.postEphemeral': (slack, args) => post(slack, args, args['user']),

  'chat.update'(slack, args) {
    const message = own(slack, args);
    if (!message) return refused('message_not_found');
    if ((args['text'] ?? '').length > 4000) return refused('msg_too_long');
    const blocks = blocksIn(args);
    const unfit = unfitBlocks(blocks, 50) ?? slack.unknownFile(blocks);
    if (unfit) return refused('invalid_blocks', unfit);
    Object.assign(message, { text: args['text'], blocks });
    return { ok: true, ts: message.ts };
  },

  'chat.delete'(slack, args) {
    const message = own(slack, args);
    if (!message) return refused('message_not_found');
    slack.messages.splice(slack.messages.indexOf(message), 1);
    return { ok: true };
  },

  'views.open'(slack, args) {
    const view = viewIn(args);
    const unfit = unfitView(view) ?? slack.unknownFile(view.blocks);
    if (unfit) return refused('invalid_arguments', unfit);
    const trigger = slack.takeTrigger(args['trigger_id'] ?? '');
    if (!trigger) return refused('invalid_trigger_id');
    return trigger.user === undefined ? refused('exchanged_trigger_id') : { ok: true, view: slack.showModal(trigger.user, view) };
  },

  'views.update'(slack, args) {
    const open = [...slack.modals.values()].find((one) => one.id === args['view_id']);
    const unfit = unfitView(viewIn(args)) ?? slack.unknownFile(viewIn(args).blocks);
    if (unfit) return refused('invalid_arguments', unfit);
    return open ? { ok: true, view: slack.showModal(open.user, viewIn(args), open.id) } : refused('not_found');
  },

  'views.publish'(slack, args) {
    const view = viewIn(args);
    const unfit = unfitView(view) ?? slack.unknownFile(view.blocks);
    if (unfit) return refused('invalid_arguments', unfit);
    slack.homes.set(args['user_id']!, view);
    return { ok: true, view: { id: `V${args['user_id']}` } };
  },
};

function history(slack: Workplace, args: Arguments, thread: string | undefined): object {
  const { channel = '' } = args;
  const members = slack.channels.get(channel)?.members;
  if (!members?.has(BOT)) return refused(members ? 'not_in_channel' : 'channel_not_found');
  const messages = slack.messages.filter((one) => one.channel === channel && !one.only && one.thread_ts === thread).reverse();
  const told = messages.map(({ metadata, ...one }) => (args['include_all_metadata'] === 'true' ? { ...one, metadata } : one));
  return { ok: true, messages: told };
}

function post(slack: Workplace, args: Arguments, only?: string): object {
  const { channel = '', text = '', metadata, thread_ts } = args;
  const members = slack.channels.get(channel)?.members;
  if (!members?.has(BOT)) return refused(members ? 'not_in_channel' : 'channel_not_found');
  const blocks = blocksIn(args);
  const unfit = unfitBlocks(blocks, 50) ?? slack.unknownFile(blocks);
  if (unfit) return refused('invalid_blocks', unfit);
  if (text === '') return refused('no_text');
  const message = slack.say({
    channel,
    text,
    blocks,
    ...(metadata ? { metadata: JSON.parse(metadata) as NonNullable<Message['metadata']> } : {}),
    ...(thread_ts ? { thread_ts } : {}),
    ...(only === undefined ? {} : { only }),
  });
  return { ok: true, ts: message.ts, channel };
}

const own = (slack: Workplace, args: Arguments): Message | undefined =>
  slack.messages.find((one) => one.channel === args['channel'] && one.ts === args['ts'] && !one.only);

const blocksIn = (args: Arguments): Block[] => JSON.parse(args['blocks'] ?? '[]') as Block[];
const viewIn = (args: Arguments): View => JSON.parse(args['view']!) as View;

const refused = (error: string, why?: string): object => ({
  ok: false,
  error,
  ...(why === undefined ? {} : { response_metadata: { messages: [`[ERROR] ${why}`] } }),
});
