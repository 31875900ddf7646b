import type { Branch, Tree } from '../../src/picture.ts';
import { type Chart, heading, INK, INNER, LEAF, LINE, PAD, PAPER, QUIET, said, SMALL, USUAL, WASH } from './look.ts';
import { fitted, lines } from './words.ts';

/** Trees beyond this have one line for each name. */
const LARGE = 12;
/** A larger family ends in how many more there are: no platform shows a picture of any length. */
const MOST = 60;
const STEP = 16;
const DEEPEST = 8;
const GAP = 7;

interface Row {
  branch: Branch;
  depth: number;
  parent: number;
}

/** The family as an outline: offshoots stand below and right of their parent, so that a phone is wide enough for every depth. */
export function treeChart({ title, root }: Tree): Chart {
  const { texts, below } = heading(title);
  const all = rowsOf(root, 0, -1, []);
  const rows = all.slice(0, MOST);
  const most = all.length > LARGE ? 1 : 2;
  const boxes: Box[] = [];
  let y = below + 4;
  for (const row of rows) {
    const box = boxOf(row, y, most);
    boxes.push(box);
    y += box.height + GAP;
  }
  const more = all.length - rows.length;
  const rest = more > 0 ? [said(`and ${more} more`, PAD + STEP, y + 8, { fill: QUIET })] : [];
  return {
    height: y + (more > 0 ? 20 : 0) + PAD - GAP,
    option: {
      graphic: [...texts, ...rows.flatMap((row, index) => link(boxes[row.parent], boxes[index]!)), ...boxes.flatMap(drawn), ...rest],
    },
  };
}

function rowsOf(branch: Branch, depth: number, parent: number, rows: Row[]): Row[] {
  const index = rows.push({ branch, depth, parent }) - 1;
  for (const offshoot of branch.offshoots) rowsOf(offshoot, depth + 1, index, rows);
  return rows;
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
  chosen: boolean;
  label: string[];
  note: string;
}

function boxOf({ branch, depth }: Row, y: number, most: number): Box {
  const indent = Math.min(depth, DEEPEST) * STEP;
  const width = INNER - indent;
  const chosen = branch.chosen === true;
  const label = lines(branch.label, width - 16 - (chosen ? 14 : 0), USUAL, 'bold', most);
  const note = branch.note ? fitted(branch.note, width - 16, SMALL) : '';
  return { x: PAD + indent, y, width, height: 10 + label.length * 15 + (note ? 14 : 0), chosen, label, note };
}

function drawn({ x, y, width, height, chosen, label, note }: Box): object[] {
  return [
    {
      type: 'rect',
      silent: true,
      shape: { x, y, width, height, r: 5 },
      style: { fill: chosen ? PAPER : WASH, stroke: chosen ? LEAF : LINE, lineWidth: chosen ? 3 : 1 },
    },
    ...(chosen ? [said('▸', x + 8, y + 12.5, { weight: 'bold', fill: LEAF })] : []),
    ...label.map((line, index) => said(line, x + 8 + (chosen ? 14 : 0), y + 12.5 + index * 15, { weight: 'bold' })),
    ...(note ? [said(note, x + 8, y + 12 + label.length * 15, { size: SMALL, fill: chosen ? INK : QUIET })] : []),
  ];
}

/** From below the parent's left edge to the middle of the offshoot's. */
function link(parent: Box | undefined, { x, y, height }: Box): object[] {
  if (!parent || parent.x >= x) return [];
  const points = [
    [parent.x + 7, parent.y + parent.height],
    [parent.x + 7, y + height / 2],
    [x, y + height / 2],
  ];
  return [{ type: 'polyline', silent: true, shape: { points }, style: { fill: 'none', stroke: QUIET, lineWidth: 1.5 } }];
}
