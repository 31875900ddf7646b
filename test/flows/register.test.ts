import { describe, expect, it } from 'vitest';
import { type Body, body } from '../../flows/body/body.ts';
import { initiative } from '../../flows/initiative/initiative.ts';
import type { Initiative } from '../../flows/initiative/state.ts';
import { upgraded } from '../../src/upgrade.ts';
import { CHAIR, Given, member, moment, PM, refusal, SPONSOR, START, start, taken } from './given.ts';

const basics = { name: 'Churn model', owner: PM, sponsor: SPONSOR, channel: 'channel/2' };
const registered = () =>
  new Given<Initiative>(initiative, taken(start<Initiative>(initiative, basics, moment(PM), { initiatives: [] })).state);

describe('an initiative', () => {
  it('is a pilot when it is registered, and decided after its first decision', () => {
    const given = registered();
    expect(given.state.stage).toBe('pilot');
    given.when({ type: 'decided', outcome: 'GO' }, moment(undefined));
    expect(given.state.stage).toBe('decided');
  });

  it.each([
    ['the same name', 'Churn model', 'pilot', true],
    ['the same name in other letters', 'CHURN  modèl'.replace('è', 'e'), 'pilot', true],
    ['a name of a retired one', 'Churn model', 'retired', false],
    ['another name', 'Churn model 2', 'pilot', false],
  ])('%s', (_, name, stage, isRefused) => {
    const step = start(initiative, { ...basics, name }, moment(PM), { initiatives: [{ name: 'Churn model', stage }] });
    expect('refused' in step).toBe(isRefused);
    if (isRefused) expect(step).toMatchObject({ at: 'name' });
  });

  it('is changed by its owner, its sponsor or who registered it', () => {
    const edit = { type: 'edit', ...basics, stage: 'preparing', parent: 'none' };
    expect(registered().attempt(edit, moment(SPONSOR))).toMatchObject({ state: { stage: 'preparing' } });
    expect(refusal(registered().attempt(edit, moment(member(1))))).toContain('Only its owner');
  });

  it('tells all that goes on for it of a change of hands, and ends that when it is retired', () => {
    const given = registered();
    const facts = {
      initiatives: [],
      cadences: [{ id: 'cadence/1' }],
      reviews: [{ id: 'review/2' }],
      checks: [{ id: 'readiness/3' }],
      actions: [{ flow: 'action/4' }, { flow: 'decision/5' }],
    };
    const all = ['cadence/1', 'review/2', 'readiness/3', 'action/4'];
    const edited = taken(
      initiative.step(
        given.state,
        { type: 'edit', ...basics, owner: SPONSOR, stage: 'pilot', parent: 'none' } as never,
        moment(PM),
        facts as never,
      ),
    ).state;
    const moved = { type: 'moved', initiative: { id: 'initiative/1', owner: SPONSOR, sponsor: SPONSOR }, channel: 'channel/2' };
    expect(initiative.timers(edited, 'initiative/1')).toMatchObject(all.map((to) => ({ key: `tell ${to}`, to, input: moved })));
    const retired = taken(initiative.step(edited, { type: 'retire', reason: 'Replaced' }, moment(SPONSOR), facts as never)).state;
    const end = { type: 'end', reason: 'the initiative is retired' };
    expect(initiative.timers(retired, 'initiative/1')).toMatchObject(all.map((to) => ({ to, input: end })));
  });

  it('looks for what goes on for it, in whatever state that is', () => {
    expect(initiative.needs!(registered().state, { id: 'initiative/1', input: 'edit', by: PM })).toEqual(
      expect.arrayContaining([
        { as: 'cadences', rows: 'cadences', where: { initiative: 'initiative/1', state: ['proposed', 'active', 'paused'] } },
        { as: 'reviews', rows: 'reviews', where: { initiative: 'initiative/1', state: ['asking', 'weighing'] } },
        { as: 'checks', rows: 'readiness_checks', where: { initiative: 'initiative/1', state: 'asking' } },
        { as: 'actions', rows: 'actions', where: { initiative: 'initiative/1', state: 'open' } },
      ]),
    );
  });

  it('of version 1 goes on telling its cadences, under the keys that may have been told already', () => {
    const { told: _, ...state } = registered().state;
    const old = { ...state, told: { at: START, cadences: ['cadence/1'] } };
    const now = upgraded(initiative, { id: 'initiative/1', version: 1, state: old, settled: 0 }) as Initiative;
    expect(initiative.timers(now, 'initiative/1')).toMatchObject([{ key: 'tell cadence/1', at: START, to: 'cadence/1' }]);
    expect(upgraded(initiative, { id: 'initiative/1', version: 1, state, settled: 0 })).toEqual(state);
  });

  it('is not retired while a vote on it is open, also by a form that was opened before', () => {
    const given = registered();
    given.facts = { votes: [{ id: 'vote/1', deadline: START }] };
    expect(refusal(given.attempt({ type: 'retire', reason: 'No budget' }, moment(PM)))).toContain('A vote on Churn model is open until');
    expect(initiative.needs!(given.state, { id: 'initiative/1', input: 'retire', by: PM })).toContainEqual(
      expect.objectContaining({ rows: 'votes', where: { initiative: 'initiative/1', phase: 'open' } }),
    );
  });

  it('is not changed any more once it is retired', () => {
    const given = registered();
    given.when({ type: 'retire', reason: 'Replaced' }, moment(PM));
    expect(refusal(given.attempt({ type: 'retire', reason: 'again' }, moment(PM)))).toContain('was retired');
    expect(given.flow.settled!(given.state)).toBe(true);
  });
});

const terms = { name: 'Board', members: [member(1), member(2), member(1)], chair: CHAIR, quorum: '2', rule: 'majority' };

describe('a body', () => {
  it('has each member once, the chair among them', () => {
    const given = new Given<Body>(body, taken(start<Body>(body, terms, moment(PM), { bodies: [] })).state);
    expect(given.state.members).toEqual([member(1), member(2), CHAIR]);
    expect(given.flow.records(given.state, 'body/1').filter((row) => row.table === 'members')).toHaveLength(3);
  });

  it('has at most 500 members, the chair among them', () => {
    const members = Array.from({ length: 500 }, (_, index) => member(index + 10));
    expect(start(body, { ...terms, members }, moment(PM), { bodies: [] })).toMatchObject({ at: 'members' });
    expect(start(body, { ...terms, members, chair: members[0] }, moment(PM), { bodies: [] })).not.toHaveProperty('refused');
  });

  it('refuses a quorum above its members and a name that is taken', () => {
    expect(start(body, { ...terms, quorum: '4' }, moment(PM), { bodies: [] })).toMatchObject({ at: 'quorum' });
    expect(start(body, terms, moment(PM), { bodies: [{ name: 'board' }] })).toMatchObject({ at: 'name' });
  });

  it('is changed by its chair or founder, for the next vote', () => {
    const given = new Given<Body>(body, taken(start<Body>(body, terms, moment(PM), { bodies: [] })).state);
    expect(refusal(given.attempt({ type: 'edit', ...terms }, moment(member(1))))).toContain('Only the chair');
    given.when({ type: 'edit', ...terms, quorum: '3' }, moment(CHAIR));
    expect(given.state.quorum).toEqual({ kind: 'count', count: 3 });
  });
});
