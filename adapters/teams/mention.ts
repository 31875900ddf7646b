import type { AdaptiveCard } from './card.ts';
import type { Mention } from './text.ts';

/**
 * The card with a last line that notifies the people by name. The line is apart from the text, because Teams reads mentions in
 * plain text blocks only, and those would read as markup what people typed.
 */
export function mentioning(card: AdaptiveCard, people: readonly (Mention & { user: string })[]): AdaptiveCard {
  if (people.length === 0) return card;
  const entities = people.map(({ user, name }, index) => {
    const namesake = people.slice(0, index).filter((one) => one.name === name).length;
    const shown = `${name.replaceAll(/[^\p{L}\p{N} .'-]/gu, ' ').trim() || 'you'}${namesake > 0 ? ` ${namesake + 1}` : ''}`;
    return { type: 'mention', text: `<at>${shown}</at>`, mentioned: { id: user, name: shown } };
  });
  const line = { type: 'TextBlock', text: entities.map((entity) => entity.text).join(', '), wrap: true, spacing: 'small' };
  return { ...card, body: [...card.body, line], msteams: { ...card.msteams, entities } };
}
