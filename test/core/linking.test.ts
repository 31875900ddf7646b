import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { link } from '../../flows/link/link.ts';
import { driftOf } from '../../src/drift.ts';
import { actor, type Flow } from '../../src/flow.ts';
import type { PersonId } from '../../src/id.ts';
import type { InstallationRow } from '../../src/store.ts';
import { text } from '../../src/text.ts';
import { type Core, openCore, START, words } from './house.ts';

const MINUTE = 60_000;

/** A bowl that people put something in; it rings for each of them. */
interface Bowl {
  shares: Record<PersonId, number>;
  rounds: { who: PersonId; at: number }[];
  rung: PersonId[];
}

type Input = { type: 'share' } | { type: 'round' } | { type: 'ring'; who: PersonId };

const bowl: Flow<Bowl, Input, object> = {
  name: 'bowl',
  version: 1,
  state: z.custom<Bowl>(),
  open: { from: 'person', start: () => ({ state: { shares: {}, rounds: [], rung: [] } }) },
  inputs: { share: { from: 'person' }, round: { from: 'person' }, ring: { from: 'clock' } },
  step(state, input, moment) {
    switch (input.type) {
      case 'share':
        return { state: { ...state, shares: { ...state.shares, [actor(moment)]: 1 } } };
      case 'round':
        return { state: { ...state, rounds: [...state.rounds, { who: actor(moment), at: moment.at + MINUTE }] } };
      case 'ring':
        return { state: { ...state, rung: [...state.rung, input.who] } };
    }
  },
  surfaces: (state) => state.rounds.map(({ who }) => ({ key: `round of ${who}`, to: who, card: { title: text`A round`, parts: [] } })),
  timers: (state) => [
    ...Object.keys(state.shares).map((who) => ({ key: 'shared', at: START + 60 * MINUTE, input: { type: 'ring', who } })),
    ...state.rounds.map(({ who, at }) => ({ key: `ring ${who}`, at, input: { type: 'ring', who } })),
  ],
  records: (state, id) => state.rounds.map(({ who }) => ({ table: 'members', row: { body: id, person: who, role: 'member' } })),
};

let core: Core;
let slack: InstallationRow;
const one: PersonId = 'person/1';
const other: PersonId = 'person/2';

beforeEach(async () => {
  core = await openCore([bowl, link]);
  slack = await core.install({ platform: 'slack', key: 'T1', name: 'Our team' });
  await core.store.update((tables) => tables.moveInstallation(slack, core.installation.workspace));
  slack.workspace = core.installation.workspace;
  await core.act('here', 'bowl', 'open');
  await there('nothing', 'open');
});
afterEach(() => core.close());

const here = (to: string, input: string, about?: string) => act(core.installation, 'here', to, input, about);
const there = (to: string, input: string, about?: string) => act(slack, 'there', to, input, about);
const act = (installation: InstallationRow, by: string, to: string, input: string, about?: string) =>
  core.act(by, to, input, undefined, { installation, press: { to, input, ...(about ? { about } : {}) } });

/** Links who is there with who is here, who stays. */
async function linked(): Promise<string> {
  const code = /[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(words(await here('link', 'open')))![0];
  const asked = words(await there('link', 'open', code));
  if (!asked.startsWith('Please confirm')) return asked;
  await there('link/1', 'confirm');
  return words(await here('link/1', 'link'));
}

const fire = async () => {
  for (const row of await core.store.look((tables) => tables.due(core.clock.now(), 10))) await core.engine.fire(row);
};
const bowlNow = async () => (await core.store.look((tables) => tables.flow(slack.workspace, 'bowl/1')))!.state as Bowl;
const rings = async () =>
  (await core.store.look((tables) => tables.timersOf(slack.workspace, 'bowl/1'))).map(({ key, input }) => [key, input['who']]);

describe('linking, whatever the flow', () => {
  it('renames what it says, shows, sets and records', async () => {
    await there('bowl/1', 'share');
    await there('bowl/1', 'round');
    expect(await linked()).toContain('You are one person now');
    expect(await bowlNow()).toMatchObject({ shares: { [one]: 1 }, rounds: [{ who: one }] });
    expect(await rings()).toEqual([
      [`ring ${one}`, one],
      ['shared', one],
    ]);
    const shown = await core.store.look((tables) => tables.surfacesOf(slack.workspace, 'bowl/1'));
    expect(shown.map(({ key, to, retired, wanted }) => ({ key, to, retired, wanted }))).toEqual([
      { key: `round of ${one}`, to: one, retired: 0, wanted: 1 },
    ]);
    expect(await driftOf(core.store, [bowl, link])).toEqual([]);
  });

  it('lets nothing take effect again that took effect by the other name', async () => {
    await there('bowl/1', 'round');
    core.clock.move(START + 2 * MINUTE);
    await fire();
    expect((await bowlNow()).rung).toEqual([other]);
    expect(await linked()).toContain('You are one person now');
    await fire();
    expect((await bowlNow()).rung).toEqual([one]);
    expect(await rings()).toEqual([]);
  });

  it('first lets take effect what is due', async () => {
    await there('bowl/1', 'round');
    core.clock.move(START + 2 * MINUTE);
    expect(await linked()).toContain('You are one person now');
    expect((await bowlNow()).rung).toEqual([one]);
    const journal = await core.store.look((tables) => tables.journal(slack.workspace, 0, 100));
    expect(journal.map((row) => row.input)).toEqual(['open', 'round', 'open', 'ring', 'answered', 'confirm', 'link', 'linked']);
  });

  it.each(['share', 'round'])('is refused where both have a part that nobody can have twice: a %s', async (part) => {
    await here('bowl/1', part);
    await there('bowl/1', part);
    const before = await bowlNow();
    expect(await linked()).toBe('Both have a part in bowl 1 that can be only one’s. Link yourself once that is over.');
    expect(await bowlNow()).toEqual(before);
    expect(await driftOf(core.store, [bowl, link])).toEqual([]);
  });
});
