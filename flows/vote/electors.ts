import type { FlowId, PersonId } from '../../src/id.ts';
import type { Row } from '../../src/record.ts';
import { isRecused, type Vote } from './state.ts';

/** The rows of the latest votes that were touched, made once for all steps on them: none of these adds an elector. */
const made = new Map<FlowId, { electors: readonly PersonId[]; rows: readonly Row[] }>();
const MOST = 20;

/** Who may vote, without those who recused themselves. */
export function electorRows(vote: Vote, id: FlowId): readonly Row[] {
  const { electors, recused } = vote;
  let known = made.get(id);
  // Each step reads its vote anew, and another workspace has a vote of the same number.
  if (known?.electors.length !== electors.length || known.electors.some((person, place) => person !== electors[place])) {
    known = { electors, rows: electors.map((person): Row => ({ table: 'electors', row: { vote: id, person } })) };
    if (made.size >= MOST) made.clear();
    made.set(id, known);
  }
  return recused.length === 0 ? known.rows : known.rows.filter((_, place) => !isRecused(vote, electors[place]!));
}
