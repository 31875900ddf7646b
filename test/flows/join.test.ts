import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { flows, pages } from '../../flows/index.ts';
import { audit } from '../../src/audit.ts';
import { digestOf } from '../../src/code.ts';
import { driftOf } from '../../src/drift.ts';
import type { Reply } from '../../src/event.ts';
import type { InstallationRow } from '../../src/store.ts';
import { type Core, openCore, words } from '../core/house.ts';

let core: Core;
let slack: InstallationRow;
let teams: InstallationRow;

beforeEach(async () => {
  core = await openCore(flows, { pages });
  slack = await core.install({ platform: 'slack', key: 'T1', name: 'Our team' });
  teams = await core.install({ platform: 'teams', key: 'tenant', name: 'Our tenant' });
  await appoint(slack, 'U1');
  await appoint(teams, 'chair');
});
afterEach(() => core.close());

const on = (
  installation: InstallationRow,
  by: string,
  to: string,
  input: string,
  about?: string,
  raw?: Record<string, string>,
): Promise<Reply> =>
  core.act(by, to, input, raw, {
    installation,
    press: { to, input, ...(about === undefined ? {} : { about }) },
    where: { address: `channel of ${installation.platform}` },
  });

async function appoint(installation: InstallationRow, user: string): Promise<void> {
  const code = `ADMN-${installation.platform}`;
  const expires_at = core.clock.now() + 900_000;
  await core.store.update((tables) =>
    tables.putCode({ workspace: installation.workspace, digest: digestOf(code), purpose: 'administrator', flow: null, expires_at }),
  );
  expect(words(await on(installation, user, 'administrator', 'open', code))).toContain('You are an administrator');
}

async function codeOf(installation: InstallationRow, by: string): Promise<string> {
  const reply = words(await on(installation, by, 'join', 'open'));
  return /[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(reply)![0];
}

const rows = (workspace: number, table: 'people' | 'channels' | 'bodies' | 'members') =>
  core.store.look((tables) => tables.rows(workspace, { as: '', rows: table, order: ['id', 'asc'] }));

async function sound(): Promise<void> {
  expect((await audit(core.store)).every((one) => !one.broken)).toBe(true);
  expect(await driftOf(core.store, flows)).toEqual([]);
  expect(await core.store.look((tables) => tables.heldThings())).toEqual([]);
}

describe('joining two messengers', () => {
  it('moves people and channels of the other one, once both sides have confirmed', async () => {
    const code = await codeOf(slack, 'U1');
    const [before, shell] = [slack.workspace, teams.workspace];
    await on(teams, 'member', 'mute', 'open', 'due');
    expect(words(await on(teams, 'chair', 'join', 'open', code))).toContain('Asked');
    expect(teams.workspace).toBe(shell);
    const [asked] = await core.store.look((tables) => tables.surfacesOf(before, 'join/1'));
    expect(asked).toMatchObject({ to: 'person/1', card: { buttons: [{ label: 'Join' }, { label: 'Refuse' }] } });
    expect(JSON.stringify(asked!.card)).toContain('Our tenant');

    expect(words(await on(slack, 'U1', 'join/1', 'join'))).toContain('Our tenant is part of this workspace now');
    expect(teams.workspace).toBe(before);
    expect(await rows(before, 'people')).toMatchObject([{ name: 'U1' }, { name: 'chair' }, { name: 'member' }]);
    expect(await rows(before, 'channels')).toHaveLength(2);
    const raw = { name: 'Board', members: 'person/1,member', chair: 'chair', quorum: '2', rule: 'majority' };
    expect(words(await on(teams, 'chair', 'body', 'open', undefined, raw))).toContain('set up with 3 members');
    expect(await rows(before, 'bodies')).toMatchObject([{ chair: 'person/2' }]);
    expect(await rows(shell, 'bodies')).toEqual([]);
    expect(words(await on(teams, 'chair', 'administrator', 'open'))).toContain('Please ask person/1');
    expect(words(await on(slack, 'U1', 'join/1', 'join'))).toContain('over already');
    await sound();
  });

  it('takes the tokens and webhooks of the workspace that nobody is in any more along', async () => {
    const shell = teams.workspace;
    expect(words(await on(teams, 'chair', 'access', 'open', 'token', { name: 'in chat' }))).toContain('in chat');
    await core.store.update(function* (tables) {
      yield* tables.putToken({ workspace: shell, name: 'pipeline', hash: 'a'.repeat(64), created_at: 1 });
      yield* tables.putToken({ workspace: slack.workspace, name: 'desk', hash: 'b'.repeat(64), created_at: 1 });
      yield* tables.putWebhook({ workspace: shell, url: 'https://hooks.example.com/it', secret: 'secret', created_at: 1 });
    });
    await on(teams, 'chair', 'join', 'open', await codeOf(slack, 'U1'));
    await on(slack, 'U1', 'join/1', 'join');
    const [tokens, hooks, left] = await core.store.look(function* (tables) {
      const here = slack.workspace;
      return [
        yield* tables.tokensOf(here),
        yield* tables.webhooksOf(here),
        [...(yield* tables.tokensOf(shell)), ...(yield* tables.webhooksOf(shell))],
      ];
    });
    expect(tokens.map((one) => one.name)).toEqual(['in chat', 'pipeline', 'desk']);
    expect(hooks).toMatchObject([{ url: 'https://hooks.example.com/it', secret: 'secret' }]);
    expect(left).toEqual([]);
    await sound();
  });

  it('leaves them where another messenger stays', async () => {
    const browser = await core.install({ platform: 'local', key: 'desk', name: 'Our desk' });
    const shell = teams.workspace;
    await core.store.update(function* (tables) {
      yield* tables.moveInstallation(browser, shell);
      yield* tables.putToken({ workspace: shell, name: 'pipeline', hash: 'a'.repeat(64), created_at: 1 });
    });
    await on(teams, 'chair', 'join', 'open', await codeOf(slack, 'U1'));
    expect(words(await on(slack, 'U1', 'join/1', 'join'))).toContain('is part of this workspace now');
    expect(await core.store.look((tables) => tables.tokensOf(shell))).toHaveLength(1);
    expect(await core.store.look((tables) => tables.tokensOf(slack.workspace))).toEqual([]);
  });

  it('is refused with nothing changed', async () => {
    const code = await codeOf(slack, 'U1');
    await on(teams, 'chair', 'join', 'open', code);
    expect(words(await on(slack, 'U2', 'join/1', 'join'))).toContain('Only an administrator');
    expect(words(await on(slack, 'U1', 'join/1', 'refuse'))).toContain('Nothing was changed');
    expect(words(await on(slack, 'U1', 'join/1', 'join'))).toContain('over already');
    expect(teams.workspace).not.toBe(slack.workspace);
    await sound();
  });

  it('asks nobody with a code that is used, late, of this side, of another purpose, or typed by somebody else', async () => {
    const code = await codeOf(slack, 'U1');
    expect(words(await on(slack, 'U1', 'join', 'open', code))).toContain('part of that workspace already');
    expect(words(await on(teams, 'member', 'join', 'open', code))).toContain('Only an administrator may join');
    expect(words(await on(teams, 'chair', 'administrator', 'open', code))).toContain('no code for this');
    expect(words(await on(teams, 'chair', 'join', 'open', code))).toContain('Asked');
    expect(words(await on(teams, 'chair', 'join', 'open', code))).toContain('used already');
    const other = await codeOf(slack, 'U1');
    core.clock.move(core.clock.now() + 900_000);
    expect(words(await on(teams, 'chair', 'join', 'open', other))).toContain('too late');
    expect(words(await on(slack, 'U1', 'join/1', 'join'))).toContain('it was too late');
    expect(words(await on(slack, 'U1', 'join/1', 'answered'))).toContain('older version');
    expect(words(await on(slack, 'U2', 'join', 'open'))).toContain('Only an administrator');
    expect(teams.workspace).not.toBe(slack.workspace);
  });

  it('takes no workspace that holds something, not even when that came after the code was typed', async () => {
    const code = await codeOf(slack, 'U1');
    expect(words(await on(teams, 'chair', 'join', 'open', code))).toContain('Asked');
    await on(teams, 'chair', 'body', 'open', undefined, { name: 'Board', members: 'chair', chair: 'chair', quorum: '1', rule: 'majority' });
    expect(words(await on(slack, 'U1', 'join/1', 'join'))).toContain('holds something already: committees');
    expect(words(await on(teams, 'chair', 'join', 'open', await codeOf(slack, 'U1')))).toContain('holds something already: committees');
    expect(teams.workspace).not.toBe(slack.workspace);
    await sound();
  });
});
