import { describe, expect, it } from 'vitest';
import { vote } from '../../flows/vote/vote.ts';
import { CHAIR, DAY, HOUR, inWords, member, moment, PM, refusal, START } from './given.ts';
import { allGo, DEADLINE, openVote } from './votes.ts';

const LATER = DEADLINE + 2 * DAY;
const why = 'Two members are ill';

describe('an extension', () => {
  it('moves the deadline, keeps the ballots, says why, and counts the nudges anew', () => {
    const given = openVote();
    given.when({ type: 'ballot', ...allGo }, moment(member(1)));
    given.when({ type: 'nudge', nudge: 'a day' }, moment(undefined, DEADLINE - DAY, DEADLINE - DAY));
    expect(given.timers).toContainEqual({ key: `ask a day ${member(2)}`, at: DEADLINE - DAY, to: 'digest/3' });
    expect(inWords(given.when({ type: 'extend', deadline: LATER, reason: why }, moment(CHAIR, DEADLINE - HOUR)).say!)).toContain(
      'Extended',
    );
    expect(given.state).toMatchObject({ deadline: LATER, voted: [member(1)] });
    expect(given.surface('vote')).toContain(why);
    expect(given.timers).toEqual([
      { key: 'deadline', at: LATER },
      { key: 'nudge a day', at: LATER - DAY },
      // Two hours before would be at seven in the morning.
      { key: 'nudge two hours', at: LATER - HOUR },
    ]);
    given.when({ type: 'nudge', nudge: 'a day' }, moment(undefined, LATER - DAY, LATER - DAY));
    expect(given.timers).toContainEqual({ key: `ask a day ${member(2)}`, at: LATER - DAY, to: 'digest/3' });
    expect(given.timers.map(({ key }) => key)).not.toContain(`ask a day ${member(1)}`);
  });

  it('takes ballots after the first deadline and closes once, at the second', () => {
    const given = openVote();
    given.when({ type: 'extend', deadline: LATER, reason: why }, moment(CHAIR));
    given.when({ type: 'ballot', ...allGo }, moment(member(1), DEADLINE + HOUR));
    given.when({ type: 'ballot', ...allGo }, moment(member(2), LATER - 1));
    expect(refusal(given.attempt({ type: 'ballot', ...allGo }, moment(member(3), LATER)))).toContain('This vote closed');
    given.facts = { outages: [{ from_at: LATER - HOUR, until_at: LATER + 4 * HOUR }] };
    given.when({ type: 'deadline' }, moment(undefined, LATER + 5 * HOUR, LATER));
    expect(given.state.closed).toMatchObject({ how: 'at the deadline', due: LATER, outcome: 'GO' });
    expect(given.surface('result')).toContain('was not running at the deadline');
    const closed = given.state;
    given.when({ type: 'deadline' }, moment(undefined, LATER + 6 * HOUR, LATER));
    expect(given.state).toEqual(closed);
  });

  it('comes from the opener where the chair has left', () => {
    const given = openVote();
    given.facts = { left: [{ id: CHAIR, name: 'Chair' }] };
    expect(refusal(given.attempt({ type: 'extend', deadline: LATER, reason: why }, moment(CHAIR)))).toContain('in place of the chair');
    given.when({ type: 'extend', deadline: LATER, reason: why }, moment(PM));
    expect(given.state.extended).toMatchObject({ by: PM, from: DEADLINE });
  });

  it.each([
    ['by a member', member(1), START, LATER, 'Only the chair may extend it'],
    ['by the opener while there is a chair', PM, START, LATER, 'Only the chair may extend it'],
    ['to the deadline that stands', CHAIR, START, DEADLINE, 'Choose a later moment'],
    ['to an earlier one', CHAIR, START, DEADLINE - 1, 'Choose a later moment'],
    ['beyond 90 days from the opening', CHAIR, START + 2 * DAY, START + 91 * DAY, '90 days at most, counted from its opening'],
    ['at the deadline', CHAIR, DEADLINE, LATER, 'This vote is over'],
  ] as const)('is refused %s', (_, who, at, deadline, sentence) => {
    expect(refusal(openVote().attempt({ type: 'extend', deadline, reason: why }, moment(who, at)))).toContain(sentence);
  });

  it('is refused a second time, before anything is asked and after', () => {
    const given = openVote();
    given.when({ type: 'extend', deadline: LATER, reason: why }, moment(CHAIR));
    expect(refusal(given.attempt({ type: 'extend', deadline: LATER + DAY, reason: why }, moment(CHAIR)))).toContain('once only');
    expect(refusal(vote.inputs.extend.question!(given.state, moment(CHAIR), {} as never, '') as never)).toContain('once only');
  });
});

describe('a close after the deadline', () => {
  const MINUTE = 60_000;
  const outage = (from: number, until: number) => ({ from_at: DEADLINE + from, until_at: DEADLINE + until });

  it.each([
    ['as soon as two minutes', 2 * MINUTE, [outage(-MINUTE, MINUTE)], undefined, undefined],
    ['after an outage', HOUR, [outage(-HOUR, 50 * MINUTE)], 'was not running at the deadline', { from: -HOUR, until: 50 * MINUTE }],
    ['after one that began at it', HOUR, [outage(0, HOUR)], 'was not running at the deadline', { from: 0, until: HOUR }],
    ['after one that ended at it', HOUR, [outage(-HOUR, 0)], 'did not get to it', undefined],
    ['after one that began later', HOUR, [outage(1, HOUR)], 'did not get to it', undefined],
    ['for a reason that is not known', HOUR, [], 'did not get to it', undefined],
    [
      'after the last of several',
      5 * HOUR,
      [outage(2 * HOUR, 3 * HOUR), outage(-MINUTE, HOUR), outage(-5 * HOUR, -4 * HOUR)],
      'was not running at the deadline',
      { from: -MINUTE, until: HOUR },
    ],
  ])('%s', (_, late, outages, sentence, down) => {
    const given = openVote();
    given.facts = { outages };
    given.when({ type: 'deadline' }, moment(undefined, DEADLINE + late, DEADLINE));
    const shown = given.surface('result');
    expect(given.state.closed?.down).toEqual(down && { from: DEADLINE + down.from, until: DEADLINE + down.until });
    if (sentence) expect(shown).toContain(sentence);
    else expect(shown).not.toMatch(/was not running|did not get to it/);
    if (down) for (const at of [down.from, down.until]) expect(shown).toContain(`"at":${DEADLINE + at}`);
  });

  it('asks for what is known of outages at the deadline alone', () => {
    const asked = (input: string) => vote.needs!(openVote().state, { id: 'vote/1', input, by: CHAIR } as never).map(({ as }) => as);
    expect([asked('deadline').includes('outages'), asked('ballot').includes('outages')]).toEqual([true, false]);
  });
});

describe('the chair’s own nudge', () => {
  it('goes to all whose ballot is missing, says who asks, and goes away with the ballot', () => {
    const given = openVote();
    given.when({ type: 'ballot', ...allGo }, moment(member(1)));
    given.when({ type: 'recuse', reason: 'I built it' }, moment(member(3)));
    expect(inWords(given.when({ type: 'prompt' }, moment(CHAIR, START + HOUR)).say!)).toBe(
      'Nudged: 2 members without a ballot. Whoever has muted such nudges gets none.',
    );
    const nudges = () => given.keys.filter((key) => key.startsWith('nudge'));
    expect(nudges()).toEqual([CHAIR, member(2)].map((who) => `nudge by chair ${START + HOUR} ${who}`));
    expect(given.surface(`nudge by chair ${START + HOUR} ${member(2)}`)).toContain('asks for your ballot');
    given.when({ type: 'ballot', ...allGo }, moment(member(2), START + 2 * HOUR));
    expect(nudges()).toEqual([`nudge by chair ${START + HOUR} ${CHAIR}`]);
  });

  it('comes once an hour at most, as a new message', () => {
    const given = openVote();
    given.when({ type: 'prompt' }, moment(CHAIR));
    expect(refusal(given.attempt({ type: 'prompt' }, moment(CHAIR, START + HOUR - 1)))).toContain('You can nudge them again');
    given.when({ type: 'prompt' }, moment(CHAIR, START + HOUR));
    expect(given.keys).toContain(`nudge by chair ${START + HOUR} ${member(1)}`);
    expect(given.keys).not.toContain(`nudge by chair ${START} ${member(1)}`);
  });

  it.each([
    ['by a member', member(1), START, 'Only the chair may nudge'],
    ['by the opener while there is a chair', PM, START, 'Only the chair may nudge'],
    ['at the deadline', CHAIR, DEADLINE, 'This vote is over'],
  ] as const)('is refused %s', (_, who, at, sentence) => {
    expect(refusal(openVote().attempt({ type: 'prompt' }, moment(who, at)))).toContain(sentence);
  });

  it('comes from the opener where the chair has left', () => {
    const given = openVote();
    given.facts = { left: [{ id: CHAIR, name: 'Chair' }] };
    given.when({ type: 'prompt' }, moment(PM));
    expect(given.state.prompted).toEqual({ by: PM, at: START });
  });
});
