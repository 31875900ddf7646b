import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Moment, type Refused, refused, type Step } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import type { PersonId } from '../../src/id.ts';
import { minute, person, text, typed } from '../../src/text.ts';
import { dayIn, leftUnfit } from '../rules/fit.ts';
import { dueOn, unfitDue, USUAL_DAYS } from './due.ts';
import { dueField } from './opening.ts';
import { mayAnswer } from './pages.ts';
import { isAsking, MOST_REVIEWERS, type Review, type ReviewFacts, reviewerOf, waitedFor, withReviewer } from './state.ts';

const declining = z.object({
  reason: field.lines('Why do you decline?', { hint: 'Like “I have not used it”. It is shown with your name.' }),
});
const adding = z.object({ person: field.person('Who is asked, too?') });
const removing = z.object({
  person: field.person('Who is asked no longer?', { hint: 'Like somebody who has left. Who has answered stays.' }),
});
const moving = z.object({ due: dueField });
const cancelling = z.object({ reason: field.lines('Why is it cancelled?') });

export function declineQuestion(review: Review, moment: Moment): Question | Refused {
  return (
    mayDecline(review, moment) ?? {
      title: 'Decline the review',
      submit: 'Decline',
      schema: declining,
      intro: [
        reviewerOf(review, actor(moment))!.before
          ? text`The others are not waiting for you then. Your answers count as they stand on the pages.`
          : text`The others are not waiting for you then. What you filled in already is not counted.`,
      ],
    }
  );
}

export function decline(review: Review, reason: string, moment: Moment): Step<Review> {
  const barred = mayDecline(review, moment);
  if (barred) return barred;
  const reviewer = reviewerOf(review, actor(moment))!;
  if (reviewer.before)
    return {
      state: withReviewer(review, { ...reviewer, state: 'answered' }),
      say: text`Very well: your answers count as they stand.`,
    };
  return {
    state: withReviewer(review, { ...reviewer, state: 'declined', reason }),
    say: text`You have declined. ${person(review.opened.by)} sees it with your reason.`,
  };
}

function mayDecline(review: Review, moment: Moment): Refused | undefined {
  const barred = mayAnswer(review, moment);
  if (barred) return barred;
  return reviewerOf(review, actor(moment))!.state === 'answered'
    ? refused(text`Your answers are in already. You can change them until ${minute(review.due.at)}.`)
    : undefined;
}

export const addQuestion = (review: Review, moment: Moment, facts: ReviewFacts): Question | Refused =>
  mayManage(review, moment, facts) ?? { title: 'Add a reviewer', submit: 'Ask them', schema: adding };

export function add(review: Review, who: PersonId, moment: Moment, facts: ReviewFacts): Step<Review> {
  const barred = mayManage(review, moment, facts);
  if (barred) return barred;
  const gone = leftUnfit(who, facts.left ?? [], 'person');
  if (gone) return gone;
  const known = reviewerOf(review, who);
  if (known && known.state !== 'declined') return refused(text`That person is among the reviewers already.`, 'person');
  if (!known && review.reviewers.length >= MOST_REVIEWERS)
    return refused(text`At most ${MOST_REVIEWERS} reviewers, please. Remove one first.`, 'person');
  const others = review.reviewers.filter((one) => one.person !== who);
  return {
    state: { ...review, reviewers: [...others, { person: who, state: 'asked' }] },
    say: text`${person(who)} is asked, too, until ${minute(review.due.at)}.`,
  };
}

export const removeQuestion = (review: Review, moment: Moment, facts: ReviewFacts): Question | Refused =>
  mayManage(review, moment, facts) ?? {
    title: 'Remove a reviewer',
    submit: 'Remove',
    schema: removing,
    values: { person: waitedFor(review).find((one) => facts.left?.some((left) => left.id === one.person))?.person },
  };

export function remove(review: Review, who: PersonId, moment: Moment, facts: ReviewFacts): Step<Review> {
  const barred = mayManage(review, moment, facts);
  if (barred) return barred;
  const known = reviewerOf(review, who);
  if (!known) return refused(text`That person is not among the reviewers.`, 'person');
  if (known.state === 'answered' || known.before) return refused(text`That person has answered, and what was said counts.`, 'person');
  if (review.reviewers.length === 1)
    return refused(text`Nobody would be left to answer. Add somebody first, or cancel the review.`, 'person');
  return {
    state: { ...review, reviewers: review.reviewers.filter((one) => one.person !== who) },
    say: text`${person(who)} is asked no longer.`,
  };
}

export const moveQuestion = (review: Review, moment: Moment, facts: ReviewFacts): Question | Refused =>
  mayManage(review, moment, facts) ?? {
    title: 'Move the due date',
    submit: 'Move it',
    schema: moving,
    intro: [text`Now: ${minute(review.due.at)}.`],
    values: { due: dayIn(USUAL_DAYS, { zone: review.opened.zone, at: Math.max(moment.at, review.due.at) }) },
  };

export function move(review: Review, day: string, moment: Moment, facts: ReviewFacts): Step<Review> {
  const barred = mayManage(review, moment, facts) ?? unfitDue(day, review.opened.zone, moment);
  if (barred) return barred;
  const { stalled: _, ...rest } = review;
  const due = dueOn(day, review.opened.zone, moment);
  return { state: { ...rest, due }, say: text`Answers are now due ${minute(due.at)}.` };
}

export const cancelQuestion = (review: Review, moment: Moment, facts: ReviewFacts): Question | Refused =>
  mayCancel(review, moment, facts) ?? {
    title: 'Cancel the review',
    submit: 'Cancel the review',
    schema: cancelling,
    intro: [text`No verdict comes of it then. The answers that are in stay on record and are not shown.`],
  };

export const cancel = (review: Review, reason: string, moment: Moment, facts: ReviewFacts): Step<Review> =>
  mayCancel(review, moment, facts) ?? {
    state: { ...review, cancelled: { by: actor(moment), at: moment.at, reason } },
    say: text`The review is cancelled.`,
  };

function mayCancel(review: Review, moment: Moment, facts: ReviewFacts): Refused | undefined {
  if (review.cancelled || review.posted) return refused(text`This review is over, so it cannot be cancelled.`);
  return isManager(review, moment, facts) ? undefined : notManager(review, 'cancel it');
}

/** Only while the reviewers are asked. */
function mayManage(review: Review, moment: Moment, facts: ReviewFacts): Refused | undefined {
  if (review.cancelled) return refused(text`This review was cancelled ${minute(review.cancelled.at)}.`);
  if (!isAsking(review)) return refused(text`The answers are in, so nobody is asked any more.`);
  return isManager(review, moment, facts) ? undefined : notManager(review, 'change who is asked and until when');
}

/** The one who opened it and the owner, or the sponsor where the owner has left. */
const isManager = ({ opened, initiative }: Review, moment: Moment, { owner }: ReviewFacts): boolean =>
  [opened.by, initiative.owner, ...(owner?.[0]?.active === 0 ? [initiative.sponsor] : [])].includes(actor(moment));

const notManager = ({ opened, initiative }: Review, what: string): Refused =>
  refused(
    text`Only ${opened.by === initiative.owner ? text`the owner of ${typed(initiative.name)} may` : text`the one who opened the review and the owner may`} ${what}. Please ask ${person(opened.by)}.`,
  );
