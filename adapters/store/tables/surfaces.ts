import { sql } from 'kysely';
import type { Surface } from '../../../src/flow.ts';
import type { Tables, Work } from '../../../src/store.ts';
import type { BareSurface, Line, SurfaceCall, SurfaceFate, SurfaceRow } from '../../../src/surface.ts';
import { db, query } from '../query.ts';

interface Key {
  workspace: number;
  flow: string;
  key: string;
}

const RANK: Record<NonNullable<Surface['rank']> | 'edit', number> = { result: 0, edit: 1, nudge: 2 };

const CALLS: readonly SurfaceCall[] = ['edit', 'post', 'remove', 'drop'];

/** How much of one line is read at a time. */
const EACH = 10;

const rows = () => db.selectFrom('surfaces').selectAll();
const bareRows = () =>
  db
    .selectFrom('surfaces')
    .select(['workspace', 'flow', 'key', 'destination as to', 'under', 'wanted', 'shown', 'installation', 'address', 'message'])
    .select(['sending', 'tries', 'rank', 'retired']);
const at = (p: Key) => db.updateTable('surfaces').where('workspace', '=', p.workspace).where('flow', '=', p.flow).where('key', '=', p.key);

/** News is a reason to try again, but not to send twice what may have landed. */
const stillHeld = sql<string | null>`case when surfaces.uncertain = 1 then surfaces.held end`;

const put = query((p: Key & { destination: string; under: string | null; card: string; rank: number; nudge: string | null }) =>
  db
    .insertInto('surfaces')
    .values({
      workspace: p.workspace,
      flow: p.flow,
      key: p.key,
      destination: p.destination,
      under: p.under,
      card: p.card,
      rank: p.rank,
      nudge: p.nudge,
      wanted: 1,
      shown: 0,
      sending: 0,
      tries: 0,
      again_at: 0,
      uncertain: 0,
      retired: 0,
    })
    .onConflict((on) =>
      on.columns(['workspace', 'flow', 'key']).doUpdateSet((eb) => ({
        card: eb.ref('excluded.card'),
        rank: eb.ref('excluded.rank'),
        nudge: eb.ref('excluded.nudge'),
        wanted: eb('surfaces.wanted', '+', 1),
        tries: 0,
        held: stillHeld,
        retired: 0,
      })),
    ),
);
const retire = query((p: Key & { card: string | null }) =>
  at(p).set((eb) => ({ card: p.card, wanted: eb('wanted', '+', 1), tries: 0, held: stillHeld, retired: 1 })),
);
const of = query((p: { workspace: number; flow: string }) => rows().where('workspace', '=', p.workspace).where('flow', '=', p.flow));
const one = query((p: Key) => rows().where('workspace', '=', p.workspace).where('flow', '=', p.flow).where('key', '=', p.key));
const oneBare = query((p: Key) => bareRows().where('workspace', '=', p.workspace).where('flow', '=', p.flow).where('key', '=', p.key));
/** Its reader wants none of its kind. What was posted, or may have been, is edited and removed all the same. */
export const isMuted = sql<boolean>`(nudge is not null and message is null and card is not null and sending = 0 and uncertain = 0
  and exists (
    select 1 from mutes
    where mutes.workspace = surfaces.workspace and mutes.person = surfaces.destination and mutes.kind = surfaces.nudge))`;
/**
 * A reply has nowhere to go before the message that it answers is there; what was posted once has a place of its own. Where an
 * operator took that message as delivered, nobody knows its id, and the reply stands for itself.
 */
const deliverable = sql<boolean>`wanted > shown and held is null and not ${isMuted} and (
  under is null or message is not null or card is null or exists (
    select 1 from surfaces parent
    where parent.workspace = surfaces.workspace and parent.flow = surfaces.flow and parent.key = surfaces.under
      and (parent.message is not null or (parent.shown = parent.wanted and parent.retired = 0))))`;
const owingAfter = query((p: { workspace: number; now: number }) =>
  db
    .selectFrom('surfaces')
    .select('workspace')
    .where('workspace', '>', p.workspace)
    .where(deliverable)
    .where('again_at', '<=', p.now)
    .orderBy('workspace')
    .limit(1),
);
/** In the order of `CALLS`, and as the index has it. */
const call = sql<number>`(message is null) + 2 * (card is null)`;
const lineAfter = query(
  (p: { workspace: number; rank: number; destination: string; call: number; now: number; no: number; nor: number; nor2: number }) =>
    db
      .selectFrom('surfaces')
      .select(['destination', call.as('call')])
      .where('workspace', '=', p.workspace)
      .where('rank', '=', p.rank)
      .where(sql<boolean>`(destination, ${call}) > (${p.destination}, ${p.call})`)
      .where(sql<boolean>`${call} not in (${p.no}, ${p.nor}, ${p.nor2})`)
      .where(deliverable)
      .where('again_at', '<=', p.now)
      .orderBy('destination')
      .orderBy(call)
      .limit(1),
);
const inLine = query((p: { workspace: number; rank: number; destination: string; call: number; now: number }) =>
  bareRows()
    .where('workspace', '=', p.workspace)
    .where('rank', '=', p.rank)
    .where('destination', '=', p.destination)
    .where(call, '=', p.call)
    .where(deliverable)
    .where('again_at', '<=', p.now)
    .orderBy(sql`rowid`)
    .limit(EACH),
);
const release = query((p: { workspace: number; destination: string }) =>
  db
    .updateTable('surfaces')
    .set({ held: null, tries: 0, again_at: 0 })
    .where('workspace', '=', p.workspace)
    .where('destination', '=', p.destination)
    .where('uncertain', '=', 0)
    .where('held', 'is not', null),
);
const next = query((p: { now: number }) =>
  db
    .selectFrom('surfaces')
    .select((eb) => eb.fn.min('again_at').as('at'))
    .where(deliverable)
    .where('again_at', '>', p.now),
);
const atMessage = query((p: { installation: number; address: string; message: string }) =>
  rows().where('installation', '=', p.installation).where('address', '=', p.address).where('message', '=', p.message),
);

const sending = query((p: Key) => at(p).set({ sending: 1 }));
const shown = query((p: Key & { revision: number; installation: number; address: string; message: string | null }) =>
  at(p).set({
    shown: p.revision,
    installation: p.installation,
    address: p.address,
    message: p.message,
    sending: 0,
    tries: 0,
    again_at: 0,
    uncertain: 0,
  }),
);
const gone = query((p: Key & { revision: number }) => at(p).set({ shown: p.revision, message: null, sending: 0, tries: 0, again_at: 0 }));
const again = query((p: Key & { at: number; tries: number; sending: 0 | 1 }) =>
  at(p).set({ again_at: p.at, tries: p.tries, sending: p.sending }),
);
const vanished = query((p: Key) => at(p).set({ message: null, shown: 0, sending: 0, again_at: 0 }));
const held = query((p: Key & { why: string; sending: 0 | 1 }) => at(p).set({ held: p.why, sending: p.sending }));
const uncertain = query((p: Key & { why: string }) => at(p).set({ held: p.why, uncertain: 1, sending: 0 }));

export const surfaceTables = {
  *putSurface(workspace, flow, surface) {
    const { key, to, under = null, card, rank = 'edit', nudge = null } = surface;
    yield* put({ workspace, flow, key, destination: to, under, card: JSON.stringify(card), rank: RANK[rank], nudge });
  },
  *retireSurface(workspace, flow, key, card) {
    yield* retire({ workspace, flow, key, card: card && JSON.stringify(card) });
  },
  *surfacesOf(workspace, flow) {
    return (yield* of({ workspace, flow })).map(surfaceRow);
  },
  *owing(now) {
    const found: number[] = [];
    for (;;) {
      const [next] = yield* owingAfter({ workspace: found.at(-1) ?? 0, now });
      if (!next) return found;
      found.push(next.workspace);
    }
  },
  *owed(workspace, now, limit, { rank: only, after, except = [] } = {}) {
    const found: Line[] = [];
    const [no = -1, nor = -1, nor2 = -1] = except.map((one) => CALLS.indexOf(one));
    let left = limit;
    for (const rank of only === undefined ? Object.values(RANK) : [only]) {
      let [destination, number] = after ? [after.to as string, CALLS.indexOf(after.call)] : ['', -1];
      while (left > 0) {
        const [next] = yield* lineAfter({ workspace, rank, destination, call: number, now, no, nor, nor2 });
        if (!next) break;
        ({ destination, call: number } = next);
        const few = (yield* inLine({ workspace, rank, destination, call: number, now })) as BareSurface[];
        found.push({ rank, to: destination as Line['to'], call: CALLS[number]!, rows: few });
        left -= few.length;
      }
    }
    return found;
  },
  *release(workspace, destination) {
    yield* release({ workspace, destination });
  },
  *surface(workspace, flow, key) {
    return (yield* one({ workspace, flow, key })).map(surfaceRow)[0];
  },
  *bareSurface(workspace, flow, key) {
    return ((yield* oneBare({ workspace, flow, key })) as BareSurface[])[0];
  },
  *surfaceAt(installation, address, message) {
    return (yield* atMessage({ installation, address, message })).map(surfaceRow)[0];
  },
  *nextOwed(now) {
    const [row] = yield* next({ now });
    return row?.at ?? undefined;
  },
  *shown({ workspace, flow, key }, fate) {
    yield* settle({ workspace, flow, key }, fate);
  },
} satisfies Partial<Tables>;

function settle(key: Key, fate: SurfaceFate): Work<unknown> {
  switch (fate.kind) {
    case 'sending':
      return sending(key);
    case 'shown':
      return shown({ ...key, revision: fate.revision, installation: fate.installation, address: fate.address, message: fate.message });
    case 'gone':
      return gone({ ...key, revision: fate.revision });
    case 'again':
      return again({ ...key, at: fate.at, tries: fate.tries, sending: landing(fate) });
    case 'vanished':
      return vanished(key);
    case 'held':
      return held({ ...key, why: fate.why, sending: landing(fate) });
    case 'uncertain':
      return uncertain({ ...key, why: fate.why });
  }
}

/** What may have landed is looked for before it is sent again. */
const landing = ({ landed }: { landed: 'no' | 'perhaps' }): 0 | 1 => (landed === 'perhaps' ? 1 : 0);

function surfaceRow(row: Record<string, unknown> & { destination: string; card: string | null }): SurfaceRow {
  const { destination, card, ...rest } = row;
  return { ...(rest as unknown as SurfaceRow), to: destination as SurfaceRow['to'], card: card === null ? null : JSON.parse(card) };
}
