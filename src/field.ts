import { z } from 'zod';
import type { ChannelId, FlowId, PersonId } from './id.ts';
import { MAX } from './form.ts';
import { isDate } from './zone.ts';

/** The fields that flows build their questions from: each a zod type with the meta that `form` reads. */

interface Meta {
  hint?: string;
  group?: string;
}

export const name = (title: string, more: Meta = {}) =>
  z
    .string()
    .min(1)
    .max(MAX.name)
    .meta({ title, kind: 'text', ...more });
/** `longest`: at most 3,000 characters, which is what Slack takes. */
export const lines = (title: string, more: Meta = {}, longest: number = MAX.text) =>
  z
    .string()
    .min(1)
    .max(longest)
    .meta({ title, kind: 'lines', ...more });
export const number = (title: string, more: Meta = {}) => z.number().meta({ title, kind: 'number', ...more });
export const check = (title: string, more: Meta = {}) => z.boolean().meta({ title, kind: 'check', ...more });

export const person = (title: string, more: Meta = {}) =>
  z.custom<PersonId>(isPersonId, 'A person of this workspace, please.').meta({ title, kind: 'person', ...more });
export const people = (title: string, more: Meta = {}) =>
  z
    .array(z.custom<PersonId>(isPersonId, 'A person of this workspace, please.'))
    .min(1)
    .max(MAX.members)
    .meta({ title, kind: 'people', ...more });
export const channel = (title: string, more: Meta = {}) =>
  z
    .custom<ChannelId>((value) => /^channel\/[1-9]\d*$/.test(String(value)), 'A channel that Offshoot is in, please.')
    .meta({ title, kind: 'channel', ...more });

/** A date and a time that a person types in their own zone; epoch milliseconds. */
export const moment = (title: string, more: Meta = {}) => z.int().meta({ title, kind: 'moment', ...more });
/** A day of the calendar without a zone: `2027-03-15`. */
export const date = (title: string, more: Meta = {}) =>
  z
    .string()
    .refine(isDate, 'A date, please, like 2027-03-15.')
    .meta({ title, kind: 'date', ...more });

/** One of some options, given as value → label. */
export function choice<Value extends string>(title: string, labels: Readonly<Record<Value, string>>, more: Meta = {}) {
  return z.enum(Object.keys(labels) as [Value, ...Value[]]).meta({ title, kind: 'choice', labels, ...more });
}

/** One of some flows, by id. */
export function flow(title: string, options: readonly { id: string; name: string }[], more: Meta = {}) {
  return choice<FlowId>(title, Object.fromEntries(options.map((option) => [option.id, option.name])), more);
}

function isPersonId(value: unknown): boolean {
  return typeof value === 'string' && /^person\/[1-9]\d*$/.test(value);
}
