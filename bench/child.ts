import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Child {
  url: string;
  /** Milliseconds from the spawn to its `ready` line. */
  readyAfter: number;
  /** Resident memory now, in MB. */
  resident(): number;
  stop(): Promise<void>;
}

/** Starts a process that prints `ready http://…` once it answers. */
export async function child(command: readonly string[], env: Readonly<Record<string, string>>): Promise<Child> {
  const begun = performance.now();
  const running = spawn(process.execPath, command, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await ready(running);
  return {
    url,
    readyAfter: performance.now() - begun,
    resident: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${running.pid}/status`, 'utf8'))?.[1]) / 1024,
    stop: () =>
      new Promise((resolve) => {
        running.once('exit', () => resolve());
        running.kill('SIGTERM');
      }),
  };
}

function ready(running: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    running.stdout!.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /ready (http:\/\/\S+)/.exec(said);
      if (found) resolve(found[1]!);
    });
    running.once('exit', (code) => reject(new Error(`ended with ${code} before it was ready`)));
  });
}
