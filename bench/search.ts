import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../adapters/store/migrate.ts';
import { connect, sqliteStore } from '../adapters/store/sqlite.ts';
import { decisions } from '../flows/pages/decisions.ts';
import { percentile, rounded } from './figures.ts';
import { limited } from './limit.ts';

const MANY = 100_000;
const ROUNDS = 100;

const ASKED = [
  '',
  'churn',
  'churn 777',
  'rationale',
  'no match at all',
  'outcome:no-go churn',
  'since:2027-03-01 until:2027-03-31',
  'since:2026-01-02',
  'since:2026-01-02 rationale',
  'since:2027-03-01 until:2027-03-02 no match',
  'until:2026-02-01 rationale',
  'state:superseded question:go-no-go outcome:go',
  'body:board initiative:churn',
  '"the rationale of number 777"',
  'D-77777',
  'before:D-50000 rationale',
  'before:D-100 churn',
  'after:D-10',
  'r',
];

/** No page takes longer, in milliseconds: of the processor's time, and where the machine has time for it, of everybody's. */
const LONGEST = 50;

/** A page of the log among many decisions: everything that `/decisions` reads, and the card. */
export async function search(print: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'offshoot-bench-'));
  const file = join(folder, 'offshoot.db');
  const connection = connect(file);
  await migrate(connection);
  const begun = Date.UTC(2026, 0, 1);
  connection.exec(`begin;
    with recursive n(i) as (select 1 union all select i + 1 from n where i < ${MANY})
    insert into decisions (workspace, id, number, vote, initiative, title, outcome, state, rationale, decided_at, review_at, why)
    select 1, 'decision/' || i, i, 'vote/' || i, 'initiative/' || (i % 500), 'Churn model ' || (i % 1000),
      case i % 3 when 0 then 'GO' when 1 then 'NO-GO' else 'GO WITH CONDITIONS' end, 'superseded',
      'The rationale of number ' || i || ', which says at some length why the committee saw it so', ${begun} + i * 400000, ${begun}, 'Every must-have is met.' from n;
    commit`);
  connection.close();
  const store = sqliteStore(connect(file));
  const moment = { at: begun, by: 'person/1' as const, zone: 'UTC', head: '' };
  print(
    `A page of /decisions among ${rounded(MANY)}: median, p99 and longest of ${ROUNDS} in milliseconds of the processor’s time, and the median of all time`,
  );
  for (const about of ASKED) {
    const took: number[] = [];
    const waited: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const from = performance.now();
      const used = process.cpuUsage();
      const facts: Record<string, unknown> = {};
      for (const need of decisions.needs(about, moment)) facts[need.as] = await store.look((tables) => tables.rows(1, need));
      decisions.show(about, moment, facts as never);
      const { user, system } = process.cpuUsage(used);
      took.push((user + system) / 1_000);
      waited.push(performance.now() - from);
    }
    const longest = Math.max(...took);
    const limit = limited(`/decisions ${about}`, longest, LONGEST);
    print(
      `  ${(about || 'all').padEnd(45)} ${rounded(percentile(took, 50), 1)}, ${rounded(percentile(took, 99), 1)}, ${rounded(longest, 1)} ms; ${rounded(percentile(waited, 50), 1)} ms${limit}`,
    );
  }
  await store.close();
  rmSync(folder, { recursive: true });
}
