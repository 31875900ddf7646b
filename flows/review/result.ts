import { button, type Card, facts, note, type Part, said } from '../../src/card.ts';
import type { FlowId } from '../../src/id.ts';
import { numberOf } from '../../src/id.ts';
import { bold, day, minute, person, text, typed } from '../../src/text.ts';
import { reviewSetOf } from '../criteria/pilot-review.ts';
import { cautionParts, disagreementParts, improvementParts, lateText, openParts, pictures, section } from './findings.ts';
import { nextReviewAt } from './next.ts';
import { pairText } from './plans.ts';
import { confirmedFlags, isAgainst, reasons, recommended } from './recommendation.ts';
import { type Posting, type Review, SHUTDOWN } from './state.ts';

const TONES = { SCALE: 'good', PIVOT: 'warning', EXTEND: 'warning', KILL: 'bad' } as const;

/** The verdict as the channel sees it: what was decided and why, what was found, and what happens now. */
export function resultCard(review: Review, id: FlowId, posted: Posting): Card {
  const { set, initiative, weighing, indicators = [] } = review;
  const against = isAgainst(review, posted.verdict);
  const late = lateText(review);
  return {
    title: text`${bold(`${posted.verdict}: `)}${typed(initiative.name)}`,
    tone: TONES[posted.verdict],
    parts: [
      said(
        text`Decided by ${person(posted.by)}, ${minute(posted.at)}. Recommended: ${recommended(review)}.${against && ' The decision goes another way.'}`,
      ),
      ...(posted.rationale ? [said(text`${bold('Why: ')}${typed(posted.rationale)}`)] : []),
      ...planParts(review, posted),
      ...pictures(review),
      ...reasons(review).map(said),
      ...disagreementParts(review),
      ...cautionParts(review),
      ...(posted.verdict === 'KILL' ? [] : improvementParts(review)),
      ...section(
        'Red flags, confirmed',
        confirmedFlags(review).map((flag) => text`${flag.text}`),
      ),
      ...openParts(review),
      facts(
        ['Indicators', text`${indicators.length} of ${reviewSetOf(set).indicators.length} met`],
        ['Reviewers', text`${weighing!.reviewers.length}, ${weighing!.confidence} % of the ratings known`],
      ),
      ...offerParts(review),
      note(text`Review ${numberOf(id)}, criteria set ${set}. Each reviewer’s scores and evidence stand in the thread.`),
      ...(late ? [note(late)] : []),
    ],
    ...(posted.verdict === 'SCALE' && !review.offer && !review.ended
      ? { buttons: [button('Open the vote and the readiness check', id, 'scale', { style: 'primary' })] }
      : {}),
  };
}

function planParts(review: Review, { plan }: Posting): Part[] {
  switch (plan?.kind) {
    case undefined:
      return [];
    case 'pivot': {
      const pair = reviewSetOf(review.set).pairs.find((one) => one.key === plan.pair)!;
      return [
        facts(['New course', text`${pairText(pair)}`], ...(plan.turn === pair.turn ? [] : [['In short', typed(plan.turn)] as const]), [
          'By',
          text`${person(plan.who)}, ${plan.by}`,
        ]),
      ];
    }
    case 'extend':
      return [
        facts(
          ['To answer', typed(plan.question)],
          ['To reach', text`${typed(plan.figure)} by ${plan.by}`],
          plan.reason !== undefined && ['Why go on', typed(plan.reason)],
          ['Next review', day(nextReviewAt(review, plan.by))],
        ),
      ];
    case 'kill':
      return [
        ...section(
          'Shutdown plan',
          plan.steps.map((step) => text`${SHUTDOWN[step.key]}: by ${step.by}`),
        ),
        said(text`What is to be done for each stands in the thread.`),
      ];
  }
}

function offerParts({ offer, ended }: Review): Part[] {
  if (offer) return [said(text`${person(offer.by)} opened the vote${offer.readiness && ' and the readiness check'}, ${minute(offer.at)}.`)];
  return ended ? [said(text`Nothing more comes of it: ${typed(ended)}.`)] : [];
}
