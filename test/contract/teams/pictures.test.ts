import { afterEach, describe, expect, it } from 'vitest';
import { hung } from '../../../adapters/teams/wall.ts';
import { LARGEST, USUAL } from '../../pictures/samples.ts';
import { cardOf as shownCard, pageOf, show } from '../../pictures/shown.ts';
import { type Node, within } from './cards.ts';
import { cardOf, TeamsClient } from './client.ts';

let client: TeamsClient;
afterEach(async () => await client.stop());

const images = (card: Node): Node[] => [...within(card)].filter((node) => node.type === 'Image');

const inChannel = (card: ReturnType<typeof shownCard>): Promise<void> =>
  show(client.house.rooms, card, function* (tables) {
    const [installation] = yield* tables.installations('teams');
    const known = yield* tables.channelAt(installation!.id, '19:churn-model@thread.tacv2');
    return known!;
  });

describe('a card with pictures', () => {
  it('has each at an address that answers with a PNG, and says the same in words', async () => {
    client = await TeamsClient.start();
    await client.say('PM', 'churn-model', 'help');
    await inChannel(shownCard(USUAL.matrix, LARGEST.tree));
    await client.see('PM', 'churn-model');
    const [matrix, tree] = images(cardOf(client.conversation('PM', 'churn-model').messages.at(-1)!));
    expect(matrix).toMatchObject({ altText: expect.stringContaining('Churn model: technical performance 78 (strong)') });
    expect(matrix!['url']).toMatch(new RegExp(`^${client.house.url}/pictures/[\\w-]{22}\\.png$`));
    for (const { url } of [matrix!, tree!] as unknown as { url: string }[]) {
      const response = await fetch(url);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'image/png',
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
      });
      expect(
        Buffer.from(await response.arrayBuffer())
          .subarray(1, 4)
          .toString(),
      ).toBe('PNG');
    }
  });

  it('keeps the address of a picture that it shows again, and answers there after a restart', async () => {
    client = await TeamsClient.start();
    await client.say('PM', 'churn-model', 'help');
    const address = async (card: ReturnType<typeof shownCard>): Promise<string> => {
      await inChannel(card);
      await client.see('PM', 'churn-model');
      return images(cardOf(client.conversation('PM', 'churn-model').messages.at(-1)!))[0]!['url'] as string;
    };
    const first = new URL(await address(shownCard(USUAL.stacks)));
    await client.restart();
    const second = new URL(await address({ ...shownCard(USUAL.stacks), tone: 'good' }));
    expect(second.pathname).toBe(first.pathname);
    expect((await fetch(second)).status).toBe(200);
    expect(new URL(await address(shownCard(USUAL.profile))).pathname).not.toBe(first.pathname);
  });

  it('says it in words where Teams could not fetch the picture, which it does over https alone', async () => {
    client = await TeamsClient.start();
    const { rooms } = client.house;
    const at = async (address: string, hosts: readonly string[]) => {
      const config = { ...rooms.config, teams: { ...rooms.config.teams!, hosts } };
      const frame = await hung({ exhibition: rooms.exhibition, address: () => address, config }, 1, shownCard(USUAL.matrix));
      return frame(USUAL.matrix);
    };
    expect(await at('http://127.0.0.1:3000', [])).toBeUndefined();
    expect(await at('http://127.0.0.1:3000', ['localhost:9000'])).toMatch(/^http:.*png$/);
    expect(await at('https://offshoot.example.net', [])).toMatch(/^https:\/\/offshoot\.example\.net\/pictures\//);
  });

  it('answers privately with its picture, too', async () => {
    client = await TeamsClient.start([pageOf('help', USUAL.profile)]);
    await client.say('PM', 'direct', 'help');
    const [image] = images(cardOf(client.conversation('PM', 'direct').messages.at(-1)!));
    expect((await fetch(image!['url'] as string)).headers.get('content-type')).toBe('image/png');
  });
});
