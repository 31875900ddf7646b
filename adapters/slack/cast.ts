import { namesIn } from '../../src/directory.ts';
import type { ChannelId, PersonId } from '../../src/id.ts';
import type { InstallationRow, Store } from '../../src/store.ts';
import type { Names } from '../../src/text.ts';

/** The people and channels that something to be shown mentions, by name and by their ids in this Slack team. */
export interface Cast {
  names: Names;
  /** Has a name of their own; who has none yet is shown by Slack itself. */
  named(id: PersonId): boolean;
  user(id: PersonId): string | undefined;
  address(id: ChannelId): string | undefined;
  /** People of the workspace who are on other messengers only, by name: no picker of Slack's own offers them. */
  others: readonly { id: PersonId; name: string }[];
}

const NOBODY = 'somebody';

/** `picking`: it is a form in which people may be picked. */
export async function castIn(store: Store, installation: InstallationRow, shown: unknown, known?: Names, picking = false): Promise<Cast> {
  const { id: team, workspace } = installation;
  const names = known ?? (await namesIn(store, workspace, shown));
  const ids = [...new Set(JSON.stringify(shown)?.match(/\b(?:person|channel)\/[1-9]\d*\b/g) ?? [])];
  const there = new Map<string, string>();
  const found =
    ids.length === 0
      ? there
      : await store.look(function* (tables) {
          for (const id of ids) {
            if (id.startsWith('person/')) {
              const identity = (yield* tables.identitiesOf(workspace, id as PersonId)).find((one) => one.installation === team);
              if (identity) there.set(id, identity.user);
            } else {
              const channel = yield* tables.channelOf(workspace, id as ChannelId);
              if (channel?.installation === team) there.set(id, channel.address);
            }
          }
          return there;
        });
  const others = picking ? await store.look((tables) => tables.peopleElsewhere(workspace, team)) : [];
  return {
    names,
    others,
    named: (id) => names.person(id) !== NOBODY,
    user: (id) => found.get(id),
    address: (id) => found.get(id),
  };
}
