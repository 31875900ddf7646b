import { settled } from './card.ts';
import { comparison } from './comparison.ts';
import type { Flow, Moment, Surface, Taken, Timer } from './flow.ts';
import type { FlowId, WorkspaceId } from './id.ts';
import { entry } from './journal.ts';
import { keyOf, type Row } from './record.ts';
import type { Tables, Work } from './store.ts';

export interface Subject {
  workspace: WorkspaceId;
  flow: Flow;
  id: FlowId;
  /** The state before; undefined when the flow opens. */
  before: unknown;
}

/** Stores a step and all that follows from it: state, kept answers, derived rows, timers, surfaces, the journal's entry. */
export function* save(tables: Tables, subject: Subject, taken: Taken<unknown>, moment: Moment, input: { type: string }): Work<void> {
  const { workspace, flow, id } = subject;
  const opens = subject.before === undefined;
  const state = taken.state;
  for (const kept of taken.keep ?? []) yield* tables.keep(workspace, id, kept);
  if (opens || state !== subject.before) {
    yield* tables.putFlow(workspace, { id, version: flow.version, state, settled: flow.settled?.(state) ? 1 : 0 });
    yield* derive(tables, subject, state);
  }
  const head = yield* tables.journalHead(workspace);
  const { type, ...values } = input;
  const said = { by: moment.by ?? 'clock', ...(moment.due === undefined ? {} : { due: moment.due }), values };
  const sealed = flow.sealed?.(subject.before ?? state, type) ?? false;
  yield* tables.append(workspace, entry(head, moment.at, id, type, sealed ? {} : said));
}

/** Writes only what differs between what followed from the state before and what follows from it now. */
function* derive(tables: Tables, { workspace, flow, id, before }: Subject, state: unknown): Work<void> {
  const opens = before === undefined;
  const records = changes<Row>(opens ? [] : flow.records(before, id), flow.records(state, id), keyOf);
  for (const row of records.gone) yield* tables.dropRecord(workspace, row);
  for (const row of records.put) yield* tables.putRecord(workspace, row);

  const timers = changes<Timer>(opens ? [] : flow.timers(before, id), flow.timers(state, id), (timer) => `${timer.at} ${timer.key}`);
  for (const timer of timers.gone) yield* tables.dropTimer(workspace, id, timer);
  for (const timer of timers.put) yield* tables.putTimer(workspace, id, timer);

  const surfaces = changes<Surface>(opens ? [] : flow.surfaces(before, id), flow.surfaces(state, id), (surface) => surface.key);
  for (const { key, card, brief } of surfaces.gone) {
    const last = brief ? null : settled(card);
    if (JSON.stringify(last) !== JSON.stringify(card)) yield* tables.retireSurface(workspace, id, key, last);
  }
  for (const surface of surfaces.put) yield* tables.putSurface(workspace, id, surface);
}

/**
 * Derives everything of a flow anew, as after an upgrade: compares with what is stored, not with what would have followed. `brief` are the
 * keys of messages that go where they are wanted no more, as far as they are known.
 */
export function* deriveAnew(
  tables: Tables,
  { workspace, flow, id }: Omit<Subject, 'before'>,
  state: unknown,
  brief: ReadonlySet<string> = new Set(),
): Work<void> {
  yield* tables.dropRecordsOf(workspace, id);
  for (const row of flow.records(state, id)) yield* tables.putRecord(workspace, row);

  const wanted = flow.timers(state, id);
  const set = yield* tables.timersOf(workspace, id);
  for (const timer of set)
    if (!wanted.some((one) => one.key === timer.key && one.at === timer.at)) yield* tables.dropTimer(workspace, id, timer);
  for (const timer of wanted) {
    const fired = yield* tables.cause(workspace, timerCause(id, timer));
    if (!fired) yield* tables.putTimer(workspace, id, timer);
  }

  const surfaces = flow.surfaces(state, id);
  const stored = yield* tables.surfacesOf(workspace, id);
  for (const row of stored) {
    if (!row.card || surfaces.some((surface) => surface.key === row.key)) continue;
    const last = brief.has(row.key) ? null : settled(row.card);
    // What was retired before stays as it is: no message is edited for nothing.
    if (JSON.stringify(last) !== JSON.stringify(row.card)) yield* tables.retireSurface(workspace, id, row.key, last);
  }
  for (const surface of surfaces) {
    const row = stored.find((one) => one.key === surface.key);
    if (JSON.stringify(row?.card) !== JSON.stringify(surface.card)) yield* tables.putSurface(workspace, id, surface);
  }
}

/** What a timer's effect is stored under, so that it takes effect once. */
export const timerCause = (flow: FlowId, timer: Pick<Timer, 'key' | 'at'>): string => `timer ${flow} ${timer.key} ${timer.at}`;

/**
 * What differs, by key. What is the very same object in the same place, from either end, is passed over without a look: of a
 * committee of 500 one ballot changes one or two.
 */
function changes<Item>(before: readonly Item[], after: readonly Item[], key: (item: Item) => string): { gone: Item[]; put: Item[] } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const known = new Map<string, Item>();
  for (let place = start; place < before.length - end; place++) known.set(key(before[place]!), before[place]!);
  const isSame = comparison();
  const put: Item[] = [];
  for (let place = start; place < after.length - end; place++) {
    const item = after[place]!;
    const name = key(item);
    const old = known.get(name);
    known.delete(name);
    if (!old || !isSame(old, item)) put.push(item);
  }
  return { gone: [...known.values()], put };
}
