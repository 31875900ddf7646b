import { list, type Text, text } from '../../src/text.ts';
import { type Criterion, type CriteriaSet } from '../criteria/go-no-go.ts';
import { flipsToTurn, leastOf, type Rule } from '../rules/rule.ts';
import { type Count, outcomeOf, ruleFor } from '../rules/tally.ts';
import { type Closing, criteriaOf, type Vote } from './state.ts';

/** Why the outcome is what it is: the rule and the numbers that made it so. */
export function turnedBy(vote: Vote, closed: Closing): Text {
  const failed = unmet(vote, closed, closed.outcome === 'NO-GO' ? 'must' : 'should');
  const numbers = (all: readonly Failed[]) =>
    list(
      all.map(
        ({ criterion, count }) =>
          text`“${criterion.text}” (${count.go} go, ${count.against} ${criterion.tier === 'must' ? 'no-go' : 'missing'}${count.abstain > 0 && `, ${count.abstain} abstaining`})`,
      ),
      '; ',
    );
  switch (closed.outcome) {
    case 'GO':
      return text`Every must-have and every should-have is met.`;
    case 'GO WITH CONDITIONS':
      return text`Every must-have is met. Missing, and so a condition each: ${numbers(failed)}.`;
    case 'NO-GO':
      return text`Not met, and a must-have: ${numbers(failed)}.`;
    case 'NO QUORUM':
      return text`Too few voted.`;
  }
}

/** What would have changed the outcome, one line each. */
export function changers(vote: Vote, closed: Closing): Text[] {
  const set = criteriaOf(vote);
  const tier = closed.outcome === 'NO-GO' ? 'must' : 'should';
  const failed = unmet(vote, closed, tier);
  if (closed.outcome === 'GO') return [weakest(vote, closed, set)];
  const otherwise = outcomeOf(
    set,
    closed.counts.map((count) => (failed.some((one) => one.count.key === count.key) ? { ...count, met: true } : count)),
  );
  const flips = failed.map(({ criterion, count }) => text`${turn(ruleFor(criterion, vote.rule), count)} on “${criterion.text}”`);
  return [text`It would have been ${otherwise} with: ${list(flips, '; ')}.`];
}

/** On a GO: the must-have that stood on the fewest voices. */
function weakest(vote: Vote, closed: Closing, set: CriteriaSet): Text {
  const musts = set.criteria
    .filter((one) => one.tier === 'must')
    .map((criterion) => ({
      criterion,
      voices: flipsToTurn(ruleFor(criterion, vote.rule), closed.counts.find((count) => count.key === criterion.key)!)!,
    }));
  const closest = musts.reduce((least, one) => (one.voices < least.voices ? one : least));
  const { voices, criterion } = closest;
  const where =
    vote.rule === 'any no-go blocks' || vote.rule === 'consensus' ? 'any must-have' : `“${criterion.text}”, the closest must-have`;
  return text`It would have been NO-GO with ${voices === 1 ? 'one no-go' : `${voices} members saying no-go instead of go`} on ${where}.`;
}

/** What would have turned a criterion that is not met. */
function turn(rule: Rule, count: Count): string {
  const voices = flipsToTurn(rule, count);
  if (voices === undefined)
    return `${leastOf(rule)! - count.go - count.against - count.abstain} more members present, and everybody saying go,`;
  if (count.go === 0 && count.against === 0 && voices === 1) return 'One go instead of an abstention';
  return `${voices} ${voices === 1 ? 'member' : 'members'} saying go instead`;
}

interface Failed {
  criterion: Criterion;
  count: Count;
}

function unmet(vote: Vote, closed: Closing, tier: Criterion['tier']): Failed[] {
  return criteriaOf(vote).criteria.flatMap((criterion) => {
    const count = closed.counts.find((one) => one.key === criterion.key);
    return count && criterion.tier === tier && !count.met ? [{ criterion, count }] : [];
  });
}
