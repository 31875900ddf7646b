import type { FlowId } from '../../src/id.ts';
import type { Row } from '../../src/record.ts';
import { electorRows } from './electors.ts';
import { roundRows } from './ranking-result.ts';
import { resumptionRows } from './reopening.ts';
import { criteriaOf, plainMatter, questionOf, type Vote } from './state.ts';

/** What people query of a vote, beside the ballots that are kept: itself, what it asks, who may vote and for whom. */
export const voteRows = (state: Vote, id: FlowId): readonly Row[] => [
  {
    table: 'votes',
    row: {
      id,
      initiative: state.initiative.id,
      body: state.body.id,
      title: plainMatter(state),
      channel: state.channel,
      phase: state.cancelled ? 'cancelled' : state.closed ? 'closed' : 'open',
      outcome: state.closed?.outcome ?? null,
      rule: state.options ? 'instant-runoff' : state.rule,
      opened_at: state.opened.at,
      deadline: state.deadline,
      closed_at: state.closed?.due ?? state.closed?.at ?? null,
      question: questionOf(state),
      subject: state.subject ?? null,
      openness: state.secret ? 'secret' : 'open',
    },
  },
  ...askedIn(state).map(({ key, tier, text: said }, index) => ({
    table: 'vote_criteria' as const,
    row: { vote: id, criterion: key, place: index + 1, tier, text: said },
  })),
  ...(state.deputies ?? []).map(({ person: member, deputy }) => ({
    table: 'deputies' as const,
    row: { flow: id, person: member, deputy, from_at: null, until_at: null },
  })),
  ...resumptionRows(state, id),
  ...(state.closed?.ranking ? roundRows(id, state.options!, state.closed.ranking) : []),
  ...state.recused.map(({ person: who, reason }) => ({ table: 'recusals' as const, row: { vote: id, person: who, reason } })),
  ...electorRows(state, id),
];

/** What is asked of each ballot: criteria, or the initiatives that are ranked. */
const askedIn = (vote: Vote) =>
  vote.options?.map(({ id, name }) => ({ key: id, tier: 'option' as const, text: name })) ?? criteriaOf(vote).criteria;
