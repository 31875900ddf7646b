import Database from 'better-sqlite3';

/** What plain SQL finds in a database, read beside whatever is at work on it. */
export function rowsIn(file: string, sql: string): any[] {
  const peek = new Database(file, { readonly: true });
  try {
    return peek.prepare(sql).all();
  } finally {
    peek.close();
  }
}
