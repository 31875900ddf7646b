import type { Tables } from '../../src/store.ts';
import { absenceTables } from './tables/absences.ts';
import { codeTables } from './tables/codes.ts';
import { directoryTables } from './tables/directory.ts';
import { flowTables } from './tables/flows.ts';
import { healthTables } from './tables/health.ts';
import { localTables } from './tables/local.ts';
import { outsideTables } from './tables/outside.ts';
import { movingTables } from './tables/moving.ts';
import { pictureTables } from './tables/pictures.ts';
import { recordTables } from './tables/records.ts';
import { runTables } from './tables/runs.ts';
import { secretTables } from './tables/secret.ts';
import { surfaceTables } from './tables/surfaces.ts';
import { timerTables } from './tables/timers.ts';

export const tables: Tables = {
  ...absenceTables,
  ...codeTables,
  ...directoryTables,
  ...flowTables,
  ...healthTables,
  ...localTables,
  ...outsideTables,
  ...movingTables,
  ...pictureTables,
  ...recordTables,
  ...runTables,
  ...secretTables,
  ...surfaceTables,
  ...timerTables,
};
