import type { types } from '@slack/bolt';
import { addressText, type Button, type Card, cardText, type Part } from '../../src/card.ts';
import type { Frame } from '../../src/exhibition.ts';
import { type Picture, pictureText } from '../../src/picture.ts';
import { plain, type Text, words } from '../../src/text.ts';
import type { Cast } from './cast.ts';
import { elements, escaped, fitted, plainObject, small } from './text.ts';

type Block = types.KnownBlock;

/** The action id of every button begins so; the address is its value. */
export const PRESS = 'press';

const TONES: Record<NonNullable<Card['tone']>, string> = { good: '🟢', warning: '🟡', bad: '🔴' };

/**
 * A card as Block Kit. `zone` is for the few places where Slack cannot show a moment in the reader's own; `frame` knows the pictures
 * that Slack has, by the ids of their files.
 */
export function cardBlocks(card: Card, cast: Cast, zone: string, frame: Frame): Block[] {
  return [
    ...titleBlocks(card, cast, zone),
    ...card.parts.flatMap((part) => partBlocks(part, cast, zone, frame)),
    ...actions(card.buttons ?? []),
  ];
}

/** The whole card for notifications, and for clients that show no blocks. */
export const notice = (card: Card, cast: Cast, zone: string): string => fallback(cardText(card, cast.names, zone));

/** Fit for the `text` of a message: Slack takes at most 4,000 characters in an edit. */
export const fallback = (said: string): string => escaped(fitted(said, 3500)).slice(0, 4000);

export const paragraph = (text: Text, cast: Cast): types.RichTextBlock => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: elements(text, cast) }],
});

function titleBlocks({ title, tone }: Card, cast: Cast, zone: string): Block[] {
  const said = plain(title, cast.names, zone);
  const shown = tone ? `${TONES[tone]} ${said}` : said;
  if ([...shown].length <= 150) return [{ type: 'header', text: plainObject(shown) }];
  return [paragraph(title, cast)];
}

function partBlocks(part: Part, cast: Cast, zone: string, frame: Frame): Block[] {
  switch (part.kind) {
    case 'text':
      return [paragraph(part.text, cast)];
    case 'heading':
      return [paragraph([{ kind: 'words', text: plain(part.text, cast.names, zone), bold: true }], cast)];
    case 'facts':
      return part.facts.length === 0 ? [] : [factsBlock(part.facts, cast)];
    case 'list':
      if (part.items.length === 0) return [];
      return [part.bare ? linesBlock(part.items, cast) : listBlock(part.items, cast)];
    case 'note':
      return [{ type: 'context', elements: [small(part.text, cast, zone)] }];
    case 'picture':
      return [imageBlock(part.picture, frame) ?? paragraph(words(pictureText(part.picture)), cast)];
    case 'buttons':
      return actions(part.buttons);
  }
}

export function imageBlock(picture: Picture, frame: Frame): types.ImageBlock | undefined {
  const id = frame(picture);
  if (id === undefined) return undefined;
  // The notice of the message holds more of the words where they are longer than this.
  const alt_text = fitted(pictureText(picture), 1_900).slice(0, 2_000);
  return { type: 'image', slack_file: { id }, alt_text, title: plainObject(fitted(picture.title, 200) || 'Picture') };
}

function factsBlock(facts: readonly { label: string; value: Text }[], cast: Cast): types.RichTextBlock {
  const lines = facts.flatMap(({ label, value }, index): types.RichTextElement[] => [
    { type: 'text', text: `${index === 0 ? '' : '\n'}${label}: `, style: { bold: true } },
    ...elements(value, cast),
  ]);
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: lines }] };
}

function listBlock(items: readonly Text[], cast: Cast): types.RichTextBlock {
  const points = items.map((item) => ({ type: 'rich_text_section' as const, elements: elements(item, cast) }));
  return { type: 'rich_text', elements: [{ type: 'rich_text_list', style: 'bullet', elements: points }] };
}

/** One line each, for items that bring their own mark. */
function linesBlock(items: readonly Text[], cast: Cast): types.RichTextBlock {
  const lines = items.flatMap((item, index): types.RichTextElement[] => [
    ...(index === 0 ? [] : [{ type: 'text' as const, text: '\n' }]),
    ...elements(item, cast),
  ]);
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: lines }] };
}

function actions(buttons: readonly Button[]): Block[] {
  const rows: Block[] = [];
  for (let from = 0; from < buttons.length; from += 25)
    rows.push({ type: 'actions', elements: buttons.slice(from, from + 25).map((one, index) => buttonElement(one, from + index)) });
  return rows;
}

function buttonElement({ label, press, style }: Button, index: number): types.Button {
  return {
    type: 'button',
    action_id: `${PRESS}-${index + 1}`,
    text: plainObject(fitted(label, 75)),
    value: addressText(press),
    ...(style ? { style } : {}),
  };
}
