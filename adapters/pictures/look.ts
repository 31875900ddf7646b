import { FAMILY, type Weight } from './font.ts';
import { lines } from './words.ts';

/** What every picture shares. Sizes are in pixels of a picture as wide as a phone shows it; it is drawn at twice the size. */

export const WIDTH = 360;
export const PAD = 12;
export const INNER = WIDTH - 2 * PAD;

/** Paper of its own, so that it reads in light and dark surroundings alike. Each colour stands beside a pattern or a word. */
export const INK = '#18211c';
export const QUIET = '#4d5852';
export const LINE = '#c3ccc6';
export const WASH = '#edf2ef';
export const PAPER = '#ffffff';
export const LEAF = '#1f6b45';

export const SMALL = 11;
export const USUAL = 12;
const LARGE = 14;

/** What a chart is to its drawer. */
export interface Chart {
  height: number;
  option: Record<string, unknown>;
}

interface Style {
  size?: number;
  weight?: Weight;
  fill?: string;
  align?: 'left' | 'center' | 'right';
}

export const font = (size: number, weight: Weight = 'normal') => ({ fontFamily: FAMILY, fontSize: size, fontWeight: weight });

/** Words at a place; `y` is the middle of the line. */
export function said(
  text: string,
  x: number,
  y: number,
  { size = USUAL, weight = 'normal', fill = INK, align = 'left' }: Style = {},
): object {
  return { type: 'text', silent: true, style: { text, x, y, fill, align, verticalAlign: 'middle', ...font(size, weight) } };
}

/** The picture's title in at most two lines, and where the picture goes on below it. */
export function heading(title: string): { texts: object[]; below: number } {
  const shown = lines(title, INNER, LARGE, 'bold', 2);
  const texts = shown.map((line, index) => said(line, PAD, PAD + 9 + index * 19, { size: LARGE, weight: 'bold' }));
  return { texts, below: PAD + shown.length * 19 + 8 };
}

/** How high a line of a bar's label is, and what lies between one bar and the next label. */
export const TEXT = 16;
const GAP = 9;

/** Bars below each other, each with its label in one or two lines above it. */
export interface Rows {
  /** The upper edge of each bar. */
  bars: readonly number[];
  labels: object[];
  below: number;
}

export function rowsOf(labels: readonly (readonly string[])[], top: number, thick: number, indent: (index: number) => number): Rows {
  const bars: number[] = [];
  const texts: object[] = [];
  let y = top;
  for (const [index, label] of labels.entries()) {
    texts.push(...label.map((line, n) => said(line, PAD + indent(index), y + (n + 0.5) * TEXT)));
    bars.push(y + label.length * TEXT);
    y += label.length * TEXT + thick + GAP;
  }
  return { bars, labels: texts, below: y - GAP };
}
