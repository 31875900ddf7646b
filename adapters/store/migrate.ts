import type Database from 'better-sqlite3';
import { Kysely, type Migration, Migrator, SqliteAdapter, SqliteDialect } from 'kysely';
import { migrations } from './migrations.ts';

/** The database was last written by a newer Offshoot: this one does not know its schema. */
export class Newer extends Error {}

/** SQLite rolls schema changes back like any other; without this the migrator would not ask it to. */
class AtomicAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class AtomicDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new AtomicAdapter();
  }
}

/**
 * Brings the database to the newest schema: all migrations that are missing, or none of them. Only one process may be at it,
 * which the file's lock sees to. Returns the names of those that ran.
 */
export async function migrate(connection: Database.Database, known: Readonly<Record<string, Migration>> = migrations): Promise<string[]> {
  const { unknown } = schemaOf(connection, known);
  if (unknown.length > 0) throw new Newer(`The database was written by a newer Offshoot: this one does not know ${unknown.join(', ')}.`);
  // Never destroyed: that would close the connection, which is not the migrator's own.
  const kysely = new Kysely<unknown>({ dialect: new AtomicDialect({ database: connection }) });
  const { error, results } = await new Migrator({ db: kysely, provider: { getMigrations: async () => known } }).migrateToLatest();
  if (error) throw error;
  return (results ?? []).filter((result) => result.status === 'Success').map((result) => result.migrationName);
}

/** Which migrations ran, which are still to run, and which this Offshoot does not know. */
export function schemaOf(
  connection: Database.Database,
  known: Readonly<Record<string, Migration>> = migrations,
): { ran: string[]; missing: string[]; unknown: string[] } {
  const there = connection.prepare(`select 1 from sqlite_master where type = 'table' and name = 'kysely_migration'`).get();
  const ran = there ? (connection.prepare('select name from kysely_migration order by name').pluck().all() as string[]) : [];
  return {
    ran,
    missing: Object.keys(known).filter((name) => !ran.includes(name)),
    unknown: ran.filter((name) => !(name in known)),
  };
}
