import { type Kysely, sql } from 'kysely';

/** Finds what is old and needed no more. */
export async function retention(db: Kysely<any>): Promise<void> {
  await sql.raw(`create index causes_spent on causes (at) where reply = '{"spent":true}'`).execute(db);
  await db.schema.createIndex('pictures_old').on('pictures').column('made_at').execute();
}
