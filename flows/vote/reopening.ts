import { z } from 'zod';
import { button, type Card, note, said } from '../../src/card.ts';
import * as field from '../../src/field.ts';
import { actor, type Moment, type Refused, refused, type Step, type Surface } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import { type FlowId, numberOf } from '../../src/id.ts';
import type { Need } from '../../src/need.ts';
import type { Derived } from '../../src/record.ts';
import { bold, minute, person, type Text, text, typed } from '../../src/text.ts';
import { daysLater } from '../../src/zone.ts';
import { mayLead } from './leading.ts';
import { RANKING } from './ranking.ts';
import { isSameQuestion, matterOf, missing, questionOf, quorumNow, type Resumption, type Vote, type VoteFacts } from './state.ts';
import { deadlineUnfit, LONGEST, nextFullHour } from './terms.ts';

/** What is looked up before a vote that ended without a quorum is opened again. */
export interface ReopeningFacts extends VoteFacts {
  /** Open votes on the initiative, and what was decided on it and stands. */
  open?: readonly Derived['votes'][];
  standing?: readonly Derived['decisions'][];
  /** The initiative as it is now. */
  self?: readonly Derived['initiatives'][];
}

export const reopeningNeeds = ({ initiative, options, body }: Vote): readonly Need[] => [
  {
    as: 'open',
    rows: 'votes',
    where: { phase: 'open', ...(options ? { question: RANKING, body: body.id } : { initiative: initiative.id }) },
  },
  {
    as: 'standing',
    rows: 'decisions',
    where: { state: ['conditions open', 'final'], ...(options ? { question: RANKING, body: body.id } : { initiative: initiative.id }) },
  },
  { as: 'self', rows: 'initiatives', where: { id: initiative.id } },
];

/** Asks the chair until when and why a vote without a quorum goes on, with the ballots that are in. */
export function reopeningQuestion(vote: Vote, moment: Moment, facts: ReopeningFacts): Question | Refused {
  return (
    mayReopen(vote, moment, facts) ?? {
      title: 'Open the vote again',
      submit: 'Open it again',
      schema: z.object({
        deadline: field.moment('Closes at', { hint: `In your own time zone, at most ${LONGEST} days from now.` }),
        reason: field.lines('Why?', { hint: 'It is shown on the vote and on the record.' }),
      }),
      values: { deadline: nextFullHour(daysLater(moment.zone, moment.at, 3)) },
      intro: [
        text`The same vote goes on: its members, its rule and the ${vote.voted.length} ${vote.voted.length === 1 ? 'ballot that is' : 'ballots that are'} in stay. ${quorumNow(vote).needed} are needed.`,
      ],
    }
  );
}

/** The vote goes on; how it ended before stays on record. */
export function reopenVote(vote: Vote, said: { deadline: number; reason: string }, moment: Moment, facts: ReopeningFacts): Step<Vote> {
  const barred = mayReopen(vote, moment, facts) ?? deadlineUnfit(said.deadline, moment);
  if (barred) return barred;
  const { closed, extended, prompted: _, ...open } = vote;
  const made: Resumption = {
    by: actor(moment),
    at: moment.at,
    reason: said.reason,
    closed: closed!,
    deadline: vote.deadline,
    ...(extended ? { extended } : {}),
  };
  return {
    state: { ...open, deadline: said.deadline, nudged: [], asked: [], resumed: [...(vote.resumed ?? []), made] },
    say: text`The vote is open again until ${minute(said.deadline)}, with the ballots that are in.`,
  };
}

export function mayReopen(vote: Vote, moment: Moment, { left, open = [], standing = [], self }: ReopeningFacts): Refused | undefined {
  const { closed, cancelled, initiative } = vote;
  if (cancelled) return refused(text`This vote was cancelled, so it does not go on. A new one can be opened: /go-no-go`);
  if (!closed) return refused(text`This vote is open as it is, until ${minute(vote.deadline)}.`);
  if (closed.outcome !== 'NO QUORUM')
    return refused(text`This vote has decided: ${closed.outcome}. To have it voted on again, press “Re-open the vote” on its decision.`);
  const barred = mayLead(vote, moment, left, 'open it again');
  if (barred) return barred;
  if (vote.secret)
    return refused(
      text`The ballots of a secret vote are destroyed at its close, so this one cannot go on. A new vote can be opened: press “Open a new vote”.`,
    );
  if (missing(vote).length === 0)
    return refused(
      text`Everybody who may vote has voted, so it would end the same way. A new vote can be opened: press “Open a new vote”.`,
    );
  if (self?.[0]?.stage === 'retired') return refused(text`${typed(initiative.name)} is retired, so there is nothing left to vote on.`);
  const asked = { question: questionOf(vote), subject: vote.subject };
  const other = open.find((one) => isSameQuestion(one, asked));
  if (other) return refused(text`Vote ${numberOf(other.id)} asks the same and is open already. Wait for its close, or cancel it first.`);
  const later = standing.find((one) => isSameQuestion(one, asked) && one.decided_at > closed.at);
  if (later)
    return refused(
      text`This was decided meanwhile, by D-${later.number}. To have that voted on again, press “Re-open the vote” on the decision.`,
    );
  return undefined;
}

/** The key of the message with the vote's result: each end of it has a message of its own. */
export const resultKey = ({ resumed = [] }: Vote): string => keyOf(resumed.length);

const keyOf = (before: number): string => (before === 0 ? 'result' : `result ${before + 1}`);

/** How it ended before, and that it went on. */
export const resumptionSurfaces = (vote: Vote, id: FlowId): readonly Surface[] =>
  (vote.resumed ?? []).flatMap((one, index, all): Surface[] => [
    { key: keyOf(index), to: vote.channel, rank: 'result', card: endedCard(vote, one) },
    {
      key: `resumed ${index + 1}`,
      to: vote.channel,
      rank: 'result',
      card: resumedCard(vote, id, one, index === all.length - 1),
    },
  ]);

/** One line for each time that it went on, for the vote's card. */
export const resumptionLines = ({ resumed = [] }: Vote): readonly Text[] =>
  resumed.map(
    ({ by, at, reason, closed }) =>
      text`${bold('Opened again')} by ${person(by)}, ${minute(at)}, after no quorum, ${minute(closed.due ?? closed.at)}: ${typed(reason)}`,
  );

function endedCard(vote: Vote, { closed, by, at }: Resumption): Card {
  const { present, base, needed } = closed.quorum;
  return {
    title: text`${bold('NO QUORUM')}: ${matterOf(vote)}`,
    tone: 'warning',
    parts: [
      said(text`${present} of ${base} voted, the quorum was ${needed}. Closed ${closed.how}, ${minute(closed.due ?? closed.at)}.`),
      said(text`Nothing was decided. ${person(by)} opened the vote again, ${minute(at)}.`),
    ],
  };
}

function resumedCard(vote: Vote, id: FlowId, { by, reason, closed }: Resumption, isLatest: boolean): Card {
  const isOpen = isLatest && !vote.closed && !vote.cancelled;
  return {
    title: text`${bold('Voting goes on: ')}${matterOf(vote)}`,
    parts: [
      said(text`${person(by)} opened the vote again: ${typed(reason)}`),
      ...(isOpen ? [said(text`It closes ${minute(vote.deadline)}.`)] : []),
      note(
        text`Members and rule are as before, and ballots that were in stay in: ${closed.quorum.present} of the ${closed.quorum.needed} that it takes.`,
      ),
    ],
    ...(isOpen ? { buttons: [button('Vote', id, 'ballot', { style: 'primary' })] } : {}),
  };
}

/** The same as rows. */
export const resumptionRows = (vote: Vote, id: FlowId) =>
  (vote.resumed ?? []).map(({ by, at, reason, closed }, index) => ({
    table: 'vote_reopenings' as const,
    row: { vote: id, number: index + 1, initiative: vote.initiative.id, person: by, reason, closed_at: closed.due ?? closed.at, at },
  }));
