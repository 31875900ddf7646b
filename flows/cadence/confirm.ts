import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Moment, type Refused, refused, type Step, type Taken } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import type { Readable } from '../../src/need.ts';
import type { Derived } from '../../src/record.ts';
import { person, text, typed } from '../../src/text.ts';
import { whatComes } from './answering.ts';
import { mayManage } from './managing.ts';
import { isKept, zoneOfChannel } from './opening.ts';
import { dateIn, nextFresh, planText, readBack, zoneOf } from './plan.ts';
import { type Cadence, DAY, dutyText, stateOf } from './state.ts';
import { planMeant, terms, whenField, type Wishes, wishesOf } from './wishes.ts';

/** Dates that nobody saves are forgotten after so many days. */
export const PROPOSED_DAYS = 7;

const saving = z.object({
  when: whenField('Only to change it: other words are read back again before anything is saved.', 'Change it'),
});

/** The dates are read back, and saved only then. */
export function saveQuestion(cadence: Cadence, moment: Moment, kept: readonly Derived['cadences'][]): Question | Refused {
  const barred = maySave(cadence, moment, kept);
  if (barred) return barred;
  return {
    title: 'Are these the dates?',
    submit: 'Save',
    schema: saving,
    intro: [
      text`${dutyText(cadence)} of ${typed(cadence.initiative.name)}, asks ${person(cadence.asked)}.`,
      ...readBack(cadence.proposed!.plan, moment.at),
    ],
  };
}

export function save(cadence: Cadence, when: string | undefined, moment: Moment, kept: readonly Derived['cadences'][]): Step<Cadence> {
  const barred = maySave(cadence, moment, kept);
  if (barred) return barred;
  const { proposed, ...rest } = cadence;
  const { plan } = proposed!;
  if (when !== undefined) {
    const other = planMeant({ ...wishesOf(plan), when }, zoneOf(plan), moment, plan);
    if ('refused' in other) return other;
    return { state: { ...cadence, proposed: { ...proposed!, plan: other } }, next: 'save', say: text`Read back again, not saved yet.` };
  }
  // A date that has come and waits for the end of the quiet hours is not lost by a change, where the new plan has it too.
  const waits = stateOf(cadence) === 'active' && cadence.next !== undefined && cadence.next <= moment.at ? cadence.next - 1 : moment.at;
  const next = nextFresh(plan, waits, cadence.intended);
  if (next === undefined) return refused(text`All of these dates have passed meanwhile. Write other words for when.`, 'when');
  const { early, ...bare } = rest;
  const state: Cadence = {
    ...bare,
    plan,
    begun: cadence.begun ?? moment.at,
    next,
    ...(early !== undefined && dateIn(plan, early) < dateIn(plan, next) ? { early } : {}),
  };
  return { state, say: text`Saved: ${planText(plan)}. ${whatComes(state)}` };
}

/** Nobody saved the dates: a cadence that never began is gone without a word, one that is kept goes on as it was. */
export function lapse(cadence: Cadence, { at }: Moment): Taken<Cadence> {
  const { proposed: _, ...rest } = cadence;
  return { state: cadence.begun === undefined ? { ...rest, ended: { at, reason: 'its dates were not saved' } } : rest };
}

export function drop(cadence: Cadence, moment: Moment): Step<Cadence> {
  const barred = isProposer(cadence, moment);
  return barred ?? { ...lapse(cadence, moment), say: text`Nothing was saved.` };
}

const ZONES = { now: 'As it is now', channel: 'That of the initiative’s channel', mine: 'Mine' } as const;

const changing = z.object({
  when: whenField('Empty: as it is now.'),
  zone: field.choice('Time zone', ZONES),
  ...terms,
});

export function changeQuestion(cadence: Cadence, moment: Moment): Question | Refused {
  const barred = mayChange(cadence, moment);
  if (barred) return barred;
  return {
    title: 'Change the schedule',
    submit: 'Read it back',
    schema: changing,
    intro: [text`Now: ${planText(cadence.plan)}. What you change is read back before it is saved.`],
    values: { ...wishesOf(cadence.plan), zone: 'now' },
  };
}

/** Other dates are proposed for a cadence that is kept; until they are saved it goes on as it was. */
export function change(
  cadence: Cadence,
  said: Wishes & { zone: keyof typeof ZONES },
  moment: Moment,
  channels: readonly Readable['channels'][],
): Step<Cadence> {
  const barred = mayChange(cadence, moment);
  if (barred) return barred;
  const zones = { now: zoneOf(cadence.plan), mine: moment.zone, channel: zoneOfChannel(cadence.channel, channels, moment) };
  const plan = planMeant(said, zones[said.zone], moment, cadence.plan);
  if ('refused' in plan) return plan;
  return {
    state: { ...cadence, proposed: { plan, by: actor(moment), at: moment.at } },
    next: 'save',
    say: text`Read back, not saved yet.`,
  };
}

function maySave(cadence: Cadence, moment: Moment, kept: readonly Derived['cadences'][]): Refused | undefined {
  const barred = isProposer(cadence, moment);
  if (barred || cadence.begun !== undefined) return barred;
  return isKept(cadence, kept);
}

function isProposer(cadence: Cadence, moment: Moment): Refused | undefined {
  const { proposed, ended } = cadence;
  if (ended || !proposed)
    return refused(text`There is nothing to save: these dates were saved or dropped, or nobody saved them within ${PROPOSED_DAYS} days.`);
  return proposed.by === actor(moment) ? undefined : refused(text`These dates are ${person(proposed.by)}’s to save.`);
}

function mayChange(cadence: Cadence, moment: Moment): Refused | undefined {
  const barred = mayManage(cadence, moment);
  if (barred) return barred;
  return cadence.begun === undefined ? refused(text`Its first dates are still to be saved. Change them in that form.`) : undefined;
}

export const lapsesAt = ({ at }: NonNullable<Cadence['proposed']>): number => at + PROPOSED_DAYS * DAY;
