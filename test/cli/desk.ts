import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, beforeEach } from 'vitest';
import { copyTo } from '../../adapters/store/copy.ts';
import { run } from '../../src/cli.ts';
import { newFile } from '../core/folder.ts';
import { votedIn } from './house.ts';

/** What a spreadsheet would run, and what CSV has to quote. */
export const TYPED = '=HYPERLINK("http://x"), "quoted"\nand a second line';

interface Told {
  status: number;
  out: string;
  err: string;
}

/** Where commands are typed: at a database in which a vote was held, new for every test. */
export interface Desk {
  file: string;
  /** The database that each test is given a copy of. */
  filled: string;
  offshoot(...args: string[]): Promise<Told>;
  /** What the command prints with --json. */
  json(...args: string[]): Promise<Record<string, any>>;
  sql(statement: string): unknown[];
  /** A path in the folder of the database. */
  beside(name: string): string;
}

export function aDesk(): Desk {
  const desk: Desk = {
    file: '',
    filled: '',
    async offshoot(...args) {
      const told = { out: '', err: '' };
      const status = await run(args, {
        env: { DATABASE_URL: `file:${desk.file}` },
        out: (text) => void (told.out += `${text}\n`),
        err: (text) => void (told.err += `${text}\n`),
      });
      return { status, ...told };
    },
    json: async (...args) => JSON.parse((await desk.offshoot(...args, '--json')).out) as Record<string, any>,
    sql(statement) {
      const connection = new Database(desk.file);
      try {
        const prepared = connection.prepare(statement);
        return prepared.reader ? prepared.all() : [prepared.run()];
      } finally {
        connection.close();
      }
    },
    beside: (name) => join(dirname(desk.file), name),
  };
  beforeAll(async () => {
    desk.filled = newFile();
    await votedIn(desk.filled, TYPED);
  });
  beforeEach(async () => {
    desk.file = newFile();
    const connection = new Database(desk.filled);
    await copyTo(connection, desk.file);
    connection.close();
  });
  return desk;
}
