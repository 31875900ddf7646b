import { element, part } from './element.ts';
import { initials } from './timeline.ts';
import type { Place, Room } from './wire.ts';

/** Where messages of this channel stand, for this person. */
export const addressOf = ({ as, channel }: Place): string => (channel === 'direct' ? `direct:${as}` : channel);
export const titleOf = (channel: string): string => (channel === 'direct' ? 'Direct messages with Offshoot' : `#${channel}`);
export const linkTo = ({ as, channel }: Place): string => `#${as}/${channel}`;

/** The place that the address bar names, or the first one. */
export function placeNow(room: Room): Place {
  const [as, channel] = location.hash.slice(1).split('/');
  return {
    as: room.people.find((one) => one.user === as)?.user ?? room.people[0]!.user,
    channel: [...room.channels, 'direct'].find((one) => one === channel) ?? room.channels[0]!,
  };
}

/** What was read, kept over a reload: the newest message seen, by address. */
const SEEN = 'offshoot seen';

export interface Side {
  show(place: Place): void;
  /** A message came. */
  heard(address: string, id: number): void;
}

/** Who one is and where one can go, with a mark where something is new. */
export function side(room: Room): Side {
  const latest = new Map(Object.entries(room.latest));
  const kept = JSON.parse(localStorage.getItem(SEEN) ?? '{}') as Record<string, number>;
  // Never beyond what is there: the database may be a new one.
  const seen = new Map(Object.entries(kept).map(([address, id]) => [address, Math.min(id, latest.get(address) ?? 0)]));
  let here = placeNow(room);

  function draw(): void {
    const focused = document.activeElement?.closest('#side a')?.getAttribute('href');
    const isNew = (place: Place) => (latest.get(addressOf(place)) ?? 0) > (seen.get(addressOf(place)) ?? 0);
    part('people').replaceChildren(
      ...room.people.map(({ user, name }) => {
        const face = element('span', { class: 'face', 'aria-hidden': 'true' }, initials(name));
        const news = user !== here.as && isNew({ as: user, channel: 'direct' });
        return element('li', {}, link({ ...here, as: user }, user === here.as, news, face, name));
      }),
    );
    part('channels').replaceChildren(
      ...[...room.channels, 'direct'].map((channel) => {
        const place = { ...here, channel };
        return element('li', {}, link(place, channel === here.channel, isNew(place), titleOf(channel)));
      }),
    );
    for (const current of document.querySelectorAll('#side a[aria-current]'))
      current.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (focused) document.querySelector<HTMLElement>(`#side a[href="${focused}"]`)?.focus();
  }

  return {
    show(place) {
      here = place;
      seen.set(addressOf(place), latest.get(addressOf(place)) ?? 0);
      localStorage.setItem(SEEN, JSON.stringify(Object.fromEntries(seen)));
      draw();
    },
    heard(address, id) {
      latest.set(address, Math.max(id, latest.get(address) ?? 0));
      this.show(here);
    },
  };
}

function link(place: Place, current: boolean, news: boolean, ...said: (Node | string)[]): HTMLElement {
  const dot = news ? element('span', { class: 'new' }, element('span', { class: 'unseen' }, ' (new messages)')) : undefined;
  return element('a', { href: linkTo(place), 'aria-current': current ? 'true' : undefined }, ...said, dot);
}
