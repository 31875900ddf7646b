import { type Button, button, type Card, note, type Part } from '../../src/card.ts';
import { actor, type Moment, type Refused, refused } from '../../src/flow.ts';
import type { FlowId } from '../../src/id.ts';
import { person, strong, text, typed } from '../../src/text.ts';
import { type Action, actionParts, menuCard } from '../menu/menu.ts';
import { mayChair } from './chair.ts';
import { mayCalibrate } from './calibration.ts';
import { mayAnswer, mayAssign, mayDrop } from './conditions.ts';
import { type ContestFacts, mayAppeal, mayBring, mayDismiss, mayReopen, ownerOf } from './contesting.ts';
import { isRunning, mayFinish, mayJudge } from './fulfilment.ts';
import { chairOf, type Condition, conditionState, type Decision, isStanding, nameOf, pendingAppeal } from './state.ts';

/** A decision, who looks at it and when, and what is known. */
interface Looked {
  decision: Decision;
  moment: Moment;
  facts: ContestFacts;
}

/** Everything that is done with a decision as a whole. What is new here is one entry more. */
const ACTIONS: readonly Action<Looked>[] = [
  {
    input: 'rationale',
    label: 'Rationale and review day',
    does: ({ decision }) =>
      text`${decision.rationale ? 'Edits' : 'Writes'} why the committee decided so, and sets the day on which it looks at it again.`,
    isTheirs: (of) => isChair(of),
    when: () => undefined,
  },
  {
    input: 'dismiss',
    label: 'Dismiss the appeal',
    does: () => text`The decision stands; the one who appealed is told your reason.`,
    isTheirs: (of) => isChair(of) && pendingAppeal(of.decision) !== undefined,
    when: ({ decision, moment }) => mayDismiss(decision, moment),
  },
  {
    input: 'reopen',
    label: 'Re-open the vote',
    does: () => text`A new vote opens, with a reason; this decision stands until it has decided.`,
    isTheirs: (of) => isChair(of),
    when: ({ decision, moment, facts }) => mayReopen(decision, moment, facts),
  },
  {
    input: 'calibrate',
    label: 'What came true?',
    does: () => text`Says of each criterion whether what was judged came true.`,
    isTheirs: ({ decision, moment }) => decision.reviewer === actor(moment),
    when: ({ decision, moment }) => mayCalibrate(decision, moment),
  },
  {
    input: 'appeal',
    label: 'Appeal',
    does: () => text`Brings something new before the committee; the chair has the vote held again or dismisses it with a reason.`,
    isTheirs: ({ decision, moment, facts }) => mayBring(decision, facts, actor(moment)),
    when: ({ decision, moment, facts }) => mayAppeal(decision, moment, facts),
  },
];

/** What is done with one condition. */
const STEPS: readonly [
  input: string,
  label: (one: Condition) => string,
  may: (decision: Decision, moment: Moment, one: Condition) => Refused | undefined,
  style?: 'primary',
][] = [
  ['accept', () => 'Accept', (decision, moment, one) => mayAnswer(decision, moment, one), 'primary'],
  ['hand-back', () => 'Hand back', (decision, moment, one) => mayAnswer(decision, moment, one)],
  ['done', () => 'Done', (decision, moment, one) => mayFinish(decision, moment, one), 'primary'],
  ['met', () => 'Accept as met', (decision, moment, one) => mayJudge(decision, moment, one), 'primary'],
  ['send-back', () => 'Send back', (decision, moment, one) => mayJudge(decision, moment, one)],
  ['assign', (one) => (one.owner ? 'Assign anew' : 'Assign'), (decision, moment, one) => mayAssign(decision, moment, one)],
  ['change', () => 'Change', (decision, moment, one) => (isRunning(one) ? mayChair(decision, moment, 'changes conditions') : BARRED)],
  ['drop', () => 'Leave out', (decision, moment, one) => mayDrop(decision, moment, one)],
];

const BARRED = refused(text`It is not changed any more.`);

/** So many conditions have their buttons at once: a message takes no more. */
const MOST = 12;

/** What whoever asks may do with the decision now, shown to them alone. */
export function decisionMenu(decision: Decision, moment: Moment, facts: ContestFacts, id: FlowId): Card | Refused {
  if (!isStanding(decision))
    return refused(text`This decision was superseded by ${nameOf(decision.supersededBy!)}, so there is nothing to manage in it any more.`);
  return (
    menuCard(
      text`Manage ${nameOf(id)}: ${typed(decision.initiative.name)}`,
      id,
      ACTIONS,
      { decision, moment, facts },
      conditionParts(decision, moment, id),
    ) ??
    refused(
      text`There is nothing in this decision that you could do: ${person(chairOf(decision))} chairs it, each condition is its owner’s, and ${person(ownerOf(decision, facts))} may appeal.`,
    )
  );
}

/** The conditions with which this person can do something; those without an owner first. */
function conditionParts(decision: Decision, moment: Moment, id: FlowId): Part[] {
  const all = decision.conditions
    .map((one) => ({ one, buttons: buttonsOf(decision, moment, id, one) }))
    .filter(({ buttons }) => buttons.length > 0)
    .toSorted((a, b) => Number(a.one.state !== 'unassigned') - Number(b.one.state !== 'unassigned'));
  const more = all.length - MOST;
  return [
    ...all.slice(0, MOST).flatMap(({ one, buttons }) => actionParts(text`${strong(one.text)}: ${conditionState(one)}`, buttons)),
    ...(more > 0
      ? [note(text`And ${more} more ${more === 1 ? 'condition' : 'conditions'}: press the button again once some of these are settled.`)]
      : []),
  ];
}

const buttonsOf = (decision: Decision, moment: Moment, id: FlowId, one: Condition): Button[] =>
  STEPS.flatMap(([input, label, may, style]) =>
    may(decision, moment, one) ? [] : [button(label(one), id, input, { about: one.key, ...(style ? { style } : {}) })],
  );

const isChair = ({ decision, moment }: Looked): boolean => chairOf(decision) === actor(moment);
