import { type Card, pictured, said } from '../../src/card.ts';
import type { Rooms } from '../../src/house.ts';
import type { Page } from '../../src/page.ts';
import type { Picture } from '../../src/picture.ts';
import type { ChannelRow, Tables, Work } from '../../src/store.ts';
import { words } from '../../src/text.ts';

export const cardOf = (...pictures: Picture[]): Card => ({
  title: words('Shown'),
  parts: [said(words('Before it')), ...pictures.map(pictured), said(words('After it'))],
});

/** A page that answers with a picture, in the place of the product's own of that name. */
export const pageOf = (name: string, picture: Picture): Page => ({ name, needs: () => [], show: () => cardOf(picture) });

/** Has a card shown in a channel, as a flow of somebody would. */
export async function show({ store, courier }: Rooms, card: Card, channel: (tables: Tables) => Work<ChannelRow>): Promise<void> {
  await store.update(function* (tables) {
    const { id, workspace } = yield* channel(tables);
    yield* tables.putFlow(workspace, { id: 'body/9', version: 1, state: {}, settled: 1 });
    yield* tables.putSurface(workspace, 'body/9', { key: 'shown', to: id, card });
  });
  courier.wake();
}
