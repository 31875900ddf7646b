import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { flows } from '../../flows/index.ts';
import { audit } from '../../src/audit.ts';
import { driftOf } from '../../src/drift.ts';
import { type PlatformClient, said } from '../contract/client.ts';
import { SlackClient } from '../contract/slack/client.ts';
import { webBeside } from '../contract/web/client.ts';
import { appoint, codeIn, linkedOn } from './joined.ts';
import { Room } from './story.ts';

const HOUR = 3_600_000;

let slack: SlackClient;
let browser: PlatformClient;

/** One house with Slack and the local workspace, who are called alike on both. */
beforeEach(async () => {
  slack = new SlackClient('http');
  slack.more = { OFFSHOOT_LOCAL: '1' };
  await slack.slack.start();
  await slack.start();
  browser = webBeside(slack);
});
afterEach(() => slack.stop());

const askedToJoin = async (here: PlatformClient, there: PlatformClient): Promise<string> => {
  const code = codeIn(said(await here.say('Chair', 'steering-committee', '/offshoot join')));
  return said(await there.say('Chair', 'direct', `/offshoot join ${code}`));
};

async function joined(): Promise<void> {
  await appoint(slack, 'slack');
  await appoint(browser, 'local');
  expect(await askedToJoin(browser, slack)).toContain('Asked');
  expect(said(await browser.press('Chair', 'direct', 'Join'))).toContain('is part of this workspace now');
}

const sides = (): [PlatformClient, PlatformClient][] => [
  [browser, slack],
  [slack, browser],
];

async function sound(): Promise<void> {
  const { store } = slack.house.rooms;
  expect((await audit(store)).every((one) => !one.broken)).toBe(true);
  expect(await driftOf(store, flows)).toEqual([]);
  expect(await store.look((tables) => tables.heldThings())).toEqual([]);
}

describe('somebody on Slack and in the browser', () => {
  it('is refused with what to do first, on either side, where the two are not joined', async () => {
    for (const [here, there] of sides()) {
      const code = codeIn(said(await here.say('Chair', 'steering-committee', '/offshoot link')));
      expect(said(await there.say('Chair', 'direct', `/offshoot link ${code}`))).toBe(
        'That code was given in another workspace, and nobody is known in two. Its administrators join the two messengers first: /offshoot join',
      );
    }
  });

  it('is not joined by a browser that comes into Slack, because its examples are there from the start; the sentence says which way', async () => {
    await appoint(slack, 'slack');
    await appoint(browser, 'local');
    expect(await askedToJoin(slack, browser)).toContain(
      'that one holds something already: committees, initiatives. Get the code on that messenger and type it on the new one',
    );
    await sound();
  });

  it.each(['the browser', 'Slack'])('is linked with the code of %s, and has one ballot and one list from then on', async (first) => {
    await joined();
    const [here, there] = first === 'Slack' ? [slack, browser] : [browser, slack];
    await linkedOn(here, there, 'Chair');
    const { rows } = new Room(slack);
    const [one, ...more] = rows("select distinct person from identities where user in ('chair', 'U0CHAIR')") as { person: string }[];
    expect(more).toEqual([]);
    expect(rows('select chair from bodies')).toEqual([{ chair: one!.person }]);

    await browser.say('PM', 'steering-committee', '/go-no-go churn');
    const why = 'Without a review or readiness check: why?';
    expect(said(await browser.submit('PM', { Channel: 'steering-committee', [why]: 'On paper.' }))).toContain('is open until');
    expect(said(await new Room(browser).cast('Chair'))).toContain('Counted: 15 go');
    expect(said(await slack.say('Chair', 'direct', '/offshoot'))).not.toContain('Your ballot is missing');
    expect(rows('select person, number from ballots')).toEqual([{ person: one!.person, number: 1 }]);
    await sound();
  });

  it('is written to where they acted last, whichever is started anew since', async () => {
    await joined();
    await linkedOn(browser, slack, 'Chair');
    await browser.say('PM', 'steering-committee', '/go-no-go churn');
    const why = 'Without a review or readiness check: why?';
    await browser.submit('PM', { Channel: 'steering-committee', [why]: 'On paper.' });
    await slack.say('Chair', 'direct', '/offshoot');
    await browser.restart();
    const [{ deadline }] = new Room(slack).rows('select deadline from votes') as [{ deadline: number }];
    await slack.moveTo(deadline - 2 * HOUR);
    expect(await new Room(slack).latest('direct', 'Your ballot is missing', undefined, 'Chair')).toMatchObject({
      buttons: ['Vote', 'Mute these'],
    });
    await expect(new Room(browser).latest('direct', 'Your ballot is missing', undefined, 'Chair')).rejects.toThrow('no message');
    await sound();
  });
});
