import type { Matrix } from '../../src/picture.ts';
import { type Chart, font, heading, INK, INNER, LEAF, LINE, PAD, PAPER, QUIET, said, SMALL, USUAL, WASH, WIDTH } from './look.ts';
import { fitted } from './words.ts';

const SIDE = 284;
const LEFT = 54;
/** So many points are named below the picture, the newest of them; all are drawn. */
const NAMED = 6;

type Point = Matrix['points'][number];

/** The success matrix. The present point is large, those before it are small, numbered and joined from the oldest on. */
export function matrixChart({ title, strong, points }: Matrix): Chart {
  const { texts, below } = heading(title);
  const top = below + 4;
  const foot = top + SIDE + 44;
  const named = points.slice(-NAMED);
  const earlier = points.length - named.length;
  const key = named.flatMap((point, index) => keyLine(point, earlier + index, points.length, foot + index * 18));
  if (earlier > 0) key.push(said(`${earlier} earlier, drawn only`, PAD + 22, foot + named.length * 18, { size: SMALL, fill: QUIET }));
  return {
    height: foot + (named.length + (earlier > 0 ? 1 : 0)) * 18 + PAD - 6,
    option: {
      grid: { left: LEFT, top, width: SIDE, height: SIDE },
      xAxis: { ...axis(strong), axisLabel: { ...axis(strong).axisLabel, margin: 6 } },
      yAxis: axis(strong),
      graphic: [
        ...texts,
        ...key,
        said('Business impact', LEFT + SIDE / 2, top + SIDE + 26, { align: 'center', weight: 'bold' }),
        {
          ...said('Technical performance', 0, 0, { align: 'center', weight: 'bold' }),
          x: PAD + 7,
          y: top + SIDE / 2,
          rotation: Math.PI / 2,
        },
      ],
      series: [quadrants(strong, points.at(-1)), path(points), ...dots(points)],
    },
  };
}

const axis = (strong: number) => ({
  type: 'value',
  min: 0,
  max: 100,
  axisLine: { show: true, onZero: false, lineStyle: { color: QUIET } },
  axisTick: { show: true, customValues: marks(strong), lineStyle: { color: QUIET } },
  axisLabel: { show: true, customValues: marks(strong), color: QUIET, ...font(SMALL) },
  splitLine: { show: false },
});

/** The ends and the threshold, unless they would stand on each other. */
const marks = (strong: number): number[] => [...(strong < 8 ? [] : [0]), strong, ...(strong > 92 ? [] : [100])];

/** The four corners by name; the one that the present point is in is shaded and pointed at. */
function quadrants(strong: number, now: Point | undefined): object {
  const area = (name: string, [x0, x1]: readonly number[], [y0, y1]: readonly number[], position: string) => {
    const here = now !== undefined && name === quadrantOf(now, strong);
    const label = {
      position,
      color: here ? LEAF : QUIET,
      distance: 6,
      formatter: () => (here ? `▸ ${name}` : name),
      ...font(here ? 15 : 13, 'bold'),
    };
    return [{ coord: [x0, y0], label, itemStyle: { color: here ? '#d8ebdf' : WASH } }, { coord: [x1, y1] }];
  };
  const weak = [0, strong];
  const high = [strong, 100];
  return {
    type: 'scatter',
    data: [],
    markArea: {
      silent: true,
      data: [
        area('PIVOT', weak, high, 'insideTopLeft'),
        area('SCALE', high, high, 'insideTopRight'),
        area('KILL', weak, weak, 'insideBottomLeft'),
        area('EXTEND', high, weak, 'insideBottomRight'),
      ],
    },
    markLine: {
      silent: true,
      symbol: 'none',
      label: { show: false },
      lineStyle: { color: QUIET, type: [5, 3], width: 1.25 },
      data: [{ xAxis: strong }, { yAxis: strong }],
    },
  };
}

const quadrantOf = ({ technical, business }: Point, strong: number): string =>
  technical >= strong ? (business >= strong ? 'SCALE' : 'PIVOT') : business >= strong ? 'EXTEND' : 'KILL';

const place = ({ technical, business }: Point): [number, number] => [business, technical];

const path = (points: readonly Point[]): object => ({
  type: 'line',
  silent: true,
  symbol: 'none',
  z: 3,
  data: points.map(place),
  lineStyle: { color: QUIET, width: 1.5 },
});

function dots(points: readonly Point[]): object[] {
  const now = points.at(-1);
  if (!now) return [];
  const label = {
    show: true,
    position: now.business > 50 ? 'left' : 'right',
    distance: 7,
    // Near an edge it would stand on the name of the corner.
    offset: [0, now.technical > 85 ? 34 : now.technical < 15 ? -34 : 0],
    formatter: () => fitted(now.label, 112, USUAL, 'bold'),
    color: INK,
    backgroundColor: PAPER,
    borderColor: LINE,
    borderWidth: 1,
    borderRadius: 3,
    padding: [3, 5],
    ...font(USUAL, 'bold'),
  };
  return [
    {
      type: 'scatter',
      silent: true,
      symbolSize: 15,
      z: 4,
      itemStyle: { opacity: 1, color: PAPER, borderColor: INK, borderWidth: 1.25 },
      clip: false,
      data: points.slice(0, -1).map((point, index) => ({
        value: place(point),
        label: { show: true, formatter: () => String(index + 1), color: INK, ...font(9) },
      })),
    },
    {
      type: 'scatter',
      silent: true,
      clip: false,
      z: 5,
      symbolSize: 20,
      itemStyle: { opacity: 1, color: LEAF, borderColor: PAPER, borderWidth: 2.5 },
      data: [{ value: place(now), label }],
    },
  ];
}

/** What a point is called and where it stands, below the picture. */
function keyLine(point: Point, index: number, all: number, y: number): object[] {
  const now = index === all - 1;
  const scores = `tech. ${point.technical}, bus. ${point.business}`;
  const weight = now ? 'bold' : 'normal';
  return [
    now
      ? { type: 'circle', silent: true, shape: { cx: PAD + 8, cy: y, r: 7 }, style: { fill: LEAF } }
      : { type: 'circle', silent: true, shape: { cx: PAD + 8, cy: y, r: 7 }, style: { fill: PAPER, stroke: INK, lineWidth: 1.25 } },
    ...(now ? [] : [said(String(index + 1), PAD + 8, y, { size: 9, align: 'center' })]),
    said(fitted(point.label, INNER - 22 - 128, USUAL, weight), PAD + 22, y, { weight }),
    said(scores, WIDTH - PAD, y, { size: SMALL, fill: QUIET, align: 'right' }),
  ];
}
