import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Moment, type Refused, refused, type Step } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import type { PersonId } from '../../src/id.ts';
import { minute, person, text } from '../../src/text.ts';
import { criterionOf, reviewSetOf } from '../criteria/pilot-review.ts';
import { dayIn, leftUnfit } from '../rules/fit.ts';
import { dueOn, unfitDay, unfitDue, USUAL_DAYS } from './due.ts';
import { dueField } from './opening.ts';
import { openQuestions } from './recommendation.ts';
import type { Review, ReviewFacts } from './state.ts';
import { mayWeigh } from './weigher.ts';

const wanting = z.object({
  text: field.lines('What do you want to hear more on?', { hint: 'Like “accuracy on the southern branches”. The reviewers see it.' }),
  due: dueField,
});

export const moreQuestion = (review: Review, moment: Moment, facts: ReviewFacts): Question | Refused =>
  mayWeigh(review, moment, facts) ?? {
    title: 'Ask for more evidence',
    submit: 'Ask the reviewers',
    schema: wanting,
    intro: [text`The reviewers are asked again and find what they said before. Who says nothing more is counted as before.`],
    values: { due: dayIn(USUAL_DAYS, { zone: review.opened.zone, at: moment.at }) },
  };

/** Back to the reviewers, whose answers stand until they change them. */
export function more(review: Review, said: { text: string; due: string }, moment: Moment, facts: ReviewFacts): Step<Review> {
  const barred = mayWeigh(review, moment, facts) ?? unfitDue(said.due, review.opened.zone, moment);
  if (barred) return barred;
  const { weighing: _, redFlags: __, indicators: ___, nudged: ____, ...rest } = review;
  const due = dueOn(said.due, review.opened.zone, moment);
  return {
    state: {
      ...rest,
      due,
      round: review.round + 1,
      wanted: { by: actor(moment), text: said.text },
      reviewers: review.reviewers.map((one) => (one.state === 'answered' ? { ...one, state: 'asked', before: true } : one)),
    },
    say: text`The reviewers are asked again, until ${minute(due.at)}.`,
  };
}

/** An open question is the owner's, until it is handed to somebody who finds out. */
export function handOnQuestion(review: Review, moment: Moment, facts: ReviewFacts): Question | Refused {
  const barred = mayWeigh(review, moment, facts);
  if (barred) return barred;
  const open = openQuestions(review).filter((one) => !one.handed);
  if (open.length === 0) return refused(text`There is no open question left to hand on.`);
  const labels = Object.fromEntries(open.map(({ criterion }) => [criterion.key, criterion.text]));
  return {
    title: 'Hand on an open question',
    submit: 'Hand it on',
    schema: z.object({
      question: field.choice('Which question?', labels),
      person: field.person('Who finds out?'),
      due: field.date('By when?'),
    }),
    values: { question: open[0]!.criterion.key, due: dayIn(14, moment) },
  };
}

export function handOn(
  review: Review,
  said: { question: string; person: PersonId; due: string },
  moment: Moment,
  facts: ReviewFacts,
): Step<Review> {
  const barred = mayWeigh(review, moment, facts);
  if (barred) return barred;
  const question = openQuestions(review).find((one) => one.criterion.key === said.question);
  if (!question) return refused(text`This is no open question of the review.`, 'question');
  if (question.handed) return refused(text`This question was handed on already, and is an action due ${question.handed.due}.`, 'question');
  const unfit = leftUnfit(said.person, facts.left ?? [], 'person') ?? unfitDay(said.due, 'due', moment);
  if (unfit) return unfit;
  const handed = { criterion: said.question, person: said.person, due: said.due, by: actor(moment), at: moment.at };
  return {
    state: { ...review, handed: [...review.handed, handed] },
    say: text`${person(said.person)} is asked to find out about “${criterionOf(reviewSetOf(review.set), said.question).text}” by ${said.due}.`,
  };
}
