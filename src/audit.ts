import { BEGINNING, brokenAt } from './journal.ts';
import type { WorkspaceId } from './id.ts';
import type { Store } from './store.ts';

/** What was found of one workspace's journal. */
export interface Audited {
  workspace: WorkspaceId;
  name: string;
  entries: number;
  /** The digest of the last entry: who keeps it elsewhere can tell later whether anything before it was changed. */
  head: string;
  broken?: { seq: number; why: string };
  /** The entry whose digest begins with the witness that was asked for. */
  witnessed?: number;
}

const PAGE = 1_000;

/** Walks the journal of every workspace from its beginning, up to the first entry that does not hold. */
export async function audit(store: Pick<Store, 'look'>, witness?: string): Promise<Audited[]> {
  const workspaces = await store.look((tables) => tables.workspaces());
  const found: Audited[] = [];
  for (const { id, name } of workspaces) found.push({ workspace: id, name, ...(await walk(store, id, witness)) });
  return found;
}

async function walk(store: Pick<Store, 'look'>, workspace: WorkspaceId, witness: string | undefined) {
  let last = { seq: 0, digest: BEGINNING };
  let entries = 0;
  let witnessed: { witnessed?: number } = {};
  for (;;) {
    const rows = await store.look((tables) => tables.journal(workspace, last.seq, PAGE));
    const broken = brokenAt(rows, last);
    if (broken) return { entries, head: last.digest, broken, ...witnessed };
    const seen = witness && rows.find((row) => row.digest.startsWith(witness));
    if (seen) witnessed = { witnessed: seen.seq };
    entries += rows.length;
    last = rows.at(-1) ?? last;
    if (rows.length < PAGE) return { entries, head: last.digest, ...witnessed };
  }
}
