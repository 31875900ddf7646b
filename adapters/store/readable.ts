import type Database from 'better-sqlite3';

/** What of a workspace people may want to have: everything that somebody said or decided, and the journal. */
const TABLES = [
  'people',
  'channels',
  'initiatives',
  'bodies',
  'members',
  'body_channels',
  'votes',
  'vote_criteria',
  'vote_reopenings',
  'electors',
  'deputies',
  'recusals',
  'vote_ballots',
  'turnout',
  'published_ballots',
  'published_reasons',
  'vote_rounds',
  'decisions',
  'actions',
  'calibrations',
  'appeals',
  'reviews',
  'reviewers',
  'readiness_checks',
  'readiness_areas',
  'evidence',
  'ethics_reviews',
  'roadblocks',
  'ratings',
  'introductions',
  'administrators',
  'templates',
  'cadences',
  'occurrences',
  'answers',
  'journal',
];

/** How to reach somebody on a platform is of no use outside of Offshoot. */
const LEFT_OUT = new Set(['workspace', 'installation', 'address', 'reference', 'acted_on', 'named_on']);

export interface ReadableTable {
  name: string;
  columns: readonly string[];
  /** Those of the columns that hold moments, in epoch milliseconds. */
  moments: readonly string[];
  rows(): Iterable<Record<string, string | number | null>>;
}

/** The tables of one workspace that an export holds, each read as it is asked for. */
export function readableTables(connection: Database.Database, workspace: number): ReadableTable[] {
  return TABLES.map((name) => {
    const found = connection.pragma(`table_info(${name})`) as { name: string; type: string; pk: number }[];
    const kept = found.filter((column) => !LEFT_OUT.has(column.name));
    const columns = kept.map((column) => column.name);
    return {
      name,
      columns,
      moments: kept.filter(isMoment).map((column) => column.name),
      rows: () =>
        connection
          .prepare(`select ${columns.map((column) => `"${column}"`).join(', ')} from ${name} where workspace = ?`)
          .iterate(workspace) as Iterable<Record<string, string | number | null>>,
    };
  });
}

/** `due` is a moment of an occurrence, but a day of an action: then it is text. */
const isMoment = ({ name, type }: { name: string; type: string }): boolean =>
  type.toLowerCase() === 'integer' && /^(at|due|deadline)$|_at$/.test(name);
