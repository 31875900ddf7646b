import type { Profile } from '../../src/picture.ts';
import { type Chart, heading, INK, INNER, LEAF, LINE, PAD, PAPER, QUIET, rowsOf, said, SMALL, TEXT, USUAL, WASH, WIDTH } from './look.ts';
import { lines } from './words.ts';

type Bar = Profile['bars'][number];

const THICK = 14;
/** The bars' own width; right of them stands the score in words. */
const TRACK = INNER - 82;
/** What `opinions 0–100` takes beside the label. */
const RANGE = 112;

/** Weak ones are hatched and strong ones are not, so that nothing hangs on the colour. */
const STYLES = {
  strong: { color: LEAF },
  weak: {
    color: '#e9a05b',
    decal: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4, color: '#7a3f06', symbolSize: 1 },
  },
} as const;

/** One bar for each label, which stands above it so that it has the whole width. */
export function profileChart({ title, strong, bars }: Profile): Chart {
  const { texts, below } = heading(title);
  const labels = bars.map((bar) => lines(bar.label, INNER - (hasRange(bar) ? RANGE : 0), USUAL, 'normal', 2));
  const rows = rowsOf(labels, below + 16, THICK, () => 0);
  const middle = Math.min(Math.max(at(strong), PAD + 42), WIDTH - PAD - 42);
  const legend = said(`strong from ${strong}`, middle, below + 5, { size: SMALL, fill: QUIET, align: 'center' });
  return {
    height: rows.below + PAD,
    option: {
      graphic: [
        ...texts,
        ...(bars.length > 0 ? [legend] : []),
        ...rows.labels,
        ...bars.flatMap((bar, index) => [...track(rows.bars[index]!), ...scoreText(bar, strong, rows.bars[index]!)]),
        ...bars
          .flatMap((bar, index) => [threshold(strong, rows.bars[index]!), ...whisker(bar, rows.bars[index]!)])
          .map((one) => ({ ...one, z: 10 })),
      ],
      series: (['strong', 'weak'] as const).map((strength) => ({
        type: 'custom',
        coordinateSystem: 'none',
        silent: true,
        itemStyle: STYLES[strength],
        data: bars.flatMap(({ score }, index) => (score !== null && strengthOf(score, strong) === strength ? [[index, score]] : [])),
        renderItem: (_: unknown, api: Api) => ({
          type: 'rect',
          shape: { x: PAD, y: rows.bars[api.value(0)]!, width: at(api.value(1)) - PAD, height: THICK },
          style: { fill: STYLES[strength].color, decal: api.visual('decal'), stroke: INK, lineWidth: 1 },
        }),
      })),
    },
  };
}

/** What of the library's own a drawn item asks. */
export interface Api {
  value(dimension: number): number;
  visual(name: 'decal'): object;
}

const at = (score: number): number => PAD + (score / 100) * TRACK;
const strengthOf = (score: number, strong: number) => (score >= strong ? 'strong' : 'weak');

function hasRange<Of extends Bar>(bar: Of): bar is Of & { low: number; high: number } {
  return bar.score !== null && bar.low !== undefined && bar.high !== undefined && bar.low < bar.high;
}

const track = (y: number): object[] => [
  { type: 'rect', silent: true, shape: { x: PAD, y, width: TRACK, height: THICK }, style: { fill: WASH, stroke: LINE, lineWidth: 1 } },
];

function scoreText(bar: Bar, strong: number, top: number): object[] {
  const [x, y] = [PAD + TRACK + 8, top + THICK / 2];
  if (bar.score === null) return [said('not known', x, y, { weight: 'bold', size: SMALL, fill: QUIET })];
  const score = said(`${bar.score} ${strengthOf(bar.score, strong)}`, x, y, { weight: 'bold', size: SMALL });
  if (!hasRange(bar)) return [score];
  return [score, said(`opinions ${bar.low}–${bar.high}`, WIDTH - PAD, top - TEXT / 2, { size: SMALL, fill: QUIET, align: 'right' })];
}

const stroke = (x1: number, y1: number, x2: number, y2: number, style: object): object => ({
  type: 'line',
  silent: true,
  shape: { x1, y1, x2, y2 },
  style,
});

const threshold = (strong: number, top: number): object =>
  stroke(at(strong), top - 2, at(strong), top + THICK + 3, { stroke: INK, lineWidth: 1.25, lineDash: [3, 2] });

/** From the lowest to the highest opinion, with an end at each; its white edge parts it from the bar. */
function whisker(bar: Bar, top: number): object[] {
  if (!hasRange(bar)) return [];
  const [low, high, middle] = [at(bar.low), at(bar.high), top + THICK / 2];
  const drawn = (style: object) => [
    stroke(low, middle, high, middle, style),
    stroke(low, top + 2, low, top + THICK - 2, style),
    stroke(high, top + 2, high, top + THICK - 2, style),
  ];
  return [...drawn({ stroke: PAPER, lineWidth: 5 }), ...drawn({ stroke: INK, lineWidth: 2 })];
}
