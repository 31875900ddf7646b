import type { Criterion, CriteriaSet } from '../criteria/go-no-go.ts';
import { met, type Rule, type Voices } from './rule.ts';

/** What a member says on one criterion. Against is `no-go` of a must-have, `missing` of a should-have, `not seen` of what is nice to have. */
export type Choice = 'go' | 'no-go' | 'missing' | 'not seen' | 'abstain';
export type Choices = Readonly<Record<string, Choice>>;

/** A ranked choice chooses one, or nothing where it ends in a tie. */
export type Outcome = 'GO' | 'GO WITH CONDITIONS' | 'NO-GO' | 'NO QUORUM' | 'CHOSEN' | 'NO CHOICE';

export interface Count extends Voices {
  key: string;
  met: boolean;
}

export interface Tally {
  outcome: Exclude<Outcome, 'NO QUORUM' | 'CHOSEN' | 'NO CHOICE'>;
  counts: readonly Count[];
}

export const against = (choice: Choice | undefined): boolean => choice === 'no-go' || choice === 'missing' || choice === 'not seen';

/**
 * Counts the ballots: a must-have that is not met is NO-GO; else a should-have that is missing makes conditions; else GO. One rule counts
 * must-haves and should-haves alike, but a criterion may have its own. `chair` is the chair's ballot where it breaks a tie.
 */
export function tally(set: CriteriaSet, rule: Rule, ballots: readonly Choices[], chair?: Choices): Tally {
  const counts = set.criteria.map((criterion) => countOf(criterion, rule, ballots, chair));
  return { outcome: outcomeOf(set, counts), counts };
}

/** The outcome if exactly these criteria were met. */
export function outcomeOf(set: CriteriaSet, counts: readonly Pick<Count, 'key' | 'met'>[]): Tally['outcome'] {
  const unmet = (tier: Criterion['tier']) =>
    set.criteria.some((one) => one.tier === tier && !counts.find((count) => count.key === one.key)?.met);
  if (unmet('must')) return 'NO-GO';
  return unmet('should') ? 'GO WITH CONDITIONS' : 'GO';
}

export const ruleFor = (criterion: Criterion, rule: Rule): Rule => criterion.rule ?? rule;

function countOf(criterion: Criterion, rule: Rule, ballots: readonly Choices[], chair: Choices | undefined): Count {
  const { key } = criterion;
  const go = ballots.filter((ballot) => ballot[key] === 'go').length;
  const noes = ballots.filter((ballot) => against(ballot[key])).length;
  const casting = castOf(chair?.[key]);
  const voices: Voices = { go, against: noes, abstain: ballots.length - go - noes, ...(casting ? { casting } : {}) };
  return { key, ...voices, met: met(ruleFor(criterion, rule), voices) };
}

function castOf(choice: Choice | undefined): Voices['casting'] {
  return choice === 'go' || choice === 'abstain' ? choice : against(choice) ? 'against' : undefined;
}
