import { type Kysely } from 'kysely';

/** Ratings of initiatives, and the rounds of a ranked choice among them. */
export async function rankings(db: Kysely<any>): Promise<void> {
  await db.schema
    .createTable('ratings')
    .addColumn('workspace', 'integer', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('initiative', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('value', 'integer', (c) => c.notNull())
    .addColumn('feasibility', 'integer', (c) => c.notNull())
    .addColumn('why', 'text')
    .addColumn('at', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('ratings_key', ['workspace', 'id'])
    .execute();
  await db.schema.createIndex('ratings_initiative').on('ratings').columns(['workspace', 'initiative', 'at']).execute();
  await db.schema.createIndex('ratings_person').on('ratings').columns(['workspace', 'person', 'at']).execute();
  await db.schema
    .createTable('vote_rounds')
    .addColumn('workspace', 'integer', (c) => c.notNull())
    .addColumn('vote', 'text', (c) => c.notNull())
    .addColumn('round', 'integer', (c) => c.notNull())
    .addColumn('initiative', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('votes', 'integer', (c) => c.notNull())
    .addColumn('became', 'text', (c) => c.notNull())
    .addColumn('way', 'text')
    .addPrimaryKeyConstraint('vote_rounds_key', ['workspace', 'vote', 'round', 'initiative'])
    .execute();
}
