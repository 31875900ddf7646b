import { sql } from 'kysely';
import { type ChannelId, channelId, type PersonId, personId } from '../../../src/id.ts';
import type { ChannelRow, InstallationRow, PersonRow, Tables } from '../../../src/store.ts';
import { db, query } from '../query.ts';
import { flowTables } from './flows.ts';

/** No form offers more people by name. */
const OFFERED = 500;

const workspaces = query((_: object) => db.selectFrom('workspaces').select(['id', 'name']).orderBy('id'));
const putWorkspace = query((p: { name: string; now: number }) =>
  db
    .insertInto('workspaces')
    .values({ name: p.name, created_at: p.now } as never)
    .returning('id'),
);
const installation = query((p: { platform: InstallationRow['platform']; key: string }) =>
  db.selectFrom('installations').selectAll().where('platform', '=', p.platform).where('key', '=', p.key),
);
const installations = query((p: { platform: InstallationRow['platform'] }) =>
  db.selectFrom('installations').selectAll().where('platform', '=', p.platform).orderBy('id'),
);
const putInstallation = query((p: Omit<InstallationRow, 'id'>) =>
  db
    .insertInto('installations')
    .values({ workspace: p.workspace, platform: p.platform, key: p.key, name: p.name } as never)
    .returningAll(),
);
const identity = query((p: { installation: number; user: string }) =>
  db
    .selectFrom('identities as i')
    .innerJoin('people as p', (on) => on.onRef('p.workspace', '=', 'i.workspace').onRef('p.id', '=', 'i.person'))
    .select(['p.id', 'p.workspace', 'p.name', 'p.zone', 'p.active', 'p.guest', 'p.acted_on', 'p.same_as'])
    .where('i.installation', '=', p.installation)
    .where('i.user', '=', p.user),
);
const putPerson = query((p: { workspace: number; id: string; name: string; zone: string | null; active: 0 | 1; guest: 0 | 1 }) =>
  db
    .insertInto('people')
    .values({ workspace: p.workspace, id: p.id, name: p.name, zone: p.zone, active: p.active, guest: p.guest })
    .returningAll(),
);
const putIdentity = query((p: { workspace: number; installation: number; user: string; person: string; active: 0 | 1; guest: 0 | 1 }) =>
  db.insertInto('identities').values({
    workspace: p.workspace,
    installation: p.installation,
    user: p.user,
    person: p.person,
    active: p.active,
    guest: p.guest,
  }),
);
const profile = query(
  (p: { workspace: number; id: string; name: string | null; zone: string | null; active: 0 | 1 | null; guest: 0 | 1 | null }) =>
    db
      .updateTable('people')
      .set((eb) => ({
        name: eb.fn.coalesce(eb.val(p.name), 'name'),
        zone: eb.fn.coalesce(eb.val(p.zone), 'zone'),
        active: eb.fn.coalesce(eb.val(p.active), 'active'),
        guest: eb.fn.coalesce(eb.val(p.guest), 'guest'),
      }))
      .where('workspace', '=', p.workspace)
      .where('id', '=', p.id),
);
const account = query((p: { installation: number; user: string; active: 0 | 1 | null; guest: 0 | 1 | null }) =>
  db
    .updateTable('identities')
    .set((eb) => ({
      active: eb.fn.coalesce(eb.val(p.active), 'active'),
      guest: eb.fn.coalesce(eb.val(p.guest), 'guest'),
    }))
    .where('installation', '=', p.installation)
    .where('user', '=', p.user)
    .returning(['workspace', 'person']),
);
const standing = query((p: { workspace: number; id: string }) =>
  db
    .updateTable('people')
    .set((eb) => {
      const of = eb.selectFrom('identities as i').whereRef('i.workspace', '=', 'people.workspace').whereRef('i.person', '=', 'people.id');
      return {
        active: of.select((one) => one.fn.max('i.active').as('active')).$castTo<0 | 1>(),
        guest: of.select((one) => one.fn.min('i.guest').as('guest')).$castTo<0 | 1>(),
      };
    })
    .where('workspace', '=', p.workspace)
    .where('id', '=', p.id),
);
const identities = query((p: { workspace: number; person: string }) =>
  db
    .selectFrom('identities as i')
    .innerJoin('installations as n', 'n.id', 'i.installation')
    .innerJoin('people as p', (on) => on.onRef('p.workspace', '=', 'i.workspace').onRef('p.id', '=', 'i.person'))
    .select(['i.installation', 'n.platform', 'i.user', 'i.direct'])
    .where('i.workspace', '=', p.workspace)
    .where(
      'i.person',
      '=',
      sql<string>`coalesce((select same_as from people where workspace = ${p.workspace} and id = ${p.person}), ${p.person})`,
    )
    .orderBy(sql`i.installation is p.acted_on`, 'desc')
    .orderBy('i.installation'),
);
const peopleOf = query((p: { workspace: number }) =>
  db.selectFrom('people').selectAll().where('workspace', '=', p.workspace).where('name', '<>', '').orderBy('name'),
);
const elsewhere = query((p: { workspace: number; installation: number; limit: number }) =>
  db
    .selectFrom('people as p')
    .selectAll()
    .where('p.workspace', '=', p.workspace)
    .where('p.name', '<>', '')
    .where('p.active', '=', 1)
    .where((eb) =>
      eb.exists(
        eb.selectFrom('identities as i').select('i.user').whereRef('i.workspace', '=', 'p.workspace').whereRef('i.person', '=', 'p.id'),
      ),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('identities as i')
            .select('i.user')
            .whereRef('i.workspace', '=', 'p.workspace')
            .whereRef('i.person', '=', 'p.id')
            .where('i.installation', '=', p.installation),
        ),
      ),
    )
    .orderBy('p.name')
    .limit(p.limit),
);
const channelAt = query((p: { installation: number; address: string }) =>
  db.selectFrom('channels').selectAll().where('installation', '=', p.installation).where('address', '=', p.address),
);
const putChannel = query((p: Omit<ChannelRow, 'id'> & { id: string }) =>
  db
    .insertInto('channels')
    .values({
      workspace: p.workspace,
      id: p.id,
      installation: p.installation,
      address: p.address,
      name: p.name,
      zone: p.zone,
      reference: p.reference,
    })
    .onConflict((on) =>
      on
        .columns(['installation', 'address'])
        .doUpdateSet((eb) => ({ name: eb.ref('excluded.name'), zone: eb.ref('excluded.zone'), reference: eb.ref('excluded.reference') })),
    )
    .returningAll(),
);
const channelOf = query((p: { workspace: number; id: string }) =>
  db.selectFrom('channels').selectAll().where('workspace', '=', p.workspace).where('id', '=', p.id),
);
const channelsOf = query((p: { workspace: number }) =>
  db.selectFrom('channels').selectAll().where('workspace', '=', p.workspace).orderBy('name'),
);
const putDirect = query((p: { installation: number; user: string; direct: string }) =>
  db.updateTable('identities').set({ direct: p.direct }).where('installation', '=', p.installation).where('user', '=', p.user),
);

export const directoryTables = {
  *workspaces() {
    return yield* workspaces({});
  },
  *installation(platform, key) {
    const [row] = yield* installation({ platform: platform as InstallationRow['platform'], key });
    return row;
  },
  *installations(platform) {
    return yield* installations({ platform });
  },
  *putInstallation({ platform, key, name }, now) {
    const [known] = yield* installation({ platform, key });
    if (known) return known;
    const [workspace] = yield* putWorkspace({ name, now });
    const [row] = yield* putInstallation({ workspace: workspace!.id, platform, key, name });
    return row as InstallationRow;
  },
  *identity(from, user) {
    const [row] = yield* identity({ installation: from, user });
    return row as PersonRow | undefined;
  },
  *putIdentity({ id: from, workspace }, user, { name, zone, active, guest }) {
    const id = personId(yield* flowTables.next(workspace, 'person'));
    const flags = { active: active === false ? 0 : 1, guest: guest ? 1 : 0 } as const;
    const [row] = yield* putPerson({ workspace, id, name: name ?? '', zone: zone ?? null, ...flags });
    yield* putIdentity({ workspace, installation: from, user, person: id, ...flags });
    return row as PersonRow;
  },
  *updateProfile(workspace, id, { name, zone, active, guest }) {
    yield* profile({ workspace, id, name: name ?? null, zone: zone ?? null, active: flag(active), guest: flag(guest) });
  },
  *updateAccount(from, user, { active, guest }) {
    const [known] = yield* account({ installation: from, user, active: flag(active), guest: flag(guest) });
    if (known) yield* standing({ workspace: known.workspace, id: known.person });
  },
  *identitiesOf(workspace, person: PersonId) {
    return yield* identities({ workspace, person });
  },
  *peopleOf(workspace) {
    return (yield* peopleOf({ workspace })) as PersonRow[];
  },
  *peopleElsewhere(workspace, installation) {
    return (yield* elsewhere({ workspace, installation, limit: OFFERED })) as PersonRow[];
  },
  *channelAt(from, address) {
    const [row] = yield* channelAt({ installation: from, address });
    return row as ChannelRow | undefined;
  },
  *putChannel({ id: from, workspace }, { address, name, zone, reference }) {
    const [known] = yield* channelAt({ installation: from, address });
    const id = known?.id ?? channelId(yield* flowTables.next(workspace, 'channel'));
    const [row] = yield* putChannel({ workspace, id, installation: from, address, name, zone, reference });
    return row as ChannelRow;
  },
  *channelOf(workspace, id: ChannelId) {
    const [row] = yield* channelOf({ workspace, id });
    return row as ChannelRow | undefined;
  },
  *channelsOf(workspace) {
    return (yield* channelsOf({ workspace })) as ChannelRow[];
  },
  *putDirect(from, user, direct) {
    yield* putDirect({ installation: from, user, direct });
  },
} satisfies Partial<Tables>;

const flag = (said: boolean | undefined): 0 | 1 | null => (said === undefined ? null : said ? 1 : 0);
