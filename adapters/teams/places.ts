import type { ChannelRow, InstallationRow, Store, Tables, Work } from '../../src/store.ts';
import { isZone } from '../../src/zone.ts';
import { addressOf, isPersonal, tenantOf, type TeamsActivity, userOf } from './activity.ts';
import { dialogPress, plainPress, type Press } from './card.ts';
import type { Place } from './connector.ts';
import { mayMove } from './trust.ts';

/** Where the conversations of Teams are, kept in the database so that Offshoot can write there unasked and after a restart. */
export interface Places {
  /** Keeps where an activity came from; false when the conversation is known at an address that this one may not replace. */
  keep(installation: InstallationRow, activity: TeamsActivity): Promise<boolean>;
  /** The place of an address: a channel's id, or what `direct` of an identity holds. */
  find(installation: InstallationRow, address: string): Promise<Place | undefined>;
  /** Any place of the installation: what a conversation with somebody new is started from. */
  any(installation: InstallationRow): Promise<Place | undefined>;
}

export function places(store: Store): Places {
  const seen = new Map<number, Place>();
  /** What this process has kept already, so that an activity of a known conversation costs no query. */
  const kept = new Map<string, string>();

  async function keep(installation: InstallationRow, activity: TeamsActivity): Promise<boolean> {
    const place = placeOf(activity);
    const reference = JSON.stringify(place);
    const key = `${installation.id} ${isPersonal(activity) ? userOf(activity.from) : addressOf(activity)}`;
    if (kept.get(key) === reference) return true;
    const stored = await store.update((tables) =>
      isPersonal(activity) ? keepDirect(tables, installation, activity, place) : keepChannel(tables, installation, activity, place),
    );
    if (!stored) return false;
    kept.set(key, reference);
    seen.set(installation.id, place);
    return true;
  }

  return {
    keep,
    async find(installation, address) {
      if (address.startsWith('{')) return JSON.parse(address) as Place;
      const channel = await store.look((tables) => tables.channelAt(installation.id, address));
      return channel?.reference ? (JSON.parse(channel.reference) as Place) : undefined;
    },
    async any(installation) {
      const known = seen.get(installation.id);
      if (known) return known;
      const channels = await store.look((tables) => tables.channelsOf(installation.workspace));
      const found = channels.find((channel) => channel.installation === installation.id && channel.reference !== null)?.reference;
      return found ? (JSON.parse(found) as Place) : undefined;
    },
  };
}

function* keepChannel(tables: Tables, installation: InstallationRow, activity: TeamsActivity, place: Place): Work<boolean> {
  const known = yield* tables.channelAt(installation.id, addressOf(activity));
  const reference = JSON.stringify(place);
  if (!fits(known?.reference, place)) return false;
  if (known?.reference !== reference) yield* tables.putChannel(installation, { ...newChannel(activity), ...known, reference });
  return true;
}

function* keepDirect(tables: Tables, installation: InstallationRow, activity: TeamsActivity, place: Place): Work<boolean> {
  const user = userOf(activity.from);
  const reference = JSON.stringify(place);
  const person = (yield* tables.identity(installation.id, user)) ?? (yield* tables.putIdentity(installation, user, profileOf(activity)));
  const identity = (yield* tables.identitiesOf(installation.workspace, person.id)).find((one) => one.installation === installation.id);
  if (!fits(identity?.direct, place)) return false;
  if (identity?.direct !== reference) yield* tables.putDirect(installation.id, user, reference);
  return true;
}

/** The place of a thread in a channel; elsewhere there are none. */
export function threadIn(place: Place, message: string | undefined): Place {
  if (message === undefined || place.conversation.conversationType !== 'channel') return place;
  return { ...place, conversation: { ...place.conversation, id: `${place.conversation.id};messageid=${message}` } };
}

/** How buttons are pressed at a place: Microsoft's playground, alone among the clients, opens no dialogs and sends nothing for them. */
export const pressAt = ({ serviceUrl }: Place): Press =>
  new URL(serviceUrl).pathname.startsWith('/_connector') ? plainPress : dialogPress;

/** The same place for another channel of the team. */
export const channelOf = (place: Place, id: string): Place => ({ ...place, conversation: { ...place.conversation, id } });

/** Where an activity came from, without the thread. */
export function placeOf(activity: TeamsActivity): Place {
  const { serviceUrl, recipient, conversation } = activity;
  const { conversationType } = conversation;
  return {
    channelId: 'msteams',
    serviceUrl,
    bot: { id: recipient.id, name: '' },
    conversation: { id: addressOf(activity), conversationType, tenantId: tenantOf(activity) } as Place['conversation'],
  };
}

/** What an activity says of the one who acts. */
export function profileOf({ from, localTimezone, entities }: TeamsActivity): { name?: string; zone?: string } {
  const zone = localTimezone ?? entities?.find((entity) => entity.type === 'clientInfo')?.timezone;
  return { ...(from.name ? { name: from.name } : {}), ...(zone && isZone(zone) ? { zone } : {}) };
}

function newChannel(activity: TeamsActivity): Pick<ChannelRow, 'address' | 'name' | 'zone'> {
  const { channelData, conversation } = activity;
  const name = channelData?.channel?.name || conversation.name || (conversation.conversationType === 'groupChat' ? 'Group chat' : '');
  return { address: addressOf(activity), name: name || addressOf(activity), zone: null };
}

function fits(reference: string | null | undefined, place: Place): boolean {
  return !reference || mayMove((JSON.parse(reference) as Place).serviceUrl, place.serviceUrl);
}
