import { appendFileSync, closeSync, existsSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readableTables, type ReadableTable } from '../../adapters/store/readable.ts';
import type { Store } from '../store.ts';
import { version } from '../version.ts';
import { type Command, counted, outcome, Trouble, WrongUse } from './command.ts';
import { type Cell, csvLine } from './csv.ts';
import { dossierOf, entriesFound, namedIn } from '../dossier.ts';
import type { Search } from '../need.ts';
import type { Derived } from '../record.ts';
import type { Sheet } from '../sheet.ts';
import { logSheet, recordSheet } from '../sheets.ts';
import { inWords } from '../text.ts';
import { searchOf } from '../../flows/pages/search.ts';
import { MOST } from '../../flows/paper/paper.ts';
import { adrs, placeOf } from './adr.ts';
import { reading } from './database.ts';
import { settings } from './settings.ts';
import { workspaceAsked } from './workspace.ts';

/** Of the file's own form: raised when something in it changes its place or meaning. */
const FORM = 1;

const EXAMPLE = 'npx offshoot export --format csv --out export';

const PDF_EXAMPLE = 'npx offshoot export --format pdf --decision D-17 --out D-17.pdf';

export const exportRows: Command = {
  name: 'export',
  does: 'Writes what a workspace holds as JSON or CSV, or its decisions as Markdown or PDF.',
  more: `People, initiatives, committees, reviews, readiness checks, evidence, introductions, administrators,
templates, ethics reviews, roadblocks, ratings, votes, ballots, decisions, actions, cadences,
occurrences, answers and the journal. JSON is one file; CSV is a folder with a file per table. Moments are epoch milliseconds, with
the same as ISO 8601 beside them in columns that end in _iso. In CSV, a text that a spreadsheet would run as a formula begins with
an apostrophe. Markdown is a folder with a page per decision (ADR); PDF is one file, of one decision’s whole record or of the log.
--search narrows both as after /decisions, with days in UTC. Works while Offshoot runs.`,
  options: {
    format: { type: 'string', default: 'json', does: 'json, csv, markdown or pdf; json if it is not given.' },
    decision: { type: 'string', does: 'With pdf: the record of one decision, like D-17.' },
    search: { type: 'string', does: 'With markdown and pdf: only what fits, like “outcome:no-go since:2027-01-01”.' },
    out: { type: 'string', does: 'The <file> for JSON and PDF, or the folder for CSV and Markdown. Nothing is overwritten.' },
    workspace: { type: 'string', does: 'The <number> of the workspace, where there are several.' },
  },
  example: EXAMPLE,
  async run({ options }, terminal) {
    const { format, out, workspace, decision, search = '' } = options as unknown as Options;
    if (format !== 'json' && format !== 'csv' && format !== 'markdown' && format !== 'pdf')
      throw new WrongUse(`--format is json, csv, markdown or pdf, not “${format}”. For example: ${EXAMPLE}`);
    if (!out) throw new WrongUse(`--out is missing: where to write. For example: ${EXAMPLE}`);
    const number = decision === undefined ? undefined : /^(?:d-?)?([1-9]\d{0,8})$/i.exec(decision.trim())?.[1];
    if (decision !== undefined && (number === undefined || format !== 'pdf'))
      throw new WrongUse(`--decision goes with --format pdf and takes a number like D-17. For example: ${PDF_EXAMPLE}`);
    if (search !== '' && (format === 'json' || format === 'csv'))
      throw new WrongUse(`--search goes with markdown and pdf: ${format} holds everything. For example: ${PDF_EXAMPLE}`);
    const match = searchOf(search, 'UTC');
    if ('refused' in match) throw new WrongUse(inWords(match.refused));
    if (existsSync(out)) throw new Trouble(`${out} exists already and is not overwritten. Choose another name.`);
    const { database } = settings(terminal);
    return await reading(database, async (reader) => {
      const { id, name } = await workspaceAsked(reader, workspace, EXAMPLE);
      if (format === 'markdown') {
        const pages = await writeMarkdown(out, reader, id, match);
        return outcome(true, [`Wrote ${counted(pages, 'decision')} of workspace ${id} (${name}) to ${out}.`], {
          out,
          format,
          workspace: id,
          pages,
        });
      }
      if (format === 'pdf') {
        const sheet = await (number === undefined ? logOf(reader, id, match, search) : recordOf(reader, id, Number(number)));
        // Loaded only where something is printed.
        const { pdfOf } = await import('../../adapters/paper/layout.ts');
        mkdirSync(dirname(out), { recursive: true });
        writeFileSync(out, await pdfOf(sheet), { flag: 'wx', mode: 0o600 });
        return outcome(true, [`Wrote ${sheet.foot} of workspace ${id} (${name}) to ${out}.`], { out, format, workspace: id });
      }
      const tables = readableTables(reader.connection, id);
      const rows = format === 'json' ? writeJson(out, { workspace: { id, name } }, tables) : writeCsv(out, tables);
      return outcome(true, [`Wrote ${counted(rows, 'row')} of workspace ${id} (${name}) to ${out}.`], { out, format, workspace: id, rows });
    });
  },
};

interface Options {
  format: string;
  out?: string;
  workspace?: string;
  decision?: string;
  search?: string;
}

async function recordOf(reader: Pick<Store, 'look'>, workspace: number, number: number): Promise<Sheet> {
  const sheet = await reader.look(function* (tables) {
    const [one] = (yield* tables.rows(workspace, { as: '', rows: 'decisions', where: { number } })) as Derived['decisions'][];
    return one && recordSheet(yield* dossierOf(tables, workspace, one), yield* namedIn(tables, workspace));
  });
  if (!sheet) throw new Trouble(`There is no decision D-${number} in workspace ${workspace}.`);
  return sheet;
}

async function logOf(reader: Pick<Store, 'look'>, workspace: number, match: Search, search: string): Promise<Sheet> {
  const { entries, named } = await reader.look(function* (tables) {
    return { entries: yield* entriesFound(tables, workspace, match, MOST + 1), named: yield* namedIn(tables, workspace) };
  });
  if (entries.length === 0) throw new Trouble('No decision fits, so there is nothing to print.');
  if (entries.length > MOST)
    throw new Trouble(`More than ${MOST} decisions fit. Narrow it, like --search "since:2027-01-01", or take --format markdown.`);
  return logSheet(entries, search, named);
}

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

async function writeMarkdown(folder: string, reader: Pick<Store, 'look'>, workspace: number, search: Search): Promise<number> {
  let pages = 0;
  mkdirSync(folder, { recursive: true });
  for (let before: number | undefined; ; ) {
    const from = before;
    const batch = await reader.look((tables) => adrs(tables, workspace, search, from));
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
