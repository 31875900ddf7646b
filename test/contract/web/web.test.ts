import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manualClock } from '../../../src/clock.ts';
import { readConfig } from '../../../src/config.ts';
import { build, type House } from '../../../src/house.ts';
import { logger } from '../../../src/log.ts';
import { rowsIn } from '../../core/rows.ts';

const START = Date.UTC(2026, 10, 24, 9);

let folder: string;
let house: House;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'offshoot-web-'));
  house = await start('offshoot.db', { OFFSHOOT_CLOCK: 'manual' });
});

afterAll(async () => {
  await house.stop();
  rmSync(folder, { recursive: true });
});

const start = (file: string, env: Record<string, string>): Promise<House> => {
  const config = readConfig({ PORT: '0', DATABASE_URL: `file:${join(folder, file)}`, LOG_LEVEL: 'silent', ...env });
  return build(config, logger(config.logLevel), env.OFFSHOOT_CLOCK === 'manual' ? { clock: manualClock(START) } : {});
};

interface Answer {
  status: number;
  type: string;
  headers: Record<string, string | string[] | undefined>;
  body: { detail?: string; status?: number; [key: string]: unknown };
}

/** With `http.request`, because `fetch` does not let one forge a Host or an Origin. */
function send(
  path: string,
  { method = 'GET', headers = {}, body = '' }: { method?: string; headers?: Record<string, string>; body?: string } = {},
  to = house,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(to.url + path, { method, headers, agent: false }, (response) => {
      let said = '';
      response.on('data', (some: Buffer) => (said += some.toString()));
      response.on('end', () => {
        const type = response.headers['content-type'] ?? '';
        resolve({
          status: response.statusCode!,
          type,
          headers: response.headers,
          body: type.includes('json') ? (JSON.parse(said) as Answer['body']) : { said },
        });
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

const post = (path: string, body: unknown, headers: Record<string, string> = {}, to = house): Promise<Answer> =>
  send(
    path,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    },
    to,
  );

/** Every error is a problem with a sentence. */
function expectProblem(answer: Answer, status: number, sentence: RegExp): void {
  expect({ status: answer.status, type: answer.type, body: answer.body }).toEqual({
    status,
    type: expect.stringContaining('application/problem+json'),
    body: { title: expect.any(String), status, detail: expect.stringMatching(sentence) },
  });
}

const rows = (sql: string): unknown[] => rowsIn(join(folder, 'offshoot.db'), sql);

const hello = { as: 'pm', channel: 'general', text: 'hello' };

describe('who may use the local workspace', () => {
  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:80', 'localhost:80@evil.example'])(
    'refuses the Host “%s”',
    async (host) => {
      expectProblem(await send('/local/room', { headers: { host } }), 403, /only to its loopback address/);
      expectProblem(await post('/local/say', hello, { host }), 403, /only to its loopback address/);
      expectProblem(await send('/', { headers: { host } }), 403, /only to its loopback address/);
    },
  );

  it('refuses a foreign Origin, and another port of this machine', async () => {
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1', house.url.replace('http:', 'https:')])
      expectProblem(await post('/local/say', hello, { origin }), 403, /Another site may not use/);
    expect((await post('/local/say', hello, { origin: house.url })).status).toBe(200);
  });

  it('refuses what a browser says comes from another site, but for a link that is followed', async () => {
    const foreign = { 'sec-fetch-site': 'cross-site' };
    expectProblem(await send('/local/messages?as=pm&channel=general', { headers: foreign }), 403, /Another site may not use/);
    expectProblem(await send('/local/events', { headers: { ...foreign, 'sec-fetch-mode': 'cors' } }), 403, /Another site may not use/);
    expectProblem(await post('/local/say', hello, { ...foreign, 'sec-fetch-mode': 'navigate' }), 403, /Another site may not use/);
    expect((await send('/', { headers: { ...foreign, 'sec-fetch-mode': 'navigate' } })).status).toBe(200);
  });

  it('takes JSON only, which no form of another site can send', async () => {
    const form = 'as=pm&channel=general&text=hello';
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x'])
      expectProblem(
        await send('/local/say', { method: 'POST', headers: { 'content-type': type }, body: form }),
        415,
        /content-type: application\/json/,
      );
    expectProblem(await send('/local/say', { method: 'POST' }), 415, /content-type: application\/json/);
  });

  it('serves a page that runs no script but its own', async () => {
    const page = await send('/');
    expect(page.body.said).toContain('<title>Offshoot</title>');
    expect(page.headers['content-security-policy']).toContain("script-src 'self';");
    expect(page.headers['content-security-policy']).not.toContain('unsafe');
    expect((await send('/page/adaptivecards.js')).type).toContain('javascript');
  });
});

describe('bad input', () => {
  const press = { as: 'pm', button: 'vote open', nonce: 'a nonce of mine' };
  it.each([
    ['not JSON', '/local/say', '{', 400, /should be JSON/],
    ['nothing', '/local/say', {}, 400, /“as” is missing.*“channel” is missing.*“text” is missing/],
    ['a list', '/local/say', [], 400, /“the body” should be of the type object/],
    ['an unknown person', '/local/say', { ...hello, as: 'ceo' }, 400, /“as” is one of pm, sponsor, chair/],
    [
      'an unknown channel',
      '/local/say',
      { ...hello, channel: 'random' },
      400,
      /“channel” is one of steering-committee, churn-model, general, or direct/,
    ],
    ['an empty text', '/local/say', { ...hello, text: '  ' }, 400, /“text” is empty/],
    ['a text too long', '/local/say', { ...hello, text: 'x'.repeat(4001) }, 400, /“text” is too long: at most 4,000 characters/],
    ['too much of it', '/local/say', { ...hello, text: 'x'.repeat(1_100_000) }, 413, /At most 1 MB/],
    ['an unknown zone', '/local/say', { ...hello, zone: 'Moon/Base' }, 400, /“zone” is an IANA zone like/],
    ['no nonce', '/local/press', { ...press, nonce: undefined }, 400, /“nonce” is missing/],
    ['a nonce too short', '/local/press', { ...press, nonce: '1' }, 400, /“nonce” is too short/],
    ['no button', '/local/press', { ...press, button: '' }, 400, /“button” is empty/],
    ['an unknown button', '/local/press', { ...press, button: 'Launch' }, 404, /There is no button “Launch” on message \(none\)/],
    [
      'an unknown message',
      '/local/press',
      { ...press, button: 'Vote', message: 99_999 },
      404,
      /There is no button “Vote” on message 99999/,
    ],
    ['a message that is no number', '/local/press', { ...press, message: 'x' }, 400, /“message” should be of the type number/],
    ['values that are no answers', '/local/press', { ...press, values: { channel: { a: 1 } } }, 400, /“values” holds a text/],
    ['a moment that is none', '/local/clock', { at: 'tomorrow' }, 400, /“at” is a moment/],
    ['a moment beyond all reviews', '/local/clock', { at: 9e15 }, 400, /“at” is a moment before the year 2100/],
    ['the clock back', '/local/clock', { at: START - 1 }, 409, /does not go back/],
  ])('answers %s with a sentence', async (_, path, body, status, sentence) => {
    const before = rows('select count(*) as n from journal');
    expectProblem(await post(path, body), status, sentence);
    expect(rows('select count(*) as n from journal')).toEqual(before);
  });

  it('knows nothing at other addresses', async () => {
    expectProblem(await send('/local/nothing'), 404, /nothing here/);
    expectProblem(await send('/local/say'), 404, /nothing here/);
    expectProblem(await send('/local/messages?as=pm'), 400, /“channel” is missing/);
    expect((await send('/nothing')).status).toBe(404);
    expect((await send('/page/../../../package.json')).status).toBe(404);
  });

  it('answers an address of a flow that is not there with a refusal, as a person would read it', async () => {
    expect((await post('/local/press', { ...press, button: 'vote/99 ballot' })).body).toMatchObject({
      kind: 'refused',
      text: 'There is no vote 99 in this workspace.',
    });
    expect((await post('/local/press', { ...press, button: 'rocket open' })).body).toMatchObject({
      kind: 'refused',
      text: expect.stringContaining('knows no “rocket”'),
    });
    expect((await post('/local/press', { ...press, button: 'decision open' })).body).toMatchObject({ kind: 'refused' });
  });

  it('moves no clock that is the system’s', async () => {
    const other = await start('system.db', {});
    try {
      expectProblem(await post('/local/clock', { at: Date.now() + 60_000 }, {}, other), 409, /OFFSHOOT_CLOCK=manual/);
    } finally {
      await other.stop();
    }
  });
});

describe('what is said and pressed', () => {
  interface ShownForm {
    button: string;
    shape: string;
    fields: { key: string; value?: unknown }[];
  }

  async function form(): Promise<{ button: string; shape: string; values: Record<string, unknown> }> {
    const { form } = (await post('/local/say', { as: 'pm', channel: 'churn-model', text: '/initiative' })).body as unknown as {
      form: ShownForm;
    };
    const values = { name: 'Returns model', owner: 'pm', sponsor: 'sponsor', channel: 'churn-model' };
    return { button: form.button, shape: form.shape, values };
  }

  it('makes one change of a nonce, however often and however fast it comes, and another of another’s', async () => {
    const asked = { as: 'pm', nonce: 'pressed twice at once', ...(await form()) };
    const answers = await Promise.all([post('/local/press', asked), post('/local/press', asked)]);
    const again = await post('/local/press', asked);
    for (const { body } of [...answers, again])
      expect(body).toEqual({ kind: 'done', text: expect.stringContaining('Registered: Returns model') });
    expect(rows("select name from initiatives where name like 'Returns%'")).toHaveLength(1);
    const other = { ...asked, as: 'sponsor', values: { ...asked.values, name: 'Pricing model' } };
    expect((await post('/local/press', other)).body).toMatchObject({
      kind: 'done',
      text: expect.stringContaining('Registered: Pricing model'),
    });
  });

  it('refuses a text too long at its field, and hands back all that was typed', async () => {
    const asked = await form();
    const name = 'x'.repeat(81);
    const { body } = await post('/local/press', { as: 'pm', nonce: 'too long a name', ...asked, values: { ...asked.values, name } });
    expect(body).toMatchObject({ kind: 'errors', errors: { name: 'At most 80 characters, please: this has 81.' } });
    expect((body as unknown as { form: ShownForm }).form.fields.find((field) => field.key === 'name')?.value).toBe(name);
  });

  it('keeps what people say as they said it, in their channel or with Offshoot alone', async () => {
    const text = '<script>alert(1)</script> *bold* {{DATE(x)}}';
    expect((await post('/local/say', { as: 'Member 1', channel: '#general', text })).body).toEqual({ kind: 'said' });
    expect((await send('/local/messages?as=sponsor&channel=general')).body.messages).toContainEqual(
      expect.objectContaining({ author: 'Member 1', text, card: null, thread: null }),
    );
    await post('/local/say', { as: 'member-1', channel: 'direct', text: 'help' });
    expect((await send('/local/messages?as=member-1&channel=direct')).body.messages).toContainEqual(
      expect.objectContaining({ text: 'help' }),
    );
    expect((await send('/local/messages?as=member-2&channel=direct')).body.messages).not.toContainEqual(
      expect.objectContaining({ text: 'help' }),
    );
  });

  it('presses a button by its label on a message, too', async () => {
    const opened = (await post('/local/say', { as: 'pm', channel: 'steering-committee', text: '@Offshoot go-no-go churn' }))
      .body as unknown as { form: ShownForm };
    const { button, shape, fields } = opened.form;
    const values = Object.fromEntries(fields.filter((field) => field.value !== undefined).map(({ key, value }) => [key, value]));
    await post('/local/press', { as: 'pm', nonce: 'open the vote', button, shape, values: { ...values, without: 'On paper' } });
    await house.rooms.courier.idle();
    const { messages } = (await send('/local/messages?as=pm&channel=steering-committee')).body as unknown as {
      messages: { id: number; text: string }[];
    };
    const card = messages.find((message) => message.text.startsWith('Go/no-go'))!;
    const { body } = await post('/local/press', { as: 'member-1', message: card.id, button: 'vote', nonce: 'by its label' });
    expect(body).toMatchObject({ kind: 'form', form: { title: 'Your ballot', button: 'vote/1 ballot person/4' } });
  });

  it('tells open pages what happens, and lets them go when it ends', async () => {
    const other = await start('stream.db', { OFFSHOOT_CLOCK: 'manual' });
    const stream = (await fetch(`${other.url}/local/events`)).body!.pipeThrough(new TextDecoderStream()).getReader();
    let heard = '';
    const hear = async (words: string) => {
      while (!heard.includes(words)) heard += (await stream.read()).value;
    };
    await hear('retry');
    await post('/local/say', hello, {}, other);
    await hear('"kind":"message"');
    expect(heard).toContain('"address":"general"');
    await post('/local/clock', { at: START + 1000 }, {}, other);
    await hear(`{"kind":"clock","at":${START + 1000}}`);
    const stopped = other.stop();
    // A stream that is cut throws here; one that is ended is done.
    while (!(await stream.read()).done);
    await stopped;
  });
});
