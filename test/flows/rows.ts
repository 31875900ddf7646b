import type { Flow, Moment, Refused, Step } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import type { PersonId } from '../../src/id.ts';
import type { Answer } from '../../src/kept.ts';
import type { Need } from '../../src/need.ts';
import { Given } from './given.ts';

type Rows = Readonly<Record<string, readonly object[]>>;

/** Rows by equality, as the store reads them. */
export function gathered(needs: readonly Need[], rows: Rows): Record<string, unknown[]> {
  return Object.fromEntries(
    needs.map(({ as, rows: table, where = {} }) => [
      as,
      (rows[table] ?? []).filter((row) =>
        Object.entries(where).every(([column, value]) => {
          const found = (row as Record<string, unknown>)[column];
          return Array.isArray(value) ? value.includes(found) : found === value;
        }),
      ),
    ]),
  );
}

/** A flow with rows around it: each step is given the facts that it says it needs, and no others. */
export class GivenRows<State> extends Given<State> {
  rows: Rows;

  constructor(flow: Flow, state: State, rows: Rows = {}) {
    super(flow, state);
    this.rows = rows;
  }

  /** The kept answers, the latest to each question. */
  get answers(): Answer[] {
    const all = new Map<string, Answer>();
    for (const kept of this.kept)
      if (kept.kind === 'answers')
        for (const row of kept.rows) all.set(`${row.about} ${row.person} ${row.question}`, { flow: this.id, ...row });
    return [...all.values()];
  }

  factsOf(input: string, by: PersonId | undefined): Record<string, unknown[]> {
    return gathered(this.flow.needs?.(this.state, { id: this.id, input, by }) ?? [], { ...this.rows, answers: this.answers });
  }

  override attempt(input: { type: string } & Record<string, unknown>, at: Moment): Step<State> {
    return this.flow.step(this.state, input, at, this.factsOf(input.type, at.by)) as Step<State>;
  }

  question(input: string, at: Moment, about = ''): Question | Refused {
    return this.flow.inputs[input]!.question!(this.state, at, this.factsOf(input, at.by), about)!;
  }
}
