import { afterEach, describe, expect, it } from 'vitest';
import { gallery } from '../../adapters/pictures/gallery.ts';
import type { Gallery } from '../../src/gallery.ts';
import type { Picture } from '../../src/picture.ts';
import { USUAL } from './samples.ts';

let open: Gallery | undefined;
afterEach(async () => await open?.close());

const broken = (fittings = {}): Gallery => {
  open = gallery({ script: new URL('broken.mjs', import.meta.url), ...fittings });
  return open;
};
const titled = (title: string): Picture => ({ kind: 'profile', title, strong: 60, bars: [] });

describe('the gallery', () => {
  it('draws in its thread, both ways', async () => {
    open = gallery();
    expect(await open.svg(USUAL.matrix)).toContain('Success matrix: Churn model');
    const png = await open.png(USUAL.matrix);
    expect(Buffer.from(png).subarray(1, 4).toString()).toBe('PNG');
  });

  it('draws the same once', async () => {
    open = gallery();
    const [first, second] = [open.png(USUAL.tree), open.png(structuredClone(USUAL.tree))];
    expect(await first).toBe(await second);
    expect(await open.png(USUAL.tree)).toBe(await first);
    expect(await open.svg(USUAL.tree)).not.toBe(await first);
  });

  it.each([
    ['refuse', 'refused'],
    ['die', 'ended'],
    ['throw', 'thrown'],
    ['hang', 'took longer'],
  ])('loses no other picture to one that makes its thread %s', async (title, why) => {
    const { svg } = broken({ patience: 400 });
    const all = await Promise.allSettled([svg(titled('fine before')), svg(titled(title)), svg(titled('fine after'))]);
    expect(all).toMatchObject([
      { status: 'fulfilled' },
      { status: 'rejected', reason: { message: expect.stringContaining(why) } },
      { status: 'fulfilled', value: expect.stringContaining('fine after') },
    ]);
  });

  it('tries a picture again that could not be drawn', async () => {
    const { svg } = broken();
    await expect(svg(titled('moody'))).rejects.toThrow('the profile could not be drawn: not now');
    expect(await svg(titled('moody'))).toBe('at last');
  });

  it('draws again after its thread has been sent to rest, and gives it no environment', async () => {
    const { svg } = broken({ rest: 1 });
    expect(await svg(titled('fine'))).toBe('fine no environment');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await svg(titled('fine, too'))).toBe('fine, too no environment');
  });

  it('tells those who wait when it closes, and takes nothing more', async () => {
    const shut = broken();
    const all = Promise.allSettled([shut.svg(titled('hang')), shut.svg(titled('fine'))]);
    await shut.close();
    expect(await all).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
    await expect(shut.svg(titled('fine'))).rejects.toThrow('closed');
  });
});
