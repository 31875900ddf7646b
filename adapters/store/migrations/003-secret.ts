import { type Kysely, sql } from 'kysely';

/**
 * Secret votes: who has voted, and what was voted, without a key, an order or a time in common. None has a rowid, so that no row tells
 * when it came.
 */
export async function secretTables(db: Kysely<any>): Promise<void> {
  await sql`create table turnout (
    workspace integer not null references workspaces (id), vote text not null, elector text not null,
    number integer not null, cast integer not null,
    primary key (workspace, vote, elector)) without rowid`.execute(db);
  await sql`create table sealed_ballots (
    workspace integer not null references workspaces (id), vote text not null, slot text not null, mark text not null, sealed blob not null,
    primary key (workspace, vote, slot)) without rowid`.execute(db);
  await sql`create table published_ballots (
    workspace integer not null references workspaces (id), vote text not null, number integer not null,
    receipt text not null, choices text not null,
    primary key (workspace, vote, number)) without rowid`.execute(db);
  await sql`create table published_reasons (
    workspace integer not null references workspaces (id), vote text not null, number integer not null,
    criterion text not null, choice text not null, reason text not null,
    primary key (workspace, vote, number)) without rowid`.execute(db);
}
