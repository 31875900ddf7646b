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

/** Ballots that are still missing, as something that waits for whoever stands in for their electors. One named for the vote comes before one for a time. */
export const ballotsOfOthers = ['v.id = d.flow', 'v.body = d.flow']
  .map(
    (on, index) => `select d.workspace, d.deputy, v.id, 'deputy', d.person, v.title, v.deadline, d.from_at, d.until_at
    from deputies d
    join votes v on v.workspace = d.workspace and ${on} and v.phase = 'open'
    join electors e on e.workspace = d.workspace and e.vote = v.id and e.person = d.person
    left join ballots b on b.workspace = d.workspace and b.vote = v.id and b.person = d.person
    left join turnout t on t.workspace = d.workspace and t.vote = v.id and t.elector = d.person and t.cast = 1
    where b.cast_at is null and t.elector is null
      and not exists (select 1 from recusals r where r.workspace = d.workspace and r.vote = v.id and r.person = d.deputy)
      ${index === 0 ? '' : 'and not exists (select 1 from deputies n where n.workspace = d.workspace and n.flow = v.id and n.person = d.person)'}`,
  )
  .join(' union all ');
