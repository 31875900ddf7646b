import { element, part } from './element.ts';
import type { Command } from './wire.ts';

export interface Composer {
  /** Moves to another place: what was typed here stays here. */
  move(place: string, hint: string): void;
  /** Puts words into the field of the place at hand, for the person to send. */
  put(words: string): void;
  focus(): void;
}

/**
 * Where one types. `send` resolves to true when the words may go; otherwise they stay to be mended. A slash at the start opens the
 * list of commands: up and down choose, tab and enter complete, escape closes.
 */
export function composer(commands: readonly Command[], send: (words: string) => Promise<boolean>): Composer {
  const drafts = new Map<string, string>();
  let here = '';
  let chosen = 0;
  let steered = false;
  let closed = false;
  let sending = false;

  const list = element('ul', { id: 'commands', role: 'listbox', 'aria-label': 'Commands', hidden: true });
  const field = element('textarea', {
    id: 'words',
    rows: 1,
    role: 'combobox',
    'aria-label': 'Message or command',
    'aria-autocomplete': 'list',
    'aria-controls': 'commands',
    'aria-expanded': 'false',
    input: () => {
      closed = steered = false;
      chosen = 0;
      update();
    },
    keydown: (event: KeyboardEvent) => onKey(event),
    blur: () => close(),
  });
  const button = element('button', { class: 'primary' }, 'Send');
  const frame = part('composer');
  frame.append(list, field, button);
  frame.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
  });

  const fitting = (): readonly Command[] => {
    const typed = field.value.toLowerCase();
    if (closed || !typed.startsWith('/') || typed.includes('\n')) return [];
    // Once the command stands, its line stays as a reminder of what may follow it.
    const said = commands.filter(({ command }) => typed.startsWith(`${command} `));
    return said.length > 0 ? said : commands.filter(({ command }) => command.startsWith(typed.trimEnd()));
  };

  function update(): void {
    const fit = fitting();
    chosen = Math.min(chosen, Math.max(fit.length - 1, 0));
    list.hidden = fit.length === 0;
    list.replaceChildren(...fit.map((one, index) => option(one, index)));
    field.setAttribute('aria-expanded', String(fit.length > 0));
    if (fit.length > 0) field.setAttribute('aria-activedescendant', `command-${chosen}`);
    else field.removeAttribute('aria-activedescendant');
    list.children[chosen]?.scrollIntoView({ block: 'nearest' });
  }

  function option(one: Command, index: number): HTMLElement {
    return element(
      'li',
      {
        id: `command-${index}`,
        role: 'option',
        'aria-selected': String(index === chosen),
        // Before the field loses its focus, which would close the list.
        mousedown: (event: MouseEvent) => {
          event.preventDefault();
          complete(one);
        },
      },
      element('code', {}, one.command, one.about ? element('span', {}, ` ${one.about}`) : ''),
      element('span', {}, one.does),
    );
  }

  function onKey(event: KeyboardEvent): void {
    const fit = fitting();
    const one = fit[chosen];
    const typed = field.value.toLowerCase().trimEnd();
    const unfinished = one !== undefined && !typed.startsWith(one.command);
    // Whole words may be meant as they stand: /offshoot is a command, too.
    const whole = unfinished && one.command.startsWith(`${typed} `) && !steered;
    if (fit.length > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      chosen = (chosen + (event.key === 'ArrowDown' ? 1 : fit.length - 1)) % fit.length;
      steered = true;
      update();
    } else if (one && event.key === 'Escape') close();
    else if (unfinished && (event.key === 'Tab' || (event.key === 'Enter' && !whole))) complete(one);
    else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) void submit();
    else return;
    event.preventDefault();
  }

  function complete({ command }: Command): void {
    field.value = `${command} `;
    update();
    field.focus();
  }

  function close(): void {
    closed = true;
    update();
  }

  async function submit(): Promise<void> {
    const words = field.value.trim();
    if (words === '' || sending) return;
    const from = here;
    sending = button.disabled = true;
    close();
    const gone = await send(words);
    sending = button.disabled = false;
    if (!gone) return;
    drafts.delete(from);
    // Whoever types on meanwhile keeps it.
    if (here === from && field.value.trim() === words) field.value = '';
    update();
  }

  return {
    move(place, hint) {
      if (place !== here) {
        drafts.set(here, field.value);
        field.value = drafts.get(place) ?? '';
        here = place;
      }
      field.placeholder = hint;
      close();
    },
    put(words) {
      field.value = words;
      field.focus();
      closed = false;
      update();
    },
    focus: () => field.focus(),
  };
}
