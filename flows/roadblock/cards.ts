import { button, type Button, type Card, facts, note, type Part, said } from '../../src/card.ts';
import type { Surface } from '../../src/flow.ts';
import type { FlowId } from '../../src/id.ts';
import type { Derived } from '../../src/record.ts';
import { bold, excerpt, minute, person, type Text, text, typed } from '../../src/text.ts';
import { nudgeOf } from '../mute/nudge.ts';
import { type Cause, CAUSES, type Response, RESPONSES, type Roadblock } from './state.ts';

/** Its card stands in the initiative's channel; its owner is asked and reminded by direct message. */
export function roadblockSurfaces(state: Roadblock, id: FlowId): readonly Surface[] {
  const { owner, ended, reminded, asks, due, channel } = state;
  const surfaces: Surface[] = [{ key: 'roadblock', to: channel, card: roadblockCard(state, id) }];
  // Who ended it themselves needs no message about it.
  const by = ended && ended.kind !== 'dropped' ? ended.by : undefined;
  if (by !== owner && !(state.raised.by === owner && asks === 1))
    surfaces.push({ key: `ask ${asks}`, to: owner, card: askCard(state, id), brief: true });
  if (reminded && !ended)
    surfaces.push(
      nudgeOf('due', { key: `reminder ${asks} ${due} ${reminded.number}`, to: owner, card: reminderCard(state, id, reminded.overdue) }),
    );
  return surfaces;
}

export function roadblockCard(state: Roadblock, id: FlowId): Card {
  const { initiative, what, raised, ended } = state;
  return {
    title: text`${bold('Roadblock: ')}${typed(initiative.name)}`,
    tone: ended?.kind === 'resolved' ? 'good' : 'warning',
    parts: [
      ...(ended ? [said(endText(state)!)] : []),
      said(typed(what)),
      terms(state),
      note(text`Named by ${person(raised.by)}, ${minute(raised.at)}. It stands with the next vote${ended ? '' : ' until it is resolved'}.`),
    ],
    buttons: ended ? [] : buttons(id),
  };
}

function askCard(state: Roadblock, id: FlowId): Card {
  return {
    title: text`A roadblock for you to see to: ${typed(state.initiative.name)}`,
    parts: [...(state.ended ? [said(endText(state)!)] : []), said(typed(state.what)), terms(state)],
    buttons: state.ended ? [] : buttons(id),
  };
}

function reminderCard(state: Roadblock, id: FlowId, overdue: boolean): Card {
  return {
    title: text`${overdue ? 'Overdue' : 'Due today'}: a roadblock of ${typed(state.initiative.name)}`,
    ...(overdue ? { tone: 'warning' as const } : {}),
    parts: [
      said(typed(state.what)),
      terms(state),
      note(
        overdue
          ? text`You get this weekly from its due day on, as its owner. Change the response when another day is right.`
          : text`You get this as its owner, on its due day.`,
      ),
    ],
    buttons: buttons(id),
  };
}

const terms = ({ cause, response, how, owner, due }: Roadblock): Part =>
  facts(
    ['Root cause', text`${CAUSES[cause]}`],
    ['Response', text`${RESPONSES[response]}${how && text`: ${typed(how)}`}`],
    ['Owner', person(owner)],
    ['Due', text`${due}`],
  );

function endText({ ended }: Roadblock): Text | undefined {
  if (!ended) return undefined;
  const word = ended.kind === 'accepted' ? 'Accepted as manageable' : ended.kind === 'resolved' ? 'Resolved' : 'Dropped';
  return text`${bold(word)}${ended.kind !== 'dropped' && text` by ${person(ended.by)}`}, ${minute(ended.at)}: ${typed(ended.what)}`;
}

const buttons = (id: FlowId): Button[] => [
  button('Resolved', id, 'resolve', { style: 'primary' }),
  button('Change the response', id, 'edit'),
  button('Accept as manageable', id, 'accept'),
];

/** One roadblock in a line: what, why, and what is done about it. */
export function roadblockLine({ what, cause, response, owner, due, state }: Derived['roadblocks']): Text {
  const now =
    state === 'open'
      ? text`answered by “${RESPONSES[response as Response].toLowerCase()}”, ${person(owner)} until ${due}`
      : text`${state === 'accepted' ? 'accepted as manageable' : state}`;
  return text`${typed(excerpt(what, 200))} (${CAUSES[cause as Cause].toLowerCase()}; ${now})`;
}
