import { type Kysely } from 'kysely';

/** What becomes of a decision: who acts as its chair and who is asked what came true, what did, and what was appealed. */
export async function afterwards(db: Kysely<any>): Promise<void> {
  for (const person of ['chair', 'reviewer']) await db.schema.alterTable('decisions').addColumn(person, 'text').execute();
  await db.schema
    .createTable('calibrations')
    .addColumn('workspace', 'integer', (c) => c.notNull())
    .addColumn('decision', 'text', (c) => c.notNull())
    .addColumn('initiative', 'text', (c) => c.notNull())
    .addColumn('body', 'text')
    .addColumn('criterion', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('tier', 'text', (c) => c.notNull())
    .addColumn('predicted', 'text', (c) => c.notNull())
    .addColumn('actual', 'text', (c) => c.notNull())
    .addColumn('at', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('calibrations_key', ['workspace', 'decision', 'criterion'])
    .execute();
  await db.schema
    .createTable('appeals')
    .addColumn('workspace', 'integer', (c) => c.notNull())
    .addColumn('decision', 'text', (c) => c.notNull())
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('what', 'text', (c) => c.notNull())
    .addColumn('link', 'text')
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('at', 'integer', (c) => c.notNull())
    .addColumn('answered_at', 'integer')
    .addPrimaryKeyConstraint('appeals_key', ['workspace', 'decision', 'number'])
    .execute();
}
