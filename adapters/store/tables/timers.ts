import type { FlowId } from '../../../src/id.ts';
import type { Tables, TimerRow } from '../../../src/store.ts';
import { db, query } from '../query.ts';

const columns = ['workspace', 'flow', 'key', 'at', 'target', 'input', 'tries'] as const;

const put = query((p: { workspace: number; flow: string; key: string; at: number; target: string; input: string }) =>
  db
    .insertInto('timers')
    .values({ workspace: p.workspace, flow: p.flow, key: p.key, at: p.at, target: p.target, input: p.input, tries: 0, fires_at: p.at })
    .onConflict((on) =>
      on
        .columns(['workspace', 'flow', 'key', 'at'])
        .doUpdateSet((eb) => ({ target: eb.ref('excluded.target'), input: eb.ref('excluded.input') })),
    ),
);
const drop = query((p: { workspace: number; flow: string; key: string; at: number }) =>
  db
    .deleteFrom('timers')
    .where('workspace', '=', p.workspace)
    .where('flow', '=', p.flow)
    .where('key', '=', p.key)
    .where('at', '=', p.at)
    .returning('key'),
);
const of = query((p: { workspace: number; flow: string }) =>
  db.selectFrom('timers').select(columns).where('workspace', '=', p.workspace).where('flow', '=', p.flow),
);
const dueFor = query((p: { workspace: number; target: string; now: number }) =>
  db
    .selectFrom('timers')
    .select(columns)
    .where('workspace', '=', p.workspace)
    .where('target', '=', p.target)
    .where('fires_at', '<=', p.now)
    .where('held', 'is', null)
    .orderBy('at')
    .orderBy('key'),
);
const due = query((p: { workspace: number; now: number; limit: number }) =>
  db
    .selectFrom('timers')
    .select(columns)
    .where('workspace', '=', p.workspace)
    .where('fires_at', '<=', p.now)
    .where('held', 'is', null)
    .orderBy('fires_at')
    .limit(p.limit),
);
const nextIn = query((p: { after: number }) =>
  db
    .selectFrom('timers')
    .select(['workspace', 'fires_at as at'])
    .where('workspace', '>', p.after)
    .where('held', 'is', null)
    .orderBy('workspace')
    .orderBy('fires_at')
    .limit(1),
);
const next = query((_: object) =>
  db
    .selectFrom('timers')
    .select((eb) => eb.fn.min('fires_at').as('at'))
    .where('held', 'is', null),
);
const delay = query(
  (p: { workspace: number; flow: string; key: string; at: number; tries: number; fires_at: number; held: string | null }) =>
    db
      .updateTable('timers')
      .set({ tries: p.tries, fires_at: p.fires_at, held: p.held })
      .where('workspace', '=', p.workspace)
      .where('flow', '=', p.flow)
      .where('key', '=', p.key)
      .where('at', '=', p.at),
);

export const timerTables = {
  *putTimer(workspace, flow, timer) {
    yield* put({ workspace, flow, key: timer.key, at: timer.at, target: timer.to ?? flow, input: JSON.stringify(timer.input) });
  },
  *dropTimer(workspace, flow, { key, at }) {
    return (yield* drop({ workspace, flow, key, at })).length > 0;
  },
  *timersOf(workspace, flow) {
    return (yield* of({ workspace, flow })).map(timerRow);
  },
  *dueFor(workspace, target, now) {
    return (yield* dueFor({ workspace, target, now })).map(timerRow);
  },
  *due(now, limit) {
    const [first] = yield* next({});
    if (!first || first.at === null || first.at > now) return [];
    const workspaces: number[] = [];
    for (let after = 0; ; ) {
      const [found] = yield* nextIn({ after });
      if (!found) break;
      after = found.workspace;
      if (found.at <= now) workspaces.push(after);
    }
    const each = Math.ceil(limit / workspaces.length);
    const rows: TimerRow[][] = [];
    for (const workspace of workspaces) rows.push((yield* due({ workspace, now, limit: each })).map(timerRow));
    return Array.from({ length: each }, (_, turn) => rows.flatMap((own) => own[turn] ?? [])).flat();
  },
  *nextDue() {
    const [row] = yield* next({});
    return row?.at ?? undefined;
  },
  *delayTimer({ workspace, flow, key, at, tries }, until, held, why) {
    yield* delay({ workspace, flow, key, at, tries: tries + 1, fires_at: until, held: held ? why : null });
  },
} satisfies Partial<Tables>;

function timerRow(row: Record<(typeof columns)[number], unknown>): TimerRow {
  return { ...(row as unknown as TimerRow), flow: row.flow as FlowId, input: JSON.parse(row.input as string) };
}
