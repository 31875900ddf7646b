import { exists, hold } from '../../adapters/store/file.ts';
import { schemaOf } from '../../adapters/store/migrate.ts';
import { Absent, openReader, type Reader } from '../../adapters/store/reader.ts';
import { connect, sqliteStore } from '../../adapters/store/sqlite.ts';
import type { Store } from '../store.ts';
import { counted, Trouble } from './command.ts';

/** Reads the database, also while Offshoot runs on it; its schema is this program's. */
export async function reading<Result>(file: string, read: (reader: Reader) => Promise<Result>): Promise<Result> {
  const reader = openReader(file);
  try {
    checkSchema(reader.connection);
    return await read(reader);
  } finally {
    reader.close();
  }
}

/** Writes the database as the only process that has it; refuses while Offshoot runs. */
export async function alone<Result>(file: string, work: (store: Store) => Promise<Result>): Promise<Result> {
  if (!exists(file)) throw new Absent(`There is no database at ${file}.`);
  const held = hold(file);
  try {
    return await beside(file, work);
  } finally {
    held.release();
  }
}

/** Writes the database, also while Offshoot runs on it: only for what cannot be in its way. */
export async function beside<Result>(file: string, work: (store: Store) => Promise<Result>): Promise<Result> {
  const connection = connect(file, { fileMustExist: true });
  const store = sqliteStore(connection);
  try {
    checkSchema(connection);
    return await work(store);
  } finally {
    await store.close();
  }
}

function checkSchema(connection: Reader['connection']): void {
  const { missing, unknown } = schemaOf(connection);
  if (unknown.length > 0)
    throw new Trouble(`The database was written by a newer Offshoot, with ${unknown.join(', ')}. Install that one again.`);
  if (missing.length > 0)
    throw new Trouble(`The database is behind this Offshoot by ${counted(missing.length, 'migration')}. Run npx offshoot migrate first.`);
}
