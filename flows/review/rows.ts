import type { FlowId } from '../../src/id.ts';
import type { Row } from '../../src/record.ts';
import { matrixVerdict, scoresOf } from './recommendation.ts';
import { proposalsOf } from './proposals.ts';
import { type Review, weigherOf } from './state.ts';

/** The review and its reviewers as people query them. */
export function reviewRows(state: Review, id: FlowId): readonly Row[] {
  const { initiative, weighing, posted, cancelled } = state;
  const scores = weighing ? scoresOf(weighing) : { technical: null, business: null, organizational: null, strategic: null };
  return [
    {
      table: 'reviews',
      row: {
        id,
        initiative: initiative.id,
        title: initiative.name,
        owner: weigherOf(state),
        opened_by: state.opened.by,
        state: cancelled ? 'cancelled' : posted ? 'posted' : weighing ? 'weighing' : 'asking',
        recommended: matrixVerdict(state),
        verdict: posted?.verdict ?? null,
        ...scores,
        indicators: state.indicators?.length ?? null,
        red_flags: state.redFlags?.length ?? null,
        proposals: JSON.stringify(proposalsOf(state)),
        opened_at: state.opened.at,
        due_at: state.due.at,
        decided_at: posted?.at ?? null,
      },
    },
    ...state.reviewers.map((one) => ({
      table: 'reviewers' as const,
      row: { review: id, person: one.person, state: one.state },
    })),
  ];
}
