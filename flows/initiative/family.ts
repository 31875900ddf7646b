import type { Branch, Tree } from '../../src/picture.ts';
import type { FlowId } from '../../src/id.ts';
import type { LatestDecision } from '../../src/need.ts';
import type { Derived } from '../../src/record.ts';
import { STAGES, type Stage } from './stages.ts';

type Row = Derived['initiatives'];

/** What is said of each member of a family: its latest decision, and reviews, the newest first. */
export interface Verdicts {
  decisions: readonly Omit<LatestDecision, 'id' | 'channel'>[];
  reviews: readonly Derived['reviews'][];
}

/** How many initiatives a picture holds: of more nothing is read on a phone. */
export const MOST = 40;

export const parentOf = (one: Row, all: readonly Row[]): Row | undefined => all.find((other) => other.id === one.parent);
export const offshootsOf = (id: FlowId, all: readonly Row[]): readonly Row[] => all.filter((one) => one.parent === id);
export const isAlive = (one: Row): boolean => one.stage !== 'retired';

/** Its parent, that one's parent, and so on. Nothing is its own ancestor, since a parent is there before. */
export function ancestorsOf(one: Row, all: readonly Row[]): readonly Row[] {
  const parent = parentOf(one, all);
  return parent ? [parent, ...ancestorsOf(parent, all)] : [];
}

/** Its offshoots, then theirs, generation by generation. */
export function descendantsOf(id: FlowId, all: readonly Row[]): readonly Row[] {
  const by = new Map<FlowId, Row[]>();
  for (const one of all) {
    if (!one.parent) continue;
    const siblings = by.get(one.parent);
    if (siblings) siblings.push(one);
    else by.set(one.parent, [one]);
  }
  const found: Row[] = [];
  for (let generation = by.get(id) ?? []; generation.length > 0; generation = generation.flatMap((one) => by.get(one.id) ?? []))
    found.push(...generation);
  return found;
}

/**
 * The family from its topmost ancestor down. Where it has more than the tree can hold: the branch of the chosen one, with its nearest
 * ancestors and as many generations below as there is room for.
 */
export function familyTree(
  chosen: Row,
  all: readonly Row[],
  verdicts: Verdicts,
  { isChosen = true }: { isChosen?: boolean } = {},
): { tree: Tree; left: number } {
  const ancestors = ancestorsOf(chosen, all);
  const top = ancestors.at(-1) ?? chosen;
  const whole = [top, ...descendantsOf(top.id, all)];
  const line = [chosen, ...ancestors].slice(0, MOST / 2);
  const branch = [...line, ...descendantsOf(chosen.id, all)].slice(0, MOST);
  const drawn = whole.length <= MOST ? whole : branch;
  const root = whole.length <= MOST ? top : line.at(-1)!;
  return {
    tree: {
      kind: 'tree',
      title: `Family of ${top.name}`,
      root: branchOf(root, { chosen: isChosen ? chosen.id : undefined, drawn, verdicts }),
    },
    left: whole.length - drawn.length,
  };
}

interface Drawing {
  chosen: FlowId | undefined;
  drawn: readonly Row[];
  verdicts: Verdicts;
}

function branchOf(one: Row, drawing: Drawing): Branch {
  return {
    label: one.name,
    note: `${STAGES[one.stage as Stage]}, ${lastWord(one.id, drawing.verdicts)}`,
    ...(one.id === drawing.chosen ? { chosen: true as const } : {}),
    offshoots: offshootsOf(one.id, drawing.drawn).map((offshoot) => branchOf(offshoot, drawing)),
  };
}

/** What was decided on it last: a decision's outcome or a review's verdict. */
function lastWord(id: FlowId, { decisions, reviews }: Verdicts): string {
  const decision = decisions.find((one) => one.initiative === id);
  const review = reviews.find((one) => one.initiative === id);
  if (decision && (!review || decision.decided_at >= review.decided_at!)) return `D-${decision.number} ${decision.outcome}`;
  return review ? `review ${review.verdict!}` : 'no verdict yet';
}
