import { randomUUID } from 'node:crypto';
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import type { z } from 'zod';
import { addressOf, addressText, type Address } from '../../src/card.ts';
import type { Clock } from '../../src/clock.ts';
import { addressMeant, commandOf, type Verb } from '../../src/commands.ts';
import type { Engine } from '../../src/engine.ts';
import type { Event, Reply } from '../../src/event.ts';
import type { Exhibition } from '../../src/exhibition.ts';
import type { InstallationRow, Store } from '../../src/store.ts';
import { rawOf } from '../teams/form.ts';
import { looking, moving, pressing, saying, understood } from './asked.ts';
import { CAST, CHANNELS } from './cast.ts';
import { onlyThisPage, problem } from './guard.ts';
import { directAddress, type LocalRoom, shownMessage } from './local.ts';
import { pageFiles } from './page.ts';
import { shownReply } from './reply.ts';
import { newsStream } from './stream.ts';

interface Rooms {
  store: Store;
  exhibition: Pick<Exhibition, 'hang'>;
  engine: Engine;
  installation: InstallationRow;
  room: LocalRoom;
  verbs: readonly Verb[];
  clock: Clock;
  /** Moves the manual clock and resolves when nothing is due or owed; absent when the clock is the system's. */
  moveClock?: ((to: number, asleep: boolean) => Promise<void>) | undefined;
}

/** How many messages of a channel are shown. */
const MOST = 300;

/** The local workspace over HTTP: the page, and what it and scripts call. Mounted on loopback only. */
export function localServer(rooms: Rooms): { router: Router; close(): void } {
  const { store, room, verbs, clock, installation } = rooms;
  const stream = newsStream(room);
  const router = Router();
  router.use(onlyThisPage, express.json({ limit: '1mb' }), pageFiles());

  router.get('/local/room', async (_, response) => {
    response.json({
      people: CAST,
      channels: CHANNELS,
      commands: verbs.map((verb) => ({ command: commandOf(verb), about: verb.about ?? '', does: verb.does, example: verb.example })),
      manual: rooms.moveClock !== undefined,
      now: clock.now(),
      latest: await latest(store),
    });
  });

  router.get('/local/messages', async (request, response) => {
    const asked = understood(looking, request.query, response);
    if (!asked) return;
    const rows = await store.look((tables) => tables.messagesAt(addressIn(asked.channel, asked.as), MOST));
    const people = new Map(CAST.map((one) => [one.user, one.name]));
    response.json({ messages: rows.map((row) => shownMessage(row, people)) });
  });

  router.post('/local/say', async (request, response) => {
    const said = understood(saying, request.body, response);
    if (!said) return;
    const direct = said.channel === 'direct';
    const meant = commandIn(said.text, direct);
    if (meant === undefined || direct) await post(said);
    if (meant === undefined) return void response.json({ kind: 'said' });
    const press = addressMeant(meant, verbs);
    if ('refused' in press) return await answer(said, { kind: 'refused', text: press.refused }, response);
    await answer(said, await rooms.engine.handle(eventOf(said, press, `local ${randomUUID()}`)), response);
  });

  router.post('/local/press', async (request, response) => {
    const pressed = understood(pressing, request.body, response);
    if (!pressed) return;
    const { as, button, values, nonce, shape, seen, message } = pressed;
    const press = addressOf(button) ?? (message ? await labelled(store, message, button) : undefined);
    if (!press) return problem(response, 404, `There is no button “${button}” on message ${message ?? '(none)'}.`);
    const event = eventOf(pressed, press, `local ${as} ${nonce} ${addressText(press)}`);
    if (values) event.answers = { raw: rawOf(values), ...(shape === undefined ? {} : { shape }), ...(seen === undefined ? {} : { seen }) };
    await answer(pressed, await rooms.engine.handle(event), response);
  });

  router.get('/local/events', stream.serve);

  router.post('/local/clock', async (request, response) => {
    const moved = understood(moving, request.body, response);
    if (!moved) return;
    if (!rooms.moveClock) return problem(response, 409, 'The clock is the system’s and is not moved. Start with OFFSHOOT_CLOCK=manual.');
    if (moved.at < clock.now())
      return problem(response, 409, `The clock stands at ${new Date(clock.now()).toISOString()} and does not go back.`);
    await rooms.moveClock(moved.at, moved.asleep);
    room.tell({ kind: 'clock', at: clock.now() });
    response.json({ now: clock.now() });
  });

  router.use('/local', (_, response) => problem(response, 404, 'There is nothing here.'));
  router.use((fault: Error & { status?: number }, _: Request, response: Response, next: NextFunction) => {
    if (response.headersSent || !fault.status || fault.status >= 500) return next(fault);
    problem(response, fault.status, fault.status === 413 ? 'At most 1 MB, please.' : 'The request could not be read: it should be JSON.');
  });
  return { router, close: stream.close };

  function eventOf({ as, channel, zone }: Asked, press: Address, cause: string): Event {
    const { name } = CAST.find((one) => one.user === as)!;
    return {
      cause,
      installation,
      by: { user: as, name, ...(zone ? { zone } : {}) },
      ...(channel && channel !== 'direct' ? { where: { address: channel, name: channel } } : {}),
      press,
      at: clock.now(),
    };
  }

  async function answer({ as, zone }: Asked, reply: Reply, response: Response): Promise<void> {
    const known = zone ?? (await store.look((tables) => tables.identity(installation.id, as)))?.zone ?? 'UTC';
    response.json(await shownReply(rooms, installation.workspace, reply, known));
  }

  async function post({ as, channel, text }: z.infer<typeof saying>): Promise<void> {
    const address = addressIn(channel, as);
    const message = { address, author: as, text, card: null, thread: null, key: null, at: clock.now(), edited: null };
    const id = await store.update((tables) => tables.putMessage(message));
    room.tell({ kind: 'message', id, address });
  }
}

interface Asked {
  as: string;
  channel?: string | undefined;
  zone?: string | undefined;
}

/** The newest message of each address, so that the page can mark what is unread. */
async function latest(store: Store): Promise<Record<string, number>> {
  const addresses = [...CHANNELS, ...CAST.map((one) => directAddress(one.user))];
  return await store.look(function* (tables) {
    const ids: Record<string, number> = {};
    for (const address of addresses) ids[address] = (yield* tables.messagesAt(address, 1))[0]?.id ?? 0;
    return ids;
  });
}

async function labelled(store: Store, message: number, label: string): Promise<Address | undefined> {
  const row = await store.look((tables) => tables.message(message));
  const buttons = row ? shownMessage(row, new Map()).buttons : [];
  const found = buttons.find((one) => one.label.toLowerCase() === label.toLowerCase());
  return found && addressOf(found.button);
}

const addressIn = (channel: string, as: string): string => (channel === 'direct' ? directAddress(as) : channel);

/** What of the words is meant for Offshoot: a slash command, a mention, or anything in a direct message. */
function commandIn(words: string, direct: boolean): string | undefined {
  if (words.startsWith('/')) return words;
  const mention = /^@offshoot\b\s*/i.exec(words);
  if (mention) return words.slice(mention[0].length);
  return direct ? words : undefined;
}
