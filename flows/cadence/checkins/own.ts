import { z } from 'zod';
import * as field from '../../../src/field.ts';
import { text, typed } from '../../../src/text.ts';
import type { CheckIn } from './checkin.ts';

const schema = z.object({ answer: field.lines('Answer') });

export type Own = z.infer<typeof schema>;

/** The one question of a cadence of one's own. */
export const own: CheckIn<Own> = {
  title: 'Check-in',
  asks: (cadence) => text`${typed(cadence.own?.question ?? '')}`,
  schema,
  prefilled: () => ({}),
  summary: ({ answer }) => text`${typed(answer)}`,
};
