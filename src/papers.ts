import { Router } from 'express';
import type { Clock } from './clock.ts';
import { digestOf } from './code.ts';
import { dossierOf, entriesFound, fileName, namedIn } from './dossier.ts';
import type { Refused } from './flow.ts';
import type { Search } from './need.ts';
import type { Derived } from './record.ts';
import { Busy, type Printer, type Sheet } from './sheet.ts';
import { logSheet, recordSheet } from './sheets.ts';
import type { Store, Tables, Work } from './store.ts';

interface Rooms {
  store: Store;
  clock: Clock;
  printer: Printer;
  /** What was typed as a search. */
  searchOf(said: string, zone: string): Search | Refused;
  /** How many decisions one document holds. */
  most: number;
}

/** What a code that was given for a document stands for. */
type Matter = { kind: 'record'; decision: string } | { kind: 'log'; search: string; zone: string };

/** `GET /papers/ABCD-EFGH-JKMN.pdf`: documents at addresses that nobody can guess and that are good for a while. */
export function papers({ store, clock, printer, searchOf, most }: Rooms): Router {
  function* sheetOf(tables: Tables, code: string): Work<{ name: string; sheet: Sheet } | undefined> {
    const given = yield* tables.code(digestOf(code));
    if (!given?.flow || given.purpose !== 'paper' || clock.now() >= given.expires_at) return undefined;
    const { workspace } = given;
    const { what } = (yield* tables.flow(workspace, given.flow))!.state as { what: Matter };
    const named = yield* namedIn(tables, workspace);
    if (what.kind === 'record') {
      const where = { id: what.decision };
      const [one] = (yield* tables.rows(workspace, { as: '', rows: 'decisions', where })) as Derived['decisions'][];
      return one && { name: fileName(one.number), sheet: recordSheet(yield* dossierOf(tables, workspace, one), named) };
    }
    const match = searchOf(what.search, what.zone);
    if ('refused' in match) return undefined;
    return { name: 'decisions', sheet: logSheet(yield* entriesFound(tables, workspace, match, most), what.search, named) };
  }

  const router = Router();
  router.get('/papers/:file', async (request, response, next) => {
    const code = NAME.exec(request.params.file)?.[1];
    const found = code === undefined ? undefined : await store.look((tables) => sheetOf(tables, code));
    // One that is over is answered as one that never was.
    if (!found) return next();
    try {
      const pdf = await printer.print(found.sheet);
      response
        .set({
          'cache-control': 'no-store',
          'referrer-policy': 'no-referrer',
          'x-content-type-options': 'nosniff',
          'x-robots-tag': 'noindex',
          'content-disposition': `inline; filename="${found.name}.pdf"`,
        })
        .type('application/pdf')
        .send(Buffer.from(pdf));
    } catch (fault) {
      if (!(fault instanceof Busy)) throw fault;
      response
        .status(503)
        .set('Retry-After', '10')
        .type('application/problem+json')
        .json({ title: 'Too many documents are being made: try again in ten seconds', status: 503 });
    }
  });
  return router;
}

const NAME = /^([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})\.pdf$/;
