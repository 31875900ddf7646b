import { expect, vi } from 'vitest';
import { rowsIn } from '../core/rows.ts';
import { type Child, command, type Given, launch } from './child.ts';

export const MEMBERS = ['chair', 'member-1', 'member-2', 'member-3', 'member-4'] as const;
export const DAY = 86_400_000;

/** What the local workspace answers; undefined when the connection was lost before an answer. */
export type Answer =
  | { kind: 'done' | 'refused' | 'said' | 'card'; text: string; status?: undefined }
  | { kind: 'form' | 'errors'; form: Form; notice?: string; status?: undefined }
  | { kind?: undefined; status: number; title: string; detail?: string };

interface Form {
  title: string;
  button: string;
  shape: string;
  seen: number | null;
  fields: { key: string; value?: string | string[]; options?: { value: string }[] }[];
}

/** The local workspace of a running product, driven over HTTP as its page drives it. */
export class Room {
  readonly child: Child;
  readonly url: string;
  readonly file: string;

  private constructor(file: string, child: Child, url: string) {
    this.file = file;
    this.child = child;
    this.url = url;
  }

  static async open(file: string, given: Given = {}): Promise<Room> {
    const child = launch(file, given);
    return new Room(file, child, await child.ready);
  }

  say(as: string, channel: string, text: string): Promise<Answer | undefined> {
    return this.#post('/local/say', { as, channel, text });
  }

  press(as: string, button: string, nonce: string, more: Record<string, unknown> = {}): Promise<Answer | undefined> {
    return this.#post('/local/press', { as, button, nonce: `nonce ${nonce}`, ...more });
  }

  /** Opens vote 1 on the example initiative; it closes in three days. */
  async openVote(): Promise<void> {
    const form = formIn(await this.say('pm', 'steering-committee', '/go-no-go churn'));
    const values = { ...valuesOf(form), without: 'The pilot was reviewed on paper.' };
    expect(await this.press('pm', form.button, 'open', { channel: 'steering-committee', values })).toMatchObject({
      kind: 'done',
    });
  }

  /** Casts a ballot of all go; the same nonce is the same click. */
  async cast(as: string, nonce = `ballot of ${as}`): Promise<Answer | undefined> {
    const form = formIn(await this.press(as, 'vote/1 ballot', `opening ${nonce}`));
    return await this.submit(as, form, nonce);
  }

  submit(as: string, form: Form, nonce: string, values: Record<string, unknown> = {}): Promise<Answer | undefined> {
    const seen = form.seen === null ? {} : { seen: form.seen };
    return this.press(as, form.button, nonce, { values: { ...valuesOf(form), ...values }, shape: form.shape, ...seen });
  }

  /** Lets everything up to a moment take effect; undefined when the process ended on the way. */
  moveTo(at: number): Promise<unknown> {
    return this.#post('/local/clock', { at });
  }

  async health(): Promise<{ owed: number; due: number; held: number }> {
    return (await (await fetch(`${this.url}/healthz`)).json()) as { owed: number; due: number; held: number };
  }

  rows(sql: string): Record<string, unknown>[] {
    return rowsIn(this.file, sql);
  }

  /** Everything is delivered, once; the journal holds, the tables say what the states say, and no number is lost. */
  async expectWhole(): Promise<void> {
    await vi.waitFor(async () => expect(await this.health()).toMatchObject({ owed: 0, due: 0, held: 0 }), { timeout: 60_000 });
    const verified = await command(this.file, 'verify', '--json');
    expect(verified.code === 0 ? 'verified' : verified.out + verified.err).toBe('verified');
    expect(this.rows('select * from surfaces where shown <> wanted or sending <> 0 or held is not null or uncertain <> 0')).toEqual([]);
    expect(
      this.rows(`select s.flow, s.key, count(m.id) as messages from surfaces s left join local_messages m
        on m.key = s.workspace || '/' || s.flow || '/' || s.key where s.card is not null group by 1, 2 having count(m.id) <> 1`),
    ).toEqual([]);
    expect(this.rows('select key from local_messages where key is not null group by key having count(*) > 1')).toEqual([]);
    expect(
      this.rows(`select kind, count(*) as there, last from flows f join counters c on c.workspace = f.workspace and c.counter = f.kind
        group by kind having count(*) <> last`),
    ).toEqual([]);
  }

  async stop(): Promise<void> {
    this.child.process.kill('SIGTERM');
    expect(await this.child.ended).toMatchObject({ code: 0, signal: null });
  }

  async #post(path: string, body: object): Promise<Answer | undefined> {
    try {
      const response = await fetch(this.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return (await response.json()) as Answer;
    } catch {
      return undefined;
    }
  }
}

export function formIn(answer: Answer | undefined): Form {
  if (answer?.kind !== 'form' && answer?.kind !== 'errors') throw new Error(`a form was expected, not ${JSON.stringify(answer)}`);
  return answer.form;
}

export const valuesOf = (form: Form): Record<string, string> =>
  Object.fromEntries(form.fields.flatMap(({ key, value }) => (value === undefined ? [] : [[key, String(value)]])));
