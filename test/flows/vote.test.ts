import { describe, expect, it } from 'vitest';
import { currentSet } from '../../flows/criteria/go-no-go.ts';
import type { Vote } from '../../flows/vote/state.ts';
import { vote } from '../../flows/vote/vote.ts';
import { pictureText, type Stacks } from '../../src/picture.ts';
import { CHAIR, DAY, Given, HOUR, inWords, member, moment, PM, refusal, start, START, taken } from './given.ts';
import { allGo, DEADLINE, openingFacts, voteBrief } from './votes.ts';

const electors = [CHAIR, member(1), member(2), member(3), member(4)];

const facts = openingFacts(electors);
const brief = { ...voteBrief, without: 'The pilot was reviewed on paper.' };

function opened(differently: object = {}): Given<Vote> {
  return new Given(vote, taken(start<Vote>(vote, { ...brief, ...differently }, moment(PM), facts)).state);
}

const all = (given: Given<Vote>, who: readonly `person/${number}`[], at = START + HOUR) => {
  for (const one of who) given.when({ type: 'ballot', ...allGo }, moment(one, at));
};

describe('opening a vote', () => {
  it('copies members and rule, so that a later change of the committee changes nothing', () => {
    expect(opened().state).toMatchObject({
      electors,
      rule: 'any no-go blocks',
      quorum: { kind: 'share', percent: 60 },
      chair: CHAIR,
      set: currentSet.id,
    });
  });

  it.each([
    ['a deadline that has passed', { deadline: START }, 'deadline', 'has passed'],
    ['a deadline in the far future', { deadline: START + 91 * DAY }, 'deadline', '90 days at most'],
    ['a quorum above the members', { quorum: '6' }, 'quorum', 'only 5 members'],
    ['an initiative that is gone', { initiative: 'initiative/9' }, 'initiative', 'no longer there'],
    ['a committee that is gone', { body: 'body/9' }, 'body', 'no longer there'],
  ])('refuses %s at its field', (_, differently, field, sentence) => {
    const step = start(vote, { ...brief, ...differently }, moment(PM), facts);
    expect(refusal(step)).toContain(sentence);
    expect(step).toMatchObject({ at: field });
  });

  it('refuses a second vote on the same initiative while one is open', () => {
    const open = { id: 'vote/1', initiative: 'initiative/1', question: 'go-no-go', subject: null };
    expect(refusal(start(vote, brief, moment(PM), { ...facts, votes: [open] }))).toContain('open already');
    const asked = (about: string) => vote.open.question!(about, moment(PM), { ...facts, votes: [open as never] });
    expect(refusal(asked('initiative/1') as never)).toContain('A vote on Churn model is open already');
    expect(asked('')).toMatchObject({ title: 'Open a go/no-go vote' });
  });
});

describe('a ballot', () => {
  it('is counted at once when nothing has to be explained', () => {
    const given = opened();
    expect(inWords(given.when({ type: 'ballot', ...allGo }, moment(member(1))).say!)).toContain('Counted: 15 go; you can change it until');
    expect(given.state.voted).toEqual([member(1)]);
  });

  it('waits for its reasons, and is not counted before', () => {
    const given = opened();
    const step = given.when({ type: 'ballot', ...allGo, roi: 'no-go', debt: 'missing' }, moment(member(1)));
    expect(step.next).toBe('reasons');
    expect(given.state.voted).toEqual([]);
    expect(inWords(given.when({ type: 'reasons', roi: 'Too dear', debt: 'Too much' }, moment(member(1))).say!)).toContain(
      'Counted: 13 go, 1 no-go, 1 missing',
    );
    expect(given.ballots.get(member(1))).toMatchObject({ choices: { roi: 'no-go' }, reasons: { roi: 'Too dear' }, draft: null });
  });

  it('stands while a change of it still lacks a reason', () => {
    const given = opened();
    all(given, [member(1)]);
    given.when({ type: 'ballot', ...allGo, roi: 'no-go' }, moment(member(1)));
    expect(given.ballots.get(member(1))).toMatchObject({ choices: allGo, draft: { roi: 'no-go' } });
    expect(given.state.voted).toEqual([member(1)]);
  });

  it('asks no reason for what is nice to have', () => {
    expect(opened().when({ type: 'ballot', ...allGo, recognition: 'not seen' }, moment(member(1))).next).toBeUndefined();
  });

  it('is never overwritten by a form that was opened before it changed', () => {
    const given = opened();
    given.when({ type: 'ballot', ...allGo, seen: 0 }, moment(member(1)));
    given.when({ type: 'ballot', ...allGo, recognition: 'abstain', seen: 1 }, moment(member(1)));
    expect(refusal(given.attempt({ type: 'ballot', ...allGo, seen: 1 }, moment(member(1))))).toMatch(
      /stands at 14 go, 1 abstain. Press Vote to change it/,
    );
    given.when({ type: 'ballot', ...allGo, roi: 'no-go', seen: 0 }, moment(member(2)));
    expect(refusal(given.attempt({ type: 'ballot', ...allGo, seen: 0 }, moment(member(2))))).toContain(
      'What you chose in another form since then waits for its reasons',
    );
  });

  it.each([
    ['a person who is no member', PM, () => opened(), 'Only the members of Steering committee and their deputies vote here'],
    ['one who recused themselves', member(1), () => recused(), 'You recused yourself'],
    ['a second one where changes are not allowed', member(1), () => voted({ changes: false }), 'cannot be changed'],
    ['one after the close', member(4), () => closed(), 'This vote closed'],
    ['one at the deadline, though the clock has not closed the vote yet', member(4), () => opened(), 'This vote closed', DEADLINE],
    ['one after a cancellation', member(4), () => cancelled(), 'was cancelled'],
  ] as const)('is refused: %s', (_, who, given, sentence, at = START) => {
    expect(refusal(given().attempt({ type: 'ballot', ...allGo }, moment(who, at)))).toContain(sentence);
  });
});

describe('the close', () => {
  it('comes when all have voted, over all ballots', () => {
    const given = opened();
    all(given, electors.slice(0, 4));
    expect(given.state.closed).toBeUndefined();
    const last = given.when({ type: 'ballot', ...allGo }, moment(electors[4]));
    expect(given.state.closed).toMatchObject({ how: 'when all had voted', outcome: 'GO', quorum: { needed: 3, base: 5, present: 5 } });
    expect(inWords(last.say!)).toContain('the vote is closed');
    expect(given.state.closed!.counts.every((count) => count.go === 5)).toBe(true);
  });

  it('comes when the last one who had not voted recuses themselves', () => {
    const given = opened();
    all(given, electors.slice(0, 4));
    given.when({ type: 'recuse', reason: 'I built it' }, moment(electors[4]));
    expect(given.state.closed).toMatchObject({ outcome: 'GO', quorum: { needed: 3, base: 4, present: 4 } });
  });

  it('comes at the deadline, at its own time, also after a downtime', () => {
    const given = opened();
    all(given, electors.slice(0, 3));
    given.when({ type: 'deadline' }, moment(undefined, DEADLINE + 5 * HOUR, DEADLINE));
    expect(given.state.closed).toMatchObject({ how: 'at the deadline', outcome: 'GO', due: DEADLINE });
    expect(given.surface('result')).toContain('did not get to it at the deadline');
    expect(given.flow.records(given.state, given.id)[0]).toMatchObject({ row: { closed_at: DEADLINE } });
  });

  it('decides nothing without a quorum', () => {
    const given = opened();
    all(given, electors.slice(0, 2));
    given.when({ type: 'deadline' }, moment(undefined, DEADLINE, DEADLINE));
    expect(given.state.closed).toMatchObject({ outcome: 'NO QUORUM' });
    expect(given.timers).toEqual([]);
    expect(given.surface('result')).toContain('One more ballot');
  });

  it('comes once: a second deadline changes nothing', () => {
    const given = closed();
    const before = given.state;
    given.when({ type: 'deadline' }, moment(undefined, DEADLINE, DEADLINE));
    expect(given.state).toBe(before);
  });

  it('can be called by the chair alone, and only once the quorum stands', () => {
    const given = opened();
    all(given, [member(1), member(2)]);
    expect(refusal(given.attempt({ type: 'close' }, moment(CHAIR)))).toContain('quorum is not reached: 2 of the 3');
    all(given, [member(3)]);
    expect(refusal(given.attempt({ type: 'close' }, moment(member(1))))).toContain('Only the chair');
    given.when({ type: 'close' }, moment(CHAIR));
    expect(given.state.closed).toMatchObject({ how: 'by the chair', by: CHAIR, outcome: 'GO' });
  });

  it('leaves a recused member’s ballot out of the count', () => {
    const given = opened();
    given.when({ type: 'ballot', ...allGo, roi: 'no-go' }, moment(member(1)));
    given.when({ type: 'reasons', roi: 'Too dear' }, moment(member(1)));
    given.when({ type: 'recuse', reason: 'I sell it' }, moment(member(1)));
    all(given, [CHAIR, member(2), member(3), member(4)]);
    expect(given.state.closed).toMatchObject({ outcome: 'GO', quorum: { base: 4, present: 4 }, reasons: [] });
    expect(given.ballots.get(member(1))).toMatchObject({ choices: null, reasons: {}, cast_at: null });
    expect(refusal(given.attempt({ type: 'ballot', ...allGo }, moment(member(1))))).not.toContain('was counted');
    expect(refusal(given.attempt({ type: 'ballot', ...allGo }, moment(member(2))))).toContain('and was counted');
  });

  it('shows nobody’s reasons when nothing was decided', () => {
    const given = opened();
    given.when({ type: 'ballot', ...allGo, roi: 'no-go' }, moment(member(1)));
    given.when({ type: 'reasons', roi: 'Too dear' }, moment(member(1)));
    given.when({ type: 'deadline' }, moment(undefined, DEADLINE, DEADLINE));
    expect(JSON.stringify(given.state)).not.toContain('Too dear');
  });

  it('says who dissented: against a GO, or for all that a NO-GO failed on', () => {
    const noGo = opened();
    all(noGo, electors.slice(0, 4));
    noGo.when({ type: 'ballot', ...allGo, roi: 'no-go' }, moment(electors[4]));
    noGo.when({ type: 'reasons', roi: 'Too dear' }, moment(electors[4]));
    expect(noGo.state.closed).toMatchObject({
      outcome: 'NO-GO',
      dissent: electors.slice(0, 4),
      reasons: [{ criterion: 'roi', reason: 'Too dear' }],
    });
    expect(noGo.surface('result')).toContain('1 member saying go instead');

    const go = opened({ rule: 'majority' });
    all(go, electors.slice(0, 4));
    go.when({ type: 'ballot', ...allGo, roi: 'no-go' }, moment(electors[4]));
    go.when({ type: 'reasons', roi: 'Too dear' }, moment(electors[4]));
    expect(go.state.closed).toMatchObject({ outcome: 'GO', dissent: [electors[4]] });
    expect(go.surface('result')).toContain('2 members saying no-go');

    const heeded = opened();
    all(heeded, electors.slice(0, 4));
    heeded.when({ type: 'ballot', ...allGo, debt: 'missing' }, moment(electors[4]));
    heeded.when({ type: 'reasons', debt: 'Too much' }, moment(electors[4]));
    expect(heeded.state.closed).toMatchObject({ outcome: 'GO WITH CONDITIONS', dissent: [] });
  });
});

describe('what a vote shows and sets', () => {
  it('never shows what was chosen before the close', () => {
    const given = opened();
    given.when({ type: 'ballot', ...allGo, roi: 'no-go' }, moment(member(1)));
    given.when({ type: 'reasons', roi: 'Too dear' }, moment(member(1)));
    const shown = JSON.stringify(given.flow.surfaces(given.state, given.id));
    expect(shown).toContain('1 of 5 voted');
    expect(shown).not.toContain('Too dear');
    expect(JSON.stringify(given.state)).not.toContain('no-go"');
  });

  it('sets its deadline and the nudges that still lie ahead', () => {
    expect(opened().timers).toEqual([
      { key: 'deadline', at: DEADLINE },
      { key: 'nudge a day', at: DEADLINE - DAY },
      { key: 'nudge two hours', at: DEADLINE - 2 * HOUR },
    ]);
    expect(opened({ deadline: START + HOUR }).timers.map((timer) => timer.key)).toEqual(['deadline']);
  });

  it('hands the decision its conditions', () => {
    const given = opened();
    all(given, electors.slice(0, 4));
    given.when({ type: 'ballot', ...allGo, debt: 'missing' }, moment(electors[4]));
    given.when({ type: 'reasons', debt: 'Too much' }, moment(electors[4]));
    expect(given.flow.timers(given.state, given.id)).toMatchObject([
      { key: 'decide', to: 'decision', input: { outcome: 'GO WITH CONDITIONS', missing: [{ key: 'debt' }] } },
    ]);
  });

  it('draws the tally of every criterion with its mark, but none for what is nice to have', () => {
    const given = opened();
    all(given, electors.slice(0, 3));
    given.when({ type: 'ballot', ...allGo, roi: 'abstain', recognition: 'not seen' }, moment(electors[3]));
    given.when({ type: 'ballot', ...allGo, debt: 'missing' }, moment(electors[4]));
    given.when({ type: 'reasons', debt: 'Too much' }, moment(electors[4]));
    const picture = given.flow
      .surfaces(given.state, given.id)
      .find(({ key }) => key === 'result')!
      .card.parts.flatMap((part) => (part.kind === 'picture' ? [part.picture] : []))[0] as Stacks;
    expect(picture.bars.map(({ label }) => label)).toEqual(currentSet.criteria.map((criterion) => criterion.text));
    const bar = (label: string) => picture.bars.find((one) => one.label === label);
    expect(bar('Positive ROI at scale')).toEqual({ label: 'Positive ROI at scale', counts: [4, 0, 1], mark: '✓' });
    expect(bar('Technical debt within limits')).toMatchObject({ counts: [4, 1, 0], mark: '✗' });
    expect(bar('Recognition')).toEqual({ label: 'Recognition', counts: [4, 1, 0] });
    expect(pictureText(picture)).toContain('✗ Technical debt within limits 4 go, 1 against');
  });

  it('can be corrected by its opener before the first ballot only', () => {
    const given = opened();
    const terms = { deadline: DEADLINE + DAY, rule: 'majority', quorum: '4', changes: false };
    expect(refusal(given.attempt({ type: 'correct', ...terms }, moment(CHAIR)))).toContain('Only the one who opened');
    given.when({ type: 'correct', ...terms }, moment(PM));
    expect(given.state).toMatchObject({ deadline: DEADLINE + DAY, rule: 'majority', quorum: { kind: 'count', count: 4 }, changes: false });
    all(given, [member(1)]);
    expect(refusal(given.attempt({ type: 'correct', ...terms }, moment(PM)))).toContain('Members have acted on it already');
  });

  it('can be cancelled by opener or chair, and then waits for nothing', () => {
    expect(refusal(opened().attempt({ type: 'cancel', reason: 'x' }, moment(member(1))))).toContain('Only the chair or the one who opened');
    expect(cancelled().timers).toEqual([]);
    expect(cancelled().surface('vote')).not.toContain('buttons');
  });
});

function recused(): Given<Vote> {
  const given = opened();
  given.when({ type: 'recuse', reason: 'I built it' }, moment(member(1)));
  return given;
}

function voted(differently: object): Given<Vote> {
  const given = opened(differently);
  all(given, [member(1)]);
  return given;
}

function closed(): Given<Vote> {
  const given = opened();
  all(given, electors.slice(0, 3));
  given.when({ type: 'close' }, moment(CHAIR));
  return given;
}

function cancelled(): Given<Vote> {
  const given = opened();
  given.when({ type: 'cancel', reason: 'The numbers are old' }, moment(PM));
  return given;
}
