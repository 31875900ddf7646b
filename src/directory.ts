import type { Address } from './card.ts';
import type { Event } from './event.ts';
import type { Moment } from './flow.ts';
import type { Form, Reading } from './form.ts';
import type { ChannelId, PersonId, WorkspaceId } from './id.ts';
import type { ChannelRow, InstallationRow, PersonRow, Store, Tables, Work } from './store.ts';
import type { Names } from './text.ts';

/** Who acts, as the flows know them: never a platform's address. */
export interface Who {
  workspace: WorkspaceId;
  installation: InstallationRow;
  person: PersonId;
  moment: Omit<Moment, 'head'>;
}

/** The person and the channel of an event; those never seen before are entered, with what the payload says of them. */
export function* identify(tables: Tables, event: Event): Work<Who> {
  const { installation, by, where, at } = event;
  const person = yield* personOf(tables, installation, by);
  // What a messenger saw happen is nothing that they did.
  if (!event.reported && person.acted_on !== installation.id) yield* tables.acted(installation.workspace, person.id, installation.id);
  const place = where ? yield* channelOf(tables, installation, { ...where, zone: person.zone }) : undefined;
  const zone = person.zone ?? place?.zone ?? 'UTC';
  const here = place ? { here: { channel: place.id, zone: place.zone ?? zone } } : {};
  return { workspace: installation.workspace, installation, person: person.id, moment: { at, by: person.id, zone, ...here } };
}

/** The press as it is meant now: what was addressed to somebody who turned out to be somebody else is theirs. */
export function* addressed(tables: Tables, workspace: WorkspaceId, press: Address): Work<Address> {
  if (!press.about?.startsWith('person/')) return press;
  const row = yield* known(tables, workspace, press.about);
  return row?.same_as ? { ...press, about: row.same_as } : press;
}

function* known(tables: Tables, workspace: WorkspaceId, id: string): Work<PersonRow | undefined> {
  const [row] = (yield* tables.rows(workspace, { as: '', rows: 'people', where: { id } })) as PersonRow[];
  return row;
}

function* personOf(tables: Tables, installation: InstallationRow, { user, ...profile }: Event['by']): Work<PersonRow> {
  const known = yield* tables.identity(installation.id, user);
  if (!known) return yield* tables.putIdentity(installation, user, profile);
  const news = (profile.name !== undefined && known.name === '') || (profile.zone !== undefined && profile.zone !== known.zone);
  if (!news) return known;
  yield* tables.updateProfile(installation.workspace, known.id, profile);
  return { ...known, name: known.name || profile.name || '', zone: profile.zone ?? known.zone };
}

function* channelOf(
  tables: Tables,
  installation: InstallationRow,
  { address, name, zone }: { address: string; name?: string; zone: string | null },
): Work<ChannelRow> {
  const known = yield* tables.channelAt(installation.id, address);
  if (known && (name === undefined || known.name === name) && (known.zone !== null || zone === null)) return known;
  return yield* tables.putChannel(installation, {
    address,
    name: name ?? known?.name ?? address,
    zone: known?.zone ?? zone,
    reference: known?.reference ?? null,
  });
}

/** Prepares the reading of a form: what its pickers handed over (`U123`, `person/5`) becomes ids of this workspace. */
export function* reading(tables: Tables, who: Who, form: Form, { raw, picked = [] }: NonNullable<Event['answers']>): Work<Reading> {
  const found = new Map<string, string>();
  for (const field of form.fields) {
    if (field.kind !== 'person' && field.kind !== 'people' && field.kind !== 'channel') continue;
    const kind = field.kind === 'channel' ? 'channel' : 'person';
    const said = raw[field.key];
    for (const part of Array.isArray(said) ? (said as readonly string[]) : String(said ?? '').split(',')) {
      const one = part.trim();
      const mayEnter = picked.includes(one);
      const id = kind === 'channel' ? yield* channelMeant(tables, who, one, mayEnter) : yield* personMeant(tables, who, one, mayEnter);
      if (id) found.set(`${kind} ${one}`, id);
    }
  }
  return { zone: who.moment.zone, resolve: (kind, one) => found.get(`${kind} ${one}`) };
}

function* personMeant(tables: Tables, who: Who, raw: string, mayEnter: boolean): Work<PersonId | undefined> {
  if (raw.startsWith('person/')) {
    const row = yield* known(tables, who.workspace, raw);
    return row?.same_as ?? row?.id;
  }
  if (mayEnter) return (yield* personOf(tables, who.installation, { user: raw })).id;
  return (yield* tables.identity(who.installation.id, raw))?.id;
}

function* channelMeant(tables: Tables, who: Who, raw: string, mayEnter: boolean): Work<ChannelId | undefined> {
  const { installation, workspace } = who;
  // UTC is what is taken where nothing is known; the channel may still learn better.
  const zone = who.moment.zone === 'UTC' ? null : who.moment.zone;
  if (mayEnter) return (yield* channelOf(tables, installation, { address: raw, zone })).id;
  const known = raw.startsWith('channel/')
    ? yield* tables.channelOf(workspace, raw as ChannelId)
    : yield* tables.channelAt(installation.id, raw);
  // Of a channel in which nobody has spoken to Offshoot yet: what is posted there goes by the clock of whoever chose it.
  if (known?.installation === installation.id) yield* channelOf(tables, installation, { address: known.address, zone });
  return known?.id;
}

/** The names of all people and channels that something to be shown mentions. Unknown ones read as `somebody`. */
export async function namesIn(store: Store, workspace: WorkspaceId, shown: unknown): Promise<Names> {
  const ids = [...new Set(JSON.stringify(shown)?.match(/\b(?:person|channel)\/[1-9]\d*\b/g) ?? [])];
  if (ids.length === 0) return naming(new Map());
  const names = await store.look(function* (tables) {
    const found = new Map<string, string>();
    const people = ids.filter((id) => id.startsWith('person/'));
    const rows = (people.length > 0 ? yield* tables.rows(workspace, { as: '', rows: 'people', where: { id: people } }) : []) as PersonRow[];
    for (const row of rows) found.set(row.id, row.name);
    for (const id of ids.filter((one) => one.startsWith('channel/'))) {
      const row = yield* tables.channelOf(workspace, id as ChannelId);
      if (row) found.set(id, row.name);
    }
    return found;
  });
  return naming(names);
}

const naming = (names: ReadonlyMap<string, string>): Names => ({
  person: (id) => names.get(id) || 'somebody',
  channel: (id) => names.get(id) || 'a channel',
});
