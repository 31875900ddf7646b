import type { Door, Rooms } from '../../src/house.ts';
import { furnish } from './cast.ts';
import { localRoom } from './local.ts';
import { localServer } from './server.ts';

/** The local workspace: a browser as the messenger, on loopback only. */
export async function webDoor(rooms: Rooms): Promise<Door> {
  const { store, engine, verbs, clock, courier, timekeeper, pulse, exhibition, install } = rooms;
  const installation = await install({ platform: 'local', key: 'local', name: 'Local workspace' });
  await furnish(store, engine, installation, clock.now());
  const room = localRoom(rooms);
  const manual = 'move' in clock ? (clock as typeof clock & { move(to: number): void }) : undefined;

  /** Lets everything on the way take effect at its own moment, unless the house is to have been asleep. */
  async function moveClock(to: number, asleep: boolean): Promise<void> {
    for (;;) {
      const next = asleep ? undefined : await store.look((tables) => tables.nextDue());
      manual!.move(next !== undefined && next < to ? next : to);
      await pulse.beat(asleep ? undefined : 'moved');
      await timekeeper.sweep();
      await courier.idle();
      if (next === undefined || next >= to) break;
    }
  }

  const { router, close } = localServer({ store, exhibition, engine, installation, room, verbs, clock, moveClock: manual && moveClock });
  return { messenger: room.messenger, router, close: async () => close() };
}
