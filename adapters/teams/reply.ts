import { randomUUID } from 'node:crypto';
import { addressText, button, type Card, facts, said } from '../../src/card.ts';
import { namesIn } from '../../src/directory.ts';
import { disclosed, type Event, type Reply } from '../../src/event.ts';
import { type Frame, UNFRAMED } from '../../src/exhibition.ts';
import type { Rooms } from '../../src/house.ts';
import { type Names, plain, type Text, typed, words } from '../../src/text.ts';
import { type AdaptiveCard, adaptiveCard, dialogPress, type Press, rich } from './card.ts';
import { formCard } from './form.ts';
import type { Place } from './connector.ts';
import { cardAttachment, cardMessage } from './messenger.ts';
import { pressAt } from './places.ts';
import { hung } from './wall.ts';

/** What answers a press in Teams: a dialog that opens or stays, or a sentence in its place. */
export type DialogAnswer = { task: { type: 'continue'; value: object } | { type: 'message'; value: string } };

type FormReply = Extract<Reply, { kind: 'form' | 'errors' }>;

/** What an answer is made with. */
export type Study = Pick<Rooms, 'store' | 'exhibition' | 'address' | 'config'>;

interface Reading {
  names: Names;
  zone: string;
  frame: Frame;
}

/** Teams takes no larger message; a dialog may be longer. */
const MOST_BYTES = 28 * 1024;
const TOO_LONG =
  'This form offers too many names for a message. Please open it where Teams shows dialogs: in the app on a computer or a phone.';

/** Above this a dialog is as tall as Teams makes it. */
const SMALL_FORM = 4;

/** The reply in a dialog, seen by the one who pressed and nobody else. Nothing typed is lost: a refusal hands it back. */
export async function dialog(study: Study, reply: Reply, event: Event, nonce: string | undefined): Promise<DialogAnswer> {
  const reading = await readingOf(study, reply, event);
  switch (reply.kind) {
    case 'form':
    case 'errors':
      return opened(reply.form.title, await formAs(study, reply, event, reading, nonce), reply.form.fields.length > SMALL_FORM);
    case 'refused':
      if (reply.typed) return opened('Not taken', adaptiveCard(refusalCard(reply), reading.names, dialogPress, UNFRAMED), false);
      return { task: { type: 'message', value: plain(reply.text, reading.names, reading.zone) } };
    case 'done':
      return { task: { type: 'message', value: plain(disclosed(reply), reading.names, reading.zone) } };
    case 'card':
      return opened(
        plain(reply.card.title, reading.names, reading.zone),
        adaptiveCard(reply.card, reading.names, dialogPress, reading.frame),
        true,
      );
  }
}

/** The same in a personal chat, for a client that opens no dialogs: a form is filled and sent where it stands. */
export async function inline(study: Study, reply: Reply, event: Event, place: Place, nonce: string | undefined): Promise<object> {
  const reading = await readingOf(study, reply, event);
  if (reply.kind !== 'form' && reply.kind !== 'errors') return shown(reply, reading, pressAt(place));
  const card = await formAs(study, reply, event, reading, nonce);
  const title = { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: reply.form.title, size: 'large', weight: 'bolder' }] };
  const message = cardMessage({ ...card, body: [title, ...card.body] }, reply.form.title);
  return Buffer.byteLength(JSON.stringify(message)) > MOST_BYTES ? sentence(TOO_LONG) : message;
}

/** The reply to words. A form is opened by a button, since it can only open by a press. `heard` is not said again in a channel. */
export async function spoken(study: Study, reply: Reply, event: Event, place: Place, heard: string | undefined): Promise<object> {
  const reading = await readingOf(study, reply, event);
  if (reply.kind === 'form' || reply.kind === 'errors') {
    const { to, input, about } = reply.form.press;
    const press = button('Fill in the form', to, input, { style: 'primary', ...(about === undefined ? {} : { about }) });
    return shown({ kind: 'card', card: { title: words(reply.form.title), parts: [], buttons: [press] } }, reading, pressAt(place));
  }
  if (reply.kind === 'card' || heard === undefined) return shown(reply, reading, pressAt(place));
  return shown({ ...reply, text: unsaid(reply.text, heard) }, reading, pressAt(place));
}

/** A sentence of Offshoot's own as a message. */
export function sentence(text: string): object {
  return cardMessage(sentenceCard(words(text), NOBODY), text);
}

function shown(reply: Exclude<Reply, FormReply>, { names, zone, frame }: Reading, press: Press): object {
  switch (reply.kind) {
    case 'card':
      return cardMessage(adaptiveCard(reply.card, names, press, frame), plain(reply.card.title, names, zone));
    case 'refused':
      if (reply.typed) return cardMessage(adaptiveCard(refusalCard(reply), names, press, UNFRAMED), plain(reply.text, names, zone));
      return cardMessage(sentenceCard(reply.text, names), plain(reply.text, names, zone));
    case 'done':
      return cardMessage(sentenceCard(reply.text, names), plain(reply.text, names, zone));
  }
}

async function formAs(
  { store }: Study,
  reply: FormReply,
  event: Event,
  { names, zone }: Reading,
  nonce: string | undefined,
): Promise<AdaptiveCard> {
  const { form } = reply;
  const { workspace } = event.installation;
  const choices = await store.look(function* (tables) {
    return { people: yield* tables.peopleOf(workspace), channels: yield* tables.channelsOf(workspace) };
  });
  const more = reply.kind === 'errors' ? { errors: reply.errors } : reply.notice ? { notice: reply.notice } : {};
  const mark = reply.kind === 'errors' && nonce ? nonce : randomUUID();
  const seen = form.seen === undefined ? {} : { seen: form.seen };
  return formCard(form, { names, choices, zone, ...more }, { press: addressText(form.press), shape: form.shape, nonce: mark, ...seen });
}

const opened = (title: string, card: AdaptiveCard, tall: boolean): DialogAnswer => ({
  task: {
    type: 'continue',
    value: { title: title.slice(0, 64), height: tall ? 'large' : 'medium', width: 'medium', card: cardAttachment(card) },
  },
});

const refusalCard = ({ text, typed: kept }: Extract<Reply, { kind: 'refused' }>): Card => ({
  title: words('Not taken'),
  tone: 'warning',
  parts: [said(text), said(words('What you wrote, to copy:')), facts(...(kept ?? []).map((one) => [one.label, typed(one.text)] as const))],
});

const sentenceCard = (text: Text, names: Names): AdaptiveCard => ({
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  body: [rich(text, names)],
});

/** Without the pieces that repeat what the person has just typed: in a channel everybody would read them from Offshoot. */
function unsaid(text: Text, heard: string): Text {
  const lower = heard.toLowerCase();
  return text.map((span) => (span.kind === 'typed' && lower.includes(span.text.toLowerCase()) ? { kind: 'words', text: '…' } : span));
}

async function readingOf(study: Study, reply: Reply, { installation, by }: Event): Promise<Reading> {
  const { store } = study;
  const known = by.zone ? undefined : await store.look((tables) => tables.identity(installation.id, by.user));
  return {
    names: await namesIn(store, installation.workspace, reply),
    zone: by.zone ?? known?.zone ?? 'UTC',
    frame: reply.kind === 'card' ? await hung(study, installation.workspace, reply.card) : UNFRAMED,
  };
}

const NOBODY: Names = { person: () => 'somebody', channel: () => 'a channel' };
