import { type Kysely } from 'kysely';

/** Who administers a workspace, where committees meet beside their channel, and the one-time codes by which people prove who they are. */
export async function administration(db: Kysely<any>): Promise<void> {
  await db.schema
    .createTable('administrators')
    .addColumn('workspace', 'integer', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('since', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('administrators_key', ['workspace', 'id'])
    .execute();
  await db.schema
    .createTable('body_channels')
    .addColumn('workspace', 'integer', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('body_channels_key', ['workspace', 'body', 'channel'])
    .execute();
  await db.schema
    .createTable('codes')
    .addColumn('workspace', 'integer', (c) => c.notNull().references('workspaces.id'))
    .addColumn('digest', 'text', (c) => c.primaryKey())
    .addColumn('purpose', 'text', (c) => c.notNull())
    .addColumn('flow', 'text')
    .addColumn('expires_at', 'integer', (c) => c.notNull())
    .addColumn('used_at', 'integer')
    .execute();
  await db.schema
    .createTable('guesses')
    .addColumn('installation', 'integer', (c) => c.notNull().references('installations.id'))
    .addColumn('user', 'text', (c) => c.notNull())
    .addColumn('wrong', 'integer', (c) => c.notNull())
    .addColumn('at', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('guesses_key', ['installation', 'user'])
    .execute();
}
