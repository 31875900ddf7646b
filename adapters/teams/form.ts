import type { Field, FieldErrors, Form } from '../../src/form.ts';
import type { PersonId, ChannelId } from '../../src/id.ts';
import { type Names, type Text, words } from '../../src/text.ts';
import { localOf } from '../../src/zone.ts';
import { type AdaptiveCard, rich } from './card.ts';
import { inert, subtle } from './text.ts';

/** What a form's pickers offer where the platform has none of its own. */
interface Choices {
  people: readonly { id: PersonId; name: string }[];
  channels: readonly { id: ChannelId; name: string }[];
}

export interface Filling {
  names: Names;
  choices: Choices;
  /** The reader's IANA zone: moments are typed in it. */
  zone: string;
  /** Short choices are shown all at once however long the form is: the caller draws them side by side. */
  sideBySide?: true;
  notice?: Text;
  errors?: FieldErrors;
}

/** A field whose date and time are two inputs on this platform. */
const timeKey = (key: string): string => `${key} time`;

/** A longer form shows each choice in one line, so that a whole ballot can be looked over. */
const FEW_FIELDS = 10;

/** The form as an Adaptive Card: a dialog's content in Teams, the browser's form. `data` comes back with the answers. */
export function formCard(form: Form, filling: Filling, data: object): AdaptiveCard {
  const { names, notice, errors = {} } = filling;
  const body: object[] = [];
  if (notice) body.push({ type: 'Container', style: 'warning', items: [rich(notice, names)] });
  for (const said of form.intro) body.push(rich(said, names));
  if (errors['']) body.push({ type: 'Container', style: 'attention', items: [rich([{ kind: 'words', text: errors[''] }], names)] });
  let group: string | undefined;
  for (const field of form.fields) {
    if (field.group && field.group !== group)
      body.push({ type: 'TextBlock', text: field.group, weight: 'bolder', wrap: true, separator: true, spacing: 'large' });
    group = field.group;
    const error = errors[field.key];
    if (error) body.push({ type: 'Container', style: 'attention', items: [rich([{ kind: 'words', text: at(field, error) }], names)] });
    body.push(...inputs(field, filling, filling.sideBySide === true || form.fields.length <= FEW_FIELDS));
    // It may hold what people typed, which a TextBlock would read as markup.
    if (field.hint) body.push({ type: 'RichTextBlock', spacing: 'none', inlines: subtle(words(field.hint), names) });
  }
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    body,
    actions: [{ type: 'Action.Submit', title: form.submit, style: 'positive', data }],
  };
}

/** What is wrong with a field, named once: the sentence may name it already. */
const at = ({ label }: Field, error: string): string => (error.includes(`“${label}”`) ? error : `${label}: ${error}`);

function inputs(field: Field, { choices, zone }: Filling, roomy: boolean): object[] {
  const { key, label, required, longest } = field;
  const value = Array.isArray(field.value) ? field.value.join(',') : (field.value as string | undefined);
  const common = { id: key, label, ...(required ? { isRequired: true, errorMessage: `“${label}” is needed.` } : {}) };
  const set = value === undefined ? {} : { value };
  switch (field.kind) {
    case 'text':
    case 'number':
      return [{ type: 'Input.Text', ...common, ...set, ...(longest ? { maxLength: longest } : {}) }];
    case 'lines':
      return [{ type: 'Input.Text', isMultiline: true, ...common, ...set, ...(longest ? { maxLength: longest } : {}) }];
    case 'check':
      return [{ type: 'Input.Toggle', id: key, title: label, value: value ?? 'false', valueOn: 'true', valueOff: 'false' }];
    case 'date':
      return [{ type: 'Input.Date', ...common, ...set }];
    case 'moment': {
      const local = momentParts(value, zone);
      return [
        { type: 'Input.Date', ...common, ...(local ? { value: local.date } : {}) },
        {
          type: 'Input.Time',
          id: timeKey(key),
          label: `${label}: time (${zone})`,
          ...(required ? { isRequired: true, errorMessage: 'A time is needed, like 17:00.' } : {}),
          ...(local ? { value: local.time } : {}),
        },
      ];
    }
    case 'choice':
      return [
        choiceSet(
          common,
          (field.options ?? []).map((option) => ({ title: inert(option.label), value: option.value })),
          value,
          roomy && (field.options?.length ?? 0) <= 3 ? 'expanded' : 'compact',
        ),
      ];
    case 'person':
      return [
        choiceSet(
          common,
          choices.people.map(({ id, name }) => ({ title: inert(name), value: id })),
          value,
          'filtered',
        ),
      ];
    case 'people':
      return [
        {
          ...choiceSet(
            common,
            choices.people.map(({ id, name }) => ({ title: inert(name), value: id })),
            value,
            choices.people.length <= 12 ? 'expanded' : 'compact',
          ),
          isMultiSelect: true,
        },
      ];
    case 'channel':
      return [
        choiceSet(
          common,
          choices.channels.map(({ id, name }) => ({ title: `#${inert(name)}`, value: id })),
          value,
          'compact',
        ),
      ];
  }
}

function choiceSet(
  common: object,
  options: readonly { title: string; value: string }[],
  value: string | undefined,
  style: 'compact' | 'expanded' | 'filtered',
): object {
  return { type: 'Input.ChoiceSet', style, wrap: true, choices: options, ...common, ...(value === undefined ? {} : { value }) };
}

function momentParts(value: string | undefined, zone: string): { date: string; time: string } | undefined {
  if (!value) return undefined;
  if (/^\d{9,11}$/.test(value)) return localOf(zone, Number(value) * 1000);
  const [date, time] = value.split(/[T ]/);
  return date && time ? { date, time: time.slice(0, 5) } : undefined;
}

/** What a submitted card hands over, as the core reads it: a date and its time are one again. */
export function rawOf(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const raw: Record<string, string> = {};
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined || value === null || key.endsWith(' time')) continue;
    const time = values[timeKey(key)];
    raw[key] = time && value !== '' ? `${String(value)}T${String(time)}` : String(value);
  }
  return raw;
}
