import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { flows } from '../../flows/index.ts';
import { audit } from '../../src/audit.ts';
import { driftOf } from '../../src/drift.ts';
import { type Role, said } from '../contract/client.ts';
import type { SlackClient } from '../contract/slack/client.ts';
import type { TeamsClient } from '../contract/teams/client.ts';
import { bothOpened, bothStopped, joined } from './joined.ts';
import { Room } from './story.ts';

let slack: SlackClient;
let teams: TeamsClient;

beforeEach(async () => {
  ({ slack, teams } = await bothOpened());
});
afterEach(() => bothStopped({ slack, teams }));

const ON_SLACK: readonly Role[] = ['Chair', 'Member 1', 'Member 2', 'Member 3'];
const ON_TEAMS: readonly Role[] = ['PM', 'Sponsor', 'Member 4'];

describe('one committee on two messengers', () => {
  it('tells whoever opens a vote to whom nothing of it is shown', async () => {
    await joined({ slack, teams });
    await slack.say('Chair', 'steering-committee', '/offshoot committee Scaling board');
    const board = { Members: ON_SLACK, 'Members: on other messengers': ['PM of Teams'], Chair: 'Chair', Quorum: '3' };
    expect(said(await slack.submit('Chair', board))).toContain('set up with 5 members');
    await slack.say('Chair', 'churn-model', '/initiative Returns model');
    await slack.submit('Chair', { Owner: 'Member 1', Sponsor: 'Member 2', Channel: 'churn-model' });
    await slack.say('Chair', 'steering-committee', '/go-no-go returns');
    const why = 'Without a review or readiness check: why?';
    const opened = await slack.submit('Chair', { Committee: 'Scaling board', Channel: 'steering-committee', [why]: 'On paper.' });
    expect(said(opened)).toContain('On Microsoft Teams nothing of it is shown to PM of Teams, since Scaling board has no channel there');
  });

  it('decides with four on Slack and three on Teams, and both channels see it', async () => {
    await joined({ slack, teams });
    const { rows } = new Room(slack);
    await slack.say('Chair', 'churn-model', '/initiative Returns model');
    const owners = { Owner: 'Member 1', Sponsor: 'Member 2', Channel: 'churn-model' };
    expect(said(await slack.submit('Chair', owners))).toContain('Registered: Returns model');
    await slack.say('Chair', 'steering-committee', '/offshoot committee Scaling board');
    const board = {
      Members: ON_SLACK,
      'Members: on other messengers': ON_TEAMS.map((role) => `${role} of Teams`),
      Chair: 'Chair',
      Quorum: '5',
    };
    expect(said(await slack.submit('Chair', board))).toContain('set up with 7 members');
    expect(said(await teams.say('Chair', 'steering-committee', 'committee Scaling board here'))).toContain('Only a member');
    expect(said(await teams.say('PM', 'steering-committee', 'committee Scaling board here'))).toContain('meets here, too');
    expect(said(await slack.say('Chair', 'steering-committee', '/offshoot committee Scaling board'))).toContain('It also meets in #');
    // Editing on Slack keeps the members that Slack's own picker does not know.
    await slack.say('Chair', 'direct', 'committee Scaling board');
    expect(await slack.press('Chair', 'direct', 'Edit')).toMatchObject({ kind: 'form' });
    expect(said(await slack.submit('Chair', {}))).toContain('Saved');
    expect(rows('select count(*) as n from members')).toEqual([{ n: 7 }]);

    await slack.say('Chair', 'steering-committee', '/go-no-go returns');
    const why = 'Without a review or readiness check: why?';
    const opened = await slack.submit('Chair', { Committee: 'Scaling board', Channel: 'steering-committee', [why]: 'On paper.' });
    expect(said(opened)).toMatch(/is open until [^.]*\.$/);
    const [here, there] = [new Room(slack), new Room(teams)];
    for (const room of [here, there]) {
      const card = await room.latest('steering-committee', 'Go/no-go: Returns model');
      expect(card).toMatchObject({ text: expect.stringContaining('0 of 7 voted'), buttons: expect.arrayContaining(['Vote']) });
      expect(card.text).toContain('Member 4 of Teams');
    }

    const ballots = await Promise.all([
      ...ON_SLACK.slice(1).map((role) => here.cast(role)),
      ...ON_TEAMS.slice(1).map((role) => there.cast(role)),
    ]);
    expect(ballots.map(said)).toEqual(Array(5).fill(expect.stringContaining('Counted: 15 go')));
    for (const room of [here, there]) expect((await room.latest('steering-committee', 'Go/no-go')).text).toContain('5 of 7 voted');
    // Who is no member of the committee on this side is told so.
    expect(said(await teams.press('Chair', 'steering-committee', 'Vote'))).toContain('Only the members of Scaling board');
    expect(await there.cast('PM', { 'Technical debt within limits': 'Missing' })).toMatchObject({ kind: 'form' });
    await teams.submit('PM', { 'Technical debt within limits: why missing?': 'Two parts wait for the supplier.' });
    expect(said(await here.cast('Chair'))).toContain('the vote is closed');

    for (const room of [here, there]) {
      expect((await room.latest('steering-committee', 'GO WITH CONDITIONS', /It would have been/)).text).toContain('7 of 7 voted');
      const reason = await room.latest('steering-committee', 'Reasons');
      expect(reason).toMatchObject({ thread: true, text: expect.stringContaining('PM of Teams') });
      expect((await room.latest('steering-committee', 'D-1 GO WITH CONDITIONS')).buttons).toContain('Assign: Technical debt within limits');
    }
    expect(rows('select count(*) as n from ballots')).toEqual([{ n: 7 }]);
    expect(rows('select outcome from decisions')).toEqual([{ outcome: 'GO WITH CONDITIONS' }]);

    // A condition's owner may be on the other messenger.
    await slack.press('Chair', 'steering-committee', 'Assign: Technical debt within limits');
    const assigned = { 'Owner: or on another messenger': 'PM of Teams', 'How will it be measured?': 'By the scan' };
    expect(said(await slack.submit('Chair', assigned))).toContain('is asked to accept');
    expect(said(await teams.press('PM', 'direct', 'Accept'))).toContain('the decision is final');
    for (const room of [here, there]) await room.latest('steering-committee', 'D-1 is final');

    const { store } = slack.house.rooms;
    expect((await audit(store)).every((one) => !one.broken)).toBe(true);
    expect(await driftOf(store, flows)).toEqual([]);
    expect(await store.look((tables) => tables.heldThings())).toEqual([]);
  });

  it('stays joined after a restart', async () => {
    await joined({ slack, teams });
    await slack.restart();
    teams.house = slack.house;
    await teams.say('Chair', 'direct', 'initiative From Teams');
    expect(new Room(slack).rows('select distinct workspace from installations')).toEqual([{ workspace: 1 }]);
    expect(said(await slack.say('Chair', 'steering-committee', '/offshoot administrator'))).toContain('Administrators');
    expect(said(await teams.say('Chair', 'direct', 'administrator'))).toContain('Administrators');
  });
});
