import type { FlowId } from './id.ts';
import { type Picture, pictureText } from './picture.ts';
import { type Names, plain, type Text, words } from './text.ts';

/** What is shown: one description, rendered as Block Kit on Slack and as an Adaptive Card in Teams and the browser. */
export interface Card {
  title: Text;
  /** Only a hint for colour; what it means is always said in words, too. */
  tone?: 'good' | 'warning' | 'bad';
  parts: readonly Part[];
  buttons?: readonly Button[];
}

export type Part =
  | { kind: 'text'; text: Text }
  | { kind: 'heading'; text: Text }
  | { kind: 'facts'; facts: readonly { label: string; value: Text }[] }
  /** `bare`: the items bring their own mark. */
  | { kind: 'list'; items: readonly Text[]; bare?: true }
  /** A quiet line: sources, versions, who can see what. */
  | { kind: 'note'; text: Text }
  /** Drawn by each platform in its own way; `pictureText` says the same in words. */
  | { kind: 'picture'; picture: Picture }
  /** Buttons that belong to the part above them, as in a list of open things. */
  | { kind: 'buttons'; buttons: readonly Button[] };

/** A button carries an address and a label; never state, never authority. Who may press is asked of the state on arrival. */
export interface Button {
  label: string;
  press: Address;
  style?: 'primary' | 'danger';
}

/** Where an input goes: to one flow, to a kind of flow (to open one), or to a page. `about` fills a form in advance. */
export interface Address {
  to: FlowId | string;
  input: string;
  about?: string;
}

export const said = (text: Text): Part => ({ kind: 'text', text });
export const note = (text: Text): Part => ({ kind: 'note', text });
export const pictured = (picture: Picture): Part => ({ kind: 'picture', picture });
export const heading = (text: string): Part => ({ kind: 'heading', text: words(text) });
export const items = (texts: readonly Text[]): Part => ({ kind: 'list', items: texts });
export const bareItems = (texts: readonly Text[]): Part => ({ kind: 'list', items: texts, bare: true });
export const facts = (...rows: (readonly [label: string, value: Text] | false | undefined)[]): Part => ({
  kind: 'facts',
  facts: rows.filter((row) => !!row).map(([label, value]) => ({ label, value })),
});

export function button(
  label: string,
  to: FlowId | string,
  input: string,
  more: { style?: 'primary' | 'danger'; about?: string } = {},
): Button {
  const { style, about } = more;
  return { label, press: { to, input, ...(about === undefined ? {} : { about }) }, ...(style ? { style } : {}) };
}

/** The address as one string of at most 255 characters, fit for a button on any platform: `vote/17 ballot`. */
export const addressText = ({ to, input, about }: Address): string => [to, input, about].filter((part) => part !== undefined).join(' ');

/** The other way round; undefined when it is no address. */
export function addressOf(said: string): Address | undefined {
  const found = /^([a-z-]+(?:\/[1-9]\d{0,9})?) ([a-z-]+)(?: (.+))?$/s.exec(said);
  if (!found?.[1] || !found[2]) return undefined;
  return { to: found[1], input: found[2], ...(found[3] === undefined ? {} : { about: found[3] }) };
}

/** The same card once it is history: nothing left to press. */
export function settled(card: Card): Card {
  const { buttons: _gone, ...rest } = card;
  return { ...rest, parts: card.parts.filter((part) => part.kind !== 'buttons') };
}

/** The whole card in plain words, a line for each thing it says; moments in `zone`. */
export function cardText(card: Card, names: Names, zone: string): string {
  const say = (text: Text): string => plain(text, names, zone);
  return [say(card.title), ...card.parts.flatMap((part) => linesOf(part, say))].join('\n');
}

function linesOf(part: Part, say: (text: Text) => string): string[] {
  switch (part.kind) {
    case 'text':
    case 'heading':
    case 'note':
      return [say(part.text)];
    case 'list':
      return part.items.map((item) => (part.bare ? say(item) : `• ${say(item)}`));
    case 'facts':
      return part.facts.map(({ label, value }) => `${label}: ${say(value)}`);
    case 'picture':
      return [pictureText(part.picture)];
    case 'buttons':
      return [];
  }
}
