import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Clock, systemClock } from '../../src/clock.ts';
import type { Engine } from '../../src/engine.ts';
import type { Store } from '../../src/store.ts';
import { type Timekeeper, timekeeper } from '../../src/timekeeper.ts';
import { type Core, openCore, silent } from './house.ts';

describe('the timekeeper', () => {
  let core: Core;
  let running: Timekeeper | undefined;
  let fired: string[];
  beforeEach(async () => {
    core = await openCore([]);
    fired = [];
  });
  afterEach(async () => {
    await running?.stop();
    await core.close();
  });

  const set = (key: string, at: number) =>
    core.store.update(function* (tables) {
      const { workspace } = core.installation;
      yield* tables.putFlow(workspace, { id: 'tin/1', version: 1, state: {}, settled: 0 });
      yield* tables.putTimer(workspace, 'tin/1', { key, at, input: { type: 'ring' } });
    });

  function keep(clock: Clock, store: Store = core.store, more: Partial<Engine> = {}): Timekeeper {
    const fire: Engine['fire'] = async (row) => {
      fired.push(row.key);
      await core.store.update((tables) => tables.dropTimer(row.workspace, row.flow, row));
    };
    running = timekeeper({ store, engine: { ...core.engine, fire, ...more }, clock, log: silent });
    return running;
  }

  it('sets its alarm at a sweep, too, for what falls due before the next', async () => {
    await set('bell', Date.now() + 300);
    await keep(systemClock).sweep();
    expect(fired).toEqual([]);
    await expect.poll(() => fired, { timeout: 20_000 }).toEqual(['bell']);
  });

  it('looks no more than it is woken while the clock stands still before a timer', async () => {
    let looks = 0;
    const store: Store = { ...core.store, look: (work) => (looks++, core.store.look(work)) };
    await set('bell', core.clock.now() + 5);
    keep(core.clock, store).wake();
    const beyond = new Promise((resolve) => setTimeout(resolve, 300));
    await beyond;
    expect(looks).toBeLessThanOrEqual(2);
    core.clock.move(core.clock.now() + 5);
    running!.wake();
    await expect.poll(() => fired, { timeout: 20_000 }).toEqual(['bell']);
  });

  it('makes up for minutes that the machine slept through without a word past the log', async () => {
    const said = vi.spyOn(console, 'warn');
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
    try {
      await keep(systemClock).start();
      await set('bell', Date.now() + 600_000);
      vi.setSystemTime(Date.now() + 3_600_000);
      await vi.advanceTimersByTimeAsync(120_000);
      await expect.poll(() => fired, { timeout: 20_000 }).toEqual(['bell']);
      expect(said).not.toHaveBeenCalled();
    } finally {
      vi.useRealTimers();
      said.mockRestore();
    }
  });

  it('outlives a store that fails, and fires later', async () => {
    let broken = 2;
    const store: Store = {
      ...core.store,
      look: (work) => (broken-- > 0 ? Promise.reject(new Error('the disk is gone')) : core.store.look(work)),
    };
    await set('bell', Date.now());
    keep(systemClock, store).wake();
    await expect.poll(() => (running!.wake(), fired), { timeout: 20_000 }).toEqual(['bell']);
  });

  it('does not ask again and again what cannot even be delayed', async () => {
    let tries = 0;
    const fire: Engine['fire'] = () => {
      tries += 1;
      return Promise.reject(new Error('the disk is full'));
    };
    await set('bell', core.clock.now());
    await keep(core.clock, core.store, { fire }).sweep();
    expect(tries).toBe(1);
  });

  it('fires side by side, but those that touch one flow in their order', async () => {
    await core.store.update(function* (tables) {
      const { workspace } = core.installation;
      for (const id of ['tin/1', 'tin/2', 'tin/3'] as const) {
        yield* tables.putFlow(workspace, { id, version: 1, state: {}, settled: 0 });
        for (const at of [1, 2]) yield* tables.putTimer(workspace, id, { key: `${id} ${at}`, at, input: { type: 'ring' } });
      }
      yield* tables.putTimer(workspace, 'tin/3', { key: 'to tin/1', at: 3, to: 'tin/1', input: { type: 'ring' } });
    });
    const under = new Set<string>();
    const seen: string[][] = [];
    const fire: Engine['fire'] = async (row) => {
      under.add(row.key);
      seen.push([...under].toSorted());
      await new Promise(setImmediate);
      under.delete(row.key);
      await core.store.update((tables) => tables.dropTimer(row.workspace, row.flow, row));
    };
    await keep(core.clock, core.store, { fire }).sweep();
    expect(seen.at(2)).toEqual(['tin/1 1', 'tin/2 1', 'tin/3 1']);
    expect(seen.at(5)).toEqual(['tin/1 2', 'tin/2 2', 'tin/3 2']);
    expect(seen.at(6)).toEqual(['to tin/1']);
  });

  it('forgets old causes not only when it starts', async () => {
    const { workspace } = core.installation;
    const cause = { cause: 'click', flow: 'tin/1', reply: '{}', at: core.clock.now() } as const;
    await core.store.update((tables) => tables.putCause(workspace, cause));
    const kept = () => core.store.look((tables) => tables.cause(workspace, 'click'));
    await keep(core.clock).sweep();
    expect(await kept()).toBeDefined();
    core.clock.move(core.clock.now() + 31 * 86_400_000);
    await running!.sweep();
    expect(await kept()).toBeUndefined();
  });
});
