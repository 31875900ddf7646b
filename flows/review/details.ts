import { items } from '../../src/card.ts';
import type { Surface } from '../../src/flow.ts';
import { person, type Text, text, typed } from '../../src/text.ts';
import { criterionOf, reviewSetOf } from '../criteria/pilot-review.ts';
import { criterionText } from '../evidence/criteria.ts';
import { UNKNOWN } from './pages.ts';
import { scoresText } from './recommendation.ts';
import { type Review, SHUTDOWN } from './state.ts';

/** How many characters go into one message of the thread; every platform takes more than this. */
const PAGE = 5000;
const LINES = 20;

/** What was said in full, in as many messages of the thread as it needs: nothing is cut. */
export function detailPages(review: Review, { key, under, to }: Required<Pick<Surface, 'key' | 'under' | 'to'>>): Surface[] {
  const sections = [
    ['Shutdown plan', shutdownLines(review)],
    // The owner has those of a few on the card already.
    ['Scores by reviewer', review.posted || isCrowded(review) ? scoreLines(review) : []],
    ['Evidence', evidenceLines(review)],
    ['Messages put in as evidence', messageLines(review)],
  ] as const;
  const cards = sections.flatMap(([title, lines]) => {
    const pages = paged(lines);
    return pages.map((page, index) => ({
      title: text`${title}${pages.length > 1 && ` ${index + 1} of ${pages.length}`}`,
      parts: [items(page)],
    }));
  });
  return cards.map((card, index) => ({ key: `${key}-${index + 1}`, to, under, card, rank: 'result' }));
}

function shutdownLines({ posted }: Review): Text[] {
  const plan = posted?.plan;
  return plan?.kind === 'kill' ? plan.steps.map((step) => text`${SHUTDOWN[step.key]}, by ${step.by}: ${typed(step.text)}`) : [];
}

export const scoreLines = ({ weighing }: Review): Text[] =>
  weighing!.reviewers.map((one) => text`${person(one.person)}: ${scoresText(one.scores)}`);

/** So many reviewers that their scores would fill the owner's card. */
export const isCrowded = ({ weighing }: Review): boolean => weighing!.reviewers.length > 10;

const evidenceLines = ({ set, weighing }: Review): Text[] =>
  weighing!.evidence.map(
    ({ criterion, person: who, rating, text: given }) =>
      text`${person(who)}, ${rating === UNKNOWN ? 'not known' : `${rating} of 5`} on “${criterionOf(reviewSetOf(set), criterion).text}”: ${typed(given)}`,
  );

const messageLines = ({ weighing }: Review): Text[] =>
  weighing!.messages.map(
    ({ criterion, says, link, person: who }) =>
      text`${person(who)}${criterion && text`, on “${criterionText(criterion)}”`}: ${typed(says)}${link && text` (${typed(link)})`}`,
  );

function paged(lines: readonly Text[]): Text[][] {
  const pages: { size: number; lines: Text[] }[] = [];
  for (const line of lines) {
    const size = line.reduce((sum, span) => sum + ('text' in span ? span.text.length : 80), 0);
    const last = pages.at(-1);
    if (last && last.size + size <= PAGE && last.lines.length < LINES) {
      last.size += size;
      last.lines.push(line);
    } else pages.push({ size, lines: [line] });
  }
  return pages.map((page) => page.lines);
}
