import { copyFileSync, cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Where there is one, a disk in memory: thousands of commits are flushed here, and no power is lost but by the story.
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'offshoot-model-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const furnished = new Map<string, Promise<string>>();
let files = 0;

const KEYS = '.keys';

/** A copy of what was furnished once under this name, with the keys that stand beside it. */
export async function copyOf(name: string, furnish: (file: string) => Promise<void>): Promise<string> {
  if (!furnished.has(name)) {
    const file = join(folder, `${name}.db`);
    furnished.set(
      name,
      Promise.resolve(furnish(file)).then(() => file),
    );
  }
  const from = await furnished.get(name)!;
  const file = join(folder, `${++files}.db`);
  copyFileSync(from, file);
  if (existsSync(from + KEYS)) cpSync(from + KEYS, file + KEYS, { recursive: true });
  return file;
}

export function drop(file: string): void {
  for (const rest of ['', '-wal', '-shm', KEYS]) rmSync(file + rest, { recursive: true, force: true });
}
