import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';

/** A file is no sound SQLite database. */
export class Damaged extends Error {}

/** What SQLite keeps of one database: the file, and what stands beside it. */
const PARTS = ['', '-wal', '-shm'];

/**
 * Copies a database that may be in use into a new file, as one committed state. The copy gets its name only when it is complete and
 * was found sound; only its owner may read it.
 */
export async function copyTo(connection: Database.Database, file: string): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  const part = `${file}.part`;
  remove(part);
  try {
    // One long step after the first: a writer that is busy would make short ones begin again and again.
    await connection.backup(part, { progress: () => 0x7f_ff_ff_ff });
    chmodSync(part, 0o600);
    const copy = new Database(part);
    try {
      // A copy in WAL mode would need files beside it.
      copy.pragma('journal_mode = DELETE');
      checkSound(copy);
    } finally {
      copy.close();
    }
    renameSync(part, file);
  } finally {
    remove(part);
  }
}

/** Throws `Damaged` when SQLite finds its own structure broken. */
export function checkSound(connection: Database.Database): void {
  let found: unknown;
  try {
    found = connection.pragma('integrity_check(1)', { simple: true });
  } catch (fault) {
    found = fault instanceof Error ? fault.message : fault;
  }
  if (found !== 'ok') throw new Damaged(`${connection.name} is damaged: ${String(found)}.`);
}

/**
 * Puts `copy`, which `copyTo` made in the same folder, in the place of the database `file`, which nobody may have open; what was there
 * is kept under the name `aside`. Says whether there was anything.
 */
export function replaceBy(file: string, copy: string, aside: string): boolean {
  const kept = existsSync(file);
  for (const name of PARTS) if (existsSync(file + name)) renameSync(file + name, aside + name);
  renameSync(copy, file);
  return kept;
}

function remove(file: string): void {
  for (const name of [...PARTS, '-journal']) rmSync(file + name, { force: true });
}
