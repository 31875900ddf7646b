import { type Kysely } from 'kysely';

/** The rows that follow from flows' states. */
export async function derivedTables(db: Kysely<any>): Promise<void> {
  const table = (name: string) => db.schema.createTable(name).addColumn('workspace', 'integer', (c) => c.notNull());

  await table('initiatives')
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('stage', 'text', (c) => c.notNull())
    .addColumn('owner', 'text', (c) => c.notNull())
    .addColumn('sponsor', 'text', (c) => c.notNull())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('registered_at', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('initiatives_key', ['workspace', 'id'])
    .execute();
  await table('bodies')
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('chair', 'text', (c) => c.notNull())
    .addColumn('rule', 'text', (c) => c.notNull())
    .addColumn('quorum', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('bodies_key', ['workspace', 'id'])
    .execute();
  await table('members')
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('members_key', ['workspace', 'body', 'person'])
    .execute();
  await table('votes')
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('initiative', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('phase', 'text', (c) => c.notNull())
    .addColumn('outcome', 'text')
    .addColumn('rule', 'text', (c) => c.notNull())
    .addColumn('opened_at', 'integer', (c) => c.notNull())
    .addColumn('deadline', 'integer', (c) => c.notNull())
    .addColumn('closed_at', 'integer')
    .addPrimaryKeyConstraint('votes_key', ['workspace', 'id'])
    .execute();
  await table('electors')
    .addColumn('vote', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('electors_key', ['workspace', 'vote', 'person'])
    .execute();
  await db.schema.createIndex('electors_person').on('electors').columns(['workspace', 'person', 'vote']).execute();
  await table('decisions')
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('vote', 'text', (c) => c.notNull())
    .addColumn('initiative', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('outcome', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('rationale', 'text')
    .addColumn('decided_at', 'integer', (c) => c.notNull())
    .addColumn('final_at', 'integer')
    .addColumn('review_at', 'integer', (c) => c.notNull())
    .addColumn('supersedes', 'text')
    .addPrimaryKeyConstraint('decisions_key', ['workspace', 'id'])
    .execute();
  await db.schema.createIndex('decisions_initiative').on('decisions').columns(['workspace', 'initiative']).execute();
  await table('actions')
    .addColumn('flow', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('initiative', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('owner', 'text')
    .addColumn('due', 'text')
    .addColumn('state', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('actions_key', ['workspace', 'flow', 'key'])
    .execute();
  await db.schema.createIndex('actions_owner').on('actions').columns(['workspace', 'owner', 'state']).execute();
  await table('cadences')
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('initiative', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('asked', 'text', (c) => c.notNull())
    .addColumn('schedule', 'text', (c) => c.notNull())
    .addColumn('zone', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('next_at', 'integer')
    .addPrimaryKeyConstraint('cadences_key', ['workspace', 'id'])
    .execute();
  await db.schema.createIndex('cadences_asked').on('cadences').columns(['workspace', 'asked', 'state']).execute();
  await db.schema.createIndex('cadences_initiative').on('cadences').columns(['workspace', 'initiative']).execute();
}
