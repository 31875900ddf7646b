import { addressText, type Address, type Card, cardText } from '../../src/card.ts';
import type { Frame } from '../../src/exhibition.ts';
import type { Rooms } from '../../src/house.ts';
import type { InstallationRow } from '../../src/store.ts';
import type { LocalMessage } from '../../src/local.ts';
import { DeliveryFault, type Messenger, type Outgoing } from '../../src/messenger.ts';
import type { Names } from '../../src/text.ts';
import { type AdaptiveCard, adaptiveCard, plainPress } from '../teams/card.ts';

/** Something changed on the page: a message came, changed or went, or the clock was moved. */
type News = { kind: 'message' | 'gone'; id: number; address: string } | { kind: 'clock'; at: number };

export interface LocalRoom {
  messenger: Messenger;
  /** Calls back at each news until the returned function is called. */
  listen(hear: (news: News) => void): () => void;
  tell(news: News): void;
}

/** A message as the page and its readers get it. */
export interface ShownMessage {
  id: number;
  author: string;
  at: number;
  edited: boolean;
  thread: number | null;
  text: string;
  card: AdaptiveCard | null;
  buttons: { label: string; button: string }[];
}

interface StoredCard {
  card: AdaptiveCard;
  text: string;
  buttons: ShownMessage['buttons'];
}

export const directAddress = (user: string): string => `direct:${user}`;

/** The local workspace as a messenger: what is posted is a row, and the page is told. */
export function localRoom({ store, clock, exhibition }: Pick<Rooms, 'store' | 'clock' | 'exhibition'>): LocalRoom {
  const ears = new Set<(news: News) => void>();
  const tell = (news: News) => {
    for (const hear of ears) hear(news);
  };

  async function storedAs({ installation, card, names, zone }: Outgoing): Promise<string> {
    return JSON.stringify(storedCard(card, names, zone, await exhibition.hang(installation.workspace, card, 'svg')));
  }

  const messenger: Messenger = {
    platform: 'local',
    limits: () => [],
    direct: async (_, user) => directAddress(user),
    async post({ key, thread, ...outgoing }) {
      const { address } = outgoing;
      const stored = await storedAs(outgoing);
      const id = await store.update((tables) =>
        tables.putMessage({
          address,
          author: null,
          text: '',
          card: stored,
          thread: thread === undefined ? null : Number(thread),
          key,
          at: clock.now(),
          edited: null,
        }),
      );
      tell({ kind: 'message', id, address });
      return String(id);
    },
    async edit({ id, ...outgoing }) {
      const { address } = outgoing;
      const stored = await storedAs(outgoing);
      const there = await store.update((tables) => tables.editMessage(Number(id), stored, clock.now()));
      if (!there) throw new DeliveryFault('vanished', 'the message is gone');
      tell({ kind: 'message', id: Number(id), address });
    },
    async remove(_: InstallationRow, address, id) {
      await store.update((tables) => tables.dropMessage(Number(id)));
      tell({ kind: 'gone', id: Number(id), address });
    },
    async find(_: InstallationRow, __: string, key) {
      const id = await store.look((tables) => tables.messageKeyed(key));
      return id === undefined ? undefined : String(id);
    },
  };

  return {
    messenger,
    tell,
    listen(hear) {
      ears.add(hear);
      return () => void ears.delete(hear);
    },
  };
}

/** The row as a reader sees it. */
export function shownMessage(row: LocalMessage, people: ReadonlyMap<string, string>): ShownMessage {
  const stored = row.card === null ? undefined : (JSON.parse(row.card) as StoredCard);
  return {
    id: row.id,
    author: row.author === null ? 'Offshoot' : (people.get(row.author) ?? row.author),
    at: row.at,
    edited: row.edited !== null,
    thread: row.thread,
    text: stored?.text ?? row.text,
    card: stored?.card ?? null,
    buttons: stored?.buttons ?? [],
  };
}

function storedCard(card: Card, names: Names, zone: string, frame: Frame): StoredCard {
  return { card: adaptiveCard(card, names, plainPress, frame), text: cardText(card, names, zone), buttons: buttonsOf(card) };
}

export function buttonsOf(card: Card): ShownMessage['buttons'] {
  const all = [...card.parts.flatMap((part) => (part.kind === 'buttons' ? part.buttons : [])), ...(card.buttons ?? [])];
  return all.map(({ label, press }: { label: string; press: Address }) => ({ label, button: addressText(press) }));
}
