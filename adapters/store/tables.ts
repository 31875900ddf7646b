import type { Tables } from '../../src/store.ts';
import { directoryTables } from './tables/directory.ts';
import { flowTables } from './tables/flows.ts';
import { healthTables } from './tables/health.ts';
import { localTables } from './tables/local.ts';
import { outsideTables } from './tables/outside.ts';
import { pictureTables } from './tables/pictures.ts';
import { recordTables } from './tables/records.ts';
import { surfaceTables } from './tables/surfaces.ts';
import { timerTables } from './tables/timers.ts';

export const tables: Tables = {
  ...directoryTables,
  ...flowTables,
  ...healthTables,
  ...localTables,
  ...outsideTables,
  ...pictureTables,
  ...recordTables,
  ...surfaceTables,
  ...timerTables,
};
