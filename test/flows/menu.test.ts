import { describe, expect, it } from 'vitest';
import type { Vote } from '../../flows/vote/state.ts';
import { vote } from '../../flows/vote/vote.ts';
import type { Decision } from '../../flows/decision/state.ts';
import { readiness } from '../../flows/readiness/readiness.ts';
import type { Readiness } from '../../flows/readiness/state.ts';
import type { Card } from '../../src/card.ts';
import type { Moment } from '../../src/flow.ts';
import { made } from './decisions.ts';
import { cardInWords, CHAIR, DAY, Given, HOUR, member, moment, PM, refusal, SPONSOR, START, start, taken } from './given.ts';
import { allGo, openingFacts, voteBrief } from './votes.ts';

const electors = [CHAIR, member(1), member(2), member(3), member(4)];
const facts = openingFacts(electors);
const opened = (more: object = {}): Given<Vote> => {
  const brief = { ...voteBrief, quorum: '3', without: 'A rehearsal' };
  return new Given<Vote>(vote, taken(start<Vote>(vote, { ...brief, ...more }, moment(PM), facts)).state);
};

const asked = (given: Given<any>, at: Moment, known: object = {}) =>
  given.flow.inputs['manage']!.shows!(given.state, at, { ...given.facts, ...known }, given.id);

function shown(given: Given<any>, at: Moment, known: object = {}): Card {
  const card = asked(given, at, known);
  if ('refused' in card) throw new Error(refusal(card));
  return card;
}

const labels = (card: Card): string[] =>
  card.parts.flatMap((part) => (part.kind === 'buttons' ? part.buttons.map(({ label }) => label) : []));

/** The vote's card has few buttons; whoever presses “Manage this vote” is shown what is theirs to do at that moment, and nothing else. */
describe('the menu of a vote', () => {
  const LEADER = ['Nudge', 'Extend'];
  it.each([
    ['a member before voting', member(1), 0, ['Name a deputy']],
    ['a member who has voted', member(1), 1, ['How it stands', 'Withdraw my ballot']],
    ['the chair at first', CHAIR, 0, ['Name a deputy', ...LEADER, 'Cancel the vote']],
    ['the chair once the quorum stands', CHAIR, 3, ['Name a deputy', ...LEADER, 'Close now', 'Cancel the vote']],
    ['the one who opened it, before anybody acted', PM, 0, ['Correct', 'Cancel the vote']],
    ['the one who opened it, after a ballot', PM, 1, ['Cancel the vote']],
  ])('offers %s what they may do', (_, by, ballots, expected) => {
    const given = opened();
    for (const elector of [member(1), member(2), member(3)].slice(0, ballots)) given.when({ type: 'ballot', ...allGo }, moment(elector));
    expect(labels(shown(given, moment(by)))).toEqual(expected);
  });

  it.each([
    ['the quorum is not reached', CHAIR, 'Close now: The quorum is not reached'],
    ['nobody has begun', member(1), 'How it stands: You see how it stands once your ballot is in'],
    ['there is no ballot yet', member(1), 'Withdraw my ballot: There is no ballot in this vote to withdraw'],
  ])('says of what is theirs and not possible now that %s', (_, by, sentence) => {
    expect(cardInWords(shown(opened(), moment(by)))).toContain(sentence);
  });

  it('says the sentence that the press itself would be refused with', () => {
    const given = opened();
    given.when({ type: 'extend', deadline: START + 4 * DAY, reason: 'Two are away' }, moment(CHAIR));
    const refusedWith = refusal(given.attempt({ type: 'extend', deadline: START + 5 * DAY, reason: 'Again' }, moment(CHAIR)));
    expect(cardInWords(shown(given, moment(CHAIR)))).toContain(`Extend: ${refusedWith}`);
  });

  it('offers what is the chair’s to the one who opened it, once the chair has left', () => {
    const left = { left: [{ id: CHAIR, name: 'Chair' }] };
    expect(labels(shown(opened(), moment(PM), left))).toEqual([...LEADER, 'Correct', 'Cancel the vote']);
  });

  it('offers a deputy the ballot that they cast', () => {
    const given = opened();
    given.when({ type: 'deputy', deputy: PM }, moment(member(2)));
    given.when({ type: 'ballot', about: member(2), ...allGo }, moment(PM));
    expect(labels(shown(given, moment(PM)))).toEqual(['How it stands', 'Withdraw my ballot', 'Cancel the vote']);
  });

  it('offers no counts of a secret vote, and no withdrawal where ballots stand', () => {
    const secret = opened({ openness: 'secret' });
    expect(cardInWords(shown(secret, moment(member(1))))).not.toContain('How it stands');
    const firm = opened({ changes: false });
    firm.when({ type: 'ballot', ...allGo }, moment(member(1)));
    expect(labels(shown(firm, moment(member(1))))).toEqual(['How it stands']);
  });

  it.each([
    [
      'has no part in it',
      opened(),
      moment(SPONSOR),
      'There is nothing in this vote that you could do: its members vote, and person/1 leads it.',
    ],
    ['comes at the deadline', opened(), moment(CHAIR, START + 3 * DAY), 'This vote is over'],
  ])('refuses with one sentence who %s', (_, given, at, sentence) => {
    expect(refusal(asked(given, at) as never)).toContain(sentence);
  });

  it('lists every input that people give beside voting, and presses what there is', () => {
    const given = opened();
    const pressed = new Set<string>();
    const look = (at: Moment) => {
      const card = shown(given, at);
      for (const part of card.parts) if (part.kind === 'buttons') for (const { press } of part.buttons) pressed.add(press.input);
    };
    for (const by of [CHAIR, PM]) look(moment(by));
    for (const elector of electors.slice(1, 4)) given.when({ type: 'ballot', ...allGo }, moment(elector, START + HOUR));
    for (const by of [CHAIR, member(1)]) look(moment(by, START + HOUR));
    // Those that stand on the card itself or on the result’s, and the second page of a ballot.
    const onCard = ['ballot', 'reasons', 'recuse', 'deputy', 'manage', 'reopen'];
    const people = Object.entries(vote.inputs).flatMap(([input, { from }]) => (from === 'person' ? [input] : []));
    expect([...pressed, ...onCard].toSorted().filter((one, index, all) => one !== all[index - 1])).toEqual(people.toSorted());
  });
});

describe('the menu of a decision', () => {
  const decided = (more: object = {}): Given<Decision> =>
    made({
      missing: [{ key: 'debt', text: 'Technical debt within limits' }],
      proposals: [{ key: 'caution organizational', text: 'Organizational readiness at 60 of 100 or more' }],
      ...more,
    });
  const assign = (given: Given<Decision>) =>
    given.when({ type: 'assign', about: 'debt', owner: member(1), due: '2027-04-01', measure: 'By scan' }, moment(CHAIR));
  const ofChair = ['Rationale and review day', 'Re-open the vote'];

  it('offers the chair what is theirs, condition by condition', () => {
    const given = decided();
    expect(labels(shown(given, moment(CHAIR)))).toEqual(['Assign', 'Assign', 'Leave out', ...ofChair]);
    assign(given);
    // Those that wait for an owner come first.
    expect(labels(shown(given, moment(CHAIR)))).toEqual(['Assign', 'Leave out', 'Assign anew', 'Change', ...ofChair]);
  });

  it('offers the owner of a condition what is theirs, and the chair what follows', () => {
    const given = decided({ proposals: [] });
    assign(given);
    expect(labels(shown(given, moment(member(1))))).toEqual(['Accept', 'Hand back']);
    given.when({ type: 'accept', about: 'debt' }, moment(member(1)));
    expect(labels(shown(given, moment(member(1))))).toEqual(['Done']);
    given.when({ type: 'done', about: 'debt', evidence: 'The scan' }, moment(member(1)));
    expect(labels(shown(given, moment(CHAIR)))).toEqual(['Accept as met', 'Send back', 'Change', ...ofChair]);
  });

  it('offers the owner of the initiative an appeal, and the chair its answer', () => {
    const given = decided();
    expect(labels(shown(given, moment(PM)))).toEqual(['Appeal']);
    given.when({ type: 'appeal', what: 'An audit' }, moment(PM));
    expect(cardInWords(shown(given, moment(PM)))).toContain('Appeal: The appeal of');
    expect(labels(shown(given, moment(CHAIR)))).toContain('Dismiss the appeal');
  });

  it('says why the vote cannot be re-opened now', () => {
    const open = { open: [{ id: 'vote/2', initiative: 'initiative/1', question: 'go-no-go', subject: null }] };
    expect(cardInWords(shown(decided(), moment(CHAIR), open))).toContain('Re-open the vote: A vote on Churn model is open already');
  });

  it('refuses with one sentence who has no part in it, and all once it was superseded', () => {
    const given = decided();
    expect(refusal(asked(given, moment(member(3))) as never)).toBe(
      'There is nothing in this decision that you could do: person/1 chairs it, each condition is its owner’s, and person/9 may appeal.',
    );
    given.when({ type: 'superseded', by: 'decision/9' }, moment(undefined));
    expect(refusal(asked(given, moment(CHAIR)) as never)).toContain('superseded by D-9');
  });

  it('has at most a dozen conditions at once', () => {
    const missing = Array.from({ length: 15 }, (_, n) => ({ key: `c${n}`, text: `Criterion ${n}` }));
    const card = shown(decided({ missing, proposals: [] }), moment(CHAIR));
    expect(labels(card).filter((label) => label === 'Assign')).toHaveLength(12);
    expect(cardInWords(card)).toContain('And 3 more conditions');
  });
});

describe('the menu of a readiness check', () => {
  const brief = { initiative: 'initiative/1', due: '2027-03-15', technical: member(1), business: member(2), organizational: member(3) };
  const check = (): Given<Readiness> =>
    new Given<Readiness>(
      readiness,
      taken(start<Readiness>(readiness, brief, moment(PM), { initiatives: facts.initiatives, checks: [], left: [] })).state,
    );

  it('offers whoever runs it what is possible now, and refuses everybody else', () => {
    const given = check();
    expect(labels(shown(given, moment(PM)))).toEqual(['Reassign', 'Extend', 'Cancel the check']);
    expect(cardInWords(shown(given, moment(PM)))).toContain('Finish with what is there: It is not due before');
    expect(refusal(asked(given, moment(member(1))) as never)).toContain('Only the initiative’s owner');
  });
});
