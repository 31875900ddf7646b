import { Budget } from '../../src/budget.ts';
import type { Log } from '../../src/log.ts';
import type { Profile, Store } from '../../src/store.ts';
import { isZone } from '../../src/zone.ts';
import { faultOf } from './faults.ts';
import { absenceIn, type Status } from './status.ts';
import type { Team } from './team.ts';

/** Slack's own record of somebody, as far as it is used. */
interface SlackUser {
  id?: string;
  name?: string;
  real_name?: string;
  deleted?: boolean;
  is_bot?: boolean;
  /** Guests of one or of some channels. */
  is_restricted?: boolean;
  is_ultra_restricted?: boolean;
  /** Of another organization, in a channel that is shared with it. */
  is_stranger?: boolean;
  team_id?: string;
  enterprise_user?: { teams?: readonly string[] };
  tz?: string;
  profile?: { display_name?: string; real_name?: string } & Status;
}

export interface People {
  /** Who these are is looked up in the background, once in the life of the process: what changes later, Slack says. */
  meet(users: readonly string[]): void;
  /** Slack's record of somebody is asked for in its turn, and handed on; when Slack does not say, or after a stop, it is not. */
  ask(user: string, then: (found: SlackUser) => Promise<void>): void;
  /** Slack says that somebody has changed. */
  changed(user: SlackUser): Promise<void>;
  stop(): void;
}

/** Slack answers about a hundred such questions a minute. */
const PACE = { key: 'users.info', count: 90, per: 60_000 };

/** Fills in who people are. Nothing waits for it: who has no name yet is shown by Slack itself. */
export function people(store: Store, team: Team, log: Log): People {
  const met = new Set<string>();
  const budget = new Budget();
  let work = Promise.resolve();
  let stopped = false;

  async function look(user: string): Promise<void> {
    const known = await store.look((tables) => tables.identity(team.installation.id, user));
    if (!known) return void met.delete(user);
    const found = await recordOf(user);
    if (found) await changed(found);
    else met.delete(user);
  }

  /** Undefined when Slack does not say, or when there was a stop meanwhile. */
  async function recordOf(user: string): Promise<SlackUser | undefined> {
    for (;;) {
      if (stopped) return undefined;
      const wait = budget.reserve([PACE], Date.now());
      const found = wait ? { wait } : await info(user);
      if (!found || !('wait' in found)) return found;
      await new Promise((resolve) => setTimeout(resolve, found.wait).unref());
    }
  }

  /** One question to Slack; `wait` is after how many milliseconds it wants to be asked again, if it does. */
  async function info(user: string): Promise<SlackUser | { wait: number } | undefined> {
    try {
      return (await team.client.users.info({ user })).user;
    } catch (fault) {
      const { wait, message } = faultOf(fault, '', team.bot.name);
      if (wait !== undefined) return { wait };
      log.warn({ user, why: message }, 'a name could not be looked up; it is tried again when the person is met again');
      return undefined;
    }
  }

  /** One after the other, in the background. */
  function inTurn(what: () => Promise<void>): void {
    work = work.then(() => (stopped ? undefined : what())).catch((fault: unknown) => log.warn({ fault }, 'a name was not kept'));
  }

  async function changed(user: SlackUser): Promise<void> {
    await store.update(function* (tables) {
      const known = user.id === undefined ? undefined : yield* tables.identity(team.installation.id, user.id);
      if (!known) return;
      const { active, guest, ...profile } = profileOf(user, team.installation.key);
      yield* tables.updateProfile(known.workspace, known.id, profile);
      yield* tables.updateAccount(team.installation.id, user.id!, { active: active!, guest: guest! });
      const absence = absenceIn(user.profile ?? {});
      if (absence === 'here') yield* tables.dropAbsence(known.workspace, known.id);
      else if (absence) yield* tables.putAbsence(known.workspace, known.id, absence.until);
    });
  }

  return {
    changed,
    meet(users) {
      for (const user of users) {
        if (met.has(user) || stopped) continue;
        met.add(user);
        inTurn(() => look(user));
      }
    },
    ask(user, then) {
      inTurn(async () => {
        const found = await recordOf(user);
        if (!found || stopped) return;
        met.add(user);
        await then(found);
        await changed(found);
      });
    },
    stop() {
      stopped = true;
    },
  };
}

/** Somebody of the team itself: no bot, no guest, nobody of another organization, none who has left. */
export function isColleague(user: SlackUser, team: string): boolean {
  return !user.is_bot && !user.deleted && user.id !== 'USLACKBOT' && !isGuest(user, team);
}

/** A guest of one or of some channels, or somebody of another organization. */
function isGuest(user: SlackUser, team: string): boolean {
  if (user.is_restricted || user.is_ultra_restricted || user.is_stranger) return true;
  return !!user.team_id && user.team_id !== team && user.enterprise_user?.teams?.includes(team) !== true;
}

function profileOf(user: SlackUser, team: string): Profile {
  const { name, real_name, deleted, is_bot, tz, profile } = user;
  const shown = [profile?.display_name, profile?.real_name, real_name, name].find((one) => one?.trim());
  return {
    ...(shown ? { name: shown.trim().slice(0, 80) } : {}),
    ...(tz && isZone(tz) ? { zone: tz } : {}),
    active: !deleted && !is_bot,
    guest: isGuest(user, team),
  };
}
