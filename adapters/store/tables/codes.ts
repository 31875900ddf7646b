import type { Tables } from '../../../src/store.ts';
import { db, query } from '../query.ts';

const put = query((p: { workspace: number; digest: string; purpose: string; flow: string | null; expires_at: number }) =>
  db
    .insertInto('codes')
    .values({ workspace: p.workspace, digest: p.digest, purpose: p.purpose, flow: p.flow, expires_at: p.expires_at, used_at: null }),
);
const one = query((p: { digest: string }) => db.selectFrom('codes').selectAll().where('digest', '=', p.digest));
const use = query((p: { digest: string; at: number }) => db.updateTable('codes').set({ used_at: p.at }).where('digest', '=', p.digest));
const guesses = query((p: { installation: number; user: string }) =>
  db.selectFrom('guesses').select(['wrong', 'at']).where('installation', '=', p.installation).where('user', '=', p.user),
);
const guess = query((p: { installation: number; user: string; wrong: number; at: number }) =>
  db
    .insertInto('guesses')
    .values({ installation: p.installation, user: p.user, wrong: p.wrong, at: p.at })
    .onConflict((on) =>
      on.columns(['installation', 'user']).doUpdateSet((eb) => ({ wrong: eb.ref('excluded.wrong'), at: eb.ref('excluded.at') })),
    ),
);

export const codeTables = {
  *putCode({ workspace, digest, purpose, flow, expires_at }) {
    yield* put({ workspace, digest, purpose, flow, expires_at });
  },
  *code(digest) {
    return (yield* one({ digest }))[0] as never;
  },
  *useCode(digest, at) {
    yield* use({ digest, at });
  },
  *guesses(installation, user) {
    return (yield* guesses({ installation, user }))[0];
  },
  *putGuesses(installation, user, { wrong, at }) {
    yield* guess({ installation, user, wrong, at });
  },
} satisfies Partial<Tables>;
