import { type Kysely } from 'kysely';
import { afterwards } from './003-conditions.ts';
import { concerns } from './003-concerns.ts';
import { ballotColumns, deputyTables } from './003-ballots.ts';
import { criteriaTables } from './003-criteria.ts';
import { administration } from './003-administration.ts';
import { decisionColumns } from './003-decisions.ts';
import { guests } from './003-guests.ts';
import { latest } from './003-latest.ts';
import { linking } from './003-linking.ts';
import { searching } from './003-log.ts';
import { muting } from './003-muting.ts';
import { outside } from './003-outside.ts';
import { rankings } from './003-ranking.ts';
import { retention } from './003-retention.ts';
import { ruleColumns } from './003-rules.ts';
import { secretTables } from './003-secret.ts';
import { templates } from './003-templates.ts';
import { reminding, reopening, running } from './003-time.ts';
import { views } from './003-views.ts';

/** The decision machine: what votes and decisions are about, and what came of them. */
export async function machine(db: Kysely<any>): Promise<void> {
  await decisionColumns(db);
  await afterwards(db);
  await ballotColumns(db);
  await deputyTables(db);
  await guests(db);
  await linking(db);
  await administration(db);
  await ruleColumns(db);
  await templates(db);
  await concerns(db);
  await secretTables(db);
  await criteriaTables(db);
  await searching(db);
  await outside(db);
  await rankings(db);
  await latest(db);
  await reminding(db);
  await running(db);
  await reopening(db);
  await muting(db);
  await retention(db);
  await views(db);
}
