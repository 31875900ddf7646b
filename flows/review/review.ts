import { z } from 'zod';
import type { Flow, Step } from '../../src/flow.ts';
import { daysLater } from '../../src/zone.ts';
import * as asking from './asking.ts';
import { reviewSurfaces } from './cards.ts';
import * as deciding from './deciding.ts';
import type { Input } from './input.ts';
import { handOn, handOnQuestion, more, moreQuestion } from './more.ts';
import { reviewNeeds } from './needs.ts';
import { followingTimers } from './next.ts';
import { scale, scaleQuestion } from './offer.ts';
import { type OpeningFacts, openingNeeds, openingQuestion, openReview } from './opening.ts';
import { pageQuestion, takePage } from './pages.ts';
import * as plans from './plans.ts';
import { reviewRows } from './rows.ts';
import { counting, isAsking, type Review, type ReviewFacts, waitedFor } from './state.ts';
import { weighWhenIn } from './weighing.ts';

/** A pilot before its reviewers: each answers blind, the owner weighs what they found and decides, and the verdict is posted. */
export const review: Flow<Review, Input, OpeningFacts & ReviewFacts> = {
  name: 'review',
  version: 1,
  state: z.custom<Review>(),

  open: { from: 'person', called: 'pilot review', needs: openingNeeds, question: openingQuestion, start: openReview },

  needs: reviewNeeds,

  inputs: {
    technical: { from: 'person', question: (state, moment, facts) => pageQuestion('technical', state, moment, facts) },
    business: { from: 'person', question: (state, moment, facts) => pageQuestion('business', state, moment, facts) },
    organizational: { from: 'person', question: (state, moment, facts) => pageQuestion('organizational', state, moment, facts) },
    strategic: { from: 'person', question: (state, moment, facts) => pageQuestion('strategic', state, moment, facts) },
    decline: { from: 'person', question: asking.declineQuestion },
    add: { from: 'person', question: asking.addQuestion },
    remove: { from: 'person', question: asking.removeQuestion },
    move: { from: 'person', question: asking.moveQuestion },
    cancel: { from: 'person', question: asking.cancelQuestion },
    flags: { from: 'person', question: deciding.flagsQuestion },
    indicators: { from: 'person', question: deciding.indicatorsQuestion },
    verdict: { from: 'person', question: deciding.verdictQuestion },
    pivot: { from: 'person', question: plans.pivotQuestion },
    extend: { from: 'person', question: plans.extendQuestion },
    kill: { from: 'person', question: plans.killQuestion },
    more: { from: 'person', question: moreQuestion },
    'hand-on': { from: 'person', question: handOnQuestion },
    scale: { from: 'person', question: scaleQuestion },
    due: { from: 'clock' },
    nudge: { from: 'clock' },
    end: { from: 'clock' },
    moved: { from: 'clock' },
  },

  step(state, input, moment, facts): Step<Review> {
    switch (input.type) {
      case 'technical':
      case 'business':
      case 'organizational':
        return takePage(input.type, state, input, moment, facts);
      case 'strategic':
        return weighWhenIn(takePage(input.type, state, input, moment, facts), moment, facts);
      case 'decline':
        return weighWhenIn(asking.decline(state, input.reason, moment), moment, facts);
      case 'add':
        return asking.add(state, input.person, moment, facts);
      case 'remove':
        return weighWhenIn(asking.remove(state, input.person, moment, facts), moment, facts);
      case 'move':
        return asking.move(state, input.due, moment, facts);
      case 'cancel':
        return asking.cancel(state, input.reason, moment, facts);
      case 'flags':
        return deciding.takeFlags(state, input, moment, facts);
      case 'indicators':
        return deciding.takeIndicators(state, input, moment, facts);
      case 'verdict':
        return deciding.takeVerdict(state, input, moment, facts);
      case 'pivot':
        return plans.pivot(state, input, moment, facts);
      case 'extend':
        return plans.extend(state, input, moment, facts);
      case 'kill':
        return plans.kill(state, input, moment, facts);
      case 'more':
        return more(state, input, moment, facts);
      case 'hand-on':
        return handOn(state, input, moment, facts);
      case 'scale':
        return scale(state, input, moment, facts);
      case 'due':
        if (!isAsking(state)) return { state };
        return counting(state).length > 0 ? weighWhenIn({ state }, moment, facts) : { state: { ...state, stalled: state.due.day } };
      case 'nudge':
        return { state: isAsking(state) && moment.at < state.due.at ? { ...state, nudged: state.due.day } : state };
      case 'end':
        return { state: end(state, input.reason, moment.at) };
      case 'moved':
        return { state: moved(state, input) };
    }
  },

  surfaces: reviewSurfaces,

  timers(state, id) {
    const following = followingTimers(state, id);
    if (!isAsking(state) || state.stalled) return following;
    const { at } = state.due;
    const early = daysLater(state.opened.zone, at, -1);
    const isNudged = state.nudged === state.due.day || early <= state.due.since || waitedFor(state).length === 0;
    return [
      { key: 'due', at, input: { type: 'due' } },
      ...(isNudged ? [] : [{ key: 'nudge', at: early, input: { type: 'nudge' } }]),
      ...following,
    ];
  },

  records: reviewRows,

  /** After a SCALE its offer may still be taken up. */
  settled: ({ cancelled, posted, offer, ended }) =>
    cancelled !== undefined || (posted !== undefined && (posted.verdict !== 'SCALE' || offer !== undefined || ended !== undefined)),
};

/** Nothing happens any more: what was not decided is cancelled, what was decided stands. */
function end(state: Review, reason: string, at: number): Review {
  if (state.cancelled) return state;
  if (!state.posted) return { ...state, cancelled: { at, reason } };
  return state.offer ? state : { ...state, ended: reason };
}

/** What is posted keeps its place and its names. */
function moved(state: Review, { initiative, channel }: Pick<Review, 'initiative' | 'channel'>): Review {
  if (state.posted || state.cancelled) return state;
  const { weigher: _, ...rest } = state;
  const { id, name, owner, sponsor } = initiative;
  return { ...rest, initiative: { id, name, owner, sponsor }, channel };
}
