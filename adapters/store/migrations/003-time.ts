import { type Kysely, sql } from 'kysely';

/** When Offshoot ran and, for every workspace alike, when not. */
export async function running(db: Kysely<any>): Promise<void> {
  await sql`create table runs (id integer primary key autoincrement, from_at integer not null, until_at integer not null)`.execute(db);
  await sql`create view outages as
    select w.id as workspace, r.from_at, r.until_at
    from workspaces w join (select lag(until_at) over (order by id) as from_at, from_at as until_at from runs) r
    on r.from_at < r.until_at`.execute(db);
}

/** Votes that ended without a quorum and were opened again. */
export async function reopening(db: Kysely<any>): Promise<void> {
  await sql`create table vote_reopenings (
    workspace integer not null, vote text not null, number integer not null, initiative text not null, person text not null,
    reason text not null, closed_at integer not null, at integer not null,
    primary key (workspace, vote, number))`.execute(db);
  await sql`create index vote_reopenings_initiative on vote_reopenings (workspace, initiative)`.execute(db);
}

/** What is missing of open votes and who may give it, and which of it somebody was reminded of today. */
export async function reminding(db: Kysely<any>): Promise<void> {
  await sql`create table digest_ballots (
    workspace integer not null, digest text not null, vote text not null, elector text not null,
    primary key (workspace, digest, vote, elector))`.execute(db);
  await sql`create index digest_ballots_vote on digest_ballots (workspace, vote, elector)`.execute(db);
  await sql`create table absences (
    workspace integer not null, person text not null, until_at integer,
    primary key (workspace, person))`.execute(db);
  await sql`create view member_profiles as
    select m.workspace, m.body, m.person, p.zone, a.person is not null as away, a.until_at as away_until
    from members m join people p on p.workspace = m.workspace and p.id = m.person
    left join absences a on a.workspace = m.workspace and a.person = m.person`.execute(db);

  const what = `e.vote, e.person as elector, v.title, v.body, coalesce(b.name, '') as committee, v.deadline`;
  const missing = `join votes v on v.workspace = e.workspace and v.id = e.vote and v.phase = 'open'
    left join bodies b on b.workspace = v.workspace and b.id = v.body
    left join ballots c on c.workspace = e.workspace and c.vote = e.vote and c.person = e.person
    left join turnout t on t.workspace = e.workspace and t.vote = e.vote and t.elector = e.person and t.cast = 1`;
  // Whom a member named for the vote goes before whom they named for a time; a member who is no elector of it recused themselves.
  await sql
    .raw(`create view missing_ballots as
    select e.workspace, e.person, ${what}, null as from_at, null as until_at
    from electors e ${missing}
    where c.cast_at is null and t.elector is null
    union all
    select d.workspace, d.deputy, ${what}, d.from_at, d.until_at
    from deputies d join electors e on e.workspace = d.workspace and e.person = d.person ${missing}
    where c.cast_at is null and t.elector is null
      and (d.flow = e.vote or (d.flow = v.body and not exists (
        select 1 from deputies n where n.workspace = d.workspace and n.flow = e.vote and n.person = d.person)))
      and (not exists (select 1 from members m where m.workspace = d.workspace and m.body = v.body and m.person = d.deputy)
        or exists (select 1 from electors o where o.workspace = d.workspace and o.vote = e.vote and o.person = d.deputy))`)
    .execute(db);
}
