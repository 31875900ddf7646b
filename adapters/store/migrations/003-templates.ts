import { type Kysely } from 'kysely';

/** A workspace's own criteria sets. */
export async function templates(db: Kysely<any>): Promise<void> {
  await db.schema
    .createTable('templates')
    .addColumn('workspace', 'integer', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('criteria', 'text', (c) => c.notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('saved_by', 'text')
    .addColumn('saved_at', 'integer')
    .addColumn('waiting', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('templates_key', ['workspace', 'id'])
    .execute();
}
