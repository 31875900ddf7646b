import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Moment, type Refused, refused, type Taken } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import type { Answer } from '../../src/kept.ts';
import { excerpt, minute, person, type Text, text, typed } from '../../src/text.ts';
import { criteriaOf, type Criterion, type Dimension, DIMENSIONS, dimensions, reviewSetOf } from '../criteria/pilot-review.ts';
import { reviewCriterion } from '../evidence/criteria.ts';
import { isAsking, type Message, type Review, type ReviewFacts, reviewerOf, withReviewer } from './state.ts';

/** What the answers of a review are kept under. */
export const ABOUT = 'review';

/** “Not known” is no rating. */
export const UNKNOWN = 'unknown';

/** The question under which the evidence for a criterion is kept. */
export const evidenceKey = (key: string): string => `${key} evidence`;

/** How many messages that were put in as evidence are shown beside a question. */
const MESSAGES = 3;

/** What of a message stands beside a question; the rest of it is where it came from. */
const EXCERPT = 200;

/** One page: the four criteria of a dimension, with what stood when it was last filled in. */
export function pageQuestion(
  dimension: Dimension,
  review: Review,
  moment: Moment,
  { mine = [], evidence = [] }: ReviewFacts,
): Question | Refused {
  const barred = mayAnswer(review, moment);
  if (barred) return barred;
  const criteria = criteriaOf(reviewSetOf(review.set), dimension);
  const ofAll = messagesOn(null, evidence);
  return {
    title: DIMENSIONS[dimension],
    submit: dimension === dimensions.at(-1) ? 'Send my answers' : 'Save, next page',
    schema: pageOf(review.set, dimension),
    intro: [
      text`${typed(review.initiative.name)}, page ${dimensions.indexOf(dimension) + 1} of ${dimensions.length}.${dimension === dimensions[0] && text` Nobody sees ${review.wanted ? 'what you change' : 'your answers'} before all are in or the time for them is up; then they are shown with your name.${review.wanted && text` ${person(review.wanted.by)} asks to hear more on: ${typed(review.wanted.text)}`}`}`,
      ...(ofAll.length > 0 ? [text`Put in as evidence: ${typed(ofAll.map(glance).join(' · '))}`] : []),
    ],
    values: Object.fromEntries(mine.map(({ question, value }) => [question, value])),
    hints: Object.fromEntries(criteria.map(({ key }) => [key, hintOf(messagesOn(key, evidence))])),
  };
}

/** Stores a page. After the last one it counts as answered, if no page was left out. */
export function takePage(
  dimension: Dimension,
  review: Review,
  said: Readonly<Record<string, string | undefined>>,
  moment: Moment,
  { mine = [] }: ReviewFacts,
): Refused | Taken<Review> {
  const barred = mayAnswer(review, moment);
  if (barred) return barred;
  const by = actor(moment);
  const set = reviewSetOf(review.set);
  const rows = criteriaOf(set, dimension)
    .flatMap(({ key }) => rowsOf(key, said, mine))
    .map((row) => ({ about: ABOUT, person: by, at: moment.at, ...row }));
  const keep = [{ kind: 'answers', rows }] as const;
  const next = dimensions[dimensions.indexOf(dimension) + 1];
  if (next) return { state: review, next, say: text`Saved. The next page is ${DIMENSIONS[next]}.`, keep };
  const answered = new Set([...mine, ...rows].map(({ question }) => question));
  const left = dimensions.find((one) => criteriaOf(set, one).some(({ key }) => !answered.has(key)));
  if (left) return { state: review, next: left, say: text`Saved. One page is still empty: ${DIMENSIONS[left]}.`, keep };
  return {
    state: withReviewer(review, { ...reviewerOf(review, by)!, state: 'answered' }),
    say: text`Thank you, your answers are in: ${known([...mine, ...rows], set.criteria)} of ${set.criteria.length} rated. You can change them until all are in, at the latest ${minute(review.due.at)}.`,
    keep,
  };
}

/** Why this person cannot answer now; undefined when they can. */
export function mayAnswer(review: Review, moment: Moment): Refused | undefined {
  const by = actor(moment);
  if (review.cancelled) return refused(text`This review was cancelled ${minute(review.cancelled.at)}, so there is nothing left to answer.`);
  const reviewer = reviewerOf(review, by);
  if (!reviewer) return refused(text`You are not among the reviewers. ${askThem(review)} can add you.`);
  if (!isAsking(review))
    return refused(
      text`The answers were counted ${minute(review.weighing!.at)} and are not changed any more.${reviewer.state === 'answered' && ' Yours are among them.'}`,
    );
  if (reviewer.state === 'declined') return refused(text`You declined this review. ${askThem(review)} can add you again.`);
  return undefined;
}

const askThem = ({ opened, initiative }: Review): Text =>
  opened.by === initiative.owner ? person(initiative.owner) : text`${person(opened.by)} or ${person(initiative.owner)}`;

function rowsOf(
  key: string,
  said: Readonly<Record<string, string | undefined>>,
  mine: readonly Answer[],
): { question: string; value: string }[] {
  const evidence = evidenceKey(key);
  // What was emptied stays as an empty row: kept rows are never deleted.
  const given = said[evidence] ?? (mine.some((one) => one.question === evidence) ? '' : undefined);
  return [{ question: key, value: said[key] ?? UNKNOWN }, ...(given === undefined ? [] : [{ question: evidence, value: given }])];
}

const known = (rows: readonly { question: string; value: string }[], criteria: readonly Criterion[]): number => {
  const last = new Map(rows.map(({ question, value }) => [question, value]));
  return criteria.filter(({ key }) => last.get(key) !== UNKNOWN).length;
};

/** The latest few messages on one criterion, or with null on the initiative as a whole. */
export const messagesOn = <One extends Message>(criterion: string | null, all: readonly One[]): readonly One[] =>
  all
    .filter((one) => one.criterion === (criterion && reviewCriterion(criterion)))
    .toSorted((a, b) => b.at - a.at)
    .slice(0, MESSAGES);

export const glance = ({ says, link }: Pick<Message, 'says' | 'link'>): string => `“${excerpt(says, EXCERPT)}”${link ? ` (${link})` : ''}`;

const hintOf = (messages: readonly Message[]): string | undefined =>
  messages.length === 0 ? undefined : `Put in as evidence: ${messages.map(glance).join(' · ')}`;

const forms = new Map<string, z.ZodObject>();

function pageOf(id: string, dimension: Dimension): z.ZodObject {
  const name = `${id} ${dimension}`;
  let schema = forms.get(name);
  if (!schema) {
    schema = z.object(Object.fromEntries(criteriaOf(reviewSetOf(id), dimension).flatMap(fieldsOf)));
    forms.set(name, schema);
  }
  return schema;
}

function fieldsOf({ key, text: title, anchors: [one, three, five] }: Criterion): [string, z.ZodType][] {
  const ratings = {
    1: `1: ${one}`,
    2: '2: between 1 and 3',
    3: `3: ${three}`,
    4: '4: between 3 and 5',
    5: `5: ${five}`,
    [UNKNOWN]: 'Not known',
  };
  return [
    [key, field.choice(title, ratings)],
    [evidenceKey(key), field.lines('Evidence or link', { hint: 'What you go by. A link is shown as it is and never opened.' }).optional()],
  ];
}
