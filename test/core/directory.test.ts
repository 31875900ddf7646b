import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { initiative } from '../../flows/initiative/initiative.ts';
import type { PersonId } from '../../src/id.ts';
import type { InstallationRow, Tables, Work } from '../../src/store.ts';
import { type Core, openCore } from './house.ts';

const form = { name: 'Churn model', owner: 'U1', sponsor: 'U2', channel: 'C1' };

describe('who and where a form names', () => {
  let core: Core;
  beforeEach(async () => {
    core = await openCore([initiative]);
  });
  afterEach(async () => await core.close());

  const people = () => core.store.look((tables) => tables.rows(core.installation.workspace, { as: '', rows: 'people' }));
  const register = (raw: Record<string, string>, picked: readonly string[]) =>
    core.act('PM', 'initiative', 'open', undefined, { answers: { raw, picked } });

  it('is entered when the platform’s own picker offered it', async () => {
    expect(await register(form, ['U1', 'U2', 'C1'])).toMatchObject({ kind: 'done' });
    expect(await people()).toHaveLength(3);
    expect(await core.store.look((tables) => tables.rows(core.installation.workspace, { as: '', rows: 'initiatives' }))).toMatchObject([
      { owner: 'person/2', sponsor: 'person/3', channel: 'channel/1' },
    ]);
  });

  it('is refused when nobody knows it, and enters nobody', async () => {
    expect(await register(form, ['U2'])).toMatchObject({
      kind: 'errors',
      errors: { owner: 'A person of this workspace, please.', channel: 'A channel that Offshoot is in, please.' },
    });
    expect(await register({ ...form, owner: 'person/99', sponsor: '__proto__' }, [])).toMatchObject({
      kind: 'errors',
      errors: { owner: expect.any(String), sponsor: expect.any(String) },
    });
    expect((await people()).length).toBeLessThanOrEqual(2);
  });

  it('gives a channel in which nobody has spoken yet the clock of whoever chooses it, once', async () => {
    const zoneOf = async () => (await core.store.look((tables) => tables.channelAt(core.installation.id, 'C1')))?.zone;
    const choose = async (name: string, zone: string | undefined) => {
      const answers = { raw: { ...form, name }, picked: ['U1', 'U2'] };
      const by = { user: 'PM', name: 'PM', ...(zone ? { zone } : {}) };
      expect(await core.act('PM', 'initiative', 'open', undefined, { answers, by })).toMatchObject({ kind: 'done' });
    };
    await core.store.update((tables) => tables.putChannel(core.installation, { address: 'C1', name: 'c1', zone: null, reference: null }));
    await choose('One', undefined);
    expect(await zoneOf()).toBeNull();
    await choose('Two', 'Europe/Berlin');
    expect(await zoneOf()).toBe('Europe/Berlin');
    await choose('Three', 'Asia/Tokyo');
    expect(await zoneOf()).toBe('Europe/Berlin');
  });

  it('is never somebody of another workspace', async () => {
    const other = await core.store.update((tables) => tables.putInstallation({ platform: 'slack', key: 'T2', name: 'Other' }, 0));
    await core.store.update((tables) => tables.putIdentity(other, 'U9', { name: 'Theirs' }));
    expect(await register({ ...form, owner: 'U9' }, ['U2', 'C1'])).toMatchObject({ kind: 'errors', errors: { owner: expect.any(String) } });
  });
});

describe('what somebody on two messengers is called', () => {
  let core: Core;
  let teams: InstallationRow;
  beforeEach(async () => {
    core = await openCore([initiative]);
    teams = await core.install({ platform: 'teams', key: 'tenant', name: 'Our tenant' });
  });
  afterEach(async () => await core.close());

  const change = <Result>(work: (tables: Tables) => Work<Result>) => core.store.update(work);
  const enter = async (from: InstallationRow, user: string, name?: string) =>
    (await change((tables) => tables.putIdentity(from, user, name === undefined ? {} : { name }))).id;
  const says = (from: InstallationRow, person: PersonId, name: string) => change((tables) => tables.updateProfile(from, person, { name }));
  const names = async () =>
    ((await core.store.look((tables) => tables.rows(core.installation.workspace, { as: '', rows: 'people' }))) as { name: string }[]).map(
      ({ name }) => name,
    );

  /** The one of this messenger stays, the one of Teams is gone. */
  async function linked(here?: string): Promise<[stays: PersonId, gone: PersonId]> {
    await change((tables) => tables.moveInstallation(teams, core.installation.workspace));
    teams.workspace = core.installation.workspace;
    const [stays, gone] = [await enter(core.installation, 'U1', here), await enter(teams, '29:1', 'CHAIR (External)')];
    await change((tables) => tables.linkPerson(core.installation.workspace, { stays, gone }, []));
    return [stays, gone];
  }

  it('is what the messenger of the one who stays calls them, whatever the other one says, in old records, too', async () => {
    const [stays] = await linked('Chair');
    for (let time = 0; time < 2; time++) {
      await says(teams, stays, 'CHAIR (External)');
      expect(await names()).toEqual(['Chair', 'Chair']);
      await says(core.installation, stays, 'Chair');
    }
    await says(core.installation, stays, 'Chair of the board');
    await says(teams, stays, 'CHAIR (External)');
    expect(await names()).toEqual(['Chair of the board', 'Chair of the board']);
  });

  it('is not changed by what comes with an act, like a time zone', async () => {
    await linked('Chair');
    const by = { user: '29:1', name: 'CHAIR (External)', zone: 'Asia/Tokyo' };
    await core.act('29:1', 'initiative', 'open', undefined, { installation: teams, by });
    expect(await names()).toEqual(['Chair', 'Chair']);
  });

  it('is what the first one calls them that calls them anything', async () => {
    const [stays] = await linked();
    await says(teams, stays, 'Chair');
    await says(core.installation, stays, 'U1');
    expect(await names()).toEqual(['Chair', 'Chair']);
  });

  it('stays with the messenger when that moves into another workspace', async () => {
    const person = await enter(teams, '29:1', 'Chair');
    await change((tables) => tables.moveInstallation(teams, core.installation.workspace));
    teams.workspace = core.installation.workspace;
    const moved = (await core.store.look((tables) => tables.identity(teams.id, '29:1')))!;
    expect(moved.id).toBe(person);
    await says(core.installation, moved.id, 'Somebody else');
    expect(await names()).toEqual(['Chair']);
    await says(teams, moved.id, 'Chair of the board');
    expect(await names()).toEqual(['Chair of the board']);
  });
});
