import { build } from '../house.ts';
import { logger } from '../log.ts';
import type { Command } from './command.ts';
import { settings } from './settings.ts';

/** After a signal, what was taken in is answered and committed; then the process ends, whatever is still under way elsewhere. */
const PATIENCE = 9_500;

export const start: Command = {
  name: 'start',
  does: 'Serves Slack, Teams and the local workspace until it is stopped.',
  more: `Prints “ready http://…” once it answers. SIGTERM or SIGINT (Ctrl+C) ends it within ten seconds: it takes nothing new in,
answers and commits what came in, and leaves deliveries that are under way to the next start. A second signal ends it at once,
and loses nothing that was acknowledged either.`,
  example: 'npx offshoot start',
  async run({ json }, terminal) {
    const config = settings(terminal);
    const log = logger(config.logLevel);
    const asked = signalled();
    const house = await build(config, log);
    terminal.out(json ? JSON.stringify({ ok: true, ready: house.url }) : `ready ${house.url}`);
    log.info({ signal: await asked }, 'stopping');
    const ended = await Promise.race([house.stop().then(() => true), patience()]);
    if (!ended) log.warn('what was under way did not end in time; the next start goes on with it');
    return undefined;
  },
};

/** Resolves at the first signal to end; a second one ends the process on the spot. */
function signalled(): Promise<string> {
  return new Promise((resolve) => {
    let before = false;
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      process.on(signal, () => {
        if (before) process.exit(1);
        before = true;
        resolve(signal);
      });
  });
}

const patience = (): Promise<false> => new Promise((resolve) => void setTimeout(() => resolve(false), PATIENCE).unref());
