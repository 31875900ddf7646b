import type { Scheduler } from 'fast-check';
import type { Messenger } from '../../src/messenger.ts';
import type { InstallationRow } from '../../src/store.ts';
import { Anomaly } from './anomaly.ts';

/** A messenger that keeps what was posted, and answers when the scheduler lets it. */
export interface Pigeon extends Messenger {
  /** The cards as they are shown, by message. */
  readonly shown: ReadonlyMap<string, unknown>;
}

export function pigeon(platform: InstallationRow['platform'], scheduler: Scheduler): Pigeon {
  const shown = new Map<string, unknown>();
  const posted = new Map<string, string>();
  const flight = () => scheduler.schedule(Promise.resolve());
  return {
    platform,
    shown,
    limits: () => [],
    async direct(_, user) {
      await flight();
      return `direct ${user}`;
    },
    async post({ key, card }) {
      await flight();
      if (posted.has(key)) throw new Anomaly(`${key} was posted twice`);
      const id = `${platform} ${posted.size + 1}`;
      posted.set(key, id);
      shown.set(id, card);
      await flight();
      return id;
    },
    async edit({ id, card }) {
      await flight();
      shown.set(id, card);
      await flight();
    },
    async remove(_, __, id) {
      await flight();
      shown.delete(id);
    },
    async find(_, __, key) {
      await flight();
      return posted.get(key);
    },
  };
}
