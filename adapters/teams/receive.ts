import { type Address, addressOf as pressOf } from '../../src/card.ts';
import type { Event } from '../../src/event.ts';
import type { InstallationRow } from '../../src/store.ts';
import { addressOf, isPersonal, type TeamsActivity, userOf } from './activity.ts';
import { rawOf } from './form.ts';
import { profileOf } from './places.ts';

/** What a card hands over when one of its buttons is pressed: the address, and for a form its answers. */
export interface Pressed {
  press: Address;
  /** Made when the form was opened; a form without answers has none. */
  nonce?: string;
  answers?: NonNullable<Event['answers']>;
}

/** The event of an activity. `nonce` is the form's: a second submission of the same form makes no second change. */
export function eventOf(activity: TeamsActivity, installation: InstallationRow, { press, answers, nonce }: Pressed, at: number): Event {
  const user = userOf(activity.from);
  return {
    cause: `teams ${user} ${nonce ?? activity.id ?? ''} ${press.to} ${press.input}`,
    installation,
    by: { user, ...profileOf(activity) },
    ...(isPersonal(activity) ? {} : { where: { address: addressOf(activity) } }),
    press,
    ...(answers ? { answers } : {}),
    at,
  };
}

/** Reads what a button or a form handed over; undefined when it is none of Offshoot's. */
export function pressedIn(value: unknown): Pressed | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { press: said, shape, seen, nonce, msteams: _ours, type: _theirs, ...values } = value as Record<string, unknown>;
  const press = typeof said === 'string' ? pressOf(said) : undefined;
  if (!press) return undefined;
  if (typeof nonce !== 'string') return { press };
  return {
    press,
    nonce,
    answers: {
      raw: rawOf(values),
      ...(typeof shape === 'string' ? { shape } : {}),
      ...(Number.isInteger(seen) ? { seen: Number(seen) } : {}),
    },
  };
}

/** The words that were said to Offshoot, without its own name in them. */
export function wordsIn({ text, entities, recipient }: TeamsActivity): string {
  let words = text ?? '';
  for (const { type, text: tag, mentioned } of entities ?? [])
    if (type === 'mention' && tag && mentioned?.id === recipient.id) words = words.replace(tag, ' ');
  return unescaped(words.replaceAll(/<at[^>]*>([^<]*)<\/at>/gi, '$1'))
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Whether a message of a channel or group chat is said to Offshoot at all. */
export const mentionsBot = ({ entities, recipient }: TeamsActivity): boolean =>
  (entities ?? []).some(({ type, mentioned }) => type === 'mention' && mentioned?.id === recipient.id);

const NAMED: Readonly<Record<string, string>> = { nbsp: ' ', lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/** Teams hands over text as HTML spells it. What is no character of HTML stays as it is written. */
export const unescaped = (said: string): string =>
  said.replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,4}));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    return isCharacter ? String.fromCodePoint(code) : whole;
  });
