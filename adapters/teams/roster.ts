import type { Rooms } from '../../src/house.ts';
import type { InstallationRow } from '../../src/store.ts';
import { addressOf, isPersonal, type TeamsActivity, userOf } from './activity.ts';
import type { Connector, Member, Place } from './connector.ts';
import { channelOf, placeOf } from './places.ts';

/** Learns who is in a team or chat and what its channels are called, so that forms can offer them by name. */
export interface Roster {
  /** Resolves when all is entered; what Teams does not tell is logged and left for the next time. */
  learn(installation: InstallationRow, activity: TeamsActivity): Promise<void>;
  /** Resolves when all that was begun has ended. */
  settled(): Promise<void>;
}

export function roster({ store, courier, log }: Pick<Rooms, 'store' | 'courier' | 'log'>, teams: Connector): Roster {
  const running = new Map<string, Promise<void>>();

  function learn(installation: InstallationRow, activity: TeamsActivity): Promise<void> {
    if (isPersonal(activity)) return Promise.resolve();
    const team = activity.channelData?.team?.id;
    const key = `${installation.id} ${team ?? addressOf(activity)}`;
    const begun =
      running.get(key) ??
      ask(installation, placeOf(activity), team)
        .catch((fault: unknown) => log.warn({ fault }, 'Teams did not tell who is in a team, or what its channels are called'))
        .finally(() => running.delete(key));
    running.set(key, begun);
    return begun;
  }

  async function ask(installation: InstallationRow, place: Place, team: string | undefined): Promise<void> {
    const channels = team ? await named(place, team) : [];
    await store.update(function* (tables) {
      for (const { id, name } of channels) {
        const known = yield* tables.channelAt(installation.id, id);
        // Only who is in a team is told its channels: what was held for them is tried again.
        if (known) yield* tables.release(installation.workspace, known.id);
        if (known?.name === name) continue;
        yield* tables.putChannel(installation, {
          address: id,
          name,
          zone: known?.zone ?? null,
          reference: JSON.stringify(channelOf(place, id)),
        });
      }
    });
    courier.wake();
    const members = await teams.members(team ? channelOf(place, team) : place);
    await store.update(function* (tables) {
      for (const member of members) yield* enter(installation, member);

      function* enter(to: InstallationRow, member: Member) {
        const user = userOf(member);
        const profile = { ...(member.name ? { name: member.name } : {}), guest: member.isGuest };
        const known = yield* tables.identity(to.id, user);
        if (!known) yield* tables.putIdentity(to, user, profile);
        else {
          if (member.name && known.name !== member.name) yield* tables.updateProfile(to.workspace, known.id, { name: member.name });
          if ((known.guest === 1) !== member.isGuest) yield* tables.updateAccount(to.id, user, { guest: member.isGuest });
        }
      }
    });
  }

  /** The channels of the team; the private one that this came from is not in Teams' own list. */
  async function named(place: Place, team: string): Promise<{ id: string; name: string }[]> {
    const { id } = place.conversation;
    const channels = await teams.channels(place, team);
    const general = channels.find((channel) => channel.id === team);
    return channels.some((channel) => channel.id === id)
      ? channels
      : [...channels, { id, name: `Private channel of ${general?.name ?? 'a team'}` }];
  }

  return {
    learn,
    async settled() {
      await Promise.all(running.values());
    },
  };
}
