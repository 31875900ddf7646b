import { type Kysely } from 'kysely';

/** Where somebody acted last, and who they turned out to be when two people were one. */
export async function linking(db: Kysely<any>): Promise<void> {
  await db.schema.alterTable('people').addColumn('acted_on', 'integer').execute();
  await db.schema.alterTable('people').addColumn('same_as', 'text').execute();
}
