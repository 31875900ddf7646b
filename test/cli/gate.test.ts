import { afterEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { build, type House } from '../../src/house.ts';
import { logger } from '../../src/log.ts';
import { aDesk } from './desk.ts';

const desk = aDesk();

describe('offshoot gate', () => {
  it('lets through what stands as a final GO WITH CONDITIONS, and prints the conditions that are open', async () => {
    const told = await desk.offshoot('gate', 'churn');
    expect(told).toMatchObject({ status: 0, err: '' });
    expect(told.out).toContain('Churn model: may go on. D-1 is GO WITH CONDITIONS, and final.');
    expect(told.out).toMatch(/: Technical debt within limits, PM, due \d{4}-\d\d-\d\d, accepted/);
    expect(await desk.json('gate', 'churn')).toMatchObject({
      ok: true,
      allowed: true,
      decision: { name: 'D-1', conditions: [{ owner: 'PM' }] },
    });
  });

  it.each([
    ["update decisions set outcome = 'NO-GO'", 'D-1 is NO-GO.'],
    ["update decisions set state = 'conditions open'", 'not final yet'],
    ["update decisions set state = 'superseded'", 'No decision on go-no-go stands.'],
    ["update decisions set question = 'gate'", 'No decision on go-no-go stands.'],
    ["update decisions set subject = 'wave 2'", 'No decision on go-no-go stands.'],
    ['delete from decisions', 'No decision'],
  ])('bars the way with status 1 after: %s', async (statement, words) => {
    desk.sql(statement);
    expect(await desk.offshoot('gate', 'churn')).toMatchObject({ status: 1, out: expect.stringContaining(words) });
  });

  it('asks about another question and its subject', async () => {
    desk.sql("update decisions set question = 'gate', subject = 'Wave 2'");
    expect(await desk.offshoot('gate', 'churn', '--question', 'gate', '--subject', 'wave 2')).toMatchObject({ status: 0 });
    expect(await desk.offshoot('gate', 'churn', '--question', 'gate', '--subject', 'wave 3')).toMatchObject({ status: 1 });
  });

  it('bars it for an overdue condition when it is strict; one that is met is not printed', async () => {
    desk.sql("update actions set due = '2020-01-01' where flow = 'decision/1'");
    expect(await desk.offshoot('gate', 'churn')).toMatchObject({ status: 0, out: expect.stringContaining('overdue: Technical debt') });
    expect(await desk.offshoot('gate', 'churn', '--strict')).toMatchObject({
      status: 1,
      out: expect.stringContaining('1 of its conditions is overdue'),
    });
    desk.sql("update actions set state = 'met' where flow = 'decision/1'");
    const told = await desk.offshoot('gate', 'churn', '--strict');
    expect(told).toMatchObject({ status: 0 });
    expect(told.out).not.toContain('Technical debt');
  });

  it('names what there is when nothing or several things are meant, status 2', async () => {
    expect(await desk.offshoot('gate', 'zebra')).toMatchObject({ status: 2, err: expect.stringContaining('There are: Churn model') });
    desk.sql(
      "insert into initiatives select workspace, 'initiative/2', 'Churn two', stage, owner, sponsor, channel, registered_at, parent, recontextualized from initiatives",
    );
    expect(await desk.offshoot('gate', 'churn')).toMatchObject({ status: 2, err: expect.stringContaining('Churn two (initiative/2)') });
    expect(await desk.offshoot('gate', 'initiative/1')).toMatchObject({ status: 0 });
    expect(await desk.offshoot('gate')).toMatchObject({ status: 2 });
    desk.sql("insert into workspaces values (2, 'Other', 0)");
    expect(await desk.offshoot('gate', 'initiative/1', '--workspace', '2')).toMatchObject({ status: 2 });
    // What a messenger left behind when it joined the other one is nobody's workspace.
    expect(await desk.offshoot('gate', 'initiative/1')).toMatchObject({ status: 0 });
    expect(await desk.offshoot('administrator')).toMatchObject({ status: 0, out: expect.stringContaining('For workspace 1') });
    desk.sql("insert into installations (workspace, platform, key, name) values (2, 'slack', 'T2', 'Other')");
    expect(await desk.offshoot('gate', 'initiative/1')).toMatchObject({ status: 2, err: expect.stringContaining('Which workspace?') });
    expect(await desk.offshoot('administrator')).toMatchObject({ status: 2, err: expect.stringContaining('several workspaces') });
  });
});

describe('GET /api/gate', () => {
  let house: House | undefined;
  afterEach(() => house?.stop());

  const opened = async () => {
    house = await build(readConfig({ DATABASE_URL: `file:${desk.file}`, PORT: '0', OFFSHOOT_CLOCK: 'manual' }), logger('silent'));
    return house.url;
  };
  const ask = (url: string, query: string, token?: string) =>
    fetch(`${url}/api/gate${query}`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });

  it('answers with a token of the workspace, which is kept as a digest, marked as used, and revoked', async () => {
    const { token, id } = await desk.json('token', 'new', 'pipeline');
    expect(JSON.stringify(desk.sql('select * from tokens'))).not.toContain(token);
    const url = await opened();
    const answer = await ask(url, '?initiative=churn', token);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ allowed: true, decision: { name: 'D-1', outcome: 'GO WITH CONDITIONS' } });
    expect((await desk.json('token', 'list')).tokens).toMatchObject([
      { id, name: 'pipeline', usedOn: expect.stringMatching(/^\d{4}-/), revoked: false },
    ]);
    expect(await desk.offshoot('token', 'revoke', String(id))).toMatchObject({ status: 0 });
    expect((await ask(url, '?initiative=churn', token)).status).toBe(403);
    expect(await desk.offshoot('token', 'revoke', String(id))).toMatchObject({ status: 1 });
  });

  it('refuses as problem+json: no token, a wrong one, nothing asked, what is not there or of another workspace', async () => {
    const { token } = await desk.json('token', 'new', 'pipeline');
    desk.sql("insert into workspaces values (2, 'Other', 0)");
    const other = await desk.json('token', 'new', 'theirs', '--workspace', '2');
    const url = await opened();
    const wrong = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    const revoked = await desk.json('token', 'new', 'old', '--workspace', '1');
    await desk.offshoot('token', 'revoke', String(revoked.id), '--workspace', '1');
    for (const [query, shown, status, code] of [
      ['?initiative=churn', undefined, 401, 'no-token'],
      ['?initiative=churn', wrong, 403, 'bad-token'],
      ['?initiative=churn', 'offshoot_99_x', 403, 'bad-token'],
      ['?initiative=churn', revoked.token, 403, 'bad-token'],
      ['', token, 400, 'no-initiative'],
      ['?initiative=%20', token, 400, 'no-initiative'],
      ['?initiative=zebra', token, 404, 'unknown-initiative'],
      ['?initiative=churn', other.token, 404, 'unknown-initiative'],
      ['?initiative=initiative/1', other.token, 404, 'unknown-initiative'],
    ] as const) {
      const answer = await ask(url, query, shown);
      expect([query, shown, answer.status]).toEqual([query, shown, status]);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      const body = (await answer.json()) as object;
      expect(body).toMatchObject({ code, status, title: expect.any(String) });
      // What there is in another workspace is nobody's business.
      if (shown === other.token) expect(body).toMatchObject({ candidates: [] });
    }
    desk.sql(
      "insert into initiatives select workspace, 'initiative/2', 'Churn two', stage, owner, sponsor, channel, registered_at, parent, recontextualized from initiatives",
    );
    const answer = await ask(url, '?initiative=churn', token);
    expect([answer.status, await answer.json()]).toEqual([
      409,
      expect.objectContaining({ code: 'ambiguous-initiative', candidates: ['Churn model (initiative/1)', 'Churn two (initiative/2)'] }),
    ]);
  });

  it('answers no more than so many a minute of one token, and others all the same', async () => {
    const { token } = await desk.json('token', 'new', 'busy');
    const { token: second } = await desk.json('token', 'new', 'calm');
    const url = await opened();
    const answers = await Promise.all(Array.from({ length: 123 }, () => ask(url, '?initiative=churn', token)));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(3);
    expect(answers.find(({ status }) => status === 429)!.headers.get('retry-after')).toBe('60');
    expect((await ask(url, '?initiative=churn', second)).status).toBe(200);
    expect((await ask(url, '?initiative=churn')).status).toBe(401);
  });

  it('answers no more than so many a minute without a token', async () => {
    const url = await opened();
    const answers = await Promise.all(Array.from({ length: 125 }, () => ask(url, '')));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(5);
  });
});
