import type { Team } from '../adapters/slack/team.ts';
import { slackMessenger } from '../adapters/slack/messenger.ts';
import type { Pictures } from '../adapters/slack/pictures.ts';
import type { Connector, Place } from '../adapters/teams/connector.ts';
import { teamsMessenger } from '../adapters/teams/messenger.ts';
import type { Places } from '../adapters/teams/places.ts';
import { UNFRAMED } from '../src/exhibition.ts';
import { DeliveryFault, type Messenger } from '../src/messenger.ts';
import type { InstallationRow, Store } from '../src/store.ts';

/** So many calls in so many milliseconds. */
type Rate = readonly [count: number, per: number];

const MINUTE = 60_000;

/**
 * What the platforms publish, read as strictly as they may take it. Slack: a post a second in a channel, methods of tier 3 fifty times a
 * minute, posts in a workspace several hundred times a minute. Teams: a bot in one conversation.
 */
const SLACK: Record<'post' | 'posts' | 'tier 3', readonly Rate[]> = {
  post: [[1, 1_000]],
  posts: [[300, MINUTE]],
  'tier 3': [[50, MINUTE]],
};
const TEAMS: readonly Rate[] = [
  [7, 1_000],
  [8, 2_000],
  [60, 30_000],
  [1_800, 3_600_000],
];

/** A stand-in that refuses, as the platform does, whatever comes above its budgets. Everything before the wire is the product's own. */
export interface Platform {
  messenger: Messenger;
  /** Messages that are there. */
  there: Set<string>;
  calls: Record<string, number>;
  /** How often it had to say 429. */
  refused(): number;
  /** The most posts and edits that one conversation had in any one second. */
  busiest(): number;
}

export function platform(kind: 'slack' | 'teams', store: Store, installation: InstallationRow): Platform {
  const there = new Set<string>();
  const calls: Record<string, number> = {};
  const came = new Map<string, number[]>();
  let refused = 0;
  let count = 0;

  function admit(call: string, rates: Readonly<Record<string, readonly Rate[]>>): void {
    const now = Date.now();
    calls[call] = (calls[call] ?? 0) + 1;
    for (const [key, all] of Object.entries(rates))
      for (const [most, per] of all) {
        const recent = (came.get(key) ?? []).filter((at) => at > now - per);
        if (recent.length < most) continue;
        refused++;
        throw new DeliveryFault('again', '429', recent[0]! + per - now);
      }
    for (const key of Object.keys(rates)) came.set(key, [...(came.get(key) ?? []), now]);
  }

  function posted(): string {
    const id = `${1_700_000_000 + ++count}.000100`;
    there.add(id);
    return id;
  }

  const changed = (id: string): void => {
    if (!there.has(id)) throw new DeliveryFault('vanished', 'the message is not there');
  };

  function slack(): Messenger {
    const client = {
      conversations: {
        async open({ users }: { users: string }) {
          admit('open', { open: SLACK['tier 3'] });
          return { channel: { id: `D${users}` } };
        },
      },
      chat: {
        async postMessage({ channel }: { channel: string }) {
          admit('post', { [`in ${channel}`]: SLACK.post, posts: SLACK.posts });
          return { ts: posted() };
        },
        async update({ ts }: { ts: string }) {
          admit('edit', { update: SLACK['tier 3'] });
          changed(ts);
        },
        async delete({ ts }: { ts: string }) {
          admit('remove', { delete: SLACK['tier 3'] });
          changed(ts);
          there.delete(ts);
        },
      },
    };
    const team = { installation, client, bot: { user: 'U0BOT', name: 'offshoot' } } as unknown as Team;
    return slackMessenger(store, () => team, { given: async () => UNFRAMED } as unknown as Pictures);
  }

  function teams(): Messenger {
    const placeOf = (id: string) => ({ channelId: 'msteams', serviceUrl: 'https://bench', conversation: { id } }) as unknown as Place;
    const connector = {
      async post(place: Place) {
        admit('post', { [`in ${place.conversation.id}`]: TEAMS });
        return posted();
      },
      async edit(place: Place, id: string) {
        admit('edit', { [`in ${place.conversation.id}`]: TEAMS });
        changed(id);
      },
      async remove(place: Place, id: string) {
        admit('remove', { [`in ${place.conversation.id}`]: TEAMS });
        changed(id);
        there.delete(id);
      },
      async converse(_: Place, user: string) {
        admit('open', { open: TEAMS });
        return placeOf(`direct ${user}`);
      },
    } as unknown as Connector;
    const places = {
      find: async (_, address) => (address.startsWith('{') ? (JSON.parse(address) as Place) : placeOf(address)),
      any: async () => placeOf('C0BENCH'),
    } satisfies Partial<Places>;
    const rooms = { store, exhibition: { hang: async () => UNFRAMED }, address: () => 'https://bench', config: {} };
    return teamsMessenger(rooms as unknown as Parameters<typeof teamsMessenger>[0], connector, places as unknown as Places);
  }

  const busiest = (): number =>
    Math.max(
      0,
      ...[...came]
        .filter(([key]) => key.startsWith('in '))
        .flatMap(([, at]) => at.map((from) => at.filter((one) => one >= from && one < from + 1_000).length)),
    );

  return { messenger: kind === 'slack' ? slack() : teams(), there, calls, refused: () => refused, busiest };
}
