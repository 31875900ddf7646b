import { currentSet as readinessSet } from '../../flows/criteria/readiness.ts';
import { readConfig } from '../../src/config.ts';
import type { Reply } from '../../src/event.ts';
import { build, type House } from '../../src/house.ts';
import { type Log, logger } from '../../src/log.ts';
import type { InstallationRow } from '../../src/store.ts';

export const MEMBERS = ['chair', 'member-1', 'member-2', 'member-3', 'member-4'] as const;
export const DAY = 86_400_000;

/** The whole house with its local workspace, in this process, with people who act by its engine. */
export interface Inhabited {
  house: House;
  installation: InstallationRow;
  /** Presses a button or sends a command, and answers the form that opens with what it starts from and what is given. */
  fill(by: string, to: string, input: string, given?: Record<string, string>, about?: string): Promise<Reply>;
  /** Lets everything up to a moment take effect and be delivered. */
  moveTo(at: number): Promise<void>;
}

let causes = 0;

export async function openHouse(file: string, log: Log = logger('silent'), env: Record<string, string> = {}): Promise<Inhabited> {
  const config = readConfig({ DATABASE_URL: `file:${file}`, PORT: '0', OFFSHOOT_CLOCK: 'manual', ...env });
  const house = await build(config, log);
  const { engine, store, clock, courier, timekeeper } = house.rooms;
  const installation = (await store.look((tables) => tables.installation('local', 'local')))!;

  function act(by: string, press: { to: string; input: string; about?: string }, answers?: { raw: Record<string, string>; seen?: number }) {
    const where = { address: 'steering-committee' };
    const event = { cause: `test ${++causes}`, installation, by: { user: by, name: by }, where, press, at: clock.now() };
    return engine.handle({ ...event, ...(answers ? { answers } : {}) });
  }

  return {
    house,
    installation,
    async fill(by, to, input, given = {}, about) {
      const press = { to, input, ...(about === undefined ? {} : { about }) };
      const asked = await act(by, press);
      if (asked.kind !== 'form') return asked;
      const { fields, seen } = asked.form;
      const values = Object.fromEntries(fields.flatMap(({ key, value }) => (value === undefined ? [] : [[key, String(value)]])));
      return await act(by, press, { raw: { ...values, ...given }, ...(seen === undefined ? {} : { seen }) });
    },
    async moveTo(at) {
      for (;;) {
        const next = (await store.look((tables) => tables.nextDue())) ?? Infinity;
        (clock as unknown as { move(to: number): void }).move(Math.min(next, at));
        await timekeeper.sweep();
        if (next >= at) break;
      }
      await courier.idle();
    },
  };
}

/**
 * A database in which a whole vote has been held: a condition accepted, the decision final, the first reminder open; and a readiness
 * check has begun, in which one thing is not met. What was typed is `typed`.
 */
export async function votedIn(file: string, typed = 'Too much of it'): Promise<void> {
  const { house, fill, moveTo } = await openHouse(file);
  await fill('pm', 'vote', 'open', { without: 'The pilot was reviewed on paper.' }, 'churn');
  for (const member of MEMBERS.slice(0, 3)) await fill(member, 'vote/1', 'ballot');
  await fill('member-3', 'vote/1', 'ballot', { debt: 'missing' });
  await fill('member-3', 'vote/1', 'reasons', { debt: typed });
  await fill('member-4', 'vote/1', 'ballot');
  await moveTo(house.rooms.clock.now());
  await fill('chair', 'decision/1', 'rationale', { rationale: typed });
  await fill('chair', 'decision/1', 'assign', { measure: 'Under ten days' }, 'debt');
  await fill('pm', 'decision/1', 'accept', {}, 'debt');
  await moveTo(house.rooms.clock.now() + 40 * DAY);
  await fill('pm', 'readiness', 'open', {}, 'churn');
  const technical = Object.fromEntries(readinessSet.items.map(({ key }) => [key, 'met']));
  await fill('pm', 'readiness/1', 'answer', { ...technical, recovery: 'not met', 'recovery-evidence': typed }, 'technical');
  await fill('pm', 'readiness/1', 'actions', {}, 'technical');
  await moveTo(house.rooms.clock.now());
  await house.stop();
}
