import { describe, expect, it } from 'vitest';
import { type Body, body } from '../../flows/body/body.ts';
import { type Initiative, initiative } from '../../flows/initiative/initiative.ts';
import { CHAIR, Given, member, moment, PM, refusal, SPONSOR, start, taken } from './given.ts';

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
    const edit = { type: 'edit', ...basics, name: 'Churn model', stage: 'preparing' };
    expect(registered().attempt(edit, moment(SPONSOR))).toMatchObject({ state: { stage: 'preparing' } });
    expect(refusal(registered().attempt(edit, moment(member(1))))).toContain('Only its owner');
  });

  it('tells its cadences of a change of hands, and ends them when it is retired', () => {
    const given = registered();
    const facts = { initiatives: [], cadences: [{ id: 'cadence/1' }] };
    const edited = taken(
      initiative.step(given.state, { type: 'edit', ...basics, owner: SPONSOR, stage: 'pilot' } as never, moment(PM), facts as never),
    ).state;
    expect(initiative.timers(edited, 'initiative/1')).toMatchObject([
      { to: 'cadence/1', input: { type: 'moved', initiative: { owner: SPONSOR } } },
    ]);
    const retired = taken(initiative.step(edited, { type: 'retire', reason: 'Replaced' }, moment(SPONSOR), facts as never)).state;
    expect(initiative.timers(retired, 'initiative/1')).toMatchObject([{ to: 'cadence/1', input: { type: 'end' } }]);
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
