import { sql } from 'kysely';
import type { Tables } from '../../../src/store.ts';
import { db, query } from '../query.ts';
import { isMuted } from './surfaces.ts';

const owed = query((_: object) =>
  db
    .selectFrom('surfaces')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where(sql<boolean>`wanted > shown and held is null and not ${isMuted}`),
);
const due = query((p: { now: number }) =>
  db
    .selectFrom('timers')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('held', 'is', null)
    .where('fires_at', '<=', p.now),
);
const heldTimers = query((_: object) => db.selectFrom('timers').select(['workspace', 'flow', 'key', 'held']).where('held', 'is not', null));
const heldSurfaces = query((_: object) =>
  db
    .selectFrom('surfaces')
    .select(['workspace', 'flow', 'key', 'destination', 'held', 'uncertain'])
    .where(sql<boolean>`held is not null and not ${isMuted}`),
);
const releaseTimers = query((_: object) =>
  db
    .updateTable('timers')
    .set((eb) => ({ held: null, tries: 0, fires_at: eb.ref('at') }))
    .where('held', 'is not', null)
    .returning('key'),
);
const surfacesHeld = (uncertain: 0 | 1) =>
  db.updateTable('surfaces').where(sql<boolean>`held is not null and not ${isMuted}`).where('uncertain', '=', uncertain).returning('key');
const released = { held: null, uncertain: 0, tries: 0, again_at: 0 } as const;
const releaseSurfaces = query((_: object) => surfacesHeld(0).set(released));
const sendUncertain = query((_: object) => surfacesHeld(1).set(released));
const settleUncertain = query((_: object) => surfacesHeld(1).set((eb) => ({ ...released, shown: eb.ref('wanted') })));

export const healthTables = {
  *health(now) {
    const [surfaces] = yield* owed({});
    const [timers] = yield* due({ now });
    const held = (yield* heldTimers({})).length + (yield* heldSurfaces({})).length;
    return { owed: surfaces?.n ?? 0, due: timers?.n ?? 0, held };
  },
  *heldThings() {
    const timers = (yield* heldTimers({})).map((row) => ({
      kind: 'timer' as const,
      what: `${row.key} of ${row.flow} in workspace ${row.workspace}`,
      why: row.held ?? '',
    }));
    const surfaces = (yield* heldSurfaces({})).map((row) => ({
      kind: row.uncertain ? ('uncertain' as const) : ('delivery' as const),
      what: `${row.key} of ${row.flow} to ${row.destination} in workspace ${row.workspace}`,
      why: row.held ?? '',
    }));
    return [...timers, ...surfaces];
  },
  *releaseHeld(what) {
    switch (what) {
      case 'failed':
        return (yield* releaseTimers({})).length + (yield* releaseSurfaces({})).length;
      case 'uncertain':
        return (yield* sendUncertain({})).length;
      case 'delivered':
        return (yield* settleUncertain({})).length;
    }
  },
} satisfies Partial<Tables>;
