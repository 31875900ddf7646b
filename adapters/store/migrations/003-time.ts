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

  const what = `v.id as vote, e.person as elector, v.title, v.body, coalesce(b.name, '') as committee, v.deadline`;
  const missing = `left join bodies b on b.workspace = v.workspace and b.id = v.body
    left join ballots c on c.workspace = e.workspace and c.vote = e.vote and c.person = e.person
    left join turnout t on t.workspace = e.workspace and t.vote = e.vote and t.elector = e.person and t.cast = 1
    where c.cast_at is null and t.elector is null`;
  // From a deputy to the votes that are open: left to itself SQLite would begin with all electors there ever were.
  const ofOthers = (named: string) => `select d.workspace, d.deputy, ${what}, d.from_at, d.until_at
    from deputies d
    cross join votes v on v.workspace = d.workspace and ${named} = d.flow and v.phase = 'open'
    cross join electors e on e.workspace = d.workspace and e.vote = v.id and e.person = d.person ${missing}
      and not exists (select 1 from recusals r where r.workspace = d.workspace and r.vote = v.id and r.person = d.deputy)`;
  // Whom a member named for the vote goes before whom they named for a time.
  await sql
    .raw(`create view missing_ballots as
    select e.workspace, e.person, ${what}, null as from_at, null as until_at
    from electors e join votes v on v.workspace = e.workspace and v.id = e.vote and v.phase = 'open' ${missing}
    union all
    ${ofOthers('v.id')}
    union all
    ${ofOthers('v.body')}
      and not exists (select 1 from deputies n where n.workspace = d.workspace and n.flow = v.id and n.person = d.person)`)
    .execute(db);
}
