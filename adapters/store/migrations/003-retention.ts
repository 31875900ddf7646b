import { type Kysely, sql } from 'kysely';

/** Finds what is old and needed no more. */
export async function retention(db: Kysely<any>): Promise<void> {
  await sql.raw(`create index causes_spent on causes (at) where reply = '{"spent":true}'`).execute(db);
  await db.schema.createIndex('pictures_old').on('pictures').column('made_at').execute();
  // When each of the files was put on a card last is not known: at the latest when something happened last.
  await db.schema
    .alterTable('picture_files')
    .addColumn('made_at', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await sql`update picture_files set made_at = coalesce((select max(at) from journal), 0)`.execute(db);
  await db.schema.createIndex('picture_files_old').on('picture_files').column('made_at').execute();
}
