import { type Kysely, sql } from 'kysely';

/** Which kind of nudge a message is, and who wants no more of that kind. */
export async function muting(db: Kysely<any>): Promise<void> {
  await db.schema.alterTable('surfaces').addColumn('nudge', 'text').execute();
  await sql`create table mutes (
    workspace integer not null, id text not null, person text not null, kind text not null, at integer not null,
    primary key (workspace, id))`.execute(db);
  await db.schema.createIndex('mutes_person').on('mutes').columns(['workspace', 'person', 'kind']).execute();
}
