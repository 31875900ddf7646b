import { type FlowId, numberOf } from '../../src/id.ts';
import type { Row } from '../../src/record.ts';
import { inWords } from '../../src/text.ts';
import { calibrationRows } from './calibration.ts';
import { chairOf, conditionsKept, type Decision, isStanding } from './state.ts';

/** What people query of a decision: itself, its conditions as actions, what came true, and appeals. */
export const decisionRows = (state: Decision, id: FlowId): readonly Row[] => [
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
      conditions: conditionsKept(state).length,
      met: state.conditions.filter((one) => one.state === 'met').length,
      chair: chairOf(state),
      reviewer: (isStanding(state) && state.judged?.length && state.reviewer) || null,
      why: inWords(state.why),
      dissent: JSON.stringify(state.dissent),
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
      met_at: condition.met?.at ?? null,
      missed_at: condition.missed?.at(-1)?.at ?? null,
    },
  })),
  ...calibrationRows(state, id),
  ...(state.appeals ?? []).map(({ by, at, what, link, outcome }, index) => ({
    table: 'appeals' as const,
    row: {
      decision: id,
      number: index + 1,
      person: by,
      what,
      link: link ?? null,
      state: outcome?.kind ?? ('pending' as const),
      reason: outcome?.reason ?? null,
      at,
      answered_at: outcome?.at ?? null,
    },
  })),
];
