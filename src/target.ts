import type { Address } from './card.ts';
import type { Flow, Moment, Refused } from './flow.ts';
import type { Question, Raw } from './form.ts';
import { type FlowId, isFlowId, type WorkspaceId } from './id.ts';
import type { Need } from './need.ts';
import type { CodeRow, TimerRow, Tables, Work } from './store.ts';
import { upgraded } from './upgrade.ts';

/** What an input goes to: a flow, or a new one of a kind. */
export interface Target {
  flow: Flow;
  /** Undefined when a new one is to be opened. */
  id: FlowId | undefined;
  state: unknown;
  /** The id that the new one gets, where that is not the next of its kind. */
  opens?: FlowId;
  /** The good code that was typed. */
  code?: CodeRow;
}

/** What a timer acts on; undefined where it is not there any more. */
export function* timerTarget(tables: Tables, row: TimerRow, flow: Flow): Work<Target | undefined> {
  if (!isFlowId(row.target)) return { flow, id: undefined, state: undefined };
  const found = yield* tables.flow(row.workspace, row.target);
  if (found) return { flow, id: row.target, state: upgraded(flow, found) };
  return flow.open.numbered === 'as meant' ? { flow, id: undefined, opens: row.target, state: undefined } : undefined;
}

/** The form that the input asks for, if it asks any. */
export function ask({ flow, id, state }: Target, press: Address, moment: Moment, facts: unknown): Question | Refused | undefined {
  if (!id) return flow.open.question?.(press.about ?? '', moment, facts);
  return flow.inputs[press.input]?.question?.(state, moment, facts, press.about ?? '');
}

/** What the step needs to know, as the store has it now. */
export function* factsFor(
  tables: Tables,
  workspace: WorkspaceId,
  { flow, id, state, code }: Target,
  press: Address,
  moment: Moment,
  brief?: unknown,
  answers?: Raw,
): Work<unknown> {
  const needs = id
    ? flow.needs?.(state, { id, input: press.input, by: moment.by, about: press.about })
    : flow.open.needs?.(press.about ?? '', moment, brief, answers);
  const facts = yield* gather(tables, workspace, needs ?? []);
  return code ? { ...facts, code: [code] } : facts;
}

export function* gather(tables: Tables, workspace: WorkspaceId, needs: readonly Need[]): Work<Record<string, unknown[]>> {
  const facts: Record<string, unknown[]> = {};
  for (const need of needs) facts[need.as] = yield* tables.rows(workspace, need);
  return facts;
}
