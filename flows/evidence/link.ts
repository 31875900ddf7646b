import { z } from 'zod';

/** The longest link that is kept; those that Teams gives to its messages are long. */
const LONGEST = 500;

/** Where something comes from: kept and shown letter by letter, also when it leads inside the house, and never followed. */
export const linkField = z
  .string()
  .max(LONGEST)
  .refine(isLink, 'A link, please, like https://wiki.example.com/scan, or nothing.')
  .meta({ title: 'Where it comes from', kind: 'text', hint: 'A link to it, like https://wiki.example.com/scan.' })
  .optional();

/** Nothing but http and https: other schemes would run in the reader's browser, or carry a whole file. */
function isLink(said: string): boolean {
  return /^https?:\/\/[^\s/?#]\S*$/i.test(said) && URL.canParse(said);
}

/** The same place, however its host is written. */
export const isSameLink = (one: string, other: string): boolean => new URL(one).href === new URL(other).href;
