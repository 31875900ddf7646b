import { describe, expect, it } from 'vitest';
import type { Criterion } from '../../flows/criteria/go-no-go.ts';
import type { Rule } from '../../flows/rules/rule.ts';
import { against, type Choice } from '../../flows/rules/tally.ts';
import { close } from '../../flows/vote/closing.ts';
import type { Vote } from '../../flows/vote/state.ts';
import { ruleText } from '../../flows/vote/terms.ts';
import { changers, turnedBy } from '../../flows/vote/why.ts';
import { CHAIR, inWords, member, moment, START } from './given.ts';

const MUST: Criterion = { key: 'roi', tier: 'must', text: 'Positive ROI' };
const OTHER: Criterion = { key: 'safe', tier: 'must', text: 'It is safe' };
const SHOULD: Criterion = { key: 'debt', tier: 'should', text: 'Debt within limits' };

interface Told {
  rule: Rule;
  /** One letter a member on each criterion: go, no, abstain. The chair is the first. */
  voices: readonly string[];
  criteria?: readonly Criterion[];
  casting?: true;
}

const CHOICE = (tier: Criterion['tier'], letter: string): Choice =>
  letter === 'g' ? 'go' : letter === 'a' ? 'abstain' : tier === 'must' ? 'no-go' : 'missing';

/** A vote that closed over these voices, and what is said of it. */
function told({ rule, voices, criteria = [MUST], casting }: Told): { vote: Vote; why: string; otherwise: string; rules: string } {
  const electors = Array.from(voices[0]!, (_, index) => (index === 0 ? CHAIR : member(index)));
  const open = {
    set: 'own/1',
    criteria,
    electors,
    chair: CHAIR,
    rule,
    ...(casting ? { casting } : {}),
    quorum: { kind: 'count', count: 1 },
    deadline: START,
    voted: electors,
    recused: [],
  } as unknown as Vote;
  const ballots = electors.map((person, index) => {
    const choices = Object.fromEntries(criteria.map(({ key, tier }, nth) => [key, CHOICE(tier, voices[nth]![index]!)]));
    return { person, choices, reasons: Object.fromEntries(Object.entries(choices).filter(([, one]) => against(one))) };
  });
  const vote = close(open, 'at the deadline', moment(undefined), ballots).state;
  const closed = vote.closed!;
  return {
    vote,
    why: inWords(turnedBy(vote, closed)),
    otherwise: changers(vote, closed).map(inWords).join(' '),
    rules: inWords(ruleText(vote)),
  };
}

describe('why a vote came out as it did', () => {
  it.each<[string, Told, why: string, otherwise: string]>([
    [
      'one no-go where any blocks',
      { rule: 'any no-go blocks', voices: ['gggn'] },
      'Not met, and a must-have: “Positive ROI” (3 go, 1 no-go; any no-go blocks).',
      'It would have been GO with: 1 member saying go instead on “Positive ROI”.',
    ],
    [
      'nobody saying go',
      { rule: 'any no-go blocks', voices: ['aaa'] },
      '(0 go, 0 no-go, 3 abstaining; nobody said go)',
      'It would have been GO with: 1 member saying go instead',
    ],
    ['a tie', { rule: 'majority', voices: ['ggnn'] }, '(2 go, 2 no-go; a tie is a no-go)', 'GO with: 1 member saying go instead'],
    [
      'two thirds short by one',
      { rule: 'two thirds', voices: ['ggggggnnnn'] },
      '(6 go, 4 no-go; two thirds of 10 are 7)',
      '1 member saying go',
    ],
    [
      'more than half of those present',
      { rule: 'majority of those present', voices: ['ggnaaa'] },
      '(2 go, 1 no-go, 3 abstaining; more than half of 6 present are 4)',
      'GO with: 2 members saying go instead',
    ],
    [
      'a minimum that too few were there for',
      { rule: 'at least 5 go', voices: ['ggg'] },
      '(3 go, 0 no-go; it takes 5 go)',
      'GO with: 2 more members present, and everybody saying go, on “Positive ROI”.',
    ],
    ['a minimum short by one there', { rule: 'at least 4 go', voices: ['ggg'] }, 'it takes 4 go', '1 more member present, and everybody'],
    ['an objection', { rule: 'consensus', voices: ['ggnn'] }, '(2 go, 2 no-go; one objection is enough)', '2 members saying go instead'],
    [
      'the chair’s vote, which broke the tie',
      { rule: 'majority', voices: ['ggnn'], casting: true },
      'Every must-have and every should-have is met. The chair’s go broke the tie on “Positive ROI” (2 go, 2 no-go).',
      'It would have been NO-GO with 1 member saying no-go instead on “Positive ROI”, the only must-have.',
    ],
    [
      'the chair’s vote against, in a tie',
      { rule: 'majority', voices: ['nngg'], casting: true },
      '(2 go, 2 no-go; a tie, which the chair’s vote did not break)',
      '1 member saying go instead',
    ],
    [
      'a tie that only the chair could have made',
      { rule: 'majority', voices: ['nnnngg'], casting: true },
      '(2 go, 4 no-go; it takes more go than that)',
      'GO with: the chair saying go instead on “Positive ROI”.',
    ],
    [
      'a majority that only the chair could have undone',
      { rule: 'majority', voices: ['ggggnn'], casting: true },
      'Every must-have and every should-have is met.',
      'NO-GO with the chair saying no-go instead',
    ],
    [
      'the same without a casting vote',
      { rule: 'majority', voices: ['ggggnn'] },
      'Every must-have and every should-have is met.',
      'NO-GO with 1 member saying no-go instead',
    ],
  ])('says of %s with which rule and numbers, and what would have changed it', (_, given, why, otherwise) => {
    const said = told(given);
    expect(said.why).toContain(why);
    expect(said.otherwise).toContain(otherwise);
  });

  it('names on a GO the closest of several, by the rule that each is counted by', () => {
    const criteria = [MUST, { ...OTHER, rule: 'two thirds' as const }, SHOULD];
    expect(told({ rule: 'majority', voices: ['gggggnn', 'gggggnn', 'gggggaa'], criteria }).otherwise).toBe(
      'It would have been NO-GO with 1 member saying no-go instead on “It is safe”, the closest. It would have been GO WITH CONDITIONS with 3 members saying missing instead on “Debt within limits”, the only should-have.',
    );
    expect(told({ rule: 'any no-go blocks', voices: ['ggg', 'ggg'], criteria: [MUST, OTHER] }).otherwise).toBe(
      'It would have been NO-GO with 1 member saying no-go instead on any must-have.',
    );
  });

  it('names the rule of a criterion that has one of its own, where it failed by it', () => {
    const criteria = [{ ...MUST, rule: 'at least 3 go' as const }, SHOULD];
    expect(told({ rule: 'majority', voices: ['ggnn', 'gggg'], criteria }).why).toContain('(2 go, 2 no-go; it takes 3 go)');
  });

  it('asks for the other must-haves, too, before it says what it would have been', () => {
    const said = told({ rule: 'any no-go blocks', voices: ['ggn', 'gnn', 'ggn'], criteria: [MUST, OTHER, SHOULD] });
    expect(said.otherwise).toBe(
      'It would have been GO WITH CONDITIONS with: 1 member saying go instead on “Positive ROI”; 2 members saying go instead on “It is safe”.',
    );
  });
});

describe('the rule in words', () => {
  it('names the criteria that have a rule of their own, grouped by it, and none that has the same', () => {
    const criteria: Criterion[] = [
      { ...MUST, rule: 'two thirds' },
      { ...OTHER, rule: 'at least 3 go' },
      { ...SHOULD, rule: 'two thirds' },
      { key: 'same', tier: 'must', text: 'Counted as all', rule: 'majority' },
      { key: 'nice', tier: 'nice', text: 'Nice', rule: 'consensus' },
    ];
    const { rules } = told({ rule: 'majority', voices: ['g', 'g', 'g', 'g', 'g'], criteria, casting: true });
    expect(rules).toMatch(/^1 of 1 must vote; a must-have needs more go than no-go/);
    expect(rules).toContain(
      'By rules of their own: two thirds of the votes cast for “Positive ROI”, “Debt within limits”; at least 3 go for “It is safe”. In a tie the vote of person/1, the chair, decides.',
    );
    expect(rules).not.toContain('Counted as all');
    expect(rules).not.toContain('Nice');
  });
});
