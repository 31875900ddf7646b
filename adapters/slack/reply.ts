import type { types } from '@slack/bolt';
import { button, type Card } from '../../src/card.ts';
import { disclosed, type Reply } from '../../src/event.ts';
import { type Frame, UNFRAMED } from '../../src/exhibition.ts';
import type { Form } from '../../src/form.ts';
import { type Picture, pictureText } from '../../src/picture.ts';
import { plain, type Text, text, words } from '../../src/text.ts';
import { blockOf, type Values } from './answers.ts';
import { cardBlocks, fallback, imageBlock, notice, paragraph } from './blocks.ts';
import type { Cast } from './cast.ts';
import { formView, quoted, sayingView } from './modal.ts';

/** A message's content. */
export interface Said {
  text: string;
  blocks: types.KnownBlock[];
}

export type Spoken = Exclude<Reply, { kind: 'form' | 'errors' }>;

/** What is said to a person: a sentence, a refusal with what they had typed, or a card with the pictures that Slack has. */
export function saidOf(reply: Spoken, cast: Cast, zone: string, frame: Frame = UNFRAMED): Said {
  switch (reply.kind) {
    case 'card':
      return { text: notice(reply.card, cast, zone), blocks: cardBlocks(reply.card, cast, zone, frame) };
    case 'done':
      return sentenceOf(disclosed(reply), cast, zone);
    case 'refused': {
      const { text: said, blocks } = sentenceOf(reply.text, cast, zone);
      if (!reply.typed?.length) return { text: said, blocks };
      const kept = paragraph(words('What you wrote is here, so that nothing of it is lost:'), cast);
      return { text: said, blocks: [...blocks, kept, ...reply.typed.map((one) => quoted(one.label, one.text))] };
    }
  }
}

/** The pictures alone, below a card that was shown in words for want of them. */
export function picturesOf(pictures: readonly Picture[], frame: Frame): Said {
  const shown = pictures.filter((picture) => frame(picture) !== undefined);
  return { text: fallback(shown.map(pictureText).join('\n')), blocks: shown.flatMap((picture) => imageBlock(picture, frame) ?? []) };
}

export const sentenceOf = (said: Text, cast: Cast, zone: string): Said => ({
  text: fallback(plain(said, cast.names, zone)),
  blocks: [paragraph(said, cast)],
});

/** Slack opens a form only where something was just pressed: elsewhere this card offers it. */
export const offerOf = (form: Form): Card => ({
  title: words(form.title),
  parts: [],
  buttons: [button('Fill in the form', form.press.to, form.press.input, { style: 'primary', ...aboutOf(form) })],
});

/** The acknowledgement of a submitted form: errors at their fields, the next page, or what was done. */
export function answerTo(reply: Reply, submitted: { title: string; values: Values }, cast: Cast, zone: string, frame: Frame) {
  if (reply.kind === 'form') return { response_action: 'update' as const, view: formView(reply.form, cast, reply.notice) };
  if (reply.kind !== 'errors')
    return { response_action: 'update' as const, view: sayingView(submitted.title, saidOf(reply, cast, zone, frame).blocks) };
  const errors: Record<string, string> = {};
  const homeless: string[] = [];
  for (const [key, sentence] of Object.entries(reply.errors)) {
    const block = blockOf(submitted.values, key);
    if (block === undefined) homeless.push(sentence);
    else errors[block] = sentence;
  }
  if (homeless.length === 0) return { response_action: 'errors' as const, errors };
  const all = Object.values(reply.errors).join(' ');
  return { response_action: 'update' as const, view: formView(reply.form, cast, text`${all}`) };
}

const aboutOf = ({ press: { about } }: Form) => (about === undefined ? {} : { about });
