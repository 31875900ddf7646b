import { randomBytes } from 'node:crypto';
import type { types } from '@slack/bolt';
import { addressText } from '../../src/card.ts';
import type { Field, Form } from '../../src/form.ts';
import type { ChannelId, PersonId } from '../../src/id.ts';
import type { Text } from '../../src/text.ts';
import { paragraph } from './blocks.ts';
import type { Cast } from './cast.ts';
import { fitted, plainObject } from './text.ts';

/** The callback id of every form. */
export const FORM = 'form';

/** In the block ids of what asks for people on other messengers. */
const ELSEWHERE = 'elsewhere';

/** What a form's view carries and gives back with the answers. */
export interface Slip {
  press: string;
  shape: string;
  seen?: number;
}

/**
 * A form as a modal. Its block ids are new each time: Slack keeps what stood in a block that it has seen before, and would
 * show that in place of the values given here.
 */
export function formView(form: Form, cast: Cast, notice?: Text, nonce = randomBytes(4).toString('hex')): types.ModalView {
  const slip: Slip = { press: addressText(form.press), shape: form.shape, ...(form.seen === undefined ? {} : { seen: form.seen }) };
  const full = [...form.title].length > 24 ? [paragraph([{ kind: 'words', text: form.title, bold: true }], cast)] : [];
  const said = [...(notice ? [notice] : []), ...form.intro].map((one) => paragraph(one, cast));
  return {
    type: 'modal',
    callback_id: FORM,
    title: plainObject(fitted(form.title, 24)),
    submit: plainObject(fitted(form.submit, 24)),
    close: plainObject('Not now'),
    private_metadata: JSON.stringify(slip),
    blocks: [...full, ...said, ...form.fields.flatMap((field, index) => fieldBlocks(field, form.fields[index - 1], cast, nonce))],
  };
}

/** A view that only says something: a confirmation, a refusal, a card for a place that has no conversation. */
export function sayingView(title: string, blocks: types.KnownBlock[]): types.ModalView {
  return { type: 'modal', callback_id: 'saying', title: plainObject(fitted(title, 24)), close: plainObject('Close'), blocks };
}

function fieldBlocks(field: Field, before: Field | undefined, cast: Cast, nonce: string): types.KnownBlock[] {
  const heading: types.KnownBlock[] =
    field.group && field.group !== before?.group
      ? [{ type: 'divider' }, paragraph([{ kind: 'words', text: field.group, bold: true }], cast)]
      : [];
  const apart = isOfPeople(field) && cast.others.length > 0;
  return [
    ...heading,
    {
      type: 'input',
      block_id: fitted(`${nonce} ${field.key}`, 255),
      label: plainObject(fitted(field.label, 2000)),
      element: input(field, cast),
      // Whoever is on another messenger is picked below; that somebody is picked at all, the answer's reading sees to.
      optional: apart || !field.required,
      ...(field.hint ? { hint: plainObject(fitted(field.hint, 2000)) } : {}),
    },
    ...(apart ? [elsewhere(field, cast, nonce)] : []),
  ];
}

const isOfPeople = ({ kind }: Field): boolean => kind === 'person' || kind === 'people';

/** Under a picker of Slack's own, which knows nobody else: the people on other messengers, by name. */
function elsewhere(field: Field, cast: Cast, nonce: string): types.InputBlock {
  const ids = typeof field.value === 'string' ? field.value.split(',') : (field.value ?? []);
  const options = cast.others.map(({ id, name }) => ({ text: plainObject(fitted(name, 75)), value: id }));
  const initial = options.filter((one) => ids.includes(one.value));
  const offered = options.length <= 100 ? { options } : { option_groups: grouped(options) };
  const element: types.InputBlock['element'] =
    field.kind === 'people'
      ? { type: 'multi_static_select', action_id: field.key, ...offered, ...(initial.length > 0 ? { initial_options: initial } : {}) }
      : { type: 'static_select', action_id: field.key, ...offered, ...(initial[0] ? { initial_option: initial[0] } : {}) };
  return {
    type: 'input',
    block_id: fitted(`${nonce} ${ELSEWHERE} ${field.key}`, 255),
    label: plainObject(
      fitted(field.kind === 'people' ? `${field.label}: on other messengers` : `${field.label}: or on another messenger`, 2000),
    ),
    element,
    optional: true,
  };
}

function input(field: Field, cast: Cast): types.InputBlock['element'] {
  const { key: action_id, longest } = field;
  const values = field.value === undefined ? [] : typeof field.value === 'string' ? [field.value] : field.value;
  const value = values[0] ? values[0] : undefined;
  switch (field.kind) {
    case 'text':
    case 'lines':
    case 'number':
      return {
        type: 'plain_text_input',
        action_id,
        multiline: field.kind === 'lines',
        ...(longest && longest <= 3000 && (value?.length ?? 0) <= longest ? { max_length: longest } : {}),
        ...(value === undefined ? {} : { initial_value: value }),
      };
    case 'choice':
      return select(field, value);
    case 'check': {
      const yes = { text: plainObject('Yes'), value: 'true' };
      return { type: 'checkboxes', action_id, options: [yes], ...(value === 'true' ? { initial_options: [yes] } : {}) };
    }
    case 'person': {
      const user = value === undefined ? undefined : userOf(value, cast);
      return { type: 'users_select', action_id, ...(user ? { initial_user: user } : {}) };
    }
    case 'people': {
      const users = values.map((one) => userOf(one, cast)).filter((one) => one !== undefined);
      return { type: 'multi_users_select', action_id, ...(users.length > 0 ? { initial_users: users } : {}) };
    }
    case 'channel': {
      const address = value?.startsWith('channel/') ? cast.address(value as ChannelId) : value;
      return {
        type: 'conversations_select',
        action_id,
        filter: { include: ['public', 'private'], exclude_bot_users: true },
        ...(address === undefined ? { default_to_current_conversation: true } : { initial_conversation: address }),
      };
    }
    case 'date':
      return { type: 'datepicker', action_id, ...(value === undefined ? {} : { initial_date: value }) };
    case 'moment':
      return { type: 'datetimepicker', action_id, ...(/^\d{10}$/.test(value ?? '') ? { initial_date_time: Number(value) } : {}) };
  }
}

/** Up to a hundred options in a list, more of them in groups. */
function select({ key: action_id, options = [] }: Field, value: string | undefined): types.StaticSelect {
  const all = options.map((one) => ({ text: plainObject(fitted(one.label, 75)), value: one.value }));
  const initial = all.find((one) => one.value === value);
  const start = initial ? { initial_option: initial } : {};
  if (all.length <= 100) return { type: 'static_select', action_id, options: all, ...start };
  return { type: 'static_select', action_id, option_groups: grouped(all), ...start };
}

function grouped(all: readonly types.PlainTextOption[]): types.StaticSelect['option_groups'] & object {
  const groups = Array.from({ length: Math.ceil(all.length / 100) }, (_, index) => all.slice(index * 100, (index + 1) * 100));
  return groups.map((some, index) => ({ label: plainObject(`${index * 100 + 1} to ${index * 100 + some.length}`), options: some }));
}

const userOf = (value: string, cast: Cast): string | undefined => (value.startsWith('person/') ? cast.user(value as PersonId) : value);

/** One line of a view that repeats what a person wrote. */
export const quoted = (label: string, said: string): types.RichTextBlock => ({
  type: 'rich_text',
  elements: [
    { type: 'rich_text_section', elements: [{ type: 'text', text: label, style: { bold: true } }] },
    { type: 'rich_text_quote', elements: [{ type: 'text', text: said }] },
  ],
});
