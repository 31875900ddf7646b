import { randomUUID } from 'node:crypto';
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { addressOf, addressText, type Address } from '../../src/card.ts';
import { addressMeant, commandOf, type Verb } from '../../src/commands.ts';
import { namesIn } from '../../src/directory.ts';
import type { Engine } from '../../src/engine.ts';
import type { Event, Reply } from '../../src/event.ts';
import type { InstallationRow, Store } from '../../src/store.ts';
import type { Clock } from '../../src/clock.ts';
import { isZone } from '../../src/zone.ts';
import { plain } from '../../src/text.ts';
import { adaptiveCard, plainPress } from '../teams/card.ts';
import { formCard, rawOf } from '../teams/form.ts';
import { CAST, CHANNELS } from './cast.ts';
import { buttonsOf, cardText, directAddress, type LocalRoom, type News, shownMessage } from './local.ts';
import { onlyThisPage, problem } from './guard.ts';
import { pageFiles } from './page.ts';

interface Rooms {
  store: Store;
  engine: Engine;
  installation: InstallationRow;
  room: LocalRoom;
  verbs: readonly Verb[];
  clock: Clock;
  /** Moves the manual clock and resolves when nothing is due or owed; absent when the clock is the system's. */
  moveClock?: ((to: number, asleep: boolean) => Promise<void>) | undefined;
}

const user = z.string().transform((said, context) => {
  const wanted = said.trim().toLowerCase();
  const found = CAST.find((one) => one.user === wanted || one.name.toLowerCase() === wanted);
  if (found) return found.user;
  context.addIssue(`“as” is one of ${CAST.map((one) => one.user).join(', ')}`);
  return z.NEVER;
});
const place = z.string().transform((said, context) => {
  const wanted = said.trim().replace(/^#/, '').toLowerCase();
  if (wanted === 'direct' || (CHANNELS as readonly string[]).includes(wanted)) return wanted;
  context.addIssue(`“channel” is one of ${CHANNELS.join(', ')}, or direct`);
  return z.NEVER;
});
const zone = z.string().refine(isZone, '“zone” is an IANA zone like Europe/Berlin').optional();

const saying = z.object({ as: user, channel: place, text: z.string().trim().min(1).max(4000), zone });
const pressing = z.object({
  as: user,
  message: z.coerce.number().int().positive().nullish(),
  button: z.string().min(1).max(300),
  values: z.record(z.string(), z.unknown()).optional(),
  nonce: z.string().min(8).max(100),
  shape: z.string().optional(),
  seen: z.number().int().optional(),
  channel: place.optional(),
  zone,
});
const moving = z.object({
  at: z.union([z.number().int(), z.iso.datetime({ offset: true }).transform((said) => Date.parse(said))]),
  asleep: z.boolean().default(false),
});

/** The local workspace over HTTP: the page, and what it and scripts call. Mounted on loopback only. */
export function localServer(rooms: Rooms): Router {
  const { store, room, verbs, clock } = rooms;
  const router = Router();
  router.use(onlyThisPage, express.json({ limit: '1mb' }));
  router.use(pageFiles());

  router.get('/local/room', (_, response) => {
    response.json({
      people: CAST,
      channels: CHANNELS,
      commands: verbs.map((verb) => ({ command: commandOf(verb), about: verb.about ?? '', does: verb.does, example: verb.example })),
      manual: rooms.moveClock !== undefined,
      now: clock.now(),
    });
  });

  router.get('/local/messages', async (request, response) => {
    const asked = z.object({ as: user, channel: place }).safeParse(request.query);
    if (!asked.success) return problem(response, 400, sentence(asked.error));
    const rows = await store.look((tables) => tables.messagesAt(addressIn(asked.data.channel, asked.data.as), 300));
    const people = new Map(CAST.map((one) => [one.user, one.name]));
    response.json({ messages: rows.map((row) => shownMessage(row, people)) });
  });

  router.post('/local/say', async (request, response) => {
    const said = saying.safeParse(request.body);
    if (!said.success) return problem(response, 400, sentence(said.error));
    const { as, channel, text: words } = said.data;
    const address = addressIn(channel, as);
    const meant = commandIn(words, channel === 'direct');
    if (meant === undefined || channel === 'direct') {
      const id = await store.update((tables) =>
        tables.putMessage({ address, author: as, text: words, card: null, thread: null, key: null, at: clock.now(), edited: null }),
      );
      room.tell({ kind: 'message', id, address });
    }
    if (meant === undefined) return void response.json({ kind: 'said' });
    const press = addressMeant(meant, verbs);
    const reply: Reply =
      'refused' in press
        ? { kind: 'refused', text: press.refused }
        : await rooms.engine.handle(event(as, channel, said.data.zone, press, `local ${randomUUID()}`));
    response.json(await shown(reply, as, said.data.zone));
  });

  router.post('/local/press', async (request, response) => {
    const pressed = pressing.safeParse(request.body);
    if (!pressed.success) return problem(response, 400, sentence(pressed.error));
    const { as, button, values, nonce, shape, seen, message } = pressed.data;
    const press = addressOf(button) ?? (message ? await labelled(message, button) : undefined);
    if (!press) return problem(response, 404, `There is no button “${button}” on message ${message ?? '(none)'}.`);
    const answers = values
      ? { answers: { raw: rawOf(values), ...(shape === undefined ? {} : { shape }), ...(seen === undefined ? {} : { seen }) } }
      : {};
    const reply = await rooms.engine.handle({
      ...event(as, pressed.data.channel, pressed.data.zone, press, `local ${as} ${nonce} ${addressText(press)}`),
      ...answers,
    });
    response.json(await shown(reply, as, pressed.data.zone));
  });

  router.get('/local/events', (request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', connection: 'keep-alive' });
    response.write('retry: 1000\n\n');
    const stop = room.listen((news: News) => response.write(`data: ${JSON.stringify(news)}\n\n`));
    request.on('close', stop);
  });

  router.post('/local/clock', async (request, response) => {
    const moved = moving.safeParse(request.body);
    if (!moved.success) return problem(response, 400, '“at” is a moment, as epoch milliseconds or like 2027-03-15T09:00:00Z.');
    if (!rooms.moveClock) return problem(response, 409, 'The clock is the system’s and is not moved. Start with OFFSHOOT_CLOCK=manual.');
    if (moved.data.at < clock.now())
      return problem(response, 409, `The clock stands at ${new Date(clock.now()).toISOString()} and does not go back.`);
    await rooms.moveClock(moved.data.at, moved.data.asleep);
    room.tell({ kind: 'clock', at: clock.now() });
    response.json({ now: clock.now() });
  });

  router.use('/local', (_, response) => problem(response, 404, 'There is nothing here.'));
  router.use((fault: Error & { status?: number }, _: Request, response: Response, next: NextFunction) => {
    if (response.headersSent || !fault.status || fault.status >= 500) return next(fault);
    problem(response, fault.status, 'The request could not be read: it should be JSON.');
  });
  return router;

  function event(as: string, channel: string | undefined, said: string | undefined, press: Address, cause: string): Event {
    const name = CAST.find((one) => one.user === as)!.name;
    return {
      cause,
      installation: rooms.installation,
      by: { user: as, name, ...(said ? { zone: said } : {}) },
      ...(channel && channel !== 'direct' ? { where: { address: channel, name: channel } } : {}),
      press,
      at: clock.now(),
    };
  }

  async function labelled(message: number, label: string): Promise<Address | undefined> {
    const row = await store.look((tables) => tables.message(message));
    const buttons = row ? shownMessage(row, new Map()).buttons : [];
    const found = buttons.find((one) => one.label.toLowerCase() === label.toLowerCase());
    return found && addressOf(found.button);
  }

  /** The reply as the page shows it: texts as cards, the form as a card with inputs, and its fields for scripts. */
  async function shown(reply: Reply, as: string, said: string | undefined): Promise<object> {
    const workspace = rooms.installation.workspace;
    const names = await namesIn(store, workspace, reply);
    const readerZone = said ?? (await zoneOf(as));
    switch (reply.kind) {
      case 'done':
        return { kind: 'done', text: plain(reply.text, names, readerZone) };
      case 'refused':
        return { kind: 'refused', text: plain(reply.text, names, readerZone), typed: reply.typed ?? [] };
      case 'card':
        return {
          kind: 'card',
          text: cardText(reply.card, names, readerZone),
          card: adaptiveCard(reply.card, names, plainPress),
          buttons: buttonsOf(reply.card),
        };
      case 'form':
      case 'errors': {
        const { form } = reply;
        const choices = await store.look(function* (tables) {
          return { people: yield* tables.peopleOf(workspace), channels: yield* tables.channelsOf(workspace) };
        });
        const notice = reply.kind === 'form' ? reply.notice : undefined;
        const errors = reply.kind === 'errors' ? reply.errors : undefined;
        const filling = { names, choices, zone: readerZone, ...(notice ? { notice } : {}), ...(errors ? { errors } : {}) };
        const { title, submit, fields, shape, seen } = form;
        const intro = form.intro.map((one) => plain(one, names, readerZone));
        const shownForm = {
          title,
          submit,
          intro,
          fields,
          shape,
          seen: seen ?? null,
          button: addressText(form.press),
          card: formCard(form, filling, { press: addressText(form.press) }),
        };
        return {
          kind: reply.kind,
          form: shownForm,
          ...(notice ? { notice: plain(notice, names, readerZone) } : {}),
          ...(errors ? { errors } : {}),
        };
      }
    }
  }

  async function zoneOf(as: string): Promise<string> {
    return (await store.look((tables) => tables.identity(rooms.installation.id, as)))?.zone ?? 'UTC';
  }
}

const addressIn = (channel: string, as: string): string => (channel === 'direct' ? directAddress(as) : channel);

/** What of the words is meant for Offshoot: a slash command, a mention, or anything in a direct message. */
function commandIn(words: string, direct: boolean): string | undefined {
  if (words.startsWith('/')) return words;
  const mention = /^@offshoot\b\s*/i.exec(words);
  if (mention) return words.slice(mention[0].length);
  return direct ? words : undefined;
}

const sentence = (fault: z.ZodError): string =>
  fault.issues.map((issue) => (issue.code === 'custom' ? issue.message : `“${issue.path.join('.')}”: ${issue.message}`)).join('; ');
