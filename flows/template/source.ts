import { type Document, isNode, isScalar, LineCounter, type Node, parseDocument, stringify, visit } from 'yaml';
import { z } from 'zod';
import { MAX } from '../../src/form.ts';
import { list, type Text, text, typed } from '../../src/text.ts';
import type { Criterion, Tier } from '../criteria/go-no-go.ts';
import { leastOf, RULES, type Rule } from '../rules/rule.ts';

/** A criteria set as administrators write it. */
export interface Template {
  name: string;
  title: string;
  criteria: readonly Criterion[];
}

/** So many criteria fit every form and card. */
export const MOST_CRITERIA = 15;

/** The longest title of a template. */
const TITLE = 60;

/** Words that forms and buttons use themselves, or that every object knows. */
const TAKEN = new Set(['type', 'seen', 'about', 'constructor']);

/** Names of other questions. */
const KINDS = new Set(['ranking']);

const TIERS: readonly Tier[] = ['must', 'should', 'nice'];

/** A template of plain YAML, or the first mistake in it, with its line. */
export function templateIn(source: string): { template: Template } | { mistake: Text } {
  const counter = new LineCounter();
  const doc: Document = parseDocument(source, { lineCounter: counter, schema: 'core', merge: false, prettyErrors: false });
  const at = (offset: number | undefined, said: Text) => ({ mistake: text`line ${counter.linePos(offset ?? 0).line || 1}: ${said}` });
  const [fault] = doc.errors;
  if (fault?.code === 'RESOURCE_EXHAUSTION')
    return at(0, text`this is nested too deep. A template has a name, a title and a list of criteria.`);
  if (fault)
    return at(
      fault.pos[0],
      fault.code === 'DUPLICATE_KEY'
        ? text`the same word stands twice before a colon. Each of name, title, key, tier and text stands once.`
        : text`this is not YAML (${typed(fault.message)}). A text with a colon or a quotation mark stands in quotes, like text: "Ready: yes or no".`,
    );
  const foreign = foreignIn(doc, source);
  if (foreign) return at(foreign.offset, foreign.said);
  const read = shape.safeParse(doc.toJS());
  if (!read.success) {
    const [issue] = read.error.issues;
    return at(offsetOf(doc, issue!), sentence(doc, issue!));
  }
  const { criteria } = read.data;
  for (const [index, { key }] of criteria.entries()) {
    const first = criteria.findIndex((one) => one.key === key);
    if (first < index)
      return at(
        nodeAt(doc, ['criteria', index, 'key']),
        text`the key “${typed(key)}” stands twice, first in line ${counter.linePos(nodeAt(doc, ['criteria', first, 'key']) ?? 0).line}.`,
      );
  }
  if (!criteria.some(({ tier }) => tier === 'must'))
    return at(nodeAt(doc, ['criteria']), text`no criterion is a must. At least one decides, like tier: must.`);
  return { template: read.data as Template };
}

/** The other way round: a template as YAML. */
export const sourceOf = ({ name, title, criteria }: Template): string =>
  stringify(
    { name, title, criteria: criteria.map(({ key, tier, text: said, rule }) => ({ key, tier, text: said, ...(rule ? { rule } : {}) })) },
    { lineWidth: 0 },
  );

/** Only plain data: no directives, no anchors that stand for other text, no tags that mean types. */
function foreignIn(doc: Document, source: string): { offset: number; said: Text } | undefined {
  const directive = /^%/m.exec(source);
  if (directive) return { offset: directive.index, said: text`a line that begins with “%” is not taken. Write plain data only.` };
  let found: { offset: number; said: Text } | undefined;
  const foreign = (node: Node, said: Text) => {
    found = { offset: node.range?.[0] ?? 0, said };
    return visit.BREAK;
  };
  visit(doc, {
    Alias: (_, node) =>
      foreign(node, text`“*” stands for text of elsewhere, which is not taken. Write the text itself, or put it in quotes.`),
    Value(_, node) {
      if (node.anchor) return foreign(node, text`“&” names text for elsewhere, which is not taken. Write plain data only.`);
      if (node.tag) return foreign(node, text`“!” gives a type, which is not taken. Write plain data only, or put the text in quotes.`);
      return undefined;
    },
  });
  return found;
}

/** What people see of it: one line without control characters. */
const said = (said: unknown) =>
  typeof said === 'string'
    ? said
        .replaceAll(/\p{Cc}+/gu, ' ')
        .replaceAll(/\s+/g, ' ')
        .trim()
    : said;
const visibly = (longest: number) =>
  z.preprocess(
    said,
    z
      .string()
      .regex(/[^\s\p{Cf}\p{Cc}]/u)
      .max(longest),
  );

const word = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/);

const shape = z.strictObject({
  name: word.refine((name) => !KINDS.has(name)),
  title: visibly(TITLE),
  criteria: z
    .array(
      z.strictObject({
        key: word.refine((key) => !TAKEN.has(key)),
        tier: z.enum(TIERS as [Tier, ...Tier[]]),
        text: visibly(MAX.criterion),
        rule: z.custom<Rule>((rule) => typeof rule === 'string' && isRule(rule)).optional(),
      }),
    )
    .min(1)
    .max(MOST_CRITERIA),
});

const isRule = (rule: string): boolean => (RULES as readonly string[]).includes(rule) || (leastOf(rule as Rule) ?? 501) <= 500;

const FIELDS: Readonly<Record<string, string>> = {
  name: 'name: data-gate',
  title: 'title: Data gate',
  criteria: 'criteria: with a list under it',
  key: 'key: quality',
  tier: 'tier: must',
  text: 'text: The data are complete',
  rule: 'rule: two thirds',
};

function sentence(doc: Document, issue: z.core.$ZodIssue): Text {
  const { path, code } = issue;
  const field = String(path.at(-1) ?? '');
  const found = path.length === 0 ? undefined : doc.getIn(path, false);
  if (code === 'unrecognized_keys')
    return text`“${typed(short(issue.keys[0]!))}” is not known here. ${path.length === 0 ? 'A template has name, title and criteria' : 'A criterion has key, tier, text and, if need be, rule'}.`;
  if (path.length === 0) return text`this is no template: it has a name, a title and criteria, like ${FIELDS.name}.`;
  if (typeof field === 'string' && /^\d+$/.test(field)) return text`a criterion has key, tier and text, like - key: quality.`;
  if (found === undefined || found === null) return text`“${field}” is missing, like ${FIELDS[field]}.`;
  if (field === 'criteria' && code === 'too_big')
    return text`there are more than ${MOST_CRITERIA} criteria. That many fit a ballot, no more.`;
  if (field === 'criteria') return text`there is no list of criteria. Begin each with a dash, like - key: quality.`;
  if (field === 'tier') return text`the tier “${typed(short(found))}” is not known: must, should or nice.`;
  if (field === 'rule')
    return text`the rule “${typed(short(found))}” is not known: ${list([...RULES, 'at least 3 go'].map((one) => text`${one}`))}.`;
  if (typeof found !== 'string') return text`“${field}” is not a text. Put it in quotes, like ${field}: "${typed(short(found))}".`;
  if (code === 'too_big')
    return text`at most ${Number(issue.maximum)} characters, please: this ${field} has ${String(said(found)).length}.`;
  if (field === 'key' || field === 'name') {
    if (TAKEN.has(found) || KINDS.has(found)) return text`“${found}” is a word of Offshoot’s own. Choose another ${field}.`;
    return text`“${typed(short(found))}” is no ${field}: small letters, digits and dashes, at most 31, beginning with a letter, like ${FIELDS[field]}.`;
  }
  return text`“${field}” is empty, like ${FIELDS[field]}.`;
}

const short = (said: unknown): string => (typeof said === 'object' ? 'a list' : String(said)).slice(0, 40);

function offsetOf(doc: Document, issue: z.core.$ZodIssue): number | undefined {
  if (issue.code === 'unrecognized_keys') {
    const map = issue.path.length === 0 ? doc.contents : doc.getIn(issue.path, true);
    const pairs = (map as { items?: { key?: unknown }[] } | null)?.items ?? [];
    const pair = pairs.find(({ key }) => isScalar(key) && String(key.value) === issue.keys[0]);
    return isNode(pair?.key) ? pair.key.range?.[0] : undefined;
  }
  for (let many = issue.path.length; many >= 0; many--) {
    const offset = nodeAt(doc, issue.path.slice(0, many));
    if (offset !== undefined) return offset;
  }
  return undefined;
}

function nodeAt(doc: Document, path: readonly PropertyKey[]): number | undefined {
  const node: unknown = path.length === 0 ? doc.contents : doc.getIn(path, true);
  return isNode(node) ? node.range?.[0] : undefined;
}
