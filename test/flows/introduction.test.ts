import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { flows, pages } from '../../flows/index.ts';
import { type Introduction, introduction } from '../../flows/introduction/introduction.ts';
import type { Event } from '../../src/event.ts';
import type { Moment } from '../../src/flow.ts';
import type { Derived } from '../../src/record.ts';
import { type Core, openCore, words } from '../core/house.ts';
import { cardInWords, member, moment, PM, refusal, SPONSOR, START, start, taken } from './given.ts';

const initiative = (n: number, more: Partial<Derived['initiatives']> = {}): Derived['initiatives'] => ({
  id: `initiative/${n}`,
  name: `Model ${n}`,
  stage: 'rolling out',
  owner: PM,
  sponsor: SPONSOR,
  channel: 'channel/1',
  registered_at: START,
  parent: null,
  recontextualized: null,
  ...more,
});
const HERE: Moment = { ...moment(member(4)), here: { channel: 'channel/1', zone: 'UTC' } };
const joins = (facts: object, at = HERE) => start<Introduction>(introduction, {}, at, facts);

describe('an introduction', () => {
  const shown = (facts: object): string => {
    const { state } = taken(joins(facts));
    const [surface, ...more] = introduction.surfaces(state, 'introduction/1');
    expect(more).toEqual([]);
    expect(surface).toMatchObject({ to: member(4) });
    expect(surface).not.toHaveProperty('brief');
    return cardInWords(surface!.card);
  };

  it('names stage, owner, sponsor and the last decision of each living initiative, and why one gets it', () => {
    const decisions = [
      { number: 7, outcome: 'GO', initiative: 'initiative/1', decided_at: START },
      { number: 3, outcome: 'NO-GO', initiative: 'initiative/1', decided_at: START - 1 },
    ];
    const card = shown({ initiatives: [initiative(1), initiative(2, { stage: 'pilot' }), initiative(3, { stage: 'retired' })], decisions });
    expect(card).toContain(
      `Model 1\nStage: Rolling out\nOwner: ${PM}\nSponsor: ${SPONSOR}\nLast decision: D-7 GO, Mon, 1 Mar 2027\nModel 2\nStage: Pilot`,
    );
    expect(card).toContain('Last decision: None yet');
    expect(card).not.toContain('Model 3');
    expect(card).toContain('/offshoot help');
    expect(card).toContain('You get this once, because you joined #channel/1.');
  });

  it('names eight of them at most', () => {
    const card = shown({ initiatives: Array.from({ length: 11 }, (_, index) => initiative(index + 1)) });
    expect(card).toContain('11 AI initiatives');
    expect(card).toContain('And 3 more: /initiative list');
    expect(card).not.toContain('Model 9');
  });

  it('keeps who was told of which channel', () => {
    const { state } = taken(joins({ initiatives: [initiative(1)] }));
    expect(introduction.records(state, 'introduction/4')).toEqual([
      { table: 'introductions', row: { id: 'introduction/4', channel: 'channel/1', person: member(4), at: START } },
    ]);
    expect(introduction.settled!(state)).toBe(true);
  });

  it('asks for the initiatives of this channel and for this person alone', () => {
    expect(introduction.open.needs!('', HERE, undefined)).toMatchObject([
      { rows: 'initiatives', where: { channel: 'channel/1' } },
      { rows: 'introduced', where: { channel: 'channel/1', person: member(4) } },
      { rows: 'latest_decisions', where: { channel: 'channel/1' } },
    ]);
    expect(introduction.open.needs!('', moment(PM), undefined)).toEqual([]);
  });

  it.each([
    ['where no initiative is', { initiatives: [] }, HERE, 'There is no initiative'],
    ['where all are retired', { initiatives: [initiative(1, { stage: 'retired' })] }, HERE, 'There is no initiative'],
    ['outside of channels', { initiatives: [initiative(1)] }, moment(PM), 'There is no initiative'],
    ['a second time', { initiatives: [initiative(1)], introduced: [{}] }, HERE, 'introduced already'],
  ])('is not made %s', (_, facts, at, sentence) => {
    expect(refusal(joins(facts, at))).toContain(sentence);
  });
});

describe('what a messenger saw', () => {
  let core: Core;
  beforeEach(async () => {
    core = await openCore(flows, { pages });
    const where = { address: 'C1', name: 'churn-model' };
    // The channel is known from a command in it, the people from their own.
    await core.act('Sponsor', 'mine', 'show', undefined, { where });
    const registered = await core.act(
      'PM',
      'initiative',
      'open',
      { name: 'Churn model', owner: 'person/1', sponsor: 'person/1', channel: 'channel/1' },
      { where },
    );
    expect(words(registered)).toContain('Registered');
  });
  afterEach(async () => await core.close());

  const rows = (table: 'introductions' | 'evidence') =>
    core.store.look((tables) => tables.rows(core.installation.workspace, { as: '', rows: table }));
  const joined = (user: string, more: Partial<Event> = {}) =>
    core.act(user, 'introduction', 'open', undefined, { where: { address: 'C1' }, reported: true, ...more });

  it('introduces once, however often it is reported', async () => {
    await joined('Member 1', { cause: 'joined 1' });
    await joined('Member 1', { cause: 'joined 1' });
    await joined('Member 1', { cause: 'joined 2' });
    await joined('Member 2');
    expect(await rows('introductions')).toMatchObject([{ person: 'person/3' }, { person: 'person/4' }]);
  });

  it('stores nothing of an introduction where there is nothing to introduce', async () => {
    expect(words(await joined('Member 1', { where: { address: 'C2' } }))).toContain('There is no initiative');
    expect(await rows('introductions')).toEqual([]);
    const flow = await core.store.look((tables) => tables.flow(core.installation.workspace, 'introduction/1'));
    expect(flow).toBeUndefined();
  });

  it('cannot be forged by a person', async () => {
    for (const raw of [undefined, {}])
      expect(words(await core.act('Member 1', 'introduction', 'open', raw, { where: { address: 'C1' } }))).toContain(
        'cannot be started by hand',
      );
    expect(await rows('introductions')).toEqual([]);
  });

  it('opens nothing that people or the clock open', async () => {
    const raw = { initiative: 'initiative/1', says: 'x' };
    for (const kind of flows.filter((one) => one.open.from !== 'messenger').map(({ name }) => name))
      expect(words(await core.act('Member 1', kind, 'open', raw, { reported: true }))).toContain('cannot be started by hand');
    expect(await rows('evidence')).toEqual([]);
  });

  it('fills a form that a person then sends', async () => {
    const given = { says: 'From *a message*', link: 'https://e.com/1' };
    const reply = await core.act('Member 1', 'evidence', 'open', undefined, { where: { address: 'C1' }, given });
    expect(reply).toMatchObject({
      kind: 'form',
      form: { fields: [{ value: 'initiative/1' }, { value: 'whole' }, { value: 'From *a message*' }, { value: 'https://e.com/1' }] },
    });
    const raw = { initiative: 'initiative/1', criterion: 'go-no-go roi', ...given };
    expect(words(await core.act('Member 1', 'evidence', 'open', raw, { cause: 'form 1' }))).toContain('Kept as evidence on Churn model');
    await core.act('Member 1', 'evidence', 'open', raw, { cause: 'form 1' });
    expect(await core.act('Member 2', 'evidence', 'open', raw)).toMatchObject({
      kind: 'refused',
      typed: [
        { label: 'What it says', text: 'From *a message*' },
        { label: 'Where it comes from', text: 'https://e.com/1' },
      ],
    });
    expect(await rows('evidence')).toMatchObject([{ criterion: 'go-no-go roi', says: 'From *a message*', person: 'person/3' }]);
    expect(
      words(
        await core.act('PM', 'evidence-list', 'show', undefined, { press: { to: 'evidence-list', input: 'show', about: 'churn list' } }),
      ),
    ).toBe('card Evidence on Churn model');
  });

  it('gives a withdrawn link back to whoever puts it in anew, and keeps the first in the journal', async () => {
    const raw = { initiative: 'initiative/1', says: 'x', link: 'https://e.com/1' };
    await core.act('Member 1', 'evidence', 'open', raw);
    expect(words(await core.act('Member 1', 'evidence/1', 'withdraw', { reason: 'Wrong system' }))).toContain('Withdrawn');
    expect(await rows('evidence')).toEqual([]);
    await core.act('Member 2', 'evidence', 'open', raw);
    expect(await rows('evidence')).toMatchObject([{ id: 'evidence/2' }]);
    const journal = await core.store.look((tables) => tables.journal(core.installation.workspace, 0, 100));
    expect(journal.map(({ body }) => body).join()).toContain('Wrong system');
  });
});
