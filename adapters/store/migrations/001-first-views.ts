import { type Kysely, sql } from 'kysely';

/** What people and scripts ask for most. */
export async function views(db: Kysely<any>): Promise<void> {
  await sql`create view vote_ballots as
    select b.workspace, b.vote, b.person, p.name, c.key as criterion, c.value as choice, r.value as reason, b.number, b.cast_at
    from ballots b
    join people p on p.workspace = b.workspace and p.id = b.person
    join json_each(b.choices) c
    left join json_each(b.reasons) r on r.key = c.key
    where b.choices is not null`.execute(db);
  await sql`create view review_answers as
    select a.workspace, a.flow as review, a.about, a.person, p.name, a.question, a.value, a.at
    from answers a join people p on p.workspace = a.workspace and p.id = a.person
    where a.flow like 'review/%'`.execute(db);
  await sql`create view due_next as
    select t.workspace, t.at, t.flow, t.key as what, t.target, coalesce(v.title, c.title, d.title) as title, t.held
    from timers t
    left join votes v on v.workspace = t.workspace and v.id = t.flow
    left join cadences c on c.workspace = t.workspace and c.id = t.flow
    left join decisions d on d.workspace = t.workspace and d.id = t.flow
    order by t.at`.execute(db);
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
    from occurrences o join cadences c on c.workspace = o.workspace and c.id = o.cadence and c.state = 'active'
    where o.state = 'open'`.execute(db);
}
