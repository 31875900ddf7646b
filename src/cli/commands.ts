import { administrator } from './administrator.ts';
import { backup } from './backup.ts';
import type { Command } from './command.ts';
import { doctor } from './doctor.ts';
import { exportRows } from './export.ts';
import { helpWith } from './help.ts';
import { migrate } from './migrate.ts';
import { rebuild } from './rebuild.ts';
import { restore } from './restore.ts';
import { start } from './start.ts';
import { verify } from './verify.ts';

/** All commands, in the order in which help lists them. */
export const commands: readonly Command[] = [
  start,
  migrate,
  doctor,
  administrator,
  verify,
  rebuild,
  exportRows,
  backup,
  restore,
  helpWith(() => commands),
];
