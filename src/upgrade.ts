import { deriveAnew } from './change.ts';
import type { Flow } from './flow.ts';
import { kindOf } from './id.ts';
import type { Log } from './log.ts';
import type { FlowRow, Store } from './store.ts';

/**
 * Brings unsettled flows of older versions to this one, and derives them anew, before any timer of theirs fires. A flow that
 * cannot be upgraded stays as it is, is named in the log, and stops nothing else.
 */
export async function upgrade(store: Store, flows: readonly Flow[], log: Log): Promise<void> {
  const kinds = new Map(flows.map((flow) => [flow.name, flow]));
  const behind = await store.look((tables) => tables.flowsBehind(Object.fromEntries(flows.map((flow) => [flow.name, flow.version]))));
  let done = 0;
  for (const { workspace, row } of behind) {
    const flow = kinds.get(kindOf(row.id))!;
    try {
      await store.update(function* (tables) {
        const state = upgraded(flow, row);
        yield* tables.putFlow(workspace, { id: row.id, version: flow.version, state, settled: flow.settled?.(state) ? 1 : 0 });
        yield* deriveAnew(tables, { workspace, flow, id: row.id }, state);
      });
      done += 1;
    } catch (fault) {
      log.error({ fault, flow: row.id, workspace }, 'a flow could not be upgraded and is left as it is');
    }
  }
  if (done > 0) log.info({ flows: done }, 'flows of older versions were upgraded');
}

/** The state as this version of its flow understands it. */
export function upgraded(flow: Flow, row: FlowRow): unknown {
  let state = row.state;
  for (let from = row.version; from < flow.version; from++) {
    const step = flow.upgrade?.[from];
    if (!step) throw new Error(`${flow.name} has no upgrade from version ${from}`);
    state = step(state);
  }
  return state;
}

/** Derives all flows' rows, timers and surfaces anew. Ballots, answers and occurrences are primary and stay. */
export async function rebuild(store: Store, flows: readonly Flow[]): Promise<number> {
  const kinds = new Map(flows.map((flow) => [flow.name, flow]));
  return await store.update(function* (tables) {
    yield* tables.dropRecords();
    const all = yield* tables.allFlows();
    for (const { workspace, row } of all) {
      const flow = kinds.get(kindOf(row.id));
      if (flow) yield* deriveAnew(tables, { workspace, flow, id: row.id }, upgraded(flow, row));
    }
    return all.length;
  });
}
