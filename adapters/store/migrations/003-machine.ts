import { type Kysely } from 'kysely';
import { concerns } from './003-concerns.ts';
import { ballotColumns, deputyTables } from './003-ballots.ts';
import { administration } from './003-administration.ts';
import { decisionColumns } from './003-decisions.ts';
import { ruleColumns } from './003-rules.ts';
import { views } from './003-views.ts';

/** The decision machine: what votes and decisions are about, and what came of them. */
export async function machine(db: Kysely<any>): Promise<void> {
  await decisionColumns(db);
  await ballotColumns(db);
  await deputyTables(db);
  await administration(db);
  await ruleColumns(db);
  await concerns(db);
  await views(db);
}
