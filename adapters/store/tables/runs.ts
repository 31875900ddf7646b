import type { Run, RunTables } from '../../../src/pulse.ts';
import { db, query } from '../query.ts';

const latest = query((_: object) => db.selectFrom('runs').selectAll().orderBy('id', 'desc').limit(1));
const put = query((p: Omit<Run, 'id'>) =>
  db
    .insertInto('runs')
    .values({ from_at: p.from_at, until_at: p.until_at } as never)
    .returning('id'),
);
const touch = query((p: { id: number; until: number }) => db.updateTable('runs').set({ until_at: p.until }).where('id', '=', p.id));

export const runTables: RunTables = {
  *latestRun() {
    return (yield* latest({}))[0];
  },
  *putRun(run) {
    return (yield* put(run))[0]!.id;
  },
  *touchRun(id, until) {
    yield* touch({ id, until });
  },
};
