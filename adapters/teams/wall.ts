import type { Card } from '../../src/card.ts';
import { type Frame, UNFRAMED } from '../../src/exhibition.ts';
import type { Rooms } from '../../src/house.ts';
import type { WorkspaceId } from '../../src/id.ts';

/**
 * Whether Teams can fetch pictures: Microsoft's clients do so over https alone. Stand-ins and private clouds, which the configuration
 * names, fetch them from wherever Offshoot is.
 */
export const isFetched = ({ teams }: Rooms['config'], address: string): boolean =>
  address.startsWith('https:') || (teams?.hosts.length ?? 0) > 0;

/** The pictures of a card by the full addresses at which Teams fetches them; where it cannot, the card says them in words. */
export async function hung(
  { exhibition, address, config }: Pick<Rooms, 'exhibition' | 'address' | 'config'>,
  workspace: WorkspaceId,
  card: Card,
): Promise<Frame> {
  if (!isFetched(config, address())) return UNFRAMED;
  const path = await exhibition.hang(workspace, card, 'png');
  return (picture) => {
    const found = path(picture);
    // The public address may have a path of its own, below which a proxy serves this house.
    return found === undefined ? undefined : address().replace(/\/*$/, found);
  };
}
