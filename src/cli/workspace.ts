import type { Store } from '../store.ts';
import { Trouble, WrongUse } from './command.ts';

/** The workspace that was asked for by its number, or the only one that there is a messenger of. */
export async function workspaceAsked(reader: Pick<Store, 'look'>, asked: unknown, example: string): Promise<{ id: number; name: string }> {
  const all = await (asked === undefined ? inhabited(reader) : reader.look((tables) => tables.workspaces()));
  const found = asked === undefined && all.length === 1 ? all[0] : all.find((one) => String(one.id) === asked);
  if (found) return found;
  if (all.length === 0) throw new Trouble('There is no workspace yet.');
  const named = all.map(({ id, name }) => `${id} (${name})`).join(', ');
  throw new WrongUse(`Which workspace? There are ${named}. For example: ${example} --workspace ${all[0]!.id}`);
}

/** All but the empty shells that messengers left when they joined another workspace: those are meant only where they are named. */
export const inhabited = (reader: Pick<Store, 'look'>): Promise<{ id: number; name: string }[]> =>
  reader.look(function* (tables) {
    const found = [];
    for (const one of yield* tables.workspaces()) if (yield* tables.isServed(one.id)) found.push(one);
    return found;
  });
