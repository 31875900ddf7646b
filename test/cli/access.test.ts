import { readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pino } from 'pino';
import { cardText } from '../../src/card.ts';
import { run } from '../../src/cli.ts';
import type { Reply } from '../../src/event.ts';
import { signature } from '../../src/webhooks.ts';
import { words } from '../core/house.ts';
import { aDesk } from './desk.ts';
import { type Inhabited, openHouse } from './house.ts';
import { printed } from './printed.ts';

const desk = aDesk();

let other: Server;
let host = '';
let got: { headers: IncomingHttpHeaders; body: string }[] = [];
let answer = 204;
let inhabited: Inhabited;
let logged = '';

beforeEach(async () => {
  [got, answer, logged] = [[], 204, ''];
  other = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      got.push({ headers: request.headers, body });
      response.writeHead(answer).end();
    });
  });
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  host = `127.0.0.1:${(other.address() as AddressInfo).port}`;
  const log = pino({ level: 'trace' }, { write: (line: string) => void (logged += line) });
  inhabited = await openHouse(desk.file, log, { OFFSHOOT_WEBHOOK_HOSTS: host });
  const code = await operatorsCode();
  expect(words(await inhabited.fill('pm', 'administrator', 'open', {}, code))).toContain('You are an administrator');
});
afterEach(async () => {
  await inhabited.house.stop();
  await new Promise<void>((done) => void other.close(() => done()));
});

/** By the clock of the house, which is moved by hand. */
async function operatorsCode(): Promise<string> {
  let told = '';
  const env = { DATABASE_URL: `file:${desk.file}`, OFFSHOOT_CLOCK: 'manual' };
  await run(['administrator', '--json'], { env, out: (text) => void (told += text), err: () => {} });
  return (JSON.parse(told) as { code: string }).code;
}

const secretIn = (reply: Reply): string => {
  if (reply.kind !== 'done' || reply.secret === undefined) throw new Error(`shows no secret: ${words(reply)}`);
  return reply.secret;
};

/** Everything that the database holds, but the table in which the secrets of webhooks have to be. */
function stored(): string {
  const connection = new Database(desk.file, { readonly: true });
  const names = connection.prepare("select name from sqlite_master where type in ('table', 'view') and name <> 'webhooks'").pluck().all();
  const all = names.map((name) => {
    try {
      return JSON.stringify(connection.prepare(`select * from "${String(name)}"`).all());
    } catch {
      // The index of words has no rows to read.
      return '';
    }
  });
  connection.close();
  return all.join('\n');
}

async function page(by: string, to: string): Promise<string> {
  const reply = await inhabited.fill(by, to, 'show');
  return reply.kind === 'card' ? cardText(reply.card, { person: String, channel: String }, 'UTC') : words(reply);
}

describe('/offshoot token', () => {
  it('shows what it made once, to the administrator alone: it opens the gate, and stands nowhere', async () => {
    const reply = await inhabited.fill('pm', 'access', 'open', { name: 'deploy *pipeline*' }, 'token');
    const token = secretIn(reply);
    expect(token).toMatch(/^offshoot_1_[\w-]{43}$/);
    const { url } = inhabited.house;
    const gate = () => fetch(`${url}/api/gate?initiative=churn`, { headers: { authorization: `Bearer ${token}` } });
    expect((await gate()).status).toBe(200);
    expect(await page('pm', 'tokens')).toMatch(/1 deploy \*pipeline\*, made .*, last used on \d{4}-/);
    expect(stored()).not.toContain(token);
    for (const part of ['', '-wal']) expect(readFileSync(desk.file + part).includes(token)).toBe(false);
    expect(logged).not.toContain(token);
    expect(await (await fetch(`${url}/local/messages?as=pm`)).text()).not.toContain(token);
    expect(words(await inhabited.fill('pm', 'access', 'open', {}, 'revoke 1'))).toBe('deploy *pipeline* is revoked.');
    expect((await gate()).status).toBe(403);
    expect(await page('pm', 'tokens')).toContain('There is no token that is good');
    expect(words(await inhabited.fill('pm', 'access', 'open', {}, 'revoke 1'))).toContain('There is no such token any more');
    expect(words(await inhabited.fill('pm', 'access', 'open', {}, 'revoke 9'))).toContain('There is no such token any more');
  });

  it('makes one for a press that comes twice, and says the second time that it was shown', async () => {
    const { engine, clock } = inhabited.house.rooms;
    const event = {
      cause: 'twice',
      installation: inhabited.installation,
      by: { user: 'pm' },
      press: { to: 'access', input: 'open', about: 'token' },
      answers: { raw: { name: 'x' } },
      at: clock.now(),
    };
    expect(secretIn(await engine.handle(event))).toContain('offshoot_');
    const again = await engine.handle(event);
    expect(again).not.toHaveProperty('secret');
    expect(words(again)).toContain('Where you see nothing there, revoke it and make another one');
    expect(desk.sql('select id from tokens')).toHaveLength(1);
  });

  it('is for administrators; what is another workspace’s is not there', async () => {
    for (const about of ['token', 'webhook', 'revoke 1', 'remove 1', 'try 1'])
      expect(words(await inhabited.fill('member-1', 'access', 'open', { name: 'x', url: `http://${host}` }, about))).toContain(
        'Only an administrator',
      );
    for (const to of ['tokens', 'webhooks']) expect(await page('member-1', to)).toContain('Only an administrator');
    desk.sql("insert into workspaces values (2, 'Other', 0)");
    await desk.json('token', 'new', 'theirs', '--workspace', '2');
    expect(await page('pm', 'tokens')).not.toContain('theirs');
    expect(words(await inhabited.fill('pm', 'access', 'open', {}, 'revoke 1'))).toContain('There is no such token');
    expect(desk.sql('select revoked_at from tokens')).toEqual([{ revoked_at: null }]);
  });

  it('comes to the browser in the answer to the press', async () => {
    const { url } = inhabited.house;
    const press = (button: string, values?: object) =>
      fetch(`${url}/local/press`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ as: 'pm', button, nonce: `n ${button} ${values ? 2 : 1}`, ...(values ? { values } : {}) }),
      }).then((response) => response.text());
    expect(await press('access open token')).toContain('Make a token');
    expect(await press('access open token', { name: 'from the page' })).toMatch(/offshoot_1_[\w-]{43}/);
  });
});

describe('/offshoot webhook', () => {
  const add = (url: string) => inhabited.fill('pm', 'access', 'open', { url }, 'webhook');

  it('adds an address that is told of decisions from that moment on, tries it, lists what came of it, and removes it', async () => {
    const secret = secretIn(await add(`http://${host}/hook?key=as-good-as-a-secret`));
    expect(desk.sql('select created_at from webhooks')).toEqual([{ created_at: inhabited.house.rooms.clock.now() }]);
    expect(statSync(desk.file).mode & 0o777).toBe(0o600);
    expect(words(await inhabited.fill('pm', 'access', 'open', {}, 'try 1'))).toContain('A test is on its way to 127.0.0.1');
    for (let tries = 0; got.length === 0 && tries < 200; tries++) await pause(20);
    expect(got).toHaveLength(1);
    const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(got[0]!.headers['offshoot-signature']))!;
    expect(signature(secret, Number(t), got[0]!.body)).toBe(v1);
    expect(JSON.parse(got[0]!.body)).toMatchObject({ event: 'test', created_at: inhabited.house.rooms.clock.now() });
    answer = 500;
    await inhabited.fill('pm', 'access', 'open', {}, 'try 1');
    for (let tries = 0; desk.sql("select id from webhook_deliveries where state = 'failed'").length === 0 && tries < 200; tries++)
      await pause(20);
    const listed = await page('pm', 'webhooks');
    expect(listed).toContain(host);
    expect(listed).toMatch(/To 1: test access\/3, failed, answered 500/);
    expect(listed).toMatch(/To 1: test access\/2, delivered, answered 204/);
    // A test that failed is no trouble of the operator's, and is not tried again.
    expect((await desk.offshoot('doctor')).out).not.toContain('was not told');
    for (const kept of [secret, 'as-good-as-a-secret']) {
      expect(listed).not.toContain(kept);
      expect(stored().replaceAll(JSON.stringify(desk.sql('select * from webhook_list')), '')).not.toContain(kept);
      expect(logged).not.toContain(kept);
    }
    expect(words(await inhabited.fill('pm', 'access', 'open', {}, 'remove 1'))).toContain('is removed');
    expect(words(await inhabited.fill('pm', 'access', 'open', {}, 'try 1'))).toContain('There is no such webhook any more');
    expect(await page('pm', 'webhooks')).toContain('There is no webhook');
    expect(desk.sql('select secret from webhooks')).toEqual([{ secret: '' }]);
  });

  it.each([
    ['https://10.0.0.1/', 'in an internal network'],
    ['https://localhost/', 'in an internal network'],
    ['https://[::ffff:169.254.169.254]/', 'in an internal network'],
    ['http://example.com/', 'begins with https://'],
    ['nonsense', 'looks like https://example.com/offshoot'],
  ])('refuses %s at its field, and keeps what was typed', async (url, why) => {
    const reply = await add(url);
    expect(reply).toMatchObject({ kind: 'errors', errors: { url: expect.stringContaining(why) }, form: { fields: [{ value: url }] } });
    expect(desk.sql('select * from webhooks')).toEqual([]);
  });

  it('takes no more than twenty', async () => {
    desk.sql(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 20)
      insert into webhooks (workspace, url, secret, created_at) select 1, 'https://example.com/' || i, 's', 1 from n`);
    expect(await add(`http://${host}/`)).toMatchObject({ kind: 'errors', errors: { url: expect.stringContaining('20 webhooks already') } });
  });
});

describe('a record as PDF', () => {
  const linkIn = (reply: Reply) =>
    reply.kind === 'done' ? reply.text.flatMap((span) => (span.kind === 'link' ? span.url : []))[0]! : words(reply);

  it('is read at an address of its own for a quarter of an hour', async () => {
    const url = linkIn(await inhabited.fill('member-1', 'paper', 'open', {}, 'decision/1'));
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/papers\/[0-9A-Z-]{14}\.pdf$/);
    const response = await fetch(url);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'cache-control': 'no-store',
      'content-disposition': 'inline; filename="D-0001.pdf"',
    });
    expect(printed(Buffer.from(await response.arrayBuffer()))[0]).toContain('D-1 GO WITH CONDITIONS');
    expect((await fetch(url.replace(/.\.pdf$/, (end) => (end.startsWith('Z') ? 'Y.pdf' : 'Z.pdf')))).status).toBe(404);
    await inhabited.moveTo(inhabited.house.rooms.clock.now() + 15 * 60_000);
    expect((await fetch(url)).status).toBe(404);
    // A code for something else opens nothing here.
    expect((await fetch(`${inhabited.house.url}/papers/${await operatorsCode()}.pdf`)).status).toBe(404);
  });

  it('is the log, too, as far as it is looked for', async () => {
    const url = linkIn(await inhabited.fill('pm', 'paper', 'open', { search: 'outcome:go-with-conditions' }));
    expect(printed(Buffer.from(await (await fetch(url)).arrayBuffer()))[0]).toContain('outcome:go-with-conditions');
    for (const [search, why] of [
      ['nothing', 'No decision fits'],
      ['since:tomorrow', 'a day is written as 2027-01-31'],
    ] as const)
      expect(await inhabited.fill('pm', 'paper', 'open', { search })).toMatchObject({
        kind: 'errors',
        errors: { search: expect.stringContaining(why) },
      });
    expect(words(await inhabited.fill('pm', 'paper', 'open', {}, 'decision/9'))).toContain('There is no such decision');
  });
});
