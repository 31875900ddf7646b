import { type Kysely, sql } from 'kysely';

/** What a vote and a decision are about; those of before are go/no-go votes. The open ones are derived anew at the next start, the settled ones are not. */
export async function decisionColumns(db: Kysely<any>): Promise<void> {
  for (const table of ['votes', 'decisions']) {
    await db.schema
      .alterTable(table)
      .addColumn('question', 'text', (c) => c.notNull().defaultTo('go-no-go'))
      .execute();
    await db.schema.alterTable(table).addColumn('subject', 'text').execute();
  }
  await db.schema
    .alterTable('votes')
    .addColumn('openness', 'text', (c) => c.notNull().defaultTo('open'))
    .execute();
  await db.schema.alterTable('decisions').addColumn('body', 'text').execute();
  await sql`update decisions set body = (select v.body from votes v where v.workspace = decisions.workspace and v.id = decisions.vote)`.execute(
    db,
  );
  for (const count of ['conditions', 'met'])
    await db.schema
      .alterTable('decisions')
      .addColumn(count, 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
  await sql`update decisions set conditions = (select count(*) from actions a
    where a.workspace = decisions.workspace and a.flow = decisions.id and a.state <> 'dropped')`.execute(db);
}
