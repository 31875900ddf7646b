import { deriveAnew } from './change.ts';
import type { Flow } from './flow.ts';
import { kindOf, type WorkspaceId } from './id.ts';
import type { Log } from './log.ts';
import type { Behind, FlowRow, Placed, Store, Tables, Work } from './store.ts';

/** How many states are in memory at the same time, however many there are. */
const PAGE = 500;

/**
 * Brings unsettled flows of older versions to this one, and derives them anew, before any timer of theirs fires. A flow that
 * cannot be upgraded stays as it is, is named in the log, and stops nothing else.
 */
export async function upgrade(store: Store, flows: readonly Flow[], log: Log): Promise<void> {
  let done = 0;
  for (const flow of flows) {
    const next = (after?: Behind) => store.look((tables) => tables.flowsBehind(flow.name, flow.version, PAGE, after));
    for (let page = await next(); page.length > 0; page = await next(page.at(-1))) {
      const upgrades = page.map(async ({ workspace, row }) => {
        try {
          await store.update((tables) => raise(tables, flow, workspace, row));
          done += 1;
        } catch (fault) {
          log.error({ fault, flow: row.id, workspace }, 'a flow could not be upgraded and is left as it is');
        }
      });
      await Promise.all(upgrades);
    }
  }
  if (done > 0) log.info({ flows: done }, 'flows of older versions were upgraded');
}

function* raise(tables: Tables, flow: Flow, workspace: WorkspaceId, row: FlowRow): Work<void> {
  const state = upgraded(flow, row);
  yield* tables.putFlow(workspace, { id: row.id, version: flow.version, state, settled: flow.settled?.(state) ? 1 : 0 });
  yield* deriveAnew(tables, { workspace, flow, id: row.id }, state);
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

/**
 * Derives all flows' rows, timers and surfaces anew. Ballots, answers and occurrences are primary and stay. Each flow is derived
 * in a transaction of its own: where it ends half way, every flow is whole, and it can be done again.
 */
export async function rebuild(store: Store, flows: readonly Flow[]): Promise<number> {
  const kinds = new Map(flows.map((flow) => [flow.name, flow]));
  let done = 0;
  for await (const page of everyFlow(store)) {
    const rebuilds = page.map(({ workspace, row }) =>
      store.update(function* (tables) {
        const flow = kinds.get(kindOf(row.id));
        if (flow) yield* deriveAnew(tables, { workspace, flow, id: row.id }, upgraded(flow, row));
        else yield* tables.dropRecordsOf(workspace, row.id);
      }),
    );
    await Promise.all(rebuilds);
    done += page.length;
  }
  await store.update((tables) => tables.dropStrays());
  return done;
}

/** All flows, a page at a time, ordered by workspace. */
export async function* everyFlow(store: Pick<Store, 'look'>): AsyncGenerator<Placed[]> {
  const next = (after?: Placed) => store.look((tables) => tables.allFlows(PAGE, after));
  for (let page = await next(); page.length > 0; page = await next(page.at(-1))) yield page;
}
