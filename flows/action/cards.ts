import { button, type Button, type Card, facts, note, type Part, said } from '../../src/card.ts';
import type { Surface } from '../../src/flow.ts';
import { type FlowId, kindOf, numberOf } from '../../src/id.ts';
import { bold, minute, person, type Text, text, typed } from '../../src/text.ts';
import { nudgeOf } from '../mute/nudge.ts';
import { handedText } from '../rules/asked.ts';
import type { Action } from './state.ts';

/** What an action came of, as people call it. */
const ORIGINS: Readonly<Record<string, string>> = {
  review: 'Pilot review',
  readiness: 'Readiness check',
  decision: 'Decision',
  vote: 'Vote',
  cadence: 'Cadence',
  ethics: 'Ethics review',
};

/** Everything that should be seen of an action: its owner is asked and reminded, others hear of it only when it is a week overdue. */
export function actionSurfaces(action: Action, id: FlowId): readonly Surface[] {
  const { owner, ended, reminded, asks, due, escalated } = action;
  const surfaces: Surface[] = [];
  // Who ended it themselves needs no message about it; anybody else learns that there is nothing left to do, and why.
  if (ended?.by !== owner) surfaces.push({ key: `ask ${asks}`, to: owner, card: askCard(action, id), brief: true });
  if (reminded && !ended)
    surfaces.push(
      nudgeOf('due', { key: `reminder ${asks} ${due} ${reminded.number}`, to: owner, card: reminderCard(action, id, reminded.overdue) }),
    );
  for (const told of escalated) {
    surfaces.push({ key: `escalation ${told.due}`, to: told.channel, card: escalationCard(action, id, told.due, false) });
    if (told.sponsor !== owner)
      surfaces.push({ key: `sponsor ${told.due}`, to: told.sponsor, card: escalationCard(action, id, told.due, true) });
  }
  const last = escalated.at(-1);
  if (ended && last)
    surfaces.push({
      key: 'ended',
      to: last.channel,
      under: `escalation ${last.due}`,
      card: { title: text`${ended.kind === 'done' ? 'Done' : 'Dropped'}: ${typed(action.title)}`, parts: [said(endText(action)!)] },
    });
  return surfaces;
}

function askCard(action: Action, id: FlowId): Card {
  const { ended, handed, why, startedBy, owner, title } = action;
  const asker = handed ? handed.by : startedBy;
  return {
    title: text`An action for you: ${typed(title)}`,
    parts: [
      ...(ended ? [said(endText(action)!)] : []),
      ...(handed ? [said(handedText(handed.by, handed.note))] : []),
      ...(!handed && !ended && asker !== owner ? [said(text`${person(asker)} asks you to see to it.`)] : []),
      ...(why ? [said(typed(why))] : []),
      terms(action),
    ],
    buttons: ended ? [] : [...ownButtons(id), ...(mayDrop(action).includes(owner) ? [dropButton(id)] : [])],
  };
}

function reminderCard(action: Action, id: FlowId, overdue: boolean): Card {
  const { title } = action;
  return {
    title: text`${overdue ? 'Overdue' : 'Due today'}: ${typed(title)}`,
    ...(overdue ? { tone: 'warning' as const } : {}),
    parts: [
      terms(action),
      note(
        overdue
          ? text`You get this weekly from its due day on, as its owner. Move it when another day is right.`
          : text`You get this as its owner, on its due day.`,
      ),
    ],
    buttons: ownButtons(id),
  };
}

function escalationCard(action: Action, id: FlowId, missed: string, toSponsor: boolean): Card {
  const { title, ended, moved, due, initiative, owner } = action;
  const open = !ended && due === missed;
  const parts: Part[] = ended
    ? [said(endText(action)!)]
    : open
      ? [said(text`It was due ${missed} and is with ${person(owner)}.`)]
      : [said(text`It was due ${missed}. ${person(moved!.by)} moved it to ${due}: ${typed(moved!.reason)}`)];
  return {
    title: open ? text`A week overdue: ${typed(title)}` : text`It was a week overdue: ${typed(title)}`,
    ...(open ? { tone: 'warning' as const } : {}),
    parts: [
      ...parts,
      ...(open ? [terms(action)] : []),
      ...(open
        ? [
            note(
              toSponsor
                ? text`You get this once, as the sponsor of ${typed(initiative.name)}.`
                : text`Said here once; its owner is reminded weekly.`,
            ),
          ]
        : []),
    ],
    buttons: open ? [...ownButtons(id), dropButton(id)] : [],
  };
}

const terms = ({ initiative, due, origin, moves, moved }: Action): Part =>
  facts(
    ['Initiative', typed(initiative.name)],
    ['Due', text`${due}`],
    ['Comes of', originText(origin)],
    moved && [
      'Moved',
      text`${moves === 1 ? 'once' : `${moves} times`}, last from ${moved.from} by ${person(moved.by)}: ${typed(moved.reason)}`,
    ],
  );

/** `Readiness check 3`, `Decision D-17`. */
export const originText = (origin: FlowId): Text =>
  text`${ORIGINS[kindOf(origin)] ?? kindOf(origin)} ${kindOf(origin) === 'decision' ? 'D-' : ''}${numberOf(origin)}`;

function endText({ ended }: Action): Text | undefined {
  if (!ended) return undefined;
  if (ended.kind === 'done')
    return text`${bold('Done')} by ${person(ended.by)}, ${minute(ended.at)}${ended.what ? text`: ${typed(ended.what)}` : '.'}`;
  return text`${bold('Dropped')}${ended.by && text` by ${person(ended.by)}`}, ${minute(ended.at)}: ${typed(ended.reason)}`;
}

const ownButtons = (id: FlowId): Button[] => [
  button('Done', id, 'done', { style: 'primary' }),
  button('Move', id, 'move'),
  button('Hand on', id, 'hand-on'),
];

const dropButton = (id: FlowId): Button => button('Drop', id, 'drop', { style: 'danger' });

/** Whose word it takes to leave it undone: its owner alone may not. */
export const mayDrop = ({ initiative, startedBy }: Pick<Action, 'initiative' | 'startedBy'>) => [
  initiative.owner,
  initiative.sponsor,
  startedBy,
];
