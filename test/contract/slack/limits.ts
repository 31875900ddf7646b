/** What Slack refuses in blocks and views, as far as Offshoot uses them; the limits are those of Slack's Block Kit reference. */

export interface Block {
  type: string;
  block_id?: string;
  text?: { type: string; text: string };
  label?: { text: string };
  hint?: { text: string };
  optional?: boolean;
  alt_text?: string;
  title?: { text: string };
  slack_file?: { id?: string };
  element?: Element;
  elements?: Element[];
}

export interface Element {
  type: string;
  action_id?: string;
  value?: string;
  text?: { type: string; text: string } | string;
  elements?: Element[];
  style?: unknown;
  user_id?: string;
  channel_id?: string;
  fallback?: string;
  multiline?: boolean;
  max_length?: number;
  options?: Option[];
  option_groups?: { label: { text: string }; options: Option[] }[];
  initial_option?: Option;
  initial_options?: Option[];
  initial_value?: string;
  initial_user?: string;
  initial_users?: string[];
  initial_conversation?: string;
  default_to_current_conversation?: boolean;
  initial_date?: string;
  initial_date_time?: number;
}

interface Option {
  text: { text: string };
  value: string;
}

export interface View {
  type: string;
  callback_id?: string;
  title: { text: string };
  submit?: { text: string };
  private_metadata?: string;
  blocks: Block[];
}

const BLOCKS = new Set(['header', 'image', 'rich_text', 'context', 'actions', 'input', 'divider']);

/** Why Slack would refuse these blocks; undefined when it would not. */
export function unfitBlocks(blocks: readonly Block[], most: number): string | undefined {
  if (blocks.length > most) return `${blocks.length} blocks`;
  const ids = blocks.flatMap((block) => block.block_id ?? []);
  if (new Set(ids).size !== ids.length) return 'block ids that are not unique';
  return first(blocks.map(unfitBlock));
}

export function unfitView(view: View): string | undefined {
  return (
    first([
      long('a title', view.title?.text, 24, view.type === 'modal' ? 1 : 0),
      long('a submit', view.submit?.text, 24),
      long('private metadata', view.private_metadata, 3000),
      view.blocks.some((block) => block.type === 'input') && view.type === 'modal' && !view.submit && 'inputs without a submit',
      Buffer.byteLength(JSON.stringify(view)) > 250_000 && 'a view over 250 KB',
    ]) ?? unfitBlocks(view.blocks, 100)
  );
}

function unfitBlock(block: Block): string | undefined {
  if (!BLOCKS.has(block.type)) return `a block “${block.type}” that this stand-in does not know`;
  if (block.type === 'header') return long('a header', block.text?.text, 150, 1);
  if (block.type === 'input')
    return first([
      long('a label', block.label?.text, 2000, 1),
      long('a hint', block.hint?.text, 2000),
      long('a block id', block.block_id, 255),
      unfitElement(block.element!),
    ]);
  if (block.type === 'image')
    return first([
      long('an alternative text', block.alt_text, 2000, 1),
      long('an image’s title', block.title?.text, 2000, 1),
      !/^F[A-Z0-9]{8,}$/.test(block.slack_file?.id ?? '') && `the file id “${block.slack_file?.id}”`,
    ]);
  const most = { actions: 25, context: 10, rich_text: 1000 }[block.type] ?? 0;
  if (block.type !== 'divider' && (!block.elements?.length || block.elements.length > most))
    return `${block.elements?.length ?? 0} elements in ${block.type}`;
  if (block.type === 'context') return first((block.elements ?? []).map((one) => long('a context', one.text as string, 3000, 1)));
  if (block.type === 'rich_text') return first((block.elements ?? []).map(emptyRich));
  const ids = (block.elements ?? []).map((one) => one.action_id);
  return new Set(ids).size === ids.length ? first((block.elements ?? []).map(unfitElement)) : 'action ids that are not unique';
}

function emptyRich(element: Element): string | undefined {
  if (element.elements) return element.elements.length === 0 ? 'an empty rich text' : first(element.elements.map(emptyRich));
  return element.type === 'text' && element.text === '' ? 'an empty text element' : undefined;
}

function unfitElement(element: Element): string | undefined {
  const all = [...(element.options ?? []), ...(element.option_groups ?? []).flatMap((group) => group.options)];
  const initial = [...(element.initial_options ?? []), ...(element.initial_option ? [element.initial_option] : [])];
  return first([
    long('an action id', element.action_id, 255, 1),
    element.type === 'button' && long('a button', (element.text as { text: string }).text, 75, 1),
    element.type === 'button' && long('a button’s value', element.value, 2000),
    (element.options?.length ?? 0) > (element.type === 'checkboxes' ? 10 : 100) && 'too many options',
    ...all.flatMap((option) => [long('an option', option.text.text, 75, 1), long('an option’s value', option.value, 150, 1)]),
    initial.some((one) => !all.some((option) => option.value === one.value && option.text.text === one.text.text)) &&
      'an initial option that is none',
    element.initial_options?.length === 0 && 'empty initial options',
    (element.max_length ?? 1) > 3000 && 'a max_length over 3000',
    long('an initial value', element.initial_value, element.max_length ?? 3000),
    element.initial_date_time !== undefined &&
      !/^\d{10}$/.test(String(element.initial_date_time)) &&
      'an initial_date_time that is no moment',
  ]);
}

function long(what: string, said: string | undefined | { text: string }, most: number, least = 0): string | undefined {
  const text = typeof said === 'object' ? said.text : (said ?? '');
  const letters = [...text].length;
  return letters > most || letters < least ? `${what} of ${letters} characters` : undefined;
}

const first = (found: readonly (string | false | undefined)[]): string | undefined => found.find((one) => typeof one === 'string');
