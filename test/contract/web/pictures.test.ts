import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ShownMessage } from '../../../adapters/web/local.ts';
import { readConfig } from '../../../src/config.ts';
import { build, type House } from '../../../src/house.ts';
import { logger } from '../../../src/log.ts';
import { LARGEST, USUAL } from '../../pictures/samples.ts';
import { cardOf, pageOf, show } from '../../pictures/shown.ts';
import { treeOf } from '../../pictures/xml.ts';
import { type Node, within } from '../teams/cards.ts';

let folder: string;
let house: House;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'offshoot-web-'));
  const config = readConfig({ PORT: '0', DATABASE_URL: `file:${join(folder, 'offshoot.db')}`, LOG_LEVEL: 'silent' });
  house = await build(config, logger('silent'), { pages: [pageOf('help', USUAL.matrix)] });
});
afterAll(async () => {
  await house.stop();
  rmSync(folder, { recursive: true });
});

const addressIn = (card: object): string => [...within(card as Node)].find((node) => node.type === 'Image')!['url'] as string;

async function shown(): Promise<ShownMessage> {
  await show(house.rooms, cardOf(LARGEST.stacks), function* (tables) {
    const [installation] = yield* tables.installations('local');
    return (yield* tables.channelAt(installation!.id, 'general'))!;
  });
  await house.rooms.courier.idle();
  const response = await fetch(`${house.url}/local/messages?as=pm&channel=general`);
  return ((await response.json()) as { messages: ShownMessage[] }).messages.at(-1)!;
}

describe('pictures in the browser', () => {
  it('are SVG, at an address of the same house; scripts read the words', async () => {
    const { card, text } = await shown();
    const path = addressIn(card!);
    expect(path).toMatch(/^\/pictures\/[\w-]{22}\.svg$/);
    const response = await fetch(house.url + path);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': expect.stringContaining('image/svg+xml'),
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'x-content-type-options': 'nosniff',
    });
    expect(treeOf(await response.text()).name).toBe('svg');
    expect(text).toContain('✗ No unresolved safety or compliance issue 495 go');
  });

  it('are in private replies, too', async () => {
    const response = await fetch(`${house.url}/local/say`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ as: 'pm', channel: 'general', text: '/offshoot help' }),
    });
    const { card } = (await response.json()) as { card: object };
    expect((await fetch(house.url + addressIn(card))).status).toBe(200);
  });

  it('are also to be had as PNG, and nowhere else than at their own address', async () => {
    const path = addressIn((await shown()).card!);
    expect((await fetch(house.url + path.replace('.svg', '.png'))).headers.get('content-type')).toBe('image/png');
    const token = path.slice(10, 32);
    const strange = [
      `${'A'.repeat(22)}.svg`,
      `${token}.gif`,
      token,
      `${token.slice(1)}.svg`,
      `${token}x.svg`,
      '',
      '..%2F..%2Fpackage.json',
      `${token}.svg%00`,
      '%',
    ];
    for (const name of strange) {
      const response = await fetch(`${house.url}/pictures/${name}`);
      expect([name, response.status, response.headers.get('content-type')]).toEqual([
        name,
        name === '%' ? 400 : 404,
        expect.stringContaining('application/problem+json'),
      ]);
    }
  });
});
