import { appendFileSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readableTables, type ReadableTable } from '../../adapters/store/readable.ts';
import type { Store } from '../store.ts';
import { version } from '../version.ts';
import { type Command, counted, outcome, Trouble, WrongUse } from './command.ts';
import { type Cell, csvLine } from './csv.ts';
import { adrs, placeOf } from './adr.ts';
import { reading } from './database.ts';
import { settings } from './settings.ts';
import { workspaceAsked } from './workspace.ts';

/** Of the file's own form: raised when something in it changes its place or meaning. */
const FORM = 1;

const EXAMPLE = 'npx offshoot export --format csv --out export';

export const exportRows: Command = {
  name: 'export',
  does: 'Writes what a workspace holds as JSON or CSV, or its decisions as Markdown.',
  more: `People, initiatives, committees, reviews, readiness checks, evidence, introductions, administrators,
templates, ethics reviews, roadblocks, ratings, votes, ballots, decisions, actions, cadences,
occurrences, answers and the journal. JSON is one file; CSV is a folder with a file per table. Moments are epoch milliseconds, with
the same as ISO 8601 beside them in columns that end in _iso. In CSV, a text that a spreadsheet would run as a formula begins with
an apostrophe. Markdown is a folder with a page per decision (ADR). Works while Offshoot runs.`,
  options: {
    format: { type: 'string', default: 'json', does: 'json, csv or markdown; json if it is not given.' },
    out: { type: 'string', does: 'The <file> for JSON, or the folder for CSV and Markdown. Nothing is overwritten.' },
    workspace: { type: 'string', does: 'The <number> of the workspace, where there are several.' },
  },
  example: EXAMPLE,
  async run({ options }, terminal) {
    const { format, out, workspace } = options as { format: string; out?: string; workspace?: string };
    if (format !== 'json' && format !== 'csv' && format !== 'markdown')
      throw new WrongUse(`--format is json or csv, or markdown, not “${format}”. For example: ${EXAMPLE}`);
    if (!out) throw new WrongUse(`--out is missing: where to write. For example: ${EXAMPLE}`);
    if (existsSync(out)) throw new Trouble(`${out} exists already and is not overwritten. Choose another name.`);
    const { database } = settings(terminal);
    return await reading(database, async (reader) => {
      const { id, name } = await workspaceAsked(reader, workspace, EXAMPLE);
      if (format === 'markdown') {
        const pages = await writeMarkdown(out, reader, id);
        return outcome(true, [`Wrote ${counted(pages, 'decision')} of workspace ${id} (${name}) to ${out}.`], {
          out,
          format,
          workspace: id,
          pages,
        });
      }
      const tables = readableTables(reader.connection, id);
      const rows = format === 'json' ? writeJson(out, { workspace: { id, name } }, tables) : writeCsv(out, tables);
      return outcome(true, [`Wrote ${counted(rows, 'row')} of workspace ${id} (${name}) to ${out}.`], { out, format, workspace: id, rows });
    });
  },
};

function writeJson(file: string, head: object, tables: readonly ReadableTable[]): number {
  let rows = 0;
  written(file, (write) => {
    write(`${JSON.stringify({ offshoot: version, form: FORM, exported_at: new Date().toISOString(), ...head }).slice(0, -1)},"tables":{`);
    tables.forEach((table, index) => {
      write(`${index === 0 ? '' : ','}\n${JSON.stringify(table.name)}:[`);
      let first = true;
      for (const row of table.rows()) {
        write(`${first ? '' : ','}\n${JSON.stringify(withMoments(row, table.moments))}`);
        first = false;
        rows += 1;
      }
      write(']');
    });
    write('}}\n');
  });
  return rows;
}

async function writeMarkdown(folder: string, reader: Pick<Store, 'look'>, workspace: number): Promise<number> {
  let pages = 0;
  mkdirSync(folder, { recursive: true });
  for (let before: number | undefined; ; ) {
    const from = before;
    const batch = await reader.look((tables) => adrs(tables, workspace, from));
    for (const page of batch.pages) written(placeOf(folder, page), (write) => write(page.text));
    pages += batch.pages.length;
    if (batch.next === undefined) return pages;
    before = batch.next;
  }
}

function writeCsv(folder: string, tables: readonly ReadableTable[]): number {
  let rows = 0;
  for (const { name, columns, moments, rows: read } of tables)
    written(join(folder, `${name}.csv`), (write) => {
      const header = Object.keys(withMoments(Object.fromEntries(columns.map((column) => [column, null])), moments));
      write(csvLine(header));
      for (const row of read()) {
        write(csvLine(Object.values(withMoments(row, moments))));
        rows += 1;
      }
    });
  return rows;
}

/** The row with each moment as ISO 8601 after it. */
function withMoments(row: Readonly<Record<string, Cell>>, moments: readonly string[]): Record<string, Cell> {
  return Object.fromEntries(
    Object.entries(row).flatMap(([column, value]) =>
      moments.includes(column)
        ? [
            [column, value],
            [`${column}_iso`, typeof value === 'number' ? new Date(value).toISOString() : null],
          ]
        : [[column, value]],
    ),
  );
}

/** Writes a new file piece by piece; it holds what people said, so only its owner may read it. */
function written(file: string, fill: (write: (text: string) => void) => void): void {
  mkdirSync(dirname(file), { recursive: true });
  const handle = openSync(file, 'wx', 0o600);
  try {
    fill((text) => appendFileSync(handle, text));
  } finally {
    closeSync(handle);
  }
}
