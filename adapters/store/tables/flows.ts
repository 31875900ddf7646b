import { sql } from 'kysely';
import type { FlowId, WorkspaceId } from '../../../src/id.ts';
import { type CauseRow, type FlowRow, type JournalRow, SPENT, type Tables } from '../../../src/store.ts';
import { BEGINNING } from '../../../src/journal.ts';
import { kindOf } from '../../../src/id.ts';
import { db, query } from '../query.ts';

type Of<Row> = Row & { workspace: WorkspaceId };

const one = query((p: { workspace: number; id: string }) =>
  db.selectFrom('flows').select(['id', 'version', 'state', 'settled']).where('workspace', '=', p.workspace).where('id', '=', p.id),
);
const put = query((p: Of<{ id: string; kind: string; version: number; state: string; settled: 0 | 1 }>) =>
  db
    .insertInto('flows')
    .values({ workspace: p.workspace, id: p.id, kind: p.kind, version: p.version, state: p.state, settled: p.settled })
    .onConflict((on) =>
      on.columns(['workspace', 'id']).doUpdateSet((eb) => ({
        version: eb.ref('excluded.version'),
        state: eb.ref('excluded.state'),
        settled: eb.ref('excluded.settled'),
      })),
    ),
);
const all = query((p: { workspace: number; id: string; limit: number }) =>
  db
    .selectFrom('flows')
    .selectAll()
    .where(sql<boolean>`(workspace, id) > (${p.workspace}, ${p.id})`)
    .orderBy('workspace')
    .orderBy('id')
    .limit(p.limit),
);
/** In the order of the index, so that each page goes on where the one before it ended. */
const behind = query((p: { kind: string; from: number; place: number; version: number; limit: number }) =>
  db
    .selectFrom('flows')
    .selectAll()
    .select(sql<number>`rowid`.as('place'))
    .where('settled', '=', sql.lit(0))
    .where('kind', '=', p.kind)
    .where(sql<boolean>`(version, rowid) > (${p.from}, ${p.place})`)
    .where('version', '<', p.version)
    .orderBy('version')
    .orderBy(sql`rowid`)
    .limit(p.limit),
);
const count = query((p: { workspace: number; counter: string }) =>
  db
    .insertInto('counters')
    .values({ workspace: p.workspace, counter: p.counter, last: 1 })
    .onConflict((on) => on.columns(['workspace', 'counter']).doUpdateSet((eb) => ({ last: eb('counters.last', '+', 1) })))
    .returning('last'),
);
const cause = query((p: { workspace: number; cause: string }) =>
  db.selectFrom('causes').select(['cause', 'flow', 'reply', 'at']).where('workspace', '=', p.workspace).where('cause', '=', p.cause),
);
const putCause = query((p: Of<CauseRow>) =>
  db.insertInto('causes').values({ workspace: p.workspace, cause: p.cause, flow: p.flow, reply: p.reply, at: p.at }),
);
const forget = query((p: { before: number }) =>
  db.deleteFrom('causes').where('at', '<', p.before).where(sql<boolean>`cause not like 'timer %'`),
);
// The causes of other timers stay: a rebuild must not let a timer take effect again.
const forgetSpent = query((p: { before: number }) =>
  db
    .deleteFrom('causes')
    .where('at', '<', p.before)
    .where(sql<boolean>`reply = ${sql.lit(SPENT)}`),
);
const head = query((p: { workspace: number }) =>
  db.selectFrom('journal').select(['seq', 'digest']).where('workspace', '=', p.workspace).orderBy('seq', 'desc').limit(1),
);
const append = query((p: Of<JournalRow>) =>
  db.insertInto('journal').values({
    workspace: p.workspace,
    seq: p.seq,
    at: p.at,
    flow: p.flow,
    input: p.input,
    body: p.body,
    salt: p.salt,
    leaf: p.leaf,
    digest: p.digest,
  }),
);
const journal = query((p: { workspace: number; after: number; limit: number }) =>
  db
    .selectFrom('journal')
    .select(['seq', 'at', 'flow', 'input', 'body', 'salt', 'leaf', 'digest'])
    .where('workspace', '=', p.workspace)
    .where('seq', '>', p.after)
    .orderBy('seq')
    .limit(p.limit),
);

export const flowTables = {
  *flow(workspace, id) {
    const [row] = yield* one({ workspace, id });
    return row && flowRow(row);
  },
  *putFlow(workspace, row) {
    yield* put({
      workspace,
      id: row.id,
      kind: kindOf(row.id),
      version: row.version,
      state: JSON.stringify(row.state),
      settled: row.settled,
    });
  },
  *flowsBehind(kind, version, limit, after) {
    const found = yield* behind({ kind, version, limit, from: after?.row.version ?? -1, place: after?.place ?? -1 });
    return found.map((row) => ({ workspace: row.workspace, row: flowRow(row), place: row.place }));
  },
  *allFlows(limit, after) {
    const found = yield* all({ workspace: after?.workspace ?? 0, id: after?.row.id ?? '', limit });
    return found.map((row) => ({ workspace: row.workspace, row: flowRow(row) }));
  },
  *next(workspace, counter) {
    const [row] = yield* count({ workspace, counter });
    return row!.last;
  },
  *cause(workspace, said) {
    const [row] = yield* cause({ workspace, cause: said });
    return row as CauseRow | undefined;
  },
  *putCause(workspace, row) {
    yield* putCause({ workspace, ...row });
  },
  *forgetCauses(before) {
    yield* forget({ before });
    yield* forgetSpent({ before });
  },
  *journalHead(workspace) {
    const [row] = yield* head({ workspace });
    return row ?? { seq: 0, digest: BEGINNING };
  },
  *append(workspace, row) {
    yield* append({ workspace, ...row });
  },
  *journal(workspace, after, limit) {
    return (yield* journal({ workspace, after, limit })) as JournalRow[];
  },
} satisfies Partial<Tables>;

function flowRow(row: { id: string; version: number; state: string; settled: 0 | 1 }): FlowRow {
  return { id: row.id as FlowId, version: row.version, state: JSON.parse(row.state), settled: row.settled };
}
