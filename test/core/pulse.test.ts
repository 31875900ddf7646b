import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pulse } from '../../src/pulse.ts';
import { type Timekeeper, timekeeper } from '../../src/timekeeper.ts';
import { type Core, openCore, silent, START } from './house.ts';

const MINUTE = 60_000;

describe('the heartbeat', () => {
  let core: Core;
  beforeEach(async () => {
    core = await openCore([]);
  });
  afterEach(async () => await core.close());

  const outages = async () =>
    (await core.store.look((tables) => tables.rows(core.installation.workspace, { as: '', rows: 'outages' }))).map((row) => {
      const { from_at, until_at } = row as { from_at: number; until_at: number };
      return [(from_at - START) / MINUTE, (until_at - START) / MINUTE];
    });
  const begun = () => pulse(core.store, core.clock);
  /** Beats each minute from now on. */
  async function live(heart: ReturnType<typeof pulse>, minutes: number): Promise<void> {
    for (let minute = 0; minute < minutes; minute++) {
      core.clock.move(core.clock.now() + MINUTE);
      await heart.beat();
    }
  }

  it('knows of no outage while it beats', async () => {
    const heart = begun();
    await heart.beat();
    await live(heart, 5);
    expect(await outages()).toEqual([]);
  });

  it.each([
    ['the process ended', true],
    ['the process stood still', false],
  ])('finds the outage when %s', async (_, isNew) => {
    const heart = begun();
    await heart.beat();
    await live(heart, 3);
    core.clock.move(START + 60 * MINUTE);
    const next = isNew ? begun() : heart;
    await next.beat();
    expect(await outages()).toEqual([[3, 60]]);
    await live(next, 3);
    expect(await outages()).toEqual([[3, 60]]);
  });

  it.each([
    [2 * MINUTE, []],
    [2 * MINUTE + 1, [[0, 2 + 1 / MINUTE]]],
  ])('takes a restart after %i milliseconds for no outage up to two minutes', async (pause, expected) => {
    await begun().beat();
    core.clock.move(START + pause);
    await begun().beat();
    expect(await outages()).toEqual(expected);
  });

  it('takes a clock that was moved for no outage', async () => {
    const heart = begun();
    await heart.beat();
    core.clock.move(START + 600 * MINUTE);
    await heart.beat('moved');
    expect(await outages()).toEqual([]);
  });

  it('beats at a sweep before what is due takes effect', async () => {
    await begun().beat();
    core.clock.move(START + 60 * MINUTE);
    const seen: number[] = [];
    const fire = async () => void seen.push((await outages()).length);
    await core.store.update(function* (tables) {
      yield* tables.putFlow(core.installation.workspace, { id: 'tin/1', version: 1, state: {}, settled: 0 });
      yield* tables.putTimer(core.installation.workspace, 'tin/1', { key: 'bell', at: START + MINUTE, input: { type: 'ring' } });
    });
    const once: Timekeeper = timekeeper({
      store: core.store,
      engine: {
        ...core.engine,
        fire: async (row) => {
          await core.store.update((tables) => tables.dropTimer(row.workspace, row.flow, row));
          await fire();
        },
      },
      clock: core.clock,
      log: silent,
      pulse: begun(),
    });
    await once.sweep();
    await once.stop();
    expect(seen).toEqual([1]);
  });
});
