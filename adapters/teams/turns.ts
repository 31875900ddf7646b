import { setTimeout as sleep } from 'node:timers/promises';
import { addressMeant } from '../../src/commands.ts';
import type { Event, Reply } from '../../src/event.ts';
import type { Rooms } from '../../src/house.ts';
import { DeliveryFault } from '../../src/messenger.ts';
import type { InstallationRow } from '../../src/store.ts';
import { addressOf, isOfExtension, isPersonal, type TeamsActivity, userOf } from './activity.ts';
import type { Connector, Place } from './connector.ts';
import { isSettled } from './faults.ts';
import { givenBy, PUT_EVIDENCE } from './message.ts';
import type { Newcomers } from './newcomers.ts';
import { placeOf } from './places.ts';
import { eventOf, mentionsBot, type Pressed, pressedIn, wordsIn } from './receive.ts';
import { dialog, inline, sentence, spoken } from './reply.ts';
import type { Roster } from './roster.ts';

/** What an activity leads to, once it is believed. Resolves to the body of an invoke's answer, or to nothing. */
export type Turns = (activity: TeamsActivity, installation: InstallationRow) => Promise<object | undefined>;

interface Desk extends Pick<Rooms, 'store' | 'engine' | 'verbs' | 'clock' | 'log' | 'courier' | 'exhibition' | 'address' | 'config'> {
  teams: Connector;
  roster: Roster;
  newcomers: Newcomers;
}

/** What a button of a card or a form of a dialog comes as. */
const SUBMITTED: ReadonlySet<string> = new Set(['task/fetch', 'task/submit', 'composeExtension/submitAction']);

/** Teams gives an answer to words fifteen seconds: what it puts off is sent again within these, so that nobody is left without one. */
const PATIENCE = 8_000;

/** Without a word of Teams on how long to wait. */
const PAUSE = 1_000;

/** How many answered messages are remembered: Teams delivers one again within minutes. */
const REMEMBERED = 5_000;

export function turns(desk: Desk): Turns {
  const { store, engine, verbs, clock, log, courier, teams, roster, newcomers } = desk;
  const answered = new Set<string>();

  return async (activity, installation) => {
    switch (activity.type) {
      case 'invoke':
        return await press(activity, installation);
      case 'message':
        await once(activity, installation, () => hear(activity, installation));
        return undefined;
      case 'installationUpdate':
      case 'conversationUpdate':
        await arrive(activity, installation);
        return undefined;
      default:
        return undefined;
    }
  };

  /** A button or a form of a dialog, or the command in the menu of a message. */
  async function press(activity: TeamsActivity, installation: InstallationRow): Promise<object | undefined> {
    if (activity.name === 'composeExtension/fetchTask') return await choose(activity, installation);
    if (!SUBMITTED.has(activity.name ?? '')) return undefined;
    const pressed = pressedIn((activity.value as { data?: unknown } | null)?.data);
    if (!pressed) return { task: { type: 'message', value: 'This button is not one of Offshoot’s. Write “help” to it for all it does.' } };
    const event = await happened(activity, installation, pressed);
    return await dialog(desk, await engine.handle(event), event, pressed.nonce);
  }

  /** The form for evidence, with the message in it whose menu was used. */
  async function choose(activity: TeamsActivity, installation: InstallationRow): Promise<object | undefined> {
    const { commandId, messagePayload } = (activity.value ?? {}) as { commandId?: unknown; messagePayload?: unknown };
    if (commandId !== PUT_EVIDENCE) return undefined;
    const event = await happened(activity, installation, { press: { to: 'evidence', input: 'open' } });
    return await dialog(desk, await engine.handle({ ...event, given: givenBy(messagePayload) }), event, undefined);
  }

  /** The menu of a message is there in conversations, too, that Offshoot is not in: those are not entered as places to post in. */
  async function happened(activity: TeamsActivity, installation: InstallationRow, pressed: Pressed): Promise<Event> {
    const { where, ...event } = eventOf(activity, installation, pressed, clock.now());
    if (!where || !isOfExtension(activity)) return { ...event, ...(where ? { where } : {}) };
    const known = await store.look((tables) => tables.channelAt(installation.id, where.address));
    return { ...event, ...(known ? { where } : {}) };
  }

  /** Words, or a form that a client without dialogs sent as a message. */
  async function hear(activity: TeamsActivity, installation: InstallationRow): Promise<void> {
    const pressed = pressedIn(activity.value);
    if (pressed) return await pressInline(activity, installation, pressed);
    if (!isPersonal(activity) && !mentionsBot(activity)) return;
    await acquainted(activity, installation);
    const heard = wordsIn(activity);
    const meant = addressMeant(heard, verbs);
    const event = eventOf(activity, installation, { press: 'refused' in meant ? { to: 'help', input: 'show' } : meant }, clock.now());
    const reply: Reply = 'refused' in meant ? { kind: 'refused', text: meant.refused } : await engine.handle(event);
    await answer(here(activity), await spoken(desk, reply, event, here(activity), isPersonal(activity) ? undefined : heard));
  }

  /** A form is answered where it stands, so that it cannot be sent twice; what is private goes to the personal chat. */
  async function pressInline(activity: TeamsActivity, installation: InstallationRow, pressed: Pressed): Promise<void> {
    const event = eventOf(activity, installation, pressed, clock.now());
    const message = await inline(desk, await engine.handle(event), event, here(activity), pressed.nonce);
    if (!isPersonal(activity)) return await answerPrivately(activity, installation, message);
    if (!pressed.answers || !activity.replyToId) return await answer(here(activity), message);
    try {
      await teams.edit(here(activity), activity.replyToId, message);
    } catch (fault) {
      log.warn({ fault }, 'a form could not be replaced by its answer, so the answer is a message of its own');
      await answer(here(activity), message);
    }
  }

  async function answerPrivately(activity: TeamsActivity, installation: InstallationRow, message: object): Promise<void> {
    try {
      await answer(await directOf(activity, installation), message);
      await answer(here(activity), sentence('Your Teams opens no dialog here, so I have answered you in our personal chat.'));
    } catch (fault) {
      if (!(fault instanceof DeliveryFault)) throw fault;
      log.warn({ fault }, 'a private answer could not be delivered');
      await answer(here(activity), sentence('I cannot write to you yet: add Offshoot to your personal chats, and press again.'));
    }
  }

  /** Posts an answer; what Teams only puts off is tried again, for as long as somebody waits for it. */
  async function answer(place: Place, message: object): Promise<void> {
    for (let left = PATIENCE; ; ) {
      try {
        return void (await teams.post(place, message));
      } catch (fault) {
        const wait = fault instanceof DeliveryFault && fault.kind === 'again' ? (fault.wait ?? PAUSE) : left;
        if (wait >= left) throw fault;
        left -= wait;
        await sleep(wait);
      }
    }
  }

  async function directOf(activity: TeamsActivity, installation: InstallationRow): Promise<Place> {
    const user = userOf(activity.from);
    const direct = await store.look(function* (tables) {
      const person = yield* tables.identity(installation.id, user);
      const identities = person ? yield* tables.identitiesOf(installation.workspace, person.id) : [];
      return identities.find((one) => one.installation === installation.id)?.direct;
    });
    if (direct) return JSON.parse(direct) as Place;
    const made = await teams.converse(placeOf(activity), user);
    await store.update((tables) => tables.putDirect(installation.id, user, JSON.stringify(made)));
    return made;
  }

  /** Offshoot was added, or somebody joined: what was held for this conversation is tried again, and names are learnt. */
  async function arrive(activity: TeamsActivity, installation: InstallationRow): Promise<void> {
    if (activity.type === 'installationUpdate' && !activity.action?.startsWith('add')) return;
    void roster.learn(installation, activity);
    newcomers.welcome(installation, activity);
    await store.update(function* (tables) {
      const to = isPersonal(activity)
        ? yield* tables.identity(installation.id, userOf(activity.from))
        : yield* tables.channelAt(installation.id, addressOf(activity));
      if (to) yield* tables.release(installation.workspace, to.id);
    });
    courier.wake();
    if (activity.type !== 'installationUpdate' || !isPersonal(activity)) return;
    const event = eventOf(activity, installation, { press: { to: 'help', input: 'show' } }, clock.now());
    await answer(here(activity), await spoken(desk, await engine.handle(event), event, here(activity), undefined));
  }

  /** A channel that was never heard of is learnt before its first answer, so that its form can offer people and channels by name. */
  async function acquainted(activity: TeamsActivity, installation: InstallationRow): Promise<void> {
    if (isPersonal(activity)) return;
    const channel = await store.look((tables) => tables.channelAt(installation.id, addressOf(activity)));
    if (!channel || channel.name === channel.address) await roster.learn(installation, activity);
  }

  /** Teams delivers a message again that was not answered in time; the answer is on its way, or there. */
  async function once(activity: TeamsActivity, installation: InstallationRow, work: () => Promise<void>): Promise<void> {
    const key = `${installation.id} ${activity.conversation.id} ${activity.id}`;
    if (answered.has(key)) return;
    answered.add(key);
    if (answered.size > REMEMBERED) answered.delete(answered.values().next().value!);
    try {
      await work();
    } catch (fault) {
      if (!isSettled(fault)) answered.delete(key);
      throw fault;
    }
  }
}

/** The conversation of an activity with its thread. */
const here = (activity: TeamsActivity): Place => {
  const place = placeOf(activity);
  return { ...place, conversation: { ...place.conversation, id: activity.conversation.id } };
};
