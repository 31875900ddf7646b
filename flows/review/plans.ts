import { z } from 'zod';
import * as field from '../../src/field.ts';
import { type Moment, type Refused, refused, type Step } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import type { PersonId } from '../../src/id.ts';
import { list, text, typed } from '../../src/text.ts';
import { type Pair, type ReviewSet, reviewSetOf } from '../criteria/pilot-review.ts';
import { dayIn, leftUnfit } from '../rules/fit.ts';
import type { Verdict } from '../rules/matrix.ts';
import { post } from './deciding.ts';
import { unfitDay } from './due.ts';
import { improvements, isAgainst, recommended, tenths } from './recommendation.ts';
import { type Review, type ReviewFacts, type Shutdown, SHUTDOWN, weigherOf } from './state.ts';
import { mayDecide } from './weigher.ts';

/** Plans are given this many days when nobody says otherwise. */
const USUAL = 30;

/** From the third EXTEND on the owner says why it goes on: a pilot that is extended twice is in purgatory (strategy guide). */
const TWICE = 2;

const ABOUT: Readonly<Record<Pair['about'], string>> = { scope: 'Scope', approach: 'Approach', audience: 'Audience', timing: 'Timing' };

const pivoting = (set: ReviewSet) =>
  z.object({
    pair: field.choice(
      'What is wrong, and the turn that answers it',
      Object.fromEntries(set.pairs.map((pair) => [pair.key, pairText(pair)])),
    ),
    turn: field.lines('The turn in your words', { hint: 'Left empty, it is the one named above.' }).optional(),
    who: field.person('Who sees to it?'),
    by: field.date('By when?'),
  });

/** Scope: too broad → narrow it. */
export const pairText = ({ about, symptom, turn }: Pair): string => `${ABOUT[about]}: ${symptom} → ${turn}`;

export function pivotQuestion(review: Review, moment: Moment, facts: ReviewFacts): Question | Refused {
  return (
    mayPlan('PIVOT', review, moment, facts) ?? {
      title: 'The new course',
      submit: 'Post the verdict',
      schema: pivoting(reviewSetOf(review.set)),
      intro: [text`${typed(review.initiative.name)}: what is wrong, and which turn answers it? Who sees to it gets it as an action.`],
      values: { who: weigherOf(review), by: dayIn(USUAL, moment) },
    }
  );
}

export function pivot(
  review: Review,
  said: { pair: string; turn?: string; who: PersonId; by: string },
  moment: Moment,
  facts: ReviewFacts,
): Step<Review> {
  const barred = mayPlan('PIVOT', review, moment, facts) ?? unfitDay(said.by, 'by', moment) ?? leftUnfit(said.who, facts.left ?? [], 'who');
  if (barred) return barred;
  const pair = reviewSetOf(review.set).pairs.find((one) => one.key === said.pair);
  if (!pair) return refused(text`Choose what is wrong, please.`, 'pair');
  return post(review, moment, facts, { kind: 'pivot', pair: pair.key, turn: said.turn ?? pair.turn, who: said.who, by: said.by });
}

const extension = {
  question: field.lines('Which question does the time answer?', { hint: 'Like “Is it accurate enough in the south, too?”.' }),
  figure: field.name('Which figure is to be reached?', { hint: 'Like “accuracy 80 %”.' }),
  by: field.date('By when?', { hint: 'The same reviewers are asked again that day.' }),
};
const extending = z.object(extension);
const extendingAgain = z.object({
  ...extension,
  reason: field.lines('Why go on after all?', { hint: 'This pilot was extended twice before. Like “The new data arrive only in May”.' }),
});

export function extendQuestion(review: Review, moment: Moment, facts: ReviewFacts): Question | Refused {
  const barred = mayPlan('EXTEND', review, moment, facts);
  if (barred) return barred;
  const low = improvements(review);
  return {
    title: 'What to reach',
    submit: 'Post the verdict',
    schema: isThird(review) ? extendingAgain : extending,
    intro: [
      text`${typed(review.initiative.name)} stays a pilot until then.${low.length > 0 && text` To improve: ${list(low.map(({ criterion, finding }) => text`“${criterion.text}” (${tenths(finding.mean!)} of 5)`))}.`}`,
    ],
    values: { by: dayIn(USUAL, moment) },
  };
}

export function extend(
  review: Review,
  { question, figure, by, reason }: { question: string; figure: string; by: string; reason?: string },
  moment: Moment,
  facts: ReviewFacts,
): Step<Review> {
  const barred = mayPlan('EXTEND', review, moment, facts) ?? unfitDay(by, 'by', moment);
  if (barred) return barred;
  if (by === dayIn(0, moment)) return refused(text`That is today. Give it time, like until ${dayIn(USUAL, moment)}.`, 'by');
  if (isThird(review) && !reason) return refused(text`It was extended twice before: say why it goes on.`, 'reason');
  return post(review, moment, facts, { kind: 'extend', question, figure, by, ...(reason ? { reason } : {}) });
}

const isThird = ({ weighing }: Review): boolean => weighing!.earlier.filter((one) => one.verdict === 'EXTEND').length >= TWICE;

const steps = Object.keys(SHUTDOWN) as readonly Shutdown[];
const HINTS: Readonly<Record<Shutdown, string>> = {
  data: 'What is kept, what is deleted, by whom.',
  users: 'What they use instead, and how they learn of it.',
  contracts: 'What is cancelled, and until when it costs.',
  lessons: 'What was learned, and where it is kept.',
  people: 'What those who built it do next.',
};

const shuttingDown = z.object(
  Object.fromEntries(
    steps.flatMap((step) => [
      [step, field.lines(SHUTDOWN[step], { hint: HINTS[step] })] as const,
      [dayKey(step), field.date(`${SHUTDOWN[step]}: by when?`)] as const,
    ]),
  ),
);

export function killQuestion(review: Review, moment: Moment, facts: ReviewFacts): Question | Refused {
  const day = dayIn(USUAL, moment);
  return (
    mayPlan('KILL', review, moment, facts) ?? {
      title: 'The shutdown plan',
      submit: 'Post the verdict',
      schema: shuttingDown,
      intro: [
        text`${typed(review.initiative.name)}: what is to be done, and by when? Each becomes an action of yours, which you can hand on.`,
      ],
      values: Object.fromEntries(steps.map((step) => [dayKey(step), day])),
    }
  );
}

export function kill(review: Review, said: Readonly<Record<string, string>>, moment: Moment, facts: ReviewFacts): Step<Review> {
  const barred = mayPlan('KILL', review, moment, facts);
  if (barred) return barred;
  for (const step of steps) {
    const unfit = unfitDay(said[dayKey(step)]!, dayKey(step), moment);
    if (unfit) return unfit;
  }
  return post(review, moment, facts, {
    kind: 'kill',
    steps: steps.map((step) => ({ key: step, text: said[step]!, by: said[dayKey(step)]! })),
  });
}

function dayKey(step: Shutdown): string {
  return `${step} by`;
}

/** A plan is asked only of the verdict that was given. */
function mayPlan(verdict: Verdict, review: Review, moment: Moment, facts: ReviewFacts): Refused | undefined {
  const barred = mayDecide(review, moment, facts);
  if (barred) return barred;
  const { draft } = review;
  if (draft?.verdict !== verdict)
    return refused(text`This page belongs to the verdict ${verdict}. Press “Weigh the answers” and choose it first.`);
  // Red flags or answers may have changed since it was chosen, and what was recommended with them.
  return isAgainst(review, verdict) && !draft.rationale
    ? refused(text`The recommendation is now: ${recommended(review)}. Press “Weigh the answers” and say why you decide ${verdict}.`)
    : undefined;
}
