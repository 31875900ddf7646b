import { drawn } from './card.ts';

/** Choices up to this long stand side by side. */
const SHORT = 10;

/** A form's card, drawn for a browser; `values` are what a person had filled in and not sent. */
export function drawnForm(card: object, values?: Readonly<Record<string, string>>): ReturnType<typeof drawn> {
  const made = drawn(browserCard(card, values));
  markUp(made.element);
  return made;
}

interface CardPart {
  type: string;
  id?: string;
  style?: string;
  value?: string;
  maxLength?: number;
}

/**
 * The same card for a browser: its own submit button stands below it; people are picked from a list, whose names the renderer's
 * filter would show as ids; and a text that is too long is told, not cut.
 */
function browserCard(card: object, values?: Readonly<Record<string, string>>): object {
  const { body, actions: _, ...rest } = card as { body: CardPart[]; actions?: unknown };
  const inputs = body.map(({ maxLength: __, ...one }) => ({
    ...one,
    ...(one.style === 'filtered' ? { style: 'compact' } : {}),
    ...(one.id !== undefined && values?.[one.id] !== undefined ? { value: values[one.id] } : {}),
  }));
  return { ...rest, body: inputs };
}

/** What the renderer leaves out: a name for each group of choices, and short choices side by side with their label. */
function markUp(body: HTMLElement): void {
  for (const group of body.querySelectorAll<HTMLElement>('.ac-choiceSetInput-expanded, .ac-choiceSetInput-multiSelect')) {
    const field = group.closest<HTMLElement>('.ac-input-container')?.parentElement;
    const label = field?.firstElementChild;
    group.setAttribute('role', group.matches('.ac-choiceSetInput-expanded') ? 'radiogroup' : 'group');
    if (label?.id) group.setAttribute('aria-labelledby', label.id);
    const choices = [...group.querySelectorAll('label')];
    if (field && group.matches('.ac-choiceSetInput-expanded') && choices.every((choice) => choice.innerText.length <= SHORT)) {
      field.classList.add('row');
      field.classList.toggle('answered', group.querySelector(':checked') !== null);
    }
    // The renderer gives the first choice the group's name as well; the group has it now.
    for (const choice of group.querySelectorAll('input')) choice.removeAttribute('aria-labelledby');
  }
}
