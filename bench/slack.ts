import { createHmac } from 'node:crypto';
import { Agent, createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TEAM } from './voters.ts';

export const SECRET = 'bench-signing-secret';

/** The environment that points the product at this bench's Slack. */
export const slackEnv = (api: string): Record<string, string> => ({
  SLACK_MODE: 'http',
  SLACK_BOT_TOKEN: 'xoxb-bench',
  SLACK_APP_TOKEN: '',
  SLACK_SIGNING_SECRET: SECRET,
  SLACK_API_URL: api,
  LOG_LEVEL: 'fatal',
  HOST: '127.0.0.1',
  PORT: '0',
});

interface View {
  id: string;
  hash: string;
  callback_id?: string;
  private_metadata: string;
  blocks: { block_id?: string; type: string; element?: { type: string; action_id: string; initial_option?: object } }[];
}

export interface SlackApi {
  url: string;
  /** The next view that the product opens. */
  nextView(): Promise<View>;
  close(): Promise<void>;
}

/** As much of Slack's Web API as the product calls here: it says yes to everything and hands over the views. */
export async function slackApi(): Promise<SlackApi> {
  let taker: ((view: View) => void) | undefined;
  let count = 0;
  const server: Server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const method = incoming.url!.split('/').at(-1);
      const body = new URLSearchParams(Buffer.concat(chunks).toString());
      if (method === 'views.open') taker?.({ ...(JSON.parse(body.get('view')!) as View), id: `V${++count}`, hash: `h${count}` });
      const answer = {
        ok: true,
        team_id: TEAM,
        team: 'Bench',
        user_id: 'U0BOT',
        bot_id: 'B0',
        ts: `${1_700_000_000 + ++count}.000100`,
        channel: { id: 'C0BENCH', is_member: true },
        user: {},
        messages: [],
        url: 'https://bench.slack.com/',
      };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    nextView: () =>
      new Promise((resolve, reject) => {
        taker = resolve;
        setTimeout(() => reject(new Error('no view was opened within ten seconds')), 10_000).unref();
      }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const agent = new Agent({ keepAlive: true, maxSockets: 50 });

export interface Answered {
  status: number;
  /** Milliseconds from the request to the whole answer. */
  after: number;
  body: string;
}

/** One signed request to `/slack/events`, as Slack sends an interaction. */
export function send(url: string, payload: object): Promise<Answered> {
  return post(url, `payload=${encodeURIComponent(JSON.stringify(payload))}`);
}

/** One signed slash command. */
export function command(url: string, user: string, words: string): Promise<Answered> {
  const [name = '', ...rest] = words.split(' ');
  const form = {
    command: name,
    text: rest.join(' '),
    team_id: TEAM,
    user_id: user,
    user_name: user,
    channel_id: 'C0BENCH',
    channel_name: 'bench',
    trigger_id: `${Date.now()}.${Math.random()}`,
    response_url: 'http://127.0.0.1:1/',
  };
  return post(url, new URLSearchParams(form).toString());
}

function post(url: string, body: string): Promise<Answered> {
  const timestamp = Math.floor(Date.now() / 1000);
  const signature = `v0=${createHmac('sha256', SECRET).update(`v0:${timestamp}:${body}`).digest('hex')}`;
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': signature,
  };
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const outgoing = request(`${url}/slack/events`, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode!, after: performance.now() - begun, body: Buffer.concat(chunks).toString() }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** The press of a button on a message of the bot. */
export const press = (user: string, address: string): object => ({
  type: 'block_actions',
  team: { id: TEAM },
  user: { id: user, username: user, team_id: TEAM },
  api_app_id: 'A0',
  trigger_id: `${Date.now()}.${Math.random()}`,
  container: { type: 'message', message_ts: '1700000000.000100', channel_id: 'C0BENCH' },
  channel: { id: 'C0BENCH', name: 'bench' },
  message: { ts: '1700000000.000100' },
  actions: [{ type: 'button', action_id: 'press-1', block_id: 'b', value: address, action_ts: `${Date.now() / 1000}` }],
});

/** A view sent as it stands, every choice as it was preset. Whose ballot it is and its number are left out, so that one view serves many voters. */
export function submission(user: string, view: View, hash: string): object {
  const inputs = view.blocks.filter((block) => block.element);
  const values = Object.fromEntries(
    inputs.map(({ block_id, element }) => [
      block_id,
      { [element!.action_id]: { type: element!.type, selected_option: element!.initial_option ?? null, value: null } },
    ]),
  );
  const { seen: _, press: address, ...metadata } = JSON.parse(view.private_metadata) as { seen?: number; press: string };
  const [to, input] = address.split(' ');
  return {
    type: 'view_submission',
    team: { id: TEAM },
    user: { id: user, username: user, team_id: TEAM },
    api_app_id: 'A0',
    trigger_id: '1.1',
    view: {
      ...view,
      hash,
      type: 'modal',
      team_id: TEAM,
      app_id: 'A0',
      bot_id: 'B0',
      private_metadata: JSON.stringify({ ...metadata, press: `${to} ${input}` }),
      state: { values },
    },
    response_urls: [],
  };
}
