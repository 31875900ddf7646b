import type { LocalMessage } from '../../src/local.ts';
import { momentIn } from '../../src/text.ts';
import { type Place, type Role, ROLES } from '../contract/client.ts';
import { rowsIn } from '../core/rows.ts';

const ZONE = 'Europe/Berlin';

interface Version {
  at: number;
  text: string;
  buttons: readonly string[];
}

interface Noted extends Pick<LocalMessage, 'id' | 'address' | 'thread' | 'at'> {
  author: string;
  first: Version;
  last: Version;
  gone?: number;
}

/**
 * Writes down what stands in every channel and conversation of the local workspace, as often as it looks: how each message read when
 * it was posted, how it reads at last, and which were taken back.
 */
export class Scribe {
  readonly #database: string;
  readonly #notes = new Map<number, Noted>();

  constructor(database: string) {
    this.#database = database;
  }

  look(now: number): void {
    const there = new Set<number>();
    for (const row of this.rows('select * from local_messages order by id') as LocalMessage[]) {
      there.add(row.id);
      const { id, address, thread, at, edited } = row;
      const version = { at: edited ?? at, ...contentOf(row) };
      const known = this.#notes.get(id);
      if (!known)
        this.#notes.set(id, {
          id,
          address,
          thread,
          at,
          author: ROLES.find((role) => userOf(role) === row.author) ?? 'Offshoot',
          first: version,
          last: version,
        });
      else if (said(known.last) !== said(version)) known.last = version;
    }
    for (const note of this.#notes.values()) if (!there.has(note.id)) note.gone ??= now;
  }

  /** The next moment at which the clock has something to do. */
  nextDue(): number | undefined {
    return (this.rows('select min(fires_at) as at from timers where held is null') as { at: number | null }[])[0]!.at ?? undefined;
  }

  rows(sql: string): unknown[] {
    return rowsIn(this.#database, sql);
  }

  /** Everything that was posted to a place, in its order, as a reader of the channel would find it. */
  channel(place: Exclude<Place, 'direct'>): string {
    const notes = this.#at(place);
    return [`## #${place}`, ...notes.map((note) => this.#entry(note))].join('\n\n');
  }

  /** The titles of what Offshoot posted to a place, in its order. */
  titles(place: Exclude<Place, 'direct'>): string[] {
    return this.#at(place).map((note) => titleOf(note.first));
  }

  /** The first line of each direct message that Offshoot sent to anybody. */
  direct(): string {
    const sections = ROLES.map((role) => {
      const notes = this.directTo(role);
      const lines = notes.map(
        (note) => `- ${whenIs(note.at)}: ${titleOf(note.first)}${note.gone === undefined ? '' : ' (taken back later)'}`,
      );
      return [`### ${role}: ${notes.length}`, ...(lines.length > 0 ? [lines.join('\n')] : [])].join('\n\n');
    });
    return ['## Direct messages', ...sections].join('\n\n');
  }

  directTo(role: Role): readonly Noted[] {
    return this.#at(`direct:${userOf(role)}`).filter((note) => note.author === 'Offshoot');
  }

  #at(address: string): Noted[] {
    return [...this.#notes.values()].filter((note) => note.address === address);
  }

  #entry({ author, at, thread, first, last, gone }: Noted): string {
    const above = thread === null ? undefined : this.#notes.get(thread);
    const where = above ? `, in the thread of “${titleOf(above.first)}”` : '';
    return [
      `### ${whenIs(at)} · ${author}${where}`,
      quoted(first),
      ...(said(first) === said(last) ? [] : [`At last, since ${whenIs(last.at)}:`, quoted(last)]),
      ...(gone === undefined ? [] : [`Taken back ${whenIs(gone)}.`]),
    ].join('\n\n');
  }
}

const whenIs = (at: number): string => momentIn(ZONE, at, 'minute').replace(/ GMT.*/, '');

const titleOf = ({ text }: Version): string => text.split('\n')[0]!;

const userOf = (role: Role): string => role.toLowerCase().replace(' ', '-');

const said = ({ text, buttons }: Version): string => JSON.stringify([text, buttons]);

function contentOf({ text, card }: LocalMessage): Omit<Version, 'at'> {
  if (card === null) return { text, buttons: [] };
  // The digest is another one in every run.
  const stored = JSON.parse(card) as { text: string; buttons: { label: string }[] };
  return { text: stored.text.replace(/(?<=Journal before it: )[0-9a-f]{16}/, '…'), buttons: stored.buttons.map((button) => button.label) };
}

/** As a block of Markdown: a line of the message is a line of its own. */
const quoted = ({ text, buttons }: Version): string =>
  [...text.split('\n'), ...(buttons.length > 0 ? [buttons.map((label) => `[${label}]`).join(' ')] : [])]
    .map((line) => `> ${line}`)
    .join('  \n');
