import { list, type Text, text } from '../../src/text.ts';
import type { Criterion } from '../criteria/go-no-go.ts';
import { leastOf, met, type Rule, turning, type Turning, votesCast } from '../rules/rule.ts';
import { type Count, outcomeOf, ruleFor } from '../rules/tally.ts';
import { choiceText, roundTexts } from './ranking.ts';
import { type Closing, criteriaOf, criterionText, type Vote } from './state.ts';

/** Why the outcome is what it is: the rule and the numbers that made it so. */
export function turnedBy(vote: Vote, closed: Closing): Text {
  const failed = counted(vote, closed, closed.outcome === 'NO-GO' ? 'must' : 'should').filter(({ count }) => !count.met);
  const numbers = failedText(vote, failed);
  switch (closed.outcome) {
    case 'GO':
      return text`Every must-have and every should-have is met.${brokenTies(vote, closed)}`;
    case 'GO WITH CONDITIONS':
      return text`Every must-have is met. Missing, and so a condition each: ${numbers}.${brokenTies(vote, closed)}`;
    case 'NO-GO':
      return text`Not met, and a must-have: ${numbers}.`;
    case 'NO QUORUM':
      return text`Too few voted.`;
    case 'CHOSEN':
    case 'NO CHOICE':
      return list([choiceText(vote.options!, closed.ranking!), ...roundTexts(vote.options!, closed.ranking!)], ' ');
  }
}

/** What would have changed the outcome, one line each: always the fewest members who would have had to say the other thing. */
export function changers(vote: Vote, closed: Closing): Text[] {
  // Who would have been chosen otherwise depends on more than one number.
  if (closed.ranking) return [];
  const set = criteriaOf(vote);
  if (closed.outcome === 'GO')
    return [
      closest(vote, counted(vote, closed, 'must'), 'NO-GO'),
      closest(vote, counted(vote, closed, 'should'), 'GO WITH CONDITIONS'),
    ].filter((line) => line !== undefined);
  const failed = counted(vote, closed, closed.outcome === 'NO-GO' ? 'must' : 'should').filter(({ count }) => !count.met);
  const otherwise = outcomeOf(
    set,
    closed.counts.map((count) => (failed.some((one) => one.count.key === count.key) ? { ...count, met: true } : count)),
  );
  const flips = [...new Set(failed.map(toGo))].map((flip) => {
    const those = failed.filter((one) => toGo(one) === flip);
    if (those.length > 1 && those.length === failed.length) return text`${flip} on each of them`;
    return text`${flip} on ${list(those.map((one) => quoted(vote, one)))}`;
  });
  return [text`It would have been ${otherwise} with: ${list(flips, '; ')}.`];
}

/** Each with its numbers, and with what the rule asked of them: once where that is the same for all. */
function failedText(vote: Vote, failed: readonly Counted[]): Text {
  const asked = new Set(failed.map(thresholdOf));
  const isSame = failed.length > 1 && asked.size === 1;
  const all = failed.map((one) => text`${quoted(vote, one)} (${numbersOf(one)}${!isSame && `; ${thresholdOf(one)}`})`);
  return text`${list(all, '; ')}${isSame && `: ${[...asked][0]}`}`;
}

/** A criterion with how it was counted. */
interface Counted {
  criterion: Criterion;
  rule: Rule;
  count: Count;
}

function counted(vote: Vote, closed: Closing, tier: Criterion['tier']): Counted[] {
  return criteriaOf(vote).criteria.flatMap((criterion) => {
    const count = closed.counts.find((one) => one.key === criterion.key);
    return count && criterion.tier === tier ? [{ criterion, rule: ruleFor(criterion, vote.rule), count }] : [];
  });
}

const quoted = (vote: Vote, { criterion }: Counted): Text => text`“${criterionText(vote, criterion.text)}”`;

const AGAINST = { must: 'no-go', should: 'missing', nice: 'not seen' } as const;

/** `4 go, 3 no-go, 1 abstaining`. */
const numbersOf = ({ criterion, count: { go, against, abstain } }: Counted): string =>
  `${go} go, ${against} ${AGAINST[criterion.tier]}${abstain > 0 ? `, ${abstain} abstaining` : ''}`;

/** What the rule asked of those numbers, where they did not meet it. */
function thresholdOf({ rule, count, criterion }: Counted): string {
  const { go, against, abstain, casting } = count;
  const cast = votesCast(count);
  const present = cast + abstain;
  const tie = casting === undefined ? 'a tie is a no-go' : 'a tie, which the chair’s vote did not break';
  switch (rule) {
    case 'any no-go blocks':
      if (against === 0) return 'nobody said go';
      return criterion.tier === 'must' ? 'any no-go blocks' : 'one is enough';
    case 'majority':
      if (cast === 0) return 'nobody said go';
      return go === against ? tie : 'it takes more go than that';
    case 'two thirds':
      return cast === 0 ? 'nobody said go' : `two thirds of ${cast} are ${Math.ceil((2 * cast) / 3)}`;
    case 'majority of those present':
      return 2 * go === present ? tie : `more than half of ${present} present are ${Math.floor(present / 2) + 1}`;
    case 'consensus':
      return 'one objection is enough';
    default:
      return `it takes ${leastOf(rule)} go`;
  }
}

/** Where the chair's vote decided. */
function brokenTies(vote: Vote, closed: Closing): Text {
  const broken = [...counted(vote, closed, 'must'), ...counted(vote, closed, 'should')].filter(({ rule, count: { casting, ...count } }) => {
    return casting === 'go' && count.met && !met(rule, count);
  });
  if (broken.length === 0) return [];
  return text` The chair’s go broke the tie on ${list(broken.map((one) => text`${quoted(vote, one)} (${numbersOf(one)})`))}.`;
}

/** On a GO: what stood on the fewest voices, and what it would have been without them. */
function closest(vote: Vote, all: readonly Counted[], otherwise: Closing['outcome']): Text | undefined {
  const turns = all.flatMap((one) => {
    const turn = turning(one.rule, one.count);
    return turn ? [{ one, turn }] : [];
  });
  const [first] = turns.toSorted((a, b) => weight(a.turn) - weight(b.turn));
  if (!first) return undefined;
  const { tier } = first.one.criterion;
  const same = turns.filter(({ turn }) => weight(turn) === weight(first.turn));
  const which =
    same.length === all.length
      ? all.length === 1
        ? text`${quoted(vote, first.one)}, the only ${tier}-have`
        : text`any ${tier}-have`
      : same.length > 3
        ? text`any of ${same.length} ${tier}-haves`
        : text`${list(
            same.map(({ one }) => quoted(vote, one)),
            ' or ',
          )}, the closest`;
  return text`It would have been ${otherwise} with ${membersText(first.turn)} saying ${AGAINST[tier]} instead on ${which}.`;
}

const weight = ({ members, chair }: Turning): number => 2 * members + (chair ? 1 : 0);

/** What would have turned a criterion that is not met. */
function toGo({ rule, count }: Counted): string {
  const turn = turning(rule, count);
  if (!turn) {
    const more = leastOf(rule)! - votesCast(count) - count.abstain;
    return `${more} more ${more === 1 ? 'member' : 'members'} present, and everybody saying go,`;
  }
  return `${membersText(turn)} saying go instead`;
}

/** `one member`; `the chair` where nobody else would have done. */
function membersText({ members, chair }: Turning): string {
  if (members === 1) return chair ? 'the chair' : '1 member';
  return chair ? `${members} members, the chair among them,` : `${members} members`;
}
