import type { Card } from '../../src/card.ts';
import type { Frame } from '../../src/exhibition.ts';
import type { Rooms } from '../../src/house.ts';
import type { WorkspaceId } from '../../src/id.ts';

/** The pictures of a card by the full addresses at which Teams fetches them. */
export async function hung(
  { exhibition, address }: Pick<Rooms, 'exhibition' | 'address'>,
  workspace: WorkspaceId,
  card: Card,
): Promise<Frame> {
  const path = await exhibition.hang(workspace, card, 'png');
  return (picture) => {
    const found = path(picture);
    // The public address may have a path of its own, below which a proxy serves this house.
    return found === undefined ? undefined : address().replace(/\/*$/, found);
  };
}
