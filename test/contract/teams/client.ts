import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Budget } from '../../../src/budget.ts';
import { manualClock } from '../../../src/clock.ts';
import { readConfig } from '../../../src/config.ts';
import { build, type House } from '../../../src/house.ts';
import type { Page } from '../../../src/page.ts';
import { logger } from '../../../src/log.ts';
import { type Heard, type Place, type PlatformClient, type Role, ROLES, type Seen } from '../client.ts';
import { type Action, actionsOf, complaintsOf, filled, inputsOf, type Node, textOf } from './cards.ts';
import { type Account, type Conversation, type Message, Microsoft } from './microsoft.ts';

export const teamsClient = (): Promise<TeamsClient> => TeamsClient.start();

/** The stand-in answers at once; how often it may be asked is tested where budgets are. */
class NoBudget extends Budget {
  override reserve(): number {
    return 0;
  }
}

/** An activity on its way to the bot. */
export type Sent = Record<string, unknown> & { id: string; conversation: { id: string } & Record<string, unknown> };

interface Dialog {
  title: string;
  card: Node;
  /** Where it was opened, and how it is sent: as a dialog, or as a message from a card. */
  from: Conversation;
  inline?: Message;
  /** Opened from the menu of a message, by the command of this id. */
  command?: string;
}

/** A committee at its Teams clients, with Microsoft's services as a stand-in and authentication on. */
export class TeamsClient implements PlatformClient {
  readonly name = 'Teams';
  readonly database: string;
  readonly microsoft: Microsoft;
  house!: House;
  /** Shown in the place of the product's own, where a test needs what none of them shows. */
  readonly pages: readonly Page[] | undefined;
  /** Set where a client opens no dialogs: a button then sends a message. */
  dialogs = true;
  readonly #folder = mkdtempSync(join(tmpdir(), 'offshoot-teams-'));
  readonly #clock = manualClock(Date.UTC(2027, 2, 15, 9));
  readonly #open = new Map<Role, Dialog>();
  /** The card that a person was shown in a dialog, until something else comes back. */
  readonly #shown = new Map<Role, Dialog>();
  readonly #last = new Map<Role, object>();
  readonly #people = new Map(
    ROLES.map((name): [Role, Account] => [name, { id: `29:${name.replace(' ', '-')}`, name, aadObjectId: randomUUID() }]),
  );

  constructor(microsoft: Microsoft, pages?: readonly Page[]) {
    this.microsoft = microsoft;
    this.pages = pages;
    this.database = join(this.#folder, 'offshoot.db');
  }

  static async start(pages?: readonly Page[]): Promise<TeamsClient> {
    const client = new TeamsClient(await Microsoft.start(), pages);
    client.#furnish();
    await client.#build();
    await client.install();
    return client;
  }

  /** At the Teams of a house that others build, who go by their roles with “of Teams” here. */
  static async beside(house: (environment: Record<string, string>) => Promise<House>): Promise<TeamsClient> {
    const client = new TeamsClient(await Microsoft.start());
    for (const account of client.#people.values()) account.name = `${account.name} of Teams`;
    client.#furnish();
    client.house = await house(client.microsoft.environment);
    await client.install();
    return client;
  }

  #furnish(): void {
    const members = [...this.#people.values()];
    this.microsoft.open({ id: this.microsoft.team.id, type: 'channel', members });
    for (const name of ['steering-committee', 'churn-model'])
      this.microsoft.open({ id: `19:${name}@thread.tacv2`, type: 'channel', name, members });
  }

  now(): number {
    return this.#clock.now();
  }

  async moveTo(at: number): Promise<void> {
    const { store, timekeeper, courier } = this.house.rooms;
    for (;;) {
      const next = await store.look((tables) => tables.nextDue());
      this.#clock.move(next !== undefined && next < at ? next : at);
      await timekeeper.sweep();
      if (next === undefined || next >= at) break;
    }
    await courier.idle();
  }

  async say(who: Role, where: Place, words: string): Promise<Heard> {
    const conversation = this.conversation(who, where);
    const activity = this.activity(who, conversation, 'message', this.#mention(conversation, words));
    const message = await this.#spoken(conversation, activity);
    if (!message) return { kind: 'nothing' };
    const form = actionsOf(cardOf(message)).find((action) => action.title === 'Fill in the form');
    if (form) return await this.#press(who, conversation, message, form);
    return { kind: 'said', text: textIn(message), buttons: buttonsOf(message) };
  }

  async press(who: Role, where: Place, label: string, on = ''): Promise<Heard> {
    await this.house.rooms.courier.idle();
    const shown = this.#shown.get(who);
    const offered = shown && actionsOf(shown.card).find((action) => action.title === label);
    if (offered) {
      const submitted = this.activity(who, shown.from, 'invoke', { name: 'task/submit', value: { data: offered.data } });
      return await this.#invoke(who, submitted, shown.from);
    }
    const conversation = this.conversation(who, where);
    const message = conversation.messages.findLast((one) => buttonsOf(one).includes(label) && textIn(one).includes(on));
    if (!message)
      throw new Error(`no message in ${where} has “${label}”; there are:\n${conversation.messages.map(textIn).join('\n---\n')}`);
    return await this.#press(who, conversation, message, actionsOf(cardOf(message)).find((action) => action.title === label)!);
  }

  async submit(who: Role, values: Readonly<Record<string, string | readonly string[]>>): Promise<Heard> {
    const dialog = this.#open.get(who);
    if (!dialog) throw new Error(`no form is open for ${who}`);
    const result = filled(dialog.card, values);
    if ('complaints' in result) return { kind: 'errors', errors: result.complaints };
    const data = { ...actionsOf(dialog.card)[0]!.data, ...result.data };
    if (dialog.inline) return await this.#sendInline(who, dialog.from, dialog.inline, data);
    const { command: commandId } = dialog;
    const sent = commandId
      ? { name: 'composeExtension/submitAction', value: { commandId, commandContext: 'message', data } }
      : { name: 'task/submit', value: { data } };
    return await this.#invoke(who, this.activity(who, dialog.from, 'invoke', sent));
  }

  /** Picks “Put in as evidence” in the menu of a message, in whatever conversation that stands. */
  async choose(who: Role, conversation: Conversation, messagePayload: object): Promise<Heard> {
    const value = { commandId: 'putEvidence', commandContext: 'message', messagePayload };
    const activity = this.activity(who, conversation, 'invoke', { name: 'composeExtension/fetchTask', value });
    return await this.#invoke(who, activity, conversation, value.commandId);
  }

  async see(who: Role, where: Place): Promise<readonly Seen[]> {
    await this.house.rooms.courier.idle();
    return this.conversation(who, where).messages.map((message) => ({
      text: textIn(message),
      buttons: buttonsOf(message),
      thread: message.thread !== undefined,
    }));
  }

  async again(who: Role): Promise<Heard> {
    const last = this.#last.get(who)! as Sent;
    if (last['type'] === 'invoke') return await this.#invoke(who, last);
    const { messages } = this.conversation(who, 'direct');
    await this.send({ ...last, id: this.microsoft.nextId() });
    const answer = messages.at(-1)!;
    return { kind: 'said', text: textIn(answer), buttons: buttonsOf(answer) };
  }

  async restart(asleep = 0): Promise<void> {
    await this.house.stop();
    this.#clock.move(this.now() + asleep);
    await this.#build();
    await this.house.rooms.courier.idle();
  }

  async stop(): Promise<void> {
    await this.house.stop();
    await this.microsoft.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Adds Offshoot to the team, and waits until it has learnt who is in it. */
  async install(): Promise<void> {
    const general = this.microsoft.conversations.get(this.microsoft.team.id)!;
    const { status } = await this.send(this.activity('PM', general, 'installationUpdate', { action: 'add' }));
    if (status !== 200) throw new Error(`the installation was answered with ${status}`);
    await this.send(this.activity('PM', general, 'conversationUpdate', { membersAdded: [{ id: `28:${this.microsoft.appId}` }] }));
    const known = () =>
      this.house.rooms.store.look(function* (tables) {
        const [installation] = yield* tables.installations('teams');
        return yield* tables.peopleOf(installation!.workspace);
      });
    while ((await known()).length < ROLES.length) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  /** Delivers an activity as Teams does; the status and the body of the answer. */
  async send(activity: object, token = this.microsoft.token()): Promise<{ status: number; body: any }> {
    const response = await fetch(`${this.house.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(activity),
    });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : undefined };
  }

  conversation(who: Role, where: Place): Conversation {
    if (where !== 'direct') return this.microsoft.conversations.get(`19:${where}@thread.tacv2`)!;
    const account = this.#people.get(who)!;
    const id = `a:${account.id}`;
    return this.microsoft.conversations.get(id) ?? this.microsoft.open({ id, type: 'personal', members: [account] });
  }

  /** An activity as Teams writes it. */
  activity(who: Role, { id, type }: Conversation, kind: string, more: object): Sent {
    const { microsoft } = this;
    const own = kind === 'message' ? microsoft.nextId() : `f:${randomUUID()}`;
    return {
      type: kind,
      id: own,
      channelId: 'msteams',
      serviceUrl: microsoft.serviceUrl,
      from: this.#people.get(who)!,
      recipient: { id: `28:${microsoft.appId}`, name: 'Offshoot' },
      conversation: {
        id: type === 'channel' && kind === 'message' ? `${id};messageid=${own}` : id,
        conversationType: type,
        tenantId: microsoft.tenant,
        ...(type === 'personal' ? {} : { isGroup: true }),
      },
      channelData: {
        tenant: { id: microsoft.tenant },
        ...(type === 'channel' ? { team: { id: microsoft.team.id }, channel: { id } } : {}),
      },
      localTimezone: 'Europe/Berlin',
      entities: [{ type: 'clientInfo', timezone: 'Europe/Berlin', platform: 'Web' }],
      ...more,
    };
  }

  async #build(): Promise<void> {
    const config = readConfig({ ...this.microsoft.environment, PORT: '0', DATABASE_URL: `file:${this.database}` });
    this.house = await build(config, logger(process.env['LOG_LEVEL'] ?? 'silent'), {
      clock: this.#clock,
      budget: new NoBudget(),
      ...(this.pages ? { pages: this.pages } : {}),
    });
  }

  #mention({ type }: Conversation, words: string): object {
    if (type === 'personal') return { text: words, textFormat: 'plain' };
    const tag = '<at>Offshoot</at>';
    const mention = { type: 'mention', text: tag, mentioned: { id: `28:${this.microsoft.appId}`, name: 'Offshoot' } };
    return { text: `${tag}&nbsp;${words}\n`, textFormat: 'plain', entities: [mention, { type: 'clientInfo', timezone: 'Europe/Berlin' }] };
  }

  /** The first message that Offshoot answers with in the conversation. */
  async #spoken(conversation: Conversation, activity: object): Promise<Message | undefined> {
    const before = new Set(conversation.messages);
    await this.send(activity);
    const root = (activity as Sent).conversation.id.split(';messageid=')[1];
    return conversation.messages.find((message) => !before.has(message) && message.thread === root);
  }

  async #press(who: Role, conversation: Conversation, message: Message, { data }: Action): Promise<Heard> {
    if (!this.dialogs) return await this.#sendInline(who, conversation, message, data);
    return await this.#invoke(
      who,
      this.activity(who, conversation, 'invoke', { name: 'task/fetch', replyToId: message.id, value: { data } }),
      conversation,
    );
  }

  async #invoke(who: Role, activity: object, from?: Conversation, by?: string): Promise<Heard> {
    this.#last.set(who, activity);
    const { body } = await this.send(activity);
    const opened = from ?? this.#open.get(who)?.from;
    const command = by ?? (from ? undefined : this.#open.get(who)?.command);
    this.#open.delete(who);
    this.#shown.delete(who);
    if (body.task.type === 'message') return { kind: 'said', text: body.task.value, buttons: [] };
    const { title, card } = body.task.value as { title: string; card: { content: Node } };
    return this.#heard(who, { title, card: card.content, from: opened!, ...(command ? { command } : {}) });
  }

  /** A client without dialogs: what was pressed or filled comes as a message with a value. */
  async #sendInline(who: Role, from: Conversation, message: Message, data: object): Promise<Heard> {
    const direct = this.conversation(who, 'direct');
    const before = new Map(direct.messages.map((one) => [one.id, one.edits]));
    const activity = this.activity(who, from, 'message', { value: data, replyToId: message.id });
    this.#last.set(who, activity);
    await this.send(activity);
    this.#open.delete(who);
    const answer = direct.messages.findLast((one) => before.get(one.id) !== one.edits);
    return answer
      ? this.#heard(who, { title: answer.activity.summary ?? '', card: cardOf(answer), from: direct, inline: answer })
      : { kind: 'nothing' };
  }

  #heard(who: Role, dialog: Dialog): Heard {
    const inputs = inputsOf(dialog.card);
    if (!actionsOf(dialog.card).some((action) => 'nonce' in action.data)) {
      if (!dialog.inline) this.#shown.set(who, dialog);
      return { kind: 'said', text: textOf(dialog.card), buttons: actionsOf(dialog.card).map((action) => action.title) };
    }
    this.#open.set(who, dialog);
    const complaints = complaintsOf(dialog.card);
    if (complaints.length === 0) return { kind: 'form', title: dialog.title, fields: inputs.map(({ label, value }) => ({ label, value })) };
    const named = complaints.map((said) => {
      const label = inputs.find((input) => said.startsWith(`${input.label}: `))?.label ?? '';
      return [label, label ? said.slice(label.length + 2) : said];
    });
    return { kind: 'errors', errors: Object.fromEntries(named) as Record<string, string> };
  }
}

export const cardOf = ({ activity }: Message): Node => activity.attachments?.[0]?.content ?? { type: 'AdaptiveCard', body: [] };
export const textIn = (message: Message): string => textOf(cardOf(message));
const buttonsOf = (message: Message): string[] => actionsOf(cardOf(message)).map((action) => action.title);
