import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Moment, type Refused, refused, type Step } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import { text, typed } from '../../src/text.ts';
import { type Dimension, type Group, type Mark, reviewSetOf } from '../criteria/pilot-review.ts';
import { isBarred, isStrong, type Verdict } from '../rules/matrix.ts';
import { absentOwner } from './weighing.ts';
import { cautions, confirmedFlags, isAgainst, isDoubtful, matrixVerdict, reasons, recommended } from './recommendation.ts';
import type { Decided, Plan, Review, ReviewFacts } from './state.ts';
import { mayDecide, mayWeigh } from './weigher.ts';

const GROUPS: Readonly<Record<Group, string>> = {
  financial: 'Financial',
  technical: 'Technical',
  organizational: 'Organizational',
  user: 'Users',
};

/** The dimension whose score makes a group of marks relevant. */
const DIMENSION_OF: Readonly<Record<Group, Dimension>> = {
  financial: 'business',
  technical: 'technical',
  organizational: 'organizational',
  user: 'business',
};

export const VERDICTS: Readonly<Record<Verdict, string>> = {
  SCALE: 'SCALE: on to the vote and the readiness check',
  PIVOT: 'PIVOT: change course',
  EXTEND: 'EXTEND: keep piloting until it is better',
  KILL: 'KILL: shut it down',
};

/** Page one: the red flags that the scores make likely; harm to users is always asked. */
export function flagsQuestion(review: Review, moment: Moment, facts: ReviewFacts): Question | Refused {
  return (
    mayWeigh(review, moment, facts) ?? {
      title: 'Red flags',
      submit: 'Next page',
      schema: marksOf(relevantFlags(review)),
      intro: [
        text`${typed(review.initiative.name)}: tick what you can confirm. One confirmed red flag bars SCALE. Only what the scores give cause to ask is here.`,
      ],
      values: checked(review.redFlags),
    }
  );
}

export function takeFlags(review: Review, said: Readonly<Record<string, unknown>>, moment: Moment, facts: ReviewFacts): Step<Review> {
  const barred = mayWeigh(review, moment, facts);
  if (barred) return barred;
  const state = { ...review, ...absentOwner(review, facts), redFlags: ticked(relevantFlags(review), said) };
  if (relevantIndicators(review).length > 0) return { state, next: 'indicators', say: text`Saved. The next page asks for indicators.` };
  return { state: { ...state, indicators: [] }, next: 'verdict', say: text`Saved. The next page asks for the verdict.` };
}

/** Page two: the indicators of what is strong. */
export function indicatorsQuestion(review: Review, moment: Moment, facts: ReviewFacts): Question | Refused {
  const all = reviewSetOf(review.set).indicators.length;
  return (
    mayWeigh(review, moment, facts) ?? {
      title: 'Indicators for SCALE',
      submit: 'Next page',
      schema: marksOf(relevantIndicators(review)),
      intro: [
        text`Tick what is met. The channel sees how many of the ${all} are.${relevantIndicators(review).length < all && ' Those on a side that is weak are left out.'}`,
      ],
      values: checked(review.indicators),
    }
  );
}

export const takeIndicators = (review: Review, said: Readonly<Record<string, unknown>>, moment: Moment, facts: ReviewFacts): Step<Review> =>
  mayWeigh(review, moment, facts) ?? {
    state: { ...review, indicators: ticked(relevantIndicators(review), said) },
    next: 'verdict',
    say: text`Saved. The next page asks for the verdict.`,
  };

const deciding = z.object({
  verdict: field.choice('Verdict', VERDICTS),
  rationale: field.lines('Why?', { hint: 'Needed when you decide against the recommendation, or when there is none.' }).optional(),
});

/** Page three: the verdict, with what is recommended as a start. */
export function verdictQuestion(review: Review, moment: Moment, facts: ReviewFacts): Question | Refused {
  const barred = mayDecide(review, moment, facts);
  if (barred) return barred;
  const matrix = matrixVerdict(review);
  const preset = isBarred(matrix, confirmedFlags(review).length) ? undefined : (matrix ?? undefined);
  return {
    title: 'The verdict',
    submit: 'Decide',
    schema: deciding,
    intro: [
      text`Recommended: ${recommended(review)}.`,
      ...reasons(review),
      ...cautions(review).map((one) => text`Caution: ${one}`),
      text`The verdict is posted to the channel with its reasons and its plan.`,
    ],
    values: { verdict: review.draft?.verdict ?? preset, rationale: review.draft?.rationale },
  };
}

/** A SCALE is posted at once; the others ask for their plan first. */
export function takeVerdict(review: Review, { verdict, rationale }: Decided, moment: Moment, facts: ReviewFacts): Step<Review> {
  const barred = mayDecide(review, moment, facts);
  if (barred) return barred;
  if (isAgainst(review, verdict) && !rationale)
    return refused(
      matrixVerdict(review)
        ? text`The recommendation is: ${recommended(review)}. Say why you decide ${verdict}, like “The board has accepted the risk until June”.`
        : text`There is no recommendation to go by. Say why you decide ${verdict}, like “The open figures will not change it”.`,
      'rationale',
    );
  const draft = { verdict, ...(rationale ? { rationale } : {}) };
  switch (verdict) {
    case 'SCALE':
      return post({ ...review, draft }, moment, facts);
    case 'PIVOT':
      return {
        state: { ...review, draft },
        next: 'pivot',
        say: text`Not posted yet: the new course is missing. Press “Weigh the answers” to go on.`,
      };
    case 'EXTEND':
      return {
        state: { ...review, draft },
        next: 'extend',
        say: text`Not posted yet: what to reach is missing. Press “Weigh the answers” to go on.`,
      };
    case 'KILL':
      return {
        state: { ...review, draft },
        next: 'kill',
        say: text`Not posted yet: the shutdown plan is missing. Press “Weigh the answers” to go on.`,
      };
  }
}

/** The verdict of the draft goes to the channel, with its plan; evidence that was withdrawn since the weighing does not. */
export function post({ draft, ...review }: Review, moment: Moment, { evidence = [] }: ReviewFacts, plan?: Plan): Step<Review> {
  if (!draft) throw new Error('a verdict is posted that nobody gave');
  const weighing = review.weighing!;
  const messages = weighing.messages.filter((one) =>
    evidence.some(({ at, person, says }) => at === one.at && person === one.person && says === one.says),
  );
  return {
    state: {
      ...review,
      weighing: { ...weighing, messages },
      posted: { ...draft, by: actor(moment), at: moment.at, ...(plan ? { plan } : {}) },
    },
    say: text`Posted to the channel: ${draft.verdict}.`,
  };
}

const relevantFlags = (review: Review): readonly Mark[] =>
  reviewSetOf(review.set).redFlags.filter(({ group }) => group === 'user' || isDoubtful(review, DIMENSION_OF[group]));

const relevantIndicators = ({ set, weighing }: Review): readonly Mark[] =>
  reviewSetOf(set).indicators.filter(({ group }) => isStrong(weighing!.scores[DIMENSION_OF[group]].score));

const ticked = (marks: readonly Mark[], said: Readonly<Record<string, unknown>>): readonly string[] =>
  marks.filter(({ key }) => said[key] === true).map(({ key }) => key);

const checked = (keys: readonly string[] | undefined): Record<string, boolean> =>
  Object.fromEntries((keys ?? []).map((key) => [key, true]));

const forms = new Map<string, z.ZodObject>();

/** The form of some marks, kept: there are as many as there are combinations of groups. */
function marksOf(marks: readonly Mark[]): z.ZodObject {
  const name = JSON.stringify(marks);
  let schema = forms.get(name);
  if (!schema) {
    schema = z.object(Object.fromEntries(marks.map(({ key, group, text: title }) => [key, field.check(title, { group: GROUPS[group] })])));
    if (forms.size > 1000) forms.clear();
    forms.set(name, schema);
  }
  return schema;
}
