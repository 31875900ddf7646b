import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addressesOf, isPublic } from '../../src/address.ts';
import { run } from '../../src/cli.ts';
import { manualClock } from '../../src/clock.ts';
import { logger } from '../../src/log.ts';
import { webhooks } from '../../src/webhooks.ts';
import { connect, sqliteStore } from '../../adapters/store/sqlite.ts';
import { flows } from '../../flows/index.ts';
import { rebuild } from '../../src/upgrade.ts';
import { instantIn } from '../../src/zone.ts';
import { aDesk } from './desk.ts';
import { openHouse } from './house.ts';

const desk = aDesk();
const NOW = Date.UTC(2030, 0, 1);

/** The other side: a real server that keeps what it was sent. */
let server: Server;
let host = '';
let got: { headers: IncomingHttpHeaders; body: string; path: string }[] = [];
let answers: number[] = [];

beforeEach(async () => {
  [got, answers] = [[], []];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      got.push({ headers: request.headers, body, path: request.url ?? '' });
      response.writeHead(answers.shift() ?? 204, { location: '/elsewhere' }).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => new Promise<void>((done) => void server.close(() => done())));

async function offshoot(...args: string[]): Promise<{ status: number; said: string }> {
  let said = '';
  const note = (text: string) => void (said += `${text}\n`);
  const status = await run(args, { env: { DATABASE_URL: `file:${desk.file}`, OFFSHOOT_WEBHOOK_HOSTS: host }, out: note, err: note });
  return { status, said };
}

/** Registers the other side, as if before all time; then a decision is as new. */
async function registered(): Promise<string> {
  const { secret } = JSON.parse((await offshoot('webhook', 'add', `http://${host}/hook`, '--json')).said) as { secret: string };
  desk.sql('update webhooks set created_at = 0');
  return secret;
}

/** Delivers what is owed at a moment, and stops. */
async function deliver(at: number, hosts: readonly string[] = [host]): Promise<void> {
  const store = sqliteStore(connect(desk.file));
  const clock = manualClock(at);
  const worker = webhooks({ store, clock, log: logger('silent'), hosts });
  worker.wake();
  for (;;) {
    await pause(20);
    if ((await store.look((tables) => tables.deliveriesDue(at, 1))).length === 0) break;
  }
  await worker.stop();
  await store.close();
}

const decide = () =>
  desk.sql(`insert into decisions (workspace, id, number, vote, initiative, title, outcome, state, decided_at, review_at, why)
    values (1, 'decision/9', 9, 'vote/9', 'initiative/1', 'Churn “model”', 'NO-GO', 'conditions open', ${NOW}, ${NOW}, 'Not met')`);

const owed = () => desk.sql('select event, state, tries, code, next_at from webhook_deliveries order by id');

describe('a webhook', () => {
  it('is told of a decision, signed and under a key that stays, and of what becomes of it', async () => {
    const secret = await registered();
    decide();
    await deliver(NOW);
    expect(got).toHaveLength(1);
    const [{ headers, body, path }] = got as [(typeof got)[0]];
    expect(path).toBe('/hook');
    expect(JSON.parse(body)).toMatchObject({
      version: 1,
      event: 'decision.decided',
      workspace: 1,
      decision: { name: 'D-9', outcome: 'NO-GO', title: 'Churn “model”' },
    });
    const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['offshoot-signature']))!;
    expect(v1).toBe(createHmac('sha256', secret).update(`${t}.${body}`).digest('hex'));
    expect(Number(t)).toBe(NOW / 1000);
    desk.sql(`update decisions set state = 'final', final_at = ${NOW} where number = 9`);
    desk.sql(`update decisions set rationale = 'Said again' where number = 9`);
    desk.sql(`update decisions set state = 'superseded' where number = 9`);
    desk.sql(`update actions set state = 'met', met_at = ${NOW + 5} where flow = 'decision/1'`);
    await deliver(NOW);
    expect(JSON.parse(got.at(-1)!.body)).toMatchObject({ created_at: NOW + 5, condition: { state: 'met' } });
    expect(got.map((one) => (JSON.parse(one.body) as { event: string }).event)).toEqual([
      'decision.decided',
      'decision.final',
      'decision.superseded',
      'condition.met',
    ]);
    expect(new Set(got.map((one) => one.headers['idempotency-key'])).size).toBe(4);
    expect(JSON.stringify(owed())).not.toContain(secret);
  });

  it('is told when a condition is not met by its day: at that moment, once for each of its days', async () => {
    const secret = await registered();
    const { house, fill, moveTo } = await openHouse(desk.file);
    const overdue = (day: string) => instantIn('UTC', day, '09:00') + 86_400_000;
    const days: string[] = [];
    for (const many of [20, 30]) {
      const day = new Date(house.rooms.clock.now() + many * 86_400_000).toISOString().slice(0, 10);
      await fill('chair', 'decision/1', 'change', { condition: 'debt', due: day, reason: 'More time' }, 'debt');
      await moveTo(overdue(day) + 1);
      days.push(day);
    }
    await house.stop();
    const told = desk.sql(`select event, created_at, body from webhook_deliveries where event like 'condition.overdue%' order by id`) as {
      event: string;
      created_at: number;
      body: string;
    }[];
    expect(told.map(({ event, created_at: at }) => [event, at])).toEqual(
      days.map((day) => [`condition.overdue decision/1 debt ${day}`, overdue(day)]),
    );
    expect(JSON.parse(told[1]!.body)).toMatchObject({
      event: 'condition.overdue',
      created_at: overdue(days[1]!),
      decision: { name: 'D-1' },
      condition: { text: 'Technical debt within limits', due: days[1], state: 'accepted' },
    });
    got = [];
    desk.sql(`delete from webhook_deliveries where event not like 'condition.overdue%'`);
    desk.sql(`update webhook_deliveries set state = 'owed', tries = 0, next_at = 0`);
    await deliver(NOW);
    expect(got).toHaveLength(2);
    expect(new Set(got.map(({ headers }) => headers['idempotency-key'])).size).toBe(2);
    const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(got[0]!.headers['offshoot-signature']))!;
    expect(v1).toBe(createHmac('sha256', secret).update(`${t}.${got[0]!.body}`).digest('hex'));
    expect(JSON.stringify(desk.sql('select * from journal'))).not.toContain(secret);
  });

  it('goes by the clock of the record, where that is moved by hand', async () => {
    const last = (desk.sql('select max(at) as at from journal') as { at: number }[])[0]!.at;
    const env = { DATABASE_URL: `file:${desk.file}`, OFFSHOOT_WEBHOOK_HOSTS: host, OFFSHOOT_CLOCK: 'manual' };
    await run(['webhook', 'add', `http://${host}/hook`], { env, out: () => {}, err: () => {} });
    expect(desk.sql('select created_at from webhooks')).toEqual([{ created_at: last }]);
    await offshoot('webhook', 'add', `http://${host}/hook`);
    const [, second] = desk.sql('select created_at from webhooks order by id') as { created_at: number }[];
    expect(Math.abs(second!.created_at - Date.now())).toBeLessThan(60_000);
  });

  it('is tried again with the same key and words, later each time, and given up after eight tries; doctor names it', async () => {
    await registered();
    decide();
    answers = Array.from({ length: 8 }, () => 500);
    let at = NOW;
    const waits: number[] = [];
    for (let tries = 1; tries <= 8; tries++) {
      await deliver(at);
      const [row] = owed() as { state: string; tries: number; next_at: number }[];
      expect(row).toMatchObject({ tries, code: 500, state: tries < 8 ? 'owed' : 'failed' });
      if (tries === 8) break;
      await deliver(row!.next_at - 1);
      expect(got).toHaveLength(tries);
      waits.push((row!.next_at - at) / 60_000);
      at = row!.next_at;
    }
    expect(waits).toEqual([1, 5, 30, 120, 720, 720, 720]);
    expect(new Set(got.map((one) => `${String(one.headers['idempotency-key'])} ${one.body}`)).size).toBe(1);
    expect(await offshoot('doctor')).toMatchObject({ status: 1, said: expect.stringContaining('was not told 1 time') });
    expect(await offshoot('webhook', 'deliveries')).toMatchObject({ said: expect.stringContaining('failed after 8, answered 500') });
  });

  it('follows no redirection', async () => {
    await registered();
    decide();
    answers = [302];
    await deliver(NOW);
    expect(got.map((one) => one.path)).toEqual(['/hook']);
    expect(owed()).toMatchObject([{ state: 'owed', code: 302 }]);
  });

  it('is looked at again at each delivery: what is internal is not called', async () => {
    await registered();
    decide();
    await deliver(NOW, []);
    expect(got).toEqual([]);
    expect(owed()).toMatchObject([{ state: 'owed', tries: 1, code: null }]);
  });

  it('is told nothing of what is older than it, of another workspace, or of a rebuild; nothing once it is removed', async () => {
    await offshoot('webhook', 'add', `http://${host}/hook`);
    desk.sql(`update webhooks set created_at = ${NOW + 1}`);
    const store = sqliteStore(connect(desk.file));
    await rebuild(store, flows);
    await store.close();
    decide();
    desk.sql('update webhooks set created_at = 0, workspace = 2');
    desk.sql(`update decisions set state = 'superseded' where number = 9`);
    expect(owed()).toEqual([]);
    desk.sql('update webhooks set workspace = 1');
    desk.sql(`update actions set state = 'met' where flow = 'decision/1'`);
    expect(owed()).toHaveLength(1);
    expect(await offshoot('webhook', 'remove', '1')).toMatchObject({ status: 0 });
    expect(owed()).toMatchObject([{ state: 'failed' }]);
    desk.sql(`update decisions set state = 'final', final_at = 1 where number = 9`);
    expect(owed()).toHaveLength(1);
    expect(desk.sql('select secret from webhooks')).toEqual([{ secret: '' }]);
  });

  it('that is dead keeps no endless backlog', async () => {
    await registered();
    desk.sql(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000)
      insert into webhook_deliveries (workspace, webhook, event, body, state) select 1, 1, 'e ' || i, '{}', 'owed' from n`);
    decide();
    expect(desk.sql(`select state, why from webhook_deliveries where event like 'decision%'`)).toEqual([
      { state: 'failed', why: 'the backlog of this webhook is full' },
    ]);
  });

  it('can be tried', async () => {
    const secret = await registered();
    expect(await offshoot('webhook', 'test', '1')).toMatchObject({ status: 0, said: 'It answered 204.\n' });
    expect(got).toHaveLength(1);
    expect((await offshoot('webhook', 'list')).said).toContain(`http://${host}/hook`);
    expect((await offshoot('webhook', 'list')).said).not.toContain(secret);
  });
});

describe('an address', () => {
  it.each([
    'http://example.com/',
    'ftp://example.com/',
    'nonsense',
    'https://user:secret@example.com/',
    'https://localhost/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://10.0.0.1/',
    'https://192.168.1.1/',
    'https://172.16.0.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://100.64.0.1/',
    'https://0.0.0.0/',
    'https://224.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:a9fe:a9fe]/',
    'https://[fd00::1]/',
    'https://[fe80::1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://127.1/',
    'https://0177.0.0.1/',
    'https://017700000001/',
    'https://0xa9fea9fe/',
    'https://１２７.0.0.1/',
    'https://127.0.0.1./',
    'https://LOCALHOST./',
    'https://192.0.0.8/',
    'https://192.0.2.1/',
    'https://198.18.0.1/',
    'https://240.0.0.1/',
    'https://255.255.255.255/',
    'https://[::]/',
    'https://[::7f00:1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[2002:7f00:1::]/',
    'https://[2001:0:7f00:1::]/',
    'https://[fec0::1]/',
    'https://[ff02::1]/',
    'https://[2001:db8::1]/',
    'https://[64:ff9b:1::a00:1]/',
  ])('%s is refused', async (url) => {
    await expect(addressesOf(url, [])).rejects.toThrow(Error);
    expect(await offshoot('webhook', 'add', url)).toMatchObject({ status: 2 });
    expect(desk.sql('select * from webhooks')).toEqual([]);
  });

  it('in public is taken; a trusted host may be internal, on its own port alone', async () => {
    expect(['93.184.216.34', '2606:4700::1'].map(isPublic)).toEqual([true, true]);
    expect(await addressesOf('https://93.184.216.34/x', [])).toEqual([{ address: '93.184.216.34', family: 4 }]);
    expect(await addressesOf('http://127.0.0.1:8080/x', ['127.0.0.1:8080'])).toEqual([{ address: '127.0.0.1', family: 4 }]);
    await expect(addressesOf('http://127.0.0.1:8081/x', ['127.0.0.1:8080'])).rejects.toThrow(Error);
  });
});
