import { z } from 'zod';
import * as field from '../../src/field.ts';
import { type Moment, type Refused, refused, type Step } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import type { FlowId, PersonId } from '../../src/id.ts';
import type { Need, Readable } from '../../src/need.ts';
import type { Derived } from '../../src/record.ts';
import { minute, person, text, typed } from '../../src/text.ts';
import { currentReviewSet } from '../criteria/pilot-review.ts';
import { initiativeMeant } from '../initiative/meant.ts';
import { dayIn, type Left, leftNeed, leftUnfit } from '../rules/fit.ts';
import { meant } from '../rules/meant.ts';
import { dueOn, unfitDue, USUAL_DAYS } from './due.ts';
import { MOST_REVIEWERS, type Review } from './state.ts';

export interface OpeningFacts {
  initiatives: readonly Derived['initiatives'][];
  /** The reviews that are not over. */
  reviews: readonly Derived['reviews'][];
  /** Everybody who has left. */
  left: readonly Readable['people'][];
  /** Who scheduled it, when the clock opens it. */
  starter?: readonly Readable['people'][];
  /** Verdicts on the same initiative, when the clock opens it. */
  posted?: readonly Derived['reviews'][];
}

export interface ReviewBrief {
  initiative: FlowId;
  reviewers: readonly PersonId[];
  due: string;
  /** When it was scheduled, by a verdict: one that was posted after it stands instead. */
  after?: number;
  /** Who scheduled it: given when the clock opens it. */
  startedBy?: PersonId;
}

export function openingNeeds(_: string, __: Moment, brief: ReviewBrief | undefined): readonly Need[] {
  return [
    { as: 'initiatives', rows: 'initiatives', order: ['name', 'asc'] },
    { as: 'reviews', rows: 'reviews', where: { state: ['asking', 'weighing'] } },
    leftNeed,
    ...(brief?.startedBy
      ? ([
          { as: 'starter', rows: 'people', where: { id: brief.startedBy } },
          { as: 'posted', rows: 'reviews', where: { initiative: brief.initiative, state: 'posted' } },
        ] as const)
      : []),
  ];
}

export const reviewersField = field.people('Reviewers', {
  hint: `Up to ${MOST_REVIEWERS} who know the pilot. Each is asked by direct message, and sees nobody else’s answers before all are in.`,
});
export const dueField = field.date('Due', { hint: 'Until 17:00 of that day.' });

/** Asks which pilot is reviewed, by whom and until when. `about` names the initiative. */
export function openingQuestion(about: string, moment: Moment, { initiatives, reviews }: OpeningFacts): Question | Refused {
  const alive = initiatives.filter((one) => one.stage !== 'retired');
  const retired = meant(
    about,
    initiatives.filter((one) => one.stage === 'retired'),
  );
  if (retired.length > 0 && meant(about, alive).length === 0) return isRetired(retired[0]!.name);
  if (alive.length === 0) return refused(text`There is no initiative yet to review. Register one first: /initiative`);
  const initiative = initiativeMeant(about, moment, alive, '/pilot-review');
  if ('refused' in initiative) return initiative;
  const chosen = initiative.one ?? (alive.length === 1 ? alive[0] : undefined);
  const open = about !== '' && chosen && reviews.find((one) => one.initiative === chosen.id);
  if (open) return isOpenAlready(open);
  return {
    title: 'Review a pilot',
    submit: 'Ask the reviewers',
    schema: z.object({ initiative: field.flow('Initiative', alive), reviewers: reviewersField, due: dueField }),
    intro: [
      text`Sixteen criteria on four short pages. The owner of the initiative then weighs the answers and decides: scale, pivot, extend or kill.`,
    ],
    values: {
      initiative: chosen?.id,
      reviewers: moment.by ? [moment.by] : undefined,
      due: dayIn(USUAL_DAYS, moment),
    },
  };
}

/** Opens the review. What the clock opens after a while asks those of the named who are still there, or else the owner. */
export function openReview(brief: ReviewBrief, moment: Moment, facts: OpeningFacts): Step<Review> {
  const initiative = facts.initiatives.find((one) => one.id === brief.initiative);
  if (!initiative) return refused(text`This initiative is no longer there to review.`, 'initiative');
  if (initiative.stage === 'retired') return isRetired(initiative.name);
  const open = facts.reviews.find((one) => one.initiative === brief.initiative);
  if (open) return isOpenAlready(open);
  const { after } = brief;
  if (after !== undefined && facts.posted?.some((one) => one.decided_at! > after))
    return refused(text`${typed(initiative.name)} has a later verdict than the one that asked for this review.`);
  const opener = moment.by ?? brief.startedBy;
  if (!opener) throw new Error('a review was opened by nobody');
  const zone = moment.by ? moment.zone : (facts.starter?.[0]?.zone ?? 'UTC');
  const named = [...new Set(brief.reviewers)];
  if (moment.by) {
    const unfit = unfitReviewers(named, facts.left) ?? unfitDue(brief.due, zone, moment);
    if (unfit) return unfit;
  }
  const staying = named.filter((one) => !leftUnfit(one, facts.left, 'reviewers')).slice(0, MOST_REVIEWERS);
  const reviewers = staying.length > 0 ? staying : [initiative.owner];
  const due = dueOn(unfitDue(brief.due, zone, moment) ? dayIn(USUAL_DAYS, { zone, at: moment.at }) : brief.due, zone, moment);
  const { id, name, owner, sponsor, channel } = initiative;
  return {
    state: {
      initiative: { id, name, owner, sponsor },
      channel,
      set: currentReviewSet.id,
      opened: { by: opener, at: moment.at, zone },
      due,
      reviewers: reviewers.map((one) => ({ person: one, state: 'asked' })),
      round: 1,
      handed: [],
    },
    say: text`${reviewers.length === 1 ? text`${person(reviewers[0]!)} is` : `${reviewers.length} reviewers are`} asked for a review of ${typed(name)}, until ${minute(due.at)}.`,
  };
}

function unfitReviewers(named: readonly PersonId[], left: Left): Refused | undefined {
  if (named.length > MOST_REVIEWERS)
    return refused(text`At most ${MOST_REVIEWERS} reviewers, please: these are ${named.length}.`, 'reviewers');
  return leftUnfit(named, left, 'reviewers');
}

const isRetired = (name: string): Refused =>
  refused(text`${typed(name)} is retired, so there is nothing to review. A new start is a new initiative: /initiative`);

function isOpenAlready({ title, state, due_at: due, owner, opened_by: opener }: Derived['reviews']): Refused {
  const managers = opener === owner ? person(owner) : text`${person(opener)} or the owner, ${person(owner)},`;
  return refused(
    state === 'asking'
      ? text`${person(opener)} opened a review of ${typed(title)} already, which runs until ${minute(due)}. ${managers} can add a reviewer to it, move its day or cancel it.`
      : text`${person(opener)} opened a review of ${typed(title)} already. Its answers are in, and ${person(owner)} weighs them now.`,
  );
}
