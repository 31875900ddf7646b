import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Flow, type Moment, refused, type Timer } from '../../src/flow.ts';
import { type FlowId, numberOf, type PersonId } from '../../src/id.ts';
import type { Derived, Need } from '../../src/record.ts';
import { person, text, typed } from '../../src/text.ts';
import { daysLater, instantIn, localOf } from '../../src/zone.ts';
import { mirrored } from '../body/mirror.ts';
import { decisionSurfaces, nameOf } from './cards.ts';
import { recommendedInstead } from '../vote/evidence.ts';
import { answer, assign, assignQuestion, conditionOf, drop, dropQuestion, handBackQuestion } from './conditions.ts';
import { type Decision, type DecisionBrief, finalized, isStanding } from './state.ts';

type Input =
  | { type: 'rationale'; rationale: string; review: string }
  | { type: 'assign'; about: string; owner: PersonId; due: string; measure: string }
  | { type: 'accept'; about: string }
  | { type: 'hand-back'; about: string; reason: string }
  | { type: 'drop'; about: string; reason: string }
  | { type: 'superseded'; by: FlowId }
  | { type: 'review' };

interface Facts {
  standing: readonly Derived['decisions'][];
  cadences: readonly Derived['cadences'][];
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
      { as: 'standing', rows: 'decisions', where: { initiative: brief.initiative.id, state: ['final', 'conditions open'] } },
      { as: 'cadences', rows: 'cadences', where: { initiative: brief.initiative.id, state: ['active', 'paused'] } },
    ],
    start({ missing, proposals, ...brief }: DecisionBrief & { type?: string }, moment, { standing, cadences }) {
      const { type: _, ...handed } = brief;
      const against = brief.evidence && proposals.length > 0 && recommendedInstead(brief.evidence);
      const decided: Decision = {
        ...handed,
        ...(against ? { against } : {}),
        conditions: [...missing, ...proposals].map((one) => conditionOf(one)),
        reviewAt: daysLater('UTC', brief.decidedAt, REVIEW_DAYS),
        supersedes: standing.map((one) => one.id),
        ends: brief.outcome === 'NO-GO' ? cadences.map((one) => one.id) : [],
        head: moment.head,
      };
      return { state: finalized(decided, moment.at) };
    },
  },

  inputs: {
    rationale: {
      from: 'person',
      question: (state, moment) =>
        mayReason(state, moment) ?? {
          title: 'The rationale',
          schema: reasoning,
          values: { rationale: state.rationale?.text, review: localOf(moment.zone, state.reviewAt).date },
        },
    },
    assign: { from: 'person', question: (state, moment, _, key) => assignQuestion(state, moment, key) },
    accept: { from: 'person' },
    'hand-back': { from: 'person', question: (state, moment, _, key) => handBackQuestion(state, moment, key) },
    drop: { from: 'person', question: (state, moment, _, key) => dropQuestion(state, moment, key) },
    superseded: { from: 'clock' },
    review: { from: 'clock' },
  },

  step(state, input, moment) {
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
        return assign(state, input, moment);
      case 'accept':
      case 'hand-back':
        return answer(state, input, moment);
      case 'drop':
        return drop(state, input, moment);
      case 'superseded':
        return { state: isStanding(state) ? { ...state, supersededBy: input.by } : state };
      case 'review':
        return { state: isStanding(state) ? { ...state, reviewDue: true } : state };
    }
  },

  surfaces: (state, id) => mirrored(decisionSurfaces(state, id), state.channel, state.also),

  timers(state, id): readonly Timer[] {
    const { initiative, finalAt, outcome } = state;
    const told: Timer[] = [
      { key: 'stage', at: state.decidedAt, to: initiative.id, input: { type: 'decided', outcome } },
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
    );
    if (!isStanding(state)) return told;
    if (!state.reviewDue) told.push({ key: 'review', at: state.reviewAt, input: { type: 'review' } });
    if (finalAt && outcome !== 'NO-GO') {
      const { channel, owner, sponsor, name } = initiative;
      const kept = { type: 'open', initiative: { id: initiative.id, name, owner, sponsor }, channel, startedBy: nameOf(id) };
      told.push(...STARTED.map((kind) => ({ key: kind, at: finalAt, to: 'cadence', input: { ...kept, kind } })));
    }
    return told;
  },

  records: (state, id) => [
    {
      table: 'decisions',
      row: {
        id,
        number: numberOf(id),
        vote: state.vote,
        initiative: state.initiative.id,
        title: state.initiative.name,
        outcome: state.outcome,
        state: state.supersededBy ? 'superseded' : state.finalAt ? 'final' : 'conditions open',
        rationale: state.rationale?.text ?? null,
        decided_at: state.decidedAt,
        final_at: state.finalAt ?? null,
        review_at: state.reviewAt,
        supersedes: state.supersedes[0] ?? null,
        question: state.question ?? 'go-no-go',
        subject: state.subject ?? null,
        body: state.bodyId ?? null,
        conditions: state.conditions.filter((one) => one.state !== 'dropped').length,
        met: 0,
      },
    },
    ...state.conditions.map((condition) => ({
      table: 'actions' as const,
      row: {
        flow: id,
        key: condition.key,
        initiative: state.initiative.id,
        title: condition.text,
        owner: condition.owner ?? null,
        due: condition.due ?? null,
        state: condition.state,
        origin: null,
      },
    })),
  ],

  settled: (state) => !isStanding(state),

  // The vote's evidence came with version 2: an older decision shows none.
  upgrade: { 1: (old: Decision) => old, 2: (old: Decision) => old },
};

function mayReason(state: Decision, moment: Moment) {
  if (!isStanding(state)) return refused(text`This decision was superseded and is not changed any more.`);
  if (actor(moment) === state.chair) return undefined;
  return refused(text`Only the chair of ${typed(state.body)} writes the rationale. Please ask ${person(state.chair)}.`);
}
