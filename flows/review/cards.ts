import { button, type Card, facts, note, type Part, said } from '../../src/card.ts';
import type { Surface } from '../../src/flow.ts';
import type { FlowId, PersonId } from '../../src/id.ts';
import { bold, list, minute, people, person, ping, type Text, text, typed } from '../../src/text.ts';
import { nudgeOf } from '../mute/nudge.ts';
import { cancelledText } from '../rules/asked.ts';
import { detailPages } from './details.ts';
import { resultCard } from './result.ts';
import { counting, isAsking, isDeserted, isWeighing, type Review, type Reviewer, waitedFor, weigherOf } from './state.ts';
import { summaryCard } from './summary.ts';

/** Everything that should be seen of a review. Before the weighing nothing here knows what anybody answered. */
export function reviewSurfaces(review: Review, id: FlowId): readonly Surface[] {
  const { channel, round } = review;
  const progress: Surface[] = [
    { key: 'progress', to: channel, card: progressCard(review, id) },
    ...review.reviewers.filter((one) => one.state === 'declined').map((one) => declinedSurface(review, one)),
  ];
  if (isAsking(review)) return [...progress, ...asks(review, id), ...calls(review, id)];
  if (isWeighing(review)) {
    const to = weigherOf(review);
    const key = `weigh ${round} ${to}`;
    return [
      ...progress,
      { key, to, card: summaryCard(review, id), rank: 'result' },
      ...detailPages(review, { key: `${key} details`, under: key, to }),
    ];
  }
  if (!review.posted) return progress;
  return [
    ...progress,
    { key: 'result', to: channel, card: resultCard(review, id, review.posted), rank: 'result' },
    ...detailPages(review, { key: 'details', under: 'result', to: channel }),
  ];
}

/** The one card of the review in its channel while it is under way: who is asked, who has answered, until when. */
export function progressCard(review: Review, id: FlowId): Card {
  const { initiative, cancelled, posted, due, opened, wanted } = review;
  const title = text`${bold('Pilot review: ')}${typed(initiative.name)}`;
  if (cancelled) return { title, parts: [said(cancelledText(cancelled))] };
  if (posted)
    return {
      title,
      parts: [said(text`${bold(posted.verdict)}, decided ${minute(posted.at)}. The verdict stands below.`), ...rosterParts(review)],
    };
  if (review.weighing)
    return {
      title,
      parts: [said(text`${bold('The answers are in.')} ${person(weigherOf(review))} weighs them and decides.`), ...rosterParts(review)],
      buttons: [
        button('Weigh the answers', id, 'flags', { style: 'primary' }),
        button('Cancel the review', id, 'cancel', { style: 'danger' }),
      ],
    };
  return {
    title,
    parts: [
      said(
        text`${bold(`${review.reviewers.filter((one) => one.state === 'answered').length} of ${review.reviewers.length} have answered.`)}`,
      ),
      ...(wanted ? [said(text`Asked again by ${person(wanted.by)}, to hear more on: ${typed(wanted.text)}`)] : []),
      facts(['Until', minute(due.at)], ['Opened by', person(opened.by)], ['Decides', person(initiative.owner)]),
      ...rosterParts(review),
      note(
        wanted
          ? text`What is said now stays hidden until all are in or that time has come, from the owner as well.`
          : text`Answers stay hidden until all are in or that time has come, from the owner as well.`,
      ),
    ],
    buttons: manageButtons(id),
  };
}

function rosterParts(review: Review): Part[] {
  const of = (state: Reviewer['state']): PersonId[] => review.reviewers.filter((one) => one.state === state).map((one) => one.person);
  const rows = (
    [
      ['Answered', of('answered')],
      [
        isAsking(review) ? 'Not yet' : 'Did not answer',
        of('asked').filter((one) => isAsking(review) || !counting(review).some((two) => two.person === one)),
      ],
      ['Answered earlier', isAsking(review) ? [] : of('asked').filter((one) => counting(review).some((two) => two.person === one))],
      ['Declined', of('declined')],
    ] as const
  ).filter(([, who]) => who.length > 0);
  return rows.length > 0 ? [facts(...rows.map(([label, who]) => [label, people(who)] as const))] : [];
}

const manageButtons = (id: FlowId) => [
  button('Add a reviewer', id, 'add'),
  button('Remove a reviewer', id, 'remove'),
  button('Move the due date', id, 'move'),
  button('Cancel the review', id, 'cancel', { style: 'danger' }),
];

const declinedSurface = ({ channel }: Review, { person: who, reason }: Reviewer): Surface => ({
  key: `declined ${who}`,
  to: channel,
  under: 'progress',
  card: { title: text`Declined`, parts: [said(text`${person(who)} declined: ${typed(reason ?? '')}`)] },
});

/** Each reviewer's own message; a new round is a new message, which people notice. */
function asks(review: Review, id: FlowId): Surface[] {
  const again = review.round > 1 ? ` ${review.round}` : '';
  return review.reviewers
    .filter((one) => one.state !== 'declined')
    .map((one) => ({ key: `ask ${one.person}${again}`, to: one.person, card: askCard(review, id, one), brief: true }));
}

function askCard(review: Review, id: FlowId, { state }: Reviewer): Card {
  const { initiative, opened, due, wanted } = review;
  const hasAnswered = state === 'answered';
  return {
    title: text`${bold('A review for you: ')}${typed(initiative.name)}`,
    parts: [
      said(
        hasAnswered
          ? text`Your answers are in. You can change them until all are in, at the latest ${minute(due.at)}.`
          : wanted
            ? text`${person(wanted.by)} asks to hear more on: ${typed(wanted.text)}. What you said before is there again, and counts as it is if you change nothing.`
            : text`${person(opened.by)} asks what you think of this pilot: sixteen questions on four short pages. “Not known” is an answer, too.`,
      ),
      ...(hasAnswered ? [] : [facts(['Until', minute(due.at)], ['Decides', person(initiative.owner)])]),
      note(
        wanted
          ? text`What you said before was weighed already; nobody sees what you change before all are in or that time has come.`
          : text`Nobody sees your answers before all are in or that time has come.`,
      ),
    ],
    buttons: hasAnswered
      ? [button('Change my answers', id, 'technical')]
      : [button('Start the review', id, 'technical', { style: 'primary' }), button('Decline', id, 'decline')],
  };
}

/** What calls for somebody: nudges a day before, and a review that stands still. */
function calls(review: Review, id: FlowId): Surface[] {
  const { channel, due, nudged, stalled, initiative, opened } = review;
  const both = opened.by === initiative.owner ? ping(opened.by) : list([ping(opened.by), ping(initiative.owner)], ' and ');
  const standstill = (key: string, what: Text): Surface => ({
    key,
    to: channel,
    brief: true,
    card: {
      title: text`${bold('No answer: ')}${typed(initiative.name)}`,
      tone: 'warning',
      parts: [said(text`${both}: ${what}`)],
      buttons: [
        button('Move the due date', id, 'move', { style: 'primary' }),
        button('Add a reviewer', id, 'add'),
        button('Cancel the review', id, 'cancel', { style: 'danger' }),
      ],
    },
  });
  if (isDeserted(review))
    return [
      standstill(
        `deserted ${review.reviewers.length}`,
        text`everybody who was asked has declined. Add somebody who can answer, or cancel the review.`,
      ),
    ];
  if (stalled)
    return [
      standstill(
        `stalled ${stalled}`,
        text`the review was due ${minute(due.at)}, and nobody has answered. Give it more time, ask somebody else, or cancel it.`,
      ),
    ];
  if (nudged !== due.day) return [];
  return waitedFor(review).map((one) =>
    nudgeOf('answers', {
      key: `nudge ${due.day} ${one.person}`,
      to: one.person,
      card: {
        title: text`${one.before ? 'More is asked of you' : 'Your review is missing'}`,
        parts: [
          said(text`${typed(initiative.name)} is under review, and answers are due ${minute(due.at)}.`),
          note(text`You get this as a reviewer, a day before they are due.`),
        ],
        buttons: [button('Start the review', id, 'technical', { style: 'primary' }), button('Decline', id, 'decline')],
      },
    }),
  );
}
