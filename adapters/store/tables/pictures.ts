import type { Tables } from '../../../src/store.ts';
import { db, query } from '../query.ts';

const put = query((p: { workspace: number; digest: string; token: string; picture: string; made_at: number }) =>
  db
    .insertInto('pictures')
    .values({ workspace: p.workspace, digest: p.digest, token: p.token, picture: p.picture, made_at: p.made_at })
    .onConflict((on) => on.columns(['workspace', 'digest']).doUpdateSet((eb) => ({ made_at: eb.ref('excluded.made_at') }))),
);
const tokenOf = query((p: { workspace: number; digest: string }) =>
  db.selectFrom('pictures').select(['token', 'made_at']).where('workspace', '=', p.workspace).where('digest', '=', p.digest),
);
const forget = query((p: { before: number }) => db.deleteFrom('pictures').where('made_at', '<', p.before));
const forgetFiles = query((p: { before: number }) => db.deleteFrom('picture_files').where('made_at', '<', p.before));
const at = query((p: { token: string }) => db.selectFrom('pictures').select('picture').where('token', '=', p.token));
const file = query((p: { installation: number; digest: string }) =>
  db.selectFrom('picture_files').select(['file', 'made_at']).where('installation', '=', p.installation).where('digest', '=', p.digest),
);
const putFile = query((p: { installation: number; digest: string; file: string; made_at: number }) =>
  db
    .insertInto('picture_files')
    .values({ installation: p.installation, digest: p.digest, file: p.file, made_at: p.made_at })
    .onConflict((on) =>
      on.columns(['installation', 'digest']).doUpdateSet((eb) => ({ file: eb.ref('excluded.file'), made_at: eb.ref('excluded.made_at') })),
    ),
);
const dropFile = query((p: { installation: number; digest: string }) =>
  db.deleteFrom('picture_files').where('installation', '=', p.installation).where('digest', '=', p.digest),
);

export const pictureTables = {
  *pictureToken(workspace, digest, after = 0) {
    const [row] = yield* tokenOf({ workspace, digest });
    return row && row.made_at > after ? row.token : undefined;
  },
  *putPicture(workspace, { digest, token, picture, at: made_at }) {
    yield* put({ workspace, digest, token, picture: JSON.stringify(picture), made_at });
    return (yield* tokenOf({ workspace, digest }))[0]!.token;
  },
  *forgetPictures(before) {
    yield* forget({ before });
    yield* forgetFiles({ before });
  },
  *pictureAt(token) {
    const [row] = yield* at({ token });
    return row && JSON.parse(row.picture);
  },
  *pictureFile(installation, digest, after = 0) {
    const [row] = yield* file({ installation, digest });
    return row && row.made_at >= after ? row.file : undefined;
  },
  *putPictureFile(installation, { digest, file: id, at: made_at }) {
    yield* putFile({ installation, digest, file: id, made_at });
  },
  *dropPictureFile(installation, digest) {
    yield* dropFile({ installation, digest });
  },
} satisfies Partial<Tables>;
