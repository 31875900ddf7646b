import type { Log } from '../../src/log.ts';
import { codeOf, TOKEN_CODES } from './faults.ts';

export interface Connection {
  /** Resolves when it stands, or when it has been waited for long enough: the rest of the house does not depend on it. */
  open(): Promise<void>;
  close(): Promise<void>;
}

const PATIENCE = 5_000;
const LONGEST = 60_000;

/**
 * Keeps trying until `connect` has succeeded, and again each time that what it made is `gone`, at most a minute apart.
 * A token that Slack does not know ends it: nothing but another token helps.
 */
export function connection(name: string, setting: string, log: Log, connect: () => Promise<{ gone?: Promise<void> }>): Connection {
  const ending = new AbortController();
  let stood: () => void;
  const standing = new Promise<void>((resolve) => {
    stood = resolve;
  });

  async function keep(): Promise<void> {
    for (let tries = 0; !ending.signal.aborted; tries++) {
      try {
        const { gone } = await connect();
        log.info(`${name}: connected`);
        stood();
        if (!gone) return;
        tries = -1;
        await gone;
        if (!ending.signal.aborted) log.info(`${name}: the connection ended; connecting again`);
      } catch (fault) {
        const code = codeOf(fault);
        if (code !== undefined && TOKEN_CODES.includes(code)) {
          log.error({ code }, `${name}: Slack does not know this token. Put the right ${setting} in and start again.`);
          return stood();
        }
        const wait = Math.min(LONGEST, 1_000 * 2 ** tries);
        log.warn({ code, why: code ?? String(fault) }, `${name}: Slack does not answer; the next try is in ${wait / 1000} seconds`);
        await pause(wait, ending.signal);
      }
    }
  }

  return {
    async open() {
      void keep();
      await Promise.race([standing, pause(PATIENCE, ending.signal)]);
    },
    async close() {
      ending.abort();
    },
  };
}

function pause(wait: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, wait);
    timer.unref();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
