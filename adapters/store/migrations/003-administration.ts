import { type Kysely, sql } from 'kysely';

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
  // On which installations the members are, and which of these are shown what their committee votes on.
  await sql`create view member_seats as
    select m.workspace, m.body, m.person, n.platform, i.installation as seat, exists (
      select 1 from body_channels b join channels c on c.workspace = b.workspace and c.id = b.channel
      where b.workspace = m.workspace and b.body = m.body and c.installation = i.installation) as meets
    from members m join identities i on i.workspace = m.workspace and i.person = m.person
    join installations n on n.id = i.installation`.execute(db);
  await sql`create view channel_seats as select workspace, id as channel, installation as seat from channels`.execute(db);
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
