import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileVault, keysOf } from '../adapters/store/vault.ts';
import { migrate } from '../adapters/store/migrate.ts';
import { connect, sqliteStore } from '../adapters/store/sqlite.ts';
import { flows, pages } from '../flows/index.ts';
import { type Engine, engine } from '../src/engine.ts';
import type { WorkspaceId } from '../src/id.ts';
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

interface Ways {
  platform?: 'slack' | 'teams';
  openness?: 'open' | 'secret';
  /** The committee's time. */
  now?: () => number;
  changed?: (workspace: WorkspaceId) => void;
  /** Is given each large step of the making, to measure it. */
  during?: <Result>(doing: string, work: () => Promise<Result>) => Promise<Result>;
}

/** Nobody of the committee is missing but one, so that the vote stays open however often the others vote. */
export async function committee(
  members: number,
  { platform = 'slack', openness = 'open', now = Date.now, ...more }: Ways = {},
): Promise<Committee> {
  const { changed = () => {}, during = (_, work) => work() } = more;
  const folder = mkdtempSync(join(tmpdir(), 'offshoot-bench-'));
  const file = join(folder, 'offshoot.db');
  const connection = connect(file);
  await migrate(connection);
  const store = sqliteStore(connection);
  const theEngine = engine({ store, flows, pages, clock: { now }, vault: fileVault(keysOf(file)), changed });
  const installation = await store.update((tables) => tables.putInstallation({ platform, key: TEAM, name: 'Bench' }, now()));
  const people = await store.update(function* (tables) {
    const ids: string[] = [];
    for (let member = 0; member <= members; member++)
      ids.push((yield* tables.putIdentity(installation, userOf(member), { name: `Member ${member}`, zone: 'UTC' })).id);
    yield* tables.putChannel(installation, { address: 'C0BENCH', name: 'bench', zone: 'UTC', reference: null });
    return ids;
  });
  const answer: Committee['answer'] = (member, to, input, raw, cause) =>
    theEngine.handle({ cause, installation, by: { user: userOf(member) }, press: { to, input }, answers: { raw }, at: now() });
  const deadline = String(Math.floor(now() / 1000) + 3 * 86_400);
  await answer(
    0,
    'initiative',
    'open',
    { name: 'Churn model', owner: people[0]!, sponsor: people[1]!, channel: 'channel/1' },
    'initiative',
  );
  const board = { name: 'Board', members: people, chair: people[0]!, quorum: '60 %', rule: 'majority' };
  await during('the committee is set up', () => answer(0, 'body', 'open', board, 'body'));
  const terms = { deadline, rule: 'majority', quorum: '60 %', changes: 'true', openness, without: 'On paper' };
  const asked = { initiative: 'initiative/1', body: 'body/1', channel: 'channel/1', ...terms };
  const opened = await during('the vote opens', () => answer(0, 'vote', 'open', asked, 'vote'));
  if (opened.kind !== 'done') throw new Error(`the vote was not opened: ${JSON.stringify(opened)}`);
  return { file, store, installation, engine: theEngine, answer, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
