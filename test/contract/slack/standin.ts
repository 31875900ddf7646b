import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Block, unfitBlocks, unfitView, type View } from './limits.ts';
import { sockets, type Sockets } from './socket.ts';
import { webApi } from './webapi.ts';
import { type Arguments, BOT, type File, type Message, type OpenView, type User, type Workplace } from './workplace.ts';

const SECRET = 'a signing secret of a stand-in';
/** Slack waits for three seconds; a test on a busy machine a little longer. */
const PATIENCE = 20_000;

/** How a call goes wrong: refused with a code, too often, or carried out with its answer lost. */
export interface Trouble {
  method: string;
  how: { error: string } | { wait: number } | 'lost' | 'hang';
}

type Kind = 'slash_commands' | 'interactive' | 'events_api';

/** A small Slack: the Web API over loopback HTTP, and deliveries by signed requests or Socket Mode. */
export class Standin implements Workplace {
  readonly users = new Map<string, User>();
  readonly channels = new Map<string, { name: string; members: Set<string>; im?: string }>();
  readonly messages: Message[] = [];
  readonly modals = new Map<string, OpenView>();
  readonly homes = new Map<string, View>();
  readonly files = new Map<string, File>();
  /** How many messages are refused that show a file just uploaded. */
  slowness = 0;
  readonly calls: { method: string; args: Arguments }[] = [];
  readonly troubles: Trouble[] = [];
  /** Calls that are waiting for an answer that will not come. */
  hanging = 0;
  /** Where requests are sent in HTTP mode. */
  requestUrl = '';
  readonly #triggers = new Map<string, string | undefined>();
  readonly #urls = new Map<string, { channel: string; user: string; left: number }>();
  #server!: Server;
  #sockets!: Sockets;
  #count = 0;

  async start(): Promise<void> {
    this.#server = createServer((request, response) => void this.#serve(request, response));
    this.#sockets = sockets(this.#server, PATIENCE);
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.#sockets.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get apiUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api/`;
  }

  environment(mode: 'http' | 'socket'): Record<string, string> {
    const common = { SLACK_API_URL: this.apiUrl, SLACK_BOT_TOKEN: 'xoxb-standin', SLACK_MODE: mode };
    return mode === 'http' ? { ...common, SLACK_SIGNING_SECRET: SECRET } : { ...common, SLACK_APP_TOKEN: 'xapp-standin' };
  }

  im(user: string): string {
    const known = [...this.channels].find(([, channel]) => channel.im === user)?.[0];
    if (known) return known;
    const id = `D${user.slice(1)}`;
    this.channels.set(id, { name: 'directmessage', members: new Set([user, BOT]), im: user });
    return id;
  }

  trigger(user: string): string {
    const id = `trigger.${randomUUID()}`;
    this.#triggers.set(id, user);
    return id;
  }

  takeTrigger(id: string): { user?: string } | undefined {
    if (!this.#triggers.has(id)) return undefined;
    const user = this.#triggers.get(id);
    this.#triggers.set(id, undefined);
    return user === undefined ? {} : { user };
  }

  responseUrl(channel: string, user: string): string {
    const id = randomUUID();
    this.#urls.set(id, { channel, user, left: 5 });
    return `${this.apiUrl}response/${id}`;
  }

  /** Takes a view away that a user closes. */
  closeModal(user: string): void {
    this.modals.delete(user);
  }

  showModal(user: string, view: View, id = `V${randomBytes(5).toString('hex').toUpperCase()}`): OpenView {
    const unfit = unfitView(view);
    if (unfit) throw new Error(`Slack would not show this view: ${unfit}`);
    const blocks = view.blocks.map((block, index) => ({ ...block, block_id: block.block_id ?? `b${index}` }));
    const shown: OpenView = { ...view, blocks, id, hash: `${this.#stamp()}.${randomBytes(4).toString('hex')}`, user };
    this.modals.set(user, shown);
    return shown;
  }

  refreshSockets(): void {
    this.#sockets.refresh();
  }

  socketConnected(): boolean {
    return this.#sockets.connected();
  }

  /** Delivers as Slack does, and gives back what the acknowledgement says. */
  async deliver(mode: 'http' | 'socket', kind: Kind, payload: object): Promise<unknown> {
    if (mode === 'socket') return await this.#sockets.deliver(kind, payload);
    const response = await this.post(...requestOf(kind, payload));
    if (response.status !== 200) throw new Error(`the product answered ${response.status}`);
    const text = await response.text();
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  }

  /** One request with its signature; the parts of it can be false. */
  async post(body: string, type: string, { age = 0, secret = SECRET, timestamp = '' } = {}): Promise<Response> {
    const stamp = timestamp || String(Math.floor(Date.now() / 1000) - age);
    const signature = `v0=${createHmac('sha256', secret).update(`v0:${stamp}:${body}`).digest('hex')}`;
    const headers = { 'content-type': type, 'x-slack-request-timestamp': stamp, 'x-slack-signature': signature };
    return await fetch(this.requestUrl, { method: 'POST', headers, body, signal: AbortSignal.timeout(PATIENCE) });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    const body = bytes.toString();
    const path = (request.url ?? '').replace('/api/', '');
    if (path.startsWith('upload/')) return this.#upload(path.slice(7), bytes, response);
    if (path.startsWith('response/')) return this.#respond(path.slice(9), JSON.parse(body) as Partial<Message>, response);
    const args = Object.fromEntries(new URLSearchParams(body));
    this.calls.push({ method: path, args });
    const index = this.troubles.findIndex((one) => one.method === path);
    const how = index < 0 ? undefined : this.troubles.splice(index, 1)[0]!.how;
    if (how === 'hang') {
      this.hanging += 1;
      return void response.on('close', () => (this.hanging -= 1));
    }
    if (typeof how === 'object' && 'wait' in how) return void response.writeHead(429, { 'retry-after': String(how.wait) }).end();
    const answer = typeof how === 'object' ? { ok: false, error: how.error } : webApi(this, path, args);
    if (how === 'lost') return void request.socket.destroy();
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  beginUpload(length: number, filename: string): { upload_url: string; file_id: string } {
    const file_id = `F${randomBytes(5).toString('hex').toUpperCase()}`;
    this.files.set(file_id, { length, filename, complete: false, young: this.slowness });
    return { upload_url: `${this.apiUrl}upload/${file_id}`, file_id };
  }

  #upload(id: string, bytes: Buffer, response: ServerResponse): void {
    const file = this.files.get(id);
    if (!file || file.bytes || bytes.length !== file.length) return void response.writeHead(400).end('not what was announced');
    file.bytes = bytes;
    response.writeHead(200).end(`OK - ${bytes.length}`);
  }

  completeUpload(id: string, title: string): boolean {
    const file = this.files.get(id);
    if (!file?.bytes || file.complete) return false;
    Object.assign(file, { title, complete: true });
    return true;
  }

  unknownFile(blocks: readonly Block[]): string | undefined {
    const at = blocks.findIndex(({ slack_file }) => slack_file && !this.#shows(slack_file.id ?? ''));
    return at < 0 ? undefined : `invalid slack file [json-pointer:/blocks/${at}/slack_file]`;
  }

  #shows(id: string): boolean {
    const file = this.files.get(id);
    return file?.complete === true && file.young-- <= 0;
  }

  #respond(id: string, said: Partial<Message>, response: ServerResponse): void {
    const url = this.#urls.get(id);
    if (!url || url.left-- <= 0) return void response.writeHead(404).end();
    const unfit = unfitBlocks(said.blocks ?? [], 50) ?? this.unknownFile(said.blocks ?? []);
    if (unfit) return void response.writeHead(400).end(unfit);
    this.say({ ...said, channel: url.channel, only: url.user });
    response.writeHead(200).end('ok');
  }

  say(said: Partial<Message> & { channel: string }): Message {
    const message = { ts: this.#stamp(), user: BOT, text: '', blocks: [], ...said };
    this.messages.push(message);
    return message;
  }

  #stamp(): string {
    this.#count += 1;
    return `${Math.floor(Date.now() / 1000)}.${String(this.#count).padStart(6, '0')}`;
  }
}

function requestOf(kind: Kind, payload: object): [body: string, type: string] {
  if (kind === 'events_api') return [JSON.stringify(payload), 'application/json'];
  const form = kind === 'interactive' ? { payload: JSON.stringify(payload) } : (payload as Record<string, string>);
  return [new URLSearchParams(form).toString(), 'application/x-www-form-urlencoded'];
}
