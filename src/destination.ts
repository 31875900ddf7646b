import type { ChannelId, PersonId } from './id.ts';
import type { Messenger } from './messenger.ts';
import type { InstallationRow, Store } from './store.ts';
import type { BareSurface, SurfaceCall } from './surface.ts';

/** Where a surface goes, in the platform's terms. */
export type Destination =
  | { kind: 'place'; installation: InstallationRow; messenger: Messenger; address: string; zone: string; thread?: string }
  /** A person with whom no conversation was opened yet. */
  | { kind: 'person'; installation: InstallationRow; messenger: Messenger; user: string }
  /** The message that it answers is not there. */
  | { kind: 'unready' }
  /** It can go nowhere until somebody acts. */
  | { kind: 'nowhere'; why: string };

interface Rooms {
  store: Pick<Store, 'look'>;
  messengers: readonly Messenger[];
  installations(): ReadonlyMap<number, InstallationRow>;
}

const DISCONNECTED =
  'its channel belongs to a messenger that is not connected: configure it again, or move the initiative to another channel';
const UNREACHABLE = 'the person cannot be reached on any messenger that is connected';

/** Finds where a surface goes. What was posted stays where it is, wherever its channel or person is found by now. */
export function destinations({ store, messengers, installations }: Rooms): (row: BareSurface, call: SurfaceCall) => Promise<Destination> {
  const served = (id: number | null) => {
    const installation = id === null ? undefined : installations().get(id);
    const messenger = installation && messengers.find((one) => one.platform === installation.platform);
    return messenger && { installation, messenger };
  };

  async function find(row: BareSurface, call: SurfaceCall): Promise<Destination> {
    if (row.message !== null) return await placeOf(row, row);
    const { workspace, flow, under, to } = row;
    const parent = under === null ? undefined : await store.look((tables) => tables.bareSurface(workspace, flow, under));
    if (parent && parent.message !== null) {
      const place = await placeOf(row, parent);
      return place.kind === 'place' ? { ...place, thread: parent.message } : place;
    }
    // Taken as delivered by an operator: it is there, and nobody knows where.
    const isTaken = parent && parent.shown === parent.wanted && parent.retired === 0;
    // The message that it answers was removed a moment ago.
    if (parent && !isTaken && (call === 'post' || call === 'edit')) return { kind: 'unready' };
    return isChannel(to) ? await channel(row, to) : await person(row, to);
  }

  /** The place of a message that was posted. */
  async function placeOf(row: BareSurface, { installation, address }: BareSurface): Promise<Destination> {
    const there = served(installation);
    return there && address !== null
      ? { kind: 'place', ...there, address, zone: await zoneOf(row) }
      : { kind: 'nowhere', why: DISCONNECTED };
  }

  async function channel({ workspace }: BareSurface, to: ChannelId): Promise<Destination> {
    const found = await store.look((tables) => tables.channelOf(workspace, to));
    const there = found && served(found.installation);
    return there ? { kind: 'place', ...there, address: found.address, zone: found.zone ?? 'UTC' } : { kind: 'nowhere', why: DISCONNECTED };
  }

  async function person(row: BareSurface, to: PersonId): Promise<Destination> {
    const identities = await store.look((tables) => tables.identitiesOf(row.workspace, to));
    for (const { installation, user, direct } of identities) {
      const there = served(installation);
      if (!there) continue;
      return direct === null ? { kind: 'person', ...there, user } : { kind: 'place', ...there, address: direct, zone: await zoneOf(row) };
    }
    return { kind: 'nowhere', why: UNREACHABLE };
  }

  async function zoneOf({ workspace, to }: BareSurface): Promise<string> {
    const zone = await store.look(function* (tables) {
      if (isChannel(to)) return (yield* tables.channelOf(workspace, to))?.zone;
      const [found] = (yield* tables.rows(workspace, { as: '', rows: 'people', where: { id: to } })) as { zone: string | null }[];
      return found?.zone;
    });
    return zone ?? 'UTC';
  }

  return find;
}

const isChannel = (to: ChannelId | PersonId): to is ChannelId => to.startsWith('channel/');
