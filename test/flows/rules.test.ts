import { describe, expect, it } from 'vitest';
import { currentSet } from '../../flows/criteria/go-no-go.ts';
import { meant } from '../../flows/rules/meant.ts';
import { needed, quorumOf } from '../../flows/rules/quorum.ts';
import { met, type Rule, turning } from '../../flows/rules/rule.ts';
import { type Choice, type Choices, tally } from '../../flows/rules/tally.ts';

describe('a criterion is met', () => {
  it.each<[Rule, go: number, against: number, boolean]>([
    ['any no-go blocks', 5, 0, true],
    ['any no-go blocks', 1, 0, true],
    ['any no-go blocks', 4, 1, false],
    ['any no-go blocks', 0, 0, false],
    ['majority', 3, 2, true],
    ['majority', 2, 2, false],
    ['majority', 1, 0, true],
    ['majority', 0, 0, false],
    ['majority', 5, 6, false],
  ])('%s: %i go, %i against → %s', (rule, go, noes, expected) => {
    expect(met(rule, { go, against: noes, abstain: 0 })).toBe(expected);
  });
});

it('takes one go instead of an abstention to turn what nobody said anything on', () => {
  for (const rule of ['any no-go blocks', 'majority'] as const)
    expect(turning(rule, { go: 0, against: 0, abstain: 3 })).toEqual({ members: 1, chair: false });
});

describe('a tally', () => {
  const ballot = (differently: Record<string, Choice> = {}): Choices => ({
    ...Object.fromEntries(currentSet.criteria.map(({ key }) => [key, 'go' as const])),
    ...differently,
  });

  it.each<[string, Rule, Choices[], string]>([
    ['all go', 'any no-go blocks', [ballot(), ballot(), ballot()], 'GO'],
    ['one no-go on a must-have', 'any no-go blocks', [ballot(), ballot(), ballot({ roi: 'no-go' })], 'NO-GO'],
    ['one missing should-have', 'any no-go blocks', [ballot(), ballot(), ballot({ debt: 'missing' })], 'GO WITH CONDITIONS'],
    ['both', 'any no-go blocks', [ballot({ debt: 'missing' }), ballot({ roi: 'no-go' })], 'NO-GO'],
    ['what is nice to have', 'any no-go blocks', [ballot({ recognition: 'not seen', uses: 'not seen' })], 'GO'],
    ['one of three no-go by majority', 'majority', [ballot(), ballot(), ballot({ roi: 'no-go' })], 'GO'],
    ['a tie by majority', 'majority', [ballot(), ballot({ roi: 'no-go' })], 'NO-GO'],
    ['a tie on a should-have by majority', 'majority', [ballot(), ballot({ team: 'missing' })], 'GO WITH CONDITIONS'],
    ['abstentions are not votes', 'majority', [ballot(), ballot({ roi: 'abstain' }), ballot({ roi: 'abstain' })], 'GO'],
    ['all abstain on a must-have', 'any no-go blocks', [ballot({ roi: 'abstain' }), ballot({ roi: 'abstain' })], 'NO-GO'],
  ])('%s, %s', (_, rule, ballots, outcome) => {
    expect(tally(currentSet, rule, ballots).outcome).toBe(outcome);
  });

  it('counts every ballot once on every criterion', () => {
    const { counts } = tally(currentSet, 'majority', [ballot({ roi: 'no-go' }), ballot({ roi: 'abstain' }), ballot()]);
    expect(counts.find((count) => count.key === 'roi')).toEqual({ key: 'roi', go: 1, against: 1, abstain: 1, met: false });
    expect(counts.every((count) => count.go + count.against + count.abstain === 3)).toBe(true);
  });
});

describe('a quorum', () => {
  it.each([
    ['3', 5, 3],
    ['60 %', 5, 3],
    ['60%', 4, 3],
    ['50 percent', 5, 3],
    ['100 %', 7, 7],
    ['1 %', 5, 1],
    ['67 %', 10, 7],
    ['60 %', 0, 1],
  ])('%s of %i is %i', (said, base, expected) => {
    expect(needed(quorumOf(said)!, base)).toBe(expected);
  });

  it.each(['0', '0 %', '101 %', '501', '-1', 'half', '2.5', ''])('refuses “%s”', (said) => {
    expect(quorumOf(said)).toBeUndefined();
  });
});

describe('what a name means', () => {
  const things = ['Churn model', 'Churn map', 'Returns model', 'Área Risk', 'Price model Europe'].map((name, index) => ({
    id: `initiative/${index + 1}`,
    name,
  }));
  it.each([
    ['churn model', ['Churn model']],
    ['CHURN', ['Churn model', 'Churn map']],
    ['ret', ['Returns model']],
    ['pr eu', ['Price model Europe']],
    ['pme', ['Price model Europe']],
    ['area', ['Área Risk']],
    ['3', ['Returns model']],
    ['initiative/2', ['Churn map']],
    ['model', ['Churn model', 'Returns model', 'Price model Europe']],
    ['submarine', []],
    ['', []],
  ])('“%s” → %j', (said, expected) => {
    expect(meant(said, things).map((thing) => thing.name)).toEqual(expected);
  });
});
