import { sql } from 'kysely';
import type { Need, Readable } from '../../../src/need.ts';
import { type DerivedTable, KEYS, type Row } from '../../../src/record.ts';
import type { Tables, Work } from '../../../src/store.ts';
import { digestOf } from '../../../src/code.ts';
import { db, once, query } from '../query.ts';
import { foundDecisions, indexDecisions } from './log.ts';
import { codeTables } from './codes.ts';

/** Columns that hold JSON, and are handed out as what it says. */
const JSON_COLUMNS: Partial<Record<keyof Readable, readonly string[]>> = {
  ballots: ['choices', 'reasons', 'draft'],
  published_ballots: ['choices'],
};

type Values = Record<string, unknown>;

const puts = new Map<DerivedTable, (values: Values) => Work<unknown>>();

/** An upsert with one place per column, built from the first row of its table. */
function putOf(table: DerivedTable, columns: readonly string[]): (values: Values) => Work<unknown> {
  let put = puts.get(table);
  if (!put) {
    put = query((p: Values) =>
      db
        .insertInto(table)
        .values(Object.fromEntries(columns.map((column) => [column, p[column]])) as never)
        .onConflict((on) =>
          on
            .columns(['workspace', ...KEYS[table]] as never)
            .doUpdateSet(Object.fromEntries(columns.map((column) => [column, sql.ref(`excluded.${column}`)]))),
        ),
    );
    puts.set(table, put);
  }
  return put;
}

const putBallot = query(
  (p: {
    workspace: number;
    vote: string;
    person: string;
    cast_by: string | null;
    choices: string | null;
    reasons: string;
    draft: string | null;
    draft_by: string | null;
    cast_at: number | null;
  }) =>
    db
      .insertInto('ballots')
      .values({
        workspace: p.workspace,
        vote: p.vote,
        person: p.person,
        cast_by: p.cast_by,
        number: 1,
        choices: p.choices,
        reasons: p.reasons,
        draft: p.draft,
        draft_by: p.draft_by,
        cast_at: p.cast_at,
      })
      .onConflict((on) =>
        on.columns(['workspace', 'vote', 'person']).doUpdateSet((eb) => ({
          number: eb('ballots.number', '+', 1),
          cast_by: eb.ref('excluded.cast_by'),
          choices: eb.ref('excluded.choices'),
          reasons: eb.ref('excluded.reasons'),
          draft: eb.ref('excluded.draft'),
          draft_by: eb.ref('excluded.draft_by'),
          cast_at: eb.ref('excluded.cast_at'),
        })),
      ),
);
const putAnswer = query(
  (p: { workspace: number; flow: string; about: string; person: string; question: string; value: string; at: number }) =>
    db
      .insertInto('answers')
      .values({ workspace: p.workspace, flow: p.flow, about: p.about, person: p.person, question: p.question, value: p.value, at: p.at })
      .onConflict((on) =>
        on
          .columns(['workspace', 'flow', 'about', 'person', 'question'])
          .doUpdateSet((eb) => ({ value: eb.ref('excluded.value'), at: eb.ref('excluded.at') })),
      ),
);

const putOccurrence = query((p: Readable['occurrences'] & { workspace: number }) => {
  const { workspace, cadence, number, due, state, posted_at, late, answered_at, answered_by, note } = p;
  const row = { due, state, posted_at, late, answered_at, answered_by, note };
  return db
    .insertInto('occurrences')
    .values({ workspace, cadence, number, ...row })
    .onConflict((on) => on.columns(['workspace', 'cadence', 'number']).doUpdateSet(row));
});

const TABLES = Object.keys(KEYS) as DerivedTable[];

/** For each derived table, something compiled once. */
const forEach = <Made>(make: (table: DerivedTable) => Made) =>
  Object.fromEntries(TABLES.map((table) => [table, make(table)])) as Record<DerivedTable, Made>;

const drops = forEach((table) =>
  query((p: Values) => {
    let drop = db.deleteFrom(table).where('workspace', '=', p.workspace as never);
    for (const column of KEYS[table]) drop = drop.where(sql.ref(column), '=', p[column]);
    return drop;
  }),
);
const dropsOf = forEach((table) =>
  query((p: { workspace: number; flow: string }) =>
    db
      .deleteFrom(table)
      .where('workspace', '=', p.workspace as never)
      .where(sql.ref(KEYS[table][0]!), '=', p.flow),
  ),
);

/** The flow that a row of a derived table follows from. */
const flowOf = (table: DerivedTable) =>
  db
    .selectFrom('flows')
    .select('flows.id')
    .whereRef('flows.workspace', '=', sql.ref(`${table}.workspace`))
    .whereRef('flows.id', '=', sql.ref(`${table}.${KEYS[table][0]!}`));

/** Looks by table and equality, compiled once per shape: the tables, columns and numbers of values that were asked for. */
const looks = new Map<string, (values: Values) => Work<Values[]>>();

function lookOf(need: Need): (values: Values) => Work<Values[]> {
  const where = Object.entries(need.where ?? {});
  const shape = JSON.stringify([
    need.rows,
    where.map(([column, value]) => [column, value === null ? 'null' : Array.isArray(value) ? value.length : 'one']),
    need.order,
    need.limit,
  ]);
  let look = looks.get(shape);
  if (!look) {
    look = query<Values, Values>((p) => {
      let select = db
        .selectFrom(need.rows as Exclude<Need['rows'], 'unsealed'>)
        .selectAll()
        .where('workspace', '=', p.workspace as number);
      for (const [column, value] of where) {
        const ref = sql.ref(column);
        if (value === null) select = select.where(ref, 'is', null);
        else if (Array.isArray(value))
          select =
            value.length === 0
              ? select.where(sql<boolean>`1 = 0`)
              : select.where(
                  ref,
                  'in',
                  value.map((_, index) => p[`${column} ${index}`]),
                );
        else select = select.where(ref, '=', p[column]);
      }
      if (need.order) select = select.orderBy(sql.ref(need.order[0]), need.order[1]);
      if (need.limit !== undefined) select = select.limit(need.limit);
      return select;
    });
    looks.set(shape, look);
  }
  return look;
}

export const recordTables = {
  *rows(workspace, need) {
    const values: Values = { workspace };
    for (const [column, value] of Object.entries(need.where ?? {})) {
      if (value === undefined) throw new Error(`${need.rows} are asked for by a ${column} that is not there`);
      if (Array.isArray(value)) value.forEach((one, index) => (values[`${column} ${index}`] = one));
      else values[column] = value;
    }
    const rows = need.match ? yield* foundDecisions(workspace, need, need.match) : yield* lookOf(need)(values);
    const json = JSON_COLUMNS[need.rows];
    if (json) for (const row of rows) for (const column of json) if (typeof row[column] === 'string') row[column] = JSON.parse(row[column]);
    return rows;
  },
  *keep(workspace, flow, kept) {
    switch (kept.kind) {
      case 'ballot': {
        const { person, cast_by, choices, reasons, draft, draft_by, cast_at } = kept.row;
        if (draft && !draft_by) throw new Error(`a draft of ${flow} is nobody's`);
        const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
        yield* putBallot({
          workspace,
          vote: flow,
          person,
          cast_by,
          choices: json(choices),
          reasons: JSON.stringify(reasons),
          draft: json(draft),
          draft_by,
          cast_at,
        });
        return;
      }
      case 'occurrence':
        yield* putOccurrence({ workspace, cadence: flow, ...kept.row });
        return;
      case 'answers':
        for (const row of kept.rows) yield* putAnswer({ workspace, flow, ...row });
        return;
      case 'code': {
        const { code, purpose, expires_at } = kept.row;
        yield* codeTables.putCode({ workspace, flow, digest: digestOf(code), purpose, expires_at });
        return;
      }
      case 'seal':
      case 'unseal':
      case 'publish':
      case 'forget':
        throw new Error(`${flow} is secret, and there is no vault to seal its ballots`);
      case 'token':
      case 'revoke':
      case 'webhook':
      case 'remove':
      case 'try':
        throw new Error(`${flow} asks for what only the core can make`);
    }
  },
  *putRecord(workspace, { table, row }: Row) {
    const values: Values = { workspace, ...row };
    yield* putOf(table, Object.keys(values))(values);
  },
  *dropRecord(workspace, { table, row }: Row) {
    yield* drops[table]({ ...(row as unknown as Values), workspace });
  },
  *dropRecordsOf(workspace, flow) {
    for (const table of TABLES) yield* dropsOf[table]({ workspace, flow });
  },
  *dropStrays() {
    for (const table of TABLES) yield* once(db.deleteFrom(table).where((eb) => eb.not(eb.exists(flowOf(table)))));
    yield* indexDecisions();
  },
} satisfies Partial<Tables>;
