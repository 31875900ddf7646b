import { button, type Button } from '../../src/card.ts';
import type { FlowId } from '../../src/id.ts';
import type { Reminder } from './state.ts';

/** What can be done with a reminder that is open, in the channel and in a nudge alike. */
export function openButtons({ number }: Reminder, id: FlowId): Button[] {
  const about = String(number);
  return [
    button('Done', id, 'done', { style: 'primary', about }),
    button('Snooze', id, 'snooze', { about }),
    button('Skip', id, 'skip', { about }),
    button('Hand over', id, 'hand-over', { about }),
  ];
}
