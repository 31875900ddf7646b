import { type Kysely, sql } from 'kysely';

/** The latest decision on each initiative, found by an index: a list of initiatives reads no more of the log than that. */
export async function latest(db: Kysely<any>): Promise<void> {
  await db.schema.createIndex('decisions_latest').on('decisions').columns(['workspace', 'initiative', 'number']).execute();
  await sql`create view latest_decisions as
    select i.workspace, i.id as initiative, i.channel, d.id, d.number, d.outcome, d.decided_at
    from initiatives i
    join decisions d on d.workspace = i.workspace and d.initiative = i.id
      and d.number = (select max(n.number) from decisions n where n.workspace = i.workspace and n.initiative = i.id)`.execute(db);
}
