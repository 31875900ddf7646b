import type { WorkspaceId } from './id.ts';
import type { Derived } from './record.ts';
import type { Tables, Work } from './store.ts';

export interface Asked {
  /** An initiative's id, its name, or enough of it. */
  initiative: string;
  /** `go-no-go` unless another one is asked about. */
  question?: string;
  /** What of the initiative: `wave 2`. */
  subject?: string;
  /** Then a condition that is overdue bars the way, too. */
  strict?: boolean;
}

export type Verdict =
  | { kind: 'unknown'; candidates: readonly string[] }
  | { kind: 'ambiguous'; candidates: readonly string[] }
  | { kind: 'answer'; allowed: boolean; why: string; initiative: { id: string; name: string }; decision: Standing | null };

interface Standing {
  name: string;
  outcome: string;
  state: string;
  question: string;
  subject: string | null;
  decidedAt: string;
  conditions: { text: string; state: string; owner: string | null; due: string | null; overdue: boolean }[];
}

/**
 * May the initiative go on? Only when the newest decision on the question that was not superseded is a GO or a GO WITH CONDITIONS, and
 * final. `fits` says which initiatives a name means; `now` is epoch milliseconds, and a condition is overdue when its day has passed in UTC.
 */
export function* gate(
  tables: Tables,
  workspace: WorkspaceId,
  asked: Asked,
  fits: (said: string, all: readonly Derived['initiatives'][]) => readonly Derived['initiatives'][],
  now: number,
): Work<Verdict> {
  const all = (yield* tables.rows(workspace, { as: '', rows: 'initiatives', order: ['name', 'asc'] })) as Derived['initiatives'][];
  const found = fits(asked.initiative, all);
  if (found.length === 0) return { kind: 'unknown', candidates: all.slice(0, 12).map(({ name }) => name) };
  if (found.length > 1) return { kind: 'ambiguous', candidates: found.slice(0, 12).map(({ id, name }) => `${name} (${id})`) };
  const { id, name } = found[0]!;
  const question = asked.question ?? 'go-no-go';
  const decisions = (yield* tables.rows(workspace, {
    as: '',
    rows: 'decisions',
    where: { initiative: id, question, state: ['final', 'conditions open'] },
    order: ['number', 'desc'],
  })) as Derived['decisions'][];
  const subject = asked.subject?.trim().toLowerCase();
  const one = decisions.find((row) => (row.subject?.trim().toLowerCase() ?? undefined) === subject);
  const about = `${question}${asked.subject === undefined ? '' : ` “${asked.subject}”`}`;
  if (!one) return { kind: 'answer', allowed: false, why: `No decision on ${about} stands.`, initiative: { id, name }, decision: null };
  const decision = yield* standing(tables, workspace, one, now);
  const overdue = decision.conditions.filter((condition) => condition.overdue).length;
  const goes = one.outcome.startsWith('GO') && one.state === 'final';
  const barred = asked.strict === true && overdue > 0;
  const why = !one.outcome.startsWith('GO')
    ? `${decision.name} is ${one.outcome}.`
    : one.state !== 'final'
      ? `${decision.name} is ${one.outcome}, but not final yet.`
      : barred
        ? `${decision.name} is ${one.outcome}, but ${overdue} of its conditions ${overdue === 1 ? 'is' : 'are'} overdue.`
        : `${decision.name} is ${one.outcome}, and final.`;
  return { kind: 'answer', allowed: goes && !barred, why, initiative: { id, name }, decision };
}

function* standing(tables: Tables, workspace: WorkspaceId, one: Derived['decisions'], now: number): Work<Standing> {
  const rows = (yield* tables.rows(workspace, { as: '', rows: 'actions', where: { flow: one.id } })) as Derived['actions'][];
  const open = rows.filter(({ state }) => !['met', 'dropped'].includes(state));
  const owners = [...new Set(open.flatMap(({ owner }) => owner ?? []))];
  const people = (owners.length > 0 ? yield* tables.rows(workspace, { as: '', rows: 'people', where: { id: owners } }) : []) as {
    id: string;
    name: string;
  }[];
  const today = new Date(now).toISOString().slice(0, 10);
  return {
    name: `D-${one.number}`,
    outcome: one.outcome,
    state: one.state,
    question: one.question,
    subject: one.subject,
    decidedAt: new Date(one.decided_at).toISOString(),
    conditions: open.map(({ title, state, owner, due }) => ({
      text: title,
      state,
      owner: people.find(({ id }) => id === owner)?.name ?? null,
      due,
      overdue: due !== null && due < today && state !== 'done',
    })),
  };
}
