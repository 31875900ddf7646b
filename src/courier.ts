import type { Budget } from './budget.ts';
import { type Destination, destinations } from './destination.ts';
import { namesIn } from './directory.ts';
import type { WorkspaceId } from './id.ts';
import type { Log } from './log.ts';
import { DeliveryFault, type Limit, type Messenger, type Outgoing } from './messenger.ts';
import type { InstallationRow, Store, SurfaceFate, SurfaceRow } from './store.ts';

export interface Courier {
  /** Something may be owed. Cheap; call it after every commit. */
  wake(): void;
  /** Resolves when nothing is owed that could be delivered now; what backs off, is held or answers what is held is not waited for. */
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
/** At the latest then it is looked again: `offshoot doctor --release` may have released something from outside. */
const LONGEST = 60_000;
/** After a fault of our own, such as a full disk. */
const RECOVERY = 1_000;

/** One thing to do for a surface; those of one lane follow each other. */
interface Errand {
  lane: string;
  limits: readonly Limit[];
  run(): Promise<void>;
}

/**
 * Makes what is shown catch up with what is wanted: it compares two revisions, so that thirty changes in a burst are one edit
 * and a crash between commit and post repairs itself. Workspaces are served side by side; none waits for another's budget.
 */
export function courier({ store, messengers, installations, log, budget }: Rooms): Courier {
  const find = destinations({ store, messengers, installations });
  const rounds = new Map<WorkspaceId, Promise<void>>();
  /** The workspaces for which something new came while their round was on its way. */
  const knocked = new Set<WorkspaceId>();
  const idlers = new Set<() => void>();
  let alarm: { at: number; timer: NodeJS.Timeout } | undefined;
  let looking = false;
  let stopped = false;

  function wake(): void {
    if (looking || stopped) return;
    looking = true;
    setImmediate(() => {
      looking = false;
      look().catch(troubled);
    });
  }

  function troubled(fault: unknown): void {
    if (stopped) return;
    log.error({ fault }, 'deliveries could not be looked through');
    later(RECOVERY);
  }

  async function look(): Promise<void> {
    if (stopped) return;
    const now = Date.now();
    const [owing, next] = await store.look(function* (tables) {
      return [yield* tables.owing(now), yield* tables.nextOwed(now)] as const;
    });
    if (stopped) return;
    for (const workspace of owing) {
      if (rounds.has(workspace)) knocked.add(workspace);
      else rounds.set(workspace, round(workspace));
    }
    later((next ?? Infinity) - now);
    if (rounds.size > 0 || looking) return;
    for (const done of idlers) done();
    idlers.clear();
  }

  async function round(workspace: WorkspaceId): Promise<void> {
    let wait: number | undefined;
    try {
      wait = await serve(workspace);
    } catch (fault) {
      log.error({ fault, workspace }, 'a round of deliveries failed');
      wait = RECOVERY;
    }
    rounds.delete(workspace);
    if (knocked.delete(workspace) || wait === undefined) wake();
    else later(wait);
  }

  /** Looks again after so many milliseconds, unless that is to be sooner already: one workspace's wait is not another's. */
  function later(wait: number): void {
    const at = Date.now() + Math.min(Math.max(wait, 5), LONGEST);
    if (stopped || (alarm && alarm.at <= at)) return;
    clearTimeout(alarm?.timer);
    const timer = setTimeout(() => {
      alarm = undefined;
      wake();
    }, at - Date.now());
    alarm = { at, timer };
  }

  /** One round over what a workspace is owed. Resolves to the milliseconds to wait for a budget, or undefined to look again. */
  async function serve(workspace: WorkspaceId): Promise<number | undefined> {
    const rows = await store.look((tables) => tables.owed(workspace, Date.now(), BATCH));
    const lanes = new Map<string, Errand[]>();
    let soonest = Infinity;
    for (const row of rows) {
      const errand = await errandOf(row);
      const before = lanes.get(errand.lane) ?? [];
      if (before.length > 0 && errand.lane.startsWith(OPENING)) continue;
      const wait = budget.reserve(errand.limits, Date.now());
      if (wait > 0) soonest = Math.min(soonest, wait);
      else lanes.set(errand.lane, [...before, errand]);
    }
    if (rows.length > 0 && lanes.size === 0) return soonest;
    return (await run([...lanes.values()])) ? undefined : RECOVERY;
  }

  /** Runs the lanes side by side; false when some came to a fault of our own, which leaves their surfaces owed. */
  async function run(lanes: Errand[][]): Promise<boolean> {
    let sound = true;
    async function next(): Promise<void> {
      for (let lane = lanes.shift(); lane; lane = lanes.shift())
        try {
          for (const errand of lane) await errand.run();
        } catch (fault) {
          sound = false;
          log.error({ fault }, 'a delivery could not be kept and is tried again');
        }
    }
    await Promise.all(Array.from({ length: LANES }, next));
    return sound;
  }

  async function errandOf(row: SurfaceRow): Promise<Errand> {
    // Never posted, so that there is nothing to take back.
    if (row.card === null && row.message === null && row.sending === 0)
      return { lane: 'gone', limits: [], run: () => settle(row, { kind: 'gone', revision: row.wanted }) };
    const destination = await find(row);
    switch (destination.kind) {
      case 'unready':
        return { lane: 'unready', limits: [], run: async () => {} };
      case 'nowhere':
        return {
          lane: 'nowhere',
          limits: [],
          run: () => settle(row, { kind: 'held', why: destination.why, landed: row.sending === 1 ? 'perhaps' : 'no' }),
        };
      case 'person': {
        const { installation, messenger, user } = destination;
        const limits = messenger.limits('open', installation, '');
        return { lane: `${OPENING}${installation.id} ${user}`, limits, run: () => open(row, destination) };
      }
      case 'place': {
        const { installation, address } = destination;
        return { lane: `${installation.id} ${address}`, limits: limitsOf(row, destination), run: () => deliver(row, destination) };
      }
    }
  }

  /** Opens the conversation with a person. What is owed there is delivered in the next round, within the budgets of its place. */
  async function open(row: SurfaceRow, { installation, messenger, user }: Destination & { kind: 'person' }): Promise<void> {
    let address: string;
    try {
      address = await messenger.direct(installation, user);
    } catch (fault) {
      return await settle(row, failed(row, messenger, fault, row.sending === 1));
    }
    await store.update((tables) => tables.putDirect(installation.id, user, address));
  }

  async function deliver(row: SurfaceRow, destination: Place): Promise<void> {
    let fate: SurfaceFate;
    try {
      fate = await send(row, destination);
    } catch (fault) {
      // Nothing was sent now; what was before is as uncertain as it was.
      fate = failed(row, destination.messenger, fault, row.sending === 1);
    }
    await settle(row, fate);
  }

  async function send(row: SurfaceRow, destination: Place): Promise<SurfaceFate> {
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
    try {
      return shown(await messenger.post({ ...outgoing, key, ...(thread === undefined ? {} : { thread }) }));
    } catch (fault) {
      return failed(row, messenger, fault, !(fault instanceof DeliveryFault) || fault.kind === 'unknown');
    }
  }

  /** What becomes of a surface after a fault. `perhaps`: its message may be there all the same. */
  function failed(row: SurfaceRow, messenger: Messenger, fault: unknown, perhaps: boolean): SurfaceFate {
    const known =
      fault instanceof DeliveryFault ? fault : new DeliveryFault('unknown', fault instanceof Error ? fault.message : String(fault));
    if (known.kind === 'vanished')
      return row.card === null || row.retired === 1 ? { kind: 'gone', revision: row.wanted } : { kind: 'vanished' };
    const landed = perhaps ? 'perhaps' : 'no';
    if (known.kind === 'refused') return { kind: 'held', why: known.message, landed };
    if (perhaps && !messenger.find) return { kind: 'uncertain', why: UNCERTAIN };
    log.warn({ flow: row.flow, surface: row.key, tries: row.tries, why: known.message }, 'a delivery failed');
    if (known.wait !== undefined) return { kind: 'again', at: Date.now() + known.wait, tries: row.tries, landed };
    if (row.tries + 1 >= MOST_TRIES) return { kind: 'held', why: known.message, landed };
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
      clearTimeout(alarm?.timer);
      await Promise.all(rounds.values());
    },
  };
}

type Place = Destination & { kind: 'place' };

/** The lanes in which conversations are opened, each but once in a round. */
const OPENING = 'open ';

const UNCERTAIN =
  'the answer to its sending was lost, so it may be there or not: look in the conversation; Offshoot does not send it twice';

function limitsOf(row: SurfaceRow, { installation, messenger, address }: Place): Limit[] {
  const call = row.card === null ? 'remove' : row.message === null ? 'post' : 'edit';
  const own =
    call === 'edit' && messenger.platform !== 'local'
      ? [{ key: `surface ${row.workspace}/${row.flow}/${row.key}`, count: 1, per: EDIT_EVERY }]
      : [];
  return [...own, ...messenger.limits(call, installation, address)];
}
