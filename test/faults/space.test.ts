import { describe, expect, it } from 'vitest';
import { newFile } from '../core/folder.ts';
import { rowsIn } from '../core/rows.ts';
import { type Answer, Room } from './room.ts';

/** Grows the database by one ballot with reasons as long as they may be. */
async function longBallot(room: Room, round: number): Promise<Answer | undefined> {
  const choices = await room.press('member-1', 'vote/1 ballot', `opening ${round}`);
  if (choices?.kind !== 'form') return choices;
  const against = Object.fromEntries(choices.form.fields.map(({ key, options = [] }) => [key, options[1]!.value]));
  const reasons = await room.submit('member-1', choices.form, `choices ${round}`, against);
  if (reasons?.kind !== 'form') return reasons;
  const typed = Object.fromEntries(reasons.form.fields.map(({ key }) => [key, `${round} `.padEnd(900, 'x')]));
  return await room.submit('member-1', reasons.form, `reasons ${round}`, typed);
}

describe('a database that cannot be written', () => {
  it.each(['full', 'readonly'] as const)('%s: it says so, nothing acknowledged is lost, and it goes on when it can', async (how) => {
    const file = newFile();
    const room = await Room.open(file, { faults: [{ on: '^insert into "ballots"', nth: 5, do: how }] });
    await room.openVote();
    let acknowledged = 0;
    let refusal: Answer | undefined;
    for (let round = 1; round <= 200 && !refusal; round++) {
      const answer = await longBallot(room, round);
      if (answer?.kind === 'done') acknowledged = round;
      else refusal = answer;
    }
    expect(refusal).toMatchObject({ status: 500, title: expect.stringContaining('went wrong') });
    expect(room.child.said()).toContain(how === 'full' ? 'database or disk is full' : 'readonly database');
    expect(acknowledged).toBeGreaterThan(0);
    expect((await fetch(`${room.url}/healthz`)).status).toBe(200);
    room.child.process.kill('SIGTERM');
    expect(await room.child.ended).toMatchObject({ code: 0 });

    const kept = rowsIn(file, "select value as reason from ballots, json_each(reasons) where key = 'roi'");
    expect(kept).toEqual([{ reason: `${acknowledged} `.padEnd(900, 'x') }]);
    const again = await Room.open(file);
    expect(await longBallot(again, acknowledged + 1)).toMatchObject({ kind: 'done' });
    await again.expectWhole();
    await again.stop();
  });
});
