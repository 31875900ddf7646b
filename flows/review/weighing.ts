import type { Moment, Refused, Step, Taken } from '../../src/flow.ts';
import type { PersonId } from '../../src/id.ts';
import type { Answer } from '../../src/kept.ts';
import { person, text } from '../../src/text.ts';
import { criteriaOf, type Dimension, dimensions, reviewSetOf } from '../criteria/pilot-review.ts';
import { meanInTenths, percent, scoreOf } from '../rules/matrix.ts';
import { ABOUT, evidenceKey, messagesOn, UNKNOWN } from './pages.ts';
import {
  counting,
  type Finding,
  isAsking,
  type Given,
  type Review,
  type ReviewFacts,
  type Score,
  waitedFor,
  type Weighing,
  weigherOf,
} from './state.ts';

/** After a step: weighs the answers once nobody is left to wait for, or the due moment has passed with answers. */
export function weighWhenIn(step: Step<Review>, moment: Moment, facts: ReviewFacts): Refused | Taken<Review> {
  if ('refused' in step) return step;
  const review = step.state;
  const isOver = waitedFor(review).length === 0 || moment.at >= review.due.at;
  if (!isAsking(review) || counting(review).length === 0 || !isOver) return step;
  const fresh = (step.keep ?? []).flatMap((kept) => (kept.kind === 'answers' ? kept.rows : []));
  const { stalled: _, ...rest } = review;
  const state = { ...rest, weighing: weighing(review, moment, facts, fresh), ...absentOwner(review, facts) };
  const isDeclined = review.reviewers.some((one) => one.person === moment.by && one.state === 'declined');
  const said =
    moment.by && text`${isDeclined && 'You have declined. '}All answers are in now, and ${person(weigherOf(state))} weighs them.`;
  return { ...step, state, ...(said ? { say: said } : {}) };
}

/** When the owner has left, the sponsor weighs and decides. */
export const absentOwner = ({ initiative }: Review, { owner }: ReviewFacts): { weigher?: PersonId } =>
  owner?.[0]?.active === 0 ? { weigher: initiative.sponsor } : {};

/** What is counted: one person's value for each question. */
type Sheet = ReadonlyMap<string, string>;

function weighing(review: Review, moment: Moment, facts: ReviewFacts, fresh: readonly Omit<Answer, 'flow'>[]): Weighing {
  const set = reviewSetOf(review.set);
  const all = [...(facts.answers ?? []), ...fresh].filter((one) => one.about === ABOUT);
  const sheets = counting(review).map(({ person }) => ({
    person,
    sheet: new Map(all.filter((one) => one.person === person).map(({ question, value }) => [question, value])) as Sheet,
  }));
  const scoreIn = (dimension: Dimension, some: readonly { sheet: Sheet }[]) =>
    scoreOf(some.flatMap(({ sheet }) => criteriaOf(set, dimension).map(({ key, weight }) => ({ rating: ratingOf(sheet, key), weight }))));
  const reviewers = sheets.map(({ person, sheet }) => ({ person, scores: byDimension((dimension) => scoreIn(dimension, [{ sheet }])) }));
  const criteria = set.criteria.map(({ key }) => findingOf(key, sheets));
  const known = criteria.reduce((sum, one) => sum + one.known, 0);
  const messages = [null, ...set.criteria.map(({ key }) => key)].flatMap((key) => messagesOn(key, facts.evidence ?? []));
  return {
    at: moment.at,
    ...(moment.due === undefined ? {} : { due: moment.due }),
    scores: byDimension((dimension): Score => {
      const own = reviewers.flatMap(({ scores }) => scores[dimension] ?? []);
      const [low, high] = own.length === 0 ? [null, null] : [Math.min(...own), Math.max(...own)];
      return { score: scoreIn(dimension, sheets), low, high };
    }),
    reviewers,
    criteria,
    confidence: percent(known, criteria.length * sheets.length),
    evidence: sheets.flatMap(({ person, sheet }) =>
      set.criteria.flatMap(({ key }): Given[] => {
        const said = sheet.get(evidenceKey(key));
        return said ? [{ criterion: key, person, rating: sheet.get(key) ?? UNKNOWN, text: said }] : [];
      }),
    ),
    messages: messages.map(({ criterion, says, link, person, at }) => ({ criterion, says, link, person, at })),
    earlier: (facts.earlier ?? [])
      .map(({ id, verdict, technical, business, decided_at: at }) => ({ id, verdict: verdict ?? '', technical, business, at: at ?? 0 }))
      .toSorted((a, b) => a.at - b.at),
  };
}

function findingOf(key: string, sheets: readonly { sheet: Sheet }[]): Finding {
  const ratings = sheets.flatMap(({ sheet }) => ratingOf(sheet, key) ?? []);
  const [low, high] = ratings.length === 0 ? [null, null] : [Math.min(...ratings), Math.max(...ratings)];
  const score = scoreOf(ratings.map((rating) => ({ rating, weight: 1 })));
  return { key, score, mean: meanInTenths(ratings), low, high, known: ratings.length, unknown: sheets.length - ratings.length };
}

const ratingOf = (sheet: Sheet, key: string): number | null => {
  const said = sheet.get(key) ?? UNKNOWN;
  return said === UNKNOWN ? null : Number(said);
};

const byDimension = <Value>(of: (dimension: Dimension) => Value): Record<Dimension, Value> =>
  Object.fromEntries(dimensions.map((dimension) => [dimension, of(dimension)])) as Record<Dimension, Value>;
