import { type Kysely, sql } from 'kysely';

/** The views of the migration before, over what there is now. */
export async function views(db: Kysely<any>): Promise<void> {
  await sql`drop view due_next`.execute(db);
  await sql`create view due_next as
    select t.workspace, t.at, t.flow, t.key as what, t.target,
      coalesce(v.title, c.title, d.title, r.title, k.title, a.title, h.title, i.name) as title, t.held
    from timers t
    left join votes v on v.workspace = t.workspace and v.id = t.flow
    left join cadences c on c.workspace = t.workspace and c.id = t.flow
    left join decisions d on d.workspace = t.workspace and d.id = t.flow
    left join reviews r on r.workspace = t.workspace and r.id = t.flow
    left join readiness_checks k on k.workspace = t.workspace and k.id = t.flow
    left join actions a on a.workspace = t.workspace and a.flow = t.flow and a.key = 'action'
    left join ethics_reviews h on h.workspace = t.workspace and h.id = t.flow
    left join roadblocks b on b.workspace = t.workspace and b.id = t.flow
    left join initiatives i on i.workspace = b.workspace and i.id = b.initiative
    order by t.at`.execute(db);
  await sql`drop view waiting`.execute(db);
  // A due day is shown as a moment: at ten in UTC it is that day from Hawaii to New Zealand.
  // What is somebody's for a time says from when and before when; whoever reads it knows what time it is.
  await sql`create view waiting as
    select workspace, person, vote as flow, case when elector = person then 'vote' else 'deputy' end as kind,
      case when elector = person then '' else elector end as key, title, deadline as due, from_at, until_at
    from missing_ballots
    union all
    select w.workspace, w.person, w.flow, w.kind, w.key, w.title, w.due, null, null from (
    select a.workspace, a.owner as person, a.flow, 'condition' as kind, a.key, a.title, null as due
    from actions a join decisions d on d.workspace = a.workspace and d.id = a.flow and d.state <> 'superseded'
    where a.state = 'proposed'
    union all
    select a.workspace, a.owner, a.flow, 'condition-do', a.key, a.title, cast(strftime('%s', a.due, '+10 hours') as integer) * 1000
    from actions a join decisions d on d.workspace = a.workspace and d.id = a.flow and d.state <> 'superseded'
    where a.state = 'accepted'
    union all
    select a.workspace, d.chair, a.flow, 'condition-judge', a.key, a.title, cast(strftime('%s', a.due, '+10 hours') as integer) * 1000
    from actions a join decisions d on d.workspace = a.workspace and d.id = a.flow and d.state <> 'superseded' and d.chair is not null
    where a.state = 'done'
    union all
    select d.workspace, d.reviewer, d.id, 'calibration', '', d.title, null
    from decisions d where d.reviewer is not null and d.state <> 'superseded'
    union all
    select p.workspace, d.chair, d.id, 'appeal', cast(p.number as text), d.title, null
    from appeals p join decisions d on d.workspace = p.workspace and d.id = p.decision and d.state <> 'superseded' and d.chair is not null
    where p.state = 'pending'
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
    from actions a where a.state = 'open'
    union all
    select h.workspace, h.person, h.id, 'ethics', '', h.title, h.due_at from ethics_reviews h where h.state = 'asking'
    union all
    select b.workspace, b.owner, b.id, 'roadblock', '', b.what, cast(strftime('%s', b.due, '+10 hours') as integer) * 1000
    from roadblocks b where b.state = 'open') w`.execute(db);
}
