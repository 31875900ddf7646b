import { CODE_LIVES, digestOf, newCode } from '../code.ts';
import type { WorkspaceId } from '../id.ts';
import type { Store } from '../store.ts';
import { type Command, outcome, Trouble, WrongUse } from './command.ts';
import { beside } from './database.ts';
import { settings } from './settings.ts';
import { inhabited } from './workspace.ts';

export const administrator: Command = {
  name: 'administrator',
  does: 'Prints a code that makes whoever types it an administrator.',
  more: `The code is good once, for 15 minutes: give it to the person, who types /offshoot administrator CODE in the messenger. Only its
digest is kept. Works while Offshoot runs.`,
  options: { workspace: { type: 'string', does: 'Of which workspace, by number or name: <workspace>. Needed where there are several.' } },
  example: 'npx offshoot administrator',
  async run({ options }, terminal) {
    const { database, clock } = settings(terminal);
    return await beside(database, async (store) => {
      const workspace = await workspaceMeant(store, options.workspace as string | undefined);
      const code = newCode();
      const expires_at = (await now(store, workspace.id, clock)) + CODE_LIVES;
      await store.update((tables) =>
        tables.putCode({ workspace: workspace.id, digest: digestOf(code), purpose: 'administrator', flow: null, expires_at }),
      );
      return outcome(true, [`For workspace ${workspace.id} (${workspace.name}), once within 15 minutes: /offshoot administrator ${code}`], {
        workspace: workspace.id,
        code,
        expires_at,
      });
    });
  },
};

/** A clock that is moved by hand goes on where the record ends. */
async function now(store: Store, workspace: WorkspaceId, clock: 'system' | 'manual'): Promise<number> {
  if (clock === 'system') return Date.now();
  const [last] = await store.look(function* (tables) {
    const { seq } = yield* tables.journalHead(workspace);
    return yield* tables.journal(workspace, seq - 1, 1);
  });
  return Math.max(Date.now(), last?.at ?? 0);
}

async function workspaceMeant(store: Store, said: string | undefined): Promise<{ id: WorkspaceId; name: string }> {
  const all = await inhabited(store);
  const names = all.map(({ id, name }) => `${id} (${name})`).join(', ');
  if (all.length === 0)
    throw new Trouble('There is no workspace yet. Start Offshoot once, with a messenger or the local workspace: npx offshoot start');
  const fitting = said === undefined ? all : all.filter(({ id, name }) => String(id) === said || name.toLowerCase() === said.toLowerCase());
  if (fitting.length === 1) return fitting[0]!;
  if (said === undefined)
    throw new WrongUse(`There are several workspaces: ${names}. For example: npx offshoot administrator --workspace 1`);
  throw new WrongUse(`No one workspace is called “${said}”. There are: ${names}. For example: npx offshoot administrator --workspace 1`);
}
