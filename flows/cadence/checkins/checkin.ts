import type { z } from 'zod';
import * as field from '../../../src/field.ts';
import type { Refused } from '../../../src/flow.ts';
import { type Text, text, typed } from '../../../src/text.ts';
import { folded } from '../../rules/meant.ts';
import type { Cadence } from '../state.ts';

/** What a reminder of a kind asks, and what follows from the answers. */
export interface CheckIn<Answers = any> {
  title: string;
  asks(cadence: Cadence): Text;
  schema: z.ZodObject;
  /** What usually stays as it was, from last time's answers. */
  prefilled(last: Answers): Record<string, unknown>;
  /** Why the answers do not go together. */
  unfit?(said: Answers): Refused | undefined;
  /** The answers in a line or two. */
  summary(said: Answers): Text;
  /** Is what was measured under its target? Then the next reminder comes early. */
  isUnder?(said: Answers): boolean;
  /** Why the committee has to be called at once; empty when it has not. */
  alarms?(said: Answers): readonly Text[];
  /** Ideas for new uses. */
  ideas?(said: Answers): readonly string[];
}

export const SURE = { yes: 'Yes', no: 'No', unsure: 'Unsure' } as const;

export const harmField = field
  .lines('Harm or complaint reported', { hint: 'Calls the steering committee at once. Empty when there was none.' })
  .optional();

const NOTHING = new Set(['no', 'none', 'nothing', 'nil', 'n/a', 'na', 'no harm', 'none reported', 'not reported', '-', '–', '—']);

/** Whether harm was reported: “none” in the field is none. */
export const isReported = (harm: string | undefined): harm is string =>
  harm !== undefined && !NOTHING.has(folded(harm).replace(/[.!]+$/, ''));

export const harmText = (harm: string | undefined): Text =>
  isReported(harm) ? text` Harm or a complaint was reported: ${sentence(harm)}` : text``;

/** What somebody typed, with a full stop where it has no end of its own. */
export const sentence = (said: string): Text => text`${typed(said)}${/[.!?…:;]$/.test(said) ? '' : '.'}`;
