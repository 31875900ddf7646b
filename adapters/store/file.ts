import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';

/** Another process holds the database. */
export class Occupied extends Error {}

export interface Hold {
  release(): void;
}

/**
 * Takes the database file for this process. The hold is an operating-system lock on a file beside it, so that it ends with the
 * process however that ends, and readers are never kept out.
 */
export function hold(file: string): Hold {
  mkdirSync(dirname(file), { recursive: true });
  const lock = new Database(`${file}.lock`, { timeout: 0 });
  try {
    lock.pragma('journal_mode = DELETE');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (fault) {
    lock.close();
    if ((fault as { code?: string }).code?.startsWith('SQLITE_BUSY'))
      throw new Occupied(`Another Offshoot is running on ${file}. Stop it first, or set DATABASE_URL to another file.`);
    throw fault;
  }
  return { release: () => void lock.close() };
}

/** From now on only its owner may read the database: it holds something that has to be kept secret. */
export function guarded(file: string): void {
  for (const part of ['', '-wal', '-shm']) if (existsSync(file + part)) chmodSync(file + part, 0o600);
}

export const exists = (file: string): boolean => existsSync(file);
