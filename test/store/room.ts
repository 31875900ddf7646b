import type { Surface } from '../../src/flow.ts';
import type { PersonId, WorkspaceId } from '../../src/id.ts';
import type { Kept } from '../../src/kept.ts';
import type { InstallationRow, PersonRow, Store, Tables, Work } from '../../src/store.ts';
import type { SurfaceRow } from '../../src/surface.ts';
import { words } from '../../src/text.ts';

/** 2027-03-01, 09:00 UTC. */
export const NOW = Date.UTC(2027, 2, 1, 9);

/** A store with two workspaces, each with two votes; new for every test. */
export interface Room extends Pick<Store, 'look' | 'update'> {
  store: Store;
  home: InstallationRow;
  other: InstallationRow;
  /** Enters a person, `U1` of the home workspace unless another is named. */
  person(installation?: InstallationRow, user?: string): Promise<PersonRow>;
}

export async function furnished(store: Store): Promise<Room> {
  const installed = (key: string) => store.update((tables) => tables.putInstallation({ platform: 'slack', key, name: key }, NOW));
  const [home, other] = [await installed('T1'), await installed('T2')];
  for (const { workspace } of [home, other])
    await store.update(function* (tables) {
      for (const id of ['vote/1', 'vote/2'] as const) yield* tables.putFlow(workspace, { id, version: 1, state: {}, settled: 0 });
    });
  return {
    store,
    home,
    other,
    look: store.look,
    update: store.update,
    person: (installation = home, user = 'U1') => store.update((tables) => tables.putIdentity(installation, user, { name: user })),
  };
}

export const ballotOf = (who: PersonId, choices: Record<string, string>, reasons: Record<string, string> = {}): Kept => ({
  kind: 'ballot',
  row: { person: who, cast_by: null, choices, reasons, draft: null, draft_by: null, cast_at: NOW },
});

export const surface = (key: string, title: string): Surface => ({ key, to: 'channel/1', card: { title: words(title), parts: [] } });

/** What is owed, with its cards. */
export function* owedIn(tables: Tables, workspace: WorkspaceId, now: number): Work<SurfaceRow[]> {
  const all: SurfaceRow[] = [];
  for (const { rows } of yield* tables.owed(workspace, now, 10))
    for (const { flow, key } of rows) all.push((yield* tables.surface(workspace, flow, key))!);
  return all;
}

export const titleOf = ({ card }: SurfaceRow): string => card!.title.map((span) => ('text' in span ? span.text : '')).join('');
