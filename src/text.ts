import type { ChannelId, PersonId } from './id.ts';

/**
 * Text is data: a list of spans that each platform renders in its own way. Nobody concatenates markup, so what a person
 * typed can never ping, link or format.
 */
export type Span =
  | { kind: 'words'; text: string; bold?: true }
  /** What a person typed, shown letter by letter. */
  | { kind: 'typed'; text: string; bold?: true }
  /** A person's name. With `ping` the platform notifies them: only for those who are asked to do something. */
  | { kind: 'person'; id: PersonId; ping?: true }
  | { kind: 'channel'; id: ChannelId }
  | { kind: 'link'; url: string; text: string }
  /** A moment, epoch milliseconds; shown in the reader's own time zone where the platform can. */
  | { kind: 'moment'; at: number; show: 'day' | 'minute' };

export type Text = readonly Span[];
type Piece = string | number | Span | Text | null | undefined | false;

/** `text\`Closes ${minute(at)}\`` : a template whose values are spans. Strings put in are our own words, never a person's. */
export function text(strings: TemplateStringsArray, ...pieces: Piece[]): Text {
  return joined(strings.flatMap((words, index) => [words, pieces[index]]));
}

/**
 * The pieces as one text; empty ones fall away and neighbouring plain words become one span. What a person typed may end its sentence
 * itself: then our own full stop after it falls away.
 */
export function joined(pieces: readonly Piece[]): Text {
  const spans: Span[] = [];
  for (const span of pieces.flatMap(spansOf)) {
    const last = spans.at(-1);
    if (last && plainWords(last) && plainWords(span)) spans[spans.length - 1] = { kind: 'words', text: last.text + span.text };
    else spans.push(span);
  }
  return spans.flatMap((span, index) => {
    if (!plainWords(span) || !ends(spans[index - 1])) return [span];
    return words(span.text.replace(/^(”?)\.(?= |$)/, '$1'));
  });
}

const ends = (span: Span | undefined): boolean => span?.kind === 'typed' && /[.!?…]$/.test(span.text);

/** Texts with `between` them, as in a list of names. */
export function list(texts: readonly Text[], between = ', '): Text {
  return joined(texts.flatMap((one, index) => (index === 0 ? [one] : [between, one])));
}

export const words = (said: string): Text => (said ? [{ kind: 'words', text: said }] : []);
export const bold = (said: string): Text => [{ kind: 'words', text: said, bold: true }];
export const typed = (said: string): Text => [{ kind: 'typed', text: said }];
/** What a person typed, standing out: the name of a thing at the head of a line. */
export const strong = (said: string): Text => [{ kind: 'typed', text: said, bold: true }];
export const person = (id: PersonId): Text => [{ kind: 'person', id }];
export const ping = (id: PersonId): Text => [{ kind: 'person', id, ping: true }];
export const people = (ids: readonly PersonId[]): Text => list(ids.map(person));
export const channel = (id: ChannelId): Text => [{ kind: 'channel', id }];
export const day = (at: number): Text => [{ kind: 'moment', at, show: 'day' }];
export const minute = (at: number): Text => [{ kind: 'moment', at, show: 'minute' }];

/** At most so many UTF-16 units of what a person wrote, cut at a word, with “…” where there is more. Only where the whole is kept or linked. */
export function excerpt(said: string, most: number): string {
  if (said.length <= most) return said;
  const cut = said.slice(0, most - 1);
  const space = /\s/.test(said[most - 1]!) ? cut.length : cut.search(/\s\S*$/);
  // One word that long is cut inside, but never inside a character.
  const kept = space > most / 2 ? cut.slice(0, space) : cut.replace(/[\uD800-\uDBFF]$/, '');
  return `${kept.trimEnd()}…`;
}

/** The words alone of a text that names neither people nor channels nor moments. */
export const inWords = (said: Text): string => said.map((span) => ('text' in span ? span.text : '')).join('');

/** Names of people and channels, as a renderer needs them. */
export interface Names {
  person(id: PersonId): string;
  channel(id: ChannelId): string;
}

/** The text without any markup, moments in `zone`: for notifications, logs of what was posted, and exports. */
export function plain(said: Text, names: Names, zone: string): string {
  return said.map((span) => plainSpan(span, names, zone)).join('');
}

function plainSpan(span: Span, names: Names, zone: string): string {
  switch (span.kind) {
    case 'words':
    case 'typed':
      return span.text;
    case 'person':
      return names.person(span.id);
    case 'channel':
      return `#${names.channel(span.id)}`;
    case 'link':
      return `${span.text} (${span.url})`;
    case 'moment':
      return momentIn(zone, span.at, span.show);
  }
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** A moment in words in a zone: `Tue 24 Nov 2026, 17:00 GMT+1`. The zone is named, so that no reader takes it for their own. */
export function momentIn(zone: string, at: number, show: 'day' | 'minute'): string {
  const key = `${zone} ${show}`;
  let format = formats.get(key);
  if (!format) {
    const date = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
    const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' } as const;
    format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...date, ...(show === 'minute' ? time : {}) });
    formats.set(key, format);
  }
  return format.format(at);
}

function spansOf(piece: Piece): readonly Span[] {
  if (piece === null || piece === undefined || piece === false || piece === '') return [];
  if (typeof piece === 'string' || typeof piece === 'number') return [{ kind: 'words', text: String(piece) }];
  return Array.isArray(piece) ? piece : [piece as Span];
}

function plainWords(span: Span): span is { kind: 'words'; text: string } {
  return span.kind === 'words' && !span.bold;
}
