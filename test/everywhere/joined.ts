import { expect } from 'vitest';
import { digestOf } from '../../src/code.ts';
import { said } from '../contract/client.ts';
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
  await appoint(slack, slack);
  await appoint(slack, teams);
  const code = codeIn(said(await slack.say('Chair', 'steering-committee', '/offshoot join')));
  expect(said(await teams.say('Chair', 'direct', `join ${code}`))).toContain('Asked');
  const asked = await new Room(slack).latest('direct', 'into this workspace?', undefined, 'Chair');
  expect(asked.text).toContain('Chair of Teams');
  expect(said(await slack.press('Chair', 'direct', 'Join'))).toContain('is part of this workspace now');
}

/** Links the Chair of Slack with the Chair of Teams, who then is the one of Slack. */
export async function linked({ slack, teams }: Both): Promise<void> {
  const code = codeIn(said(await slack.say('Chair', 'steering-committee', '/offshoot link')));
  expect(said(await teams.say('Chair', 'direct', `link ${code}`))).toContain('Please confirm it');
  expect((await new Room(teams).latest('direct', 'Are you Chair?', undefined, 'Chair')).buttons).toEqual(['That is me', 'Refuse']);
  expect(said(await teams.press('Chair', 'direct', 'That is me'))).toContain('Confirmed here');
  expect((await new Room(slack).latest('direct', 'Are you Chair of Teams, too?', undefined, 'Chair')).buttons).toEqual(['Link', 'Refuse']);
  expect(said(await slack.press('Chair', 'direct', 'Link'))).toContain('You are one person now');
}

const codeIn = (words: string): string => /[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(words)![0];

/** Makes the Chair of one side an administrator there, as the code of an operator does. */
async function appoint(slack: SlackClient, client: SlackClient | TeamsClient): Promise<void> {
  const code = `OPER-ATOR-${client === slack ? 'SLCK' : 'TEAM'}`;
  await slack.house.rooms.store.update(function* (tables) {
    const [installation] = yield* tables.installations(client === slack ? 'slack' : 'teams');
    const { workspace } = installation!;
    yield* tables.putCode({ workspace, digest: digestOf(code), purpose: 'administrator', flow: null, expires_at: slack.now() + 10 ** 12 });
  });
  expect(said(await client.say('Chair', 'direct', `administrator ${code}`))).toContain('You are an administrator');
}
