import { pathToFileURL } from 'node:url';
import { OPEN_VOTE, PUT_EVIDENCE } from '../adapters/slack/receive.ts';
import { verbs } from '../flows/index.ts';

/**
 * The manifest of the Slack app, derived from the commands so that it cannot drift from them: with the public address for HTTP
 * mode, without one for Socket Mode.
 */
export function slackManifest(host?: string): object {
  const url = host === undefined ? undefined : new URL('/slack/events', host).href;
  const sentTo = url === undefined ? {} : { url };
  const requests = url === undefined ? {} : { request_url: url };
  const commands = [
    ...verbs.filter((verb) => verb.slash).map(({ name, does, about }) => ({ command: `/${name}`, description: does, hint: about })),
    { command: '/offshoot', description: 'Shows what waits for you, and takes every other command.', hint: '[command]' },
  ];
  return {
    display_information: {
      name: 'Offshoot',
      description: 'Runs the decisions that decide whether an AI pilot lives',
      background_color: '#1f5f3f',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'Offshoot', always_online: true },
      shortcuts: [
        { name: 'Open a go/no-go vote', type: 'global', callback_id: OPEN_VOTE, description: 'A committee votes on an initiative' },
        { name: 'Put in as evidence', type: 'message', callback_id: PUT_EVIDENCE, description: 'What this says speaks for an initiative' },
      ],
      slash_commands: commands.map(({ command, description, hint }) => ({
        command,
        ...sentTo,
        description,
        ...(hint === undefined ? {} : { usage_hint: hint }),
        should_escape: false,
      })),
    },
    oauth_config: { scopes: { bot: Object.keys(SCOPES) } },
    settings: {
      event_subscriptions: { ...requests, bot_events: EVENTS },
      interactivity: { is_enabled: true, ...requests },
      org_deploy_enabled: false,
      socket_mode_enabled: url === undefined,
      token_rotation_enabled: false,
    },
  };
}

/** What the app may do, and what for. */
const SCOPES = {
  'app_mentions:read': 'commands in threads, by mention',
  'channels:history': 'looking for a message whose sending was in doubt before sending it again',
  'channels:read': 'the names of channels, and whether Offshoot was let in',
  'chat:write': 'cards and private answers',
  commands: 'slash commands and the shortcuts',
  'files:write': 'the pictures of cards, as files that only those see who see the card',
  'groups:history': 'as channels:history, in private channels',
  'groups:read': 'as channels:read, for private channels',
  'im:history': 'commands by direct message',
  'im:write': 'direct messages to those who are asked',
  'users:read': 'names and time zones, and whether a status says out of office',
};

const EVENTS = [
  'app_home_opened',
  'app_mention',
  'channel_left',
  'channel_rename',
  'group_left',
  'group_rename',
  'member_joined_channel',
  'message.im',
  'team_join',
  'user_change',
];

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.stdout.write(`${JSON.stringify(slackManifest(process.argv[2]), null, 2)}\n`);
