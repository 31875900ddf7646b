import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../../adapters/store/migrate.ts';
import { connect } from '../../adapters/store/sqlite.ts';
import { tables } from '../../adapters/store/tables.ts';
import type { Tables, Work } from '../../src/store.ts';

/** The work that is done again and again, or with everything that a workspace ever had. */
const HOT: Record<string, (tables: Tables) => Work<unknown>> = {
  'what waits for a person': ({ rows }) => rows(1, { as: '', rows: 'waiting', where: { person: 'person/1' } }),
  'the ballots that are missing of a person': ({ rows }) => rows(1, { as: '', rows: 'missing_ballots', where: { person: 'person/1' } }),
  'the digests that a ballot stands in': ({ rows }) =>
    rows(1, { as: '', rows: 'digest_ballots', where: { vote: 'vote/1', elector: 'person/1' } }),
  'what somebody has muted': ({ rows }) => rows(1, { as: '', rows: 'mutes', where: { person: 'person/1', kind: 'due' } }),
  'the members of a committee': ({ rows }) => rows(1, { as: '', rows: 'member_profiles', where: { body: 'body/1' } }),
  'the accounts of the members of a committee': ({ rows }) => rows(1, { as: '', rows: 'member_seats', where: { body: 'body/1' } }),
  'who was introduced to a channel': ({ rows }) =>
    rows(1, { as: '', rows: 'introduced', where: { channel: 'channel/1', person: 'person/1' } }),
  'the cadences that come next': ({ rows }) =>
    rows(1, { as: '', rows: 'cadences', where: { state: 'active' }, order: ['next_at', 'asc'], limit: 21 }),
  'the cadences of an initiative': ({ rows }) =>
    rows(1, { as: '', rows: 'cadences', where: { initiative: 'initiative/1', state: 'active' } }),
  'the latest reminders of a cadence': ({ rows }) =>
    rows(1, { as: '', rows: 'occurrences', where: { cadence: 'cadence/1' }, order: ['number', 'desc'], limit: 5 }),
  'the latest decision of each initiative': ({ rows }) => rows(1, { as: '', rows: 'latest_decisions' }),
  'the latest decisions of a channel': ({ rows }) => rows(1, { as: '', rows: 'latest_decisions', where: { channel: 'channel/1' } }),
  'what a vote asks': ({ rows }) => rows(1, { as: '', rows: 'vote_criteria', where: { vote: 'vote/1' }, order: ['place', 'asc'] }),
  'the latest vote on an initiative': ({ rows }) =>
    rows(1, { as: '', rows: 'votes', where: { initiative: 'initiative/1' }, order: ['opened_at', 'desc'], limit: 1 }),
  'the workspaces that are owed something': ({ owing }) => owing(1),
  'what one is owed': ({ owed }) => owed(1, 1, 100),
  'what one is owed further on': ({ owed }) => owed(1, 1, 100, { rank: 1, after: { to: 'channel/1', call: 'edit' }, except: ['post'] }),
  'when the next delivery may be tried': ({ nextOwed }) => nextOwed(1),
  'the timers that are due': ({ due }) => due(1, 100),
  'when the next timer is due': ({ nextDue }) => nextDue(),
  'the due timers of a flow': ({ dueFor }) => dueFor(1, 'vote/1', 1),
  'the health': ({ health }) => health(1),
  'what is held': ({ heldThings }) => heldThings(),
  'to release what is held': ({ releaseHeld }) => releaseHeld('failed'),
  'to release what is held for a channel': ({ release }) => release(1, 'channel/1'),
  'to forget old causes': ({ forgetCauses }) => forgetCauses(1),
  'to forget old pictures': ({ forgetPictures }) => forgetPictures(1),
  'the flows of older versions': ({ flowsBehind }) => flowsBehind('vote', 2, 500),
  'all flows, page by page': ({ allFlows }) => allFlows(500),
  'a cause': ({ cause }) => cause(1, 'timer vote/1 due 1'),
  'the end of the journal': ({ journalHead }) => journalHead(1),
  'the derived rows of a flow': ({ dropRecordsOf }) => dropRecordsOf(1, 'vote/1'),
  'the surface of a message': ({ surfaceAt }) => surfaceAt(1, 'C1', '1'),
};

/** An index of only those rows that are to be found may be read from end to end. */
const PARTIAL = /USING (COVERING )?INDEX (surfaces_owed|surfaces_again|surfaces_held|timers_due|timers_held)\b/;

let folder: string;
let connection: Database.Database;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'offshoot-store-'));
  connection = connect(join(folder, 'offshoot.db'));
  await migrate(connection);
});
afterAll(() => {
  connection.close();
  rmSync(folder, { recursive: true });
});

/** How SQLite goes about each query of the work, when the first ones find these rows and the others nothing. */
function plansOf(work: Work<unknown>, ...answers: unknown[][]): string[] {
  const plans: string[] = [];
  for (let step = work.next([]); !step.done; step = work.next(answers.shift() ?? [])) {
    const { sql, values } = step.value;
    plans.push(...(connection.prepare(`explain query plan ${sql}`).all(...values) as { detail: string }[]).map((row) => row.detail));
  }
  return plans;
}

describe('SQLite reads no whole table for', () => {
  it.each(Object.entries(HOT))('%s', (_, work) => {
    const plans = plansOf(work(tables));
    expect(plans.filter((plan) => /^SEARCH|USING/.test(plan))).not.toEqual([]);
    // The view's own rows are what was found.
    expect(
      plans.filter((plan) => plan.startsWith('SCAN') && !PARTIAL.test(plan) && !/^SCAN (waiting|w|missing_ballots)$/.test(plan)),
    ).toEqual([]);
  });

  it('what is owed: line after line of it is found in the index, and read in its order', () => {
    const plans = plansOf(tables.owed(1, 1, 100), [{ destination: 'channel/1', call: 1 }]);
    const lines = plans.filter((plan) => plan.includes('surfaces_owed (workspace=? AND rank=? AND destination>?'));
    expect(lines).toHaveLength(4);
    expect(plans.join('\n')).toContain('surfaces_owed (workspace=? AND rank=? AND destination=? AND <expr>=?)');
    expect(plans.filter((plan) => plan.includes('TEMP B-TREE'))).toEqual([]);
    // Of each it is looked whether it is muted, and no more is read for that than an index.
    const mutes = plans.filter((plan) => plan.includes('mutes'));
    expect(mutes.length).toBeGreaterThan(0);
    for (const plan of mutes) expect(plan).toBe('SEARCH mutes USING COVERING INDEX mutes_person (workspace=? AND person=? AND kind=?)');
  });

  it('the cadences of an initiative: they are found by it, not among all that are kept', () => {
    for (const state of ['active', ['active', 'paused'], ['proposed', 'active', 'paused']] as const)
      for (const kind of [{}, { kind: 'retraining' }])
        expect(
          plansOf(tables.rows(1, { as: '', rows: 'cadences', where: { initiative: 'initiative/1', ...kind, state }, limit: 21 })),
        ).toEqual(['SEARCH cadences USING INDEX cadences_initiative (workspace=? AND initiative=? AND state=?)']);
  });

  it.each(['the end of the journal', 'the cadences that come next', 'what one is owed', 'the latest vote on an initiative'])(
    '%s, nor plans anew at each run: the limit stands in the statement',
    (hot) => {
      const texts: string[] = [];
      const work = HOT[hot]!(tables);
      for (let step = work.next([]); !step.done; step = work.next([{ destination: 'channel/1', call: 1 }].slice(texts.length)))
        texts.push(step.value.sql);
      expect(texts.join('\n')).toMatch(/limit \d/);
      expect(texts.join('\n')).not.toContain('limit ?');
    },
  );

  it('timers that are due: they are looked for in one workspace after the other', () => {
    const row = { at: 1, workspace: 1 };
    expect(plansOf(tables.due(2, 100), [row], [row])).toEqual([
      'SEARCH timers USING INDEX timers_due',
      'SEARCH timers USING INDEX timers_due_in (workspace>?)',
      'SEARCH timers USING INDEX timers_due_in (workspace>?)',
      'SEARCH timers USING INDEX timers_due_in (workspace=? AND fires_at<?)',
    ]);
  });

  it('flows of older versions, nor sorts them', () => {
    expect(
      plansOf(tables.flowsBehind('vote', 2, 500, { workspace: 1, row: { id: 'vote/1', version: 1, state: {}, settled: 0 }, place: 1 })),
    ).toEqual([expect.stringContaining('SEARCH flows USING INDEX flows_open (kind=? AND version')]);
  });

  it('each flow of one who turned out to be somebody else: what is kept of it is found by it, not among all that is kept', () => {
    const linked = { gone: 'person/1', stays: 'person/2' } as const;
    const once = plansOf(tables.linkPerson(1, linked, []));
    const each = plansOf(tables.linkPerson(1, linked, ['vote/1'])).slice(once.length);
    expect(each.filter((plan) => !/\(workspace=\? AND \w+[=>]/.test(plan))).toEqual([]);
    expect(each).toContainEqual(expect.stringContaining('(workspace=? AND cause>? AND cause<?)'));
  });

  it('a person’s reminders, conditions and votes: all are found by the person or among what is open', () => {
    const plans = plansOf(HOT['what waits for a person']!(tables)).join('\n');
    for (const index of ['electors_person (workspace=? AND person=?)', 'actions_owner (workspace=? AND owner=?', 'occurrences_open'])
      expect(plans).toContain(index);
  });

  it.each(['what waits for a person', 'the ballots that are missing of a person'])('%s: whom they stand in for is found by them', (hot) => {
    const plans = plansOf(HOT[hot]!(tables));
    for (const index of ['deputies_deputy (workspace=? AND deputy=?)', 'votes_open (workspace=? AND body=?)'])
      expect(plans.join('\n')).toContain(index);
    expect(plans.filter((plan) => plan.includes('electors_person (workspace=?)'))).toEqual([]);
  });
});
