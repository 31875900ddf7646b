/** An Adaptive Card as a client of Teams reads it. */
export type Node = { type: string } & Record<string, any>;

export interface Action {
  title: string;
  data: Record<string, unknown> & { msteams?: { type: string } };
}

export interface Input {
  id: string;
  kind: string;
  label: string;
  value: string;
  required: boolean;
  complaint: string;
  choices: readonly { title: string; value: string }[];
  many: boolean;
}

/** Everything below a node, itself first. */
export function* within(node: Node): Generator<Node> {
  yield node;
  for (const key of ['body', 'items', 'columns', 'inlines', 'actions'])
    for (const child of (node[key] as Node[] | undefined) ?? []) if (typeof child === 'object') yield* within(child);
}

export const actionsOf = (card: Node): Action[] => [...within(card)].filter((node) => node.type === 'Action.Submit') as unknown as Action[];

export const inputsOf = (card: Node): Input[] =>
  [...within(card)]
    .filter((node) => node.type.startsWith('Input.'))
    .map((node) => ({
      id: node['id'],
      kind: node.type,
      label: node['label'] ?? node['title'],
      value: node['value'] ?? '',
      required: node['isRequired'] === true,
      complaint: node['errorMessage'] ?? '',
      choices: node['choices'] ?? [],
      many: node['isMultiSelect'] === true,
    }));

/** The errors that a form shows, each in a box above its field. */
export const complaintsOf = (card: Node): string[] =>
  [...within(card)].filter((node) => node.type === 'Container' && node['style'] === 'attention').map(textOf);

/** What a reader reads, line by line; dates as the client writes them. */
export function textOf(node: Node): string {
  switch (node.type) {
    case 'TextBlock':
    case 'TextRun':
      return dated(node['text']);
    case 'RichTextBlock':
      return (node['inlines'] as (Node | string)[]).map((run) => (typeof run === 'string' ? dated(run) : textOf(run))).join('');
    case 'Image':
      return dated(node['altText']);
    case 'ColumnSet':
      return (node['columns'] as Node[]).map(textOf).join(': ');
    case 'AdaptiveCard':
    case 'Container':
    case 'Column':
      return ((node['body'] ?? node['items']) as Node[]).map(textOf).filter(Boolean).join('\n');
    default:
      return '';
  }
}

const dated = (text: string): string =>
  text
    .replaceAll(/\{\{DATE\((\d{4}-\d\d-\d\d)T[\d:]+Z(?:, \w+)?\)\}\}/g, '$1')
    .replaceAll(/\{\{TIME\(\d{4}-\d\d-\d\dT(\d\d:\d\d):\d\dZ\)\}\}/g, '$1');

/** What the client sends when the form is filled; or what it says itself without sending anything. */
export function filled(
  card: Node,
  values: Readonly<Record<string, string | readonly string[]>>,
): { data: Record<string, unknown> } | { complaints: Record<string, string> } {
  const inputs = inputsOf(card);
  const unknown = Object.keys(values).filter((label) => !inputs.some((input) => input.label === label));
  if (unknown.length > 0)
    throw new Error(`no field is called ${unknown.join(', ')}; there are: ${inputs.map((input) => input.label).join(', ')}`);
  const data: Record<string, unknown> = {};
  const complaints: Record<string, string> = {};
  for (const input of inputs) {
    const typed = typedIn(input, inputs, values);
    if (typed !== '') data[input.id] = typed;
    else if (input.required) complaints[input.label] = input.complaint;
  }
  return Object.keys(complaints).length > 0 ? { complaints } : { data };
}

function typedIn(input: Input, inputs: readonly Input[], values: Readonly<Record<string, string | readonly string[]>>): string {
  const date = inputs.find((one) => input.id === `${one.id} time`);
  const said = values[date ? date.label : input.label];
  if (said === undefined) return input.value;
  if (date) return String(said).split(' ')[1] ?? '';
  if (input.kind === 'Input.Date') return String(said).split(' ')[0]!;
  if (input.kind !== 'Input.ChoiceSet') return String(said);
  return [said]
    .flat()
    .map((title) => chosen(input, title))
    .join(',');
}

function chosen({ label, choices }: Input, title: string): string {
  const found = choices.find((choice) => choice.title === title || choice.title === `#${title}`);
  if (!found) throw new Error(`“${label}” does not offer “${title}”, but ${choices.map((choice) => choice.title).join(', ')}`);
  return found.value;
}
