import { createHash, randomUUID } from 'node:crypto';
import type { FlowId } from './id.ts';
import type { JournalRow } from './store.ts';

/**
 * The audit trail: one chain of digests per workspace. leaf = SHA-256(salt ‖ body); digest = SHA-256(digest before ‖ seq ‖ at ‖
 * flow ‖ input ‖ leaf), parts joined by a line feed, digests in hexadecimal. The body and its salt can be erased for a
 * person and the chain still holds; without the salt the leaf tells nothing of the body.
 */
export const BEGINNING = '0'.repeat(64);

export function entry(before: { seq: number; digest: string }, at: number, flow: FlowId, input: string, said: unknown): JournalRow {
  const body = JSON.stringify(said);
  const salt = randomUUID();
  const leaf = sha256(salt + body);
  const seq = before.seq + 1;
  return { seq, at, flow, input, body, salt, leaf, digest: chained(before.digest, { seq, at, flow, input, leaf }) };
}

/** The first sequence number at which the chain does not hold, with the reason; undefined when it holds. */
export function brokenAt(rows: Iterable<JournalRow>, before: { seq: number; digest: string }): { seq: number; why: string } | undefined {
  let last = before;
  for (const row of rows) {
    if (row.seq !== last.seq + 1) return { seq: row.seq, why: `entry ${last.seq + 1} is missing` };
    if ((row.body === null) !== (row.salt === null)) return { seq: row.seq, why: 'its body or its salt alone was erased' };
    if (row.body !== null && row.salt !== null && sha256(row.salt + row.body) !== row.leaf)
      return { seq: row.seq, why: 'its body was changed' };
    if (chained(last.digest, row) !== row.digest) return { seq: row.seq, why: 'its place in the chain was changed' };
    last = row;
  }
  return undefined;
}

function chained(before: string, { seq, at, flow, input, leaf }: Pick<JournalRow, 'seq' | 'at' | 'flow' | 'input' | 'leaf'>): string {
  return sha256([before, seq, at, flow, input, leaf].join('\n'));
}

const sha256 = (data: string): string => createHash('sha256').update(data).digest('hex');
