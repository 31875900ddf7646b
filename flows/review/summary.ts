import { button, type Card, facts, note, said } from '../../src/card.ts';
import type { FlowId } from '../../src/id.ts';
import { bold, person, text, typed } from '../../src/text.ts';
import { cautionParts, disagreementParts, improvementParts, lateText, openParts, pictures, section } from './findings.ts';
import { glance } from './pages.ts';
import { isCrowded, scoreLines } from './details.ts';
import { openQuestions, reasons, recommended } from './recommendation.ts';
import { counting, type Review } from './state.ts';

/** What the owner weighs: the pictures, where reviewers disagree, what is open, and what is recommended for which reasons. */
export function summaryCard(review: Review, id: FlowId): Card {
  const weighing = review.weighing!;
  const late = lateText(review);
  const messages = weighing.messages.filter((one) => one.criterion === null);
  return {
    title: text`${bold('The answers are in: ')}${typed(review.initiative.name)}`,
    parts: [
      ...pictures(review),
      ...disagreementParts(review),
      ...(isCrowded(review) ? [] : section('Scores by reviewer', scoreLines(review))),
      ...openParts(review),
      ...cautionParts(review),
      ...improvementParts(review),
      ...section(
        'Messages put in as evidence',
        messages.map((one) => text`${person(one.person)}: ${typed(glance(one))}`),
      ),
      said(text`${bold(`Recommended: ${recommended(review)}.`)} It is for you to decide.`),
      ...reasons(review).map(said),
      facts(
        ['Answered', text`${counting(review).length} of ${review.reviewers.length}`],
        ['Confidence', text`${weighing.confidence} % of the ratings are known`],
      ),
      note(
        text`Strong is from 60 of 100. ${isCrowded(review) ? 'Each reviewer’s scores and all evidence stand' : 'All evidence stands'} underneath. When you have decided, this is posted to the channel with the reviewers’ names.`,
      ),
      ...(late ? [note(late)] : []),
    ],
    buttons: [
      button('Weigh the answers', id, 'flags', { style: 'primary' }),
      button('Ask for more evidence', id, 'more'),
      ...(openQuestions(review).some((one) => !one.handed) ? [button('Hand on an open question', id, 'hand-on')] : []),
      button('Cancel the review', id, 'cancel', { style: 'danger' }),
    ],
  };
}
