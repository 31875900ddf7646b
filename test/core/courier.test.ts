import { afterEach, describe, expect, it } from 'vitest';
import { Budget } from '../../src/budget.ts';
import { DeliveryFault, type FaultKind, type Messenger, type Outgoing } from '../../src/messenger.ts';
import { plain } from '../../src/text.ts';
import { type Core, openCore } from './house.ts';
import { tin } from './tin.ts';

/** A wall to pin cards on, which can be told to fail. */
class Wall implements Messenger {
  readonly platform = 'local';
  readonly pinned = new Map<string, { text: string; key: string }>();
  readonly calls: string[] = [];
  readonly faults: { kind: FaultKind; lands?: true; wait?: number }[] = [];
  readonly blind: boolean;
  find?: NonNullable<Messenger['find']>;

  constructor({ blind = false } = {}) {
    this.blind = blind;
    if (!blind) this.find = async (_, __, key) => [...this.pinned].find(([, one]) => one.key === key)?.[0];
  }

  limits: Messenger['limits'] = (_, installation) => [{ key: `wall ${installation.workspace}`, count: 1000, per: 1000 }];
  direct = async (_: unknown, user: string) => user;

  async post({ key, ...message }: Outgoing & { key: string }): Promise<string> {
    const id = String(this.calls.push(`post ${key}`));
    const fault = this.faults.shift();
    if (!fault || fault.lands) this.pinned.set(id, { text: textOf(message), key });
    if (fault) throw new DeliveryFault(fault.kind, 'told to fail', fault.wait);
    return id;
  }

  async edit({ id, ...message }: Outgoing & { id: string }): Promise<void> {
    this.calls.push(`edit ${id}`);
    const fault = this.faults.shift();
    if (fault) throw new DeliveryFault(fault.kind, 'told to fail', fault.wait);
    const there = this.pinned.get(id);
    if (!there) throw new DeliveryFault('vanished', 'it is gone');
    this.pinned.set(id, { ...there, text: textOf(message) });
  }

  async remove(_: unknown, __: string, id: string): Promise<void> {
    this.pinned.delete(id);
  }

  get texts(): string[] {
    return [...this.pinned.values()].map((one) => one.text);
  }
}

const textOf = ({ card, names }: Outgoing) =>
  card.parts.map((part) => (part.kind === 'text' ? plain(part.text, names, 'UTC') : '')).join('');

describe('the courier', () => {
  let core: Core;
  afterEach(async () => await core.close());

  async function tinOn(wall: Wall, budget?: Budget): Promise<void> {
    core = await openCore([tin], { messengers: [wall], ...(budget ? { budget } : {}) });
    await core.act('PM', 'tin', 'open', { name: 'Tea' }, { where: { address: 'wall', name: 'wall' } });
  }
  const put = () => core.act('PM', 'tin/1', 'put', { coins: '1' });

  it('posts once and then edits in place', async () => {
    const wall = new Wall();
    await tinOn(wall);
    await core.courier.idle();
    await put();
    await core.courier.idle();
    expect(wall.texts).toEqual(['1 coins']);
    expect(wall.calls).toEqual([expect.stringContaining('post 1/tin/1/tin'), 'edit 1']);
  });

  it('makes one edit of thirty changes in a burst', async () => {
    const wall = new Wall();
    await tinOn(wall);
    await core.courier.idle();
    await Promise.all(Array.from({ length: 30 }, put));
    await core.courier.idle();
    expect(wall.texts).toEqual(['30 coins']);
    expect(wall.calls).toHaveLength(2);
  });

  it.each([
    ['it landed', { kind: 'unknown', lands: true }],
    ['it did not land', { kind: 'unknown' }],
    ['the platform asks to wait', { kind: 'again', wait: 20 }],
  ] as const)('shows one message when the answer to a post is lost and %s', async (_, fault) => {
    const wall = new Wall();
    wall.faults.push(fault);
    await tinOn(wall);
    await expect
      .poll(async () => (core.courier.wake(), await core.store.look((tables) => tables.health(0))), { timeout: 20_000 })
      .toMatchObject({ owed: 0, held: 0 });
    expect(wall.texts).toEqual(['0 coins']);
  });

  it('does not send again what may have landed where it cannot look, and names it', async () => {
    const wall = new Wall({ blind: true });
    wall.faults.push({ kind: 'unknown', lands: true });
    await tinOn(wall);
    await core.courier.idle();
    await put();
    await core.courier.idle();
    expect(wall.calls).toHaveLength(1);
    expect(await core.store.look((tables) => tables.heldThings())).toEqual([
      { kind: 'uncertain', what: expect.stringContaining('tin of tin/1'), why: expect.stringContaining('lost') },
    ]);
  });

  it('looks before it posts after a crash between post and commit', async () => {
    const wall = new Wall();
    await tinOn(wall);
    await core.courier.idle();
    const row = await core.store.look((tables) => tables.surface(core.installation.workspace, 'tin/1', 'tin'));
    await core.store.update(function* (tables) {
      yield* tables.shown(row!, { kind: 'vanished' });
      yield* tables.shown(row!, { kind: 'sending' });
    });
    core.courier.wake();
    await core.courier.idle();
    expect(wall.texts).toEqual(['0 coins']);
    expect(wall.calls).toEqual([expect.stringContaining('post'), 'edit 1']);
  });

  it('takes back what is wanted no more, although a crash has lost its id', async () => {
    const wall = new Wall();
    await tinOn(wall);
    await core.courier.idle();
    const row = await core.store.look((tables) => tables.surface(core.installation.workspace, 'tin/1', 'tin'));
    await core.store.update(function* (tables) {
      yield* tables.shown(row!, { kind: 'vanished' });
      yield* tables.shown(row!, { kind: 'sending' });
      yield* tables.retireSurface(core.installation.workspace, 'tin/1', 'tin', null);
    });
    core.courier.wake();
    await core.courier.idle();
    expect(wall.texts).toEqual([]);
  });

  it('posts anew what somebody removed', async () => {
    const wall = new Wall();
    await tinOn(wall);
    await core.courier.idle();
    wall.pinned.clear();
    await put();
    await core.courier.idle();
    expect(wall.texts).toEqual(['1 coins']);
  });

  it('holds what is refused, says why, and tries again once it is let in', async () => {
    const wall = new Wall();
    wall.faults.push({ kind: 'refused' });
    await tinOn(wall);
    await core.courier.idle();
    expect(await core.store.look((tables) => tables.heldThings())).toEqual([
      { kind: 'delivery', what: expect.stringContaining('channel/1'), why: 'told to fail' },
    ]);
    await core.store.update((tables) => tables.release(core.installation.workspace, 'channel/1'));
    core.courier.wake();
    await core.courier.idle();
    expect(wall.texts).toEqual(['0 coins']);
  });
});

describe('a budget', () => {
  it('counts calls in a sliding window, and a refused one counts against nothing', () => {
    const budget = new Budget();
    const two = [{ key: 'a', count: 2, per: 1000 }];
    expect([budget.reserve(two, 0), budget.reserve(two, 100), budget.reserve(two, 200), budget.reserve(two, 999)]).toEqual([0, 0, 800, 1]);
    expect(budget.reserve(two, 1000)).toBe(0);
    expect(budget.reserve(two, 1050)).toBe(50);
    const both = [...two, { key: 'b', count: 1, per: 10 }];
    expect(budget.reserve(both, 1050)).toBe(50);
    expect(budget.reserve([{ key: 'b', count: 1, per: 10 }], 1050)).toBe(0);
  });

  it('counts a call from when it was made, not from when it was reserved', () => {
    const budget = new Budget();
    const one = [{ key: 'a', count: 1, per: 1000 }];
    budget.reserve(one, 0);
    budget.made(one, 0, 400);
    expect(budget.wait(one, 1000)).toBe(400);
    expect(budget.wait(one, 1400)).toBe(0);
  });

  it('forgets the keys that count no more, and no other, however many there are', () => {
    const budget = new Budget();
    const hour = [{ key: 'hour', count: 1, per: 3_600_000 }];
    budget.reserve(hour, 0);
    for (let at = 0; at < 50_000; at++) budget.reserve([{ key: `second ${at}`, count: 1, per: 1_000 }], at);
    expect(budget.wait(hour, 50_000)).toBe(3_550_000);
    expect(budget.size).toBeLessThanOrEqual(20_001);
  });
});
