import { deriveAnew } from './change.ts';
import type { Flow, Linked, Moment, Refused } from './flow.ts';
import { refused } from './flow.ts';
import { type FlowId, kindOf, type WorkspaceId } from './id.ts';
import { entry } from './journal.ts';
import { keyOf } from './record.ts';
import { Clash, renamed, renamedIn } from './renaming.ts';
import type { Tables, Work } from './store.ts';
import { text } from './text.ts';
import { upgraded } from './upgrade.ts';

/** A flow that names the one who will be gone, and its state with the one who stays in their place. */
interface Change {
  flow: Flow;
  id: FlowId;
  before: unknown;
  state: unknown;
}

/**
 * What two people being one would change in all that is not settled; refused where it cannot be. Nothing is changed yet. What is settled
 * keeps the names that it was settled with.
 */
export function* changesOf(
  tables: Tables,
  kinds: ReadonlyMap<string, Flow>,
  workspace: WorkspaceId,
  linked: Linked,
  moment: Moment,
  except: FlowId | undefined,
): Work<readonly Change[] | Refused> {
  const changes: Change[] = [];
  for (const row of yield* tables.flowsNaming(workspace, linked.gone)) {
    const flow = kinds.get(kindOf(row.id));
    if (!flow || row.id === except) continue;
    const before = upgraded(flow, row);
    const state = mergedIn(flow, row.id, before, linked, moment);
    if ('refused' in state) return state;
    changes.push({ flow, id: row.id, before, ...state });
  }
  return changes;
}

/** Makes them one. The journal says it of each flow that is changed. */
export function* link(tables: Tables, workspace: WorkspaceId, linked: Linked, changes: readonly Change[], moment: Moment): Work<void> {
  yield* tables.linkPerson(
    workspace,
    linked,
    changes.map(({ id }) => id),
  );
  for (const { flow, id, before, state } of changes) {
    yield* tables.putFlow(workspace, { id, version: flow.version, state, settled: flow.settled?.(state) ? 1 : 0 });
    yield* deriveAnew(tables, { workspace, flow, id }, state, briefIn(flow, id, before, linked));
    const head = yield* tables.journalHead(workspace);
    yield* tables.append(workspace, entry(head, moment.at, id, 'linked', { by: moment.by, values: { ...linked } }));
  }
}

function mergedIn(flow: Flow, id: FlowId, before: unknown, linked: Linked, moment: Moment): { state: unknown } | Refused {
  try {
    const after = renamed(before, linked.gone, linked.stays);
    const taken = flow.merged?.(before, after, linked, moment) ?? { state: after };
    if ('refused' in taken) return taken;
    const { state } = taken;
    const keys = [
      ...flow.records(state, id).map(keyOf),
      ...flow.surfaces(state, id).map(({ key }) => `message ${key}`),
      ...flow.timers(state, id).map(({ key, at }) => `timer ${key} ${at}`),
    ];
    return new Set(keys).size < keys.length ? twice(id) : { state };
  } catch (fault) {
    if (fault instanceof Clash) return twice(id);
    throw fault;
  }
}

/** The keys of the messages that go where they are wanted no more, as they were and as they are now. */
const briefIn = (flow: Flow, id: FlowId, before: unknown, { gone, stays }: Linked): ReadonlySet<string> =>
  new Set(
    flow
      .surfaces(before, id)
      .filter((surface) => surface.brief)
      .flatMap(({ key }) => [key, renamedIn(key, gone, stays)]),
  );

const twice = (id: FlowId): Refused =>
  refused(text`Both have a part in ${id.replace('/', ' ')} that can be only one’s. Link yourself once that is over.`);
