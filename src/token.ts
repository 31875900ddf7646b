import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { WorkspaceId } from './id.ts';
import type { TokenRow } from './outside.ts';
import type { Store, Tables, Work } from './store.ts';

const digest = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Makes a token of a workspace. It is shown this once: only its digest is kept. */
export function* newToken(tables: Tables, workspace: WorkspaceId, name: string, at: number): Work<{ id: number; token: string }> {
  const id = yield* tables.putToken({ workspace, name, hash: '', created_at: at });
  const token = `offshoot_${id}_${randomBytes(32).toString('base64url')}`;
  yield* tables.sealToken(id, digest(token));
  return { id, token };
}

/** The token that somebody presents; undefined when it is none, a wrong one, or revoked. Notes the day of its use, in UTC. */
export async function tokenShown(store: Store, shown: string, now: number): Promise<TokenRow | undefined> {
  const id = /^offshoot_([1-9]\d{0,9})_[\w-]{43}$/.exec(shown)?.[1];
  const row = id === undefined ? undefined : await store.look((tables) => tables.token(Number(id)));
  const known = Buffer.from(row?.hash || digest(''), 'hex');
  const same = timingSafeEqual(known, Buffer.from(digest(shown), 'hex'));
  if (!row || !same || row.revoked_at !== null) return undefined;
  const day = new Date(now).toISOString().slice(0, 10);
  if (row.used_on !== day) await store.update((tables) => tables.useToken(row.id, day));
  return row;
}
