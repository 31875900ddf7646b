import { drawn } from './card.ts';
import { element, part } from './element.ts';

type Act = (address: string, button: HTMLButtonElement) => void;
type Told =
  | { text: string; tone?: 'refused' | 'trouble'; typed?: readonly { label: string; text: string }[] }
  | { card: object; of?: string };

export interface Replies {
  /** Something that only this person sees; it stays until it is dismissed. A card takes the place of an earlier one of the same button. */
  tell(person: string, told: Told): void;
  /** Shows what this person was told. */
  move(person: string): void;
}

/** Private replies, near the field where one types. */
export function replies(act: Act): Replies {
  const frame = part('replies');
  const kept = new Map<string, HTMLElement[]>();
  let here = '';

  function show(): void {
    const entries = kept.get(here) ?? [];
    frame.replaceChildren(...entries);
    const newest = entries.at(-1);
    if (newest) frame.scrollTop = newest.offsetTop - frame.offsetTop;
  }

  return {
    tell(person, told) {
      const entry = entryOf(told, act, () => {
        kept.set(
          person,
          (kept.get(person) ?? []).filter((one) => one !== entry),
        );
        show();
        part('words').focus();
      });
      const of = 'of' in told ? told.of : undefined;
      if (of !== undefined) entry.dataset['of'] = of;
      const before = (kept.get(person) ?? []).filter((one) => of === undefined || one.dataset['of'] !== of);
      kept.set(person, [...before, entry]);
      if (person === here) show();
    },
    move(person) {
      if (person === here) return;
      here = person;
      show();
    },
  };
}

function entryOf(told: Told, act: Act, dismiss: () => void): HTMLElement {
  const body =
    'card' in told
      ? [element('div', { class: 'card' }, drawn(told.card, act).element)]
      : [element('p', {}, told.text), ...typedBack(told.typed)];
  return element(
    'article',
    { class: `reply ${'tone' in told ? told.tone : ''}` },
    element(
      'header',
      {},
      element('span', {}, 'tone' in told && told.tone === 'trouble' ? 'That did not work' : 'Only you can see this'),
      element('button', { type: 'button', class: 'quiet', click: dismiss }, 'Dismiss'),
    ),
    ...body,
  );
}

/** What a person had typed into a form that could not be taken, so that nothing of it is lost. */
export function typedBack(typed: readonly { label: string; text: string }[] = []): HTMLElement[] {
  if (typed.length === 0) return [];
  return [
    element('p', {}, 'What you had typed:'),
    element('dl', {}, ...typed.flatMap(({ label, text }) => [element('dt', {}, label), element('dd', { class: 'typed' }, text)])),
  ];
}
