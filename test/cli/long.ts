import Database from 'better-sqlite3';
import { entry } from '../../src/journal.ts';

/** Appends as many entries to the journal of workspace 1, chained as they should be. */
export function appended(file: string, many: number): void {
  const connection = new Database(file);
  let head = connection.prepare('select seq, digest from journal where workspace = 1 order by seq desc limit 1').get() as {
    seq: number;
    digest: string;
  };
  const append = connection.prepare('insert into journal values (1, @seq, @at, @flow, @input, @body, @salt, @leaf, @digest)');
  connection.transaction(() => {
    for (let n = 0; n < many; n++) {
      const row = entry(head, n, 'vote/1', 'nudge', { n });
      append.run(row);
      head = row;
    }
  })();
  connection.close();
}
