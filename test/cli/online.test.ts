import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { run } from '../../src/cli.ts';
import { newFile } from '../core/folder.ts';

const SECRET = 'a-secret-of-the-tests';

describe('doctor --online', () => {
  let server: Server | undefined;
  afterEach(() => void server?.close());

  /** A platform that takes only the right token; where it listens. */
  async function platform(): Promise<string> {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (data) => (body += String(data)));
      request.on('end', () => {
        const right =
          request.headers.authorization === `Bearer xoxb-${SECRET}` || new URLSearchParams(body).get('client_secret') === SECRET;
        const slack = request.url === '/api/auth.test';
        const answer = slack
          ? right
            ? { ok: true, team: 'Team', user: 'offshoot' }
            : { ok: false, error: 'invalid_auth' }
          : right
            ? { access_token: 'x' }
            : { error: 'invalid_client' };
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      });
    });
    await new Promise<void>((resolve) => void server!.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async function doctor(env: Record<string, string>): Promise<{ out: string; findings: { check: string; ok: boolean; says: string }[] }> {
    let out = '';
    const terminal = { env: { DATABASE_URL: `file:${newFile()}`, ...env }, out: (text: string) => void (out += text), err: () => {} };
    await run(['doctor', '--online', '--json'], terminal);
    return { out, findings: JSON.parse(out).findings };
  }

  const slack = (url: string, token: string) => ({ SLACK_BOT_TOKEN: token, SLACK_SIGNING_SECRET: 's', SLACK_API_URL: `${url}/api/` });
  const teams = (url: string, password: string) => ({
    MicrosoftAppId: 'app',
    MicrosoftAppPassword: password,
    MicrosoftAppTenantId: 'tenant',
    ToChannelFromBotLoginUrl: `${url}/tenant`,
  });

  it.each([
    ['Slack', 'slack online', (url: string) => slack(url, `xoxb-${SECRET}`), 'Slack knows the bot as offshoot in Team'],
    ['Teams', 'teams online', (url: string) => teams(url, SECRET), 'Microsoft gives the bot a token'],
  ])('finds that %s takes the token', async (_, check, env, words) => {
    const { findings, out } = await doctor(env(await platform()));
    expect(findings.find((finding) => finding.check === check)).toMatchObject({ ok: true, says: expect.stringContaining(words) });
    expect(out).not.toContain(SECRET);
  });

  it.each([
    ['Slack', 'slack online', (url: string) => slack(url, 'xoxb-wrong'), 'invalid_auth', 'OAuth & Permissions'],
    ['Teams', 'teams online', (url: string) => teams(url, 'wrong'), 'invalid_client', 'MicrosoftAppPassword'],
  ])('names a token that %s refuses, and where the right one is', async (_, check, env, why, next) => {
    const { findings } = await doctor(env(await platform()));
    expect(findings.find((finding) => finding.check === check)).toMatchObject({
      ok: false,
      says: expect.stringContaining(why),
      next: expect.stringContaining(next),
    });
  });

  it('says so when a platform cannot be reached', async () => {
    const url = await platform();
    await new Promise((resolve) => server!.close(resolve));
    const { findings } = await doctor(slack(url, `xoxb-${SECRET}`));
    expect(findings.find((finding) => finding.check === 'slack online')).toMatchObject({
      ok: false,
      says: expect.stringContaining('does not answer'),
    });
  });
});
