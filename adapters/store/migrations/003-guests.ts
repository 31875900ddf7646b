import { type Kysely } from 'kysely';

/** Who is here as a guest, or from another organization, as far as the platforms say so. */
export async function guests(db: Kysely<any>): Promise<void> {
  await db.schema
    .alterTable('people')
    .addColumn('guest', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
}
