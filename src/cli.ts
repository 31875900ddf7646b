import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { Occupied } from '../adapters/store/file.ts';
import { ConfigFault, readConfig } from './config.ts';
import { build } from './house.ts';
import { logger } from './log.ts';

export async function run(_args: readonly string[]): Promise<number> {
  if (existsSync('.env')) loadEnvFile('.env');
  try {
    const config = readConfig(process.env);
    const house = await build(config, logger(config.logLevel));
    process.stdout.write(`ready ${house.url}\n`);
    await new Promise<void>((resolve) => {
      process.once('SIGTERM', resolve);
      process.once('SIGINT', resolve);
    });
    await house.stop();
    return 0;
  } catch (fault) {
    if (fault instanceof ConfigFault || fault instanceof Occupied) {
      process.stderr.write(`${fault.message}\n`);
      return 2;
    }
    throw fault;
  }
}
