import { beforeAll, describe, expect, it } from 'vitest';
import { newFile } from '../core/folder.ts';
import { rowsIn } from '../core/rows.ts';
import { command, type Fault, launch } from './child.ts';
import { DAY, formIn, MEMBERS, Room } from './room.ts';

const at = (on: string, more: Omit<Fault, 'on'> = {}): Fault => ({ on, ...more });
const kill = (when: 'before' | 'after', on: string, nth = 1): Fault =>
  at(on, { nth, do: 'kill', ...(when === 'before' ? { before: true } : {}) });

const BALLOT = '^insert into "ballots"';
const COMMIT = '^COMMIT$';

/** What happened, in order, without the moments. */
const journal = (file: string) => rowsIn(file, 'select seq, flow, input from journal order by seq');
/** What was posted where; the order of messages in different channels is nobody's concern. */
const messages = (file: string) => rowsIn(file, 'select address, key from local_messages where key is not null order by key');
const ballots = (file: string) => rowsIn(file, 'select person, number, choices is not null as cast from ballots order by person');

/** 2027-03-01, 09:00 UTC: one start for all, so that the same falls due in each. */
const START = Date.UTC(2027, 2, 1, 9);
const fromStart = () => START - Date.now();

/** Three of five vote, and time moves on until the first reminder; where the process is killed on the way, it is started again. */
async function untilReminded(file: string, faults: readonly Fault[]): Promise<void> {
  let room = await Room.open(file, { faults, ahead: fromStart() });
  await room.openVote();
  for (const as of MEMBERS.slice(0, 3)) await room.cast(as);
  const to = START + 40 * DAY;
  if (faults.length > 0) {
    expect(await room.moveTo(to)).toBeUndefined();
    expect(await room.child.ended).toMatchObject({ signal: 'SIGKILL' });
    room = await Room.open(file, { ahead: fromStart() });
  }
  expect(await room.moveTo(to)).toMatchObject({ now: to });
  await room.expectWhole();
  await room.stop();
}

describe('SIGKILL', () => {
  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)('%s the commit of a ballot: what is durable counts, and the same click again counts once', async (when, durable) => {
    const file = newFile();
    const first = await Room.open(file, { faults: [at(BALLOT), kill(when, COMMIT)] });
    await first.openVote();
    const form = formIn(await first.press('member-1', 'vote/1 ballot', 'opening'));
    expect(await first.submit('member-1', form, 'ballot')).toBeUndefined();
    expect(await first.child.ended).toMatchObject({ signal: 'SIGKILL' });
    expect(ballots(file)).toHaveLength(durable);
    expect(rowsIn(file, "select seq from journal where input = 'ballot'")).toHaveLength(durable);

    const second = await Room.open(file);
    expect(await second.submit('member-1', form, 'ballot')).toMatchObject({
      kind: 'done',
      text: expect.stringContaining('Counted: 15 go'),
    });
    await second.expectWhole();
    expect(ballots(file)).toMatchObject([{ number: 1, cast: 1 }]);
    expect(rowsIn(file, "select seq from journal where input = 'ballot'")).toHaveLength(1);
    await second.stop();
  });

  it('after a message was posted, before its id is kept: it is found again and not posted twice', async () => {
    const file = newFile();
    const first = await Room.open(file, {
      faults: [
        at('^insert into "flows"', { nth: 3 }),
        at('^insert into "local_messages"'),
        kill('before', '^update "surfaces" set "shown"'),
      ],
    });
    await first.openVote();
    expect(await first.child.ended).toMatchObject({ signal: 'SIGKILL' });
    const card = rowsIn(file, 'select id, key from local_messages');
    expect(card).toMatchObject([{ key: '1/vote/1/vote' }]);
    expect(rowsIn(file, 'select shown, sending, message from surfaces')).toEqual([{ shown: 0, sending: 1, message: null }]);

    const second = await Room.open(file);
    await second.expectWhole();
    expect(rowsIn(file, 'select id, key from local_messages')).toEqual(card);
    await second.cast('member-1');
    await second.expectWhole();
    expect(rowsIn(file, 'select id, key from local_messages')).toEqual(card);
    await second.stop();
  });

  it.each([
    ['at its first table', kill('before', '^create table "workspaces"')],
    ['between two tables', kill('before', '^create table "votes"')],
    ['after its last view', kill('after', '^create view waiting')],
    ['as it is marked as done', kill('after', '^insert into "kysely_migration" ')],
  ])('in a migration, %s: nothing of it is there, and the next start makes it whole', async (_, fault) => {
    const file = newFile();
    expect(await launch(file, { faults: [fault] }).ended).toMatchObject({ signal: 'SIGKILL' });
    expect(rowsIn(file, "select name from sqlite_master where name not like 'kysely%' and name not like 'sqlite%'")).toEqual([]);
    expect(await command(file, 'verify')).toMatchObject({ code: 1, err: expect.stringContaining('Run npx offshoot migrate first') });

    const second = await Room.open(file);
    await second.openVote();
    await second.expectWhole();
    await second.stop();
  });

  describe('in a sweep over nudges, a deadline, a decision and a reminder', () => {
    let undisturbed: string;
    beforeAll(async () => {
      undisturbed = newFile();
      await untilReminded(undisturbed, []);
    });

    it.each([...[1, 2, 3, 4, 5, 6, 9, 14].map((nth) => ['before', nth] as const), ...[1, 7, 12].map((nth) => ['after', nth] as const)])(
      '%s commit %i: the same comes to pass as without it, and everything once',
      async (when, nth) => {
        const file = newFile();
        await untilReminded(file, [at('^delete from "timers"'), kill(when, COMMIT, nth)]);
        expect(journal(file)).toEqual(journal(undisturbed));
        expect(journal(file).map((entry) => entry.input)).toEqual(expect.arrayContaining(['nudge', 'ask', 'deadline', 'due']));
        expect(messages(file)).toEqual(messages(undisturbed));
      },
    );
  });

  it('while draining: what was acknowledged is durable, the rest can be sent again, and nothing counts twice', async () => {
    const file = newFile();
    const first = await Room.open(file, {
      faults: [at(BALLOT, { before: true, do: 'term' }), at(COMMIT), at('.', { before: true, do: 'kill' })],
    });
    await first.openVote();
    const voters = MEMBERS.slice(0, 4);
    const forms = await Promise.all(voters.map(async (as) => formIn(await first.press(as, 'vote/1 ballot', `opening ${as}`))));
    const answers = await Promise.all(voters.map((as, index) => first.submit(as, forms[index]!, `ballot ${as}`)));
    expect(await first.child.ended).toMatchObject({ signal: 'SIGKILL' });
    const acknowledged = answers.filter((answer) => answer?.kind === 'done').length;
    expect(ballots(file).length).toBeGreaterThanOrEqual(Math.max(1, acknowledged));

    const second = await Room.open(file);
    for (const [index, as] of voters.entries())
      expect(await second.submit(as, forms[index]!, `ballot ${as}`)).toMatchObject({
        kind: 'done',
        text: expect.stringContaining('Counted'),
      });
    await second.expectWhole();
    expect(ballots(file).map((row) => row.number)).toEqual([1, 1, 1, 1]);
    expect(rowsIn(file, "select seq from journal where input = 'ballot'")).toHaveLength(4);
    await second.stop();
  });
});
