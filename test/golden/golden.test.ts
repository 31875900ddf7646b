import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PLATFORMS, rendering } from './render.ts';
import { samples, USUAL } from './samples.ts';

const folder = join(import.meta.dirname, 'files');
const writes = process.env.GOLDEN === 'write';
const { cards, forms } = samples(USUAL);

/** What each platform is sent, to the letter. `npm run golden` writes the files; their difference is to be looked at. */
describe.each(PLATFORMS)('%s', (platform) => {
  const render = rendering(platform);
  const all = [
    ...[...cards].map(([name, card]) => [`card ${name}`, render.card(card)] as const),
    ...[...forms].map(([name, form]) => [`form ${name}`, render.form(form)] as const),
  ];

  it.each(all)('%s', (name, rendered) => {
    const file = join(folder, platform, `${name.replaceAll(/[ ,]+/g, '-')}.json`);
    const text = `${JSON.stringify(rendered, null, 2)}\n`;
    if (writes) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    if (!existsSync(file)) throw new Error(`${file} is missing: write it with npm run golden, look at it, and commit it`);
    expect(text).toBe(readFileSync(file, 'utf8'));
  });

  it('keeps no file of a card or form that is no more', () => {
    const wanted = all.map(([name]) => `${name.replaceAll(/[ ,]+/g, '-')}.json`);
    expect(readdirSync(join(folder, platform)).filter((file) => !wanted.includes(file))).toEqual([]);
  });
});
