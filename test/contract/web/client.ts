import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ShownMessage } from '../../../adapters/web/local.ts';
import type { ShownReply } from '../../../adapters/web/reply.ts';
import { manualClock } from '../../../src/clock.ts';
import { readConfig } from '../../../src/config.ts';
import type { Field } from '../../../src/form.ts';
import { build, type House } from '../../../src/house.ts';
import { logger } from '../../../src/log.ts';
import { type Heard, type Place, type PlatformClient, type Role, ROLES, type Seen } from '../client.ts';

type Form = Extract<ShownReply, { kind: 'form' }>['form'];
type Reply = ShownReply | { kind: 'said' };

const ZONE = 'Europe/Berlin';

/** What a person does in the browser of whichever house serves it, over real HTTP on loopback. */
function browser(house: () => House): Pick<PlatformClient, 'moveTo' | 'say' | 'press' | 'submit' | 'see' | 'again'> {
  const open = new Map<Role, Form>();
  const last = new Map<Role, object>();
  /** The buttons of the card that a person was shown alone, until something else comes back. */
  const shown = new Map<Role, ShownMessage['buttons']>();
  let presses = 0;

  async function ask<Answer>(path: string, body?: object): Promise<Answer> {
    const posted = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const response = await fetch(house().url + path, body ? posted : {});
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as Answer;
  }

  async function messages(who: Role, where: Place): Promise<ShownMessage[]> {
    await house().rooms.timekeeper.sweep();
    await house().rooms.courier.idle();
    return (await ask<{ messages: ShownMessage[] }>(`/local/messages?${new URLSearchParams({ as: who, channel: where }).toString()}`))
      .messages;
  }

  /** Presses and remembers it, so that it can be sent once more. */
  async function pressed(who: Role, asked: object): Promise<Heard> {
    const body = { as: who, nonce: `press number ${++presses}`, zone: ZONE, ...asked };
    last.set(who, body);
    return heard(who, await ask<Reply>('/local/press', body));
  }

  function heard(who: Role, reply: Reply): Heard {
    shown.delete(who);
    switch (reply.kind) {
      case 'said':
        return { kind: 'nothing' };
      case 'done':
        open.delete(who);
        return { kind: 'said', text: reply.text, buttons: [] };
      case 'refused':
        return { kind: 'said', text: reply.text, buttons: [] };
      case 'card':
        shown.set(who, reply.buttons);
        return { kind: 'said', text: reply.text, buttons: reply.buttons.map((button) => button.label) };
      case 'form':
        open.set(who, reply.form);
        return {
          kind: 'form',
          title: reply.form.title,
          fields: reply.form.fields.map(({ label, value }) => (value === undefined ? { label } : { label, value })),
        };
      case 'errors': {
        open.set(who, reply.form);
        const label = (key: string) => reply.form.fields.find((field) => field.key === key)?.label ?? '';
        return { kind: 'errors', errors: Object.fromEntries(Object.entries(reply.errors).map(([key, said]) => [label(key), said])) };
      }
    }
  }

  return {
    async moveTo(at) {
      await ask('/local/clock', { at });
    },
    async say(who, where, words) {
      return heard(who, await ask<Reply>('/local/say', { as: who, channel: where, text: words, zone: ZONE }));
    },
    async press(who, where, label, on = '') {
      const offered = shown.get(who)?.find((button) => button.label === label);
      if (offered) return await pressed(who, { channel: where, button: offered.button });
      const all = await messages(who, where);
      const message = all.findLast((one) => one.text.includes(on) && one.buttons.some((button) => button.label === label));
      if (!message) throw new Error(`no message of ${where} has the button “${label}”${on && ` and the words “${on}”`}`);
      return await pressed(who, {
        channel: where,
        message: message.id,
        button: message.buttons.find((one) => one.label === label)!.button,
      });
    },
    async submit(who, values) {
      const form = open.get(who);
      if (!form) throw new Error(`no form is open for ${who}`);
      const labels = labelsOf(form);
      const unknown = Object.keys(values).filter((label) => !labels.includes(label));
      if (unknown.length > 0) throw new Error(`“${form.title}” has no field ${unknown.join(', ')}`);
      const entries = form.fields.map((field, index) => {
        const value = values[labels[index]!];
        return [field.key, value === undefined ? field.value : rawOf(field, value)];
      });
      const { button, shape, seen } = form;
      const filled = Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as object;
      return await pressed(who, { button, shape, values: filled, ...(seen === null ? {} : { seen }) });
    },
    async see(who, where) {
      return (await messages(who, where)).map(
        ({ text, buttons, thread }): Seen => ({ text, buttons: buttons.map((one) => one.label), thread: thread !== null }),
      );
    },
    async again(who) {
      const body = last.get(who);
      if (!body) throw new Error(`${who} has pressed nothing yet`);
      return heard(who, await ask<Reply>('/local/press', body));
    },
  };
}

/** The local workspace as a person uses it: the real product in this process, and real HTTP on loopback. */
export async function webClient(): Promise<PlatformClient> {
  const folder = mkdtempSync(join(tmpdir(), 'offshoot-web-'));
  const database = join(folder, 'offshoot.db');
  const config = readConfig({ PORT: '0', DATABASE_URL: `file:${database}`, OFFSHOOT_CLOCK: 'manual', LOG_LEVEL: 'error' });
  let clock = manualClock(Date.UTC(2026, 10, 24, 9));
  const start = (): Promise<House> => build(config, logger(config.logLevel), { clock });
  let house = await start();

  return {
    ...browser(() => house),
    name: 'browser',
    database,
    get house() {
      return house;
    },
    now: () => clock.now(),
    async restart(asleep = 0) {
      await house.stop();
      clock = manualClock(clock.now() + asleep);
      house = await start();
      await house.rooms.courier.idle();
    },
    async stop() {
      await house.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The browser of a house that another messenger's client builds, starts anew and stops. */
export const webBeside = (other: PlatformClient): PlatformClient => ({
  ...browser(() => other.house),
  name: 'browser',
  database: other.database,
  get house() {
    return other.house;
  },
  now: () => other.now(),
  restart: (asleep) => other.restart(asleep),
  stop: async () => {},
});

/** The labels of a form; those that stand on it several times are counted: `Evidence or link`, `Evidence or link 2`. */
function labelsOf({ fields }: Form): string[] {
  return fields.map(({ label }, index) => {
    const before = fields.slice(0, index).filter((one) => one.label === label).length;
    return before === 0 ? label : `${label} ${before + 1}`;
  });
}

/** What the page's input hands over for what a person picks by sight. */
function rawOf(field: Field, said: string | readonly string[]): string | readonly string[] {
  const picked = (one: string): string => {
    if (field.kind === 'person' || field.kind === 'people') return userOf(one);
    return field.options?.find((option) => option.label === one)?.value ?? one;
  };
  return typeof said === 'string' ? picked(said) : said.map(picked);
}

/** A person of the cast by name; the product takes its own ids of people as well. */
const userOf = (name: string): string => ((ROLES as readonly string[]).includes(name) ? name.toLowerCase().replace(' ', '-') : name);
