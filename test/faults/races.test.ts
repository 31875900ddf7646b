import { beforeEach, describe, expect, it } from 'vitest';
import { newFile } from '../core/folder.ts';

import { formIn, MEMBERS, Room } from './room.ts';

const BALLOTS = 'select person, number from ballots order by person';

describe('what comes twice, or all at once', () => {
  let room: Room;
  beforeEach(async () => {
    room = await Room.open(newFile());
    await room.openVote();
    return async () => {
      await room.expectWhole();
      await room.stop();
    };
  });

  it('a double click counts once and is answered alike', async () => {
    const form = formIn(await room.press('member-1', 'vote/1 ballot', 'opening'));
    const answers = await Promise.all([room.submit('member-1', form, 'click'), room.submit('member-1', form, 'click')]);
    expect(answers[0]).toMatchObject({ kind: 'done', text: expect.stringContaining('Counted: 15 go') });
    expect(answers[1]).toEqual(answers[0]);
    expect(room.rows(BALLOTS)).toMatchObject([{ number: 1 }]);
  });

  it('a press that is delivered again after a restart makes no second change', async () => {
    const form = formIn(await room.press('member-1', 'vote/1 ballot', 'opening'));
    const answer = await room.submit('member-1', form, 'click');
    await room.stop();
    room = await Room.open(room.file);
    expect(await room.submit('member-1', form, 'click')).toEqual(answer);
    expect(room.rows(BALLOTS)).toMatchObject([{ number: 1 }]);
    expect(room.rows("select seq from journal where input = 'ballot'")).toHaveLength(1);
  });

  it('thirty requests at once, six from each of five members, make five ballots, one decision and no loss', async () => {
    const forms = await Promise.all(MEMBERS.map(async (as) => formIn(await room.press(as, 'vote/1 ballot', `opening ${as}`))));
    const sent = Array.from({ length: 30 }, (_, index) => index % MEMBERS.length);
    const answers = await Promise.all(sent.map((who) => room.submit(MEMBERS[who]!, forms[who]!, `click of ${MEMBERS[who]}`)));
    expect(answers.map((answer) => answer?.kind)).toEqual(answers.map(() => 'done'));
    expect(room.rows(BALLOTS).map((row) => row.number)).toEqual([1, 1, 1, 1, 1]);
    expect(room.rows("select seq from journal where input = 'ballot'")).toHaveLength(5);
    await room.expectWhole();
    expect(room.rows('select id, outcome from decisions')).toEqual([{ id: 'decision/1', outcome: 'GO' }]);
  });

  it('a form of an older deployment is shown afresh with what was filled in, and counts nothing', async () => {
    const form = formIn(await room.press('member-1', 'vote/1 ballot', 'opening'));
    const stale = { ...form, shape: 'of another deployment' };
    const answer = await room.submit('member-1', stale, 'click', { debt: 'missing' });
    expect(answer).toMatchObject({ kind: 'form', notice: expect.stringContaining('This form has changed') });
    const fresh = formIn(answer);
    expect(fresh.fields.find((field) => field.key === 'debt')?.value).toBe('missing');
    expect(room.rows(BALLOTS)).toEqual([]);
    expect(await room.submit('member-1', fresh, 'click', { debt: 'go' })).toMatchObject({ kind: 'done' });
  });

  it('a form opened before another ballot was cast does not overwrite it', async () => {
    const before = formIn(await room.press('member-1', 'vote/1 ballot', 'opening'));
    await room.cast('member-1');
    expect(await room.submit('member-1', before, 'late')).toMatchObject({ kind: 'refused' });
    expect(room.rows(BALLOTS)).toMatchObject([{ number: 1 }]);
  });
});
