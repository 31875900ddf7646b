import { type Kysely } from 'kysely';

/** Ethics reviews and roadblocks: what speaks against an initiative beside its figures. */
export async function concerns(db: Kysely<any>): Promise<void> {
  const table = (name: string) => db.schema.createTable(name).addColumn('workspace', 'integer', (c) => c.notNull());

  await table('ethics_reviews')
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('initiative', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('in_order', 'integer', (c) => c.notNull())
    .addColumn('amiss', 'text', (c) => c.notNull())
    .addColumn('unsure', 'text', (c) => c.notNull())
    .addColumn('opened_at', 'integer', (c) => c.notNull())
    .addColumn('due_at', 'integer', (c) => c.notNull())
    .addColumn('finished_at', 'integer')
    .addPrimaryKeyConstraint('ethics_reviews_key', ['workspace', 'id'])
    .execute();
  await db.schema.createIndex('ethics_reviews_state').on('ethics_reviews').columns(['workspace', 'state', 'initiative']).execute();
  await db.schema.createIndex('ethics_reviews_person').on('ethics_reviews').columns(['workspace', 'person', 'state']).execute();
  await table('roadblocks')
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('initiative', 'text', (c) => c.notNull())
    .addColumn('what', 'text', (c) => c.notNull())
    .addColumn('cause', 'text', (c) => c.notNull())
    .addColumn('response', 'text', (c) => c.notNull())
    .addColumn('owner', 'text', (c) => c.notNull())
    .addColumn('due', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('raised_at', 'integer', (c) => c.notNull())
    .addColumn('ended_at', 'integer')
    .addPrimaryKeyConstraint('roadblocks_key', ['workspace', 'id'])
    .execute();
  await db.schema.createIndex('roadblocks_state').on('roadblocks').columns(['workspace', 'state', 'initiative']).execute();
  await db.schema.createIndex('roadblocks_owner').on('roadblocks').columns(['workspace', 'owner', 'state']).execute();
}
