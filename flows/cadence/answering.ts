import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Moment, type Refused, refused, type Step, type Taken } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import type { Derived } from '../../src/record.ts';
import { day, minute, type Text, text } from '../../src/text.ts';
import { daysLater, instantIn } from '../../src/zone.ts';
import { dayIn } from '../rules/fit.ts';
import { alarmOf } from './alarm.ts';
import { alarms, answersOf, checkInQuestion, followsFrom, remark, unfit } from './checkin.ts';
import { due, occurrence, over } from './due.ts';
import { dateIn, lastDayOf, weekLater, whenAwake, zoneOf } from './plan.ts';
import { type Cadence, comes, type Follows, pausedUntil, type Reminder, type Said } from './state.ts';

export const doneQuestion = (cadence: Cadence, number: string): Question | Refused => notNow(cadence, number) ?? checkInQuestion(cadence);

/** The check-in: kept as rows, and what follows from it follows at once. */
export function done(cadence: Cadence, about: string, said: Said, moment: Moment, votes: readonly Derived['votes'][]): Step<Cadence> {
  const barred = notNow(cadence, about) ?? unfit(cadence, said);
  if (barred) return barred;
  const by = actor(moment);
  const current = cadence.current!;
  const reasons = alarms(cadence, said);
  const led = followsFrom(cadence, said);
  const early = led.under === undefined ? undefined : broughtForward(cadence, moment);
  const follows: Follows = { ...led, ...(early === undefined ? {} : { early }), ...(reasons.length > 0 ? { alarm: true } : {}) };
  const state: Cadence = {
    ...cadence,
    last: { at: moment.at, by, said },
    under: led.under ?? 0,
    unanswered: 0,
    ...(early === undefined ? {} : { early }),
    ...(reasons.length > 0 ? { alarm: alarmOf(cadence.initiative, current.number, reasons, moment, votes) } : {}),
  };
  const reminder: Reminder = { ...answered(current, 'done', moment, remark(cadence.kind, said)), follows };
  const taken = over(update(state, reminder), moment);
  const rows = answersOf(cadence, said).map((row) => ({ ...row, about: `reminder ${current.number}`, person: by, at: moment.at }));
  return {
    ...taken,
    keep: [...(taken.keep ?? []), { kind: 'answers', rows }],
    say: text`Thank you, that is recorded.${reasons.length > 0 && ' The steering committee is called at once.'} ${whatComes(taken.state)}`,
  };
}

const snoozing = z.object({
  until: field.choice('Remind again', { tomorrow: 'Tomorrow', 'next week': 'In a week', date: 'On a day of my choice' }),
  date: field.date('The day', { hint: 'Only for a day of your choice.' }).optional(),
});

export type Snoozing = z.infer<typeof snoozing>;

export function snoozeQuestion(cadence: Cadence, number: string, moment: Moment): Question | Refused {
  const zone = zoneOf(cadence.plan);
  return (
    notNow(cadence, number) ??
    asleep(cadence) ?? {
      title: 'Snooze the reminder',
      submit: 'Snooze',
      schema: snoozing,
      values: { until: 'tomorrow', date: dayIn(2, { zone, at: moment.at }) },
    }
  );
}

/** In a pause nobody is reminded, whatever day is named. */
const asleep = (cadence: Cadence): Refused | undefined =>
  cadence.paused &&
  refused(
    text`This cadence is paused${pausedUntil(cadence) !== undefined && ` until ${pausedUntil(cadence)}`}, so nobody would be reminded. Resume it first, or answer this reminder now.`,
  );

export function snooze(cadence: Cadence, about: string, { until, date }: Snoozing, moment: Moment): Step<Cadence> {
  const barred = notNow(cadence, about) ?? asleep(cadence);
  if (barred) return barred;
  const zone = zoneOf(cadence.plan);
  if (until === 'date' && !date) return refused(text`Which day? For example: ${dayIn(2, { zone, at: moment.at })}`, 'date');
  const wake = until === 'date' ? instantIn(zone, date!, '09:00') : daysLater(zone, moment.at, until === 'tomorrow' ? 1 : 7);
  if (wake <= moment.at) return refused(text`That day has passed, or its morning. Choose one to come.`, 'date');
  if (wake - moment.at > LONGEST) return refused(text`At most ninety days, please. Skip this one if it cannot be answered before.`, 'date');
  const next = comes(cadence);
  if (next !== undefined && wake >= next)
    return refused(text`The next reminder comes before that, ${day(next)}. Choose an earlier day, or skip this one.`, 'date');
  const { nudged: _, escalated: _escalated, ...current } = cadence.current!;
  return { ...update(cadence, { ...current, state: 'snoozed', until: wake }), say: text`Snoozed until ${minute(wake)}.` };
}

/** After the last reminder of a cadence none comes that would end a snooze. */
const LONGEST = 90 * 86_400_000;

/** The snooze is over: the reminder is a message of its own again, which people notice; after a downtime the next one may take its place. */
export function wake(cadence: Cadence, moment: Moment): Taken<Cadence> {
  const { plan, current, next } = cadence;
  if (current?.state !== 'snoozed') return { state: cadence };
  const isOvertaken = next !== undefined && whenAwake(plan, next) <= moment.at;
  return isOvertaken ? due(cadence, moment) : update(cadence, askedAgain(current, moment));
}

export function askedAgain(
  { until: _, nudged: _nudged, escalated: _escalated, ...reminder }: Reminder,
  { at }: Moment,
  why: Omit<NonNullable<Reminder['again']>, 'at'> = {},
): Reminder {
  return { ...reminder, state: 'open', posts: reminder.posts + 1, asked: at, again: { at, ...why } };
}

export function skipQuestion(cadence: Cadence, number: string): Question | Refused {
  return (
    notNow(cadence, number) ?? {
      title: 'Skip this time',
      submit: 'Skip',
      schema: z.object({ reason: field.lines('Why is it skipped?') }),
      intro: [whatComes(cadence)],
    }
  );
}

export function skip(cadence: Cadence, about: string, reason: string, moment: Moment): Step<Cadence> {
  const barred = notNow(cadence, about);
  if (barred) return barred;
  const taken = over(update({ ...cadence, unanswered: 0 }, answered(cadence.current!, 'skipped', moment, reason)), moment);
  return { ...taken, say: text`Skipped. ${whatComes(taken.state)}` };
}

export const update = (cadence: Cadence, reminder: Reminder): Taken<Cadence> => ({
  state: { ...cadence, current: reminder, latest: { due: reminder.due, state: reminder.state } },
  keep: [occurrence(reminder)],
});

/** Why this reminder cannot be answered now; undefined when it can. */
export function notNow(cadence: Cadence, number: string): Refused | undefined {
  const { current, ended } = cadence;
  if (current && String(current.number) === number && current.answered)
    return refused(text`This reminder was answered ${minute(current.answered.at)}. ${whatComes(cadence)}`);
  if (ended) return refused(text`This cadence has ended, so there is nothing left to answer.`);
  if (!current || String(current.number) !== number)
    return refused(text`A newer reminder has taken the place of this one. Please answer that.`);
  return current.state === 'missed' ? refused(text`The time for this reminder has passed. ${whatComes(cadence)}`) : undefined;
}

/** `The next one comes on Tuesday.`, or what is true instead. */
export function whatComes(cadence: Cadence): Text {
  const next = comes(cadence);
  if (cadence.paused) return text`The cadence is paused.`;
  if (cadence.ended) return text`The cadence has ended.`;
  return next === undefined ? text`It is the last one.` : text`The next one comes ${day(next)}.`;
}

/** A week from now, if that is sooner than what comes anyway, and not after the end. */
function broughtForward(cadence: Cadence, moment: Moment): number | undefined {
  if (cadence.paused) return undefined;
  const { plan } = cadence;
  const at = weekLater(plan, moment.at);
  const end = lastDayOf(plan);
  if (end !== undefined && dateIn(plan, at) > end) return undefined;
  const next = comes(cadence);
  return next === undefined || dateIn(plan, at) < dateIn(plan, next) ? at : undefined;
}

function answered({ until: _, ...reminder }: Reminder, state: 'done' | 'skipped', moment: Moment, note: string): Reminder {
  return { ...reminder, state, answered: { by: actor(moment), at: moment.at, note } };
}
