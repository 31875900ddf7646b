import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { type Config, readConfig } from '../config.ts';
import type { Terminal } from './command.ts';

/** The configuration: the environment's, and what a `.env` file in the working folder adds to it. */
export function settings({ env }: Terminal): Config {
  const file = existsSync('.env') ? parseEnv(readFileSync('.env', 'utf8')) : {};
  return readConfig({ ...file, ...env });
}
