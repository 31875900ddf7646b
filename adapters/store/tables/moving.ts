import { sql } from 'kysely';
import { channelId, personId } from '../../../src/id.ts';
import type { Tables } from '../../../src/store.ts';
import { db, query } from '../query.ts';
import { flowTables } from './flows.ts';

const kinds = query((p: { workspace: number }) =>
  db.selectFrom('flows').select('kind').distinct().where('workspace', '=', p.workspace).orderBy('kind'),
);
const at = query((p: { id: number }) => db.selectFrom('installations').selectAll().where('id', '=', p.id));
const untimed = query((p: { workspace: number }) => db.deleteFrom('timers').where('workspace', '=', p.workspace));
const unowed = query((p: { workspace: number }) =>
  db
    .updateTable('surfaces')
    .set((eb) => ({ shown: eb.ref('wanted'), held: null, uncertain: 0, sending: 0 }))
    .where('workspace', '=', p.workspace),
);
const moved = query((p: { id: number; into: number }) => db.updateTable('installations').set({ workspace: p.into }).where('id', '=', p.id));
const served = query((p: { workspace: number }) =>
  db.selectFrom('installations').select('id').where('workspace', '=', p.workspace).limit(sql.lit(1)),
);
const people = query((p: { installation: number }) =>
  db
    .selectFrom('identities as i')
    .innerJoin('people as p', (on) => on.onRef('p.workspace', '=', 'i.workspace').onRef('p.id', '=', 'i.person'))
    .select(['i.user', 'p.id', 'p.name', 'p.named_on', 'p.zone', 'p.active', 'p.guest'])
    .where('i.installation', '=', p.installation)
    .orderBy('i.user'),
);
const enter = query(
  (p: { workspace: number; id: string; name: string; named_on: number | null; zone: string | null; active: 0 | 1; guest: 0 | 1 }) =>
    db
      .insertInto('people')
      .values({ workspace: p.workspace, id: p.id, name: p.name, named_on: p.named_on, zone: p.zone, active: p.active, guest: p.guest }),
);
const identify = query((p: { installation: number; user: string; workspace: number; person: string }) =>
  db
    .updateTable('identities')
    .set({ workspace: p.workspace, person: p.person })
    .where('installation', '=', p.installation)
    .where('user', '=', p.user),
);
const channels = query((p: { installation: number }) =>
  db.selectFrom('channels').select('address').where('installation', '=', p.installation).orderBy('address'),
);
const rehouse = query((p: { installation: number; address: string; workspace: number; id: string }) =>
  db
    .updateTable('channels')
    .set({ workspace: p.workspace, id: p.id })
    .where('installation', '=', p.installation)
    .where('address', '=', p.address),
);

export const movingTables = {
  *kindsOf(workspace) {
    return (yield* kinds({ workspace })).map((row) => row.kind);
  },
  *installationAt(id) {
    return (yield* at({ id }))[0];
  },
  *isServed(workspace) {
    return (yield* served({ workspace })).length > 0;
  },
  *quiet(workspace) {
    yield* untimed({ workspace });
    yield* unowed({ workspace });
  },
  *moveInstallation({ id: installation }, into) {
    yield* moved({ id: installation, into });
    for (const { user, name, named_on, zone, active, guest } of yield* people({ installation })) {
      const person = personId(yield* flowTables.next(into, 'person'));
      yield* enter({ workspace: into, id: person, name, named_on, zone, active, guest });
      yield* identify({ installation, user, workspace: into, person });
    }
    for (const { address } of yield* channels({ installation })) {
      const id = channelId(yield* flowTables.next(into, 'channel'));
      yield* rehouse({ installation, address, workspace: into, id });
    }
  },
} satisfies Partial<Tables>;
