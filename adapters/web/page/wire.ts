/** What the page and the server say to each other. */

export interface Person {
  user: string;
  name: string;
}

export interface Command {
  command: string;
  about: string;
  does: string;
  example: string;
}

export interface Room {
  people: readonly Person[];
  channels: readonly string[];
  commands: readonly Command[];
  /** Whether the clock may be moved. */
  manual: boolean;
  now: number;
  /** The id of the newest message of each address. */
  latest: Readonly<Record<string, number>>;
}

export interface Button {
  label: string;
  button: string;
}

export interface Message {
  id: number;
  author: string;
  at: number;
  edited: boolean;
  thread: number | null;
  text: string;
  card: object | null;
  buttons: readonly Button[];
}

export interface Form {
  title: string;
  submit: string;
  fields: readonly { key: string; label: string }[];
  shape: string;
  seen: number | null;
  button: string;
  card: object;
}

export type Reply =
  | { kind: 'said' }
  | { kind: 'done'; text: string }
  | { kind: 'refused'; text: string; typed: readonly { label: string; text: string }[] }
  | { kind: 'card'; card: object }
  | { kind: 'form'; form: Form }
  | { kind: 'errors'; form: Form; errors: Readonly<Record<string, string>> };

export type News = { kind: 'message' | 'gone'; id: number; address: string } | { kind: 'clock'; at: number };

/** Who acts, and where. */
export interface Place {
  as: string;
  channel: string;
}

export interface Pressing extends Place {
  button: string;
  /** The same for the same press sent again: it changes something once. */
  nonce: string;
  values?: Readonly<Record<string, string>>;
  shape?: string;
  seen?: number;
}

/** It did not work; the message is a sentence for the person. */
export class Trouble extends Error {}

/** The reader's zone: moments are typed and read in it. */
export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

export const room = (): Promise<Room> => ask('/local/room');
export const say = (place: Place, text: string): Promise<Reply> => ask('/local/say', { ...place, text, zone });
export const press = (pressing: Pressing): Promise<Reply> => ask('/local/press', { ...pressing, zone });
export const moveClock = (at: number): Promise<{ now: number }> => ask('/local/clock', { at });

export async function messages({ as, channel }: Place): Promise<readonly Message[]> {
  const found = await ask<{ messages: readonly Message[] }>(`/local/messages?${new URLSearchParams({ as, channel }).toString()}`);
  return found.messages;
}

/** Hears what happens until the page is left. `line` is told when the connection comes and goes. */
export function listen(hear: (news: News) => void, line: (there: boolean) => void): void {
  const events = new EventSource('/local/events');
  events.addEventListener('message', ({ data }: MessageEvent<string>) => hear(JSON.parse(data) as News));
  events.addEventListener('open', () => line(true));
  events.addEventListener('error', () => {
    line(false);
    // A server that is starting again answers with an error, after which the browser no longer tries by itself.
    if (events.readyState === EventSource.CLOSED) setTimeout(() => listen(hear, line), 2000);
  });
}

async function ask<Answer>(path: string, body?: object): Promise<Answer> {
  const response = await fetch(
    path,
    body ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {},
  ).catch(() => {
    throw new Trouble('Offshoot could not be reached. Nothing that you typed is lost: try again in a moment.');
  });
  const answer = (await response.json().catch(() => ({}))) as Answer & { detail?: string; title?: string };
  if (!response.ok) throw new Trouble(answer.detail ?? answer.title ?? `Offshoot answered with an error (${response.status}).`);
  return answer;
}
