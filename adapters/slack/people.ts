import { Budget } from '../../src/budget.ts';
import type { Log } from '../../src/log.ts';
import type { Profile, Store } from '../../src/store.ts';
import { isZone } from '../../src/zone.ts';
import { faultOf } from './faults.ts';
import type { Team } from './team.ts';

/** Slack's own record of somebody, as far as it is used. */
interface SlackUser {
  id?: string;
  name?: string;
  real_name?: string;
  deleted?: boolean;
  is_bot?: boolean;
  tz?: string;
  profile?: { display_name?: string; real_name?: string };
}

export interface People {
  /** Who these are is looked up in the background, once in the life of the process: what changes later, Slack says. */
  meet(users: readonly string[]): void;
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
    for (;;) {
      const wait = budget.reserve([PACE], Date.now()) || (await ask(user));
      if (!wait || stopped) return;
      await new Promise((resolve) => setTimeout(resolve, wait).unref());
    }
  }

  /** Resolves to the milliseconds after which Slack wants to be asked again, if it does. */
  async function ask(user: string): Promise<number | undefined> {
    try {
      const { user: found } = await team.client.users.info({ user });
      if (found) await changed(found);
      return undefined;
    } catch (fault) {
      const { wait, message } = faultOf(fault, '', team.bot.name);
      if (wait === undefined) {
        met.delete(user);
        log.warn({ user, why: message }, 'a name could not be looked up; it is tried again when the person is met again');
      }
      return wait;
    }
  }

  async function changed(user: SlackUser): Promise<void> {
    await store.update(function* (tables) {
      const known = user.id === undefined ? undefined : yield* tables.identity(team.installation.id, user.id);
      if (known) yield* tables.updateProfile(known.workspace, known.id, profileOf(user));
    });
  }

  return {
    changed,
    meet(users) {
      for (const user of users) {
        if (met.has(user) || stopped) continue;
        met.add(user);
        work = work.then(() => (stopped ? undefined : look(user))).catch((fault: unknown) => log.warn({ fault }, 'a name was not kept'));
      }
    },
    stop() {
      stopped = true;
    },
  };
}

function profileOf({ name, real_name, deleted, is_bot, tz, profile }: SlackUser): Profile {
  const shown = [profile?.display_name, profile?.real_name, real_name, name].find((one) => one?.trim());
  return {
    ...(shown ? { name: shown.trim().slice(0, 80) } : {}),
    ...(tz && isZone(tz) ? { zone: tz } : {}),
    active: !deleted && !is_bot,
  };
}
