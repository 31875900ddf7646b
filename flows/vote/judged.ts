import type { DecisionBrief } from '../decision/state.ts';
import { type Closing, criteriaOf, type Vote } from './state.ts';

/** How many objections a decision takes over; the vote's thread has them all. */
const MOST = 60;

/** What a decision is held against at its review: how each criterion was counted, and why the dissenters were against what was met. */
export function judgedIn(vote: Vote, closed: Closing): Pick<DecisionBrief, 'judged' | 'objections' | 'moreObjections'> {
  const judged = criteriaOf(vote).criteria.flatMap(({ key, text, tier }) => {
    const count = closed.counts.find((one) => one.key === key);
    return count && tier !== 'nice'
      ? [
          {
            key,
            text,
            tier,
            go: count.go,
            against: count.against,
            met: count.met,
          },
        ]
      : [];
  });
  const dissenters = new Set(closed.dissent);
  // In a secret vote nobody's reasons have a name.
  const objections = closed.reasons.flatMap(({ person, ...reason }) =>
    person && dissenters.has(person) && judged.some((one) => one.key === reason.criterion && one.met) ? [{ person, ...reason }] : [],
  );
  const more = objections.length - MOST;
  return {
    judged,
    ...(objections.length > 0 ? { objections: objections.slice(0, MOST) } : {}),
    ...(more > 0 ? { moreObjections: more } : {}),
  };
}
