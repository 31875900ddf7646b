import { type Kysely, sql } from 'kysely';

/** Who cast a ballot in the name of its elector. Those of before were cast by the electors themselves. */
export async function ballotColumns(db: Kysely<any>): Promise<void> {
  await db.schema.alterTable('ballots').addColumn('cast_by', 'text').execute();
  await sql`drop view vote_ballots`.execute(db);
  await sql`create view vote_ballots as
    select b.workspace, b.vote, b.person, p.name, c.key as criterion, c.value as choice, r.value as reason, b.number, b.cast_at, b.cast_by
    from ballots b
    join people p on p.workspace = b.workspace and p.id = b.person
    join json_each(b.choices) c
    left join json_each(b.reasons) r on r.key = c.key
    where b.choices is not null`.execute(db);
}
