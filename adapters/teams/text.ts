import type { PersonId } from '../../src/id.ts';
import type { Names, Span, Text } from '../../src/text.ts';

/** A person whom a card notifies. */
export interface Mention {
  id: PersonId;
  name: string;
}

/** Runs of a RichTextBlock. Nothing in them is markup, so what people typed stays what it is. */
export function runs(text: Text, names: Names, mentions?: Mention[]): object[] {
  return text.filter((span) => !('text' in span) || span.text !== '').map((span) => run(span, names, mentions));
}

/** The same for a quiet line. */
export const subtle = (text: Text, names: Names, mentions?: Mention[]): object[] =>
  runs(text, names, mentions).map((run) => ({ ...run, isSubtle: true, size: 'small' }));

function run(span: Span, names: Names, mentions: Mention[] | undefined): object {
  switch (span.kind) {
    case 'words':
    case 'typed':
      return { type: 'TextRun', text: inert(span.text), ...(span.bold ? { weight: 'bolder' } : {}) };
    case 'person': {
      const name = names.person(span.id);
      if (span.ping && mentions && !mentions.some((one) => one.id === span.id)) mentions.push({ id: span.id, name });
      return { type: 'TextRun', text: inert(name), weight: 'bolder' };
    }
    case 'channel':
      return { type: 'TextRun', text: `#${inert(names.channel(span.id))}` };
    case 'link':
      return { type: 'TextRun', text: inert(span.text), selectAction: { type: 'Action.OpenUrl', url: span.url } };
    case 'moment':
      return { type: 'TextRun', text: momentText(span.at, span.show) };
  }
}

/** Shown by the client in the reader's own zone and language. */
function momentText(at: number, show: 'day' | 'minute'): string {
  const iso = `${new Date(at).toISOString().slice(0, 19)}Z`;
  return show === 'day' ? `{{DATE(${iso}, SHORT)}}` : `{{DATE(${iso}, SHORT)}} {{TIME(${iso})}}`;
}

/** What people typed must not be read as a formatting function of the client, nor as a mention. */
export const inert = (said: string): string => said.replaceAll('{{', '{\u200b{').replaceAll(/<(?=\/?at\b)/gi, '<\u200b');
