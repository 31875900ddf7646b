import type { Engine } from '../../src/engine.ts';
import type { InstallationRow, Store } from '../../src/store.ts';

/** Who is in the local workspace: roles, so that one person can play a whole committee. */
export const CAST: readonly { user: string; name: string }[] = [
  { user: 'pm', name: 'PM' },
  { user: 'sponsor', name: 'Sponsor' },
  { user: 'chair', name: 'Chair' },
  { user: 'member-1', name: 'Member 1' },
  { user: 'member-2', name: 'Member 2' },
  { user: 'member-3', name: 'Member 3' },
  { user: 'member-4', name: 'Member 4' },
];

export const CHANNELS = ['steering-committee', 'churn-model', 'general'] as const;

/**
 * Enters the people and channels, and registers an example initiative and a committee as people would: once, since whoever acts is
 * written to where they act.
 */
export async function furnish(store: Store, engine: Engine, installation: InstallationRow, now: number): Promise<void> {
  const { ids, held } = await store.update(function* (tables) {
    const people = new Map<string, string>();
    for (const { user, name } of CAST)
      people.set(user, ((yield* tables.identity(installation.id, user)) ?? (yield* tables.putIdentity(installation, user, { name }))).id);
    for (const name of CHANNELS) {
      const known = yield* tables.channelAt(installation.id, name);
      people.set(name, (known ?? (yield* tables.putChannel(installation, { address: name, name, zone: null, reference: null }))).id);
    }
    return { ids: people, held: yield* tables.kindsOf(installation.workspace) };
  });
  const id = (key: string) => ids.get(key)!;
  async function register(cause: string, user: string, to: string, raw: Record<string, string>): Promise<void> {
    if (held.includes(to)) return;
    await engine.handle({ cause, installation, by: { user }, press: { to, input: 'open' }, answers: { raw }, at: now });
  }
  await register('example initiative', 'pm', 'initiative', {
    name: 'Churn model',
    owner: id('pm'),
    sponsor: id('sponsor'),
    channel: id('churn-model'),
  });
  await register('example committee', 'chair', 'body', {
    name: 'Steering committee',
    members: ['chair', 'member-1', 'member-2', 'member-3', 'member-4'].map(id).join(','),
    chair: id('chair'),
    quorum: '60 %',
    rule: 'any no-go blocks',
  });
}
