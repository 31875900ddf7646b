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
});
