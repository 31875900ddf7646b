import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Moment, type Refused, refused, type Step } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import type { PersonId } from '../../src/id.ts';
import { person, text, typed } from '../../src/text.ts';
import type { Proposal } from '../review/proposals.ts';
import { dayIn, type Left, leftUnfit } from '../rules/fit.ts';
import { mayChair } from './chair.ts';
import { chairOf, type Condition, conditionsOpen, type Decision, finalized, fulfilled, isStanding, replaced } from './state.ts';

/** How many days a condition is given when nobody says otherwise. */
const USUAL = 30;

const assigning = z.object({
  owner: field.person('Owner', { hint: 'Is asked by direct message to accept it.' }),
  due: field.date('Due', { hint: 'The day by which it is met.' }),
  measure: field.lines('How will it be measured?', { hint: 'Like “technical debt under 10 days, by the code scan”.' }),
});

const leavingOut = z.object({ reason: field.lines('Why is it left out?') });
const handingBack = z.object({ reason: field.lines('Why do you hand it back?') });

export function assignQuestion(decision: Decision, moment: Moment, key: string, left: Left = []): Question | Refused {
  const condition = decision.conditions.find((one) => one.key === key);
  return (
    mayAssign(decision, moment, condition) ?? {
      title: 'Assign the condition',
      submit: 'Ask the owner',
      schema: assigning,
      intro: [text`${typed(condition!.text)}`],
      values: {
        owner: ownerOffered(decision, condition!, left),
        due: condition!.due ?? dayIn(USUAL, moment),
        measure: condition!.measure,
      },
    }
  );
}

export function assign(
  decision: Decision,
  said: { about: string; owner: PersonId; due: string; measure: string },
  moment: Moment,
  left: Left = [],
): Step<Decision> {
  const condition = decision.conditions.find((one) => one.key === said.about);
  const barred = mayAssign(decision, moment, condition);
  if (barred || !condition) return barred ?? refused(text`There is no such condition.`);
  const gone = leftUnfit(said.owner, left, 'owner');
  if (gone) return gone;
  if (said.due < dayIn(0, moment)) return refused(text`That day has passed. Choose one to come, like ${dayIn(USUAL, moment)}.`, 'due');
  const { owner, due, measure } = said;
  const proposed: Condition = {
    key: condition.key,
    text: condition.text,
    ...(condition.optional ? { optional: true as const } : {}),
    state: 'proposed',
    proposals: condition.proposals + 1,
    owner,
    due,
    measure,
    since: moment.at,
    zone: moment.zone,
    ...(condition.earlier ? { earlier: condition.earlier } : {}),
    ...(condition.owners ? { owners: condition.owners } : {}),
    ...(condition.missed ? { missed: condition.missed } : {}),
  };
  return { state: replaced(decision, proposed), say: text`${person(owner)} is asked to accept “${typed(condition.text)}” by ${due}.` };
}

/** Who stands in the form as a start: the owner, or where they have left the sponsor, then the chair. */
export function ownerOffered({ initiative, chair }: Decision, { owner }: Condition, left: Left): PersonId | undefined {
  return [owner ?? initiative.owner, initiative.sponsor, chair].find((one) => !left.some(({ id }) => id === one));
}

export function handBackQuestion(decision: Decision, moment: Moment, key: string): Question | Refused {
  const condition = decision.conditions.find((one) => one.key === key);
  return (
    mayAnswer(decision, moment, condition) ?? {
      title: 'Hand the condition back',
      submit: 'Hand back',
      schema: handingBack,
      intro: [text`${typed(condition!.text)}`],
    }
  );
}

/** What was missing, or what the pilot review proposed, as a condition that needs an owner. A caution may be left out. */
export function conditionOf({ key, text: criterion, against }: Pick<Proposal, 'key' | 'text' | 'against'>): Condition {
  const isCaution = key.startsWith('caution ') && !against;
  return { key, text: criterion, state: 'unassigned', proposals: 0, ...(isCaution ? { optional: true as const } : {}) };
}

export function dropQuestion(decision: Decision, moment: Moment, key: string): Question | Refused {
  const condition = decision.conditions.find((one) => one.key === key);
  return (
    mayDrop(decision, moment, condition) ?? {
      title: 'Leave the condition out',
      submit: 'Leave out',
      schema: leavingOut,
      intro: [text`${typed(condition!.text)}`],
    }
  );
}

/** The chair leaves out what the review only cautioned of; the reason stands on the record. */
export function drop(decision: Decision, said: { about: string; reason: string }, moment: Moment): Step<Decision> {
  const condition = decision.conditions.find((one) => one.key === said.about);
  const barred = mayDrop(decision, moment, condition);
  if (barred || !condition) return barred ?? refused(text`There is no such condition.`);
  const { key, text: criterion, proposals } = condition;
  const left: Condition = { key, text: criterion, proposals, state: 'dropped', dropped: { by: actor(moment), reason: said.reason } };
  const next = fulfilled(finalized(replaced(decision, left), moment.at), moment.at);
  return { state: next, say: text`Left out: “${typed(criterion)}”.${next.finalAt !== undefined && ' The decision is final.'}` };
}

/** The owner answers. With the last acceptance the decision is final. */
export function answer(
  decision: Decision,
  said: { type: 'accept'; about: string } | { type: 'hand-back'; about: string; reason: string },
  moment: Moment,
): Step<Decision> {
  const condition = decision.conditions.find((one) => one.key === said.about);
  const barred = mayAnswer(decision, moment, condition);
  if (barred || !condition) return barred ?? refused(text`There is no such condition.`);
  if (said.type === 'hand-back') {
    const back: Condition = { ...condition, state: 'unassigned', handedBack: { by: actor(moment), reason: said.reason } };
    return { state: replaced(decision, back), say: text`Handed back. ${person(chairOf(decision))} is told and assigns it anew.` };
  }
  const { handedBack: _, ...rest } = condition;
  const accepted = replaced(decision, { ...rest, state: 'accepted', since: moment.at, zone: moment.zone });
  const next = finalized(accepted, moment.at);
  const isLast = conditionsOpen(next).length === 0;
  const then =
    next.finalAt !== undefined && decision.finalAt === undefined
      ? ' It was the last one: the decision is final.'
      : isLast && next.finalAt === undefined && ' It was the last one; the rationale is still to be written.';
  return { state: next, say: text`Accepted: “${typed(condition.text)}”, due ${condition.due}.${then}` };
}

export function mayAssign(decision: Decision, moment: Moment, condition: Condition | undefined): Refused | undefined {
  const barred = mayChair(decision, moment, 'assigns conditions');
  if (barred) return barred;
  if (!condition) return refused(text`This decision has no such condition.`);
  if (condition.state === 'met') return refused(text`“${typed(condition.text)}” is met already.`);
  if (condition.state === 'accepted' || condition.state === 'done')
    return refused(
      text`${person(condition.owner!)} has accepted “${typed(condition.text)}” already. To give it to somebody else, change it.`,
    );
  if (condition.state === 'dropped') return refused(text`“${typed(condition.text)}” was left out.`);
  return undefined;
}

export function mayAnswer(decision: Decision, moment: Moment, condition: Condition | undefined): Refused | undefined {
  if (!isStanding(decision)) return refused(text`This decision was superseded, so its conditions are not changed any more.`);
  if (!condition) return refused(text`This decision has no such condition.`);
  if (condition.state === 'accepted' || condition.state === 'done') return refused(text`“${typed(condition.text)}” is accepted already.`);
  if (condition.state === 'met') return refused(text`“${typed(condition.text)}” is met already.`);
  if (condition.state === 'dropped') return refused(text`“${typed(condition.text)}” was left out by the chair.`);
  if (condition.state === 'unassigned') return refused(text`“${typed(condition.text)}” is with the chair now, who assigns it.`);
  if (actor(moment) !== condition.owner) return refused(text`Only ${person(condition.owner!)} can answer for this condition.`);
  return undefined;
}

export function mayDrop(decision: Decision, moment: Moment, condition: Condition | undefined): Refused | undefined {
  const barred = mayAssign(decision, moment, condition);
  if (barred) return barred;
  return condition!.optional
    ? undefined
    : refused(text`“${typed(condition!.text)}” is not a caution, so it cannot be left out. Give it an owner.`);
}
