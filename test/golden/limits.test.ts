import { describe, expect, it } from 'vitest';
import { adaptiveCard, dialogPress } from '../../adapters/teams/card.ts';
import { UNFRAMED } from '../../src/exhibition.ts';
import type { Names } from '../../src/text.ts';
import { MAXIMA, samples, USUAL } from './samples.ts';
import { rendering } from './render.ts';

/**
 * Every card and form at the longest names, texts and rosters, against what the platforms document that they take.
 * Slack: docs.slack.dev, Block Kit reference and the reference of views. Teams: a bot's message of 28 KB
 * (learn.microsoft.com, limits and specifications for Teams), six actions in a row, Adaptive Card schema 1.5.
 */
const maxima = samples(MAXIMA);
const usual = samples(USUAL);

it('has the same cards and forms at the maxima as usually', () => {
  expect([...usual.cards.keys()].filter((name) => !maxima.cards.has(name))).toEqual([]);
  expect([...maxima.forms.keys()]).toEqual([...usual.forms.keys()]);
});

/** More than a person takes in at a glance: what is rarer stands behind one button, as in flows/vote/menu.ts. */
it.each([...maxima.cards])('has at most six buttons of its own: card %s', (_, { buttons = [] }) => {
  // Each idea of a check-in is a thing of its own.
  const actions = buttons.map(({ label }) => label).filter((label) => !label.startsWith('Register as offshoot: '));
  expect(actions.slice(6)).toEqual([]);
});

describe.each([
  ['Slack takes', rendering('slack', true)],
  ['Slack takes, where it has none of the pictures,', rendering('slack', true, false)],
])('%s', (_, render) => {
  it.each([...maxima.cards])('card %s', (_, card) => {
    const message = render.card(card) as { text: string; blocks: object[] };
    expect(message.blocks.length).toBeLessThanOrEqual(50);
    expect(message.text.length).toBeLessThanOrEqual(4000);
    expect(overlong(message.blocks)).toEqual([]);
    // Not documented, but met by others: a message whose blocks hold more text than this is refused.
    expect(textLength(message.blocks)).toBeLessThanOrEqual(13_000);
  });
  it.each([...maxima.forms])('form %s', (_, form) => {
    const view = render.form(form) as { title: { text: string }; submit: { text: string }; private_metadata: string; blocks: object[] };
    expect([...view.title.text].length).toBeLessThanOrEqual(24);
    expect([...view.submit.text].length).toBeLessThanOrEqual(24);
    expect(view.private_metadata.length).toBeLessThanOrEqual(3000);
    expect(view.blocks.length).toBeLessThanOrEqual(100);
    expect(Buffer.byteLength(JSON.stringify(view))).toBeLessThanOrEqual(250 * 1024);
    expect(overlong(view.blocks)).toEqual([]);
  });
});

describe.each([
  ['Teams takes', rendering('teams', true)],
  ['Teams takes, with words for the pictures,', rendering('teams', true, false)],
])('%s', (_, render) => {
  it.each([...maxima.cards])('card %s', (_, card) => {
    const rendered = render.card(card) as { actions?: object[] };
    expect(Buffer.byteLength(JSON.stringify(rendered))).toBeLessThanOrEqual(28 * 1024);
    expect(rows(rendered).filter((row) => row.length > 6)).toEqual([]);
    expect(duplicates(rendered)).toEqual([]);
  });
  it.each([...maxima.forms])('form %s', (_, form) => {
    const rendered = render.form(form);
    expect(duplicates(rendered)).toEqual([]);
    // A dialog is an answer to an invoke, not a message; the longest roster of 500 people is offered in it.
    expect(Buffer.byteLength(JSON.stringify(rendered))).toBeLessThanOrEqual(200 * 1024);
  });
});

/** Letters of most scripts take three bytes each, which Teams counts. */
describe('Teams takes, in a script of three bytes a letter,', () => {
  const wide = samples({ ...MAXIMA, name: 'あ'.repeat(80), text: 'あいうえ '.repeat(200) });
  const names: Names = { person: (id) => id.padEnd(80, 'あ'), channel: () => 'あ'.repeat(80) };
  it.each([...wide.cards])('card %s', (_, card) => {
    expect(Buffer.byteLength(JSON.stringify(adaptiveCard(card, names, dialogPress, UNFRAMED)))).toBeLessThanOrEqual(28 * 1024);
  });
});

interface Node {
  [key: string]: unknown;
}

const LIMITS: Readonly<Record<string, (node: Node) => boolean>> = {
  header: (node) => lengthOf(node.text) <= 150,
  section: (node) => lengthOf(node.text) <= 3000,
  context: (node) => list(node.elements).length <= 10 && list(node.elements).every((one) => lengthOf(one) <= 3000),
  actions: (node) => list(node.elements).length <= 25,
  button: (node) => lengthOf(node.text) <= 75 && String(node.value).length <= 2000 && String(node.action_id).length <= 255,
  input: (node) => lengthOf(node.label) <= 2000 && lengthOf(node.hint) <= 2000 && String(node.block_id).length <= 255,
  image: (node) => between(String(node.alt_text).length, 1, 2000) && between(lengthOf(node.title), 1, 2000),
  static_select: (node) =>
    [node, ...list(node.option_groups)].every((group) => list(group.options).length <= 100 && list(group.options).every(fits)) &&
    list(node.option_groups).length <= 100,
  checkboxes: (node) => list(node.options).length <= 10 && list(node.options).every(fits),
  plain_text_input: (node) =>
    Number(node.max_length ?? 0) <= 3000 && String(node.initial_value ?? '').length <= Number(node.max_length ?? 3000),
  multi_users_select: (node) => list(node.initial_users).length <= 500,
};

const between = (length: number, least: number, most: number): boolean => length >= least && length <= most;
const fits = (option: Node): boolean => lengthOf(option.text) <= 75 && String(option.value).length <= 150;
const list = (value: unknown): Node[] => (Array.isArray(value) ? (value as Node[]) : []);
const lengthOf = (object: unknown): number => String((object as { text?: unknown } | undefined)?.text ?? '').length;

/** Everything inside that is over a limit, or empty where Slack wants at least one character. */
function overlong(value: unknown): unknown[] {
  return nodes(value).filter(
    (node) =>
      (LIMITS[String(node.type)]?.(node) ?? true) === false ||
      (node.type === 'text' && node.text === '') ||
      (node.type === 'plain_text' && node.text === ''),
  );
}

const textLength = (blocks: unknown): number =>
  nodes(blocks).reduce((sum, node) => sum + (typeof node.text === 'string' ? node.text.length : 0), 0);

/** Actions that are shown in one row. */
const rows = (card: unknown): unknown[][] => nodes(card).flatMap((node) => (Array.isArray(node.actions) ? [node.actions] : []));

function duplicates(card: unknown): string[] {
  const ids = nodes(card).flatMap((node) => (typeof node.id === 'string' ? [node.id] : []));
  return ids.filter((id, index) => ids.indexOf(id) !== index);
}

function nodes(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodes);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Node, ...Object.values(value).flatMap(nodes)];
}
