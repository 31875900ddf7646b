import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Moment, type Refused, refused, type Step, type Timer } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import type { PersonId } from '../../src/id.ts';
import { person, text, typed } from '../../src/text.ts';
import { instantIn } from '../../src/zone.ts';
import { linkField } from '../evidence/link.ts';
import { dayIn, dueUnfit, type Left, leftUnfit } from '../rules/fit.ts';
import { dateOf, dayOf } from '../rules/day.ts';
import { mayChair } from './chair.ts';
import { ownerOffered } from './conditions.ts';
import { chairOf, type Condition, type Decision, fulfilled, isStanding, replaced } from './state.ts';

/** So many days before its day the owner is reminded. */
const BEFORE = [7, 1] as const;

/** When in the morning people hear of a condition's day. */
const MORNING = '09:00';

const DAY = 86_400_000;

/** What was due longer ago before this was followed is not told any more. */
const LATE = 3 * DAY;

/** The furthest that a condition is moved, in days. */
const LONGEST = 731;

const finishing = z.object({
  evidence: field.lines('What shows that it is met?', { hint: 'For the chair, who accepts it as met.' }),
  link: linkField,
});
const sendingBack = z.object({ reason: field.lines('What is still missing?', { hint: 'Its owner is told.' }) });

export interface Change {
  condition: string;
  due?: string;
  owner?: PersonId;
  reason: string;
}

const named = (decision: Decision, key: string): Condition | undefined => decision.conditions.find((one) => one.key === key);

/** The owner says that it is done, and what shows it. */
export function doneQuestion(decision: Decision, moment: Moment, key: string): Question | Refused {
  const condition = named(decision, key);
  return (
    mayFinish(decision, moment, condition) ?? {
      title: 'The condition is done',
      submit: 'Done',
      schema: finishing,
      intro: [text`${typed(condition!.text)}, due ${condition!.due}`],
      values: { evidence: condition!.evidence?.text, link: condition!.evidence?.link },
    }
  );
}

export function finish(decision: Decision, said: { about: string; evidence: string; link?: string }, moment: Moment): Step<Decision> {
  const condition = named(decision, said.about);
  const barred = mayFinish(decision, moment, condition);
  if (barred || !condition) return barred ?? noSuch();
  const evidence = { text: said.evidence, ...(said.link ? { link: said.link } : {}), by: actor(moment), at: moment.at };
  return {
    state: replaced(decision, { ...condition, state: 'done', evidence }),
    say: text`Thank you. ${person(chairOf(decision))} is asked to accept “${typed(condition.text)}” as met.`,
  };
}

/** The chair accepts as met what its owner did. */
export function accept(decision: Decision, key: string, moment: Moment): Step<Decision> {
  const condition = named(decision, key);
  const barred = mayJudge(decision, moment, condition);
  if (barred || !condition) return barred ?? noSuch();
  const next = fulfilled(replaced(decision, { ...condition, state: 'met', met: { by: actor(moment), at: moment.at } }), moment.at);
  return {
    state: next,
    say: text`Met: “${typed(condition.text)}”.${next.allMetAt !== undefined && ' It was the last one: every condition is met.'}`,
  };
}

export function sendBackQuestion(decision: Decision, moment: Moment, key: string): Question | Refused {
  const condition = named(decision, key);
  return (
    mayJudge(decision, moment, condition) ?? {
      title: 'Send the condition back',
      submit: 'Send back',
      schema: sendingBack,
      intro: [text`${typed(condition!.text)}`],
    }
  );
}

export function sendBack(decision: Decision, said: { about: string; reason: string }, moment: Moment): Step<Decision> {
  const condition = named(decision, said.about);
  const barred = mayJudge(decision, moment, condition);
  if (barred || !condition) return barred ?? noSuch();
  const sentBack = { by: actor(moment), reason: said.reason, times: (condition.sentBack?.times ?? 0) + 1 };
  return {
    state: replaced(decision, { ...condition, state: 'accepted', sentBack }),
    say: text`Sent back. ${person(condition.owner!)} is told what is still missing.`,
  };
}

/** The chair gives it another day or another owner; what was before stays on record with the reason. */
export function changeQuestion(decision: Decision, moment: Moment, key: string, left: Left = []): Question | Refused {
  const barred = mayChair(decision, moment, 'changes conditions');
  if (barred) return barred;
  const running = decision.conditions.filter(isRunning);
  const condition = running.find((one) => one.key === key);
  if (running.length === 0) return refused(text`No condition of this decision has an owner and a day that could be changed.`);
  return {
    title: 'Change a condition',
    submit: 'Change',
    schema: z.object({
      condition: field.choice('Condition', Object.fromEntries(running.map((one) => [one.key, one.text]))),
      due: field.date('New due day', { hint: 'Leave it empty to keep the day.' }).optional(),
      owner: field.person('New owner', { hint: 'Leave it empty to keep the owner. Somebody else is asked to accept it first.' }).optional(),
      reason: field.lines('Why?', { hint: 'It stays on the record beside what was before.' }),
    }),
    intro: running.map((one) => text`${typed(one.text)}: ${person(one.owner!)}${one.ownerLeft && ', who has left'}, due ${one.due}`),
    values: {
      condition: condition?.key ?? running[0]!.key,
      owner: condition?.ownerLeft ? ownerOffered(decision, condition, left) : undefined,
    },
  };
}

export function change(decision: Decision, said: Change, moment: Moment, left: Left = []): Step<Decision> {
  const barred = mayChair(decision, moment, 'changes conditions');
  if (barred) return barred;
  const condition = named(decision, said.condition);
  if (!condition || !isRunning(condition)) return refused(text`This condition is not changed any more.`, 'condition');
  const owner = said.owner === condition.owner ? undefined : said.owner;
  const due = said.due === condition.due ? undefined : said.due;
  if (!owner && !due) return refused(text`Give it another day, like ${dayIn(14, moment)}, or another owner.`, 'due');
  const unfit = (owner && leftUnfit(owner, left, 'owner')) ?? (due && dueUnfit(due, LONGEST, moment));
  if (unfit) return unfit;
  const by = actor(moment);
  const { ownerLeft: _, evidence: __, sentBack: ___, handedBack: ____, ...rest } = condition;
  const handed: Condition = owner
    ? {
        ...rest,
        state: 'proposed',
        owner,
        proposals: condition.proposals + 1,
        owners: [...(condition.owners ?? []), { owner: condition.owner!, by, reason: said.reason }],
        zone: moment.zone,
      }
    : condition;
  const changed: Condition = due
    ? { ...handed, due, earlier: [...(condition.earlier ?? []), { due: condition.due!, by, reason: said.reason }] }
    : handed;
  const told = owner && text` ${person(owner)} is asked to accept it.`;
  return {
    state: replaced(decision, { ...changed, since: moment.at }),
    say: text`Changed: “${typed(condition.text)}”, due ${changed.due}.${told}`,
  };
}

/** Reminders before the day, and the morning after it. */
export function conditionTimers(decision: Decision): readonly Timer[] {
  return decision.conditions.filter(isRunning).flatMap((condition) => {
    const { key, due, state, since = decision.decidedAt } = condition;
    const reminders =
      state === 'done'
        ? []
        : BEFORE.map((days) => ({
            key: `remind ${key} ${days}`,
            at: morning(condition, -days),
            input: { type: 'remind', condition: key, due, days },
          }));
    const overdue = { key: `overdue ${key}`, at: morning(condition, 1), input: { type: 'overdue', condition: key, due } };
    return [
      ...reminders.filter(({ at, input }) => at > since && !condition.reminded?.includes(reminderOf(due!, input.days))),
      ...(isMissed(condition) ? [] : [overdue]),
    ];
  });
}

/** A reminder that comes a day late says nothing true any more, and is not sent. */
export function remind(decision: Decision, said: { condition: string; due: string; days: number }, moment: Moment): Decision {
  const condition = named(decision, said.condition);
  if (!condition || condition.due !== said.due || !isStanding(decision) || moment.at - (moment.due ?? moment.at) >= DAY) return decision;
  if (condition.state !== 'accepted' && condition.state !== 'proposed') return decision;
  const reminder = reminderOf(said.due, said.days);
  if (condition.reminded?.includes(reminder)) return decision;
  return replaced(decision, { ...condition, reminded: [...(condition.reminded ?? []), reminder] });
}

/** Not met by its day: the sponsor and the committee are told once for that day, and the decision is looked at again. */
export function overdue(
  decision: Decision,
  said: { condition: string; due: string },
  sponsor: PersonId,
  reviewer: PersonId,
  moment: Moment,
): Decision {
  const condition = named(decision, said.condition);
  if (!condition || condition.due !== said.due || !isRunning(condition) || !isStanding(decision) || isMissed(condition)) return decision;
  // Before version 3 nobody could say that a condition was done.
  if (condition.since === undefined && moment.at - (moment.due ?? moment.at) > LATE) return decision;
  const missed = [...(condition.missed ?? []), { due: said.due, sponsor, at: moment.due ?? moment.at }];
  const early = decision.reviewEarly ? {} : { reviewEarly: { key: condition.key, due: said.due, at: moment.at }, reviewer };
  return { ...replaced(decision, { ...condition, missed }), ...early };
}

/** It has an owner and a day, and is not met yet. */
export const isRunning = ({ state }: Condition): boolean => state === 'proposed' || state === 'accepted' || state === 'done';

export const isMissed = ({ due, missed = [] }: Condition): boolean => missed.some((one) => one.due === due);

export const reminderOf = (due: string, days: number): string => `${due} ${days}`;

const morning = ({ due, zone = 'UTC' }: Condition, days: number): number => instantIn(zone, dateOf(dayOf(due!) + days), MORNING);

const noSuch = (): Refused => refused(text`This decision has no such condition.`);

export function mayFinish(decision: Decision, moment: Moment, condition: Condition | undefined): Refused | undefined {
  if (!isStanding(decision)) return refused(text`This decision was superseded, so its conditions are not changed any more.`);
  if (!condition) return noSuch();
  switch (condition.state) {
    case 'unassigned':
      return refused(text`“${typed(condition.text)}” is with the chair now, who assigns it.`);
    case 'dropped':
      return refused(text`“${typed(condition.text)}” was left out by the chair.`);
    case 'met':
      return refused(text`“${typed(condition.text)}” is met already.`);
    case 'done':
      return refused(text`“${typed(condition.text)}” waits for ${person(chairOf(decision))}, who accepts it as met.`);
    case 'proposed':
    case 'accepted':
      if (actor(moment) !== condition.owner)
        return refused(text`Only its owner says that “${typed(condition.text)}” is done. Please ask ${person(condition.owner!)}.`);
      return condition.state === 'accepted' ? undefined : refused(text`Please accept “${typed(condition.text)}” first.`);
  }
}

export function mayJudge(decision: Decision, moment: Moment, condition: Condition | undefined): Refused | undefined {
  const barred = mayChair(decision, moment, 'accepts conditions as met');
  if (barred) return barred;
  if (!condition) return noSuch();
  if (condition.state === 'done') return undefined;
  if (condition.state === 'met') return refused(text`“${typed(condition.text)}” is met already.`);
  return refused(
    text`“${typed(condition.text)}” is not done yet${condition.owner && text`: ${person(condition.owner)} says so first, with what shows it`}.`,
  );
}
