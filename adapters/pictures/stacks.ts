import type { Stacks } from '../../src/picture.ts';
import { widthOf } from './font.ts';
import { type Chart, font, heading, INK, INNER, LINE, PAD, PAPER, QUIET, rowsOf, said, TEXT, USUAL, WASH, WIDTH } from './look.ts';
import type { Api } from './profile.ts';
import { fitted, lines } from './words.ts';

type Part = Stacks['parts'][number];

const THICK = 20;
/** No part that counts anything is narrower than its number. */
const NARROWEST = 12;

/** Each part has a pattern beside its colour, and its number stands on it. */
const TONES: Record<Part['tone'], { color: string; decal?: object }> = {
  good: { color: '#1f6b45' },
  bad: {
    color: '#f0a58a',
    decal: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4, color: '#8c2a0b', symbolSize: 1 },
  },
  open: {
    color: '#f5dc8d',
    decal: {
      symbol: 'circle',
      dashArrayX: [
        [3, 3],
        [0, 3, 3, 0],
      ],
      dashArrayY: [3, 2],
      color: '#6b5300',
      symbolSize: 0.8,
    },
  },
  none: { color: '#ffffff' },
};

/** A bar of counts for each label, which stands above it with its mark. */
export function stacksChart({ title, parts, bars }: Stacks): Chart {
  const { texts, below } = heading(title);
  const legends = legendOf(parts, below + 8);
  const indent = (index: number) => (bars[index]!.mark ? 20 : 0);
  const labels = bars.map(({ label }, index) => lines(label, INNER - indent(index), USUAL, 'normal', 2));
  const rows = rowsOf(labels, below + 4 + legends.rows * 20, THICK, indent);
  const most = Math.max(1, ...bars.map(({ counts }) => sum(counts)));
  const widths = bars.map(({ counts }) => widthsOf(counts, most));
  const segments = bars.flatMap(({ counts }, bar) => {
    let x = PAD;
    return parts.flatMap((_, part) => {
      const [from, width] = [x, widths[bar]![part] ?? 0];
      x += width;
      return width > 0 ? [{ part, x: from, y: rows.bars[bar]!, width, count: counts[part]! }] : [];
    });
  });
  return {
    height: rows.below + PAD,
    option: {
      legend: legends.option,
      graphic: [
        ...texts,
        ...rows.labels,
        ...bars.flatMap(({ mark }, index) => (mark ? [markText(mark, rows.bars[index]! - (labels[index]!.length - 0.5) * TEXT)] : [])),
        ...rows.bars.map((y) => ({
          type: 'rect',
          silent: true,
          shape: { x: PAD, y, width: INNER, height: THICK },
          style: { fill: WASH, stroke: LINE },
        })),
        ...bars.flatMap(({ counts }, index) =>
          sum(counts) === 0 ? [said('none', PAD + 8, rows.bars[index]! + THICK / 2, { fill: QUIET })] : [],
        ),
        ...segments.map(({ x, y, width, count }) => number(String(count), x + width / 2, y + THICK / 2)),
      ],
      series: parts.map(({ tone }, part) => ({
        type: 'custom',
        coordinateSystem: 'none',
        name: String(part),
        silent: true,
        itemStyle: { ...TONES[tone], borderColor: INK, borderWidth: 1 },
        data: segments.filter((one) => one.part === part).map(({ x, y, width }) => [x, y, width]),
        renderItem: (_: unknown, api: Api) => ({
          type: 'rect',
          shape: { x: api.value(0), y: api.value(1), width: api.value(2), height: THICK },
          style: { fill: TONES[tone].color, decal: api.visual('decal'), stroke: INK, lineWidth: 1 },
        }),
      })),
    },
  };
}

const markText = (mark: string, y: number): object => said(fitted(mark, 18, 14, 'bold'), PAD, y, { size: 14, weight: 'bold' });

/** A count on paper of its own, so that no pattern runs through it. */
function number(count: string, x: number, y: number): object {
  const text = said(count, x, y, { weight: 'bold', align: 'center' }) as { style: object };
  return { ...text, z: 10, style: { ...text.style, backgroundColor: PAPER, borderRadius: 3, padding: [2, 3, 1, 3] } };
}

const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0);

/** Pixels for each count: in proportion, but none narrower than its number; what that takes is taken from the widest. */
function widthsOf(counts: readonly number[], most: number): number[] {
  const least = counts.map((count) => (count > 0 ? widthOf(String(count), USUAL, 'bold') + NARROWEST : 0));
  const widths = counts.map((count, index) => Math.max(least[index]!, (count / most) * INNER));
  for (let over = sum(widths) - INNER; over > 0.01; over = sum(widths) - INNER) {
    const slack = widths.map((width, index) => width - least[index]!);
    const widest = slack.indexOf(Math.max(...slack));
    if (slack[widest]! <= 0) break;
    widths[widest] = widths[widest]! - Math.min(over, slack[widest]!);
  }
  return widths;
}

/** One legend for each part, at a place of its own: in rows that are as full as can be. */
function legendOf(parts: readonly Part[], top: number): { option: object[]; rows: number } {
  let [x, row] = [PAD, 0];
  const option = parts.map(({ label }, index) => {
    const shown = fitted(label, INNER - 30, USUAL);
    const width = 24 + widthOf(shown, USUAL) + 14;
    if (x > PAD && x + width - 14 > WIDTH - PAD) [x, row] = [PAD, row + 1];
    const left = x;
    x += width;
    return {
      data: [{ name: String(index), icon: 'rect' }],
      left,
      top: top + row * 20 - 8,
      padding: 0,
      itemGap: 0,
      itemWidth: 18,
      itemHeight: 12,
      itemStyle: { borderWidth: 1 },
      selectedMode: false,
      formatter: () => shown,
      textStyle: { color: INK, ...font(USUAL) },
    };
  });
  return { option, rows: parts.length === 0 ? 0 : row + 1 };
}
