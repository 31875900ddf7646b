import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { flows, pages } from '../../flows/index.ts';
import { audit } from '../../src/audit.ts';
import { digestOf } from '../../src/code.ts';
import { driftOf } from '../../src/drift.ts';
import type { Reply } from '../../src/event.ts';
import type { FlowId, PersonId } from '../../src/id.ts';
import type { Need } from '../../src/need.ts';
import type { InstallationRow } from '../../src/store.ts';
import { rebuild } from '../../src/upgrade.ts';
import { type Core, openCore, words } from '../core/house.ts';
import { DAY, START } from './given.ts';

let core: Core;
let slack: InstallationRow;
let teams: InstallationRow;

/** Two messengers in one workspace: on Slack the Chair and Members 1 to 3, on Teams the Chair once more and the PM. */
const SLACK = ['Chair', 'Member 1', 'Member 2', 'Member 3'] as const;
const TEAMS = ['Chair T', 'PM', 'Sponsor'] as const;
const ids: Record<string, PersonId> = {};

beforeEach(async () => {
  core = await openCore(flows, { pages });
  slack = await core.install({ platform: 'slack', key: 'T1', name: 'Our team' });
  teams = await core.install({ platform: 'teams', key: 'tenant', name: 'Our tenant' });
  await core.store.update((tables) => tables.moveInstallation(teams, slack.workspace));
  teams.workspace = slack.workspace;
  for (const name of SLACK) await on(slack, name, 'mine', 'show');
  for (const name of TEAMS) await on(teams, name, 'mine', 'show');
  for (const { id, name } of await rows<{ id: PersonId; name: string }>({ rows: 'people' })) ids[name] = id;
});
afterEach(() => core.close());

const sideOf = (who: string): InstallationRow => ((TEAMS as readonly string[]).includes(who) ? teams : slack);

const on = (
  installation: InstallationRow,
  by: string,
  to: string,
  input: string,
  raw?: Record<string, string>,
  more: { about?: string; cause?: string } = {},
): Promise<Reply> =>
  core.act(by, to, input, raw, {
    installation,
    press: { to, input, ...(more.about === undefined ? {} : { about: more.about }) },
    where: { address: `channel of ${installation.platform}` },
    ...(more.cause ? { cause: more.cause } : {}),
  });

const act = (who: string, to: string, input: string, raw?: Record<string, string>, about?: string): Promise<Reply> =>
  on(sideOf(who), who, to, input, raw, about === undefined ? {} : { about });

const rows = async <Row>(need: Omit<Need, 'as'>): Promise<Row[]> =>
  (await core.store.look((tables) => tables.rows(slack.workspace, { as: '', ...need }))) as Row[];
const stateOf = async (id: FlowId) => (await core.store.look((tables) => tables.flow(slack.workspace, id)))?.state as Record<string, any>;
const surfacesOf = (id: FlowId) => core.store.look((tables) => tables.surfacesOf(slack.workspace, id));

async function codeOf(who: string): Promise<string> {
  return /[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(words(await act(who, 'link', 'open')))![0];
}

/** Types the code and confirms on both sides; what is said last. */
async function linked(stays: string, gone: string, number = 1): Promise<string> {
  const typed = words(await act(gone, 'link', 'open', undefined, await codeOf(stays)));
  if (!typed.startsWith('Please confirm it')) return typed;
  const confirmed = words(await act(gone, `link/${number}`, 'confirm'));
  if (!confirmed.startsWith('Confirmed here')) return confirmed;
  return words(await act(stays, `link/${number}`, 'link'));
}

async function sound(): Promise<void> {
  expect((await audit(core.store)).every((one) => !one.broken)).toBe(true);
  expect(await driftOf(core.store, flows)).toEqual([]);
  expect(await core.store.look((tables) => tables.heldThings())).toEqual([]);
}

/** All that there is, but codes, guesses and where somebody acted last: nothing of it may have changed after a refusal. */
async function picture(): Promise<string> {
  const all = await core.store.look(function* (tables) {
    const flowRows = (yield* tables.allFlows(500)).filter(({ row }) => !row.id.startsWith('link/'));
    const people = ((yield* tables.rows(slack.workspace, { as: '', rows: 'people' })) as object[]).map((row) => ({ ...row, acted_on: 0 }));
    return [flowRows, people, yield* tables.rows(slack.workspace, { as: '', rows: 'ballots' })];
  });
  return JSON.stringify(all);
}

async function committee(members: readonly string[], more: Record<string, string> = {}): Promise<void> {
  const raw = { name: 'Board', members: members.map((one) => ids[one]).join(','), chair: ids[members[0]!]!, quorum: '2', rule: 'majority' };
  expect(words(await act(members[0]!, 'body', 'open', { ...raw, ...more }))).toContain('is set up');
}

async function register(owner = 'PM'): Promise<void> {
  const raw = { name: 'Churn model', owner: ids[owner]!, sponsor: ids['Sponsor']!, channel: 'channel/1' };
  expect(words(await act(owner, 'initiative', 'open', raw))).toContain('Registered');
}

const later = (milliseconds: number) => core.clock.move(core.clock.now() + milliseconds);

async function openVote(more: Record<string, string> = {}): Promise<void> {
  const raw = {
    initiative: 'initiative/1',
    body: 'body/1',
    channel: 'channel/1',
    deadline: String((core.clock.now() + 2 * DAY) / 1000),
    without: 'On paper.',
    changes: 'yes',
    ...more,
  };
  const form = await act('Chair', 'vote', 'open');
  if (form.kind !== 'form') throw new Error(words(form));
  const standing = Object.fromEntries(form.form.fields.flatMap(({ key, value }) => (value === undefined ? [] : [[key, value as string]])));
  expect(words(await act('Chair', 'vote', 'open', { ...standing, ...raw }))).toContain('is open until');
}

async function ballot(who: string, more: Record<string, string> = {}, about?: string, vote = 'vote/1'): Promise<string> {
  const form = await act(who, vote, 'ballot', undefined, about);
  if (form.kind !== 'form') return words(form);
  const standing = Object.fromEntries(form.form.fields.map(({ key, value }) => [key, value as string]));
  const installation = sideOf(who);
  return words(
    await core.act(who, vote, 'ballot', undefined, {
      installation,
      press: form.form.press,
      answers: { raw: { ...standing, ...more }, shape: form.form.shape, ...(form.form.seen === undefined ? {} : { seen: form.form.seen }) },
    }),
  );
}

describe('linking one person on two messengers', () => {
  it('asks on the side where the code was typed, then on the other, and makes them one', async () => {
    const code = await codeOf('Chair');
    expect(words(await act('Chair T', 'link', 'open', undefined, code))).toContain('Please confirm it in the direct message');
    const [there] = await surfacesOf('link/1');
    expect(there).toMatchObject({ to: ids['Chair T'], card: { buttons: [{ label: 'That is me' }, { label: 'Refuse' }] } });
    expect(words(await act('Chair', 'link/1', 'link'))).toContain('Please confirm first in the direct message on Microsoft Teams');
    expect(await surfacesOf('link/1')).toHaveLength(1);
    expect(words(await act('Chair T', 'link/1', 'confirm'))).toContain('Now confirm it in the direct message on Slack');
    const [here] = await surfacesOf('link/1');
    expect(here).toMatchObject({ key: 'here', to: ids['Chair'], card: { buttons: [{ label: 'Link' }, { label: 'Refuse' }] } });
    expect(words(await act('Chair', 'link/1', 'link'))).toContain('You are one person now');

    const identities = await core.store.look((tables) => tables.identitiesOf(slack.workspace, ids['Chair']!));
    expect(identities.map((one) => one.user)).toEqual(['Chair', 'Chair T']);
    expect(await rows({ rows: 'people', where: { id: ids['Chair T']! } })).toMatchObject([{ name: 'Chair', same_as: ids['Chair'] }]);

    const journal = await core.store.look((tables) => tables.journal(slack.workspace, 0, 100));
    expect(journal.filter((row) => row.flow === 'link/1').map((row) => row.input)).toEqual(['open', 'answered', 'confirm', 'link']);
    expect(JSON.stringify(journal)).not.toContain(code);
    expect(words(await act('Chair T', 'link/1', 'link'))).toContain('That is over already: it was linked');
    await sound();
  });

  it('makes one of a member here, an owner there: committee, vote, ballot and what waits are theirs once', async () => {
    await register('Chair T');
    await committee(['Chair', 'Member 1', 'Member 2']);
    const retraining = { initiative: 'initiative/1', owner: ids['Chair T']! };
    expect(retraining.owner).toBe((await stateOf('initiative/1'))['owner']);
    await openVote();
    expect(await ballot('Member 1')).toContain('Counted');
    expect(await linked('Chair T', 'Chair')).toContain('You are one person now');
    expect(await rows({ rows: 'members', where: { person: ids['Chair T']! } })).toMatchObject([{ body: 'body/1', role: 'chair' }]);
    expect(await rows({ rows: 'members', where: { person: ids['Chair']! } })).toEqual([]);
    expect(await rows({ rows: 'electors', where: { vote: 'vote/1' } })).toHaveLength(3);
    expect(await stateOf('vote/1')).toMatchObject({ chair: ids['Chair T'], opened: { by: ids['Chair T'] } });
    expect((await rows<{ kind: string }>({ rows: 'waiting', where: { person: ids['Chair T']! } })).map((one) => one.kind)).toEqual([
      'vote',
    ]);

    expect(await ballot('Chair')).toContain('Counted: 15 go');
    expect(await ballot('Chair T', { innovation: 'not seen' })).toContain('Counted: 14 go, 1 not seen');
    const ballots = await rows<{ person: string; number: number }>({ rows: 'ballots', order: ['person', 'asc'] });
    expect(ballots.filter((one) => one.person === ids['Chair T'])).toMatchObject([{ number: 2 }]);
    expect(ballots).toHaveLength(2);
    expect(await stateOf('vote/1')).toMatchObject({ voted: [ids['Member 1'], ids['Chair T']] });
    const [entry] = (await core.store.look((tables) => tables.journal(slack.workspace, 0, 100))).filter(
      (row) => row.input === 'linked' && row.flow === 'vote/1',
    );
    expect(JSON.parse(entry!.body!)).toEqual({ by: ids['Chair T'], values: { gone: ids['Chair'], stays: ids['Chair T'] } });
    await sound();
    await rebuild(core.store, flows);
    await sound();
  });

  it('carries a ballot that is in, and a form that is open, over to the one person', async () => {
    await register();
    await committee(['Chair', 'Member 1', 'Member 2']);
    await openVote();
    expect(await ballot('Chair', { innovation: 'not seen' })).toContain('14 go');
    const open = await act('Chair', 'vote/1', 'ballot');
    if (open.kind !== 'form') throw new Error('no form');
    expect(open.form.press.about).toBe(ids['Chair']);
    expect(await linked('Chair T', 'Chair')).toContain('You are one person now');
    expect(await rows({ rows: 'ballots' })).toMatchObject([{ person: ids['Chair T'], number: 1, cast_by: null }]);
    const raw = Object.fromEntries(open.form.fields.map(({ key, value }) => [key, value as string]));
    const answers = { raw: { ...raw, innovation: 'go' }, shape: open.form.shape, seen: open.form.seen! };
    expect(
      words(await core.act('Chair', 'vote/1', 'ballot', undefined, { installation: slack, press: open.form.press, answers })),
    ).toContain('Counted: 15 go');
    expect(await rows({ rows: 'ballots' })).toMatchObject([{ person: ids['Chair T'], number: 2, cast_by: null }]);
    await sound();
  });

  it('makes nobody their own deputy: what was cast for oneself is one’s own', async () => {
    await register();
    await committee(['Chair', 'Member 1', 'Member 2']);
    await openVote();
    expect(words(await act('Chair', 'vote/1', 'deputy', { deputy: ids['Chair T']! }))).toContain('may cast your ballot');
    expect(await ballot('Chair T')).toContain('Counted for');
    expect(await linked('Chair', 'Chair T')).toContain('You are one person now');
    expect(await stateOf('vote/1')).toMatchObject({ deputies: [], byDeputy: [], voted: [ids['Chair']] });
    expect(await rows({ rows: 'ballots' })).toMatchObject([{ person: ids['Chair'], cast_by: null }]);
    expect(await rows({ rows: 'deputies' })).toEqual([]);
    await sound();
  });

  it('takes nobody for gone who is still there by their other account', async () => {
    expect(await linked('Chair', 'Chair T')).toContain('You are one person now');
    const isActive = async () => (await rows<{ active: 0 | 1 }>({ rows: 'people', where: { id: ids['Chair']! } }))[0]!.active;
    const switched = (where: InstallationRow, user: string, active: boolean) =>
      core.store.update((tables) => tables.updateAccount(where.id, user, { active }));
    await switched(slack, 'Chair', false);
    expect(await isActive()).toBe(1);
    await switched(teams, 'Chair T', false);
    expect(await isActive()).toBe(0);
    await switched(slack, 'Chair', true);
    expect(await isActive()).toBe(1);
  });

  it('keeps muted what either had muted, and has it back by one press, though both had', async () => {
    const muted = () => rows<{ id: FlowId; person: PersonId; kind: string }>({ rows: 'mutes', order: ['id', 'asc'] });
    for (const kind of ['due', 'ballots']) await act('Chair', 'mute', 'open', undefined, kind);
    for (const kind of ['due', 'chair']) await act('Chair T', 'mute', 'open', undefined, kind);
    expect(await linked('Chair', 'Chair T')).toContain('You are one person now');
    expect((await muted()).map(({ id, person, kind }) => `${id} ${person} ${kind}`)).toEqual(
      ['due', 'ballots', 'due', 'chair'].map((kind, index) => `mute/${index + 1} ${ids['Chair']} ${kind}`),
    );
    expect(words(await act('Chair T', 'mute', 'open', undefined, 'due'))).toContain('muted these already');
    await sound();
    expect(words(await act('Chair T', 'mute/1', 'unmute'))).toContain('Unmuted');
    await core.timekeeper.sweep();
    expect((await muted()).map(({ kind }) => kind)).toEqual(['ballots', 'chair']);
    expect(words(await act('Chair', 'mute/3', 'unmute'))).toContain('back already');
    expect(words(await act('Chair', 'mute', 'open', undefined, 'due'))).toContain('Muted');
    await rebuild(core.store, flows);
    await core.timekeeper.sweep();
    expect((await muted()).map(({ kind }) => kind)).toEqual(['ballots', 'chair', 'due']);
    await sound();
  });

  it('is reached where they acted last, and elsewhere while that is not connected', async () => {
    expect(await linked('Chair', 'Chair T')).toContain('You are one person now');
    const first = async (of: PersonId = ids['Chair']!) =>
      (await core.store.look((tables) => tables.identitiesOf(slack.workspace, of))).map((one) => one.platform);
    expect(await first()).toEqual(['slack', 'teams']);
    await act('Chair T', 'mine', 'show');
    expect(await first()).toEqual(['teams', 'slack']);
    // What was addressed to the name that is gone goes to the one who stays.
    expect(await first(ids['Chair T'])).toEqual(['teams', 'slack']);
    const told = { press: { to: 'introduction', input: 'open' }, reported: true } as const;
    await core.act('Chair', 'introduction', 'open', undefined, { installation: slack, ...told });
    expect(await first()).toEqual(['teams', 'slack']);
    await act('Chair', 'mine', 'show');
    expect(await first()).toEqual(['slack', 'teams']);
  });

  it.each([
    ['Chair', 'Chair T'],
    ['Chair T', 'Chair'],
  ])('is introduced to a channel once, also where the name is another one since: %s stays', async (stays, gone) => {
    await register();
    const told = { press: { to: 'introduction', input: 'open' }, reported: true, where: { address: 'channel of slack' } } as const;
    const joins = () => core.act('Chair', 'introduction', 'open', undefined, { installation: slack, ...told });
    expect((await joins()).kind).toBe('done');
    expect(await linked(stays, gone)).toContain('You are one person now');
    expect(words(await joins())).toBe('This channel was introduced already.');
    await sound();
  });

  it('leaves what is over as it was, and answers for it', async () => {
    await register();
    await committee(['Chair', 'Chair T', 'Member 1']);
    await openVote();
    for (const one of ['Chair', 'Chair T', 'Member 1']) await ballot(one);
    expect(await stateOf('vote/1')).toMatchObject({ closed: { outcome: 'GO' } });
    for (const row of await core.store.look((tables) => tables.due(core.clock.now(), 50))) await core.engine.fire(row);
    expect(await linked('Chair', 'Chair T')).toContain('You are one person now');
    expect(await stateOf('vote/1')).toMatchObject({ voted: [ids['Chair'], ids['Chair T'], ids['Member 1']] });
    expect(await rows({ rows: 'electors', where: { vote: 'vote/1' } })).toHaveLength(3);
    // The decision is open for what comes of it, and names its members once; the next vote counts them once.
    expect((await stateOf('decision/1'))['voted']).toEqual([ids['Chair'], ids['Member 1']]);
    expect(await rows({ rows: 'members' })).toHaveLength(2);
    await sound();
  });
});

/** Lets everything up to a moment take effect. */
async function moveTo(at: number): Promise<void> {
  for (;;) {
    const next = (await core.store.look((tables) => tables.nextDue())) ?? Infinity;
    if (next > at) break;
    core.clock.move(Math.max(next, core.clock.now()));
    for (const row of await core.store.look((tables) => tables.due(core.clock.now(), 50))) await core.engine.fire(row);
  }
  core.clock.move(at);
}

describe('the digest of one who was two', () => {
  const HOUR = DAY / 24;
  const change = (work: Parameters<typeof core.store.update>[0]) => core.store.update(work);
  const digestIdOf = (who: string): FlowId => ids[who]!.replace('person', 'digest') as FlowId;
  const digestsOf = async (who: string) =>
    (await surfacesOf(digestIdOf(who))).flatMap(({ to, card, retired }) => (card && !retired ? [[to, words({ kind: 'card', card })]] : []));

  /** One vote of the Chair of Teams and, where it says so, one of the Chair of Slack; each closes in two days. */
  async function voting(both = false): Promise<void> {
    await register();
    await committee(['Chair T', 'Member 1', 'Member 2']);
    if (both) await committee(['Chair', 'Member 1', 'Member 2'], { name: 'Board of Slack' });
    await openVote();
    if (both) await openVote({ body: 'body/2', question: 'gate', subject: 'wave 2' });
  }

  type Case = [what: string, before: () => Promise<unknown>, after: string | undefined];
  const cases: Case[] = [
    ['one of them had one that day', async () => (await voting(), await moveTo(START + DAY)), 'Your ballot is missing'],
    ['both had one that day', async () => (await voting(true), await moveTo(START + DAY)), '2 ballots are missing'],
    [
      'both had one that day, and the one who stays has voted since',
      async () => (await voting(true), await moveTo(START + DAY), await ballot('Chair', {}, undefined, 'vote/2')),
      'Your ballot is missing',
    ],
    [
      'one of them was offered a deputy',
      async () => {
        await change((tables) => tables.putAbsence(slack.workspace, ids['Chair T']!, null));
        await voting();
        await moveTo(START + DAY - HOUR);
      },
      'Your ballot is missing',
    ],
    ['neither had one', async () => (await voting(), await moveTo(START + DAY - HOUR)), undefined],
  ];

  it.each(cases)('is one, under the name that stays: %s', async (_, before, after) => {
    await before();
    const had = await digestsOf('Chair T');
    expect(had).toHaveLength(after ? 1 : 0);
    const now = core.clock.now();
    expect(await linked('Chair', 'Chair T')).toContain('You are one person now');
    await moveTo(now);
    // What was posted under the other name is taken away.
    expect((await surfacesOf(digestIdOf('Chair T'))).map(({ card }) => card)).toEqual(had.map(() => null));
    expect(await digestsOf('Chair')).toEqual(after ? [[ids['Chair'], `card ${after}`]] : []);
    await sound();
    await rebuild(core.store, flows);
    await sound();
  });

  it('waits for the morning that one of them was to have it in, and comes once', async () => {
    await voting();
    // The vote reminds them at nine; where they are by now, that is one in the night.
    await change((tables) => tables.updateProfile(teams, ids['Chair T']!, { zone: 'America/Los_Angeles' }));
    await moveTo(START + DAY);
    expect(await stateOf(digestIdOf('Chair T'))).toMatchObject({ waits: START + DAY + 7 * HOUR });
    expect(await linked('Chair', 'Chair T')).toContain('You are one person now');
    await moveTo(START + DAY + 7 * HOUR - 1);
    expect(await digestsOf('Chair')).toEqual([]);
    await moveTo(START + DAY + 8 * HOUR);
    expect(await digestsOf('Chair')).toEqual([[ids['Chair'], 'card Your ballot is missing']]);
    expect(await surfacesOf(digestIdOf('Chair T'))).toEqual([]);
    await sound();
  });
});

describe('a link is refused, and nothing is changed', () => {
  type Case = [what: string, before: () => Promise<unknown>, then: () => Promise<string>, sentence: string | RegExp];
  const code = async (who = 'Chair') => (typed = await codeOf(who));
  let typed = '';
  const type = async (who: string, said = typed) => words(await act(who, 'link', 'open', undefined, said));
  const press = async (who: string, input: string) => words(await act(who, 'link/1', input));

  const cases: Case[] = [
    ['a code that was used', async () => (await code(), await type('Chair T')), () => type('PM'), 'That code was used already.'],
    ['a code that comes late', async () => (await code(), later(900_000)), () => type('Chair T'), 'That code came too late'],
    ['a code that nobody gave', code, () => type('Chair T', 'AAAA-BBBB-CCCC'), 'That is no code for this.'],
    ['one’s own code', code, () => type('Chair'), 'That is your own code. Type it on your other messenger'],
    ['a third person on the same messenger', code, () => type('Member 1'), 'each have an account on Slack, so you are two people'],
    [
      'a third person who confirms',
      async () => (await code(), await type('Chair T')),
      () => press('PM', 'confirm'),
      /^Only person\/\d+ may answer/,
    ],
    [
      'a third person who links',
      async () => (await code(), await type('Chair T'), await press('Chair T', 'confirm')),
      () => press('Member 1', 'link'),
      /^Only person\/\d+ may answer/,
    ],
    [
      'who typed the code, on the other side',
      async () => (await code(), await type('Chair T'), await press('Chair T', 'confirm')),
      () => press('Chair T', 'link'),
      /^Only person\/\d+ may answer/,
    ],
    [
      'a third person’s typing, by who got the code',
      async () => (await code(), await type('PM')),
      () => press('Chair', 'refuse'),
      'Refused. Nothing was changed.',
    ],
    [
      'a confirmation that comes late',
      async () => (await code(), await type('Chair T'), await press('Chair T', 'confirm'), later(900_000)),
      () => press('Chair', 'link'),
      'it was too late',
    ],
    ['an answer nobody gave', code, () => press('Chair', 'link'), 'Nobody has typed the code yet.'],
    ['an answer without a code', code, () => press('Chair T', 'answered'), 'of an older version'],
    [
      'both as electors of an open vote',
      async () => (await register(), await committee(['Chair', 'Chair T', 'Member 1']), await openVote(), await code()),
      () => type('Chair T'),
      /^Each of the two has a seat in the vote on Churn model, so they cannot be one before it closes, .*2027/,
    ],
    [
      'both as electors of a vote that opened after the code was typed',
      async () => {
        await register();
        await committee(['Chair', 'Chair T', 'Member 1']);
        await code();
        await type('Chair T');
        await press('Chair T', 'confirm');
        await openVote();
      },
      () => press('Chair', 'link'),
      'Each of the two has a seat in the vote on Churn model',
    ],
    [
      'whose ballot is sealed',
      async () => (
        await register(), await committee(['Chair', 'Member 1', 'Member 2']), await openVote({ openness: 'secret' }), await code('Chair T')
      ),
      () => type('Chair'),
      /^In the secret vote on Churn model ballots are sealed under the name that you have there/,
    ],
    [
      'a committee that would be too small for its quorum',
      async () => (await committee(['Chair', 'Chair T', 'Member 1'], { quorum: '3' }), await code()),
      () => type('Chair T'),
      'Board would have 2 members then, fewer than its rule or its quorum asks for, which is 3',
    ],
    [
      'both with a deputy in a committee',
      async () => {
        await committee(['Chair', 'Chair T', 'Member 1']);
        for (const one of ['Chair', 'Chair T'])
          expect(
            words(await act(one, 'body/1', 'deputy', { deputy: ids['Member 3']!, from: '2027-03-02', until: '2027-03-09' })),
          ).toContain('may vote for you');
        await code();
      },
      () => type('Chair T'),
      'Each of the two has a deputy in Board. End one of them first',
    ],
    [
      'both as reviewers of one review',
      async () => {
        await register();
        const raw = { initiative: 'initiative/1', reviewers: `${ids['Chair']},${ids['Chair T']}`, due: '2027-03-10' };
        expect(words(await act('PM', 'review', 'open', raw))).toContain('review');
        await code();
      },
      () => type('Chair T'),
      'Each of the two reviews Churn model',
    ],
    [
      'a guest',
      async () => {
        await core.store.update((tables) => tables.updateProfile(teams, ids['Chair T']!, { guest: true }));
        await code();
      },
      () => type('Chair T'),
      'One of the two accounts is a guest’s',
    ],
    [
      'two administrators',
      async () => {
        for (const one of ['Chair', 'Chair T']) {
          const digest = digestOf(`ADMN-${one}`);
          const expires_at = core.clock.now() + 900_000;
          await core.store.update((tables) =>
            tables.putCode({ workspace: slack.workspace, digest, purpose: 'administrator', flow: null, expires_at }),
          );
          expect(words(await act(one, 'administrator', 'open', undefined, `ADMN-${one}`))).toContain('administrator');
        }
        await code();
      },
      () => type('Chair T'),
      'are both administrators, and one person is it once',
    ],
  ];

  it.each(cases)('%s', async (_, before, then, sentence) => {
    await before();
    const was = await picture();
    const said = await then();
    expect(said).toMatch(sentence);
    expect(said.length).toBeLessThan(260);
    expect(await picture()).toBe(was);
    const [one] = await rows<{ same_as: null }>({ rows: 'people', where: { id: ids['Chair T']! } });
    expect(one!.same_as).toBeNull();
    await sound();
  });

  it('a person of another workspace, whose code stays good', async () => {
    const other = await core.install({ platform: 'local', key: 'elsewhere', name: 'Elsewhere' });
    typed = await codeOf('Chair');
    expect(words(await on(other, 'Stranger', 'link', 'open', undefined, { about: typed }))).toContain(
      'Its administrators join the two messengers first',
    );
    expect(await type('Chair T')).toContain('Please confirm it');
    await sound();
  });

  it('a redelivered press links once', async () => {
    typed = await codeOf('Chair');
    await type('Chair T');
    await press('Chair T', 'confirm');
    for (let time = 0; time < 2; time++)
      expect(words(await on(slack, 'Chair', 'link/1', 'link', undefined, { cause: 'click' }))).toContain('You are one person now');
    const journal = await core.store.look((tables) => tables.journal(slack.workspace, 0, 100));
    expect(journal.filter((row) => row.input === 'link')).toHaveLength(1);
  });
});
