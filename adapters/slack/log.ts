import { LogLevel, type Logger } from '@slack/bolt';
import type { Log } from '../../src/log.ts';

/**
 * Bolt's log as lines of ours. What Bolt says at its debug level holds whole payloads, answers and tokens among them, so it
 * goes nowhere, whatever our level is.
 */
export function boltLog(log: Log): Logger {
  const line = (said: unknown[]) => said.map((one) => (one instanceof Error ? one.message : String(one))).join(' ');
  return {
    debug() {},
    info: (...said) => log.debug({ by: 'bolt' }, line(said)),
    warn: (...said) => log.warn({ by: 'bolt' }, line(said)),
    error: (...said) => log.warn({ by: 'bolt' }, line(said)),
    setLevel() {},
    getLevel: () => LogLevel.INFO,
    setName() {},
  };
}
