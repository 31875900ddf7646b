import { addressText, type Button, type Card, type Part } from '../../src/card.ts';
import type { Frame } from '../../src/exhibition.ts';
import { type Picture, pictureText } from '../../src/picture.ts';
import { type Names, type Text, words } from '../../src/text.ts';
import { inert, type Mention, runs, subtle } from './text.ts';

/** An Adaptive Card of schema 1.5, which every Teams client and the browser's renderer can show. */
export interface AdaptiveCard {
  type: 'AdaptiveCard';
  $schema: string;
  version: '1.5';
  body: object[];
  actions?: object[];
  msteams?: object;
}

/** How a button is pressed: as a dialog in Teams, as a plain submit in the browser. */
export type Press = (address: string) => object;

export const dialogPress: Press = (address) => ({ msteams: { type: 'task/fetch' }, press: address });
export const plainPress: Press = (address) => ({ press: address });

const COLOURS: Record<NonNullable<Card['tone']>, string> = { good: 'good', warning: 'warning', bad: 'attention' };

/** Teams shows no more of a card's own actions; further ones stand in its body. */
const MOST_ACTIONS = 6;

/** A quarter of what a message may hold: a family of forty at the longest names is shorter. */
const LONGEST_ALT = 7_000;

/**
 * The card for Teams and the browser. `frame` says where its pictures are fetched. People to notify are added to `mentions`, if the
 * caller can notify.
 */
export function adaptiveCard(card: Card, names: Names, press: Press, frame: Frame, mentions?: Mention[]): AdaptiveCard {
  const actions = (card.buttons ?? []).map((button) => action(button, press));
  const below = actions.slice(MOST_ACTIONS);
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    body: [title(card, names), ...card.parts.flatMap((part) => elements(part, names, press, frame, mentions)), ...rows(below)],
    ...(actions.length > 0 ? { actions: actions.slice(0, MOST_ACTIONS) } : {}),
    msteams: { width: 'Full' },
  };
}

/** Actions that stand in the body, in rows that Teams shows whole. */
const rows = (actions: readonly object[]): object[] =>
  Array.from({ length: Math.ceil(actions.length / MOST_ACTIONS) }, (_, row) => ({
    type: 'ActionSet',
    actions: actions.slice(row * MOST_ACTIONS, (row + 1) * MOST_ACTIONS),
  }));

export function rich(text: Text, names: Names, mentions?: Mention[], more: object = {}): object {
  return { type: 'RichTextBlock', inlines: runs(text, names, mentions), ...more };
}

function title(card: Card, names: Names): object {
  const colour = card.tone ? { color: COLOURS[card.tone] } : {};
  const inlines = runs(card.title, names).map((run) => ({ ...run, size: 'large', weight: 'bolder', ...colour }));
  return { type: 'RichTextBlock', inlines };
}

function elements(part: Part, names: Names, press: Press, frame: Frame, mentions: Mention[] | undefined): object[] {
  switch (part.kind) {
    case 'text':
      return [rich(part.text, names, mentions)];
    case 'heading':
      return [{ type: 'RichTextBlock', spacing: 'medium', inlines: runs(part.text, names).map((run) => ({ ...run, weight: 'bolder' })) }];
    case 'facts':
      return part.facts.map(({ label, value }) => columns(label, rich(value, names, mentions)));
    case 'list':
      return part.items.map((item) =>
        rich(part.bare ? item : [{ kind: 'words', text: '• ' }, ...item], names, mentions, { spacing: 'small' }),
      );
    case 'note':
      return [{ type: 'RichTextBlock', spacing: 'small', inlines: subtle(part.text, names, mentions) }];
    case 'picture':
      return [image(part.picture, frame) ?? rich(words(pictureText(part.picture)), names)];
    case 'buttons':
      return [{ type: 'ActionSet', actions: part.buttons.map((button) => action(button, press)) }];
  }
}

/** As wide as the narrowest phone shows it; larger when somebody taps it. */
function image(picture: Picture, frame: Frame): object | undefined {
  const url = frame(picture);
  if (url === undefined) return undefined;
  const altText = inert(pictureText(picture)).slice(0, LONGEST_ALT);
  return { type: 'Image', url, altText, width: '320px', msteams: { allowExpand: true } };
}

function columns(label: string, value: object): object {
  return {
    type: 'ColumnSet',
    spacing: 'small',
    columns: [
      {
        type: 'Column',
        width: '110px',
        items: [{ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: label, isSubtle: true }] }],
      },
      { type: 'Column', width: 'stretch', items: [value] },
    ],
  };
}

function action({ label, press: address, style }: Button, press: Press): object {
  const styles = { primary: 'positive', danger: 'destructive' } as const;
  return { type: 'Action.Submit', title: label, data: press(addressText(address)), ...(style ? { style: styles[style] } : {}) };
}
