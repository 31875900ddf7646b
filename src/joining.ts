import { type Refused, refused } from './flow.ts';
import { type PersonId, type WorkspaceId } from './id.ts';
import type { InstallationRow, Tables, Work } from './store.ts';
import { text, words } from './text.ts';

/** What a workspace may hold and still go into another one: nothing of it is lost there but who muted nudges, of which there were none. */
const EMPTY = new Set(['access', 'administrator', 'introduction', 'join', 'link', 'mute']);

/** Why this workspace cannot go into another one; undefined when it can. */
export function* mayLeave(tables: Tables, from: WorkspaceId, into: WorkspaceId, by?: PersonId): Work<Refused | undefined> {
  if (from === into) return refused(text`This messenger is part of that workspace already. Type the code on the other one.`);
  if (by) {
    const mine = yield* tables.rows(from, { as: '', rows: 'administrators', where: { person: by } });
    if (mine.length === 0)
      return refused(
        text`Only an administrator may join this messenger into another workspace. An operator runs npx offshoot administrator on the server; type the code that it prints here: /offshoot administrator ABCD-EFGH-JKMN`,
      );
  }
  const kinds = (yield* tables.kindsOf(from)).filter((kind) => !EMPTY.has(kind));
  if (kinds.length === 0) return undefined;
  return refused(
    text`The workspace that joins must be new, and that one holds something already: ${kinds.map((kind) => NAMES[kind] ?? kind).join(', ')}. Get the code on that messenger and type it on the new one; or export it first (npx offshoot export) and start it afresh.`,
  );
}

const NAMES: Readonly<Record<string, string>> = {
  initiative: 'initiatives',
  body: 'committees',
  vote: 'votes',
  decision: 'decisions',
  review: 'reviews',
  readiness: 'readiness checks',
  cadence: 'cadences',
  action: 'actions',
};

export const gone = (): Refused => refused(words('That messenger is not there any more, or has moved meanwhile. Nothing was changed.'));

/** Takes an installation into the workspace; the row that every adapter holds follows at once. */
export function* admit(tables: Tables, into: WorkspaceId, id: number, moving: Moving): Work<Refused | undefined> {
  const installation = yield* tables.installationAt(id);
  if (!installation) return gone();
  const barred = yield* mayLeave(tables, installation.workspace, into);
  if (barred) return barred;
  yield* moveInto(tables, installation, into);
  moving(id, installation.workspace, into);
  return undefined;
}

type Moving = (installation: number, from: WorkspaceId, into: WorkspaceId) => void;

/** Moves an installation with its people and channels into a workspace, where they get numbers of their own. The old one stays as a shell with its journal. */
function* moveInto(tables: Tables, installation: InstallationRow, into: WorkspaceId): Work<void> {
  const from = installation.workspace;
  yield* tables.quiet(from);
  yield* tables.moveInstallation(installation, into);
  // Programs go with the last messenger: in an empty shell they would ask, and be told, nothing for ever.
  if (!(yield* tables.isServed(from))) yield* tables.moveOutside(from, into);
}
