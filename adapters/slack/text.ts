import type { types } from '@slack/bolt';
import { plain, type Span, type Text } from '../../src/text.ts';
import type { Cast } from './cast.ts';

type Element = types.RichTextElement;

/** A text as rich text elements. None of them is markup, so what people typed is shown letter by letter. */
export function elements(text: Text, cast: Cast): Element[] {
  const made = text.filter((span) => !('text' in span) || span.text !== '').map((span) => element(span, cast));
  return made.length > 0 ? made : [{ type: 'text', text: ' ' }];
}

function element(span: Span, cast: Cast): Element {
  switch (span.kind) {
    case 'words':
    case 'typed':
      return { type: 'text', text: span.text, ...(span.bold ? { style: { bold: true } } : {}) };
    case 'person': {
      const user = cast.user(span.id);
      const own = user !== undefined && (span.ping === true || !cast.named(span.id));
      return own ? { type: 'user', user_id: user } : { type: 'text', text: cast.names.person(span.id) };
    }
    case 'channel': {
      const address = cast.address(span.id);
      return address === undefined ? { type: 'text', text: `#${cast.names.channel(span.id)}` } : { type: 'channel', channel_id: address };
    }
    case 'link':
      return { type: 'link', url: span.url, text: span.text };
    case 'moment':
      return {
        type: 'date',
        timestamp: Math.floor(span.at / 1000),
        format: FORMATS[span.show],
        fallback: plain([span], cast.names, 'UTC'),
      };
  }
}

/** A record names the day itself, never "yesterday"; Slack shows it in the reader's own zone. */
const FORMATS = { day: '{date_short}', minute: '{date_short} at {time}' } as const;

/** The text as one mrkdwn object where that is safe, for what Slack shows small; a plain one where people's words are in it. */
export function small(text: Text, cast: Cast, zone: string): types.PlainTextElement | types.MrkdwnElement {
  const own = text.every((span) => span.kind === 'moment' || (span.kind === 'words' && !/[*_~`]/.test(span.text)));
  if (!own || !text.some((span) => span.kind === 'moment')) return plainObject(fitted(plain(text, cast.names, zone), 3000));
  const parts = text.map((span) =>
    span.kind === 'moment'
      ? `<!date^${Math.floor(span.at / 1000)}^${FORMATS[span.show]}|${plain([span], cast.names, zone)}>`
      : escaped(plain([span], cast.names, zone)),
  );
  return { type: 'mrkdwn', text: parts.join(''), verbatim: true };
}

export const plainObject = (text: string): types.PlainTextElement => ({ type: 'plain_text', text, emoji: false });

/** The three characters that Slack reads as markup in any message text. */
export const escaped = (said: string): string => said.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What people wrote in a message or after a command, as they saw it when they wrote it. */
export const unescaped = (said: string): string => said.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** At most so many characters. Only for labels and notices whose whole is shown elsewhere. */
export function fitted(said: string, most: number): string {
  const letters = [...said];
  return letters.length <= most
    ? said
    : `${letters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}
