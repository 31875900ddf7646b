import { actor, type Moment, type Refused, refused } from '../../src/flow.ts';
import { person, text, typed } from '../../src/text.ts';
import type { Left } from '../rules/fit.ts';
import { chairOf, type Decision, isStanding } from './state.ts';

/** Why this person cannot act as the chair of a decision that stands; `does` is what the chair does. */
export function mayChair(decision: Decision, moment: Moment, does: string): Refused | undefined {
  if (!isStanding(decision)) return refused(text`This decision was superseded, so nothing of it is changed any more.`);
  if (actor(moment) === chairOf(decision)) return undefined;
  const { body, chair, chairLeft, initiative } = decision;
  return refused(
    chairLeft
      ? text`Only the chair of ${typed(body)} ${does}. ${person(chair)} has left, so the sponsor acts in their place. Please ask ${person(initiative.sponsor)}.`
      : text`Only the chair of ${typed(body)} ${does}. Please ask ${person(chair)}.`,
  );
}

/** Notes who has left: the chair, and owners of conditions. Without facts on people nothing changes. */
export function noticed(decision: Decision, left: Left | undefined): Decision {
  if (!left) return decision;
  const gone = (who: string | undefined) => left.some(({ id }) => id === who);
  const isNew = decision.conditions.some((one) => gone(one.owner) !== (one.ownerLeft ?? false));
  if (!isNew && gone(decision.chair) === (decision.chairLeft ?? false)) return decision;
  const { chairLeft: _, ...rest } = decision;
  return {
    ...rest,
    conditions: decision.conditions.map(({ ownerLeft: __, ...one }) => (gone(one.owner) ? { ...one, ownerLeft: true as const } : one)),
    ...(gone(decision.chair) ? { chairLeft: true as const } : {}),
  };
}
