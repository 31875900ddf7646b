import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../adapters/store/migrate.ts';
import { connect, sqliteStore } from '../adapters/store/sqlite.ts';
import { flows, pages } from '../flows/index.ts';
import { type Engine, engine } from '../src/engine.ts';
import type { Raw } from '../src/form.ts';
import type { InstallationRow, Store } from '../src/store.ts';

/** A database with an open vote of a committee, made as people would make it. */
export interface Committee {
  file: string;
  store: Store;
  installation: InstallationRow;
  engine: Engine;
  /** Gives answers of one member to a form. */
  answer(member: number, to: string, input: string, raw: Raw, cause: string): ReturnType<Engine['handle']>;
  remove(): void;
}

export const userOf = (member: number): string => `U${String(member).padStart(4, '0')}`;
export const TEAM = 'T0BENCH';

/** Nobody of the committee is missing but one, so that the vote stays open however often the others vote. */
export async function committee(members: number): Promise<Committee> {
  const folder = mkdtempSync(join(tmpdir(), 'offshoot-bench-'));
  const file = join(folder, 'offshoot.db');
  const connection = connect(file);
  await migrate(connection);
  const store = sqliteStore(connection);
  const theEngine = engine({ store, flows, pages, clock: { now: () => Date.now() }, changed: () => {} });
  const installation = await store.update((tables) => tables.putInstallation({ platform: 'slack', key: TEAM, name: 'Bench' }, Date.now()));
  const people = await store.update(function* (tables) {
    const ids: string[] = [];
    for (let member = 0; member <= members; member++)
      ids.push((yield* tables.putIdentity(installation, userOf(member), { name: `Member ${member}`, zone: 'UTC' })).id);
    yield* tables.putChannel(installation, { address: 'C0BENCH', name: 'bench', zone: 'UTC', reference: null });
    return ids;
  });
  const answer: Committee['answer'] = (member, to, input, raw, cause) =>
    theEngine.handle({ cause, installation, by: { user: userOf(member) }, press: { to, input }, answers: { raw }, at: Date.now() });
  const deadline = String(Math.floor(Date.now() / 1000) + 3 * 86_400);
  await answer(
    0,
    'initiative',
    'open',
    { name: 'Churn model', owner: people[0]!, sponsor: people[1]!, channel: 'channel/1' },
    'initiative',
  );
  await answer(0, 'body', 'open', { name: 'Board', members: people, chair: people[0]!, quorum: '60 %', rule: 'majority' }, 'body');
  await answer(
    0,
    'vote',
    'open',
    {
      initiative: 'initiative/1',
      body: 'body/1',
      channel: 'channel/1',
      deadline,
      rule: 'majority',
      quorum: '60 %',
      changes: 'true',
      without: 'On paper',
    },
    'vote',
  );
  return { file, store, installation, engine: theEngine, answer, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
