import { criteriaOf, currentReviewSet, dimensions } from '../../../flows/criteria/pilot-review.ts';
import { review } from '../../../flows/review/review.ts';
import { MOST_REVIEWERS, type Review, SHUTDOWN } from '../../../flows/review/state.ts';
import type { PersonId } from '../../../src/id.ts';
import { CHAIR, DAY, HOUR, member, moment, PM, SPONSOR, START, start, taken } from '../../flows/given.ts';
import { GivenRows } from '../../flows/rows.ts';
import type { Shelf } from './shelf.ts';

const NOW = START + HOUR;

type Answers = (dimension: number, criterion: number, reviewer: number) => string;

/** Technical weak, business strong, opinions apart, one thing not known. */
const mixed: Answers = (dimension, criterion, reviewer) => {
  if (dimension === 0 && criterion === 3 && reviewer === 1) return 'unknown';
  return String(
    [
      [2, 3, 3, 3],
      [5, 4, 4, 4],
      [2, 3, 3, 3],
      [4, 4, 4, 4],
    ][dimension]![criterion]! + (criterion === 1 ? reviewer % 3 : 0),
  ).replace('6', '5');
};
/** As much to say as there can be: everything weak, everybody apart on everything, something not known of each. */
const worst: Answers = (_, __, reviewer) => (reviewer === 0 ? 'unknown' : reviewer === 1 ? '5' : '1');
const strong: Answers = () => '4';
const half: Answers = (dimension) => (dimension === 1 ? '2' : '4');

/** The pilot review: everything that people see from its opening to each verdict. */
export function reviewSamples(shelf: Shelf): void {
  const { initiatives, bodies } = shelf;
  const { name, text } = shelf.size;
  const reviewers = Array.from({ length: shelf.isLarge ? MOST_REVIEWERS : 3 }, (_, index) => member(index + 1));
  const evidence = ['review accuracy', 'review roi', null].flatMap((criterion, group) =>
    shelf.many((n) => ({
      id: `evidence/${group * 100 + n}`,
      initiative: 'initiative/1',
      criterion,
      says: text,
      link: `https://example.org/${n}`,
      person: CHAIR,
      at: START + n,
    })),
  );
  const earlier = shelf.many(
    (n) => ({
      id: `review/${n + 10}`,
      initiative: 'initiative/1',
      state: 'posted',
      verdict: 'EXTEND',
      technical: 30 + (n % 20),
      business: 70,
      decided_at: START - (100 - n) * DAY,
    }),
    20,
  );
  const rows = { initiatives, bodies, evidence, reviews: earlier, people: [] };
  const facts = { initiatives, reviews: [], left: [] };

  const opened = (who: readonly PersonId[] = reviewers) =>
    new GivenRows<Review>(
      review,
      taken(start<Review>(review, { initiative: 'initiative/1', reviewers: who, due: '2027-03-08' }, moment(PM), facts)).state,
      rows,
    );
  const answer = (given: GivenRows<Review>, who: PersonId, answers: Answers, but: Record<string, string> = {}) => {
    const reviewer = reviewers.indexOf(who);
    for (const [index, dimension] of dimensions.entries()) {
      const page = criteriaOf(currentReviewSet, dimension).flatMap(({ key }, n) => [
        [key, answers(index, n, reviewer)],
        ...(shelf.isLarge || (index === 0 && n === 0) ? [[`${key} evidence`, text]] : []),
      ]);
      given.when({ type: dimension, ...Object.fromEntries(page), ...but }, moment(who, NOW));
    }
  };
  const weighed = (answers: Answers) => {
    const given = opened();
    for (const who of reviewers)
      answer(given, who, shelf.isLarge ? (...of) => (answers === strong ? strong(...of) : worst(...of)) : answers);
    return given;
  };
  const ask = (label: string, given: GivenRows<Review>, input: string, by: PersonId = PM) =>
    shelf.ask(label, given, { input }, by, given.factsOf(input, by));
  /** Everything is confirmed, so that the cards are as long as they get. */
  const decide = (given: GivenRows<Review>, verdict: string) => {
    const all = (marks: readonly { key: string }[]) => (shelf.isLarge ? Object.fromEntries(marks.map(({ key }) => [key, true])) : {});
    const next = given.when({ type: 'flags', ...all(currentReviewSet.redFlags) }, moment(PM, NOW)).next;
    if (next === 'indicators')
      given.when({ type: 'indicators', ...Object.fromEntries(currentReviewSet.indicators.map(({ key }) => [key, true])) }, moment(PM, NOW));
    given.when({ type: 'verdict', verdict, rationale: text }, moment(PM, NOW));
  };

  shelf.askOpening('review open', review, '', facts);
  const asking = opened();
  shelf.show('review asking', asking, 'progress');
  shelf.show('review ask', asking, `ask ${reviewers[0]!}`);
  for (const dimension of dimensions) ask(`review page ${dimension}`, asking, dimension, reviewers[0]);
  for (const input of ['add', 'remove', 'move', 'cancel']) ask(`review ${input}`, asking, input);
  ask('review decline', asking, 'decline', reviewers[2]);
  answer(asking, reviewers[0]!, mixed);
  ask('review page again', asking, 'technical', reviewers[0]);
  shelf.show('review ask answered', asking, `ask ${reviewers[0]!}`);
  asking.when({ type: 'decline', reason: text }, moment(reviewers[2], NOW));
  shelf.show('review declined', asking, `declined ${reviewers[2]!}`);
  asking.when({ type: 'nudge' }, moment(undefined, asking.state.due.at - DAY));
  shelf.show('review nudge', asking, `nudge 2027-03-08 ${reviewers[1]!}`);
  shelf.show('review half way', asking, 'progress');
  asking.when({ type: 'cancel', reason: text }, moment(PM, NOW));
  shelf.show('review cancelled', asking, 'progress');

  const stalled = opened();
  stalled.when({ type: 'due' }, moment(undefined, stalled.state.due.at, stalled.state.due.at));
  shelf.show('review stalled', stalled, 'stalled 2027-03-08');
  const deserted = opened(reviewers.slice(0, 1));
  deserted.when({ type: 'decline', reason: text }, moment(reviewers[0], NOW));
  shelf.show('review deserted', deserted, 'deserted 1');

  const weighing = weighed(mixed);
  shelf.show('review weighing', weighing, 'progress');
  shelf.show('review summary', weighing, `weigh 1 ${PM}`);
  shelf.show('review summary evidence', weighing, `weigh 1 ${PM} details-1`);
  ask('review flags', weighing, 'flags');
  ask('review more', weighing, 'more');
  ask('review hand on', weighing, 'hand-on');
  weighing.when({ type: 'hand-on', question: 'debt', person: SPONSOR, due: '2027-03-20' }, moment(PM, NOW));
  decide(weighing, 'EXTEND');
  ask('review verdict', weighing, 'verdict');
  ask('review extend', weighing, 'extend');
  weighing.when({ type: 'extend', question: text, figure: name, by: '2027-05-03', reason: text }, moment(PM, NOW));
  shelf.show('review extend', weighing, 'result');
  shelf.show('review posted', weighing, 'progress');
  shelf.show('review details', weighing, 'details-1');

  const again = weighed(mixed);
  again.when({ type: 'more', text, due: '2027-03-20' }, moment(PM, NOW));
  shelf.show('review asking again', again, 'progress');
  shelf.show('review ask again', again, `ask ${reviewers[0]!} 2`);
  ask('review page of another round', again, 'technical', reviewers[0]);

  const late = opened();
  answer(late, reviewers[0]!, mixed);
  late.when({ type: 'due' }, moment(undefined, late.state.due.at + 5 * HOUR, late.state.due.at));
  shelf.show('review summary of one, late', late, `weigh 1 ${PM}`);

  const pivoted = weighed(half);
  decide(pivoted, 'PIVOT');
  ask('review pivot', pivoted, 'pivot');
  pivoted.when({ type: 'pivot', pair: 'broad', turn: text, who: CHAIR, by: '2027-04-01' }, moment(PM, NOW));
  shelf.show('review pivot', pivoted, 'result');

  const killed = weighed(() => '1');
  decide(killed, 'KILL');
  ask('review kill', killed, 'kill');
  const plan = Object.keys(SHUTDOWN).flatMap((step) => [
    [step, text],
    [`${step} by`, '2027-04-01'],
  ]);
  killed.when({ type: 'kill', ...Object.fromEntries(plan) }, moment(PM, NOW));
  shelf.show('review kill', killed, 'result');
  shelf.show('review kill plan', killed, 'details-1');

  const scaled = weighed(strong);
  ask('review indicators', scaled, 'indicators');
  decide(scaled, 'SCALE');
  shelf.show('review scale', scaled, 'result');
  ask('review scale', scaled, 'scale');
  scaled.when(
    {
      type: 'scale',
      body: 'body/1',
      channel: 'channel/2',
      deadline: START + 14 * DAY,
      technical: CHAIR,
      business: PM,
      organizational: SPONSOR,
    },
    moment(PM, NOW),
  );
  shelf.show('review scale opened', scaled, 'result');
}
