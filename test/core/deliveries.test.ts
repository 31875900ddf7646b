import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../adapters/store/sqlite.ts';
import { Budget } from '../../src/budget.ts';
import { type Courier, courier } from '../../src/courier.ts';
import type { Surface } from '../../src/flow.ts';
import { DeliveryFault, type Messenger } from '../../src/messenger.ts';
import type { InstallationRow, Store } from '../../src/store.ts';
import { plain, words } from '../../src/text.ts';
import { type Core, openCore, silent } from './house.ts';

/** A messenger that takes everything; `does` is what a test has it do otherwise. */
function taking(calls: string[], does: Partial<Messenger> = {}): Messenger {
  return {
    platform: 'local',
    limits: () => [],
    direct: async (_, user) => (calls.push(`open ${user}`), `direct ${user}`),
    post: async ({ key }) => String(calls.push(`post ${key}`)),
    edit: async ({ id }) => void calls.push(`edit ${id}`),
    remove: async (_, address, id) => void calls.push(`remove ${id} at ${address}`),
    find: async (_, __, key) => (calls.push(`find ${key}`), undefined),
    ...does,
  };
}

const PATIENT = { timeout: 20_000 };
const card = { title: words('A card'), parts: [] };

describe('deliveries', () => {
  let core: Core;
  let second: InstallationRow;
  let calls: string[];
  let running: Courier | undefined;
  beforeEach(async () => {
    core = await openCore([]);
    second = await core.store.update((tables) => tables.putInstallation({ platform: 'local', key: 'second', name: 'Second' }, 0));
    calls = [];
  });
  afterEach(async () => {
    await running?.stop();
    await core.close();
  });

  function carry(messenger: Messenger, served = [core.installation, second], store: Store = core.store): Courier {
    const installations = new Map(served.map((one) => [one.id, one]));
    running = courier({ store, messengers: [messenger], installations: () => installations, log: silent, budget: new Budget() });
    running.wake();
    return running;
  }

  type Wanted = Partial<Surface> & { key: string };

  const put = (installation: InstallationRow, flow: 'tin/1' | 'tin/2', wanted: readonly Wanted[]) =>
    core.store.update(function* (tables) {
      const { workspace } = installation;
      const channel = yield* tables.putChannel(installation, { address: flow, name: flow, zone: null, reference: null });
      yield* tables.putFlow(workspace, { id: flow, version: 1, state: {}, settled: 0 });
      for (const one of wanted) yield* tables.putSurface(workspace, flow, { to: channel.id, card, ...one });
    });
  const person = (user: string, installation = core.installation) =>
    core.store.update((tables) => tables.putIdentity(installation, user, { name: user }));
  const row = async (key: string) => (await core.store.look((tables) => tables.surface(core.installation.workspace, 'tin/1', key)))!;
  const retire = (key: string, last: typeof card | null) =>
    core.store.update((tables) => tables.retireSurface(core.installation.workspace, 'tin/1', key, last));
  const held = async () => (await core.store.look((tables) => tables.heldThings())).map(({ what, why }) => `${what}: ${why}`);

  it('count against their budget until they are answered, since the platform counts them when they arrive', async () => {
    const times: number[] = [];
    const slow: Partial<Messenger> = {
      limits: () => [{ key: 'channel', count: 1, per: 200 }],
      async post({ key }) {
        // On its way for as long as the whole window.
        if (times.length === 0) await pause(250);
        times.push(Date.now());
        return key;
      },
    };
    await put(core.installation, 'tin/1', [{ key: 'one' }, { key: 'two' }]);
    carry(taking(calls, slow));
    await running!.idle();
    await expect.poll(() => times.length, PATIENT).toBe(2);
    expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(199);
  });

  it('wait for their own workspace’s budget, however long another waits', async () => {
    const per = (installation: InstallationRow) => (installation === second ? 3_600_000 : 300);
    const limits: Messenger['limits'] = (_, one) => [{ key: one.key, count: 1, per: per(one) }];
    await put(core.installation, 'tin/1', [{ key: 'a' }, { key: 'b' }]);
    await put(second, 'tin/2', [{ key: 'a' }, { key: 'b' }]);
    carry(taking(calls, { limits }));
    await expect.poll(() => calls, PATIENT).toContain('post 1/tin/1/b');
    expect(calls).not.toContain('post 2/tin/2/b');
  });

  const MANY = Array.from({ length: 120 }, (_, number) => number);
  const never = (key: string) => ({ key, count: 1, per: 3_600_000 });

  /** A message in each of some channels, by the channel’s name. */
  const spread = (flow: 'tin/1' | 'tin/2', channels: readonly string[], wanted: (channel: string) => Wanted, at = core.installation) =>
    core.store.update(function* (tables) {
      yield* tables.putFlow(at.workspace, { id: flow, version: 1, state: {}, settled: 0 });
      for (const name of channels) {
        const channel = yield* tables.putChannel(at, { address: name, name, zone: null, reference: null });
        yield* tables.putSurface(at.workspace, flow, { to: channel.id, card, ...wanted(name) });
      }
    });

  it('go to other channels, whatever their rank, while any number wait for one channel’s budget', async () => {
    const limits: Messenger['limits'] = (_, __, address) => [never(`place ${address}`)];
    await put(
      core.installation,
      'tin/1',
      MANY.map((number) => ({ key: `result ${number}`, rank: 'result' as const })),
    );
    await put(core.installation, 'tin/2', [{ key: 'nudge', rank: 'nudge' }]);
    carry(taking(calls, { limits }));
    await expect.poll(() => calls, PATIENT).toEqual(['post 1/tin/1/result 0', 'post 1/tin/2/nudge']);
  });

  it('are edits and removals while any number of posts wait for the workspace’s budget of posts', async () => {
    let posts = 2;
    const limits: Messenger['limits'] = (call, { key }) => [
      { key: `${key} ${call}`, count: call === 'post' ? posts : 100, per: 3_600_000 },
    ];
    await put(core.installation, 'tin/1', [{ key: 'edited' }, { key: 'removed' }]);
    const carrying = carry(taking(calls, { limits }));
    await carrying.idle();
    await spread('tin/2', MANY.map(String), (name) => ({ key: name, rank: 'result' }));
    await put(core.installation, 'tin/1', [{ key: 'edited', rank: 'nudge' }]);
    await retire('removed', null);
    carrying.wake();
    await expect.poll(() => calls.slice(2).toSorted(), PATIENT).toEqual(['edit 1', 'remove 2 at tin/1']);
  });

  it('go by another installation of the workspace while one has no room', async () => {
    const joined = { ...core.installation, id: 9, key: 'joined' };
    const limits: Messenger['limits'] = (call, { key }) => [{ key: `${key} ${call}`, count: key === 'joined' ? 100 : 1, per: 3_600_000 }];
    const file = connect(core.file);
    file.prepare("insert into installations values (9, ?, 'local', 'joined', 'Joined')").run(core.installation.workspace);
    file.close();
    await spread('tin/1', MANY.map(String), (name) => ({ key: name, rank: 'result' }));
    await spread('tin/2', ['theirs'], (name) => ({ key: name, rank: 'nudge' }), joined);
    carry(taking(calls, { limits }), [core.installation, joined]);
    await expect.poll(() => calls, PATIENT).toEqual([expect.stringContaining('post 1/tin/1/'), 'post 1/tin/2/theirs']);
  });

  it('take turns by conversation where one budget is common to all, results first', async () => {
    const limits: Messenger['limits'] = () => [{ key: 'all', count: 1, per: 10 }];
    await put(core.installation, 'tin/1', [{ key: 'a1' }, { key: 'a2' }, { key: 'a3' }, { key: 'nudge', rank: 'nudge' }]);
    await spread('tin/2', ['b', 'c', 'd'], (name) => ({ key: name, ...(name === 'd' ? { rank: 'result' as const } : {}) }));
    await carry(taking(calls, { limits })).idle();
    expect(calls.map((call) => call.split('/').at(-1))).toEqual(['d', 'a1', 'b', 'c', 'a2', 'a3', 'nudge']);
  });

  it('that come later go out while another conversation does not answer, and nothing goes out twice meanwhile', async () => {
    let answer = (_: string): void => {};
    const answered = new Promise<string>((resolve) => (answer = resolve));
    const post: Messenger['post'] = async ({ key }) => {
      calls.push(`post ${key}`);
      return key.endsWith('slow') ? await answered : key;
    };
    await put(core.installation, 'tin/1', [{ key: 'slow' }, { key: 'behind' }]);
    const carrying = carry(taking(calls, { post }));
    await expect.poll(() => calls, PATIENT).toEqual(['post 1/tin/1/slow']);
    await put(core.installation, 'tin/2', [{ key: 'other' }]);
    await put(core.installation, 'tin/1', [{ key: 'slow' }]);
    carrying.wake(core.installation.workspace);
    await expect.poll(() => calls, PATIENT).toEqual(['post 1/tin/1/slow', 'post 1/tin/2/other']);
    answer('there');
    await carrying.idle();
    expect(calls).toEqual(['post 1/tin/1/slow', 'post 1/tin/2/other', 'post 1/tin/1/behind', 'edit there']);
  });

  it('that were planned behind a slow one are what is wanted once it is their turn', async () => {
    let answer = (_: string): void => {};
    const answered = new Promise<string>((resolve) => (answer = resolve));
    const post: Messenger['post'] = async ({ key, card: shown }) => {
      calls.push(`post ${key} ${plain(shown.title, { person: String, channel: String }, 'UTC')}`);
      return key.endsWith('slow') ? await answered : key;
    };
    await put(core.installation, 'tin/1', [{ key: 'slow' }, { key: 'changed' }, { key: 'gone' }, { key: 'again' }]);
    const carrying = carry(taking(calls, { post }));
    await expect.poll(() => calls, PATIENT).toEqual(['post 1/tin/1/slow A card']);
    await put(core.installation, 'tin/1', [{ key: 'changed', card: { title: words('News'), parts: [] } }]);
    await retire('gone', null);
    await retire('again', null);
    await put(core.installation, 'tin/1', [{ key: 'again' }]);
    answer('there');
    await carrying.idle();
    expect(calls).toEqual(['post 1/tin/1/slow A card', 'post 1/tin/1/changed News', 'post 1/tin/1/again A card']);
    expect(await core.store.look((tables) => tables.health(0))).toMatchObject({ owed: 0, held: 0 });
  });

  it('that turn out to be another call count against the budget of that one', async () => {
    let answer = (_: string): void => {};
    const answered = new Promise<string>((resolve) => (answer = resolve));
    const post: Messenger['post'] = async ({ key }) => (key.endsWith('slow') ? await answered : key);
    const limits: Messenger['limits'] = (call) => (calls.push(`room for ${call}`), []);
    await put(core.installation, 'tin/1', [{ key: 'gone' }]);
    const carrying = carry(taking(calls, { post, limits }));
    await carrying.idle();
    await put(core.installation, 'tin/1', [{ key: 'slow', rank: 'result' }, { key: 'gone' }]);
    calls.length = 0;
    carrying.wake(core.installation.workspace);
    await expect.poll(async () => (await row('slow')).sending, PATIENT).toBe(1);
    await retire('gone', null);
    answer('there');
    await carrying.idle();
    expect([...new Set(calls)]).toEqual(['room for post', 'room for edit', 'room for remove', 'remove 1/tin/1/gone at tin/1']);
  });

  it('are read a page at a time, however many there are', async () => {
    const pages: number[] = [];
    const store: Store = {
      ...core.store,
      look: async (work) => {
        const found = await core.store.look(work);
        if (Array.isArray(found) && found[0]?.rows) pages.push(found.flatMap((line: { rows: unknown[] }) => line.rows).length);
        return found;
      },
    };
    await put(
      core.installation,
      'tin/1',
      MANY.map((number) => ({ key: `card ${number}` })),
    );
    await spread('tin/2', MANY.map(String), (name) => ({ key: name }));
    await carry(taking(calls), undefined, store).idle();
    expect(calls).toHaveLength(240);
    expect(pages.length).toBeGreaterThan(5);
    expect(Math.max(...pages)).toBeLessThanOrEqual(50);
  });

  it('go on past replies to a message that is held, and are idle with these left', async () => {
    const post: Messenger['post'] = async ({ key }) => {
      if (key.endsWith('/result')) throw new DeliveryFault('refused', 'not let in');
      return String(calls.push(`post ${key}`));
    };
    const replies = Array.from({ length: 120 }, (_, number) => ({ key: `reply ${number}`, under: 'result', rank: 'result' as const }));
    await put(core.installation, 'tin/1', [{ key: 'result', rank: 'result' }, ...replies]);
    const carrying = carry(taking(calls, { post }));
    await carrying.idle();
    await put(core.installation, 'tin/2', [{ key: 'other' }]);
    await carrying.idle();
    expect(calls).toEqual(['post 1/tin/2/other']);
  });

  it('are replies once what they answer is there', async () => {
    const threads: unknown[] = [];
    const post: Messenger['post'] = async ({ key, thread }) => (threads.push(thread), String(calls.push(`post ${key}`)));
    await put(core.installation, 'tin/1', [{ key: 'reply', under: 'result', rank: 'result' }, { key: 'result' }]);
    await carry(taking(calls, { post })).idle();
    expect([calls, threads]).toEqual([
      ['post 1/tin/1/result', 'post 1/tin/1/reply'],
      [undefined, '1'],
    ]);
  });

  it('stand for themselves where an operator took what they answer as delivered', async () => {
    const threads: unknown[] = [];
    const post: Messenger['post'] = async ({ key, thread }) => {
      if (key.endsWith('/result') && calls.length === 0) {
        calls.push('lost');
        throw new DeliveryFault('unknown', 'no answer');
      }
      return threads.push(thread), String(calls.push(`post ${key}`));
    };
    const { find: _, ...blind } = taking(calls, { post });
    await put(core.installation, 'tin/1', [{ key: 'result' }, { key: 'reply', under: 'result' }]);
    const carrying = carry(blind);
    await carrying.idle();
    expect(calls).toEqual(['lost']);
    await core.store.update((tables) => tables.releaseHeld('delivered'));
    await carrying.idle();
    await put(core.installation, 'tin/1', [{ key: 'result' }, { key: 'later', under: 'result' }]);
    await carrying.idle();
    expect([calls, threads]).toEqual([
      ['lost', 'post 1/tin/1/reply', 'post 1/tin/1/result', 'post 1/tin/1/later'],
      [undefined, undefined, '3'],
    ]);
    expect(await core.store.look((tables) => tables.health(0))).toMatchObject({ owed: 0, held: 0 });
  });

  it('are idle while something only backs off', async () => {
    const post: Messenger['post'] = async () => {
      throw new DeliveryFault('again', 'too many', 3_600_000);
    };
    await put(core.installation, 'tin/1', [{ key: 'a' }]);
    await carry(taking(calls, { post })).idle();
    expect(await core.store.look((tables) => tables.health(0))).toMatchObject({ owed: 1, held: 0 });
  });

  it('are tried again, also when that falls due while it is looked', async () => {
    await put(core.installation, 'tin/1', [{ key: 'a' }]);
    const store: Store = {
      ...core.store,
      look: async (work) => {
        const found = await core.store.look(work);
        await pause(30);
        return found;
      },
    };
    const a = await row('a');
    await core.store.update((tables) => tables.shown(a, { kind: 'again', at: Date.now() + 15, tries: 1, landed: 'no' }));
    carry(taking(calls), undefined, store);
    await expect.poll(() => calls, PATIENT).toEqual(['post 1/tin/1/a']);
  });

  it('do not post anew what was removed by somebody and is wanted no more', async () => {
    await put(core.installation, 'tin/1', [{ key: 'a' }]);
    const edit: Messenger['edit'] = async () => {
      throw new DeliveryFault('vanished', 'it is gone');
    };
    const carrying = carry(taking(calls, { edit }));
    await carrying.idle();
    await retire('a', card);
    await carrying.idle();
    expect(calls).toEqual(['post 1/tin/1/a']);
    await put(core.installation, 'tin/1', [{ key: 'a' }]);
    await carrying.idle();
    expect(calls).toEqual(['post 1/tin/1/a', 'post 1/tin/1/a']);
  });

  it('look before they post what was given up on while it may have landed', async () => {
    await put(core.installation, 'tin/1', [{ key: 'a' }]);
    const fault = new DeliveryFault('refused', 'may not look');
    const find: NonNullable<Messenger['find']> = async () => {
      throw fault;
    };
    const post: Messenger['post'] = async ({ key }) => {
      calls.push(`post ${key}`);
      throw new DeliveryFault('unknown', 'no answer', 1);
    };
    const blind = carry(taking(calls, { find, post }));
    await expect.poll(held, PATIENT).toEqual([expect.stringContaining('may not look')]);
    await blind.stop();
    await core.store.update((tables) => tables.releaseHeld('failed'));
    await carry(taking(calls, { find: async () => 'there' })).idle();
    expect(calls).toEqual(['post 1/tin/1/a', 'edit there']);
  });

  it('open no conversation to take back what was never posted', async () => {
    const { id } = await person('U1');
    await put(core.installation, 'tin/1', [{ key: 'nudge', to: id }]);
    await retire('nudge', null);
    await carry(taking(calls)).idle();
    expect(calls).toEqual([]);
    expect(await core.store.look((tables) => tables.health(0))).toMatchObject({ owed: 0 });
  });

  it('edit and take back where they posted, wherever the person is found by now', async () => {
    const { id } = await person('U1');
    await put(core.installation, 'tin/1', [
      { key: 'edited', to: id },
      { key: 'removed', to: id },
    ]);
    const carrying = carry(taking(calls));
    await carrying.idle();
    await core.store.update((tables) => tables.putDirect(core.installation.id, 'U1', 'elsewhere'));
    await put(core.installation, 'tin/1', [{ key: 'edited', to: id }]);
    await retire('removed', null);
    await carrying.idle();
    expect((await row('edited')).address).toBe('direct U1');
    expect(calls.slice(3).sort()).toEqual(['edit 2', 'remove 3 at direct U1']);
  });

  it('open each conversation once, within a budget that holds up nothing else', async () => {
    const limits: Messenger['limits'] = (call) => (call === 'open' ? [{ key: 'open', count: 1, per: 3_600_000 }] : []);
    const [one, two] = [await person('U1'), await person('U2')];
    const nudges = [one, one, two].map(({ id }, number) => ({ key: `nudge ${number}`, to: id, rank: 'result' as const }));
    await put(core.installation, 'tin/1', [...nudges, { key: 'card' }]);
    carry(taking(calls, { limits }));
    await expect
      .poll(() => calls.toSorted(), PATIENT)
      .toEqual(['open U1', 'post 1/tin/1/card', 'post 1/tin/1/nudge 0', 'post 1/tin/1/nudge 1']);
  });

  it('go to other conversations while one does not open', async () => {
    const { id } = await person('U1');
    await put(core.installation, 'tin/1', [{ key: 'nudge', to: id, rank: 'result' }, { key: 'card' }]);
    let answer = (_: string): void => {};
    const opened = new Promise<string>((resolve) => (answer = resolve));
    const carrying = carry(taking(calls, { direct: () => opened }));
    await expect.poll(() => calls, PATIENT).toEqual(['post 1/tin/1/card']);
    answer('direct');
    await carrying.idle();
    expect(calls).toEqual(['post 1/tin/1/card', 'post 1/tin/1/nudge']);
  });

  it('outlive a store that fails, beside one another too, and catch up', async () => {
    let broken = 6;
    const store: Store = {
      ...core.store,
      update: (work) => (broken-- > 0 ? Promise.reject(new Error('the disk is full')) : core.store.update(work)),
    };
    const people = [await person('U1'), await person('U2'), await person('U3')];
    await put(core.installation, 'tin/1', [{ key: 'card' }, ...people.map(({ id }, number) => ({ key: `nudge ${number}`, to: id }))]);
    carry(taking(calls, { direct: async (_, user) => (await pause(5), user) }), undefined, store);
    await expect.poll(async () => await core.store.look((tables) => tables.health(0)), PATIENT).toMatchObject({ owed: 0, held: 0 });
    expect(calls.filter((call) => call.startsWith('post'))).toHaveLength(4);
  });

  it('outlive a store that cannot be looked into', async () => {
    let broken = 2;
    const store: Store = {
      ...core.store,
      look: (work) => (broken-- > 0 ? Promise.reject(new Error('the disk is gone')) : core.store.look(work)),
    };
    await put(core.installation, 'tin/1', [{ key: 'card' }]);
    carry(taking(calls), undefined, store);
    await expect.poll(() => calls, PATIENT).toEqual(['post 1/tin/1/card']);
  });
});
