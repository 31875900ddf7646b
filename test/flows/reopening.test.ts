import { describe, expect, it } from 'vitest';
import { decisionBrief } from '../../flows/vote/brief.ts';
import type { Vote } from '../../flows/vote/state.ts';
import { vote } from '../../flows/vote/vote.ts';
import { CHAIR, DAY, Given, HOUR, inWords, member, moment, PM, refusal, START } from './given.ts';
import { allGo, DEADLINE, openVote } from './votes.ts';

const AGAIN = DEADLINE + DAY;
const NEXT = AGAIN + 4 * DAY;
const why = 'Two were *ill*';
const reopening = { type: 'reopen', deadline: NEXT, reason: why };

describe('a vote without a quorum', () => {
  it('goes on with its ballots, its members and its rule, and closes once more', () => {
    const given = ended();
    expect(given.surface('result')).toContain('"input":"reopen"');
    const said = inWords(given.when(reopening, moment(CHAIR, AGAIN)).say!);
    expect(said).toContain('is open again until');
    expect(given.state).toMatchObject({
      deadline: NEXT,
      voted: [member(1)],
      electors: openVote().state.electors,
      rule: 'any no-go blocks',
    });
    expect(given.state.closed).toBeUndefined();
    expect(given.timers).toEqual([
      { key: 'deadline', at: NEXT },
      { key: 'nudge a day', at: NEXT - DAY },
      { key: 'nudge two hours', at: NEXT - HOUR },
    ]);
    expect(given.flow.records(given.state, given.id)[0]).toMatchObject({
      row: { phase: 'open', outcome: null, closed_at: null, deadline: NEXT },
    });
    given.when({ type: 'ballot', ...allGo }, moment(member(2), AGAIN + HOUR));
    given.when({ type: 'deadline' }, moment(undefined, NEXT, NEXT));
    expect(given.state.closed).toMatchObject({ outcome: 'GO', due: NEXT, quorum: { present: 2 } });
    expect(given.timers).toEqual([{ key: 'decide', at: NEXT, to: 'decision' }]);
  });

  it('says everywhere that it went on and why; each end has a message of its own', () => {
    const given = ended();
    given.when(reopening, moment(CHAIR, AGAIN));
    expect(given.keys).toEqual(['vote', 'result', 'resumed 1']);
    for (const key of ['vote', 'resumed 1']) expect(given.surface(key)).toContain(why);
    expect(given.surface('result')).toContain('opened the vote again');
    expect(given.surface('result')).not.toContain('"buttons"');
    expect(given.surface('resumed 1')).toContain('"input":"ballot"');
    given.when({ type: 'deadline' }, moment(undefined, NEXT, NEXT));
    expect(given.state.closed?.outcome).toBe('NO QUORUM');
    expect(given.keys).toEqual(['vote', 'result', 'resumed 1', 'result 2']);
    expect(given.surface('resumed 1')).not.toContain('"input":"ballot"');
    expect(given.surface('result 2')).toContain('"input":"reopen"');

    given.when({ ...reopening, deadline: NEXT + 9 * DAY, reason: 'Once more' }, moment(CHAIR, NEXT + DAY));
    for (const one of [CHAIR, member(2), member(3)]) given.when({ type: 'ballot', ...allGo }, moment(one, NEXT + DAY + HOUR));
    expect(given.state.closed?.outcome).toBe('GO');
    expect(given.keys.slice(0, 6)).toEqual(['vote', 'result', 'resumed 1', 'result 2', 'resumed 2', 'result 3']);
    const under = given.flow.surfaces(given.state, given.id).flatMap((surface) => surface.under ?? []);
    expect(new Set(under)).toEqual(new Set(['result 3']));
    expect(new Set(given.keys).size).toBe(given.keys.length);
    expect(decisionBrief(given.state, 'vote/1').resumed).toEqual([
      { by: CHAIR, at: AGAIN, reason: why },
      { by: CHAIR, at: NEXT + DAY, reason: 'Once more' },
    ]);
    expect(given.flow.records(given.state, given.id).filter(({ table }) => table === 'vote_reopenings')).toMatchObject([
      { row: { number: 1, person: CHAIR, reason: why, closed_at: DEADLINE, at: AGAIN } },
      { row: { number: 2, closed_at: NEXT, reason: 'Once more' } },
    ]);
  });

  it('is closed by no deadline that it had before', () => {
    const given = ended();
    given.when(reopening, moment(CHAIR, AGAIN));
    given.when({ type: 'deadline' }, moment(undefined, AGAIN + HOUR, DEADLINE));
    expect(given.state.closed).toBeUndefined();
    given.when({ type: 'deadline' }, moment(undefined, NEXT + HOUR, NEXT));
    const closed = given.state;
    given.when({ type: 'deadline' }, moment(undefined, NEXT + 2 * HOUR, NEXT));
    expect(given.state).toEqual(closed);
  });

  it('can be extended once after each opening, at most 90 days from it', () => {
    const given = openVote();
    given.when({ type: 'extend', deadline: DEADLINE + HOUR, reason: 'More time' }, moment(CHAIR));
    given.when({ type: 'deadline' }, moment(undefined, DEADLINE + HOUR, DEADLINE + HOUR));
    given.when(reopening, moment(CHAIR, AGAIN));
    expect(given.surface('vote')).not.toContain('More time');
    expect(refusal(given.attempt({ type: 'extend', deadline: AGAIN + 91 * DAY, reason: why }, moment(CHAIR, AGAIN)))).toContain('90 days');
    given.when({ type: 'extend', deadline: AGAIN + 89 * DAY, reason: why }, moment(CHAIR, AGAIN));
    expect(given.state.resumed?.[0]?.extended).toMatchObject({ reason: 'More time' });
  });

  it('comes from the opener where the chair has left', () => {
    const given = ended();
    given.facts = { left: [{ id: CHAIR, name: 'Chair' }] };
    expect(refusal(given.attempt(reopening, moment(CHAIR, AGAIN)))).toContain('in place of the chair');
    given.when(reopening, moment(PM, AGAIN));
    expect(given.state.resumed?.[0]?.by).toBe(PM);
  });

  const asks = { question: 'go-no-go', subject: null };
  it.each<[string, Partial<Vote>, object, string]>([
    ['a secret one', { secret: true }, {}, 'destroyed at its close, so this one cannot go on. A new vote can be opened'],
    ['one that was cancelled', { cancelled: { at: START, reason: 'A mistake' } }, {}, 'was cancelled'],
    ['one in which everybody has voted', { voted: [CHAIR, member(1), member(2), member(3)] }, {}, 'would end the same way'],
    ['one whose initiative is retired', {}, { self: [{ stage: 'retired' }] }, 'is retired'],
    ['one that is asked anew already', {}, { open: [{ id: 'vote/7', ...asks }] }, 'Vote 7 asks the same and is open already'],
    ['one that was decided meanwhile', {}, { standing: [{ number: 4, ...asks, decided_at: AGAIN - 1 }] }, 'decided meanwhile, by D-4'],
  ])('is not opened again: %s', (_, more, facts, sentence) => {
    const given = ended(more);
    given.facts = facts;
    expect(refusal(given.attempt(reopening, moment(CHAIR, AGAIN)))).toContain(sentence);
    expect(refusal(vote.inputs.reopen.question!(given.state, moment(CHAIR, AGAIN), given.facts as never, '') as never)).toContain(sentence);
  });

  it('is opened again beside what asks something else, and what was decided before', () => {
    const given = ended();
    given.facts = {
      open: [{ id: 'vote/7', question: 'gate', subject: 'wave 2' }],
      standing: [
        { number: 4, ...asks, decided_at: START },
        { number: 5, question: 'gate', subject: 'wave 2', decided_at: AGAIN },
      ],
    };
    given.when(reopening, moment(CHAIR, AGAIN));
    expect(given.state.closed).toBeUndefined();
  });

  it.each([
    ['by a member', member(1), NEXT, 'Only the chair may open it again'],
    ['by the opener while there is a chair', PM, NEXT, 'Only the chair may open it again'],
    ['until now', CHAIR, AGAIN, 'That moment has passed'],
    ['for more than 90 days', CHAIR, AGAIN + 91 * DAY, 'at most'],
  ])('is not opened again %s', (_, who, deadline, sentence) => {
    expect(refusal(ended().attempt({ ...reopening, deadline }, moment(who, AGAIN)))).toContain(sentence);
  });

  it('is not opened again while it is open, nor once it has decided', () => {
    expect(refusal(openVote().attempt(reopening, moment(CHAIR)))).toContain('is open as it is');
    const decided = openVote({ quorum: { kind: 'count', count: 1 } });
    decided.when({ type: 'ballot', ...allGo }, moment(member(1)));
    decided.when({ type: 'deadline' }, moment(undefined, DEADLINE, DEADLINE));
    expect(refusal(decided.attempt(reopening, moment(CHAIR, AGAIN)))).toContain('This vote has decided: GO.');
  });

  it('offers a new vote alone where it cannot go on', () => {
    expect(ended({ secret: true }).surface('result')).not.toContain('"input":"reopen"');
    expect(ended({ voted: [CHAIR, member(1), member(2), member(3)], quorum: { kind: 'count', count: 9 } }).surface('result')).not.toContain(
      '"input":"reopen"',
    );
  });
});

/** Closed at its deadline with one ballot of the two that it takes. */
function ended(more: Partial<Vote> = {}): Given<Vote> {
  const given = openVote();
  given.when({ type: 'ballot', ...allGo }, moment(member(1)));
  given.when({ type: 'deadline' }, moment(undefined, DEADLINE, DEADLINE));
  given.state = { ...given.state, ...more };
  return given;
}
