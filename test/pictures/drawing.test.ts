import { describe, expect, it } from 'vitest';
import { pngOf, svgOf } from '../../adapters/pictures/drawing.ts';
import { widthOf } from '../../adapters/pictures/font.ts';
import { clean, lines } from '../../adapters/pictures/words.ts';
import type { Branch, Picture } from '../../src/picture.ts';
import { LARGEST, USUAL } from './samples.ts';
import { boxOf, textsOf, treeOf } from './xml.ts';

const KINDS = ['matrix', 'profile', 'stacks', 'tree'] as const;
const all = KINDS.flatMap((kind) => [[`a usual ${kind}`, USUAL[kind]] as const, [`the largest ${kind}`, LARGEST[kind]] as const]);

describe.each(all)('%s', (_, picture) => {
  const svg = svgOf(picture);
  const texts = textsOf(treeOf(svg));

  it('is well-formed, and holds no figure that is none', () => {
    expect(treeOf(svg).name).toBe('svg');
    expect(svg).not.toMatch(/NaN|undefined|Infinity|\[object/);
  });

  it('keeps every text within its edges', () => {
    const { width, height } = boxOf(treeOf(svg));
    expect(width).toBe(360);
    const outside = texts.filter(({ left, right, top, bottom }) => left < 0 || right > width || top < 0 || bottom > height);
    expect(outside).toEqual([]);
  });

  it('has no text over another', () => {
    const over = texts.flatMap((one, index) =>
      texts
        .slice(index + 1)
        .filter((two) => one.left < two.right - 1 && two.left < one.right - 1 && one.top < two.bottom - 2 && two.top < one.bottom - 2)
        .map((two) => `“${one.said}” and “${two.said}”`),
    );
    expect(over).toEqual([]);
  });

  it('names everything that it shows, in whole or shortened', () => {
    const shown = texts
      .map(({ said }) => said)
      .join(' ')
      .replaceAll(/[\s…]+/g, ' ');
    for (const label of labelsOf(picture)) expect(shown).toContain(clean(label).replaceAll(/\s+/g, ' ').slice(0, 8).trim());
  });

  it('says every number that it shows', () => {
    const shown = texts.map(({ said }) => said).join('\n');
    for (const number of numbersOf(picture)) expect(shown).toMatch(new RegExp(`(^|\\D)${number}(\\D|$)`));
  });

  it('becomes a PNG of twice its size', () => {
    const png = Buffer.from(pngOf(picture));
    const { width, height } = boxOf(treeOf(svg));
    expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([width * 2, height * 2]);
    expect(png.length).toBeLessThan(1_000_000);
  });
});

describe('a picture', () => {
  it('names the quadrant that the present point is in', () => {
    const corner = (technical: number, business: number) =>
      textsOf(treeOf(svgOf({ kind: 'matrix', title: 'M', strong: 60, points: [{ label: 'Now', technical, business }] })))
        .map(({ said }) => said)
        .find((said) => said.startsWith('▸'));
    expect([corner(60, 60), corner(60, 59), corner(59, 60), corner(59, 59)]).toEqual(['▸ SCALE', '▸ PIVOT', '▸ EXTEND', '▸ KILL']);
  });

  it('says in words what is strong, weak and not known', () => {
    const texts = textsOf(treeOf(svgOf(USUAL.profile))).map(({ said }) => said);
    expect(texts).toEqual(expect.arrayContaining(['78 strong', '44 weak', 'not known', 'opinions 20–75', 'strong from 60']));
  });

  it('has a pattern for each part that is no plain one', () => {
    // In the legend, and on the bars: one part of each is hatched, one dotted.
    expect(svgOf(USUAL.stacks).match(/url\(#/g)).toHaveLength(4);
    expect(svgOf(USUAL.profile)).toContain('<pattern ');
  });

  it('draws what holds nothing', () => {
    for (const picture of [
      { kind: 'matrix', title: '', strong: 0, points: [] },
      { kind: 'profile', title: '', strong: 100, bars: [] },
      { kind: 'stacks', title: '', parts: [], bars: [{ label: '', counts: [] }] },
      { kind: 'tree', title: '', root: { label: '', note: '', offshoots: [] } },
    ] satisfies Picture[])
      expect(pngOf(picture).length).toBeGreaterThan(100);
  });

  it('ends a family that is too large in how many more there are', () => {
    const offshoots = Array.from({ length: 100 }, (_, index): Branch => ({ label: `Child ${index}`, note: '', offshoots: [] }));
    const texts = textsOf(treeOf(svgOf({ kind: 'tree', title: 'T', root: { label: 'Root', note: '', offshoots } })));
    expect(texts.at(-1)?.said).toBe('and 41 more');
  });
});

describe('lines', () => {
  it.each([
    ['one two three', 60, 2, ['one two', 'three']],
    ['one two three four five six', 60, 2, ['one two', 'three fo…']],
    ['a', 60, 2, ['a']],
    ['', 60, 2, ['']],
    ['  \n\t ', 60, 2, ['']],
    ['🌱🌱🌱🌱🌱🌱🌱🌱', 40, 1, ['🌱🌱…']],
  ])('breaks %j at %d px into at most %d', (said, width, most, wanted) => {
    expect(lines(said, width, 12, 'normal', most)).toEqual(wanted);
  });

  it('are never wider than asked, and lose nothing but what the ellipsis stands for', () => {
    for (const said of [
      'W'.repeat(80),
      'i'.repeat(300),
      'مرحبا بالعالم '.repeat(9),
      '👩‍💻'.repeat(30),
      'No unresolved safety or compliance issue',
    ]) {
      for (const line of lines(said, 100, 12, 'bold', 3)) expect(widthOf(line, 12, 'bold')).toBeLessThanOrEqual(100);
      expect(lines(said, 100, 12, 'bold', 99).join('').replaceAll(' ', '')).toBe(said.replaceAll(' ', ''));
    }
  });
});

function labelsOf(picture: Picture): string[] {
  switch (picture.kind) {
    case 'matrix':
      return [
        picture.title,
        ...picture.points.slice(-6).map(({ label }) => label),
        'SCALE',
        'PIVOT',
        'EXTEND',
        'KILL',
        'Business',
        'Technical',
      ];
    case 'profile':
      return [picture.title, ...picture.bars.map(({ label }) => label)];
    case 'stacks':
      return [picture.title, ...picture.parts.map(({ label }) => label), ...picture.bars.flatMap(({ label, mark }) => [label, mark ?? ''])];
    case 'tree':
      return [picture.title, ...branchesOf(picture.root).flatMap(({ label, note }) => [label, note])];
  }
}

const branchesOf = (branch: Branch): Branch[] => [branch, ...branch.offshoots.flatMap(branchesOf)];

function numbersOf(picture: Picture): number[] {
  switch (picture.kind) {
    case 'matrix':
      return [picture.strong, ...picture.points.slice(-6).flatMap(({ technical, business }) => [technical, business])];
    case 'profile':
      return [picture.strong, ...picture.bars.flatMap(({ score }) => (score === null ? [] : [score]))];
    case 'stacks':
      return picture.bars.flatMap(({ counts }) => counts.filter((count) => count > 0));
    case 'tree':
      return [];
  }
}
