import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Event } from '../../src/event.ts';
import { cardText } from '../../src/card.ts';
import { type Flow, refused } from '../../src/flow.ts';
import type { PersonId } from '../../src/id.ts';
import { brokenAt } from '../../src/journal.ts';
import { BEGINNING } from '../../src/journal.ts';
import { SPENT, type Store } from '../../src/store.ts';
import { text } from '../../src/text.ts';
import { rebuild, upgrade } from '../../src/upgrade.ts';
import { type Core, openCore, silent, START, words } from './house.ts';
import { type Tin, tin } from './tin.ts';

const MINUTE = 60_000;
const seconds = (at: number) => String(at / 1000);

describe('the engine', () => {
  let core: Core;
  beforeEach(async () => {
    core = await openCore([tin]);
    await core.act('PM', 'tin', 'open', { name: 'Tea' });
  });
  afterEach(async () => await core.close());

  const stateOf = async (id: `tin/${number}` = 'tin/1') =>
    (await core.store.look((tables) => tables.flow(core.installation.workspace, id)))?.state as Tin;
  const journal = () => core.store.look((tables) => tables.journal(core.installation.workspace, 0, 1000));

  it('shows the form of an input, takes its answers, and says what came of it', async () => {
    expect(await core.act('PM', 'tin/1', 'put')).toMatchObject({
      kind: 'form',
      form: { fields: [{ key: 'coins', value: '1' }, { key: 'note' }] },
    });
    expect(words(await core.act('PM', 'tin/1', 'put', { coins: '3' }))).toBe('There are 3.');
    expect((await stateOf()).coins).toBe(3);
  });

  it('makes no second change of one cause, and answers it again', async () => {
    const again: Partial<Event> = { cause: 'click 1' };
    expect(words(await core.act('PM', 'tin/1', 'put', { coins: '3' }, again))).toBe('There are 3.');
    expect(words(await core.act('PM', 'tin/1', 'put', { coins: '3' }, again))).toBe('There are 3.');
    expect((await stateOf()).coins).toBe(3);
    expect(await journal()).toHaveLength(2);
  });

  it('makes one change of one cause that comes thirty times at once', async () => {
    await Promise.all(Array.from({ length: 30 }, () => core.act('PM', 'tin/1', 'put', { coins: '3' }, { cause: 'storm' })));
    expect((await stateOf()).coins).toBe(3);
  });

  it('loses none of thirty that come at once', async () => {
    await Promise.all(Array.from({ length: 30 }, (_, index) => core.act(`Member ${index}`, 'tin/1', 'put', { coins: '1' })));
    expect((await stateOf()).coins).toBe(30);
    expect((await journal()).map((row) => row.seq)).toEqual(Array.from({ length: 31 }, (_, index) => index + 1));
  });

  it('records no cause of what was refused, so that the mended form is taken', async () => {
    const again: Partial<Event> = { cause: 'view 1' };
    expect(await core.act('PM', 'tin/1', 'put', { coins: 'x', note: 'kept' }, again)).toMatchObject({
      kind: 'errors',
      errors: { coins: expect.any(String) },
    });
    expect(await core.act('PM', 'tin/1', 'put', { coins: '101' }, again)).toMatchObject({
      kind: 'errors',
      errors: { coins: 'A tin takes at most 100 coins at once.' },
    });
    expect(words(await core.act('PM', 'tin/1', 'put', { coins: '5' }, again))).toBe('There are 5.');
  });

  it('keeps what was typed in an error and in a refusal', async () => {
    const errors = await core.act('PM', 'tin/1', 'put', { coins: 'x', note: 'a long thought' });
    expect(errors).toMatchObject({ kind: 'errors', form: { fields: [{ value: 'x' }, { value: 'a long thought' }] } });
    await core.act('PM', 'tin/1', 'set', { bell: seconds(START + MINUTE) });
    core.clock.move(START + 2 * MINUTE);
    expect(await core.act('PM', 'tin/1', 'put', { coins: '1', note: 'a long thought' })).toMatchObject({
      kind: 'refused',
      typed: [{ label: 'Note', text: 'a long thought' }],
    });
  });

  it('opens the next page in place, and again for a redelivery', async () => {
    for (let time = 0; time < 2; time++)
      expect(await core.act('PM', 'tin/1', 'lift', undefined, { cause: 'lift' })).toMatchObject({
        kind: 'form',
        form: { press: { to: 'tin/1', input: 'put' } },
      });
  });

  it('refuses a form of an older deployment with a fresh one that keeps the answers', async () => {
    const reply = await core.act('PM', 'tin/1', 'put', undefined, { answers: { raw: { coins: '7', gone: 'x' }, shape: 'older' } });
    expect(reply).toMatchObject({
      kind: 'form',
      notice: expect.anything(),
      form: { fields: [{ key: 'coins', value: '7' }, { key: 'note' }] },
    });
    expect((await stateOf()).coins).toBe(0);
  });

  it.each([
    ['a flow that does not exist', 'tin/9', 'put', 'There is no tin 9'],
    ['a kind that does not exist', 'kettle/1', 'put', 'knows no “kettle/1”'],
    ['an input of the clock', 'tin/1', 'ring', 'older version'],
    ['an input that does not exist', 'tin/1', 'melt', 'older version'],
    ['another way to open', 'tin', 'melt', 'cannot be started by hand'],
  ])('refuses %s', async (_, to, input, sentence) => {
    expect(words(await core.act('PM', to, input, {}))).toContain(sentence);
    expect(await journal()).toHaveLength(1);
  });

  it('lets nobody reach into another workspace', async () => {
    const other = await core.store.update((tables) => tables.putInstallation({ platform: 'slack', key: 'T2', name: 'Other' }, START));
    expect(words(await core.act('PM', 'tin/1', 'put', { coins: '1' }, { installation: other }))).toContain(
      'There is no tin 1 in this workspace',
    );
    expect(words(await core.act('PM', 'tin', 'open', { name: 'Theirs' }, { installation: other }))).toContain('Theirs');
    expect(await stateOf()).toMatchObject({ name: 'Tea' });
    expect(await core.store.look((tables) => tables.rows(core.installation.workspace, { as: '', rows: 'bodies' }))).toHaveLength(1);
  });

  it('applies what is due before any input and any look, oldest first, at its own moment', async () => {
    await core.act('PM', 'tin/1', 'set', { bell: seconds(START + MINUTE) });
    expect(words(await core.act('PM', 'tin/1', 'put', { coins: '1' }, { at: START + MINUTE - 1 }))).toBe('There are 1.');
    expect(words(await core.act('PM', 'tin/1', 'put', { coins: '1' }, { at: START + MINUTE }))).toContain('The bell has rung');
    expect((await stateOf()).rings).toEqual([START + MINUTE]);
  });

  it('lets a timer take effect once, whoever wakes it', async () => {
    await core.act('PM', 'tin/1', 'set', { bell: seconds(START + MINUTE) });
    const [row] = await core.store.look((tables) => tables.due(START + MINUTE, 10));
    core.clock.move(START + MINUTE);
    await Promise.all([core.engine.fire(row!), core.engine.fire(row!), core.act('PM', 'tin/1', 'put')]);
    expect((await stateOf()).rings).toEqual([START + MINUTE]);
  });

  it('fires no timer that a step took back after the sweep had read it', async () => {
    await core.act('PM', 'tin/1', 'set', { bell: seconds(START + MINUTE) });
    const [row] = await core.store.look((tables) => tables.due(START + MINUTE, 10));
    await core.act('PM', 'tin/1', 'set', { bell: seconds(START + 9 * MINUTE) });
    core.clock.move(START + 2 * MINUTE);
    await core.engine.fire(row!);
    expect((await stateOf()).rings).toEqual([]);
  });

  it('opens by a timer once, with a number of its own', async () => {
    await core.act('PM', 'tin/1', 'set', { spawns: seconds(START + MINUTE) });
    const [row] = await core.store.look((tables) => tables.due(START + MINUTE, 10));
    core.clock.move(START + MINUTE);
    await core.engine.fire(row!);
    await core.engine.fire(row!);
    expect(await stateOf('tin/2')).toMatchObject({ name: 'spawned' });
    expect(await stateOf('tin/3')).toBeUndefined();
  });

  it('keeps the cause of a timer for as long as a rebuild would set that timer again', async () => {
    const again: Flow = { ...tin, timers: (state: Tin) => (state.rings.length > 0 ? [] : tin.timers(state, 'tin/1')) };
    const later = await openCore([again], { file: core.file });
    await later.act('PM', 'tin/1', 'set', { bell: seconds(START + MINUTE), spawns: seconds(START + 2 * MINUTE) });
    later.clock.move(START + MINUTE);
    await later.timekeeper.sweep();
    await later.act('PM', 'tin', 'open', { name: 'Coffee' });
    await later.act('PM', 'tin/2', 'set', { spawns: seconds(START + 2 * MINUTE) });
    later.clock.move(START + 2 * MINUTE);
    await later.timekeeper.sweep();
    const causes = (name: string) => later.store.look((tables) => tables.cause(later.installation.workspace, name));
    const [bell, spawn] = [`timer tin/1 bell ${START + MINUTE}`, `timer tin/2 spawn ${START + 2 * MINUTE}`];
    expect([(await causes(bell))?.reply, (await causes(spawn))?.reply]).toEqual([SPENT, '{}']);
    await later.store.update((tables) => tables.forgetCauses(START + 9 * MINUTE));
    expect([await causes(bell), (await causes(spawn))?.reply]).toEqual([undefined, '{}']);
    await rebuild(later.store, [again]);
    await later.timekeeper.sweep();
    expect(await later.store.look((tables) => tables.flow(later.installation.workspace, 'tin/3'))).toMatchObject({
      state: { name: 'spawned' },
    });
    expect(await later.store.look((tables) => tables.flow(later.installation.workspace, 'tin/4'))).toBeUndefined();
    await later.close();
  });

  it('keeps the cause of a timer that its flow still wants after it took effect', async () => {
    await core.act('PM', 'tin/1', 'set', { bell: seconds(START + MINUTE) });
    core.clock.move(START + MINUTE);
    await core.timekeeper.sweep();
    await core.store.update((tables) => tables.forgetCauses(START + 9 * MINUTE));
    await rebuild(core.store, [tin]);
    await core.timekeeper.sweep();
    expect((await stateOf()).rings).toEqual([START + MINUTE]);
  });

  it('tells whoever had set it going, once, that what was to open then was refused, also after an upgrade', async () => {
    const person: PersonId = 'person/1';
    const picky: Flow = {
      ...tin,
      open: {
        ...tin.open,
        called: 'biscuit tin',
        start: (brief: { type?: string }, moment, facts) =>
          brief.type === 'open' ? refused(text`There is a tin already.`) : tin.open.start(brief, moment, facts),
      },
      timers: (state: Tin) =>
        tin.timers(state, 'tin/1').map((timer) => (timer.to ? { ...timer, input: { ...timer.input, startedBy: person } } : timer)),
    };
    const later = await openCore([picky], { file: core.file });
    await later.act('PM', 'tin/1', 'set', { spawns: seconds(START + MINUTE) });
    const [row] = await later.store.look((tables) => tables.due(START + MINUTE, 10));
    later.clock.move(START + MINUTE);
    await later.engine.fire(row!);
    await later.engine.fire(row!);
    await later.act('PM', 'tin/1', 'put', { coins: '1' });
    await upgrade(later.store, [{ ...picky, version: 2, upgrade: { 1: (old: Tin) => old } }], silent);
    const surfaces = await later.store.look((tables) => tables.surfacesOf(later.installation.workspace, 'tin/1'));
    expect(surfaces).toMatchObject([{ key: `unopened spawn ${START + MINUTE}`, to: person, wanted: 1, retired: 0 }]);
    expect(cardText(surfaces[0]!.card!, { person: String, channel: String }, 'UTC')).toMatch(
      /The biscuit tin was not opened\nThere is a tin already\.\nYou get this because you had set it going for .* Nothing was opened\./,
    );
    expect(await later.store.look((tables) => tables.flow(later.installation.workspace, 'tin/2'))).toBeUndefined();
    await later.close();
  });

  it('backs off from a timer that throws, holds it after five tries, and goes on with everything else', async () => {
    await core.act('PM', 'tin/1', 'set', { breaks: seconds(START + MINUTE) });
    await core.act('PM', 'tin', 'open', { name: 'Coffee' });
    await core.act('PM', 'tin/2', 'set', { bell: seconds(START + 2 * MINUTE) });
    for (let minutes = 1; minutes < 40; minutes++) {
      core.clock.move(START + minutes * MINUTE);
      await core.timekeeper.sweep();
    }
    expect(await stateOf('tin/2')).toMatchObject({ rings: [START + 2 * MINUTE] });
    expect(words(await core.act('PM', 'tin/1', 'put', { coins: '2' }))).toBe('There are 2.');
    expect(await core.store.look((tables) => tables.heldThings())).toEqual([
      { kind: 'timer', what: expect.stringContaining('break of tin/1'), why: expect.stringContaining('the tin broke') },
    ]);
    expect(await core.store.look((tables) => tables.health(core.clock.now()))).toMatchObject({ held: 1, due: 0 });
  });

  it('chains every change in the journal, and finds what was changed in it', async () => {
    await core.act('PM', 'tin/1', 'put', { coins: '2' });
    await core.act('PM', 'tin/1', 'put', { coins: '3' });
    const rows = await journal();
    const beginning = { seq: 0, digest: BEGINNING };
    expect(brokenAt(rows, beginning)).toBeUndefined();
    expect(JSON.parse(rows[1]!.body!)).toEqual({ by: 'person/1', values: { coins: 2 } });
    expect(
      brokenAt(
        rows.map((row) => (row.seq === 2 ? { ...row, body: row.body!.replace('2', '9') } : row)),
        beginning,
      ),
    ).toMatchObject({ seq: 2, why: expect.stringContaining('body') });
    expect(
      brokenAt(
        rows.filter((row) => row.seq !== 2),
        beginning,
      ),
    ).toMatchObject({ seq: 3, why: expect.stringContaining('missing') });
    expect(
      brokenAt(
        rows.map((row) => (row.seq === 2 ? { ...row, at: row.at + 1 } : row)),
        beginning,
      ),
    ).toMatchObject({ seq: 2 });
    const changed = (change: object) =>
      brokenAt(
        rows.map((row) => (row.seq === 2 ? { ...row, ...change } : row)),
        beginning,
      );
    expect(changed({ body: null, salt: null })).toBeUndefined();
    expect(changed({ body: '{}', salt: null })).toMatchObject({ seq: 2 });
  });

  it('upgrades open flows of an older version and derives them anew', async () => {
    await core.act('PM', 'tin/1', 'set', { bell: seconds(START + MINUTE) });
    const next: Flow = { ...tin, version: 2, upgrade: { 1: (old: Tin) => ({ ...old, name: `${old.name} 2`, bell: START + 5 * MINUTE }) } };
    await upgrade(core.store, [next], silent);
    expect(await stateOf()).toMatchObject({ name: 'Tea 2' });
    expect(await core.store.look((tables) => tables.rows(core.installation.workspace, { as: '', rows: 'bodies' }))).toMatchObject([
      { name: 'Tea 2' },
    ]);
    expect((await core.store.look((tables) => tables.timersOf(core.installation.workspace, 'tin/1'))).map((row) => row.at)).toEqual([
      START + 5 * MINUTE,
    ]);
  });

  it('keeps no row of an upgraded flow that no longer follows from it', async () => {
    const next: Flow = { ...tin, version: 2, upgrade: { 1: (old: Tin) => old }, records: () => [] };
    await upgrade(core.store, [next], silent);
    expect(await core.store.look((tables) => tables.rows(core.installation.workspace, { as: '', rows: 'bodies' }))).toEqual([]);
  });

  it('reads a flow of an older version as this version, also one that is settled', async () => {
    const next: Flow = { ...tin, version: 2, upgrade: { 1: (old: Tin) => ({ ...old, coins: old.coins + 50 }) } };
    const later = await openCore([next], { file: core.file });
    expect(words(await later.act('PM', 'tin/1', 'put', { coins: '1' }))).toBe('There are 51.');
    await later.close();
  });

  it('leaves a flow that cannot be upgraded as it is, and upgrades the others', async () => {
    await core.act('PM', 'tin', 'open', { name: 'Coffee' });
    const upgradeOrThrow = (old: Tin) => {
      if (old.name === 'Tea') throw new Error('no');
      return { ...old, name: 'Coffee 2' };
    };
    await upgrade(core.store, [{ ...tin, version: 2, upgrade: { 1: upgradeOrThrow } }], silent);
    expect([(await stateOf()).name, (await stateOf('tin/2')).name]).toEqual(['Tea', 'Coffee 2']);
  });

  it('upgrades and rebuilds a page at a time, past those that cannot be upgraded', async () => {
    const { workspace } = core.installation;
    await core.store.update(function* (tables) {
      for (let number = 2; number <= 1_100; number++)
        yield* tables.putFlow(workspace, {
          id: `tin/${number}`,
          version: 1,
          state: { name: `${number}`, coins: 0, rings: [] },
          settled: 0,
        });
    });
    const pages: number[] = [];
    const look: Store['look'] = async (work) => {
      const found = await core.store.look(work);
      if (Array.isArray(found)) pages.push(found.length);
      return found;
    };
    const upgradeOrThrow = (old: Tin) => {
      if (Number(old.name) % 100 === 0) throw new Error('no');
      return { ...old, coins: 7 };
    };
    const next: Flow = { ...tin, version: 2, upgrade: { 1: upgradeOrThrow } };
    await upgrade({ ...core.store, look }, [next], silent);
    expect([(await stateOf('tin/99')).coins, (await stateOf('tin/100')).coins, (await stateOf('tin/1099')).coins]).toEqual([7, 0, 7]);
    expect(await rebuild({ ...core.store, look }, [{ ...next, upgrade: { 1: (old: Tin) => old } }])).toBe(1_100);
    expect(await core.store.look((tables) => tables.rows(workspace, { as: '', rows: 'bodies' }))).toHaveLength(1_100);
    expect([pages.length, Math.max(...pages)]).toEqual([8, 500]);
  });

  it('rebuilds derived rows from states, and lets no fired timer fire again', async () => {
    await core.act('PM', 'tin/1', 'set', { bell: seconds(START + MINUTE) });
    core.clock.move(START + MINUTE);
    await core.timekeeper.sweep();
    await core.store.update((tables) => tables.dropRecordsOf(core.installation.workspace, 'tin/1'));
    await rebuild(core.store, [tin]);
    expect(await core.store.look((tables) => tables.rows(core.installation.workspace, { as: '', rows: 'bodies' }))).toMatchObject([
      { name: 'Tea' },
    ]);
    await core.timekeeper.sweep();
    expect((await stateOf()).rings).toHaveLength(1);
  });
});
