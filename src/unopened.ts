import { note, said } from './card.ts';
import type { Flow, Refused } from './flow.ts';
import { isFlowId, type PersonId } from './id.ts';
import type { TimerRow, Tables, Work } from './store.ts';
import { minute, text } from './text.ts';

/**
 * A flow was to be opened by the clock, and was refused when its time had come: whoever had set it going is told why, once. What no
 * person set going, such as the cadences that follow from a decision, is refused silently: mostly there is one already.
 */
export function* tellUnopened(tables: Tables, row: TimerRow, { name, open }: Flow, refused: Refused): Work<void> {
  const by = row.input['startedBy'];
  if (isFlowId(row.target) || !isPerson(by)) return;
  yield* tables.putSurface(row.workspace, row.flow, {
    key: `unopened ${row.key} ${row.at}`,
    to: by,
    card: {
      title: text`The ${open.called ?? name} was not opened`,
      parts: [said(refused.refused), note(text`You get this because you had set it going for ${minute(row.at)}. Nothing was opened.`)],
    },
  });
}

const isPerson = (by: unknown): by is PersonId => typeof by === 'string' && /^person\/[1-9]\d*$/.test(by);
