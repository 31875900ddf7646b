import type Database from 'better-sqlite3';
import type { Store } from '../../src/store.ts';
import { exists } from './file.ts';
import { connect, sqliteStore } from './sqlite.ts';

/** There is no database where one was to be read. */
export class Absent extends Error {}

export interface Reader extends Pick<Store, 'look'> {
  connection: Database.Database;
  close(): void;
}

/**
 * Opens a database for reading only, also while Offshoot runs on it: all that is read comes from one committed state. Throws
 * `Absent` rather than making a database where there is none.
 */
export function openReader(file: string): Reader {
  if (!exists(file)) throw new Absent(`There is no database at ${file}.`);
  const connection = connect(file, { readonly: true, fileMustExist: true });
  connection.exec('BEGIN');
  return { connection, look: sqliteStore(connection).look, close: () => void connection.close() };
}
