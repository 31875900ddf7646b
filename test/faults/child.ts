import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const main = join(root, 'dist/src/main.js');

/** One step of the preload's script: at the nth statement that matches, something happens to the process. */
export interface Fault {
  /** A regular expression over the SQL. */
  on: string;
  nth?: number;
  before?: true;
  do?: 'kill' | 'term' | 'full' | 'readonly';
}

export interface Given {
  faults?: readonly Fault[];
  /** How far the process's clock is ahead, in milliseconds. */
  ahead?: number;
  /** Undefined takes a variable away. */
  env?: Readonly<Record<string, string | undefined>>;
}

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  err: string;
}

/** The product as a real process, as `npx offshoot start` runs it. */
export interface Child {
  process: ChildProcess;
  /** Where it answers; throws when it ended before. */
  ready: Promise<string>;
  ended: Promise<Ended>;
  /** What it has said on stderr so far. */
  said(): string;
}

/** Starts the built product on a database. Whatever a test leaves running ends with its file. */
export function launch(file: string, { faults = [], ahead = 0, env = {} }: Given = {}, args: readonly string[] = ['start']): Child {
  if (!existsSync(main)) throw new Error(`${main} is missing: these tests run the built product. Run npm run build first.`);
  const preload = pathToFileURL(join(import.meta.dirname, 'preload.mjs')).href;
  const child = spawn(process.execPath, ['--import', preload, main, ...args], {
    cwd: join(file, '..'),
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      DATABASE_URL: `file:${file}`,
      OFFSHOOT_CLOCK: 'manual',
      LOG_LEVEL: 'warn',
      FAULTS: JSON.stringify(faults),
      CLOCK_AHEAD: String(ahead),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (data: string) => (out += data));
  child.stderr.setEncoding('utf8').on('data', (data: string) => (err += data));
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code, signal) => {
      children.delete(child);
      resolve({ code, signal, out, err });
    });
  });
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const [, url] = /^ready (http:\S+)$/m.exec(out) ?? [];
      if (url) resolve(url);
    });
    void ended.then(({ code, signal }) => reject(new Error(`ended before it was ready (${signal ?? code}): ${out}${err}`)));
  });
  // A test that expects the end does not wait for readiness.
  ready.catch(() => {});
  return { process: child, ready, ended, said: () => err };
}

/** Runs another command to its end. */
export const command = (file: string, ...args: string[]): Promise<Ended> => launch(file, {}, args).ended;

const children = new Set<ChildProcess>();

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});
