import type { ChannelId, FlowId, PersonId } from '../../src/id.ts';
import type { ChannelSeat, MemberSeat } from '../../src/need.ts';
import { list, people, type Text, text, typed } from '../../src/text.ts';
import { PLATFORMS } from '../rules/platforms.ts';

/** Where the members of the committee have accounts, and on which installation each channel is. */
export interface SeatFacts {
  seats?: readonly MemberSeat[];
  channelSeats?: readonly ChannelSeat[];
}

/** How many are named; the others are counted. */
const NAMED = 5;

/** What tells whoever opens a vote that some members are shown nothing of it: all of their accounts are where the committee has no channel. */
export function unseenText(body: { id: FlowId; name: string }, channel: ChannelId, electors: readonly PersonId[], facts: SeatFacts): Text {
  const { seats = [], channelSeats = [] } = facts;
  const here = channelSeats.find((one) => one.channel === channel)?.seat;
  const at = new Map<PersonId, MemberSeat[]>();
  for (const seat of here === undefined ? [] : seats)
    if (seat.body === body.id) at.set(seat.person, [...(at.get(seat.person) ?? []), seat]);
  const unseeing = electors.filter((one) => at.get(one)?.every((seat) => seat.meets === 0 && seat.seat !== here));
  const platforms = [...new Set(unseeing.map((one) => at.get(one)![0]!.platform))];
  return list(
    platforms.map((platform) => {
      const there = unseeing.filter((one) => at.get(one)![0]!.platform === platform);
      const more = there.length - NAMED;
      return text` ${platform === 'local' ? 'In' : 'On'} ${PLATFORMS[platform]} nothing of it is shown to ${people(there.slice(0, NAMED))}${more > 0 && ` and ${more} more`}, since ${typed(body.name)} has no channel there: they find it under /offshoot, and are reminded in private. To show them the next vote, a member types there, in a channel: /offshoot committee ${typed(body.name)} here`;
    }),
    '.',
  );
}
