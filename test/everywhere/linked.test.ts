import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { flows } from '../../flows/index.ts';
import { audit } from '../../src/audit.ts';
import { driftOf } from '../../src/drift.ts';
import { type Heard, said } from '../contract/client.ts';
import { type Both, bothOpened, bothStopped, joined, linked } from './joined.ts';
import { Room } from './story.ts';

const HOUR = 3_600_000;

let both: Both;
let here: Room;
let there: Room;

beforeEach(async () => {
  both = await bothOpened();
  [here, there] = [new Room(both.slack), new Room(both.teams)];
  await joined(both);
});
afterEach(() => bothStopped(both));

/** A committee of the Chair, on both messengers, of one more on Slack and of one more on Teams; and a vote of it, shown on both. */
async function voting(
  board: Record<string, string | string[]> = {
    Members: ['Chair', 'Member 1'],
    'Members: on other messengers': ['PM of Teams'],
    Chair: 'Chair',
  },
): Promise<void> {
  const { slack, teams } = both;
  await slack.say('Chair', 'churn-model', '/initiative Returns model');
  await slack.submit('Chair', { Owner: 'Member 1', Sponsor: 'Member 2', Channel: 'churn-model' });
  await slack.say('Chair', 'steering-committee', '/offshoot committee Scaling board');
  expect(said(await slack.submit('Chair', { ...board, Quorum: '2' }))).toContain('set up with 3 members');
  expect(said(await teams.say('Chair', 'steering-committee', 'committee Scaling board here'))).toContain('meets here, too');
  await slack.say('Chair', 'steering-committee', '/go-no-go returns');
  const why = 'Without a review or readiness check: why?';
  const terms = { Committee: 'Scaling board', Channel: 'steering-committee', [why]: 'On paper.' };
  expect(said(await slack.submit('Chair', terms))).toContain('is open until');
}

const ballots = () => here.rows('select person, number, cast_by from ballots order by cast_at');

async function sound(): Promise<void> {
  const { store } = both.slack.house.rooms;
  expect((await audit(store)).every((one) => !one.broken)).toBe(true);
  expect(await driftOf(store, flows)).toEqual([]);
  expect(await store.look((tables) => tables.heldThings())).toEqual([]);
}

const isCounted = (heard: Heard): boolean => heard.kind === 'said' && heard.text.startsWith('Counted');

describe('one person on two messengers', () => {
  it('is linked on both, then votes on either, and is written to where they acted last', async () => {
    await linked(both);
    await voting();
    for (const room of [here, there])
      expect((await room.latest('steering-committee', 'Go/no-go: Returns model')).text).toContain('0 of 3 voted');
    const { slack, teams } = both;
    const [{ deadline }] = here.rows('select deadline from votes') as [{ deadline: number }];

    // The Chair acted on Teams last, and is reminded there alone.
    await teams.say('Chair', 'direct', 'mine');
    await slack.moveTo(deadline - 2 * HOUR);
    expect(await there.latest('direct', 'Your ballot is missing', undefined, 'Chair')).toMatchObject({ buttons: ['Vote', 'Mute these'] });
    await expect(here.latest('direct', 'Your ballot is missing', undefined, 'Chair')).rejects.toThrow('no message');

    expect(said(await there.cast('Chair'))).toContain('Counted: 15 go');
    for (const room of [here, there]) expect((await room.latest('steering-committee', 'Go/no-go')).text).toContain('1 of 3 voted');
    expect(said(await here.cast('Chair', { Recognition: 'Abstain' }))).toContain('Counted: 14 go, 1 abstain');
    expect(ballots()).toMatchObject([{ number: 2, cast_by: null }]);
    for (const room of [here, there]) expect((await room.latest('steering-committee', 'Go/no-go')).text).toContain('1 of 3 voted');
    await here.cast('Member 1');
    expect(said(await there.cast('PM'))).toContain('the vote is closed');
    for (const room of [here, there])
      expect((await room.latest('steering-committee', 'GO', /It would have been/)).text).toContain('3 of 3 voted');
    expect(here.rows('select outcome from decisions')).toEqual([{ outcome: 'GO' }]);
    await sound();
  });

  it('has what stood before them by the other name taken away there, and put where they are now', async () => {
    await voting({ Members: ['Member 1'], 'Members: on other messengers': ['Chair of Teams', 'PM of Teams'], Chair: 'Member 1' });
    const { slack } = both;
    const [{ deadline }] = here.rows('select deadline from votes') as [{ deadline: number }];
    await slack.moveTo(deadline - 2 * HOUR);
    expect(await there.latest('direct', 'Your ballot is missing', undefined, 'Chair')).toMatchObject({ buttons: ['Vote', 'Mute these'] });
    await linked(both);
    expect(await here.latest('direct', 'Your ballot is missing', undefined, 'Chair')).toMatchObject({ buttons: ['Vote', 'Mute these'] });
    await expect(there.latest('direct', 'Your ballot is missing', undefined, 'Chair')).rejects.toThrow('no message');
    await sound();
  });

  it('has one ballot, however both messengers bring one at once: the later one is told so, and is a change when it is sent again', async () => {
    await linked(both);
    await voting();
    const { slack, teams } = both;
    for (let round = 0; round < 3; round++) {
      const before = (ballots() as { number: number }[])[0]?.number ?? 0;
      for (const client of [slack, teams])
        expect(await client.press('Chair', 'steering-committee', 'Vote')).toMatchObject({ kind: 'form', title: 'Your ballot' });
      const heard = await Promise.all([
        slack.submit('Chair', { Recognition: round % 2 === 0 ? 'Abstain' : 'Go' }),
        teams.submit('Chair', { Recognition: round % 2 === 0 ? 'Go' : 'Abstain' }),
      ]);
      expect(heard.filter(isCounted)).toHaveLength(1);
      expect(JSON.stringify(heard.find((one) => !isCounted(one)))).toContain('This form was opened before your ballot last changed');
      expect(ballots()).toMatchObject([{ number: before + 1, cast_by: null }]);

      // Each is delivered again, also at once: nothing is counted anew.
      await Promise.all([slack.again('Chair'), teams.again('Chair')]);
      expect(ballots()).toMatchObject([{ number: before + 1 }]);

      const later = isCounted(heard[0]) ? there : here;
      expect(isCounted(await later.cast('Chair', { 'Platform potential': 'Abstain' }))).toBe(true);
      expect(ballots()).toMatchObject([{ number: before + 2 }]);
      for (const each of [here, there]) expect((await each.latest('steering-committee', 'Go/no-go')).text).toContain('1 of 3 voted');
    }
    expect(here.rows("select count(*) as n from journal where flow = 'vote/1' and input = 'ballot'")).toEqual([{ n: 6 }]);
    await sound();
  });
});
