import type { Router } from 'express';
import type { RequestListener, Server } from 'node:http';
import { printer } from '../adapters/paper/printer.ts';
import { gallery } from '../adapters/pictures/gallery.ts';
import { connect, sqliteStore } from '../adapters/store/sqlite.ts';
import { guarded, hold } from '../adapters/store/file.ts';
import { fileVault, keysOf } from '../adapters/store/vault.ts';
import type { SecretVote } from './vault.ts';
import { migrate } from '../adapters/store/migrate.ts';
import { flows, pages, verbs } from '../flows/index.ts';
import { searchOf } from '../flows/pages/search.ts';
import { MOST } from '../flows/paper/paper.ts';
import { meant } from '../flows/rules/meant.ts';
import { Barred, addressesOf } from './address.ts';
import { api } from './api.ts';
import { Budget } from './budget.ts';
import { type Clock, manualClock, systemClock } from './clock.ts';
import type { Verb } from './commands.ts';
import type { Config } from './config.ts';
import { type Courier, courier } from './courier.ts';
import { type Engine, engine } from './engine.ts';
import { type Exhibition, exhibition } from './exhibition.ts';
import type { Gallery } from './gallery.ts';
import { drain, listen, portOf } from './http.ts';
import type { WorkspaceId } from './id.ts';
import type { Log } from './log.ts';
import type { Messenger } from './messenger.ts';
import type { Page } from './page.ts';
import { papers } from './papers.ts';
import { type Pulse, pulse } from './pulse.ts';
import type { InstallationRow, Store } from './store.ts';
import { destroyKeys, rememberSealed, spentKeys } from './sealing.ts';
import { type Timekeeper, timekeeper } from './timekeeper.ts';
import { upgrade } from './upgrade.ts';
import { version } from './version.ts';
import { webhooks } from './webhooks.ts';

/** What an adapter is given to do its work. */
export interface Rooms {
  config: Config;
  store: Store;
  engine: Engine;
  verbs: readonly Verb[];
  clock: Clock;
  log: Log;
  /** Enters an installation of a platform, or finds it; from then on it is served. */
  install(row: Omit<InstallationRow, 'id' | 'workspace'>): Promise<InstallationRow>;
  courier: Pick<Courier, 'wake' | 'idle'>;
  timekeeper: Pick<Timekeeper, 'sweep'>;
  pulse: Pulse;
  gallery: Gallery;
  exhibition: Pick<Exhibition, 'hang'>;
  /** Where people and platforms reach the house; known once it is open. */
  address(): string;
}

/** One door of the house: a platform's adapter. */
export interface Door {
  messenger: Messenger;
  /** Below `/slack/`. */
  listener?: RequestListener;
  router?: Router;
  /** Begins to take events: called when everything else stands. */
  open?(): Promise<void>;
  /** Takes no new events; resolves when those taken are answered. */
  close?(): Promise<void>;
}

export interface House {
  url: string;
  rooms: Rooms;
  stop(): Promise<void>;
}

/** What a test, or a script, may put in the place of the usual. */
export interface Fittings {
  clock?: Clock;
  /** Which budgets deliveries keep: the platforms' own, or none where the platform is a stand-in. */
  budget?: Budget;
  pages?: readonly Page[];
}

type Connection = ReturnType<typeof connect>;

/** How long open requests may take at the end. */
const PATIENCE = 8_000;

/** Puts the house together and opens its doors. Adapters are loaded only where they are configured. */
export async function build(config: Config, log: Log, fittings: Fittings = {}): Promise<House> {
  const held = hold(config.database);
  const connection = connect(config.database);
  const leave = (): void => {
    if (connection.open) connection.close();
    held.release();
  };
  try {
    return await raise(config, log, fittings, connection, leave);
  } catch (fault) {
    leave();
    throw fault;
  }
}

async function raise(config: Config, log: Log, fittings: Fittings, connection: Connection, leave: () => void): Promise<House> {
  const migrated = await migrate(connection);
  if (migrated.length > 0) log.info({ migrated }, 'the database was brought up to date');
  const store = sqliteStore(connection);
  const clock = fittings.clock ?? (config.clock === 'manual' ? manualClock(Math.max(Date.now(), lastMoment(connection))) : systemClock);
  const vault = fileVault(keysOf(config.database));
  destroyKeys(vault, await spentKeys(store, vault), log);
  await rememberSealed(store, vault);
  const served = new Map<number, InstallationRow>();

  // The courier and the timekeeper follow every commit; they exist once the doors do.
  const followers: { wake(workspace: WorkspaceId): void }[] = [];
  const changed = (workspace: WorkspaceId): void => followers.forEach((one) => one.wake(workspace));
  // Adapters hold the very rows that are served: they see the new workspace with the next event.
  const moved = (installation: number, workspace: WorkspaceId): void => {
    const row = served.get(installation);
    if (row) row.workspace = workspace;
  };
  const ended = (votes: readonly SecretVote[]): void => destroyKeys(vault, votes, log);
  let url = '';
  const theEngine = engine({
    store,
    flows,
    pages: fittings.pages ?? pages,
    clock,
    vault,
    ended,
    changed,
    moved,
    // Without a public address the loopback one is good on this machine, where the local workspace is.
    address: (platform) => config.publicUrl?.replace(/\/$/, '') ?? (platform === 'local' ? url : undefined),
    barred: (said) => whyBarred(said, config.webhookHosts),
    guard: () => guarded(config.database),
  });
  const messengers: Messenger[] = [];
  const theCourier = courier({ store, messengers, installations: () => served, log, budget: fittings.budget ?? new Budget() });
  const thePulse = pulse(store, clock);
  const theTimekeeper = timekeeper({ store, engine: theEngine, clock, log, pulse: thePulse });
  const theWebhooks = webhooks({ store, clock, log, hosts: config.webhookHosts });
  const thePrinter = printer();
  const theGallery = gallery();
  const theExhibition = exhibition({ store, gallery: theGallery, now: clock.now });
  const rooms: Rooms = {
    config,
    store,
    engine: theEngine,
    verbs,
    clock,
    log,
    courier: theCourier,
    timekeeper: theTimekeeper,
    pulse: thePulse,
    gallery: theGallery,
    exhibition: theExhibition,
    address: () => config.publicUrl ?? url,
    async install(row) {
      const installed = await store.update((tables) => tables.putInstallation(row, clock.now()));
      // One row for each installation, however often it is entered: whoever holds it sees when it moves.
      const known = served.get(installed.id);
      if (known) return Object.assign(known, installed);
      served.set(installed.id, installed);
      return installed;
    },
  };

  await upgrade(store, flows, log);
  const doors = await loadDoors(rooms);
  messengers.push(...doors.map(({ door }) => door.messenger));
  // Known from an earlier run: what is owed there waits for the platform to answer, and is not given up.
  for (const { platform } of messengers)
    for (const known of await store.look((tables) => tables.installations(platform)))
      if (!served.has(known.id)) served.set(known.id, known);
  const mount = (name: string) => doors.find((one) => one.name === name)?.door;
  const server = await listen(
    {
      ...(mount('slack')?.listener ? { slack: mount('slack')!.listener! } : {}),
      ...(mount('teams')?.router ? { teams: mount('teams')!.router! } : {}),
      ...(mount('local')?.router ? { local: mount('local')!.router! } : {}),
      pictures: theExhibition.router,
      api: api({ store, clock, fits: meant }),
      papers: papers({ store, clock, printer: thePrinter, searchOf, most: MOST }),
      async health() {
        return { ok: true, version, ...(await store.look((tables) => tables.health(clock.now()))) };
      },
    },
    config,
    log,
  );
  url = `http://${config.host}:${portOf(server)}`;
  // Before anybody can wake what fell due meanwhile.
  await thePulse.beat();
  // The doors first: what is owed goes to installations that they have to know.
  for (const { door } of doors) await door.open?.();
  followers.push(theCourier, theTimekeeper, theWebhooks);
  await theTimekeeper.start();
  theCourier.wake();
  theWebhooks.wake();
  return { url, rooms, stop: () => stop(doors, server) };

  async function stop(open: typeof doors, running: Server): Promise<void> {
    for (const { door } of open) await door.close?.();
    await drain(running, PATIENCE);
    await theTimekeeper.stop();
    await thePulse.beat().catch((fault: unknown) => log.warn({ fault }, 'it could not be kept until when Offshoot ran'));
    await theCourier.stop();
    await theWebhooks.stop();
    await theGallery.close();
    await thePrinter.close();
    await store.close();
    leave();
  }
}

async function loadDoors(rooms: Rooms): Promise<{ name: string; door: Door }[]> {
  const { config } = rooms;
  const doors: { name: string; door: Door }[] = [];
  if (config.local) doors.push({ name: 'local', door: await (await import('../adapters/web/web.ts')).webDoor(rooms) });
  if (config.slack) doors.push({ name: 'slack', door: await (await import('../adapters/slack/door.ts')).slackDoor(rooms) });
  if (config.teams) doors.push({ name: 'teams', door: await (await import('../adapters/teams/door.ts')).teamsDoor(rooms) });
  return doors;
}

/** How long a name may take to be looked up while somebody waits for an answer; Slack waits three seconds. */
const LOOKING = 2_000;

async function whyBarred(url: string, hosts: readonly string[]): Promise<string | undefined> {
  const late = new Promise<string>((settle) =>
    setTimeout(settle, LOOKING, 'Its name could not be looked up in time. Please try again.').unref(),
  );
  const found = addressesOf(url, hosts).then(
    () => undefined,
    (fault: unknown) => {
      if (fault instanceof Barred) return fault.message;
      throw fault;
    },
  );
  return await Promise.race([found, late]);
}

/** A manual clock goes on where the record ends. */
function lastMoment(connection: Connection): number {
  return (connection.prepare('select max(at) as at from journal').get() as { at: number | null }).at ?? 0;
}
