import { heading, items, type Part, pictured, said } from '../../src/card.ts';
import { minute, person, type Text, text } from '../../src/text.ts';
import { localOf } from '../../src/zone.ts';
import { DIMENSIONS, dimensions } from '../criteria/pilot-review.ts';
import { STRONG } from '../rules/matrix.ts';
import { cautions, disagreements, type Improvement, improvements, openQuestions, tenths } from './recommendation.ts';
import type { Review, Weighing } from './state.ts';

/** How many earlier reviews the matrix shows beside the present one. */
const EARLIER = 8;

/** The success matrix, where both axes are known, and the profile of the four dimensions. */
export function pictures(review: Review): Part[] {
  const weighing = review.weighing!;
  const { technical, business } = weighing.scores;
  const past = weighing.earlier.flatMap((one) =>
    one.technical === null || one.business === null
      ? []
      : [{ label: localOf(review.opened.zone, one.at).date, technical: one.technical, business: one.business }],
  );
  const points =
    technical.score === null || business.score === null
      ? []
      : [...past.slice(-EARLIER), { label: 'Now', technical: technical.score, business: business.score }];
  return [
    ...(points.length > 0 ? [pictured({ kind: 'matrix', title: 'Success matrix', strong: STRONG, points })] : []),
    pictured({
      kind: 'profile',
      title: 'Profile',
      strong: STRONG,
      bars: dimensions.map((dimension) => barOf(DIMENSIONS[dimension], weighing.scores[dimension])),
    }),
  ];
}

function barOf(label: string, { score, low, high }: Weighing['scores']['technical']) {
  return low === null || high === null ? { label, score } : { label, score, low, high };
}

/** A heading and its lines; nothing where there is nothing to say. */
export const section = (title: string, lines: readonly Text[]): Part[] => (lines.length === 0 ? [] : [heading(title), items(lines)]);

/** Where reviewers are far apart, the widest first; that they agree is worth a line, too. */
export function disagreementParts(review: Review): Part[] {
  if (review.weighing!.reviewers.length < 2) return [];
  const apart = disagreements(review);
  if (apart.length === 0) return [said(text`The reviewers agree: nowhere are they two points apart.`)];
  return section(
    'Where reviewers disagree',
    apart.map(({ criterion, finding }) => text`${criterion.text}: from ${finding.low} to ${finding.high}`),
  );
}

export const openParts = (review: Review): Part[] =>
  section(
    'Open questions',
    openQuestions(review).map(
      ({ criterion, unknown, owner, handed }) =>
        text`${criterion.text}: ${unknown === 1 ? 'one does' : `${unknown} do`} not know. ${person(owner)}${handed ? ` finds out by ${handed.due}` : ' sees to it'}`,
    ),
  );

export const cautionParts = (review: Review): Part[] => section('Cautions', cautions(review));

export const improvementParts = (review: Review): Part[] =>
  section(
    'To improve',
    improvements(review).map((one) => improvementText(one)),
  );

const improvementText = ({ criterion, finding }: Improvement): Text => text`${criterion.text}: ${tenths(finding.mean!)} of 5`;

/** Late by more than this, the clock says so. */
const LATE = 120_000;

export function lateText({ weighing }: Review): Text | undefined {
  const { due, at } = weighing!;
  return due !== undefined && at - due > LATE
    ? text`Offshoot was not running when the answers were due; it counted those received before, and says so ${minute(at)}.`
    : undefined;
}
