import type { Flow } from './flow.ts';
import { kindOf, type WorkspaceId } from './id.ts';
import { type DerivedTable, keyOf, KEYS, type Row } from './record.ts';
import type { Store } from './store.ts';
import { everyFlow, upgraded } from './upgrade.ts';

/** A derived row that does not say what the states say. */
export interface Drift {
  workspace: WorkspaceId;
  /** `decisions decision/3` */
  row: string;
  is: 'missing' | 'left over' | 'different';
}

/** Compares the derived tables with what the flows' states yield; nothing comes of it when all is well. */
export async function driftOf(store: Pick<Store, 'look'>, flows: readonly Flow[]): Promise<Drift[]> {
  const kinds = new Map(flows.map((flow) => [flow.name, flow]));
  const workspaces = await store.look((tables) => tables.workspaces());
  const wanted = new Map<WorkspaceId, Row[]>(workspaces.map(({ id }) => [id, []]));
  for await (const page of everyFlow(store))
    for (const { workspace, row } of page) {
      const flow = kinds.get(kindOf(row.id));
      if (flow) wanted.get(workspace)!.push(...flow.records(upgraded(flow, row), row.id));
    }
  const found: Drift[] = [];
  for (const { id: workspace } of workspaces) {
    const there = await store.look(function* (tables) {
      const rows: Row[] = [];
      for (const table of Object.keys(KEYS) as DerivedTable[])
        for (const row of yield* tables.rows(workspace, { as: '', rows: table })) rows.push({ table, row } as Row);
      return rows;
    });
    found.push(...compared(wanted.get(workspace)!, there).map((drift) => ({ workspace, ...drift })));
  }
  return found;
}

function compared(wanted: readonly Row[], there: readonly Row[]): Omit<Drift, 'workspace'>[] {
  const left = new Map(there.map((row) => [keyOf(row), said(row)]));
  const found: Omit<Drift, 'workspace'>[] = [];
  for (const row of wanted) {
    const key = keyOf(row);
    const is = left.get(key);
    if (is === undefined) found.push({ row: key, is: 'missing' });
    else if (is !== said(row)) found.push({ row: key, is: 'different' });
    left.delete(key);
  }
  return [...found, ...[...left.keys()].map((row) => ({ row, is: 'left over' as const }))];
}

/** The row's values in one order, without its workspace. */
function said({ row }: Row): string {
  const { workspace: _, ...values } = row as unknown as Record<string, unknown>;
  return JSON.stringify(Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
