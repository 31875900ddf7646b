import { type Kysely, sql } from 'kysely';

/** Reviews, readiness checks, evidence, offshoots and pictures; and indexes that find what is owed by destination and due by workspace. */
export async function reviews(db: Kysely<any>): Promise<void> {
  const table = (name: string) => db.schema.createTable(name).addColumn('workspace', 'integer', (c) => c.notNull());

  await sql`drop index surfaces_owed`.execute(db);
  await sql`create index surfaces_owed on surfaces (workspace, rank, destination, ((message is null) + 2 * (card is null)))
    where wanted > shown and held is null`.execute(db);
  await sql`create index timers_due_in on timers (workspace, fires_at) where held is null`.execute(db);

  await db.schema.alterTable('initiatives').addColumn('parent', 'text').execute();
  await db.schema.alterTable('initiatives').addColumn('recontextualized', 'text').execute();
  await db.schema.createIndex('initiatives_channel').on('initiatives').columns(['workspace', 'channel']).execute();
  await db.schema.alterTable('actions').addColumn('origin', 'text').execute();
  await db.schema.createIndex('actions_initiative').on('actions').columns(['workspace', 'initiative', 'state']).execute();
  await db.schema.alterTable('votes').addColumn('channel', 'text').execute();
  await sql`update votes set channel =
    (select json_extract(f.state, '$.channel') from flows f where f.workspace = votes.workspace and f.id = votes.id)`.execute(db);
  await db.schema.createIndex('votes_initiative').on('votes').columns(['workspace', 'initiative', 'opened_at']).execute();
  await db.schema
    .alterTable('cadences')
    .addColumn('missed', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema.alterTable('cadences').addColumn('latest', 'text').execute();
  await db.schema.alterTable('cadences').addColumn('latest_at', 'integer').execute();
  // At the next start ended ones are derived anew, too: their schedule was a cron expression.
  await sql`update flows set settled = 0 where kind = 'cadence'`.execute(db);
  await db.schema.createIndex('cadences_next').on('cadences').columns(['workspace', 'state', 'next_at']).execute();
  // With the state, or SQLite takes the index above for those of an initiative, and reads all that the workspace keeps.
  await sql`drop index cadences_initiative`.execute(db);
  await db.schema.createIndex('cadences_initiative').on('cadences').columns(['workspace', 'initiative', 'state']).execute();

  await table('reviews')
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('initiative', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('owner', 'text', (c) => c.notNull())
    .addColumn('opened_by', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('recommended', 'text')
    .addColumn('verdict', 'text')
    .addColumn('technical', 'integer')
    .addColumn('business', 'integer')
    .addColumn('organizational', 'integer')
    .addColumn('strategic', 'integer')
    .addColumn('indicators', 'integer')
    .addColumn('red_flags', 'integer')
    .addColumn('proposals', 'text', (c) => c.notNull())
    .addColumn('opened_at', 'integer', (c) => c.notNull())
    .addColumn('due_at', 'integer', (c) => c.notNull())
    .addColumn('decided_at', 'integer')
    .addPrimaryKeyConstraint('reviews_key', ['workspace', 'id'])
    .execute();
  await db.schema.createIndex('reviews_initiative').on('reviews').columns(['workspace', 'initiative', 'state']).execute();
  await table('reviewers')
    .addColumn('review', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('reviewers_key', ['workspace', 'review', 'person'])
    .execute();
  await db.schema.createIndex('reviewers_person').on('reviewers').columns(['workspace', 'person', 'state']).execute();
  await table('readiness_checks')
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('initiative', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('met', 'integer', (c) => c.notNull())
    .addColumn('unmet', 'integer', (c) => c.notNull())
    .addColumn('not_applicable', 'integer', (c) => c.notNull())
    .addColumn('unanswered', 'integer', (c) => c.notNull())
    .addColumn('opened_at', 'integer', (c) => c.notNull())
    .addColumn('due_at', 'integer', (c) => c.notNull())
    .addColumn('finished_at', 'integer')
    .addPrimaryKeyConstraint('readiness_checks_key', ['workspace', 'id'])
    .execute();
  await db.schema.createIndex('readiness_checks_initiative').on('readiness_checks').columns(['workspace', 'initiative', 'state']).execute();
  await table('readiness_areas')
    .addColumn('readiness', 'text', (c) => c.notNull())
    .addColumn('area', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('readiness_areas_key', ['workspace', 'readiness', 'area'])
    .execute();
  await db.schema.createIndex('readiness_areas_person').on('readiness_areas').columns(['workspace', 'person', 'state']).execute();
  await table('evidence')
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('initiative', 'text', (c) => c.notNull())
    .addColumn('criterion', 'text')
    .addColumn('says', 'text', (c) => c.notNull())
    .addColumn('link', 'text')
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('at', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('evidence_key', ['workspace', 'id'])
    .execute();
  await db.schema.createIndex('evidence_initiative').on('evidence').columns(['workspace', 'initiative']).execute();
  await table('introductions')
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('at', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('introductions_key', ['workspace', 'id'])
    .execute();
  await db.schema.createIndex('introductions_person').on('introductions').columns(['workspace', 'channel', 'person']).execute();

  await table('pictures')
    .addColumn('digest', 'text', (c) => c.notNull())
    .addColumn('token', 'text', (c) => c.notNull().unique())
    .addColumn('picture', 'text', (c) => c.notNull())
    .addColumn('made_at', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('pictures_key', ['workspace', 'digest'])
    .execute();
  await db.schema
    .createTable('picture_files')
    .addColumn('installation', 'integer', (c) => c.notNull().references('installations.id'))
    .addColumn('digest', 'text', (c) => c.notNull())
    .addColumn('file', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('picture_files_key', ['installation', 'digest'])
    .execute();
  await views(db);
}

/** The views of the first migration, over what there is now. */
async function views(db: Kysely<any>): Promise<void> {
  await sql`drop view due_next`.execute(db);
  await sql`create view due_next as
    select t.workspace, t.at, t.flow, t.key as what, t.target,
      coalesce(v.title, c.title, d.title, r.title, k.title, a.title) as title, t.held
    from timers t
    left join votes v on v.workspace = t.workspace and v.id = t.flow
    left join cadences c on c.workspace = t.workspace and c.id = t.flow
    left join decisions d on d.workspace = t.workspace and d.id = t.flow
    left join reviews r on r.workspace = t.workspace and r.id = t.flow
    left join readiness_checks k on k.workspace = t.workspace and k.id = t.flow
    left join actions a on a.workspace = t.workspace and a.flow = t.flow and a.key = 'action'
    order by t.at`.execute(db);
  await sql`drop view waiting`.execute(db);
  // A due day is shown as a moment: at ten in UTC it is that day from Hawaii to New Zealand.
  await sql`create view waiting as
    select e.workspace, e.person, e.vote as flow, 'vote' as kind, '' as key, v.title, v.deadline as due
    from electors e
    join votes v on v.workspace = e.workspace and v.id = e.vote and v.phase = 'open'
    left join ballots b on b.workspace = e.workspace and b.vote = e.vote and b.person = e.person
    where b.cast_at is null
    union all
    select a.workspace, a.owner, a.flow, 'condition', a.key, a.title, null
    from actions a join decisions d on d.workspace = a.workspace and d.id = a.flow and d.state = 'conditions open'
    where a.state = 'proposed'
    union all
    select o.workspace, c.asked, o.cadence, 'reminder', cast(o.number as text), c.title, o.due
    from occurrences o join cadences c on c.workspace = o.workspace and c.id = o.cadence and c.state in ('active', 'paused')
    where o.state = 'open'
    union all
    select w.workspace, w.person, w.review, 'review', 'answer', r.title, r.due_at
    from reviewers w join reviews r on r.workspace = w.workspace and r.id = w.review and r.state = 'asking'
    where w.state = 'asked'
    union all
    select r.workspace, r.owner, r.id, 'review', 'weigh', r.title, null from reviews r where r.state = 'weighing'
    union all
    select w.workspace, w.person, w.readiness, 'readiness', w.area, k.title, k.due_at
    from readiness_areas w join readiness_checks k on k.workspace = w.workspace and k.id = w.readiness and k.state = 'asking'
    where w.state = 'asked'
    union all
    select a.workspace, a.owner, a.flow, 'action', a.key, a.title, cast(strftime('%s', a.due, '+10 hours') as integer) * 1000
    from actions a where a.state = 'open'`.execute(db);
}
