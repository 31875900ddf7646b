import type { Log } from '../../src/log.ts';
import { codeOf, TOKEN_CODES } from './faults.ts';

export interface Connection {
  /** Resolves when it stands, or when it has been waited for long enough: the rest of the house does not depend on it. */
  open(): Promise<void>;
  close(): void;
}

const PATIENCE = 5_000;
const LONGEST = 60_000;
const STABLE = 10_000;

/**
 * Keeps trying until `connect` has succeeded, and again each time that what it made is `gone`, at most a minute apart.
 * A token that Slack does not know ends it: nothing but another token helps. `token` says which one is in use.
 */
export function connection(connect: () => Promise<{ gone?: Promise<void> }>, token: () => string, log: Log): Connection {
  const ending = new AbortController();
  let stood: () => void;
  const standing = new Promise<void>((resolve) => {
    stood = resolve;
  });

  async function keep(): Promise<void> {
    for (let tries = 0; !ending.signal.aborted; tries++) {
      const since = Date.now();
      let why = 'the connection ended';
      try {
        const { gone } = await connect();
        log.info('Slack: connected');
        stood();
        if (!gone) return;
        await gone;
      } catch (fault) {
        const code = codeOf(fault);
        if (code !== undefined && TOKEN_CODES.includes(code)) {
          log.error({ code }, `Slack does not know this token. Put the right ${token()} in and start again.`);
          return stood();
        }
        why = code ?? (fault instanceof Error ? fault.message : 'the connection was refused');
      }
      if (ending.signal.aborted) return;
      // What stood for a while is made anew at once: Slack ends each connection after some hours.
      if (Date.now() - since > STABLE) tries = -1;
      const wait = tries < 0 ? 0 : Math.min(LONGEST, 1_000 * 2 ** tries);
      log.warn({ why }, `Slack: not connected; the next try is in ${wait / 1000} seconds`);
      await pause(wait, ending.signal);
    }
  }

  return {
    async open() {
      void keep();
      await Promise.race([standing, pause(PATIENCE, ending.signal)]);
    },
    close: () => ending.abort(),
  };
}

function pause(wait: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, wait);
    timer.unref();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
