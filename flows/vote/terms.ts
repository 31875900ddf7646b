import * as field from '../../src/field.ts';
import { type Moment, type Refused, refused } from '../../src/flow.ts';
import type { PersonId } from '../../src/id.ts';
import { list, person, type Text, text } from '../../src/text.ts';
import { daysLater } from '../../src/zone.ts';
import { quorumField, ruleFields } from '../body/body.ts';
import { quorumOf } from '../rules/quorum.ts';
import { type Rule, type RuleChoice, ruleShort, ruleWords } from '../rules/rule.ts';
import { criteriaOf, criterionText, FEWEST, quorumNow, type Vote } from './state.ts';

/** The longest that a vote stays open, in days from its opening. */
export const LONGEST = 90;

const deadline = field.moment('Closes at', { hint: 'In your own time zone. It closes earlier when all have voted.' });

const rest = {
  quorum: quorumField,
  openness: field
    .choice(
      'Openness',
      { open: 'Open: reasons are shown by name at the close', secret: 'Secret: nobody is shown who chose what' },
      { hint: `Open where nothing is chosen. A secret vote needs ${FEWEST} ballots at least.` },
    )
    .optional(),
  changes: field.check('Ballots may be changed until the close'),
};

/** The terms of a vote as they are asked for: when it opens, and when it is corrected. */
export const terms = { deadline, ...ruleFields, ...rest };

/** The same of a ranked choice, which has one way of counting. */
export const rankingTerms = { deadline, casting: ruleFields.casting, ...rest };

export interface Terms {
  deadline: number;
  rule: RuleChoice | Rule;
  least?: number | undefined;
  casting?: boolean;
  quorum: string;
  /** Open without it. */
  openness?: 'open' | 'secret';
  changes: boolean;
}

/** The terms as the vote keeps them. */
export const termsOf = ({ deadline, quorum, openness, changes }: Terms, { rule, casting }: { rule: Rule; casting: boolean }) => ({
  deadline,
  rule,
  ...(casting ? { casting: true as const } : {}),
  quorum: quorumOf(quorum)!,
  ...(openness === 'secret' ? { secret: true as const } : {}),
  changes,
});

/** Why these cannot be the terms of a vote of these electors. */
export function unfitTerms(
  { deadline, quorum, openness, casting }: Terms,
  moment: Moment,
  electors: readonly PersonId[],
): Refused | undefined {
  const barred = deadlineUnfit(deadline, moment);
  if (barred) return barred;
  if (openness === 'secret' && electors.length < FEWEST)
    return refused(
      text`A secret vote takes ${FEWEST} members at least, and this committee has ${electors.length}. Choose an open one.`,
      'openness',
    );
  if (openness === 'secret' && casting)
    return refused(
      text`In a secret vote nobody can tell which ballot is the chair’s, so it cannot break a tie. Take one of the two away.`,
      'casting',
    );
  const asked = quorumOf(quorum)!;
  if (asked.kind === 'count' && asked.count > electors.length)
    return refused(text`The quorum is ${asked.count}, but only ${electors.length} members may vote.`, 'quorum');
  return undefined;
}

/** Why a vote cannot close then. */
export function deadlineUnfit(deadline: number, { at, by, zone }: Moment): Refused | undefined {
  if (deadline <= at) return refused(text`That moment has passed. Choose one to come, at the latest in ${LONGEST} days.`, 'deadline');
  // What the clock brings was counted in the zone of a person: across a clock change there is an hour between.
  if (deadline > daysLater(zone, at, by ? LONGEST : LONGEST + 1))
    return refused(text`A vote stays open for ${LONGEST} days at most. Choose an earlier moment.`, 'deadline');
  return undefined;
}

/** How a ranked choice is counted. */
const INSTANT_RUNOFF =
  'instant-runoff: each ballot counts for the initiative that it ranks highest; without more than half of the ballots that count, the one with the fewest goes out and they are counted again.';

/** "3 of 5 must vote; any no-go on a must-have blocks." Criteria with a rule of their own are named with it. */
export function ruleText(vote: Vote): Text {
  const { needed, base } = quorumNow(vote);
  const own = criteriaOf(vote).criteria.filter(({ tier, rule }) => tier !== 'nice' && rule !== undefined && rule !== vote.rule);
  const rules = [...new Set(own.map(({ rule }) => rule!))];
  const named = rules.map((rule) => {
    const those = own.filter((one) => one.rule === rule).map((one) => text`“${criterionText(vote, one.text)}”`);
    return text`${ruleShort(rule)} for ${list(those)}`;
  });
  return text`${needed} of ${base} must vote; ${vote.options ? INSTANT_RUNOFF : ruleWords(vote.rule)}${own.length > 0 && text` By rules of their own: ${list(named, '; ')}.`}${vote.casting && text` In a tie the vote of ${person(vote.chair)}, the chair, decides.`}`;
}

export const nextFullHour = (at: number): number => Math.ceil(at / 3_600_000) * 3_600_000;
