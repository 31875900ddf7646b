import { type Kysely } from 'kysely';

/** The chair's casting vote, which no committee of before has. */
export async function ruleColumns(db: Kysely<any>): Promise<void> {
  await db.schema
    .alterTable('bodies')
    .addColumn('casting', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
}
