import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const resolve = createRequire(import.meta.url).resolve;

/** The letters of the pictures. They are TrueType files because the renderer draws nothing, and says nothing, for a woff. */
export const FILES = {
  normal: resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  bold: resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
} as const;

export const FAMILY = 'DejaVu Sans';
export type Weight = keyof typeof FILES;

const fonts = new Map<Weight, Font>();

/** The width in pixels that the text takes. A letter that the font lacks is taken to be as wide as it is high. */
export function widthOf(said: string, size: number, weight: Weight = 'normal'): number {
  const { advance, unitsPerEm } = fontOf(weight);
  let width = 0;
  for (const letter of said) width += isMark(letter) ? 0 : (advance(letter.codePointAt(0)!) ?? unitsPerEm);
  return (width * size) / unitsPerEm;
}

/** Whether there is a letter that the font lacks, as in Chinese or an emoji. */
export const lacks = (said: string): boolean =>
  [...new Set(said)].some((letter) => !isMark(letter) && fontOf('normal').advance(letter.codePointAt(0)!) === undefined);

/** Takes no width of its own: a combining mark, a joiner, a control character. */
const isMark = (letter: string): boolean => /^[\p{M}\p{Cf}\p{Cc}]$/u.test(letter);

interface Font {
  unitsPerEm: number;
  /** The width of the letter in the font's units. */
  advance(code: number): number | undefined;
}

function fontOf(weight: Weight): Font {
  const known = fonts.get(weight) ?? read(readFileSync(FILES[weight]));
  fonts.set(weight, known);
  return known;
}

/** The two tables of a TrueType file that tell widths: which glyph a letter is (cmap), and how wide that is (hmtx). */
function read(file: Buffer): Font {
  const table = (name: string): number => {
    for (let at = 12; at < 12 + file.readUInt16BE(4) * 16; at += 16)
      if (file.toString('latin1', at, at + 4) === name) return file.readUInt32BE(at + 8);
    throw new Error(`the font has no table ${name}`);
  };
  const [head, hhea, hmtx, cmap] = [table('head'), table('hhea'), table('hmtx'), table('cmap')];
  const last = file.readUInt16BE(hhea + 34) - 1;
  const groups = groupsIn(file, cmap);
  const known = new Map<number, number | undefined>();
  function measured(code: number): number | undefined {
    const group = groups.find(({ from, to }) => code >= from && code <= to);
    return group && file.readUInt16BE(hmtx + Math.min(group.glyph + code - group.from, last) * 4);
  }
  return {
    unitsPerEm: file.readUInt16BE(head + 18),
    advance(code) {
      if (!known.has(code)) known.set(code, measured(code));
      return known.get(code);
    },
  };
}

/** The letters of the font in their ranges: a subtable of format 12, which reaches beyond the basic plane. */
function groupsIn(file: Buffer, cmap: number): { from: number; to: number; glyph: number }[] {
  for (let index = 0; index < file.readUInt16BE(cmap + 2); index++) {
    const at = cmap + file.readUInt32BE(cmap + 8 + index * 8);
    if (file.readUInt16BE(at) !== 12) continue;
    return Array.from({ length: file.readUInt32BE(at + 12) }, (_, group) => {
      const here = at + 16 + group * 12;
      return { from: file.readUInt32BE(here), to: file.readUInt32BE(here + 4), glyph: file.readUInt32BE(here + 8) };
    });
  }
  throw new Error('the font has no table of all its letters');
}
