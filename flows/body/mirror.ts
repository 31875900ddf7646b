import type { Surface } from '../../src/flow.ts';
import type { ChannelId } from '../../src/id.ts';

/**
 * A committee may meet in several channels, as on two messengers: what goes to the one that it votes in is shown in each of the others,
 * as a message of its own, and what stands in its thread in theirs. `Assign` on either is the same button.
 */
export function mirrored(surfaces: readonly Surface[], channel: ChannelId, also: readonly ChannelId[] = []): readonly Surface[] {
  const shown = also.filter((one) => one !== channel);
  if (shown.length === 0) return surfaces;
  return surfaces.flatMap((surface) => (surface.to === channel ? [surface, ...shown.map((other) => copied(surface, other))] : [surface]));
}

const copied = (surface: Surface, to: ChannelId): Surface => ({
  ...surface,
  key: keyIn(surface.key, to),
  to,
  ...(surface.under === undefined ? {} : { under: keyIn(surface.under, to) }),
});

const keyIn = (key: string, to: ChannelId): string => `${key} in ${to}`;
