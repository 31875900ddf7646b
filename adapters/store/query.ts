import {
  type Compilable,
  DummyDriver,
  Kysely,
  type LimitNode,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  ValueNode,
} from 'kysely';
import type { Query, Work } from '../../src/store.ts';
import type { Schema } from './schema.ts';

/**
 * Writes a known limit into the statement: SQLite looks at the value of a bound one when it plans, and so compiles the statement anew at
 * each run, which takes ten times as long as to look up one row.
 */
class Compiler extends SqliteQueryCompiler {
  protected override visitLimit(node: LimitNode): void {
    if (!ValueNode.is(node.limit) || typeof node.limit.value !== 'number') return super.visitLimit(node);
    this.append(`limit ${node.limit.value}`);
  }
}

/** Builds queries; it has no connection. What it compiles, a store runs. */
export const db = new Kysely<Schema>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (kysely) => new SqliteIntrospector(kysely),
    createQueryCompiler: () => new Compiler(),
  },
});

/** Stands in a query for a value that comes with each run. */
class Parameter {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/**
 * A query compiled once, on first use, with places for its arguments: compiling each time would cost more than running.
 * `build` is given one placeholder per argument and must put each straight into the query.
 */
export function query<Args extends object, Out>(build: (args: Args) => Compilable<Out>): (args: Args) => Work<Out[]> {
  let compiled: { sql: string; parameters: readonly unknown[] } | undefined;
  return function* run(args) {
    compiled ??= build(new Proxy({} as Args, { get: (_, name) => new Parameter(String(name)) })).compile();
    const values = compiled.parameters.map((value) => (value instanceof Parameter ? args[value.name as keyof Args] : value));
    return (yield { sql: compiled.sql, values } satisfies Query) as Out[];
  };
}

/** A query whose shape depends on what is asked; compiled at each run. */
export function* once<Out>(built: Compilable<Out>): Work<Out[]> {
  const { sql, parameters } = built.compile();
  return (yield { sql, values: parameters }) as Out[];
}
