import type { Need, Search } from '../../../src/need.ts';
import type { Query, Work } from '../../../src/store.ts';

/** As in the migration: a decision's place in the index is its workspace and its number. */
const ROOM = 4_294_967_296;

/** Where words are looked for; the tags beside them are only ever asked for exactly. */
const TEXTS = '{title outcome rationale why conditions body reasons}';

type Row = Record<string, unknown>;

/**
 * Decisions by full text, in the order of their numbers: the index is read in that order, within the workspace's own part of it and
 * the numbers that are asked for, and left as soon as the page is full.
 */
export function* foundDecisions(workspace: number, { limit }: Need, search: Search): Work<Row[]> {
  // Where the limit is a parameter, SQLite compiles the statement anew at each run.
  const most = limit === undefined ? '' : `limit ${Math.trunc(limit)}`;
  const { since, until, after } = search;
  const bounds = yield* numbersWithin(workspace, search);
  const expression = expressionOf(search);
  const oldestFirst = after !== undefined;
  const direction = oldestFirst ? 'asc' : 'desc';
  const days = `d.decided_at >= ? and d.decided_at < ?`;
  const moments = [since ?? 0, until ?? Number.MAX_SAFE_INTEGER];
  if (expression === '')
    return (yield ask(
      `select d.* from decisions d where d.workspace = ? and d.number between ? and ? and ${days} order by d.number ${direction} ${most}`,
      [workspace, bounds.from, bounds.to, ...moments],
    )) as Row[];
  const place = workspace * ROOM;
  return (yield ask(
    `select d.* from decision_words w cross join decisions d on d.workspace = ? and d.number = w.rowid - ?
     where decision_words match ? and w.rowid between ? and ? and ${days} order by w.rowid ${direction} ${most}`,
    [workspace, place, expression, place + bounds.from, place + bounds.to, ...moments],
  )) as Row[];
}

/** Makes the index anew from the rows. */
export function* indexDecisions(): Work<void> {
  yield ask(`insert into decision_words (decision_words) values ('delete-all')`, []);
  yield ask(
    `insert into decision_words (rowid, title, outcome, rationale, why, conditions, body, reasons, tags)
     select place, title, outcome, rationale, why, conditions, body, reasons, tags from decision_texts`,
    [],
  );
}

/** The first and the last number of what may be on the page. */
function* numbersWithin(workspace: number, { since, until, before, after }: Search): Work<{ from: number; to: number }> {
  let [from, to] = [(after ?? 0) + 1, (before ?? ROOM) - 1];
  if (since !== undefined || until !== undefined) {
    const [found] = (yield ask(
      'select min(number) as low, max(number) as high from decisions where workspace = ? and decided_at >= ? and decided_at < ?',
      [workspace, since ?? 0, until ?? Number.MAX_SAFE_INTEGER],
    )) as { low: number | null; high: number | null }[];
    from = Math.max(from, found?.low ?? ROOM);
    to = Math.min(to, found?.high ?? 0);
  }
  return { from, to };
}

/** In the index's own language; what was typed stands in it only between quotes, where nothing but a quote has a meaning. */
function expressionOf({ words, exactly }: Search): string {
  const quoted = (said: string) => `"${said.replaceAll('\0', ' ').replaceAll('"', '""')}"`;
  return [
    ...words.map((word) => `${word.in ?? TEXTS} : ${quoted(word.said)} *`),
    ...Object.entries(exactly).map(([name, value]) => `tags : ${quoted(name + value.toLowerCase().replaceAll(/[- ]/g, ''))}`),
  ].join(' AND ');
}

const ask = (sql: string, values: readonly unknown[]): Query => ({ sql, values });
