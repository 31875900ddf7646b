import { element, part } from './element.ts';
import { inputOf, momentOf, monthLater } from './moment.ts';
import { moveClock, Trouble } from './wire.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const STEPS: readonly [label: string, to: (now: number) => number][] = [
  ['+1 hour', (now) => now + HOUR],
  ['+1 day', (now) => now + DAY],
  ['+1 week', (now) => now + 7 * DAY],
  ['+1 month', monthLater],
];

export interface ClockPanel {
  show(now: number): void;
}

/** The clock that people move by hand; what falls due on the way takes effect at its own moment. */
export function clockPanel(now: number): ClockPanel {
  let at = now;
  const shown = element('time', {});
  const field = element('input', { type: 'datetime-local', 'aria-label': 'Move to', required: true });
  const wrong = element('p', { class: 'trouble', role: 'alert', hidden: true });
  const steps = STEPS.map(([label, to]) => element('button', { type: 'button', click: () => void move(to(at)) }, label));
  const go = element('button', {}, 'Move');
  const form = element('form', { class: 'move' }, field, go);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void move(new Date(field.value).getTime());
  });
  const frame = part('clock');
  const more = element(
    'details',
    { open: !matchMedia('(max-width: 760px)').matches },
    element('summary', {}, element('h2', {}, 'Clock'), shown),
  );
  more.append(element('div', { class: 'steps' }, ...steps), form, wrong);
  frame.append(more);
  frame.hidden = false;

  function show(now: number): void {
    at = now;
    shown.textContent = momentOf(now);
    shown.dateTime = new Date(now).toISOString();
    field.value = field.min = inputOf(now);
  }

  async function move(to: number): Promise<void> {
    const buttons = [...steps, go];
    for (const button of buttons) button.disabled = true;
    wrong.hidden = true;
    try {
      show((await moveClock(to)).now);
    } catch (trouble) {
      if (!(trouble instanceof Trouble)) throw trouble;
      wrong.textContent = trouble.message;
      wrong.hidden = false;
    } finally {
      for (const button of buttons) button.disabled = false;
    }
  }

  show(now);
  return { show };
}
