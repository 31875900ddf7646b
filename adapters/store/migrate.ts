import type Database from 'better-sqlite3';
import { Kysely, Migrator, SqliteAdapter, SqliteDialect } from 'kysely';
import { migrations } from './migrations.ts';

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
export async function migrate(connection: Database.Database): Promise<string[]> {
  // Never destroyed: that would close the connection, which is not the migrator's own.
  const kysely = new Kysely<unknown>({ dialect: new AtomicDialect({ database: connection }) });
  const { error, results } = await new Migrator({ db: kysely, provider: { getMigrations: async () => migrations } }).migrateToLatest();
  if (error) throw error;
  return (results ?? []).filter((result) => result.status === 'Success').map((result) => result.migrationName);
}
