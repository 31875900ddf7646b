import { button, type Card, facts, note, type Part, said } from '../../src/card.ts';
import type { Surface } from '../../src/flow.ts';
import type { FlowId } from '../../src/id.ts';
import { bold, day, person, type Text, text, typed } from '../../src/text.ts';
import { nudgeOf } from '../mute/nudge.ts';
import { isMissed, isRunning, reminderOf } from './fulfilment.ts';
import { chairOf, type Condition, type Decision, nameOf } from './state.ts';

/** What one condition asks of its owner and of the chair, and whom it tells that its day has passed. */
export function conditionSurfaces(decision: Decision, id: FlowId): readonly Surface[] {
  return decision.conditions.flatMap((one) => [
    ...ownerSurfaces(decision, id, one),
    ...chairSurfaces(decision, id, one),
    ...overdueSurfaces(decision, id, one),
  ]);
}

function ownerSurfaces(decision: Decision, id: FlowId, one: Condition): Surface[] {
  const { key, state, owner, due, proposals, since, sentBack, earlier = [] } = one;
  if (!owner || (!isRunning(one) && state !== 'met')) return [];
  const surfaces: Surface[] = [];
  // Those accepted before version 3 had their message taken away, and are not asked anew.
  if (state === 'proposed' || since !== undefined)
    surfaces.push({ key: `ask ${key} ${proposals}`, to: owner, card: askCard(decision, id, one), brief: true });
  if (state === 'done' || state === 'met') return surfaces;
  if (sentBack) surfaces.push({ key: `sent back ${key} ${sentBack.times}`, to: owner, card: sentBackCard(decision, id, one), brief: true });
  if (earlier.length > 0 && state === 'accepted')
    surfaces.push({ key: `moved ${key} ${earlier.length}`, to: owner, card: movedCard(decision, id, one), brief: true });
  for (const days of [7, 1])
    if (one.reminded?.includes(reminderOf(due!, days)) && !isMissed(one))
      surfaces.push(nudgeOf('due', { key: `remind ${key} ${due} ${days}`, to: owner, card: reminderCard(decision, id, one, days) }));
  return surfaces;
}

function chairSurfaces(decision: Decision, id: FlowId, one: Condition): Surface[] {
  const { key, state, proposals, handedBack, sentBack, ownerLeft } = one;
  const to = chairOf(decision);
  const surfaces: Surface[] = [];
  if (handedBack && state === 'unassigned')
    surfaces.push({ key: `back ${key} ${proposals}`, to, card: backCard(decision, id, one), brief: true });
  if (state === 'done')
    surfaces.push({ key: `done ${key} ${proposals} ${sentBack?.times ?? 0}`, to, card: doneCard(decision, id, one), brief: true });
  if (ownerLeft && (state === 'proposed' || state === 'accepted'))
    surfaces.push({ key: `left ${key} ${proposals}`, to, card: leftCard(decision, id, one), brief: true });
  return surfaces;
}

function overdueSurfaces(decision: Decision, id: FlowId, one: Condition): Surface[] {
  return (one.missed ?? []).flatMap(({ due, sponsor }) => [
    { key: `overdue ${one.key} ${due}`, to: decision.channel, card: overdueCard(decision, id, one, due, false) },
    { key: `overdue sponsor ${one.key} ${due}`, to: sponsor, card: overdueCard(decision, id, one, due, true) },
  ]);
}

function askCard(decision: Decision, id: FlowId, one: Condition): Card {
  const { state, evidence, met } = one;
  return {
    title: text`${state === 'proposed' ? 'A condition for you' : 'Your condition'}: ${typed(one.text)}`,
    parts: [
      said(
        text`${typed(decision.body)} decided ${bold(decision.outcome)} on ${typed(decision.initiative.name)} (${nameOf(id)}). ${state === 'proposed' ? text`${person(chairOf(decision))} asks you to see to this condition.` : 'You accepted to see to this condition.'}`,
      ),
      terms(one),
      ...((state === 'done' || state === 'met') && evidence ? [said(text`${bold('Done: ')}${typed(evidence.text)}`)] : []),
      ...(state === 'done' ? [said(text`It waits for ${person(chairOf(decision))}, who accepts it as met.`)] : []),
      ...(met ? [said(text`${person(met.by)} accepted it as met, ${day(met.at)}.`)] : []),
      ...(state === 'proposed' && decision.finalAt === undefined
        ? [note(text`The decision is final when each condition is accepted.`)]
        : []),
    ],
    buttons:
      state === 'proposed'
        ? [button('Accept', id, 'accept', { style: 'primary', about: one.key }), button('Hand back', id, 'hand-back', { about: one.key })]
        : state === 'accepted'
          ? [doneButton(id, one)]
          : [],
  };
}

function backCard(decision: Decision, id: FlowId, one: Condition): Card {
  return {
    title: text`Handed back: ${typed(one.text)}`,
    parts: [said(text`${person(one.handedBack!.by)} handed back a condition of ${of(decision, id)}: ${typed(one.handedBack!.reason)}`)],
    buttons: [button('Assign it anew', id, 'assign', { style: 'primary', about: one.key })],
  };
}

function doneCard(decision: Decision, id: FlowId, one: Condition): Card {
  const { by, text: what, link } = one.evidence!;
  return {
    title: text`Is it met? ${typed(one.text)}`,
    parts: [
      said(text`${person(by)} says that a condition of ${of(decision, id)} is done: ${typed(what)}`),
      ...(link ? [said(text`${bold('Link: ')}${typed(link)}`)] : []),
      terms(one),
    ],
    buttons: [
      button('Accept as met', id, 'met', { style: 'primary', about: one.key }),
      button('Send back', id, 'send-back', { about: one.key }),
    ],
  };
}

function sentBackCard(decision: Decision, id: FlowId, one: Condition): Card {
  return {
    title: text`Not met yet: ${typed(one.text)}`,
    parts: [
      said(text`${person(one.sentBack!.by)} did not accept a condition of ${of(decision, id)} as met: ${typed(one.sentBack!.reason)}`),
      terms(one),
    ],
    buttons: [doneButton(id, one)],
  };
}

function movedCard(decision: Decision, id: FlowId, one: Condition): Card {
  const last = one.earlier!.at(-1)!;
  return {
    title: text`A new date: ${typed(one.text)}`,
    parts: [
      said(text`${person(last.by)} moved a condition of ${of(decision, id)} from ${last.due} to ${one.due}: ${typed(last.reason)}`),
      terms(one),
    ],
    buttons: [doneButton(id, one)],
  };
}

function reminderCard(decision: Decision, id: FlowId, one: Condition, days: number): Card {
  return {
    title: text`Due ${days === 1 ? 'tomorrow' : `in ${days} days`}: ${typed(one.text)}`,
    parts: [
      said(text`It is a condition of ${of(decision, id)}. Not met by then, the decision is looked at again.`),
      terms(one),
      note(text`You get this as the owner of the condition, seven days and one day before its date.`),
    ],
    buttons:
      one.state === 'proposed'
        ? [button('Accept', id, 'accept', { style: 'primary', about: one.key }), button('Hand back', id, 'hand-back', { about: one.key })]
        : [doneButton(id, one)],
  };
}

function leftCard(decision: Decision, id: FlowId, one: Condition): Card {
  return {
    title: text`Its owner has left: ${typed(one.text)}`,
    parts: [
      said(text`${person(one.owner!)}, who owns a condition of ${of(decision, id)}, has left. Please give it to somebody else.`),
      terms(one),
    ],
    buttons: [button('Change the condition', id, 'change', { style: 'primary', about: one.key })],
  };
}

/** Says what holds now: it may have been met, moved or left out since. */
function overdueCard(decision: Decision, id: FlowId, one: Condition, missed: string, toSponsor: boolean): Card {
  const open = isRunning(one) && one.due === missed;
  return {
    title: text`${open ? 'Not met by its date' : 'It was not met by its date'}: ${typed(one.text)}`,
    ...(open ? { tone: 'warning' as const } : {}),
    parts: [
      said(text`A condition of ${of(decision, id)} was due ${missed}. ${standing(decision, one, missed)}`),
      note(
        toSponsor ? text`You get this once, as the sponsor of ${typed(decision.initiative.name)}.` : text`This is said once for each date.`,
      ),
    ],
    buttons: open
      ? [...(one.state === 'accepted' ? [doneButton(id, one)] : []), button('Change the condition', id, 'change', { about: one.key })]
      : [],
  };
}

function standing(decision: Decision, one: Condition, missed: string): Text {
  if (one.state === 'met') return text`It is met now.`;
  if (one.state === 'dropped') return text`It was left out since.`;
  if (one.state === 'unassigned') return text`It needs an owner now.`;
  if (one.state === 'done') return text`${person(one.owner!)} says that it is done; ${person(chairOf(decision))} has yet to accept that.`;
  return one.due === missed ? text`It is with ${person(one.owner!)}.` : text`It is with ${person(one.owner!)} and due ${one.due} now.`;
}

const doneButton = (id: FlowId, one: Condition) => button('Done', id, 'done', { style: 'primary', about: one.key });

const of = (decision: Decision, id: FlowId): Text => text`${nameOf(id)} on ${typed(decision.initiative.name)}`;

const terms = ({ due, measure }: Condition): Part => facts(['Due', text`${due}`], ['Measured by', typed(measure!)]);
