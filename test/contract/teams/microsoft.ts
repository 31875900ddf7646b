import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { identityService, isIssued } from './identity.ts';
import { Key } from './keys.ts';

export interface Account {
  id: string;
  name: string;
  aadObjectId: string;
  userRole?: 'user' | 'guest';
  tenantId?: string;
}

export interface Message {
  id: string;
  /** The message in whose thread it stands. */
  thread?: string;
  activity: { text?: string; summary?: string; entities?: object[]; attachments?: { contentType: string; content: any }[] };
  edits: number;
}

export interface Conversation {
  id: string;
  type: 'personal' | 'channel' | 'groupChat';
  name?: string;
  members: Account[];
  messages: Message[];
  installed: boolean;
}

/** What goes wrong with the next request that it fits. `accept`: it is carried out all the same. */
export interface Mishap {
  on: 'post' | 'edit' | 'create';
  status?: number;
  retryAfter?: number;
  reset?: true;
  accept?: true;
}

/** Microsoft on loopback: who signs and checks tokens, and the connector of Teams. As strict as the documentation says. */
export class Microsoft {
  readonly appId = randomUUID();
  readonly tenant = randomUUID();
  readonly team = { id: '19:team@thread.tacv2', name: 'Pilots' };
  readonly conversations = new Map<string, Conversation>();
  readonly mishaps: Mishap[] = [];
  /** Every request to the connector, as `post 19:…`. */
  readonly requests: string[] = [];
  /** Closes a connection that is used a second time, as one does that was idle for too long. */
  impatient = false;
  readonly signing = new Key('channel');
  readonly #server: Server;
  readonly #used = new WeakSet<object>();
  #last = 1_700_000_000_000;

  constructor() {
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static async start(): Promise<Microsoft> {
    const microsoft = new Microsoft();
    await new Promise<void>((resolve) => microsoft.#server.listen(0, '127.0.0.1', resolve));
    await identityService();
    return microsoft;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get serviceUrl(): string {
    return `${this.url}/emea/`;
  }

  /** The environment of a bot that is known here. */
  get environment(): Record<string, string> {
    return {
      MicrosoftAppId: this.appId,
      MicrosoftAppType: 'UserAssignedMSI',
      MicrosoftAppTenantId: this.tenant,
      TEAMS_SERVICE_HOSTS: new URL(this.url).host,
      ToChannelFromBotLoginUrl: `https://login.microsoftonline.com/${this.tenant}`,
      ToChannelFromBotOAuthScope: 'https://api.botframework.com',
      ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
      ToBotFromChannelOpenIdMetadataUrl: `${this.url}/openid`,
      ToBotFromEmulatorOpenIdMetadataUrl: `${this.url}/openid`,
      OAuthUrl: 'https://token.botframework.com',
      CallerId: 'urn:botframework:azure',
      ValidateAuthority: 'true',
    };
  }

  /** What Teams sends with an activity. */
  token(claims: object = {}, key = this.signing): string {
    const now = Math.floor(Date.now() / 1000);
    return key.token({
      iss: 'https://api.botframework.com',
      aud: this.appId,
      serviceurl: this.serviceUrl,
      nbf: now - 60,
      exp: now + 3600,
      ...claims,
    });
  }

  open(conversation: Omit<Conversation, 'messages' | 'installed'>): Conversation {
    const opened = { ...conversation, messages: [], installed: true };
    this.conversations.set(opened.id, opened);
    return opened;
  }

  nextId(): string {
    this.#last += 1;
    return String(this.#last);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const sent = Buffer.concat(chunks).toString();
    const url = new URL(request.url ?? '/', this.url);
    const answer = (status: number, body: object = {}, headers: Record<string, string> = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    if (url.pathname === '/openid')
      return void answer(200, {
        issuer: 'https://api.botframework.com',
        jwks_uri: `${this.url}/keys`,
        id_token_signing_alg_values_supported: ['RS256'],
      });
    if (url.pathname === '/keys') return void answer(200, { keys: [this.signing.jwk] });
    if (!isIssued(request.headers.authorization)) return void answer(401, { error: { code: 'Unauthorized' } });
    if (this.impatient && this.#used.has(request.socket)) return void request.socket.destroy();
    this.#used.add(request.socket);
    this.#connect(request, url, sent ? JSON.parse(sent) : {}, answer);
  }

  /** The connector's own paths: `/emea/v3/conversations/{conversation}/activities/{activity}` and what else a bot asks for. */
  #connect(
    request: IncomingMessage,
    url: URL,
    body: any,
    answer: (status: number, body?: object, headers?: Record<string, string>) => unknown,
  ): void {
    const [prefix, version, area, full = '', part, item] = url.pathname.slice(1).split('/').map(decodeURIComponent);
    if (prefix !== 'emea' || version !== 'v3') return void answer(404, { error: { code: 'NotFound' } });
    if (area === 'teams') return void answer(200, part === 'conversations' ? { conversations: this.#channels() } : this.team);
    const [id = '', thread] = full.split(';messageid=');
    const kind =
      full === '' ? 'create' : part === 'activities' ? ({ POST: 'post', PUT: 'edit', DELETE: 'remove' } as const)[request.method!] : part;
    this.requests.push(`${kind} ${id}`);
    const mishap = this.mishaps.findIndex((one) => one.on === kind);
    if (mishap >= 0) {
      const [{ accept, reset, status = 500, retryAfter }] = this.mishaps.splice(mishap, 1) as [Mishap];
      if (accept) this.#carryOut(kind, id, thread, item, body, () => undefined);
      if (reset) return void request.socket.destroy();
      return void answer(status, { error: { code: 'Mishap' } }, retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) });
    }
    this.#carryOut(kind, id, thread, item, body, answer);
  }

  #carryOut(
    kind: string | undefined,
    id: string,
    thread: string | undefined,
    item: string | undefined,
    body: any,
    answer: (status: number, body?: object) => unknown,
  ): void {
    if (kind === 'create') return this.#create(body, answer);
    const conversation = this.conversations.get(id);
    if (!conversation) return void answer(404, { error: { code: 'ConversationNotFound' } });
    if (!conversation.installed) return void answer(403, { error: { code: 'BotNotInConversationRoster' } });
    if (kind === 'pagedmembers')
      return void answer(200, { members: conversation.members.map(({ aadObjectId, ...rest }) => ({ ...rest, objectId: aadObjectId })) });
    if (kind === 'members') {
      const member = conversation.members.find((one) => one.id === item);
      if (!member) return void answer(404, { error: { code: 'MemberNotFoundInConversation' } });
      const { aadObjectId, ...rest } = member;
      return void answer(200, { tenantId: this.tenant, userRole: 'user', ...rest, objectId: aadObjectId });
    }
    if (JSON.stringify(body).length > 28_000) return void answer(413, { error: { code: 'MessageSizeTooBig' } });
    if (kind === 'post') {
      const message = { id: this.nextId(), activity: body, edits: 0, ...(thread ? { thread } : {}) };
      conversation.messages.push(message);
      return void answer(201, { id: message.id });
    }
    const message = conversation.messages.find((one) => one.id === item);
    if (!message) return void answer(404, { error: { code: 'ActivityNotFoundInConversation' } });
    if (kind === 'remove') conversation.messages.splice(conversation.messages.indexOf(message), 1);
    else {
      message.activity = body;
      message.edits += 1;
    }
    answer(200, { id: message.id });
  }

  #create(
    { members, tenantId }: { members?: { id: string }[]; tenantId?: string },
    answer: (status: number, body?: object) => unknown,
  ): void {
    const everybody = [...this.conversations.values()].flatMap((one) => (one.installed ? one.members : []));
    const account = everybody.find((one) => one.id === members?.[0]?.id || one.aadObjectId === members?.[0]?.id);
    if (tenantId !== this.tenant || members?.length !== 1) return void answer(400, { error: { code: 'BadSyntax' } });
    if (!account) return void answer(403, { error: { code: 'ForbiddenOperationException' } });
    const id = `a:${account.id}`;
    if (!this.conversations.has(id)) this.open({ id, type: 'personal', members: [account] });
    answer(201, { id });
  }

  #channels(): { id: string; name?: string }[] {
    return [...this.conversations.values()]
      .filter((one) => one.type === 'channel')
      .map(({ id, name }) => ({ id, ...(name === undefined ? {} : { name }) }));
  }
}
