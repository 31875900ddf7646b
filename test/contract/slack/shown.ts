import type { Block, Element } from './limits.ts';

/** What a person reads in blocks, line by line. `names` are those of users and channels by id. */
export function blocksText(blocks: readonly Block[], names: ReadonlyMap<string, string>): string {
  const read = (one: Element): string => {
    if (one.elements) return one.elements.map(read).join(one.type === 'rich_text_list' ? '\n' : '');
    if (one.type === 'user') return `@${names.get(one.user_id!) ?? one.user_id}`;
    if (one.type === 'channel') return `#${names.get(one.channel_id!) ?? one.channel_id}`;
    if (one.type === 'date') return one.fallback ?? '';
    const text = typeof one.text === 'object' ? one.text.text : (one.text ?? '');
    return text.replaceAll(/<!date\^[^|]*\|([^>]*)>/g, '$1');
  };
  return blocks
    .filter((block) => block.type !== 'actions' && block.type !== 'input' && block.type !== 'divider')
    .map((block) => block.alt_text ?? block.text?.text ?? (block.elements ?? []).map(read).join('\n'))
    .join('\n');
}

/** The buttons that can be pressed, in order. */
export const buttonsOf = (blocks: readonly Block[]): { block: Block; element: Element; label: string }[] =>
  blocks
    .filter((block) => block.type === 'actions')
    .flatMap((block) => (block.elements ?? []).map((element) => ({ block, element, label: (element.text as { text: string }).text })));
