import type { Budget } from './budget.ts';
import { namesIn } from './directory.ts';
import type { ChannelId, WorkspaceId } from './id.ts';
import type { Log } from './log.ts';
import { DeliveryFault, type Messenger, type Outgoing } from './messenger.ts';
import type { InstallationRow, Store, SurfaceFate, SurfaceRow } from './store.ts';

export interface Courier {
  /** Something may be owed. Cheap; call it after every commit. */
  wake(): void;
  /** Resolves when nothing is owed that could be delivered now. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

interface Rooms {
  store: Store;
  messengers: readonly Messenger[];
  /** The installations that are served, by id. */
  installations(): ReadonlyMap<number, InstallationRow>;
  log: Log;
  budget: Budget;
}

const BATCH = 100;
const EDIT_EVERY = 3_000;
const MOST_TRIES = 5;
/** Conversations that one workspace is delivered to at the same time. */
const LANES = 8;

/** Where a surface goes, in the platform's terms. */
interface Destination {
  installation: InstallationRow;
  messenger: Messenger;
  address: string;
  zone: string;
  thread?: string;
}

/**
 * Makes what is shown catch up with what is wanted: it compares two revisions, so that thirty changes in a burst are one edit
 * and a crash between commit and post repairs itself. Workspaces are served side by side; none waits for another's budget.
 */
export function courier({ store, messengers, installations, log, budget }: Rooms): Courier {
  const rounds = new Map<WorkspaceId, Promise<void>>();
  const idlers = new Set<() => void>();
  let alarm: NodeJS.Timeout | undefined;
  let looking = false;
  let stopped = false;

  function wake(): void {
    if (looking || stopped) return;
    looking = true;
    setImmediate(() => void look());
  }

  async function look(): Promise<void> {
    looking = false;
    if (stopped) return;
    for (const workspace of await store.look((tables) => tables.owing())) {
      if (rounds.has(workspace) || stopped) continue;
      const round = serve(workspace)
        .catch((fault: unknown) => {
          log.error({ fault, workspace }, 'a round of deliveries failed');
          return 1_000;
        })
        .then((wait) => {
          rounds.delete(workspace);
          if (wait !== undefined) later(wait);
          else wake();
        });
      rounds.set(workspace, round);
    }
    if (rounds.size === 0 && !looking && !stopped) {
      await sleepUntilOwed();
      for (const done of idlers) done();
      idlers.clear();
    }
  }

  function later(wait: number): void {
    clearTimeout(alarm);
    if (!stopped) alarm = setTimeout(wake, Math.max(wait, 5));
  }

  async function sleepUntilOwed(): Promise<void> {
    const next = await store.look((tables) => tables.nextOwed());
    // At the latest in a minute: `offshoot doctor --release` may have released something from outside.
    if (next === undefined || next > Date.now()) later(Math.min((next ?? Infinity) - Date.now(), 60_000));
  }

  /** One round over what a workspace is owed. Resolves to the milliseconds to wait for a budget, or undefined to look again. */
  async function serve(workspace: WorkspaceId): Promise<number | undefined> {
    const rows = await store.look((tables) => tables.owed(workspace, Date.now(), BATCH));
    let soonest: number | undefined;
    let sent = 0;
    const lanes = new Map<string, Promise<void>>();
    for (const row of rows) {
      const destination = await find(row);
      if (!destination) continue;
      const wait = budget.reserve(limitsOf(row, destination), Date.now());
      if (wait > 0) {
        soonest = Math.min(soonest ?? wait, wait);
        continue;
      }
      sent += 1;
      const lane = `${destination.installation.id} ${destination.address}`;
      const before = lanes.get(lane) ?? Promise.resolve();
      lanes.set(
        lane,
        before.then(() => deliver(row, destination)),
      );
      if (lanes.size >= LANES) {
        await Promise.all(lanes.values());
        lanes.clear();
      }
    }
    await Promise.all(lanes.values());
    if (sent > 0) return undefined;
    return soonest ?? (rows.length > 0 ? 250 : await backingOff(workspace));
  }

  async function backingOff(workspace: WorkspaceId): Promise<number> {
    const next = await store.look((tables) => tables.nextOwed());
    log.debug({ workspace }, 'deliveries back off');
    return Math.min(60_000, Math.max(50, (next ?? 0) - Date.now()));
  }

  /** The destination, or undefined when it is not there yet; one that will never be there holds the surface. */
  async function find(row: SurfaceRow): Promise<Destination | undefined> {
    const { workspace, to } = row;
    if (row.under !== null && row.card !== null) {
      const parent = await store.look((tables) => tables.surface(workspace, row.flow, row.under!));
      if (!parent?.message) return undefined;
      const place = parent.installation === null ? undefined : installations().get(parent.installation);
      const messenger = place && messengerOf(place);
      if (!messenger || parent.address === null) return undefined;
      return { installation: place, messenger, address: parent.address, zone: 'UTC', thread: parent.message };
    }
    if (to.startsWith('channel/')) {
      const channel = await store.look((tables) => tables.channelOf(workspace, to as ChannelId));
      const installation = channel && installations().get(channel.installation);
      const messenger = installation && messengerOf(installation);
      if (!channel || !messenger)
        return hold(
          row,
          'its channel belongs to a messenger that is not connected: configure it again, or move the initiative to another channel',
        );
      return { installation, messenger, address: channel.address, zone: channel.zone ?? 'UTC' };
    }
    return await findPerson(row);
  }

  async function findPerson(row: SurfaceRow): Promise<Destination | undefined> {
    const { workspace, to } = row;
    const [identities, [person]] = await store.look(function* (tables) {
      const people = (yield* tables.rows(workspace, { as: '', rows: 'people', where: { id: to } })) as { zone: string | null }[];
      return [yield* tables.identitiesOf(workspace, to as never), people] as const;
    });
    for (const identity of identities) {
      const installation = installations().get(identity.installation);
      const messenger = installation && messengerOf(installation);
      if (!messenger) continue;
      try {
        const address = identity.direct ?? (await messenger.direct(installation, identity.user));
        if (!identity.direct) await store.update((tables) => tables.putDirect(identity.installation, identity.user, address));
        return { installation, messenger, address, zone: person?.zone ?? 'UTC' };
      } catch (fault) {
        await settle(row, fateOf(row, messenger, fault, false));
        return undefined;
      }
    }
    return hold(row, 'the person cannot be reached on any messenger that is connected');
  }

  async function hold(row: SurfaceRow, why: string): Promise<undefined> {
    await settle(row, { kind: 'held', why });
    return undefined;
  }

  const messengerOf = (installation: InstallationRow) => messengers.find((one) => one.platform === installation.platform);

  async function deliver(row: SurfaceRow, destination: Destination): Promise<void> {
    try {
      await settle(row, await send(row, destination));
    } catch (fault) {
      await settle(row, fateOf(row, destination.messenger, fault, row.message === null));
    }
  }

  async function send(row: SurfaceRow, destination: Destination): Promise<SurfaceFate> {
    const { installation, messenger, address, thread } = destination;
    const key = `${row.workspace}/${row.flow}/${row.key}`;
    if (row.card === null) {
      // Its posting may have landed without its id being kept: then it is there and wanted no more.
      const id = row.message ?? (row.sending === 1 ? await messenger.find?.(installation, address, key, thread) : undefined);
      if (id !== undefined) await messenger.remove(installation, address, id);
      return { kind: 'gone', revision: row.wanted };
    }
    const outgoing: Outgoing = {
      installation,
      address,
      card: row.card,
      names: await namesIn(store, row.workspace, row.card),
      zone: destination.zone,
    };
    const shown = (message: string) => ({ kind: 'shown', revision: row.wanted, installation: installation.id, address, message }) as const;
    if (row.message !== null) {
      await messenger.edit({ ...outgoing, id: row.message });
      return shown(row.message);
    }
    if (row.sending === 1) {
      if (!messenger.find) return { kind: 'uncertain', why: UNCERTAIN };
      const there = await messenger.find(installation, address, key, thread);
      if (there !== undefined) {
        await messenger.edit({ ...outgoing, id: there });
        return shown(there);
      }
    }
    await settle(row, { kind: 'sending' });
    return shown(await messenger.post({ ...outgoing, key, ...(thread === undefined ? {} : { thread }) }));
  }

  function fateOf(row: SurfaceRow, messenger: Messenger, fault: unknown, posting: boolean): SurfaceFate {
    const known =
      fault instanceof DeliveryFault ? fault : new DeliveryFault('unknown', fault instanceof Error ? fault.message : String(fault));
    if (known.kind === 'vanished') return row.card === null ? { kind: 'gone', revision: row.wanted } : { kind: 'vanished' };
    if (known.kind === 'refused') return { kind: 'held', why: known.message };
    const landed = posting && known.kind === 'unknown' ? 'perhaps' : 'no';
    if (landed === 'perhaps' && !messenger.find) return { kind: 'uncertain', why: UNCERTAIN };
    log.warn({ flow: row.flow, surface: row.key, tries: row.tries, why: known.message }, 'a delivery failed');
    if (known.wait !== undefined) return { kind: 'again', at: Date.now() + known.wait, tries: row.tries, landed };
    if (row.tries + 1 >= MOST_TRIES) return { kind: 'held', why: known.message };
    return { kind: 'again', at: Date.now() + 1_000 * 4 ** row.tries, tries: row.tries + 1, landed };
  }

  async function settle(row: SurfaceRow, fate: SurfaceFate): Promise<void> {
    await store.update((tables) => tables.shown(row, fate));
    if (fate.kind === 'held' || fate.kind === 'uncertain')
      log.error({ flow: row.flow, surface: row.key, why: fate.why }, 'a delivery is held; see offshoot doctor');
  }

  return {
    wake,
    idle: () =>
      new Promise((resolve) => {
        idlers.add(resolve);
        wake();
      }),
    async stop() {
      stopped = true;
      clearTimeout(alarm);
      await Promise.all(rounds.values());
    },
  };
}

const UNCERTAIN =
  'the answer to its sending was lost, so it may be there or not: look in the conversation; Offshoot does not send it twice';

function limitsOf(row: SurfaceRow, { installation, messenger, address }: Destination) {
  const call = row.card === null ? 'remove' : row.message === null ? 'post' : 'edit';
  const own =
    call === 'edit' && messenger.platform !== 'local'
      ? [{ key: `surface ${row.workspace}/${row.flow}/${row.key}`, count: 1, per: EDIT_EVERY }]
      : [];
  return [...own, ...messenger.limits(call, installation, address)];
}
