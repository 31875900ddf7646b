import type { Timer } from '../../src/flow.ts';
import type { FlowId, PersonId } from '../../src/id.ts';
import { instantIn } from '../../src/zone.ts';
import { criterionOf, reviewSetOf } from '../criteria/pilot-review.ts';
import { dayIn } from '../rules/fit.ts';
import { USUAL_DAYS } from './due.ts';
import { offerTimers } from './offer.ts';
import { type Review, SHUTDOWN } from './state.ts';

/** Due days begin at this hour. */
const MORNING = '09:00';

/** When an extended pilot is reviewed again. */
export const nextReviewAt = ({ opened }: Review, day: string): number => instantIn(opened.zone, day, MORNING);

/** What a verdict sets going: actions, the next review, vote and readiness check. */
export function followingTimers(review: Review, id: FlowId): readonly Timer[] {
  return [...questions(review, id), ...planTimers(review, id), ...offerTimers(review)];
}

/** An open question that was handed on is an action. */
function questions(review: Review, id: FlowId): Timer[] {
  return review.handed.map(({ criterion, person, due, by, at }) => ({
    key: `question ${criterion}`,
    at,
    ...action(review, id, {
      title: `Find out: ${criterionOf(reviewSetOf(review.set), criterion).text}`,
      why: 'Reviewers of the pilot did not know.',
      owner: person,
      due,
      startedBy: by,
    }),
  }));
}

function planTimers(review: Review, id: FlowId): Timer[] {
  const { posted, ended, initiative, opened } = review;
  if (!posted || ended) return [];
  const { plan, at, by: startedBy } = posted;
  switch (plan?.kind) {
    case undefined:
      return [];
    case 'pivot':
      return [
        {
          key: 'pivot',
          at,
          ...action(review, id, { title: 'Change the course of the pilot', why: plan.turn, owner: plan.who, due: plan.by, startedBy }),
        },
      ];
    case 'extend': {
      const next = nextReviewAt(review, plan.by);
      const reviewers = review.reviewers.filter((one) => one.state !== 'declined').map((one) => one.person);
      const due = dayIn(USUAL_DAYS, { zone: opened.zone, at: next });
      return [
        {
          key: 'next review',
          at: next,
          to: 'review',
          input: { type: 'open', initiative: initiative.id, reviewers, due, after: at, startedBy },
        },
      ];
    }
    case 'kill':
      return plan.steps.map((step) => ({
        key: `shutdown ${step.key}`,
        at,
        ...action(review, id, {
          title: `Shut down: ${SHUTDOWN[step.key].toLowerCase()}`,
          why: step.text,
          owner: startedBy,
          due: step.by,
          startedBy,
        }),
      }));
  }
}

interface Brief {
  title: string;
  why: string;
  owner: PersonId;
  due: string;
  startedBy: PersonId;
}

const action = ({ initiative, channel, opened }: Review, origin: FlowId, brief: Brief): Pick<Timer, 'to' | 'input'> => ({
  to: 'action',
  input: { type: 'open', ...brief, initiative, channel, origin, zone: opened.zone },
});
