import type { Event } from '../../src/event.ts';
import type { Rooms } from '../../src/house.ts';
import type { InstallationRow } from '../../src/store.ts';
import { type Account, addressOf, isPersonal, type TeamsActivity, userOf } from './activity.ts';
import type { Connector } from './connector.ts';
import { channelOf, placeOf } from './places.ts';

/** Those who join a team or a chat get to know its initiatives. */
export interface Newcomers {
  /** Looks in the background who they are; bots and guests are not introduced to anything. */
  welcome(installation: InstallationRow, activity: TeamsActivity): void;
  /** Resolves when all that was begun has ended. */
  settled(): Promise<void>;
}

export function newcomers({ engine, clock, log }: Pick<Rooms, 'engine' | 'clock' | 'log'>, teams: Connector): Newcomers {
  const running = new Set<Promise<void>>();

  async function introduce(installation: InstallationRow, activity: TeamsActivity, joined: Account): Promise<void> {
    const team = activity.channelData?.team?.id;
    const place = placeOf(activity);
    const found = await teams.member(team ? channelOf(place, team) : place, joined.id);
    if (!found.isGuest) await engine.handle(joinOf(installation, activity, { ...joined, name: found.name }, clock.now()));
  }

  return {
    welcome(installation, activity) {
      const joined = activity.membersAdded ?? [];
      // With the bot itself everybody is named who is there already.
      if (isPersonal(activity) || joined.some(({ id }) => id === activity.recipient.id)) return;
      const all = joined.filter(({ id }) => !isBot(id)).map((one) => () => introduce(installation, activity, one));
      const under = inTurn(all, (fault) => log.warn({ fault }, 'somebody who joined was not introduced'));
      running.add(under);
      void under.finally(() => running.delete(under));
    },
    async settled() {
      await Promise.all(running);
    },
  };
}

async function inTurn(all: readonly (() => Promise<void>)[], failed: (fault: unknown) => void): Promise<void> {
  for (const one of all) await one().catch(failed);
}

/** Teams writes the kind of an account before its id. */
const isBot = (id: string): boolean => id.startsWith('28:');

function joinOf(installation: InstallationRow, activity: TeamsActivity, joined: Account, at: number): Event {
  const user = userOf(joined);
  const address = addressOf(activity);
  return {
    cause: `teams joined ${address} ${user} ${activity.id ?? ''}`,
    installation,
    by: { user, ...(joined.name ? { name: joined.name } : {}) },
    where: { address },
    press: { to: 'introduction', input: 'open' },
    reported: true,
    at,
  };
}
