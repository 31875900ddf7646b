import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { Budget } from '../../../src/budget.ts';
import { manualClock } from '../../../src/clock.ts';
import { readConfig } from '../../../src/config.ts';
import { build, type House } from '../../../src/house.ts';
import type { Page } from '../../../src/page.ts';
import { type Heard, type Place, type PlatformClient, type Role, ROLES, type Seen } from '../client.ts';
import { type Block, unfitBlocks, type View } from './limits.ts';
import { type Answers, type Delivery, People } from './people.ts';
import { blocksText, buttonsOf } from './shown.ts';
import { Standin } from './standin.ts';
import { BOT, type Message, type OpenView } from './workplace.ts';

/** How long something may take to come back; what is tested is that it does. */
const PATIENCE = 20_000;

class NoBudget extends Budget {
  override reserve(): number {
    return 0;
  }
}

interface Acknowledged {
  response_action?: 'errors' | 'update' | 'clear';
  errors?: Record<string, string>;
  view?: View;
  text?: string;
  blocks?: Block[];
}

export const userOf = (role: Role): string => `U0${role.replace(' ', '').toUpperCase()}`;
export const CHANNELS = { 'steering-committee': 'C0STEERING', 'churn-model': 'C0CHURN' } as const;

/** The real product in this process, with the stand-in as its Slack. */
export class SlackClient implements PlatformClient {
  readonly name: string;
  readonly mode: 'http' | 'socket';
  readonly slack = new Standin();
  readonly people = new People(this.slack);
  /** Settings of another messenger in the same house. */
  more: Record<string, string> = {};
  readonly folder = mkdtempSync(join(tmpdir(), 'offshoot-slack-'));
  readonly database = join(this.folder, 'offshoot.db');
  /** What the product wrote into its log. */
  readonly log: string[] = [];
  readonly #last = new Map<Role, Delivery>();
  /** Shown in the place of the product's own, where a test needs what none of them shows. */
  pages: readonly Page[] | undefined;
  clock = manualClock(Date.parse('2027-01-11T09:20:00Z'));
  house!: House;

  constructor(mode: 'http' | 'socket') {
    this.mode = mode;
    this.name = `Slack (${mode})`;
    for (const role of ROLES) this.slack.users.set(userOf(role), { name: role, tz: 'Europe/Berlin' });
    for (const [name, id] of Object.entries(CHANNELS)) this.slack.channels.set(id, { name, members: new Set([BOT, ...ROLES.map(userOf)]) });
  }

  async start(connects = true): Promise<void> {
    const env = { ...this.slack.environment(this.mode), ...this.more, PORT: '0', DATABASE_URL: `file:${this.database}` };
    const log = pino({ level: 'debug' }, { write: (line: string) => void this.log.push(line) });
    this.house = await build(readConfig(env), log, {
      clock: this.clock,
      budget: new NoBudget(),
      ...(this.pages ? { pages: this.pages } : {}),
    });
    this.slack.requestUrl = `${this.house.url}/slack/events`;
    await until(() => !connects || this.mode === 'http' || this.slack.socketConnected());
  }

  now(): number {
    return this.clock.now();
  }

  async moveTo(at: number): Promise<void> {
    const { store, timekeeper } = this.house.rooms;
    for (;;) {
      const next = await store.look((tables) => tables.nextDue());
      this.clock.move(next !== undefined && next < at ? next : at);
      await timekeeper.sweep();
      if (next === undefined || next >= at) break;
    }
    await this.idle();
  }

  async say(who: Role, where: Place, words: string): Promise<Heard> {
    const [user, channel] = [userOf(who), this.address(who, where)];
    return await this.act(who, words.startsWith('/') ? this.people.command(user, channel, words) : this.people.say(user, channel, words));
  }

  async press(who: Role, where: Place, label: string, on = ''): Promise<Heard> {
    await this.idle();
    const channel = this.address(who, where);
    const message = this.slack.messages.findLast(
      (one) =>
        one.channel === channel &&
        (!one.only || one.only === userOf(who)) &&
        buttonsOf(one.blocks).some((button) => button.label === label) &&
        this.text(one).includes(on),
    );
    if (!message) throw new Error(`no button “${label}” in ${where}`);
    return await this.act(who, this.people.press(userOf(who), message, label));
  }

  async submit(who: Role, values: Answers): Promise<Heard> {
    const made = this.people.submit(userOf(who), values);
    return 'errors' in made ? { kind: 'errors', errors: made.errors } : await this.act(who, made);
  }

  async see(who: Role, where: Place): Promise<readonly Seen[]> {
    await this.idle();
    const channel = this.address(who, where);
    return this.slack.messages
      .filter((one) => one.channel === channel && !one.only)
      .map((one) => ({
        text: this.text(one),
        buttons: buttonsOf(one.blocks).map(({ label }) => label),
        thread: one.thread_ts !== undefined,
      }));
  }

  async again(who: Role): Promise<Heard> {
    return await this.act(who, this.#last.get(who)!);
  }

  async restart(asleep = 0): Promise<void> {
    await this.house.stop();
    this.clock = manualClock(this.clock.now() + asleep);
    await this.start();
    await this.house.rooms.timekeeper.sweep();
    await this.idle();
  }

  async stop(): Promise<void> {
    await this.house.stop();
    await this.slack.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Delivers, and waits for what comes back to the person who acted, and until all that follows from it is done. */
  async act(who: Role, delivery: Delivery): Promise<Heard> {
    this.#last.set(who, delivery);
    const heard = await this.#answerTo(userOf(who), delivery);
    await this.house.rooms.timekeeper.sweep();
    await this.idle();
    return heard;
  }

  async idle(): Promise<void> {
    await this.house.rooms.courier.idle();
  }

  /** With the acknowledgement, as a modal, or as a message that only they see. */
  async #answerTo(user: string, { kind, payload }: Delivery): Promise<Heard> {
    const modal = this.slack.modals.get(user);
    const messages = new Set(this.slack.messages);
    const answer = (await this.slack.deliver(this.mode, kind, payload)) as Acknowledged | undefined;
    if ('view' in payload && !('actions' in payload)) return this.#taken(user, modal ?? (payload.view as OpenView), answer);
    if (answer?.blocks) {
      expectFit(unfitBlocks(answer.blocks, 50));
      return this.#said(answer.blocks);
    }
    return await until(() => {
      const opened = this.slack.modals.get(user);
      if (opened && opened !== modal) return this.#heardView(opened);
      const own = (one: Message) => one.only === user || (kind === 'events_api' && one.channel === this.slack.im(user));
      const said = this.slack.messages.find((one) => !messages.has(one) && own(one));
      return said && this.#said(said.blocks);
    });
  }

  #said(blocks: readonly Block[]): Heard {
    return { kind: 'said', text: blocksText(blocks, this.names()), buttons: buttonsOf(blocks).map(({ label }) => label) };
  }

  address(who: Role, where: Place): string {
    return where === 'direct' ? this.slack.im(userOf(who)) : CHANNELS[where];
  }

  text(message: Message): string {
    return blocksText(message.blocks, this.names());
  }

  names(): ReadonlyMap<string, string> {
    return new Map([...this.slack.users, ...this.slack.channels].map(([id, { name }]) => [id, name]));
  }

  /** What became of a submitted form, as its acknowledgement says. */
  #taken(user: string, before: OpenView, answer: Acknowledged | undefined): Heard {
    if (answer?.response_action === 'errors') {
      const label = (block: string) => before.blocks.find((one) => one.block_id === block)?.label?.text ?? block;
      return {
        kind: 'errors',
        errors: Object.fromEntries(Object.entries(answer.errors ?? {}).map(([block, error]) => [label(block), error])),
      };
    }
    if (answer?.response_action === 'update') return this.#heardView(this.slack.showModal(user, answer.view!, before.id));
    this.slack.closeModal(user);
    return { kind: 'nothing' };
  }

  #heardView(view: OpenView): Heard {
    if (!view.submit) return this.#said(view.blocks);
    const fields = view.blocks
      .filter((block) => block.type === 'input')
      .map((block) => {
        const value = this.people.standing(view, block.block_id!, block.element!);
        return { label: block.label!.text, ...(value === undefined ? {} : { value }) };
      });
    return { kind: 'form', title: view.title.text, fields };
  }
}

export async function slackClient(mode: 'http' | 'socket'): Promise<PlatformClient> {
  return await startedClient(mode);
}

/** The same, with the stand-in in reach. */
export async function startedClient(mode: 'http' | 'socket'): Promise<SlackClient> {
  const client = new SlackClient(mode);
  await client.slack.start();
  await client.start();
  return client;
}

function expectFit(unfit: string | undefined): void {
  if (unfit) throw new Error(`Slack would not show this answer: ${unfit}`);
}

/** Polls until there is something. */
export async function until<Found>(look: () => Found | undefined | false | null): Promise<Found> {
  for (const end = Date.now() + PATIENCE; ; ) {
    const found = look();
    if (found) return found;
    if (Date.now() > end) throw new Error('nothing came of it in time');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
