import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Reply } from '../../src/event.ts';

export const CODE = /[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}/;

export const said = (reply: Reply): string =>
  'text' in reply ? reply.text.map((span) => ('text' in span ? span.text : '')).join('') : reply.kind;

/** The receipt that is said with a secret ballot, or else all that is said. */
export const receiptIn = (reply: Reply): string => CODE.exec(said(reply))?.[0] ?? said(reply);

/** The database's own files as they are on the disk at this moment. */
export function filesOf(file: string, index: number): { name: string; bytes: Buffer }[] {
  const folder = join(dirname(file), `copy-${index}`);
  mkdirSync(folder);
  return ['', '-wal']
    .filter((part) => existsSync(file + part))
    .map((part) => {
      const copy = join(folder, `offshoot.db${part}`);
      copyFileSync(file + part, copy);
      return { name: `${part || 'file'} ${index}`, bytes: readFileSync(copy) };
    });
}
