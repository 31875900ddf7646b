import { describe, expect, it } from 'vitest';
import { ConfigFault, readConfig } from '../../src/config.ts';

describe('the environment', () => {
  it('serves the local workspace on loopback when nothing is set', () => {
    expect(readConfig({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      database: './data/offshoot.db',
      local: true,
      clock: 'system',
      slack: undefined,
      teams: undefined,
    });
  });

  it('takes an empty variable as absent', () => {
    expect(readConfig({ PORT: '', SLACK_BOT_TOKEN: '' })).toMatchObject({ port: 3000, slack: undefined });
  });

  it.each([
    [{ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }, 'socket'],
    [{ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' }, 'http'],
    [{ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1', SLACK_SIGNING_SECRET: 's', SLACK_MODE: 'http' }, 'http'],
  ])('%j → Slack by %s, and no local workspace', (env, mode) => {
    expect(readConfig(env)).toMatchObject({ slack: { mode }, local: false });
  });

  it.each<[string, Record<string, string>, string[]]>([
    ['a port that is none', { PORT: 'eighty' }, ['PORT', '“eighty”', '3000']],
    ['two mistakes at once', { PORT: '-1', LOG_LEVEL: 'loud' }, ['PORT', 'LOG_LEVEL', '“loud”']],
    [
      'a token of another kind, without showing it',
      { SLACK_BOT_TOKEN: 'xoxp-secret' },
      ['SLACK_BOT_TOKEN', 'xoxb-', 'OAuth & Permissions'],
    ],
    ['socket mode without its token', { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_MODE: 'socket' }, ['SLACK_APP_TOKEN', 'socket mode']],
    ['http mode without its secret', { SLACK_BOT_TOKEN: 'xoxb-1' }, ['SLACK_SIGNING_SECRET', 'Basic Information']],
    ['an app without a password', { MicrosoftAppId: 'a', MicrosoftAppTenantId: 't' }, ['MicrosoftAppPassword']],
    ['a single-tenant app without a tenant', { MicrosoftAppId: 'a', MicrosoftAppPassword: 'p' }, ['MicrosoftAppTenantId', 'SingleTenant']],
    ['Teams without authentication beyond loopback', { HOST: '0.0.0.0', TEAMS_SERVICE_HOSTS: 'x:1' }, ['MicrosoftAppId', 'authentication']],
    ['the local workspace beyond loopback', { HOST: '0.0.0.0' }, ['HOST', 'loopback']],
    ['a network without an address', { HOST: '0.0.0.0', SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' }, ['OFFSHOOT_PUBLIC_URL']],
    [
      'a manual clock with a messenger',
      { OFFSHOOT_CLOCK: 'manual', SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' },
      ['OFFSHOOT_CLOCK', 'manual'],
    ],
    ['another database', { DATABASE_URL: 'mysql://x' }, ['DATABASE_URL', 'file:']],
  ])('refuses %s', (_, env, words) => {
    let message = '';
    try {
      readConfig(env);
    } catch (fault) {
      expect(fault).toBeInstanceOf(ConfigFault);
      message = (fault as Error).message;
    }
    for (const word of words) expect(message).toContain(word);
    expect(message).not.toContain('secret-');
    expect(message).not.toContain('xoxp-secret');
  });
});
