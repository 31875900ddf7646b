import { expect, it } from 'vitest';
import { newFile } from '../core/folder.ts';

import { DAY, MEMBERS, Room } from './room.ts';

const RESULT = "select json_extract(card, '$.text') as text from local_messages where key = '1/vote/1/result'";

it('a vote whose deadline passed while Offshoot was down is closed at its time, and the result says so', async () => {
  const file = newFile();
  const before = await Room.open(file, { env: { OFFSHOOT_CLOCK: 'system' } });
  await before.openVote();
  for (const as of MEMBERS.slice(0, 3)) await before.cast(as);
  const [{ deadline }] = before.rows('select deadline from votes') as [{ deadline: number }];
  await before.stop();
  const stopped = Date.now();

  const after = await Room.open(file, { env: { OFFSHOOT_CLOCK: 'system' }, ahead: 4 * DAY });
  expect(after.rows('select phase, outcome, closed_at from votes')).toEqual([{ phase: 'closed', outcome: 'GO', closed_at: deadline }]);
  expect(await after.cast('member-4').catch((fault: unknown) => String(fault))).toContain('refused');
  await after.expectWhole();
  expect(after.rows(RESULT)).toMatchObject([{ text: expect.stringContaining('Offshoot was not running at the deadline') }]);
  expect(after.rows("select seq from journal where input = 'deadline'")).toHaveLength(1);
  const [outage, ...more] = after.rows('select from_at, until_at from outages') as { from_at: number; until_at: number }[];
  expect(more).toEqual([]);
  expect(Math.abs(outage!.from_at - stopped)).toBeLessThan(60_000);
  expect(Math.abs(outage!.until_at - stopped - 4 * DAY)).toBeLessThan(60_000);
  const [state] = after.rows("select json_extract(state, '$.closed.down') as down from flows where id = 'vote/1'") as [{ down: string }];
  expect(JSON.parse(state.down)).toEqual({ from: outage!.from_at, until: outage!.until_at });
  expect(after.rows('select number, decided_at from decisions')).toEqual([{ number: 1, decided_at: deadline }]);
  await after.stop();
});
