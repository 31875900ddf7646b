import { button, type Card, said } from '../../src/card.ts';
import type { Surface } from '../../src/flow.ts';
import { type FlowId, numberOf } from '../../src/id.ts';
import { bold, day, excerpt, person, type Text, text, typed } from '../../src/text.ts';
import { type Appeal, chairOf, type Decision, nameOf, pendingAppeal } from './state.ts';

/** Of a longer text only its beginning stands on the decision's card; the appeal's own message has it all. */
const GLANCE = 100;

/** An appeal is before the committee and its chair until it is answered; the one who appealed is told. */
export function appealSurfaces(decision: Decision, id: FlowId): readonly Surface[] {
  return (decision.appeals ?? []).flatMap((one, index) => {
    const number = index + 1;
    const surfaces: Surface[] = [{ key: `appeal ${number}`, to: decision.channel, card: appealCard(decision, id, one) }];
    if (one.outcome) surfaces.push({ key: `appeal answered ${number}`, to: one.by, card: answerCard(decision, id, one) });
    else surfaces.push({ key: `appeal chair ${number}`, to: chairOf(decision), card: appealCard(decision, id, one, 'chair'), brief: true });
    return surfaces;
  });
}

/** What was held against it, and that it was voted on again, as lines of the record. */
export function contestFacts(decision: Decision): (readonly [string, Text])[] {
  const { reopened, resumed = [], reopenings = [], appeals = [] } = decision;
  const on = resumed.at(-1);
  const last = reopenings.at(-1);
  const appeal = appeals.at(-1);
  const times = (all: readonly unknown[]) => all.length > 1 && `, the last of ${all.length}`;
  return [
    ...(reopened ? [['Held again', text`after vote ${numberOf(reopened.vote)}: ${typed(excerpt(reopened.reason, GLANCE))}`] as const] : []),
    ...(on
      ? [
          [
            'Opened again',
            text`${day(on.at)} by ${person(on.by)}, after no quorum: ${typed(excerpt(on.reason, GLANCE))}${times(resumed)}`,
          ] as const,
        ]
      : []),
    ...(last
      ? [['Re-opened', text`${day(last.at)} by ${person(last.by)}${times(reopenings)}: ${typed(excerpt(last.reason, GLANCE))}`] as const]
      : []),
    ...(appeal
      ? [
          [
            'Appeal',
            text`${day(appeal.at)} by ${person(appeal.by)}${times(appeals)}: ${typed(excerpt(appeal.what, GLANCE))} (${appeal.outcome?.kind ?? 'not answered yet'})`,
          ] as const,
        ]
      : []),
  ];
}

function appealCard(decision: Decision, id: FlowId, one: Appeal, to?: 'chair'): Card {
  const { outcome } = one;
  return {
    title: text`Appeal against ${nameOf(id)}: ${typed(decision.initiative.name)}`,
    parts: [
      said(text`${person(one.by)} brings forward something new against ${bold(decision.outcome)}: ${typed(one.what)}`),
      ...(one.link ? [said(text`${bold('Link: ')}${typed(one.link)}`)] : []),
      said(
        outcome
          ? text`${bold(outcome.kind === 'dismissed' ? 'Dismissed' : 'The vote is held again')} by ${person(outcome.by)}, ${day(outcome.at)}: ${typed(outcome.reason)}`
          : to
            ? text`You have the vote held again, or dismiss the appeal with a reason.`
            : text`${person(chairOf(decision))} has the vote held again, or dismisses the appeal with a reason.`,
      ),
    ],
    buttons:
      pendingAppeal(decision) === one
        ? [button('Re-open the vote', id, 'reopen', { style: 'primary' }), button('Dismiss the appeal', id, 'dismiss')]
        : [],
  };
}

function answerCard(decision: Decision, id: FlowId, { outcome }: Appeal): Card {
  const { kind, by, reason } = outcome!;
  return {
    title: text`Your appeal against ${nameOf(id)} is ${kind === 'dismissed' ? 'dismissed' : 'granted'}`,
    parts: [
      said(
        text`${person(by)} ${kind === 'dismissed' ? 'dismissed it' : 'has the vote held again'}, on ${typed(decision.initiative.name)}: ${typed(reason)}`,
      ),
    ],
  };
}
