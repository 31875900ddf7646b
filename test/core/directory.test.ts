import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { initiative } from '../../flows/initiative/initiative.ts';
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
