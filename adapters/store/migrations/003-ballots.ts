import { type Kysely, sql } from 'kysely';

/** Who cast a ballot in the name of its elector, and who began its draft. Those of before were the electors' own. */
export async function ballotColumns(db: Kysely<any>): Promise<void> {
  await db.schema.alterTable('ballots').addColumn('cast_by', 'text').execute();
  await db.schema.alterTable('ballots').addColumn('draft_by', 'text').execute();
  await sql`update ballots set draft_by = person where draft is not null`.execute(db);
  await sql`drop view vote_ballots`.execute(db);
  await sql`create view vote_ballots as
    select b.workspace, b.vote, b.person, p.name, c.key as criterion, c.value as choice, r.value as reason, b.number, b.cast_at, b.cast_by
    from ballots b
    join people p on p.workspace = b.workspace and p.id = b.person
    join json_each(b.choices) c
    left join json_each(b.reasons) r on r.key = c.key
    where b.choices is not null`.execute(db);
}

/** Who stands in for whom: in one vote, or in a committee for a time; and who recused themselves. */
export async function deputyTables(db: Kysely<any>): Promise<void> {
  await db.schema
    .createTable('deputies')
    .addColumn('workspace', 'integer', (c) => c.notNull())
    .addColumn('flow', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('deputy', 'text', (c) => c.notNull())
    .addColumn('from_at', 'integer')
    .addColumn('until_at', 'integer')
    .addPrimaryKeyConstraint('deputies_key', ['workspace', 'flow', 'person'])
    .execute();
  await db.schema.createIndex('deputies_deputy').on('deputies').columns(['workspace', 'deputy']).execute();
  await sql`create index votes_open on votes (workspace, body) where phase = 'open'`.execute(db);
  await db.schema
    .createTable('recusals')
    .addColumn('workspace', 'integer', (c) => c.notNull())
    .addColumn('vote', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('recusals_key', ['workspace', 'vote', 'person'])
    .execute();
  await sql`create view deputyships as
    select d.workspace, d.flow, d.person, p.name, d.deputy, d.from_at, d.until_at
    from deputies d join people p on p.workspace = d.workspace and p.id = d.person`.execute(db);
}
