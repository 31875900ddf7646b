import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const folders: string[] = [];

/** Where a database can be made: in a folder of its own, which goes with the test file. */
export function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'offshoot-test-'));
  folders.push(folder);
  return join(folder, 'offshoot.db');
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
