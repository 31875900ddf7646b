import { expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import type { Reply } from '../../src/event.ts';
import { build } from '../../src/house.ts';
import { logger } from '../../src/log.ts';
import { command, newFile, rows } from './child.ts';

const VOTERS = Array.from({ length: 30 }, (_, index) => `voter-${index + 1}`);

it('thirty members cast their ballots at once: none is lost, and the last one closes the vote', async () => {
  const file = newFile();
  const config = readConfig({ DATABASE_URL: `file:${file}`, PORT: '0', OFFSHOOT_CLOCK: 'manual', LOG_LEVEL: 'silent' });
  const house = await build(config, logger('silent'));
  const { engine, store, clock, courier } = house.rooms;
  const installation = (await store.look((tables) => tables.installation('local', 'local')))!;

  async function act(by: string, to: string, input: string, answers?: { raw: Record<string, string>; seen?: number }): Promise<Reply> {
    const cause = `${by} ${to} ${input} ${answers ? 'answers' : 'asks'}`;
    return await engine.handle({
      cause,
      installation,
      by: { user: by, name: by },
      where: { address: 'steering-committee' },
      press: { to, input },
      at: clock.now(),
      ...(answers ? { answers } : {}),
    });
  }
  async function fill(by: string, to: string, input: string, given: Record<string, string> = {}): Promise<Reply> {
    const asked = await act(by, to, input);
    if (asked.kind !== 'form') throw new Error(`a form was expected, not ${JSON.stringify(asked)}`);
    const { fields, seen } = asked.form;
    const values = Object.fromEntries(fields.flatMap(({ key, value }) => (value === undefined ? [] : [[key, String(value)]])));
    return await act(by, to, input, { raw: { ...values, ...given }, ...(seen === undefined ? {} : { seen }) });
  }

  const members: string[] = [];
  for (const voter of VOTERS) members.push((await store.update((tables) => tables.putIdentity(installation, voter, { name: voter }))).id);
  const committee = { name: 'Thirty', members: members.join(','), chair: members[0]!, quorum: '60 %', rule: 'any no-go blocks' };
  expect(await fill('voter-1', 'body', 'open', committee)).toMatchObject({ kind: 'done' });
  expect(await fill('pm', 'vote', 'open', { body: 'body/2' })).toMatchObject({ kind: 'done' });

  const replies = await Promise.all(VOTERS.map((voter) => fill(voter, 'vote/1', 'ballot')));
  expect(replies.map((reply) => reply.kind)).toEqual(VOTERS.map(() => 'done'));
  await house.rooms.timekeeper.sweep();
  await courier.idle();
  await house.stop();

  expect(rows(file, 'select person from ballots where number = 1 and cast_at is not null')).toHaveLength(30);
  expect(rows(file, "select count(*) as entries, count(distinct seq) as numbers from journal where input = 'ballot'")).toEqual([
    { entries: 30, numbers: 30 },
  ]);
  expect(rows(file, 'select outcome, phase from votes')).toEqual([{ outcome: 'GO', phase: 'closed' }]);
  expect(rows(file, "select count(*) as cards from local_messages where key = '1/vote/1/vote'")).toEqual([{ cards: 1 }]);
  expect(await command(file, 'verify')).toMatchObject({ code: 0 });
});
