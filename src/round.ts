import { setImmediate as breath } from 'node:timers/promises';
import type { Budget } from './budget.ts';
import type { Destination } from './destination.ts';
import type { WorkspaceId } from './id.ts';
import type { Call, Limit } from './messenger.ts';
import type { InstallationRow, Store } from './store.ts';
import type { BareSurface, Line, SurfaceCall, Within } from './surface.ts';

/** One thing to do for a surface, its budgets reserved. */
export interface Errand {
  row: BareSurface;
  call: SurfaceCall;
  /** Undefined when there is nothing to do on any platform. */
  destination: Destination | undefined;
  limits: readonly Limit[];
  reserved: number;
}

/** What is on its way for a workspace. */
export interface UnderWay {
  readonly lanes: ReadonlySet<string>;
  /** Names of surfaces, as `nameOf` gives them. */
  readonly rows: ReadonlySet<string>;
}

export interface Round {
  /** What can be done now, by conversation: what is in one lane is done one after the other. */
  lanes: Map<string, Errand[]>;
  /** Milliseconds until some budget has room again; Infinity when nothing waits for one. */
  wait: number;
  /** Something is owed that could not be begun. */
  left: boolean;
}

interface Rooms {
  store: Pick<Store, 'look'>;
  find(row: BareSurface, call: SurfaceCall): Promise<Destination>;
  installations(): ReadonlyMap<number, InstallationRow>;
  budget: Budget;
}

/** Results, edits, nudges. */
const RANKS = [0, 1, 2];
/** How many surfaces are read at a time; between two pages others get their turn. */
const PAGE = 40;
const EDIT_EVERY = 3_000;
const LIMITED: readonly SurfaceCall[] = ['edit', 'post', 'remove'];

type Turn = Pick<Line, 'to' | 'call'>;

/** A round that is being put together. */
interface Draft extends Round {
  workspace: WorkspaceId;
  /** How many lanes may be begun. */
  most: number;
  full: boolean;
  rows: Set<string>;
  /** Installation and call whose common budget has no room. */
  shut: Set<string>;
  installations: readonly InstallationRow[];
}

/** What became of the first surface of a line: `wait`: the line's own budget has no room; `turn`: one that it shares with others. */
type Outcome = 'begun' | 'next' | 'wait' | 'turn';

/**
 * Looks through what a workspace is owed and finds what can be done now. Whatever waits for the budget of its own conversation is
 * passed over with all that is behind it there. Where a budget is common to many, results go before edits before nudges, and among
 * these one destination after the other has its turn: the next round goes on where this one had to leave off. So nothing is
 * in the way of anything else, and however much is owed, a page of it is in memory.
 */
export function rounds({ store, find, installations, budget }: Rooms) {
  const turns = new Map<string, Turn>();

  return async function round(workspace: WorkspaceId, most: number, underWay: UnderWay): Promise<Round> {
    const served = [...installations().values()].filter((one) => one.workspace === workspace);
    const draft: Draft = {
      lanes: new Map(),
      wait: Infinity,
      left: false,
      workspace,
      most,
      full: false,
      rows: new Set(),
      shut: new Set(),
      installations: served,
    };
    for (const rank of RANKS) if (!draft.full) await walk(draft, rank, underWay);
    return draft;
  };

  /** Once around all lines of a rank, from where it is their turn. */
  async function walk(draft: Draft, rank: number, underWay: UnderWay): Promise<void> {
    const name = `${draft.workspace} ${rank}`;
    const start = turns.get(name);
    turns.delete(name);
    let after = start;
    let isRound = start === undefined;
    let hasTurn = false;
    // As a rule the first few lines keep all free lanes busy.
    for (let page = Math.min(draft.most + 1, PAGE); ; page = PAGE) {
      // What ends while the page is looked at may have been read before: it is left for the next round.
      const before = { lanes: new Set(underWay.lanes), rows: new Set(underWay.rows) };
      const within: Within = { rank, after, except: shutOf(draft) };
      const read = await store.look((tables) => tables.owed(draft.workspace, Date.now(), page, within));
      const lines = isRound && start ? read.filter((line) => !isAfter(line, start)) : read;
      const first = await take(draft, lines, before);
      if (first !== undefined && !hasTurn) {
        hasTurn = true;
        const turn = first === 0 ? after : lines[first - 1];
        if (turn) turns.set(name, { to: turn.to, call: turn.call });
      }
      if (draft.full) return;
      if (lines.length < read.length || read.length === 0) {
        if (isRound) return;
        isRound = true;
        after = undefined;
      } else {
        after = read.at(-1);
        await breath();
      }
    }
  }

  /** The first of each line, then the second of each. Returns the index of the first line whose turn did not come. */
  async function take(draft: Draft, lines: readonly Line[], before: UnderWay): Promise<number | undefined> {
    const closed = new Set<Line>();
    let missed: number | undefined;
    const longest = Math.max(0, ...lines.map((line) => line.rows.length));
    for (let place = 0; place < longest; place++)
      for (const [index, line] of lines.entries()) {
        const row = line.rows[place];
        if (!row || closed.has(line)) continue;
        const outcome = await begin(draft, row, line.call, before);
        if (outcome === 'begun') continue;
        draft.left = true;
        if (outcome !== 'next') closed.add(line);
        if (outcome === 'turn' && place === 0) missed ??= index;
      }
    return missed;
  }

  async function begin(draft: Draft, row: BareSurface, call: SurfaceCall, before: UnderWay): Promise<Outcome> {
    const name = nameOf(row);
    if (before.rows.has(name) || draft.rows.has(name)) return 'next';
    const { lane, destination, rests, limits, common, shut } = await aimed(row, call);
    if (before.lanes.has(lane)) return 'wait';
    const there = draft.lanes.get(lane);
    // Opened once; what else is owed there is delivered in a later round, within the budgets of its place.
    if (there && destination?.kind === 'person') return 'wait';
    if (!there && draft.lanes.size >= draft.most) {
      draft.full = true;
      return 'turn';
    }
    if (shut !== undefined && draft.shut.has(shut)) return 'turn';
    const now = Date.now();
    const all = [...rests, ...limits];
    const wait = budget.reserve(all, now);
    if (wait === 0) {
      draft.rows.add(name);
      draft.lanes.set(lane, [...(there ?? []), { row, call, destination, limits: all, reserved: now }]);
      return 'begun';
    }
    draft.wait = Math.min(draft.wait, wait);
    if (shut !== undefined && budget.wait(common, now) > 0) {
      draft.shut.add(shut);
      return 'turn';
    }
    return budget.wait(limits, now) > 0 ? 'wait' : 'next';
  }

  /** Where it goes and what that draws on: the surface's own rest, all limits of the call, and those of them that are common. */
  async function aimed(row: BareSurface, owed: SurfaceCall): Promise<Aim> {
    // Never posted, so that there is nothing to take back.
    if (owed === 'drop' && row.sending === 0) return { lane: 'gone', destination: undefined, ...FREE };
    const destination = await find(row, owed);
    switch (destination.kind) {
      case 'unready':
      case 'nowhere':
        return { lane: destination.kind, destination, ...FREE };
      case 'person':
        return { lane: `open ${destination.installation.id} ${destination.user}`, destination, ...drawn('open', destination, '') };
      case 'place': {
        const { installation, messenger, address } = destination;
        const call = owed === 'drop' ? 'remove' : owed;
        const rests =
          call === 'edit' && messenger.platform !== 'local'
            ? [{ key: `surface ${row.workspace}/${nameOf(row)}`, count: 1, per: EDIT_EVERY }]
            : [];
        return { lane: `${installation.id} ${address}`, destination, ...drawn(call, destination, address), rests };
      }
    }
  }
}

interface Aim {
  lane: string;
  destination: Destination | undefined;
  rests: readonly Limit[];
  limits: readonly Limit[];
  common: readonly Limit[];
  shut: string | undefined;
}

const FREE = { rests: [], limits: [], common: [], shut: undefined };

export const nameOf = ({ flow, key }: Pick<BareSurface, 'flow' | 'key'>): string => `${flow} ${key}`;

/** A limit is common when a call without an address draws on it, too. */
function drawn(call: Call, { installation, messenger }: Destination & { kind: 'place' | 'person' }, address: string) {
  const limits = messenger.limits(call, installation, address);
  const anywhere = new Set(messenger.limits(call, installation, '').map(({ key }) => key));
  return { rests: [], limits, common: limits.filter(({ key }) => anywhere.has(key)), shut: `${installation.id} ${call}` };
}

/** The calls for which no installation of the workspace has room. */
const shutOf = ({ shut, installations }: Draft): SurfaceCall[] =>
  shut.size === 0 ? [] : LIMITED.filter((call) => installations.every(({ id }) => shut.has(`${id} ${call}`)));

const isAfter = (line: Turn, other: Turn): boolean => (line.to === other.to ? ORDER[line.call] > ORDER[other.call] : line.to > other.to);

/** As the store orders the lines of one destination. */
const ORDER: Readonly<Record<SurfaceCall, number>> = { edit: 0, post: 1, remove: 2, drop: 3 };
