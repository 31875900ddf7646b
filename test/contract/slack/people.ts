import { randomUUID } from 'node:crypto';
import type { Element } from './limits.ts';
import { buttonsOf } from './shown.ts';
import type { Standin } from './standin.ts';
import { BOT, type Message, type OpenView, TEAM } from './workplace.ts';

/** What was delivered for somebody, to be delivered again. */
export interface Delivery {
  kind: 'slash_commands' | 'interactive' | 'events_api';
  payload: object;
}

export type Answers = Readonly<Record<string, string | readonly string[]>>;

/** One value of a form as Slack reports it. */
interface State {
  type: string;
  [selected: string]: unknown;
}

/** What people do in Slack, as the deliveries that Slack makes of it. */
export class People {
  readonly slack: Standin;
  readonly #typed = new Map<string, Map<string, State>>();
  constructor(slack: Standin) {
    this.slack = slack;
  }

  command(user: string, channel: string, words: string): Delivery {
    const [command = '', ...rest] = words.split(' ');
    const payload = {
      team_id: TEAM,
      channel_id: channel,
      channel_name: this.slack.channels.get(channel)!.name,
      user_id: user,
      command,
      text: rest.join(' '),
      trigger_id: this.slack.trigger(user),
      response_url: this.slack.responseUrl(channel, user),
    };
    return { kind: 'slash_commands', payload };
  }

  /** Presses a button of a message by its label. */
  press(user: string, message: Message, label: string): Delivery {
    const found = buttonsOf(message.blocks).find((one) => one.label === label);
    if (!found)
      throw new Error(
        `no button “${label}” among ${buttonsOf(message.blocks)
          .map((one) => one.label)
          .join(', ')}`,
      );
    const { channel, ts, thread_ts } = message;
    const payload = {
      ...this.#common(user, 'block_actions'),
      container: { type: 'message', message_ts: ts, channel_id: channel, ...(thread_ts ? { thread_ts } : {}) },
      channel: { id: channel, name: this.slack.channels.get(channel)!.name },
      response_url: this.slack.responseUrl(channel, user),
      ...action(found),
    };
    return { kind: 'interactive', payload };
  }

  pressHome(user: string, label: string): Delivery {
    const view = this.slack.homes.get(user)!;
    const found = buttonsOf(view.blocks).find((one) => one.label === label)!;
    const payload = {
      ...this.#common(user, 'block_actions'),
      container: { type: 'view', view_id: `V${user}` },
      view: { ...view, id: `V${user}` },
      ...action(found),
    };
    return { kind: 'interactive', payload };
  }

  /** Fills the open modal by field labels and sends it; what Slack itself would not send is told by label. */
  submit(user: string, answers: Answers): Delivery | { errors: Record<string, string> } {
    const view = this.slack.modals.get(user);
    if (!view?.submit) throw new Error('no form is open');
    const inputs = view.blocks.filter((block) => block.type === 'input');
    for (const label of Object.keys(answers))
      if (!inputs.some((block) => block.label!.text === label))
        throw new Error(`no field “${label}” among ${inputs.map((block) => block.label!.text).join(', ')}`);
    const values: Record<string, Record<string, State>> = {};
    const errors: Record<string, string> = {};
    for (const block of inputs) {
      const element = block.element!;
      const label = block.label!.text;
      const given = answers[label];
      const state = given === undefined ? this.#standing(view, block.block_id!, element) : this.#answered(element, given);
      this.#kept(view).set(block.block_id!, state);
      values[block.block_id!] = { [element.action_id!]: state };
      if (!block.optional && isEmpty(state)) errors[label] = 'Please complete this required field.';
      else if (typeof state['value'] === 'string' && state['value'].length > (element.max_length ?? 3000)) errors[label] = 'too long';
    }
    if (Object.keys(errors).length > 0) return { errors };
    const { id, hash, title, private_metadata, callback_id, blocks, type } = view;
    const shown = { id, hash, title, private_metadata, callback_id, blocks, type, app_installed_team_id: TEAM, state: { values } };
    return { kind: 'interactive', payload: { ...this.#common(user, 'view_submission'), view: shown } };
  }

  /** Picks “Put in as evidence” in the menu of a message that somebody wrote. */
  choose(user: string, channel: string, message: { ts: string; text: string; thread_ts?: string; files?: object[] }): Delivery {
    const payload = {
      ...this.#common(user, 'message_action'),
      team: { id: TEAM, domain: 'stand-in' },
      callback_id: 'put_evidence',
      action_ts: `${Date.now() / 1000}`,
      message_ts: message.ts,
      channel: { id: channel, name: this.slack.channels.get(channel)?.name ?? 'privategroup' },
      message: { type: 'message', user: 'U0SOMEBODY', ...message },
      response_url: this.slack.responseUrl(channel, user),
    };
    return { kind: 'interactive', payload };
  }

  join(user: string, channel: string): Delivery {
    this.slack.channels.get(channel)?.members.add(user);
    const event_ts = `${Date.now() / 1000}${Math.floor(Math.random() * 1e6)}`;
    return this.event({ type: 'member_joined_channel', user, channel, channel_type: 'C', team: TEAM, event_ts });
  }

  /** Words in a conversation: a mention in a channel, a direct message to the bot. */
  say(user: string, channel: string, words: string, thread?: string): Delivery {
    const direct = channel.startsWith('D');
    const ts = `${Math.floor(Date.now() / 1000)}.${String(Math.floor(Math.random() * 1e6)).padStart(6, '0')}`;
    const event = {
      ...(direct ? { type: 'message', channel_type: 'im' } : { type: 'app_mention' }),
      user,
      channel,
      ts,
      text: `${direct ? '' : `<@${BOT}> `}${escaped(words)}`,
      ...(thread ? { thread_ts: thread } : {}),
    };
    return this.event(event);
  }

  event(event: object): Delivery {
    const payload = {
      type: 'event_callback',
      team_id: TEAM,
      event_id: `Ev${randomUUID()}`,
      event,
      authorizations: [{ team_id: TEAM, user_id: BOT }],
    };
    return { kind: 'events_api', payload };
  }

  /** What stands in a field, as a person reads it. */
  standing(view: OpenView, block: string, element: Element): string | readonly string[] | undefined {
    return this.#read(this.#standing(view, block, element));
  }

  #common(user: string, type: string): object {
    return { type, team: { id: TEAM }, user: { id: user, team_id: TEAM }, trigger_id: this.slack.trigger(user) };
  }

  /** Slack keeps what a person has put in a block as long as the view has a block of this id. */
  #standing(view: OpenView, block: string, element: Element): State {
    return this.#kept(view).get(block) ?? initial(element);
  }

  #kept(view: OpenView): Map<string, State> {
    const kept = this.#typed.get(view.id) ?? new Map<string, State>();
    this.#typed.set(view.id, kept);
    return kept;
  }

  #answered(element: Element, given: string | readonly string[]): State {
    const { type } = element;
    const one = typeof given === 'string' ? given : (given[0] ?? '');
    const all = [...(element.options ?? []), ...(element.option_groups ?? []).flatMap((group) => group.options)];
    const id = (of: ReadonlyMap<string, { name: string }>, name: string) => [...of].find(([, { name: own }]) => own === name)?.[0];
    switch (type) {
      case 'static_select': {
        const option = all.find(({ text }) => text.text === one);
        if (!option) throw new Error(`no option “${one}” among ${all.map(({ text }) => text.text).join(', ')}`);
        return { type, selected_option: option };
      }
      case 'checkboxes':
        return { type, selected_options: one === 'Yes' ? all : [] };
      case 'multi_static_select':
        return { type, selected_options: all.filter(({ text }) => given.includes(text.text)) };
      case 'users_select':
        return { type, selected_user: id(this.slack.users, one) };
      case 'multi_users_select':
        return { type, selected_users: (typeof given === 'string' ? [given] : given).map((name) => id(this.slack.users, name)) };
      case 'conversations_select':
        return { type, selected_conversation: id(this.slack.channels, one) };
      case 'datepicker':
        return { type, selected_date: one };
      case 'datetimepicker':
        return { type, selected_date_time: Date.parse(`${one.replace(' ', 'T')}Z`) / 1000 };
      default:
        return { type, value: one };
    }
  }

  #read(state: State): string | readonly string[] | undefined {
    const name = (id: unknown) => this.slack.users.get(String(id))?.name ?? this.slack.channels.get(String(id))?.name ?? String(id);
    const option = state['selected_option'] as { text: { text: string } } | null | undefined;
    if (Array.isArray(state['selected_users'])) return state['selected_users'].map(name);
    if (Array.isArray(state['selected_options'])) return state['selected_options'].length > 0 ? 'Yes' : '';
    const [said] = [option?.text.text, state['value'], state['selected_date'], state['selected_date_time']].filter(
      (one) => one !== undefined && one !== null,
    );
    if (said !== undefined) return String(said);
    const picked = state['selected_user'] ?? state['selected_conversation'];
    return picked === undefined || picked === null ? undefined : name(picked);
  }
}

function initial(element: Element): State {
  const { type } = element;
  switch (type) {
    case 'static_select':
      return { type, selected_option: element.initial_option ?? null };
    case 'checkboxes':
    case 'multi_static_select':
      return { type, selected_options: element.initial_options ?? [] };
    case 'users_select':
      return { type, selected_user: element.initial_user ?? null };
    case 'multi_users_select':
      return { type, selected_users: element.initial_users ?? [] };
    case 'conversations_select':
      return { type, selected_conversation: element.initial_conversation ?? null };
    case 'datepicker':
      return { type, selected_date: element.initial_date ?? null };
    case 'datetimepicker':
      return { type, selected_date_time: element.initial_date_time ?? null };
    default:
      return { type, value: element.initial_value ?? null };
  }
}

const isEmpty = ({ type: _, ...selected }: State): boolean =>
  Object.values(selected).every((one) => one === null || one === undefined || one === '' || (Array.isArray(one) && one.length === 0));

function action({ block, element }: { block: { block_id?: string }; element: Element }): object {
  const action_ts = `${Date.now() / 1000}.${Math.floor(Math.random() * 1e6)}`;
  return { actions: [{ type: 'button', block_id: block.block_id ?? 'b', action_id: element.action_id, value: element.value, action_ts }] };
}

const escaped = (said: string): string => said.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
