import { describe, expect, it } from 'vitest';
import { verbs } from '../../../flows/index.ts';
import { slackManifest } from '../../../manifest/slack.ts';

describe('the manifest', () => {
  it('has every command, and an address only in HTTP mode', () => {
    const manifest = (host?: string) =>
      JSON.parse(JSON.stringify(slackManifest(host))) as {
        features: { slash_commands: { command: string; url?: string }[] };
        settings: { socket_mode_enabled: boolean };
      };
    const commands = [...verbs.filter((verb) => verb.slash).map((verb) => `/${verb.name}`), '/offshoot'];
    expect(manifest().features.slash_commands.map(({ command }) => command)).toEqual(commands);
    expect(JSON.stringify(manifest())).not.toContain('url');
    expect(manifest().settings.socket_mode_enabled).toBe(true);
    const http = manifest('https://offshoot.example.com');
    expect(http.features.slash_commands.every(({ url }) => url === 'https://offshoot.example.com/slack/events')).toBe(true);
    expect(http.settings).toMatchObject({
      socket_mode_enabled: false,
      interactivity: { request_url: 'https://offshoot.example.com/slack/events' },
      event_subscriptions: { request_url: 'https://offshoot.example.com/slack/events' },
    });
  });

  it('puts a shortcut into the menu of each message, and is told who joins a channel', () => {
    const { features, settings, oauth_config } = slackManifest() as {
      features: { shortcuts: { name: string; type: string; callback_id: string; description: string }[] };
      settings: { event_subscriptions: { bot_events: string[] } };
      oauth_config: { scopes: { bot: string[] } };
    };
    expect(features.shortcuts).toContainEqual({
      name: 'Put in as evidence',
      type: 'message',
      callback_id: 'put_evidence',
      description: expect.any(String),
    });
    for (const { name, description } of features.shortcuts) expect([name.length <= 24, description.length <= 150]).toEqual([true, true]);
    expect(settings.event_subscriptions.bot_events).toContain('member_joined_channel');
    expect(oauth_config.scopes.bot).toEqual(expect.arrayContaining(['commands', 'users:read', 'channels:read', 'groups:read']));
  });
});
