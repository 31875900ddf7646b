import type { Raw } from '../../src/form.ts';

/** One input of a submitted view, as far as its kind needs it. */
interface Value {
  type: string;
  value?: string | null;
  selected_option?: { value: string } | null;
  selected_options?: { value: string }[];
  selected_user?: string | null;
  selected_users?: string[];
  selected_conversation?: string | null;
  selected_date?: string | null;
  selected_date_time?: number | null;
}

/** `view.state.values`: by block id, then by action id, which is the field's key. */
export type Values = Readonly<Record<string, Readonly<Record<string, Value>>>>;

/** The answers as the core reads them. */
export function rawOf(values: Values): Raw {
  const raw: Record<string, Answered> = {};
  for (const inputs of Object.values(values))
    for (const [key, value] of Object.entries(inputs)) raw[key] = key in raw ? both(raw[key], answer(value)) : answer(value);
  return raw;
}

/** One field in two blocks: people of Slack in the one, those on other messengers in the other. */
function both(here: Answered, elsewhere: Answered): Answered {
  if (typeof here === 'string' || typeof elsewhere === 'string') return elsewhere || here;
  return [...(here ?? []), ...(elsewhere ?? [])];
}

type Answered = string | readonly string[] | undefined;

/** The block that asked for a field: where its error is shown. */
export function blockOf(values: Values, key: string): string | undefined {
  return Object.keys(values).find((block) => values[block]?.[key] !== undefined);
}

/** The people and channels that were picked in any field, by Slack's ids. */
export const picked = (values: Values): { users: string[]; channels: string[] } => {
  const all = Object.values(values).flatMap((inputs) => Object.values(inputs));
  return {
    users: all.flatMap((one) => [...(one.selected_user ? [one.selected_user] : []), ...(one.selected_users ?? [])]),
    channels: all.flatMap((one) => (one.selected_conversation ? [one.selected_conversation] : [])),
  };
};

function answer(value: Value): Answered {
  switch (value.type) {
    case 'checkboxes':
      return value.selected_options?.[0]?.value ?? '';
    case 'static_select':
      return value.selected_option?.value ?? '';
    case 'multi_static_select':
      return value.selected_options?.map((one) => one.value) ?? [];
    case 'users_select':
      return value.selected_user ?? '';
    case 'multi_users_select':
      return value.selected_users ?? [];
    case 'conversations_select':
      return value.selected_conversation ?? '';
    case 'datepicker':
      return value.selected_date ?? '';
    case 'datetimepicker':
      return value.selected_date_time ? String(value.selected_date_time) : '';
    default:
      return value.value ?? '';
  }
}
