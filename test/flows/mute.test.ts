import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { flows, pages } from '../../flows/index.ts';
import { mute } from '../../flows/mute/mute.ts';
import { type NudgeKind, NUDGES } from '../../flows/mute/nudge.ts';
import { cardText } from '../../src/card.ts';
import type { Surface } from '../../src/flow.ts';
import { type Core, openCore, words } from '../core/house.ts';
import { samples, USUAL } from '../golden/samples.ts';
import { member, moment, PM, refusal, START, start } from './given.ts';

const NAMES = { person: (id: string) => id, channel: (id: string) => id };
const KINDS = Object.keys(NUDGES) as NudgeKind[];

describe('nudges', () => {
  const known = [...samples(USUAL).states].flatMap(([name, { flow, state, id }]) =>
    flow.surfaces(state, id).map((surface): [string, Surface] => [`${name}: ${surface.key}`, surface]),
  );
  const toPeople = known.filter(([, { to, rank }]) => rank === 'nudge' && to.startsWith('person/'));

  it('can be muted by their last button, and say why one gets them', () => {
    const can = toPeople.filter(([, { nudge }]) => nudge !== undefined);
    for (const [name, { card, nudge, brief }] of can) {
      expect({ name, brief, last: card.buttons?.at(-1) }).toEqual({
        name,
        brief: true,
        last: { label: 'Mute these', press: { to: 'mute', input: 'open', about: nudge } },
      });
      expect({ name, says: cardText(card, NAMES, 'UTC') }).toMatchObject({ says: expect.stringContaining('You get this') });
    }
    expect(new Set(can.map(([, { nudge }]) => nudge))).toEqual(new Set(KINDS));
  });

  it('are all that is no news, and nothing else can be muted', () => {
    const rest = toPeople.filter(([, { nudge }]) => nudge === undefined).map(([name]) => name.replace(/^.*: /, ''));
    // Said once to somebody new, and to somebody because another has not answered.
    expect([...new Set(rest.map((key) => key.split(' ')[0]))].toSorted()).toEqual(['escalate', 'introduction']);
    expect(known.filter(([, { nudge, to, rank }]) => nudge && (rank !== 'nudge' || !to.startsWith('person/')))).toEqual([]);
  });
});

describe('a mute', () => {
  it.each([
    ['of no kind', undefined],
    ['of a kind that is none', 'everything'],
    ['of what only looks like one', 'toString'],
  ])('%s is refused', (_, about) => {
    expect(refusal(start(mute, about === undefined ? {} : { about }, moment(PM), {}))).toContain('no such nudges');
  });

  it('is a row until it is had back, and asks the person’s others of its kind to end with it', () => {
    const state = { person: PM, kind: 'due', at: START } as const;
    expect(mute.records(state, 'mute/1')).toEqual([{ table: 'mutes', row: { id: 'mute/1', person: PM, kind: 'due', at: START } }]);
    const facts = { mutes: [1, 4].map((n) => ({ id: `mute/${n}` as const, person: PM, kind: 'due', at: START })) };
    const ended = mute.step(state, { type: 'unmute' }, moment(PM, START + 1), facts);
    if ('refused' in ended) throw new Error('it was refused');
    expect(mute.records(ended.state, 'mute/1')).toEqual([]);
    expect(mute.timers(ended.state, 'mute/1')).toEqual([{ key: 'end mute/4', at: START + 1, to: 'mute/4', input: { type: 'end' } }]);
    expect(mute.step(ended.state, { type: 'end' }, moment(undefined, START + 2), {})).toEqual({ state: ended.state });
    const other = mute.step(state, { type: 'end' }, moment(undefined, START + 2), {});
    expect('state' in other && [mute.records(other.state, 'mute/4'), mute.timers(other.state, 'mute/4')]).toEqual([[], []]);
  });
});

describe('muting, in the house', () => {
  let core: Core;
  beforeEach(async () => {
    core = await openCore(flows, { pages });
    for (const who of ['PM', 'Sponsor']) await core.act(who, 'mine', 'show');
  });
  afterEach(() => core.close());

  const press = async (by: string, to: string, input: string, about?: string, cause?: string) =>
    core.act(by, to, input, undefined, { press: { to, input, ...(about ? { about } : {}) }, ...(cause ? { cause } : {}) });
  const said = async (...pressed: Parameters<typeof press>) => words(await press(...pressed));
  const rows = async () =>
    (
      (await core.store.look((tables) =>
        tables.rows(core.installation.workspace, { as: '', rows: 'mutes', order: ['id', 'asc'] }),
      )) as object[]
    ).map((row) => {
      const { person, kind } = row as { person: string; kind: string };
      return `${person} ${kind}`;
    });
  /** The page as its reader has it: of each kind its button. */
  const page = async (by: string) => {
    const shown = await press(by, 'nudges', 'show');
    if (shown.kind !== 'card') throw new Error(words(shown));
    return shown.card.parts.flatMap((part) => (part.kind === 'buttons' ? part.buttons : []));
  };

  it('takes one press, says what was muted and how it is had back, and is had back by one', async () => {
    expect((await page('PM')).map(({ label }) => label)).toEqual(KINDS.map(() => 'Mute'));
    expect(await said('PM', 'mute', 'open', 'due')).toMatch(/^Muted: “What is due”.*have them back: \/offshoot mute$/);
    expect(await rows()).toEqual(['person/1 due']);
    expect((await page('PM')).map(({ label }) => label)).toEqual(['Mute', 'Mute', 'Mute', 'Unmute', 'Mute']);
    const { press: back } = (await page('PM'))[3]!;
    expect(await said('PM', back.to, back.input)).toContain('Unmuted: “What is due”');
    expect(await rows()).toEqual([]);
    expect(await said('PM', back.to, back.input)).toContain('back already');
    expect(await said('PM', 'mute', 'open', 'due')).toContain('Muted');
    expect(await rows()).toEqual(['person/1 due']);
  });

  it('is of one kind and one person, who alone has it back', async () => {
    await press('PM', 'mute', 'open', 'due');
    await press('PM', 'mute', 'open', 'ballots');
    expect((await page('Sponsor')).map(({ label }) => label)).toEqual(KINDS.map(() => 'Mute'));
    await press('Sponsor', 'mute', 'open', 'due');
    expect(await rows()).toEqual(['person/1 due', 'person/1 ballots', 'person/2 due']);
    expect(await said('Sponsor', 'mute/1', 'unmute')).toContain('Only who muted nudges can unmute them');
    expect(await said('PM', 'mute/1', 'unmute')).toContain('Unmuted');
    expect(await rows()).toEqual(['person/1 ballots', 'person/2 due']);
  });

  it('is done once, however often it is pressed or redelivered, and says so', async () => {
    const first = await said('PM', 'mute', 'open', 'chair', 'press 1');
    expect(await said('PM', 'mute', 'open', 'chair', 'press 1')).toBe(first);
    expect(await said('PM', 'mute', 'open', 'chair')).toContain('muted these already');
    const both = await Promise.all([said('Sponsor', 'mute', 'open', 'chair'), said('Sponsor', 'mute', 'open', 'chair')]);
    expect(both.map((one) => one.split(':')[0])).toEqual(['Muted', 'You have muted these already']);
    expect(await rows()).toEqual(['person/1 chair', 'person/2 chair']);
  });

  it('cannot be done to another by a button that was made up', async () => {
    expect(await said('PM', 'mute', 'open', `due ${member(1)}`)).toContain('no such nudges');
    expect(await said('PM', 'mute/9', 'unmute')).toContain('There is no mute 9');
    await press('PM', 'mute', 'open', 'due');
    expect(await said('Sponsor', 'mute/1', 'end')).toContain('older version');
    expect(await rows()).toEqual(['person/1 due']);
  });
});
