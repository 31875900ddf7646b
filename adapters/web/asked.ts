import type { Response } from 'express';
import { z } from 'zod';
import { isZone } from '../../src/zone.ts';
import { CAST, CHANNELS } from './cast.ts';
import { problem } from './guard.ts';

/** What the page and scripts may ask for, and the sentence that says what is wrong with it. */

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
const answer = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())], {
  error: '“values” holds a text, a number, true or false, or a list of texts for each field',
});

export const looking = z.object({ as: user, channel: place });
export const saying = z.object({ as: user, channel: place, text: z.string().trim().min(1).max(4000), zone });
export const pressing = z.object({
  as: user,
  /** The message that the button stands on, where it is named by its label. */
  message: z.coerce.number().int().positive().nullish(),
  /** Its address or its label. */
  button: z.string().min(1).max(300),
  values: z.record(z.string(), answer).optional(),
  nonce: z.string().min(8).max(100),
  shape: z.string().max(100).optional(),
  seen: z.number().int().optional(),
  channel: place.optional(),
  zone,
});

/** Far enough for any review, and near enough that no cadence repeats for ages on the way. */
const LATEST = Date.UTC(2100, 0, 1);
const WHEN = '“at” is a moment before the year 2100, as epoch milliseconds or like 2027-03-15T09:00:00Z';

export const moving = z.object({
  at: z
    .union([z.number().int(), z.iso.datetime({ offset: true }).transform((said) => Date.parse(said))], { error: WHEN })
    .refine((at) => at >= 0 && at < LATEST, WHEN),
  /** The house was not running meanwhile: what fell due on the way comes late. */
  asleep: z.boolean().default(false),
});

/** The request as the schema reads it, or nothing once it was told what is wrong. */
export function understood<Schema extends z.ZodType>(schema: Schema, given: unknown, response: Response): z.infer<Schema> | undefined {
  const result = schema.safeParse(given ?? {});
  if (result.success) return result.data;
  problem(response, 400, complaint(result.error));
  return undefined;
}

/** All that is wrong, as sentences for whoever wrote the request. */
const complaint = (fault: z.ZodError): string => [...new Set(fault.issues.map(sentence))].map((said) => `${said}.`).join(' ');

function sentence(issue: z.core.$ZodIssue): string {
  const name = `“${issue.path.join('.') || 'the body'}”`;
  if (issue.code === 'invalid_type')
    return issue.message.includes('undefined') ? `${name} is missing` : `${name} should be of the type ${issue.expected}`;
  if (issue.code === 'too_big') return `${name} is too long: at most ${issue.maximum.toLocaleString('en-GB')} characters`;
  if (issue.code === 'too_small')
    return issue.minimum === 1 ? `${name} is empty` : `${name} is too short: at least ${issue.minimum.toLocaleString('en-GB')} characters`;
  return issue.message;
}
