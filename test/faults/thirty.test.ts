import { expect, it } from 'vitest';
import { newFile } from '../core/folder.ts';
import { openHouse } from '../cli/house.ts';
import { rowsIn } from '../core/rows.ts';
import { command } from './child.ts';

const VOTERS = Array.from({ length: 30 }, (_, index) => `voter-${index + 1}`);

it('thirty members cast their ballots at once: none is lost, and the last one closes the vote', async () => {
  const file = newFile();
  const { house, installation, fill, moveTo } = await openHouse(file);
  const members: string[] = [];
  for (const voter of VOTERS)
    members.push((await house.rooms.store.update((tables) => tables.putIdentity(installation, voter, { name: voter }))).id);
  const committee = { name: 'Thirty', members: members.join(','), chair: members[0]!, quorum: '60 %', rule: 'any no-go blocks' };
  expect(await fill('voter-1', 'body', 'open', committee)).toMatchObject({ kind: 'done' });
  expect(await fill('pm', 'vote', 'open', { body: 'body/2', without: 'On paper' })).toMatchObject({ kind: 'done' });

  const replies = await Promise.all(VOTERS.map((voter) => fill(voter, 'vote/1', 'ballot')));
  expect(replies.map((reply) => reply.kind)).toEqual(VOTERS.map(() => 'done'));
  await moveTo(house.rooms.clock.now());
  await house.stop();

  expect(rowsIn(file, 'select person from ballots where number = 1 and cast_at is not null')).toHaveLength(30);
  expect(rowsIn(file, "select count(*) as entries, count(distinct seq) as numbers from journal where input = 'ballot'")).toEqual([
    { entries: 30, numbers: 30 },
  ]);
  expect(rowsIn(file, 'select outcome, phase from votes')).toEqual([{ outcome: 'GO', phase: 'closed' }]);
  expect(rowsIn(file, "select count(*) as cards from local_messages where key = '1/vote/1/vote'")).toEqual([{ cards: 1 }]);
  expect(await command(file, 'verify')).toMatchObject({ code: 0 });
});
