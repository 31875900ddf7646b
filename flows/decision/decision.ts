import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Flow, type Moment, refused, type Timer } from '../../src/flow.ts';
import type { FlowId, PersonId } from '../../src/id.ts';
import type { Need } from '../../src/need.ts';
import type { Derived } from '../../src/record.ts';
import { text } from '../../src/text.ts';
import { instantIn, localOf } from '../../src/zone.ts';
import { decisionSurfaces } from './cards.ts';
import { mirrored } from '../body/mirror.ts';
import { recommendedInstead } from '../vote/evidence.ts';
import { RANKING } from '../vote/ranking.ts';
import { isSameQuestion } from '../vote/state.ts';
import { calibrate, calibrationQuestion } from './calibration.ts';
import { mayChair, noticed } from './chair.ts';
import { answer, assign, assignQuestion, conditionOf, drop, dropQuestion, handBackQuestion } from './conditions.ts';
import { appeal, appealQuestion, type ContestFacts, dismiss, dismissQuestion, reopen, reopenQuestion, reopenTimers } from './contesting.ts';
import {
  accept,
  type Change,
  change,
  changeQuestion,
  conditionTimers,
  doneQuestion,
  finish,
  overdue,
  remind,
  sendBack,
  sendBackQuestion,
} from './fulfilment.ts';
import { decisionMenu } from './menu.ts';
import { decisionRows } from './rows.ts';
import { dayIn, type Left, leftNeed } from '../rules/fit.ts';
import { type Decision, type DecisionBrief, finalized, isGoNoGo, isStanding, nameOf } from './state.ts';

type Input =
  | { type: 'rationale'; rationale: string; review: string }
  | { type: 'assign'; about: string; owner: PersonId; due: string; measure: string }
  | { type: 'accept'; about: string }
  | { type: 'hand-back'; about: string; reason: string }
  | { type: 'drop'; about: string; reason: string }
  | { type: 'done'; about: string; evidence: string; link?: string }
  | { type: 'met'; about: string }
  | { type: 'send-back'; about: string; reason: string }
  | ({ type: 'change' } & Change)
  | ({ type: 'calibrate' } & Readonly<Record<string, unknown>>)
  | { type: 'manage' }
  | { type: 'reopen'; reason: string; deadline: number }
  | { type: 'appeal'; what: string; link?: string }
  | { type: 'dismiss'; reason: string }
  | { type: 'remind'; condition: string; due: string; days: number }
  | { type: 'overdue'; condition: string; due: string }
  | { type: 'superseded'; by: FlowId }
  | { type: 'review' };

interface Facts extends ContestFacts {
  standing?: readonly Derived['decisions'][];
  cadences?: readonly Derived['cadences'][];
  /** People who left. */
  left?: Left;
}

/** A decision is looked at again after this many days, unless the chair says otherwise. */
const REVIEW_DAYS = 90;

/** What begins to repeat with a final GO (decision framework, cadences). */
const STARTED = ['retraining', 'evangelism', 'optimization'] as const;

const reasoning = z.object({
  rationale: field.lines('Rationale', { hint: 'Why the committee decided so, for those who were not there.' }),
  review: field.date('Review on', { hint: 'The day on which the committee looks at it again.' }),
});

/** The numbered record of what a vote decided. Nothing in it is edited away: a later decision supersedes it. */
export const decision: Flow<Decision, Input, Facts> = {
  name: 'decision',
  version: 3,
  state: z.custom<Decision>(),

  open: {
    from: 'clock',
    needs: (_, __, brief: DecisionBrief): readonly Need[] => [
      {
        as: 'standing',
        rows: 'decisions',
        where: { state: ['final', 'conditions open'], ...(brief.ranking ? { question: RANKING } : { initiative: brief.initiative.id }) },
      },
      { as: 'cadences', rows: 'cadences', where: { initiative: brief.initiative.id, state: ['active', 'paused'] } },
    ],
    start({ missing, proposals, ...brief }: DecisionBrief & { type?: string }, moment, { standing = [], cadences = [] }) {
      const { type: _, ...handed } = brief;
      const against = brief.evidence && proposals.length > 0 && recommendedInstead(brief.evidence);
      const decided: Decision = {
        ...handed,
        ...(against ? { against } : {}),
        conditions: [...missing, ...proposals].map((one) => conditionOf(one)),
        // At noon the day is the same one to nearly everybody.
        reviewAt: instantIn('UTC', dayIn(REVIEW_DAYS, { zone: 'UTC', at: brief.decidedAt }), '12:00'),
        // Which one was chosen before does not matter to a ranked choice, but which committee chose.
        supersedes: standing
          .filter((one) => isSameQuestion(brief, one) && (!brief.ranking || one.body === brief.bodyId))
          .map((one) => one.id),
        ends: brief.outcome === 'NO-GO' && isGoNoGo(brief) ? cadences.map((one) => one.id) : [],
        head: moment.head,
      };
      return { state: finalized(decided, moment.at) };
    },
  },

  needs(state, { input }): readonly Need[] {
    const self = { as: 'self', rows: 'initiatives', where: { id: state.initiative.id } } as const;
    const contest = [
      { as: 'was', rows: 'votes', where: { id: state.vote } },
      {
        as: 'open',
        rows: 'votes',
        where: { phase: 'open', ...(state.ranking ? { question: RANKING, body: state.bodyId! } : { initiative: state.initiative.id }) },
      },
      { as: 'bodies', rows: 'bodies' },
    ] as const;
    return input === 'reopen' || input === 'appeal' || input === 'manage' ? [leftNeed, self, ...contest] : [leftNeed, self];
  },

  inputs: {
    rationale: {
      from: 'person',
      question: (given, moment, { left }) => {
        const state = noticed(given, left);
        return (
          mayReason(state, moment) ?? {
            title: 'The rationale',
            schema: reasoning,
            values: { rationale: state.rationale?.text, review: localOf(moment.zone, state.reviewAt).date },
          }
        );
      },
    },
    assign: { from: 'person', question: (state, moment, { left }, key) => assignQuestion(noticed(state, left), moment, key, left) },
    accept: { from: 'person' },
    'hand-back': { from: 'person', question: (state, moment, _, key) => handBackQuestion(state, moment, key) },
    drop: { from: 'person', question: (state, moment, { left }, key) => dropQuestion(noticed(state, left), moment, key) },
    done: { from: 'person', question: (state, moment, { left }, key) => doneQuestion(noticed(state, left), moment, key) },
    met: { from: 'person' },
    'send-back': { from: 'person', question: (state, moment, { left }, key) => sendBackQuestion(noticed(state, left), moment, key) },
    change: { from: 'person', question: (state, moment, { left }, key) => changeQuestion(noticed(state, left), moment, key, left) },
    calibrate: { from: 'person', question: (state, moment) => calibrationQuestion(state, moment) },
    manage: { from: 'person', shows: (state, moment, facts, id) => decisionMenu(noticed(state, facts.left), moment, facts, id) },
    reopen: { from: 'person', question: (state, moment, facts) => reopenQuestion(noticed(state, facts.left), moment, facts) },
    appeal: { from: 'person', question: (state, moment, facts) => appealQuestion(noticed(state, facts.left), moment, facts) },
    dismiss: { from: 'person', question: (state, moment, { left }) => dismissQuestion(noticed(state, left), moment) },
    remind: { from: 'clock' },
    overdue: { from: 'clock' },
    superseded: { from: 'clock' },
    review: { from: 'clock' },
  },

  step(given, input, moment, facts) {
    const { left, self } = facts;
    const state = isStanding(given) ? noticed(given, left) : given;
    switch (input.type) {
      case 'rationale': {
        const barred = mayReason(state, moment);
        if (barred) return barred;
        const reviewAt = instantIn(moment.zone, input.review, '09:00');
        const isMoved = localOf(moment.zone, state.reviewAt).date !== input.review;
        if (isMoved && reviewAt <= moment.at) return refused(text`That day has passed. Choose one to come.`, 'review');
        const { reviewDue: _, ...undue } = state;
        const next = isMoved ? { ...undue, reviewAt } : state;
        const reasoned = { ...next, rationale: { text: input.rationale, by: actor(moment), at: moment.at } };
        const final = finalized(reasoned, moment.at);
        const isFinal = final.finalAt !== undefined && state.finalAt === undefined;
        return { state: final, say: text`The rationale stands on the decision.${isFinal && ' With it the decision is final.'}` };
      }
      case 'assign':
        return assign(state, input, moment, left);
      case 'accept':
      case 'hand-back':
        return answer(state, input, moment);
      case 'drop':
        return drop(state, input, moment);
      case 'done':
        return finish(state, input, moment);
      case 'met':
        return accept(state, input.about, moment);
      case 'send-back':
        return sendBack(state, input, moment);
      case 'change':
        return change(state, input, moment, left);
      case 'calibrate':
        return calibrate(state, input, moment);
      case 'reopen':
        return reopen(state, input, moment, facts);
      case 'appeal':
        return appeal(state, input, moment, facts);
      case 'dismiss':
        return dismiss(state, input.reason, moment);
      case 'manage':
        return { state: given };
      case 'remind':
        return { state: remind(state, input, moment) };
      case 'overdue':
        return { state: overdue(state, input, self?.[0]?.sponsor ?? state.initiative.sponsor, reviewerOf(state, facts), moment) };
      case 'superseded':
        return { state: isStanding(state) ? { ...state, supersededBy: input.by } : state };
      case 'review':
        return { state: isStanding(state) ? { ...state, reviewDue: true, reviewer: reviewerOf(state, facts) } : state };
    }
  },

  surfaces: (state, id) => mirrored(decisionSurfaces(state, id), state.channel, state.also),

  timers(state, id): readonly Timer[] {
    const { initiative, finalAt, outcome } = state;
    const told: Timer[] = [
      ...(isGoNoGo(state) ? [{ key: 'stage', at: state.decidedAt, to: initiative.id, input: { type: 'decided', outcome } }] : []),
      ...state.supersedes.map((earlier) => ({
        key: `supersedes ${earlier}`,
        at: state.decidedAt,
        to: earlier,
        input: { type: 'superseded', by: id },
      })),
    ];
    told.push(
      ...state.ends.map((cadence) => ({
        key: `ends ${cadence}`,
        at: state.decidedAt,
        to: cadence,
        input: { type: 'end', reason: `${nameOf(id)} ${outcome}` },
      })),
      ...reopenTimers(state),
    );
    if (!isStanding(state)) return told;
    told.push(...conditionTimers(state));
    if (!state.reviewDue) told.push({ key: 'review', at: state.reviewAt, input: { type: 'review' } });
    if (finalAt && outcome !== 'NO-GO' && isGoNoGo(state)) {
      const { channel, owner, sponsor, name } = initiative;
      const kept = { type: 'open', initiative: { id: initiative.id, name, owner, sponsor }, channel, startedBy: nameOf(id) };
      told.push(...STARTED.map((kind) => ({ key: kind, at: finalAt, to: 'cadence', input: { ...kept, kind } })));
    }
    return told;
  },

  records: decisionRows,

  settled: (state) => !isStanding(state),

  // The vote's evidence came with version 2: an older decision shows none.
  upgrade: { 1: (old: Decision) => old, 2: (old: Decision) => old },
};

/** Who answers for the initiative: its owner, or the sponsor where the owner has left. */
function reviewerOf({ initiative }: Decision, { self, left = [] }: Facts): PersonId {
  const { owner, sponsor } = self?.[0] ?? initiative;
  return left.some(({ id }) => id === owner) ? sponsor : owner;
}

const mayReason = (state: Decision, moment: Moment) => mayChair(state, moment, 'writes the rationale');
