import { randomBytes } from 'node:crypto';
import type { Kept, Outward } from './kept.ts';
import type { Tables, Work } from './store.ts';
import { newToken } from './token.ts';
import { testBody } from './webhooks.ts';

/** What a delivery is signed with. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64url')}`;

/**
 * The tables as a step of an administrator sees them: a step says that a token or a webhook should be, and its secret is made here, where
 * no state, journal or stored reply ever holds it. `shown` gathers what is said once to the one who acted. `guard` is called before a
 * secret is stored that has to be kept to sign with.
 */
export function disclosing(tables: Tables, shown: string[], guard: () => void): Tables {
  const own: Pick<Tables, 'keep'> = {
    *keep(workspace, flow, kept) {
      if (!isOutward(kept)) return yield* tables.keep(workspace, flow, kept);
      switch (kept.kind) {
        case 'token':
          shown.push((yield* newToken(tables, workspace, kept.name, kept.at)).token);
          return;
        case 'webhook': {
          guard();
          const secret = newSecret();
          yield* tables.putWebhook({ workspace, url: kept.url, secret, created_at: kept.at });
          shown.push(secret);
          return;
        }
        case 'revoke':
        case 'remove':
        case 'try':
          return yield* ended(tables, workspace, flow, kept);
      }
    },
  };
  return Object.assign(Object.create(tables) as Tables, own);
}

const OUTWARD: ReadonlySet<string> = new Set<Outward['kind']>(['token', 'webhook', 'revoke', 'remove', 'try']);

const isOutward = (kept: Kept): kept is Outward => OUTWARD.has(kept.kind);

function* ended(tables: Tables, workspace: number, flow: string, kept: Exclude<Outward, { kind: 'token' | 'webhook' }>): Work<void> {
  switch (kept.kind) {
    case 'revoke':
      yield* tables.revokeToken(workspace, kept.token, kept.at);
      return;
    case 'remove':
      yield* tables.removeWebhook(workspace, kept.webhook, kept.at);
      return;
    case 'try':
      yield* tables.owe(workspace, {
        webhook: kept.webhook,
        event: `test ${flow}`,
        body: testBody(workspace, kept.at),
        created_at: kept.at,
      });
  }
}
