import { setImmediate as breath } from 'node:timers/promises';
import type { Budget } from './budget.ts';
import { type Destination, destinations } from './destination.ts';
import { namesIn } from './directory.ts';
import type { WorkspaceId } from './id.ts';
import type { Log } from './log.ts';
import { DeliveryFault, type Messenger, type Outgoing } from './messenger.ts';
import { type Errand, nameOf, rounds, type UnderWay } from './round.ts';
import type { InstallationRow, Store } from './store.ts';
import type { BareSurface, SurfaceFate, SurfaceRow } from './surface.ts';

export interface Courier {
  /** Something may be owed, in one workspace or, without one, anywhere. Cheap; call it after every commit. */
  wake(workspace?: WorkspaceId): void;
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

const MOST_TRIES = 5;
/** Conversations that one workspace is delivered to at the same time. */
const LANES = 8;
/** At the latest then it is looked again: `offshoot doctor --release` may have released something from outside. */
const LONGEST = 60_000;
/** After a fault of our own, such as a full disk. */
const RECOVERY = 1_000;
/** After a round that found nothing to do, a workspace rests this many times as long as the round took, and at most a second. */
const REST = 5;

/** The alarm that looks at all workspaces. */
const EVERY = 0;

/** What is on its way for one workspace. */
interface Desk extends UnderWay {
  lanes: Set<string>;
  rows: Set<string>;
}

/**
 * Makes what is shown catch up with what is wanted: it compares two revisions, so that thirty changes in a burst are one edit
 * and a crash between commit and post repairs itself. Workspaces are served side by side, and in each up to eight conversations:
 * none waits for another's budget or for a platform that is slow to answer another.
 */
export function courier({ store, messengers, installations, log, budget }: Rooms): Courier {
  const find = destinations({ store, messengers, installations });
  const roundOf = rounds({ store, find, installations, budget });
  const looked = new Map<WorkspaceId, Promise<void>>();
  /** The workspaces for which something new came while their round was on its way. */
  const knocked = new Set<WorkspaceId>();
  /** Until when a workspace rests. */
  const resting = new Map<WorkspaceId, number>();
  const desks = new Map<WorkspaceId, Desk>();
  const running = new Set<Promise<void>>();
  const alarms = new Map<WorkspaceId | typeof EVERY, { at: number; timer: NodeJS.Timeout }>();
  const idlers = new Set<() => void>();
  let looking = false;
  let stopped = false;

  function wake(workspace?: WorkspaceId): void {
    if (workspace !== undefined) return begin(workspace);
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
    const owing = await store.look((tables) => tables.owing(now));
    if (stopped) return;
    await backingOff(now);
    for (const workspace of owing) begin(workspace);
    if (owing.length > 0 || looked.size > 0 || desks.size > 0 || looking) return;
    for (const done of idlers) done();
    idlers.clear();
  }

  /** Looks again when the first may be tried of those that could not be at a moment, which lies before what was looked at since. */
  async function backingOff(at: number): Promise<void> {
    const next = await store.look((tables) => tables.nextOwed(at));
    later((next ?? Infinity) - Date.now());
  }

  function begin(workspace: WorkspaceId): void {
    if (stopped) return;
    const rest = (resting.get(workspace) ?? 0) - Date.now();
    // When one of its conversations is done, it is begun again.
    if (desks.get(workspace)?.lanes.size === LANES) return;
    if (looked.has(workspace)) knocked.add(workspace);
    else if (rest > 0) later(rest, workspace);
    else looked.set(workspace, round(workspace));
  }

  async function round(workspace: WorkspaceId): Promise<void> {
    // What is committed in the same breath is looked at together.
    await breath();
    knocked.delete(workspace);
    const begun = performance.now();
    const now = Date.now();
    const desk = desks.get(workspace) ?? { lanes: new Set<string>(), rows: new Set<string>() };
    try {
      const { lanes, wait, left } = await roundOf(workspace, LANES - desk.lanes.size, desk);
      if (stopped) return;
      await backingOff(now);
      for (const [lane, errands] of lanes) start(workspace, desk, lane, errands);
      later(wait, workspace);
      if (lanes.size === 0) resting.set(workspace, Date.now() + Math.min(REST * (performance.now() - begun), 1_000));
      else resting.delete(workspace);
      if (lanes.size === 0 && !left && desk.lanes.size === 0) wake();
    } catch (fault) {
      log.error({ fault, workspace }, 'a round of deliveries failed');
      later(RECOVERY, workspace);
    } finally {
      looked.delete(workspace);
    }
    if (knocked.delete(workspace)) begin(workspace);
  }

  /** Does the errands of one conversation one after the other; then it is looked what else there is to do. */
  function start(workspace: WorkspaceId, desk: Desk, lane: string, errands: readonly Errand[]): void {
    desks.set(workspace, desk);
    desk.lanes.add(lane);
    const rows = errands.map(({ row }) => nameOf(row));
    for (const row of rows) desk.rows.add(row);
    const done = work(errands).then((sound) => {
      desk.lanes.delete(lane);
      for (const row of rows) desk.rows.delete(row);
      if (desk.lanes.size === 0) desks.delete(workspace);
      running.delete(done);
      if (sound) begin(workspace);
      else later(RECOVERY, workspace);
    });
    running.add(done);
  }

  /** False when it came to a fault of our own, which leaves what was not done owed. */
  async function work(errands: readonly Errand[]): Promise<boolean> {
    try {
      for (const errand of errands) if (!stopped) await run(errand);
      return true;
    } catch (fault) {
      log.error({ fault }, 'a delivery could not be kept and is tried again');
      return false;
    }
  }

  /** Looks again after so many milliseconds, unless that is to be sooner already: one workspace's wait is not another's. */
  function later(wait: number, workspace: WorkspaceId | typeof EVERY = EVERY): void {
    if (wait === Infinity && workspace !== EVERY) return;
    const at = Date.now() + Math.min(Math.max(wait, 5), LONGEST);
    const set = alarms.get(workspace);
    if (stopped || (set && set.at <= at)) return;
    clearTimeout(set?.timer);
    const timer = setTimeout(() => {
      alarms.delete(workspace);
      if (workspace === EVERY) wake();
      else begin(workspace);
    }, at - Date.now());
    alarms.set(workspace, { at, timer });
  }

  async function run(errand: Errand): Promise<void> {
    const { row, destination } = errand;
    if (!destination) return await settle(row, { kind: 'gone', revision: row.wanted });
    switch (destination.kind) {
      case 'unready':
        return;
      case 'nowhere':
        return await settle(row, { kind: 'held', why: destination.why, landed: row.sending === 1 ? 'perhaps' : 'no' });
      case 'person':
        return await open(errand, destination);
      case 'place':
        return await deliver(errand, destination);
    }
  }

  /**
   * Makes the call for which budgets were reserved. The platform counts it when it arrives, which is after its sending and before its
   * answer: counted from the answer on, the next one is never early, however slow the way or this process was.
   */
  async function calling<Result>({ limits, reserved }: Errand, call: () => Promise<Result>): Promise<Result> {
    const sent = Date.now();
    budget.made(limits, reserved, sent);
    try {
      return await call();
    } finally {
      budget.made(limits, sent, Date.now());
    }
  }

  /** Opens the conversation with a person. What is owed there is delivered in the next round, within the budgets of its place. */
  async function open(errand: Errand, { installation, messenger, user }: Destination & { kind: 'person' }): Promise<void> {
    const { row } = errand;
    let address: string;
    try {
      address = await calling(errand, () => messenger.direct(installation, user));
    } catch (fault) {
      return await settle(row, failed(row, messenger, fault, row.sending === 1));
    }
    await store.update((tables) => tables.putDirect(installation.id, user, address));
  }

  async function deliver(errand: Errand, destination: Place): Promise<void> {
    const { workspace, flow, key } = errand.row;
    const row = await store.look((tables) => tables.surface(workspace, flow, key));
    // It is shown as it is wanted by now; what is wanted no more, or again, is for the next round.
    if (!row || (row.card === null) !== (errand.call === 'remove' || errand.call === 'drop')) return;
    let fate: SurfaceFate;
    try {
      fate = await send(errand, row, destination);
    } catch (fault) {
      // Nothing was sent now; what was before is as uncertain as it was.
      fate = failed(row, destination.messenger, fault, row.sending === 1);
    }
    await settle(row, fate);
  }

  async function send(errand: Errand, row: SurfaceRow, destination: Place): Promise<SurfaceFate> {
    const { installation, messenger, address, thread } = destination;
    const key = `${row.workspace}/${row.flow}/${row.key}`;
    if (row.card === null) {
      // Its posting may have landed without its id being kept: then it is there and wanted no more.
      const id = row.message ?? (row.sending === 1 ? await messenger.find?.(installation, address, key, thread) : undefined);
      await calling(errand, async () => id !== undefined && (await messenger.remove(installation, address, id)));
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
      const id = row.message;
      await calling(errand, () => messenger.edit({ ...outgoing, id }));
      return shown(id);
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
      return shown(await calling(errand, () => messenger.post({ ...outgoing, key, ...(thread === undefined ? {} : { thread }) })));
    } catch (fault) {
      return failed(row, messenger, fault, !(fault instanceof DeliveryFault) || fault.kind === 'unknown');
    }
  }

  /** What becomes of a surface after a fault. `perhaps`: its message may be there all the same. */
  function failed(row: BareSurface, messenger: Messenger, fault: unknown, perhaps: boolean): SurfaceFate {
    const known =
      fault instanceof DeliveryFault ? fault : new DeliveryFault('unknown', fault instanceof Error ? fault.message : String(fault));
    if (known.kind === 'vanished') return row.retired === 1 ? { kind: 'gone', revision: row.wanted } : { kind: 'vanished' };
    const landed = perhaps ? 'perhaps' : 'no';
    if (known.kind === 'refused') return { kind: 'held', why: known.message, landed };
    if (perhaps && !messenger.find) return { kind: 'uncertain', why: UNCERTAIN };
    log.warn({ flow: row.flow, surface: row.key, tries: row.tries, why: known.message }, 'a delivery failed');
    if (known.wait !== undefined) return { kind: 'again', at: Date.now() + known.wait, tries: row.tries, landed };
    if (row.tries + 1 >= MOST_TRIES) return { kind: 'held', why: known.message, landed };
    return { kind: 'again', at: Date.now() + 1_000 * 4 ** row.tries, tries: row.tries + 1, landed };
  }

  async function settle(row: BareSurface, fate: SurfaceFate): Promise<void> {
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
      for (const { timer } of alarms.values()) clearTimeout(timer);
      await Promise.all([...looked.values(), ...running]);
    },
  };
}

type Place = Destination & { kind: 'place' };

const UNCERTAIN =
  'the answer to its sending was lost, so it may be there or not: look in the conversation; Offshoot does not send it twice';
