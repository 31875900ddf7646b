import { afterEach, describe, expect, it } from 'vitest';
import { CHANNELS, type SlackClient, startedClient, userOf } from './client.ts';

const JSON_TYPE = 'application/json';

let client: SlackClient;
afterEach(async () => {
  await client.stop();
});

describe('the gate of Slack’s HTTP mode', () => {
  const hello = JSON.stringify({ type: 'url_verification', challenge: 'abc' });
  const status = async (...of: Parameters<SlackClient['slack']['post']>) => (await client.slack.post(...of)).status;

  it('lets Slack in, within five minutes of our time in either direction', async () => {
    client = await startedClient('http');
    expect(await (await client.slack.post(hello, JSON_TYPE)).json()).toEqual({ challenge: 'abc' });
    expect(await status(hello, JSON_TYPE, { age: 290 })).toBe(200);
    expect(await status(hello, JSON_TYPE, { age: -290 })).toBe(200);
    expect(await status(hello, JSON_TYPE, { age: 310 })).toBe(401);
    expect(await status(hello, JSON_TYPE, { age: -310 })).toBe(401);
  });

  it('refuses a forger, whatever is sent', async () => {
    client = await startedClient('http');
    expect(await status(hello, JSON_TYPE, { secret: 'another' })).toBe(401);
    expect(await status(hello, JSON_TYPE, { timestamp: 'soon' })).toBe(401);
    const naked = { method: 'POST', headers: { 'content-type': JSON_TYPE }, body: '{}' };
    expect((await fetch(client.slack.requestUrl, naked)).status).toBe(401);
    const press = client.people.command(userOf('PM'), CHANNELS['steering-committee'], '/initiative Forged').payload as Record<
      string,
      string
    >;
    expect(await status(new URLSearchParams(press).toString(), 'application/x-www-form-urlencoded', { secret: 'another' })).toBe(401);
    expect(client.slack.calls.some(({ method }) => method === 'views.open')).toBe(false);
  });

  it('answers 400 to what is no payload, 404 to other addresses, and stays alive', async () => {
    client = await startedClient('http');
    for (const body of [
      '{}',
      'null',
      '[]',
      '"x"',
      '',
      '{',
      '{"type":"nonsense"}',
      '{"type":"event_callback"}',
      '{"type":"event_callback","event":{}}',
    ])
      expect([body, await status(body, JSON_TYPE)]).toEqual([body, 400]);
    for (const body of ['payload=null', 'payload=%7B', 'payload=%7B%7D', 'other=1'])
      expect([body, await status(body, 'application/x-www-form-urlencoded')]).toEqual([body, 400]);
    expect((await fetch(`${client.house.url}/slack/other`, { method: 'POST', body: '{}' })).status).toBe(404);
    expect((await fetch(client.slack.requestUrl)).status).toBe(404);
    expect(await status(hello, JSON_TYPE)).toBe(200);
  });
});
