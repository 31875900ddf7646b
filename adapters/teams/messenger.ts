import type { Rooms } from '../../src/house.ts';
import { DeliveryFault, type Messenger, type Outgoing } from '../../src/messenger.ts';
import type { InstallationRow } from '../../src/store.ts';
import { plain } from '../../src/text.ts';
import { type AdaptiveCard, adaptiveCard } from './card.ts';
import type { Connector, Place } from './connector.ts';
import { mentioning } from './mention.ts';
import { hung } from './wall.ts';
import { type Places, pressAt, threadIn } from './places.ts';
import type { Mention } from './text.ts';

/** What Teams allows a bot in one conversation, sends and edits together. */
const WINDOWS = [
  { count: 7, per: 1_000 },
  { count: 8, per: 2_000 },
  { count: 60, per: 30_000 },
  { count: 1_800, per: 3_600_000 },
] as const;

/** Teams for the courier. There is no way to look whether a message is there, so what may have landed is left uncertain. */
export function teamsMessenger(
  rooms: Pick<Rooms, 'store' | 'exhibition' | 'address' | 'config'>,
  teams: Connector,
  places: Places,
): Messenger {
  const { store } = rooms;

  async function placeAt(installation: InstallationRow, address: string): Promise<Place> {
    const place = await places.find(installation, address);
    if (place) return place;
    throw new DeliveryFault('refused', 'Teams has not told where this channel is: add Offshoot to its team, or mention it there once');
  }

  /** The message with the card; people whom it asks to do something are notified. */
  async function message(place: Place, { card, names, zone, installation }: Outgoing): Promise<object> {
    const pinged: Mention[] = [];
    const rendered = adaptiveCard(card, names, pressAt(place), await hung(rooms, installation.workspace, card), pinged);
    const known = await store.look(function* (tables) {
      const users: (Mention & { user: string })[] = [];
      for (const one of pinged)
        for (const { installation: at, user } of yield* tables.identitiesOf(installation.workspace, one.id))
          if (at === installation.id) users.push({ ...one, user });
      return users;
    });
    return cardMessage(mentioning(rendered, known), plain(card.title, names, zone));
  }

  return {
    platform: 'teams',
    limits: (_, { key }, address) => WINDOWS.map(({ count, per }) => ({ key: `teams ${per} ${address || key}`, count, per })),
    async direct(installation, user) {
      const from = await places.any(installation);
      if (!from)
        throw new DeliveryFault('refused', 'Teams has not told its service address yet: add Offshoot to a team, or write to it once');
      return JSON.stringify(await teams.converse(from, user));
    },
    async post({ thread, ...outgoing }) {
      const place = await placeAt(outgoing.installation, outgoing.address);
      return await teams.post(threadIn(place, thread), await message(place, outgoing));
    },
    async edit({ id, ...outgoing }) {
      const place = await placeAt(outgoing.installation, outgoing.address);
      await teams.edit(place, id, await message(place, outgoing));
    },
    async remove(installation, address, id) {
      await teams.remove(await placeAt(installation, address), id);
    },
  };
}

/** A message that is a card; `summary` is what a notification shows. */
export const cardMessage = (card: AdaptiveCard, summary: string): object => ({
  type: 'message',
  summary: summary.slice(0, 200),
  attachments: [cardAttachment(card)],
});

export const cardAttachment = (card: AdaptiveCard): object => ({ contentType: 'application/vnd.microsoft.card.adaptive', content: card });
