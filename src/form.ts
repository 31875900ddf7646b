import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Address } from './card.ts';
import type { Text } from './text.ts';
import { instantIn, isDate } from './zone.ts';

/** The longest texts that people may type, and the longest rosters; every renderer is tested at these maxima. */
export const MAX = { name: 80, criterion: 120, text: 1000, members: 500 } as const;

/** What a flow asks: a zod schema whose properties carry `.meta({ title, hint, kind, labels, group })`. */
export interface Question {
  title: string;
  schema: z.ZodObject;
  submit?: string;
  /** Said above the fields: who will see the answers, what happens next. */
  intro?: readonly Text[];
  /** Values to start from, in the schema's own types. */
  values?: Readonly<Record<string, unknown>>;
  /** What is known only now, said beside the fields after their own hints: what was answered last time. By field key. */
  hints?: Readonly<Record<string, string | undefined>>;
  /** The number of the ballot that the form was opened on; comes back with the answers. */
  seen?: number;
  /** Whom or what the form turned out to be about, where the press did not say: the answers come back with it. */
  about?: string;
}

/** A question made ready for a renderer. */
export interface Form {
  title: string;
  submit: string;
  intro: readonly Text[];
  fields: readonly Field[];
  press: Address;
  /** Digest of what is asked: a form of an older deployment has another one and is refused with a fresh form. */
  shape: string;
  seen?: number;
}

export type FieldKind = 'text' | 'lines' | 'choice' | 'check' | 'person' | 'people' | 'channel' | 'date' | 'moment' | 'number';

export interface Field {
  key: string;
  kind: FieldKind;
  label: string;
  required: boolean;
  hint?: string;
  /** A heading above the first field of each group. */
  group?: string;
  options?: readonly { value: string; label: string }[];
  longest?: number;
  /** As raw as it came from a platform; a moment as epoch seconds. */
  value?: string | readonly string[];
}

/** Answers as a platform hands them over: strings by field key, nothing read yet. */
export type Raw = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Errors by field key; the key '' is the form as a whole. */
export type FieldErrors = Readonly<Record<string, string>>;

interface Property {
  type?: string;
  title?: string;
  hint?: string;
  kind?: FieldKind;
  group?: string;
  labels?: Record<string, string>;
  enum?: string[];
  maxLength?: number;
}

const asked = new WeakMap<z.ZodObject, { fields: readonly Field[]; shape: string }>();

/** The form of a question. Fields are derived once per schema and kept. */
export function formOf(question: Question, press: Address): Form {
  const { fields, shape } = fieldsOf(question.schema);
  const values = question.values ?? {};
  return {
    title: question.title,
    submit: question.submit ?? 'Save',
    intro: question.intro ?? [],
    fields: fields.map((field) => ({
      ...field,
      ...(values[field.key] === undefined ? {} : { value: rawOf(field.kind, values[field.key]) }),
      ...(question.hints?.[field.key] ? { hint: [field.hint, question.hints[field.key]].filter(Boolean).join(' ') } : {}),
    })),
    press: question.about === undefined ? press : { ...press, about: question.about },
    shape,
    ...(question.seen === undefined ? {} : { seen: question.seen }),
  };
}

/** The same form with what a person had typed in it. */
export function filled(form: Form, raw: Raw): Form {
  return { ...form, fields: form.fields.map((field) => (raw[field.key] === undefined ? field : { ...field, value: raw[field.key]! })) };
}

export interface Reading {
  /** Wall-clock times that a person typed are in this IANA zone. */
  zone: string;
  /** `person/5` or `channel/3` for what a platform's picker handed over; undefined when there is no such one. */
  resolve(kind: 'person' | 'channel', raw: string): string | undefined;
}

/**
 * The one place where strings become values. Texts are trimmed, empty ones are absent, wall-clock times become epoch
 * milliseconds. An error is a sentence for the person at the field: what was expected, with an example where it helps.
 */
export function read(schema: z.ZodObject, raw: Raw, reading: Reading): { values: Record<string, unknown> } | { errors: FieldErrors } {
  const { fields } = fieldsOf(schema);
  const values: Record<string, unknown> = {};
  for (const field of fields) {
    const value = valueOf(field, raw[field.key], reading);
    if (value !== undefined) values[field.key] = value;
  }
  const result = schema.safeParse(values);
  if (result.success) return { values: result.data };
  const errors: Record<string, string> = {};
  for (const issue of result.error.issues) {
    const key = String(issue.path[0] ?? '');
    const field = fields.find((candidate) => candidate.key === key);
    errors[key] ??= field ? sentence(issue, field, raw[key]) : issue.message;
  }
  return { errors };
}

function fieldsOf(schema: z.ZodObject): { fields: readonly Field[]; shape: string } {
  const known = asked.get(schema);
  if (known) return known;
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, Property>;
    required?: string[];
  };
  const required = new Set(json.required);
  const fields = Object.entries(json.properties ?? {}).map(([key, property]) => fieldOf(key, property, required.has(key)));
  const shape = createHash('sha256')
    .update(JSON.stringify(fields.map(({ key, kind, label }) => [key, kind, label])))
    .digest('hex')
    .slice(0, 12);
  const made = { fields, shape };
  asked.set(schema, made);
  return made;
}

function fieldOf(key: string, property: Property, required: boolean): Field {
  const options = property.enum?.map((value) => ({ value, label: property.labels?.[value] ?? value }));
  const kind =
    property.kind ??
    (options
      ? 'choice'
      : property.type === 'boolean'
        ? 'check'
        : property.type === 'number' || property.type === 'integer'
          ? 'number'
          : 'text');
  return {
    key,
    kind,
    label: property.title ?? key,
    required: required && kind !== 'check',
    ...(property.hint ? { hint: property.hint } : {}),
    ...(property.group ? { group: property.group } : {}),
    ...(options ? { options } : {}),
    ...(property.maxLength ? { longest: property.maxLength } : {}),
  };
}

/** In the place of a person or channel that is not there: no schema takes it. */
const NOBODY = null;

function valueOf(field: Field, raw: Raw[string], { zone, resolve }: Reading): unknown {
  if (field.kind === 'people') {
    const picked = (Array.isArray(raw) ? raw : String(raw ?? '').split(',')).map((one: string) => one.trim()).filter(Boolean);
    return picked.length === 0 ? undefined : picked.map((one: string) => resolve('person', one) ?? NOBODY);
  }
  const said = visible(String((Array.isArray(raw) ? raw[0] : raw) ?? '').replaceAll('\r\n', '\n')).trim();
  if (field.kind === 'check') return said === 'true' || said === 'on' || said === 'yes';
  if (said === '') return undefined;
  switch (field.kind) {
    case 'text':
      return said.replaceAll(/\s+/g, ' ');
    case 'lines':
    case 'choice':
    case 'date':
      return said;
    case 'number': {
      // A comma before three digits may be a decimal or a thousand: it is asked again rather than guessed.
      return /^[+-]?\d{1,15}([.,]\d{1,6})?$/.test(said) && !/^[+-]?[1-9]\d{0,2}[.,]\d{3}$/.test(said)
        ? Number(said.replace(',', '.'))
        : said;
    }
    case 'person':
    case 'channel':
      return resolve(field.kind, said) ?? NOBODY;
    case 'moment':
      return momentOf(said, zone) ?? said;
  }
}

/** Without control characters but line feeds; what shows nothing at all is nothing. */
function visible(said: string): string {
  const kept = said.replaceAll(/(?!\n|\t)\p{Cc}/gu, '');
  return /[^\s\p{Cf}\p{Cc}]/u.test(kept) ? kept : '';
}

function momentOf(said: string, zone: string): number | undefined {
  if (/^\d{9,11}$/.test(said)) return Number(said) * 1000;
  const [, date, time] = /^(\d{4}-\d{2}-\d{2})[T ]((?:[01]\d|2[0-3]):[0-5]\d)(?::[0-5]\d)?$/.exec(said) ?? [];
  if (!date || !time || !isDate(date)) return undefined;
  return instantIn(zone, date, time);
}

function rawOf(kind: FieldKind, value: unknown): string | readonly string[] {
  if (Array.isArray(value)) return value.map(String);
  return kind === 'moment' ? String(Math.floor(Number(value) / 1000)) : String(value);
}

function sentence(issue: z.core.$ZodIssue, field: Field, raw: Raw[string]): string {
  const typed = visible(Array.isArray(raw) ? raw.join(', ') : String(raw ?? '')).trim();
  if (typed === '') return `“${field.label}” is needed.`;
  const { length } = typed;
  if (issue.code === 'too_big' && issue.origin === 'string')
    return `At most ${count(issue.maximum)} characters, please: this has ${count(length)}.`;
  if (issue.code === 'too_big' && issue.origin === 'array') return `At most ${count(issue.maximum)} people, please.`;
  if (issue.code === 'too_big') return `At most ${count(issue.maximum)}, please; you wrote ${typed}.`;
  if (issue.code === 'too_small' && issue.origin === 'string') return `At least ${count(issue.minimum)} characters, please.`;
  if (issue.code === 'too_small') return `At least ${count(issue.minimum)}, please; you wrote ${typed}.`;
  if (issue.code === 'custom') return issue.message;
  return expected(field);
}

function expected(field: Field): string {
  switch (field.kind) {
    case 'moment':
      return 'A date and a time, please, like 2027-03-15 17:00.';
    case 'date':
      return 'A date, please, like 2027-03-15.';
    case 'number':
      return 'A number, please, like 80 or 12.5.';
    case 'choice':
      return `One of these, please: ${field.options?.map((option) => option.label).join(', ')}.`;
    case 'person':
    case 'people':
      return 'A person of this workspace, please.';
    case 'channel':
      return 'A channel that Offshoot is in, please.';
    case 'text':
    case 'lines':
    case 'check':
      return 'This could not be read; please type it again.';
  }
}

const count = (n: number | bigint): string => n.toLocaleString('en-GB');
