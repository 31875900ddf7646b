import { z } from 'zod';
import { actor, type Flow, type Moment, type Refused, refused, type Step, type Taken, type Timer } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import type { PersonId } from '../../src/id.ts';
import { text } from '../../src/text.ts';
import { mirrored } from '../body/mirror.ts';
import type { Choices } from '../rules/tally.ts';
import { correct, correctionQuestion } from './correction.ts';
import { decisionBrief } from './brief.ts';
import { ballotQuestion, ballotsMeant, electorMeant, reasonsQuestion, takeChoices, takeReasons } from './ballot.ts';
import { voteSurfaces } from './cards.ts';
import { cancel, cancellationQuestion } from './cancelling.ts';
import { close, closeWhenAllVoted, completes, mayCloseEarly } from './closing.ts';
import { deputyQuestion, nameDeputy, whoseQuestion } from './deputies.ts';
import { extend, extensionQuestion } from './extension.ts';
import { explainedLate, lateNeeds } from './lateness.ts';
import { finishedCheck, informed } from './evidence.ts';
import { voteMenu } from './menu.ts';
import { type OpeningBrief, type OpeningFacts, openingNeeds, openingQuestion, openVote } from './opening.ts';
import { mergedVote } from './linking.ts';
import { digestTimers, listedNeeds, nudged, nudgeTimers, prompt, telling } from './nudging.ts';
import { rankingBallot, takeRanking } from './ranking-ballot.ts';
import { reopeningNeeds, reopeningQuestion, reopenVote } from './reopening.ts';
import { recusalQuestion, recuse } from './recusal.ts';
import {
  closeSecret,
  closeSecretWhenAllVoted,
  endLost,
  isLost,
  openedIn,
  secretNeeds,
  secretQuestion,
  takeSecret,
  turnoutIn,
} from './secret.ts';
import { baseOf, isOpen, type Nudge, type Vote, type VoteFacts } from './state.ts';
import { soFar } from './sofar.ts';
import { voteRows } from './rows.ts';
import { threaded, threadTimers } from './thread.ts';
import { withdraw, withdrawalQuestion } from './withdrawal.ts';

type Input =
  | ({ type: 'ballot'; about?: string; whose?: PersonId; seen?: number } & Record<string, unknown>)
  | ({ type: 'reasons'; about?: string; seen?: number } & Record<string, unknown>)
  | { type: 'recuse'; reason: string }
  | { type: 'withdraw'; about?: string; whose?: PersonId; seen?: number }
  | { type: 'deputy'; deputy?: PersonId }
  | { type: 'so-far' }
  | { type: 'manage' }
  | ({ type: 'correct' } & Pick<OpeningBrief, 'deadline' | 'rule' | 'quorum' | 'openness' | 'changes'>)
  | { type: 'extend'; deadline: number; reason: string }
  | { type: 'reopen'; deadline: number; reason: string }
  | { type: 'prompt' }
  | { type: 'cancel'; reason: string }
  | { type: 'close' }
  | { type: 'deadline' }
  | { type: 'thread' }
  | { type: 'nudge'; nudge: Nudge };

const voting: Flow<Vote, Input, OpeningFacts & VoteFacts> = {
  name: 'vote',
  version: 3,
  state: z.custom<Vote>(),

  open: {
    from: 'person',
    needs: openingNeeds,
    question: openingQuestion,
    start: openVote,
  },

  needs(state, { id, input, by, about }) {
    const meant = by && electorMeant(about, by);
    // Whose ballot a deputy means who is no member, the deputyships say first.
    const isOutside = meant !== undefined && !about && !state.electors.includes(meant);
    const mine = { as: 'mine', rows: 'ballots', where: { vote: id, ...(isOutside ? {} : { person: meant ?? null }) } } as const;
    const deputies = { as: 'deputies', rows: 'deputyships', where: { flow: [id, state.body.id] } } as const;
    const left = { as: 'left', rows: 'people', where: { active: 0, ...(input === 'deputy' ? {} : { id: state.chair }) } } as const;
    const ballots = { as: 'ballots', rows: 'ballots', where: { vote: id } } as const;
    const guests = input === 'deputy' ? [{ as: 'guests', rows: 'people', where: { guest: 1 } } as const] : [];
    const acting = by ? [{ as: 'acting', rows: 'people', where: { id: by } } as const] : [];
    const check = finishedCheck(state.initiative.id);
    if (input === 'reopen') return [left, ...reopeningNeeds(state)];
    if (input === 'manage') return [deputies, left];
    if (input === 'thread') return [];
    if (state.secret) return [...secretNeeds(state, id, input, meant, by), deputies, left, ...guests, ...acting, check];
    if (input === 'extend') return [left, check];
    if (input === 'prompt') return [left, check, deputies];
    if (input === 'close' || input === 'deadline' || input === 'correct') return [ballots, check, left];
    if (input === 'so-far') return [ballots, deputies];
    if (input === 'deputy') return [mine, deputies, left, ...guests, check];
    return [mine, deputies, ...acting, check, ...(completes(state, meant) ? [ballots] : [])];
  },

  inputs: {
    ballot: {
      from: 'person',
      question: (state, moment, facts, about) => forOne(state, moment, facts, about, formIn(state)),
    },
    reasons: {
      from: 'person',
      question: (state, moment, facts, about) => reasonsQuestion(state, electorMeant(about, actor(moment)), moment, facts),
    },
    recuse: { from: 'person', question: recusalQuestion },
    withdraw: {
      from: 'person',
      question: (state, moment, facts, about) =>
        forOne(state, moment, facts, about, (one, elector, at, known) =>
          withdrawalQuestion(one, elector, at, one.secret ? turnoutIn(one, elector, known) : known),
        ),
    },
    deputy: { from: 'person', question: deputyQuestion },
    'so-far': { from: 'person' },
    manage: { from: 'person', shows: voteMenu },
    correct: { from: 'person', question: correctionQuestion },
    prompt: { from: 'person' },
    reopen: { from: 'person', question: reopeningQuestion },
    extend: { from: 'person', question: extensionQuestion },
    cancel: {
      from: 'person',
      question: cancellationQuestion,
    },
    close: {
      from: 'person',
      question: (state, moment, { left }) =>
        mayCloseEarly(state, moment, left) ?? {
          title: 'Close the vote now',
          submit: 'Close the vote',
          schema: z.object({}),
          intro: [text`${state.voted.length} of ${baseOf(state).length} have voted and the quorum stands. The result is counted at once.`],
        },
    },
    deadline: { from: 'clock' },
    thread: { from: 'clock' },
    nudge: { from: 'clock' },
  },

  step(given, input, moment, facts): Step<Vote> {
    const { ballots = [], checks } = facts;
    if (isLost(given, facts)) return endLost(given, moment);
    const state = isOpen(given) ? informed(given, checks) : given;
    switch (input.type) {
      case 'ballot': {
        const { type: _, about, whose, seen, ...choices } = input;
        if (whose) return { state: given, next: { input: 'ballot', about: whose } };
        const elector = electorMeant(about, actor(moment));
        if (state.options) {
          const taken = takeRanking(state, elector, choices, seen, moment, facts);
          return state.secret ? closeSecretWhenAllVoted(taken, moment, facts) : closeWhenAllVoted(taken, moment, ballots);
        }
        if (state.secret)
          return closeSecretWhenAllVoted(takeSecret(state, elector, choices as Record<string, string>, seen, moment, facts), moment, facts);
        return closeWhenAllVoted(takeChoices(state, elector, choices as Choices, seen, moment, facts), moment, ballots);
      }
      case 'reasons': {
        const { type: _, about, seen, ...reasons } = input;
        const elector = electorMeant(about, actor(moment));
        return closeWhenAllVoted(takeReasons(state, elector, reasons as Record<string, string>, seen, moment, facts), moment, ballots);
      }
      case 'recuse':
        if (state.secret) return closeSecretWhenAllVoted(recuse(state, input.reason, moment, facts), moment, facts);
        return closeWhenAllVoted(recuse(state, input.reason, moment, facts), moment, ballots);
      case 'withdraw':
        if (input.whose) return { state: given, next: { input: 'withdraw', about: input.whose } };
        return withdraw(
          state,
          electorMeant(input.about, actor(moment)),
          input.seen,
          moment,
          state.secret ? turnoutIn(state, electorMeant(input.about, actor(moment)), facts) : facts,
        );
      case 'deputy':
        return nameDeputy(state, input.deputy, moment, facts);
      case 'manage':
        return { state: given };
      case 'so-far':
        return soFar(state, moment, facts);
      case 'correct':
        return opensBallots(state, input, ballots) ?? correct(state, input, moment);
      case 'prompt':
        return prompt(state, moment, facts);
      case 'extend':
        return extend(state, input, moment, facts);
      case 'reopen':
        return reopenVote(state, input, moment, facts);
      case 'cancel':
        return cancel(state, input.reason, moment);
      case 'close':
        return (
          mayCloseEarly(state, moment, facts.left) ?? { ...closing(state, 'by the chair', moment, facts), say: text`The vote is closed.` }
        );
      case 'deadline':
        // A deadline that was moved closes nothing.
        if (!isOpen(state) || (moment.due ?? state.deadline) < state.deadline) return { state };
        return closing(state, 'at the deadline', moment, facts);
      case 'thread':
        return { state: threaded(given) };
      case 'nudge':
        return { state: nudged(state, input.nudge, moment, facts) };
    }
  },

  surfaces: (state, id) => mirrored(voteSurfaces(state, id), state.channel, state.also),

  timers(state, id): readonly Timer[] {
    const digests = digestTimers(state);
    if (isOpen(state)) return [{ key: 'deadline', at: state.deadline, input: { type: 'deadline' } }, ...nudgeTimers(state), ...digests];
    if (!state.closed || state.closed.outcome === 'NO QUORUM') return digests;
    // A ranked choice that ended in a tie decides nothing.
    if (state.closed.outcome === 'NO CHOICE') return [...threadTimers(state), ...digests];
    return [
      { key: 'decide', at: state.closed.at, to: 'decision', input: { type: 'open', ...decisionBrief(state, id) } },
      ...threadTimers(state),
      ...digests,
    ];
  },

  records: voteRows,

  sealed: (state, input) => state.secret === true && (input === 'ballot' || input === 'reasons'),

  merged: mergedVote,

  // Without a quorum it may go on, but for a secret one, whose ballots are gone.
  settled: (state) => !isOpen(state) && (state.secret || state.closed?.outcome !== 'NO QUORUM'),

  // Evidence came with version 2: what a vote opened with before that is not known, and not made up.
  upgrade: { 1: (old: Vote) => old, 2: (old: Vote) => old },
};

/**
 * One question before a body, a go/no-go or another: its members cast a ballot each, until it closes exactly once. Whatever happens in
 * it, the digests that it stands in are told.
 */
export const vote: typeof voting = {
  ...voting,
  needs: (state, asked) => [...voting.needs!(state, asked), ...listedNeeds(asked), ...lateNeeds(asked)],
  step(state, input, moment, facts) {
    const step = voting.step(state, input, moment, facts);
    return 'refused' in step ? step : { ...step, state: telling(state, step.state, moment, facts) };
  },
};

/** What was written on an open ballot is in the record already. */
const opensBallots = (state: Vote, { openness }: Pick<OpeningBrief, 'openness'>, ballots: readonly unknown[]) =>
  openness === 'secret' && !state.secret && ballots.length > 0
    ? refused(text`A member has begun an open ballot, so this vote cannot become secret. Cancel it and open a secret one.`, 'openness')
    : undefined;

const closing = (state: Vote, how: 'by the chair' | 'at the deadline', moment: Moment, facts: VoteFacts): Taken<Vote> =>
  explainedLate(
    state.secret ? closeSecret(state, how, moment, openedIn(facts)) : close(state, how, moment, facts.ballots ?? []),
    facts.outages,
  );

/** The form that this vote's ballots have. */
function formIn(vote: Vote) {
  if (vote.options) return rankingBallot;
  return vote.secret ? secretQuestion : ballotQuestion;
}

/** The form for one ballot, or first the choice among those that whoever acts has to give; none where the vote is lost: then the press itself ends it. */
function forOne(
  vote: Vote,
  moment: Moment,
  facts: VoteFacts,
  about: string,
  question: (vote: Vote, elector: PersonId, moment: Moment, facts: VoteFacts) => Question | Refused,
): Question | Refused | undefined {
  if (isLost(vote, facts)) return undefined;
  const [first, ...more] = ballotsMeant(vote, about, moment, facts);
  // Their own ballot alone is looked up before somebody says whose is meant.
  const isUnread = vote.secret && !about && first !== actor(moment) && vote.electors.includes(first!);
  if ((more.length > 0 || isUnread) && isOpen(vote) && moment.at < vote.deadline)
    return whoseQuestion([first!, ...more], actor(moment), facts);
  return question(vote, first!, moment, facts);
}
