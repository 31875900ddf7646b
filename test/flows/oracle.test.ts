import { describe, expect, it } from 'vitest';
import type { CriteriaSet } from '../../flows/criteria/go-no-go.ts';
import { needed, type Quorum } from '../../flows/rules/quorum.ts';
import { leastOf, met, type Rule, RULES, ruleOf, turning } from '../../flows/rules/rule.ts';
import { type Choices, tally } from '../../flows/rules/tally.ts';
import { close } from '../../flows/vote/closing.ts';
import type { Vote } from '../../flows/vote/state.ts';
import type { PersonId } from '../../src/id.ts';
import { moment, START } from './given.ts';

/** What became of each member of a committee. */
type Fate = 'yes' | 'no' | 'abstain' | 'recuse' | 'absent';
const FATES: readonly Fate[] = ['yes', 'no', 'abstain', 'recuse', 'absent'];

/** What the chair does, where the chair's vote breaks a tie. */
type Chair = 'yes' | 'no' | 'without';

const PRESETS: readonly Rule[] = [...RULES, ...Array.from({ length: 12 }, (_, index) => `at least ${index + 1} go` as const)];
const QUORUMS: readonly Quorum[] = [
  ...[1, 2, 3, 5, 7, 12].map((count) => ({ kind: 'count' as const, count })),
  ...[1, 25, 33, 34, 50, 51, 60, 66, 67, 75, 99, 100].map((percent) => ({ kind: 'share' as const, percent })),
];
const MOST = 12;

/**
 * The oracle: written from the definitions of procedure with voices that are paired off and put on a heap, without a sum, a product or
 * a comparison of counts of the product's own, so that a mistake there is not made here as well.
 */
function decides(rule: Rule, fates: readonly Fate[], chair: Chair): boolean {
  const heap = (fate: Fate) => fates.filter((one) => one === fate);
  const yes = heap('yes');
  const no = heap('no');
  const abstaining = heap('abstain');
  /** Each of the first is sent off with so many of the second, as long as there are any. */
  const left = (first: readonly Fate[], second: readonly Fate[], each: number) => {
    const [mine, theirs] = [[...first], [...second]];
    while (mine.length > 0 && theirs.length > 0) {
      mine.pop();
      theirs.splice(0, each);
    }
    return { mine, theirs };
  };
  switch (rule) {
    case 'any no-go blocks':
      return yes.includes('yes') && !no.includes('no');
    case 'majority': {
      const { mine, theirs } = left(yes, no, 1);
      if (mine.length === 0 && theirs.length === 0) return chair === 'yes';
      return mine.length > 0;
    }
    case 'majority of those present': {
      const { mine, theirs } = left(yes, [...no, ...abstaining], 1);
      if (mine.length === 0 && theirs.length === 0) return chair === 'yes';
      return mine.length > 0;
    }
    case 'two thirds': {
      // Every no has to find two of the yes for itself.
      const unanswered = [...no];
      const rest = [...yes];
      while (unanswered.length > 0) {
        if (!rest.pop() || !rest.pop()) return false;
        unanswered.pop();
      }
      return yes.length > 0;
    }
    case 'consensus':
      return fates.some((one) => one === 'yes' || one === 'no' || one === 'abstain') && fates.every((one) => one !== 'no');
    default: {
      const wanted = Array.from({ length: Number(rule.split(' ')[2]) }, (): Fate => 'yes');
      return left(yes, wanted, 1).theirs.length === 0;
    }
  }
}

/** The oracle's quorum: members come in one by one until it stands. */
function stands(quorum: Quorum, fates: readonly Fate[]): boolean {
  const base = fates.filter((one) => one !== 'recuse').length;
  const present = fates.filter((one) => one === 'yes' || one === 'no' || one === 'abstain').length;
  if (present === 0) return false;
  if (quorum.kind === 'count') return present >= quorum.count;
  return BigInt(present) * 100n >= BigInt(quorum.percent) * BigInt(base);
}

/** All ways in which so many members can be told apart by what became of them. */
function* committees(size: number, fates: readonly Fate[] = FATES): Generator<readonly Fate[]> {
  const [first, ...rest] = fates;
  if (rest.length === 0) return void (yield Array.from({ length: size }, () => first!));
  for (let count = 0; count <= size; count++)
    for (const others of committees(size - count, rest)) yield [...Array.from({ length: count }, () => first!), ...others];
}

const ONE: CriteriaSet = { id: 'one/1', criteria: [{ key: 'roi', tier: 'must', text: 'Positive ROI at scale' }] };
const SAID: Partial<Record<Fate, Choices>> = { yes: { roi: 'go' }, no: { roi: 'no-go' }, abstain: { roi: 'abstain' } };
const ballotsOf = (fates: readonly Fate[]): Choices[] => fates.flatMap((one) => (SAID[one] ? [SAID[one]] : []));

/** What a chair can have done in a committee: nothing that counts, or what one of the members did. */
const chairs = (fates: readonly Fate[]): Chair[] => ['without', ...(['yes', 'no'] as const).filter((one) => fates.includes(one))];

describe('every way in which up to twelve members can vote', () => {
  const all = Array.from({ length: MOST }, (_, index) => [...committees(index + 1)]).flat();

  it('is all of them', () => {
    // Sums of binomial coefficients: C(17, 5) - 1.
    expect(all).toHaveLength(6187);
  });

  it.each(PRESETS)('%s: agrees with the oracle, with and without a casting vote', (rule) => {
    for (const fates of all)
      for (const chair of chairs(fates)) {
        const theirs = chair === 'without' ? undefined : SAID[chair];
        const counted = tally(ONE, rule, ballotsOf(fates), theirs).outcome;
        const expected = decides(rule, fates, chair) ? 'GO' : 'NO-GO';
        if (counted !== expected) expect({ fates, chair, counted }).toEqual({ fates, chair, counted: expected });
      }
  });

  it('has a quorum where the oracle says so', () => {
    for (const quorum of QUORUMS)
      for (const fates of all) {
        const base = fates.filter((one) => one !== 'recuse').length;
        const present = ballotsOf(fates).length;
        const counted = present >= needed(quorum, base);
        if (counted !== stands(quorum, fates)) expect({ quorum, fates, counted }).toEqual({ quorum, fates, counted: !counted });
      }
  });

  it('comes out of a vote’s close as the oracle says, the quorum and the recused included', () => {
    for (const fates of all.filter((one) => one.length <= 6))
      for (const rule of PRESETS.slice(0, 8))
        for (const quorum of QUORUMS)
          for (const chair of chairs(fates)) {
            const counted = closed(fates, rule, quorum, chair);
            const expected = !stands(quorum, fates) ? 'NO QUORUM' : decides(rule, fates, chair) ? 'GO' : 'NO-GO';
            if (counted !== expected)
              expect({ fates, rule, quorum, chair, counted }).toEqual({ fates, rule, quorum, chair, counted: expected });
          }
  });

  it('turns with exactly as many voices as it says, and not with one fewer', () => {
    for (const rule of PRESETS)
      for (const fates of all.filter((one) => !one.includes('recuse') && !one.includes('absent'))) {
        const count = (fate: Fate) => fates.filter((one) => one === fate).length;
        const voices = { go: count('yes'), against: count('no'), abstain: count('abstain') };
        const isMet = met(rule, voices);
        const flips = turning(rule, voices)?.members;
        const turned = (by: number) => decides(rule, changed(fates, isMet ? 'no' : 'yes', by), 'without');
        if (flips === undefined) expect({ rule, voices, short: leastOf(rule)! > fates.length }).toEqual({ rule, voices, short: true });
        else {
          expect({ rule, voices, turned: turned(flips) }).toEqual({ rule, voices, turned: !isMet });
          if (flips > 1) expect({ rule, voices, turned: turned(flips - 1) }).toEqual({ rule, voices, turned: isMet });
        }
      }
  });

  it('turns with as few members as it says where the chair breaks a tie, and says when the chair must be among them', () => {
    for (const rule of ['majority', 'majority of those present'] as const)
      for (const fates of all.filter((one) => one.length <= 8 && !one.includes('recuse') && !one.includes('absent')))
        for (const chair of ['yes', 'no', 'abstain'] as const) {
          if (!fates.includes(chair)) continue;
          const count = (fate: Fate) => fates.filter((one) => one === fate).length;
          const casting = ({ yes: 'go', no: 'against', abstain: 'abstain' } as const)[chair];
          const voices = { go: count('yes'), against: count('no'), abstain: count('abstain'), casting };
          expect({ rule, voices, found: turning(rule, voices) }).toEqual({ rule, voices, found: fewest(rule, fates, chair) });
        }
  });
});

/** Tries every set of members who change to the other side, the chair at the head of the table. */
function fewest(rule: Rule, fates: readonly Fate[], chair: 'yes' | 'no' | 'abstain'): { members: number; chair: boolean } | undefined {
  const at = fates.indexOf(chair);
  const seats = [chair, ...fates.slice(0, at), ...fates.slice(at + 1)];
  const outcome = (those: readonly Fate[]) => decides(rule, those, those[0] === 'yes' || those[0] === 'no' ? those[0] : 'without');
  const before = outcome(seats);
  const other: Fate = before ? 'no' : 'yes';
  let best: { members: number; chair: boolean } | undefined;
  for (let set = 1; set < 2 ** seats.length; set++) {
    const changing = seats.map((fate, seat) => (set >> seat) % 2 === 1 && fate !== other);
    const members = changing.filter(Boolean).length;
    const found = { members, chair: changing[0]! };
    const isBetter = !best || members < best.members || (members === best.members && best.chair && !found.chair);
    if (members > 0 && isBetter && outcome(seats.map((fate, seat) => (changing[seat] ? other : fate))) !== before) best = found;
  }
  return best;
}

/** The outcome of a vote that closes over these ballots; the chair is one of the members who did what the chair did. */
function closed(fates: readonly Fate[], rule: Rule, quorum: Quorum, chair: Chair): string {
  const electors = fates.map((_, index): PersonId => `person/${index + 1}`);
  const acting = chair === 'without' ? undefined : electors[fates.indexOf(chair)];
  const ballots = fates.flatMap((fate, index) => (SAID[fate] ? [{ person: electors[index]!, choices: SAID[fate], reasons: {} }] : []));
  const vote = {
    set: 'one/1',
    criteria: ONE.criteria,
    electors,
    chair: acting ?? 'person/99',
    rule,
    ...(acting ? { casting: true } : {}),
    quorum,
    deadline: START,
    voted: ballots.map((ballot) => ballot.person),
    recused: electors.filter((_, index) => fates[index] === 'recuse').map((person) => ({ person, reason: '' })),
  } as unknown as Vote;
  return close(vote, 'at the deadline', moment(undefined), ballots).state.closed!.outcome;
}

/** The same members, of whom so many say the other thing: those of the other side first, then those who abstain. */
function changed(fates: readonly Fate[], to: 'yes' | 'no', by: number): readonly Fate[] {
  const order: Fate[] = [to === 'yes' ? 'no' : 'yes', 'abstain'];
  const turned = [...fates];
  for (const from of order)
    for (let index = 0; index < turned.length && by > 0; index++)
      if (turned[index] === from) {
        turned[index] = to;
        by--;
      }
  return turned;
}

describe('golden vectors of procedure', () => {
  it.each<[string, go: number, against: number, abstain: number, Rule, boolean]>([
    ['7 for, 4 against, 2 abstaining', 7, 4, 2, 'majority of those present', true],
    ['7 for, 4 against, 2 abstaining', 7, 4, 2, 'two thirds', false],
    ['2 for, 1 against, 10 abstaining', 2, 1, 10, 'two thirds', true],
    ['2 for, 1 against, 10 abstaining', 2, 1, 10, 'majority of those present', false],
    ['5 for, 5 against', 5, 5, 0, 'majority', false],
    ['5 for, 5 against', 5, 5, 0, 'majority of those present', false],
    ['7 of 10', 7, 3, 0, 'two thirds', true],
    ['6 of 10', 6, 4, 0, 'two thirds', false],
    ['nobody against, all abstaining', 0, 0, 4, 'consensus', true],
    ['nobody against, all abstaining', 0, 0, 4, 'any no-go blocks', false],
    ['one against', 9, 1, 0, 'consensus', false],
    ['3 for of the 3 that it takes', 3, 9, 0, 'at least 3 go', true],
    ['2 for of the 3 that it takes', 2, 0, 9, 'at least 3 go', false],
  ])('%s (%i, %i, %i), %s: %s', (_, go, against, abstain, rule, expected) => {
    expect(met(rule, { go, against, abstain })).toBe(expected);
  });

  it.each<[string, go: number, against: number, abstain: number, Rule, 'go' | 'against', boolean]>([
    ['a tie that the chair breaks with go', 5, 5, 0, 'majority', 'go', true],
    ['a tie that the chair breaks with no-go', 5, 5, 0, 'majority', 'against', false],
    ['half of those present and the chair', 5, 3, 2, 'majority of those present', 'go', true],
    ['no tie: the chair is one voice of many', 4, 5, 0, 'majority', 'go', false],
    ['no casting vote for two thirds', 5, 5, 0, 'two thirds', 'go', false],
    ['no casting vote where any no-go blocks', 5, 5, 0, 'any no-go blocks', 'go', false],
  ])('%s', (_, go, against, abstain, rule, casting, expected) => {
    expect(met(rule, { go, against, abstain, casting })).toBe(expected);
  });
});

it.each([
  ['at least', 3, 'at least 3 go'],
  ['at least', undefined, undefined],
  ['at least', 0, undefined],
  ['at least', 2.5, undefined],
  ['at least', 501, undefined],
  ['majority', 3, 'majority'],
] as const)('“%s” with %s is the rule %s', (choice, least, rule) => {
  expect(ruleOf(choice, least)).toBe(rule);
});
