import type { PersonId, WorkspaceId } from './id.ts';
import type { Published, PublishedReason } from './kept.ts';
import type { DecisionBallot, Readable, Search } from './need.ts';
import type { Derived } from './record.ts';
import type { Tables, Work } from './store.ts';

/** Everything that is on record of one decision, as an export writes it. */
export interface Dossier {
  decision: Derived['decisions'];
  /** The later decisions that took its place. */
  later: readonly number[];
  vote: Derived['votes'] | undefined;
  body: Derived['bodies'] | undefined;
  /** What was asked, in the order of the ballot. */
  criteria: readonly Criterion[];
  /** The review and the readiness check that there were when it was decided. */
  review: Derived['reviews'] | undefined;
  check: Derived['readiness_checks'] | undefined;
  conditions: readonly Derived['actions'][];
  calibrations: readonly Derived['calibrations'][];
  appeals: readonly Derived['appeals'][];
  dissent: readonly PersonId[];
  /** Of an open vote; of a secret one there are none. */
  ballots: readonly DecisionBallot[];
  /** Who cast the ballot of whom, where a member did not do so themselves. */
  deputies: ReadonlyMap<PersonId, PersonId>;
  /** How often its vote was opened again for want of a quorum. */
  resumed: readonly Derived['vote_reopenings'][];
  /** Of a secret vote: by receipts, without names. */
  published: readonly Published[];
  /** Of a secret vote: without names. */
  reasons: readonly PublishedReason[];
}

export type Criterion = Pick<Derived['vote_criteria'], 'criterion' | 'tier' | 'text'>;

/** How a person of the workspace is called in an export. */
export type Named = (id: PersonId | null) => string;

/** The decisions that a search finds, newest first, or oldest first where it says `after`. */
export function* decisionsFound(tables: Tables, workspace: WorkspaceId, match: Search, limit: number): Work<Derived['decisions'][]> {
  return (yield* tables.rows(workspace, { as: '', rows: 'decisions', match, limit })) as Derived['decisions'][];
}

export function* dossierOf(tables: Tables, workspace: WorkspaceId, decision: Derived['decisions']): Work<Dossier> {
  const { id, vote: from, initiative, decided_at: at } = decision;
  function* rows<Table extends keyof Readable>(
    table: Table,
    where: Record<string, string | null>,
    order?: string,
  ): Work<Readable[Table][]> {
    const found = yield* tables.rows(workspace, { as: '', rows: table, where, ...(order ? { order: [order, 'asc'] as const } : {}) });
    return found as Readable[Table][];
  }
  const [vote] = yield* rows('votes', { id: from });
  const [body] = decision.body ? yield* rows('bodies', { id: decision.body }) : [];
  const opened = vote?.opened_at ?? at;
  const reviews = yield* rows('reviews', { initiative, state: 'posted' }, 'decided_at');
  const checks = yield* rows('readiness_checks', { initiative, state: 'done' }, 'finished_at');
  const cast = vote?.openness === 'open' ? yield* rows('ballots', { vote: from }) : [];
  const isSecret = vote?.openness === 'secret';
  return {
    decision,
    later: (yield* rows('decisions', { supersedes: id }, 'number')).map(({ number }) => number),
    vote,
    body,
    criteria: yield* rows('vote_criteria', { vote: from }, 'place'),
    review: reviews.findLast((one) => (one.decided_at ?? Infinity) <= opened),
    check: checks.findLast((one) => (one.finished_at ?? Infinity) <= at),
    conditions: yield* rows('actions', { flow: id }),
    calibrations: yield* rows('calibrations', { decision: id }),
    appeals: yield* rows('appeals', { decision: id }, 'number'),
    dissent: JSON.parse(decision.dissent) as PersonId[],
    ballots: isSecret ? [] : yield* rows('decision_ballots', { decision: id }, 'place'),
    deputies: new Map(cast.flatMap(({ person, cast_by: by, choices }) => (by && choices ? [[person, by] as const] : []))),
    resumed: yield* rows('vote_reopenings', { vote: from }, 'at'),
    published: isSecret ? yield* rows('published_ballots', { vote: from }, 'receipt') : [],
    reasons: isSecret ? yield* rows('published_reasons', { vote: from }, 'number') : [],
  };
}

/** The decisions found with their conditions, so many at most. */
export function* entriesFound(
  tables: Tables,
  workspace: WorkspaceId,
  match: Search,
  most: number,
): Work<{ decision: Derived['decisions']; conditions: Derived['actions'][] }[]> {
  const entries = [];
  for (const decision of yield* decisionsFound(tables, workspace, match, most))
    entries.push({
      decision,
      conditions: (yield* tables.rows(workspace, { as: '', rows: 'actions', where: { flow: decision.id } })) as Derived['actions'][],
    });
  return entries;
}

/** The names of all people of a workspace: `somebody` where none is known. */
export function* namedIn(tables: Tables, workspace: WorkspaceId): Work<Named> {
  const people = new Map((yield* tables.peopleOf(workspace)).map(({ id, name }) => [id as string, name]));
  return (id) => (id !== null && people.get(id)) || 'somebody';
}

/** What a criterion is called: its text as the vote asked it, or its key where that is not known. */
export const asked = (criteria: readonly Criterion[], key: string): string => criteria.find((one) => one.criterion === key)?.text ?? key;

/** `D-0017`: so that files stand in the order of their numbers. */
export const fileName = (number: number): string => `D-${String(number).padStart(4, '0')}`;

/** What the tiers of criteria are called in an export. */
export const TIERS = { must: 'must have', should: 'should have', nice: 'nice to have', option: 'to choose from' } as const;
