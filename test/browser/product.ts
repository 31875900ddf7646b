import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '../../dist/src/main.js');

export interface Product {
  url: string;
  /** Ends it as an operator would, and fails when it does not end well. */
  stop(): Promise<void>;
  /** Starts it again after `stop`, on the same database and at the same address. */
  start(): Promise<void>;
  /** Stops it for good. */
  discard(): Promise<void>;
}

/** The built product in a process and a folder of its own, with nothing configured but a clock to move. */
export async function startProduct(): Promise<Product> {
  if (!existsSync(MAIN))
    throw new Error('dist/ is missing: these tests drive the built product. Run npm run build first, as npm test does.');
  const folder = mkdtempSync(join(tmpdir(), 'offshoot-browser-'));
  let running = await run(folder, '0');
  const { url } = running;
  return {
    url,
    stop: () => running.stop(),
    async start() {
      running = await run(folder, new URL(url).port);
    },
    async discard() {
      try {
        await running.stop();
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  };
}

async function run(cwd: string, port: string): Promise<{ url: string; stop(): Promise<void> }> {
  const env = { PATH: process.env.PATH, PORT: port, OFFSHOOT_CLOCK: 'manual', LOG_LEVEL: 'error' };
  const child = spawn(process.execPath, [MAIN, 'start'], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let complained = '';
  child.stderr.on('data', (some: Buffer) => (complained += some.toString()));
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code, signal) => reject(new Error(`the product ended with ${code ?? signal} before it was ready:\n${complained}`)));
    child.stdout.on('data', (some: Buffer) => {
      said += some.toString();
      const ready = /^ready (\S+)$/m.exec(said);
      if (ready?.[1]) resolve(ready[1]);
    });
  });
  child.removeAllListeners('exit');
  return {
    url,
    async stop() {
      const alive = child.exitCode === null && child.signalCode === null;
      const gone = alive ? once(child, 'exit') : undefined;
      child.kill('SIGTERM');
      await gone;
      if (child.exitCode !== 0 || complained !== '')
        throw new Error(`the product ended with ${child.exitCode ?? child.signalCode} and said:\n${complained}`);
    },
  };
}
