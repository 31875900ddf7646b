import type { Criterion, CriteriaSet } from '../criteria/go-no-go.ts';

/** What a member says on one criterion. Against is `no-go` of a must-have, `missing` of a should-have, `not seen` of what is nice to have. */
export type Choice = 'go' | 'no-go' | 'missing' | 'not seen' | 'abstain';
export type Choices = Readonly<Record<string, Choice>>;

/** One rule counts must-haves and should-haves alike. All arithmetic is in whole votes. */
export type Rule = 'any no-go blocks' | 'majority';

export type Outcome = 'GO' | 'GO WITH CONDITIONS' | 'NO-GO' | 'NO QUORUM';

export interface Count {
  key: string;
  go: number;
  against: number;
  abstain: number;
  met: boolean;
}

export interface Tally {
  outcome: Exclude<Outcome, 'NO QUORUM'>;
  counts: readonly Count[];
}

export const against = (choice: Choice | undefined): boolean => choice === 'no-go' || choice === 'missing' || choice === 'not seen';

/**
 * Whether a criterion is met. Abstentions are not votes; what nobody said go to is not met.
 * `any no-go blocks`: nobody is against. `majority`: more go than against, so a tie is a no-go.
 */
export function met(rule: Rule, go: number, noes: number): boolean {
  switch (rule) {
    case 'any no-go blocks':
      return go > 0 && noes === 0;
    case 'majority':
      return go > noes;
  }
}

/** Counts the ballots: a must-have that is not met is NO-GO; else a should-have that is missing makes conditions; else GO. */
export function tally(set: CriteriaSet, rule: Rule, ballots: readonly Choices[]): Tally {
  const counts = set.criteria.map((criterion) => countOf(criterion, rule, ballots));
  return { outcome: outcomeOf(set, counts), counts };
}

/** The outcome if exactly these criteria were met. */
export function outcomeOf(set: CriteriaSet, counts: readonly Pick<Count, 'key' | 'met'>[]): Tally['outcome'] {
  const unmet = (tier: Criterion['tier']) =>
    set.criteria.some((one) => one.tier === tier && !counts.find((count) => count.key === one.key)?.met);
  if (unmet('must')) return 'NO-GO';
  return unmet('should') ? 'GO WITH CONDITIONS' : 'GO';
}

/** How many members would have had to say the other thing for the criterion to turn. */
export function flipsToTurn(rule: Rule, { go, against: noes, met: isMet }: Count): number {
  switch (rule) {
    case 'any no-go blocks':
      return isMet ? 1 : Math.max(1, noes);
    case 'majority':
      return isMet ? Math.ceil((go - noes) / 2) : Math.floor((noes - go) / 2) + 1;
  }
}

function countOf({ key }: Criterion, rule: Rule, ballots: readonly Choices[]): Count {
  const go = ballots.filter((ballot) => ballot[key] === 'go').length;
  const noes = ballots.filter((ballot) => against(ballot[key])).length;
  return { key, go, against: noes, abstain: ballots.length - go - noes, met: met(rule, go, noes) };
}
