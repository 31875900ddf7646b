import type { FlowId, PersonId } from '../../src/id.ts';
import type { Row } from '../../src/record.ts';
import { isRecused, type Vote } from './state.ts';

/** The rows of these electors, made once: of what a step derives before and after it, it changes one of them at most. */
const made = new WeakMap<readonly PersonId[], { id: FlowId; rows: readonly Row[] }>();

/** Who may vote, without those who recused themselves. */
export function electorRows(vote: Vote, id: FlowId): readonly Row[] {
  const { electors, recused } = vote;
  let known = made.get(electors);
  if (known?.id !== id) {
    known = { id, rows: electors.map((person): Row => ({ table: 'electors', row: { vote: id, person } })) };
    made.set(electors, known);
  }
  return recused.length === 0 ? known.rows : known.rows.filter((_, place) => !isRecused(vote, electors[place]!));
}
