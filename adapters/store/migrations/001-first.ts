import { type Kysely, sql } from 'kysely';
import { derivedTables } from './001-first-derived.ts';
import { views } from './001-first-views.ts';

/** Who and where, flows with what follows from them, and what people answered. */
export async function first(db: Kysely<any>): Promise<void> {
  const table = (name: string) => db.schema.createTable(name);
  const workspace = ['workspaces.id'] as const;

  await table('workspaces')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('created_at', 'integer', (c) => c.notNull())
    .execute();
  await table('installations')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('workspace', 'integer', (c) => c.notNull().references(workspace[0]))
    .addColumn('platform', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addUniqueConstraint('installations_key', ['platform', 'key'])
    .execute();
  await table('people')
    .addColumn('workspace', 'integer', (c) => c.notNull().references(workspace[0]))
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('zone', 'text')
    .addColumn('active', 'integer', (c) => c.notNull().defaultTo(1))
    .addPrimaryKeyConstraint('people_key', ['workspace', 'id'])
    .execute();
  await table('identities')
    .addColumn('installation', 'integer', (c) => c.notNull().references('installations.id'))
    .addColumn('user', 'text', (c) => c.notNull())
    .addColumn('workspace', 'integer', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('direct', 'text')
    .addPrimaryKeyConstraint('identities_key', ['installation', 'user'])
    .addForeignKeyConstraint('identities_person', ['workspace', 'person'], 'people', ['workspace', 'id'])
    .execute();
  await db.schema.createIndex('identities_of').on('identities').columns(['workspace', 'person']).execute();
  await table('channels')
    .addColumn('workspace', 'integer', (c) => c.notNull().references(workspace[0]))
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('installation', 'integer', (c) => c.notNull().references('installations.id'))
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('zone', 'text')
    .addColumn('reference', 'text')
    .addPrimaryKeyConstraint('channels_key', ['workspace', 'id'])
    .addUniqueConstraint('channels_address', ['installation', 'address'])
    .execute();
  await table('counters')
    .addColumn('workspace', 'integer', (c) => c.notNull())
    .addColumn('counter', 'text', (c) => c.notNull())
    .addColumn('last', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('counters_key', ['workspace', 'counter'])
    .execute();
  await table('flows')
    .addColumn('workspace', 'integer', (c) => c.notNull().references(workspace[0]))
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('settled', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('flows_key', ['workspace', 'id'])
    .execute();
  await sql`create index flows_open on flows (kind, version) where settled = 0`.execute(db);
  await table('journal')
    .addColumn('workspace', 'integer', (c) => c.notNull().references(workspace[0]))
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('at', 'integer', (c) => c.notNull())
    .addColumn('flow', 'text', (c) => c.notNull())
    .addColumn('input', 'text', (c) => c.notNull())
    .addColumn('body', 'text')
    .addColumn('salt', 'text')
    .addColumn('leaf', 'text', (c) => c.notNull())
    .addColumn('digest', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('journal_key', ['workspace', 'seq'])
    .execute();
  await table('causes')
    .addColumn('workspace', 'integer', (c) => c.notNull())
    .addColumn('cause', 'text', (c) => c.notNull())
    .addColumn('flow', 'text', (c) => c.notNull())
    .addColumn('reply', 'text', (c) => c.notNull())
    .addColumn('at', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('causes_key', ['workspace', 'cause'])
    .execute();
  await sql`create index causes_old on causes (at) where cause not like 'timer %'`.execute(db);
  await table('surfaces')
    .addColumn('workspace', 'integer', (c) => c.notNull())
    .addColumn('flow', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('destination', 'text', (c) => c.notNull())
    .addColumn('under', 'text')
    .addColumn('card', 'text')
    .addColumn('rank', 'integer', (c) => c.notNull())
    .addColumn('wanted', 'integer', (c) => c.notNull().defaultTo(1))
    .addColumn('shown', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('installation', 'integer')
    .addColumn('address', 'text')
    .addColumn('message', 'text')
    .addColumn('sending', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('tries', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('again_at', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('held', 'text')
    .addColumn('uncertain', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('retired', 'integer', (c) => c.notNull().defaultTo(0))
    .addPrimaryKeyConstraint('surfaces_key', ['workspace', 'flow', 'key'])
    .addForeignKeyConstraint('surfaces_flow', ['workspace', 'flow'], 'flows', ['workspace', 'id'])
    .execute();
  await sql`create index surfaces_owed on surfaces (workspace, rank) where wanted > shown and held is null`.execute(db);
  await sql`create index surfaces_again on surfaces (again_at) where wanted > shown and held is null`.execute(db);
  await sql`create index surfaces_held on surfaces (workspace, destination) where held is not null`.execute(db);
  await db.schema.createIndex('surfaces_message').on('surfaces').columns(['installation', 'message']).execute();
  await table('timers')
    .addColumn('workspace', 'integer', (c) => c.notNull())
    .addColumn('flow', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('at', 'integer', (c) => c.notNull())
    .addColumn('target', 'text', (c) => c.notNull())
    .addColumn('input', 'text', (c) => c.notNull())
    .addColumn('tries', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('fires_at', 'integer', (c) => c.notNull())
    .addColumn('held', 'text')
    .addPrimaryKeyConstraint('timers_key', ['workspace', 'flow', 'key', 'at'])
    .addForeignKeyConstraint('timers_flow', ['workspace', 'flow'], 'flows', ['workspace', 'id'])
    .execute();
  await sql`create index timers_due on timers (fires_at) where held is null`.execute(db);
  await sql`create index timers_held on timers (workspace) where held is not null`.execute(db);
  await db.schema.createIndex('timers_target').on('timers').columns(['workspace', 'target', 'fires_at']).execute();

  await table('ballots')
    .addColumn('workspace', 'integer', (c) => c.notNull())
    .addColumn('vote', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('number', 'integer', (c) => c.notNull().defaultTo(1))
    .addColumn('choices', 'text')
    .addColumn('reasons', 'text', (c) => c.notNull())
    .addColumn('draft', 'text')
    .addColumn('cast_at', 'integer')
    .addPrimaryKeyConstraint('ballots_key', ['workspace', 'vote', 'person'])
    .addForeignKeyConstraint('ballots_person', ['workspace', 'person'], 'people', ['workspace', 'id'])
    .execute();
  await table('answers')
    .addColumn('workspace', 'integer', (c) => c.notNull())
    .addColumn('flow', 'text', (c) => c.notNull())
    .addColumn('about', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('question', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addColumn('at', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('answers_key', ['workspace', 'flow', 'about', 'person', 'question'])
    .addForeignKeyConstraint('answers_person', ['workspace', 'person'], 'people', ['workspace', 'id'])
    .execute();
  await table('occurrences')
    .addColumn('workspace', 'integer', (c) => c.notNull())
    .addColumn('cadence', 'text', (c) => c.notNull())
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('due', 'integer', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('posted_at', 'integer')
    .addColumn('late', 'integer', (c) => c.notNull())
    .addColumn('answered_at', 'integer')
    .addColumn('answered_by', 'text')
    .addColumn('note', 'text')
    .addPrimaryKeyConstraint('occurrences_key', ['workspace', 'cadence', 'number'])
    .execute();
  await sql`create index occurrences_open on occurrences (workspace, cadence) where state = 'open'`.execute(db);

  await table('local_messages')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('author', 'text')
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('card', 'text')
    .addColumn('thread', 'integer')
    .addColumn('key', 'text', (c) => c.unique())
    .addColumn('at', 'integer', (c) => c.notNull())
    .addColumn('edited', 'integer')
    .execute();
  await db.schema.createIndex('local_messages_at').on('local_messages').columns(['address', 'id']).execute();

  await derivedTables(db);
  await views(db);
}
