import { expect } from 'vitest';
import { digestOf } from '../../src/code.ts';
import type { InstallationRow } from '../../src/store.ts';
import { type PlatformClient, said } from '../contract/client.ts';
import { SlackClient } from '../contract/slack/client.ts';
import { TeamsClient } from '../contract/teams/client.ts';
import { Room } from './story.ts';

/** One house with two messengers. */
export interface Both {
  slack: SlackClient;
  teams: TeamsClient;
}

export async function bothOpened(): Promise<Both> {
  const slack = new SlackClient('http');
  await slack.slack.start();
  const teams = await TeamsClient.beside(async (environment) => {
    slack.more = environment;
    await slack.start();
    return slack.house;
  });
  return { slack, teams };
}

export async function bothStopped({ slack, teams }: Both): Promise<void> {
  await slack.stop();
  await teams.microsoft.stop();
}

/** Joins the workspace of Teams into that of Slack, as the Chair of each side does. */
export async function joined({ slack, teams }: Both): Promise<void> {
  await appoint(slack, 'slack');
  await appoint(teams, 'teams');
  const code = codeIn(said(await slack.say('Chair', 'steering-committee', '/offshoot join')));
  expect(said(await teams.say('Chair', 'direct', `join ${code}`))).toContain('Asked');
  const asked = await new Room(slack).latest('direct', 'into this workspace?', undefined, 'Chair');
  expect(asked.text).toContain('Chair of Teams');
  expect(said(await slack.press('Chair', 'direct', 'Join'))).toContain('is part of this workspace now');
}

/** Links the Chair of Slack with the Chair of Teams, who then is the one of Slack. */
export const linked = ({ slack, teams }: Both): Promise<void> => linkedOn(slack, teams, 'Chair of Teams');

/** Links the Chair of one messenger, who stays, with the Chair of another, who is called so until then. */
export async function linkedOn(here: PlatformClient, there: PlatformClient, called: string): Promise<void> {
  const code = codeIn(said(await here.say('Chair', 'steering-committee', '/offshoot link')));
  expect(said(await there.say('Chair', 'direct', `/offshoot link ${code}`))).toContain('Please confirm it');
  expect((await new Room(there).latest('direct', 'Are you Chair?', undefined, 'Chair')).buttons).toEqual(['That is me', 'Refuse']);
  expect(said(await there.press('Chair', 'direct', 'That is me'))).toContain('Confirmed here');
  expect((await new Room(here).latest('direct', `Are you ${called}, too?`, undefined, 'Chair')).buttons).toEqual(['Link', 'Refuse']);
  expect(said(await here.press('Chair', 'direct', 'Link'))).toContain('You are one person now');
}

export const codeIn = (words: string): string => /[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(words)![0];

/** Makes the Chair of one messenger an administrator there, as the code of an operator does. */
export async function appoint(client: PlatformClient, platform: InstallationRow['platform']): Promise<void> {
  const code = `OPERATOR-${platform}`;
  await client.house.rooms.store.update(function* (tables) {
    const [{ workspace }] = (yield* tables.installations(platform)) as [InstallationRow];
    yield* tables.putCode({ workspace, digest: digestOf(code), purpose: 'administrator', flow: null, expires_at: client.now() + 10 ** 12 });
  });
  expect(said(await client.say('Chair', 'direct', `/offshoot administrator ${code}`))).toContain('You are an administrator');
}
