import { sql } from 'kysely';
import type { FlowId } from '../../../src/id.ts';
import { renamedIn } from '../../../src/renaming.ts';
import type { Query, Tables, Work } from '../../../src/store.ts';
import { db, query } from '../query.ts';
import { flowRow } from './flows.ts';

const acted = query((p: { workspace: number; person: string; installation: number }) =>
  db.updateTable('people').set({ acted_on: p.installation }).where('workspace', '=', p.workspace).where('id', '=', p.person),
);
const naming = query((p: { workspace: number; quoted: string }) =>
  db
    .selectFrom('flows')
    .select(['id', 'version', 'state', 'settled'])
    .where('workspace', '=', p.workspace)
    .where('settled', '=', sql.lit(0))
    .where(sql<boolean>`instr(state, ${p.quoted}) > 0`)
    .orderBy('kind')
    .orderBy(sql`rowid`),
);

const ask = (said: string, ...values: unknown[]): Query => ({ sql: said, values });

export const linkingTables = {
  *acted(workspace, person, installation) {
    yield* acted({ workspace, person, installation });
  },
  *flowsNaming(workspace, person) {
    return (yield* naming({ workspace, quoted: JSON.stringify(person) })).map(flowRow);
  },
  *linkPerson(workspace, { gone, stays }, flows) {
    yield ask('update identities set person = ? where workspace = ? and person = ?', stays, workspace, gone);
    // Whoever reads an old record finds one name for one person.
    yield ask(
      `update people set same_as = ?, name = coalesce((select nullif(p.name, '') from people p where p.workspace = ? and p.id = ?), name)
       where workspace = ? and (id = ? or same_as = ?)`,
      stays,
      workspace,
      stays,
      workspace,
      gone,
      gone,
    );
    yield ask('update surfaces set destination = ? where workspace = ? and destination = ?', stays, workspace, gone);
    yield ask('delete from absences where workspace = ? and person = ?', workspace, gone);
    for (const flow of flows) yield* rename(workspace, flow, gone, stays);
  },
} satisfies Partial<Tables>;

/** What is kept of one flow, and the keys of its messages that name the person: each stays the one that it is. */
function* rename(workspace: number, flow: FlowId, gone: string, stays: string): Work<void> {
  const here = [workspace, flow];
  yield ask('update or ignore ballots set person = ? where workspace = ? and vote = ? and person = ?', stays, ...here, gone);
  yield ask('update ballots set cast_by = ? where workspace = ? and vote = ? and cast_by = ?', stays, ...here, gone);
  yield ask('update ballots set draft_by = ? where workspace = ? and vote = ? and draft_by = ?', stays, ...here, gone);
  // Whoever stood in for themselves has voted themselves.
  yield ask('update ballots set cast_by = null where workspace = ? and vote = ? and cast_by = person', ...here);
  yield ask('update or ignore answers set person = ? where workspace = ? and flow = ? and person = ?', stays, ...here, gone);
  yield ask('update occurrences set answered_by = ? where workspace = ? and cadence = ? and answered_by = ?', stays, ...here, gone);
  const named = `%${gone}%`;
  const change = (said: string) => renamedIn(said, gone, stays);
  const surfaces = (yield ask(
    'select key, under from surfaces where workspace = ? and flow = ? and (key like ? or under like ?)',
    ...here,
    named,
    named,
  )) as { key: string; under: string | null }[];
  for (const { key, under } of surfaces)
    yield ask(
      'update or ignore surfaces set key = ?, under = ? where workspace = ? and flow = ? and key = ?',
      change(key),
      under && change(under),
      ...here,
      key,
    );
  // What took effect under the one name must not take effect again under the other.
  const causes = (yield ask(
    'select cause from causes where workspace = ? and flow = ? and cause like ?',
    ...here,
    `timer ${flow} ${named}`,
  )) as { cause: string }[];
  for (const { cause } of causes) {
    const known = change(cause);
    if (known !== cause) yield ask('update or ignore causes set cause = ? where workspace = ? and cause = ?', known, workspace, cause);
  }
}
