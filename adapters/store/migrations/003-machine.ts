import { type Kysely } from 'kysely';
import { decisionColumns } from './003-decisions.ts';
import { searching } from './003-log.ts';
import { outside } from './003-outside.ts';
import { ruleColumns } from './003-rules.ts';
import { views } from './003-views.ts';

/** The decision machine: what votes and decisions are about, and what came of them. */
export async function machine(db: Kysely<any>): Promise<void> {
  await decisionColumns(db);
  await ruleColumns(db);
  await searching(db);
  await outside(db);
  await views(db);
}
