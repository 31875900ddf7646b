import { type Kysely, sql } from 'kysely';

/** Where somebody acted last, who they turned out to be when two people were one, and what each messenger says of their account. */
export async function linking(db: Kysely<any>): Promise<void> {
  await db.schema.alterTable('people').addColumn('acted_on', 'integer').execute();
  await db.schema.alterTable('people').addColumn('same_as', 'text').execute();
  // A person is here as long as one of their accounts is, and a guest where each of them is one.
  for (const [column, usual] of [
    ['active', 1],
    ['guest', 0],
  ] as const)
    await db.schema
      .alterTable('identities')
      .addColumn(column, 'integer', (c) => c.notNull().defaultTo(usual))
      .execute();
  await sql`update identities set
    active = (select p.active from people p where p.workspace = identities.workspace and p.id = identities.person)`.execute(db);
}
