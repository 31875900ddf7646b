import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Moment, type Refused, refused, type Step, type Taken } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import type { PersonId } from '../../src/id.ts';
import { list, person, text } from '../../src/text.ts';
import { instantIn } from '../../src/zone.ts';
import { askedAgain, update, whatComes } from './answering.ts';
import { over } from './due.ts';
import { nextFresh, whenAwake, zoneOf } from './plan.ts';
import { type Cadence, pausedUntil, stateOf } from './state.ts';
import { dayIn, type Left, leftUnfit } from '../rules/fit.ts';

const pausing = z.object({
  until: field.date('Until', { hint: 'The first day on which it may fall again. Empty: until somebody resumes it.' }).optional(),
});

export function pauseQuestion(cadence: Cadence, moment: Moment): Question | Refused {
  return (
    mayPause(cadence, moment) ?? {
      title: 'Pause the cadence',
      submit: 'Pause',
      schema: pausing,
      intro: [text`Reminders that would fall into the pause do not come, and count as nothing. One that is open can still be answered.`],
    }
  );
}

export function pause(cadence: Cadence, until: string | undefined, moment: Moment): Step<Cadence> {
  const barred = mayPause(cadence, moment);
  if (barred) return barred;
  const zone = zoneOf(cadence.plan);
  const end = until === undefined ? undefined : instantIn(zone, until, '00:00');
  if (end !== undefined && end <= moment.at)
    return refused(text`That day has begun or passed. Choose one to come, like ${dayIn(14, { zone, at: moment.at })}.`, 'until');
  const { early: _, ...rest } = cadence;
  const state: Cadence = { ...rest, paused: { at: moment.at, by: actor(moment), ...(end === undefined ? {} : { until: end }) } };
  return { state, say: text`Paused until ${pausedUntil(state) ?? 'somebody resumes it'}.` };
}

export function resume(cadence: Cadence, moment: Moment): Step<Cadence> {
  const barred = mayManage(cadence, moment);
  if (barred) return barred;
  if (!cadence.paused) return refused(text`This cadence is not paused. ${whatComes(cadence)}`);
  const taken = goOn(cadence, moment.at, moment);
  return { ...taken, say: text`Resumed. ${whatComes(taken.state)}` };
}

/** The pause is over since `from`: what fell into it does not come any more. */
export function goOn(cadence: Cadence, from: number, moment: Moment): Taken<Cadence> {
  const { paused, next, current, ...rest } = cadence;
  if (!paused) return { state: cadence };
  const isToCome = next !== undefined && whenAwake(cadence.plan, next) >= from;
  const then = isToCome ? next : nextFresh(cadence.plan, from - 1, cadence.intended);
  const state: Cadence = {
    ...rest,
    ...(then === undefined ? {} : { next: then }),
    // The working days to a nudge are counted from the end of the pause.
    ...(current ? { current: current.state === 'open' ? { ...current, asked: moment.at } : current } : {}),
  };
  return over({ state }, moment);
}

const handing = z.object({ to: field.person('Who is asked', { hint: 'From now on; others may still answer.' }) });

export function handOverQuestion(cadence: Cadence, moment: Moment): Question | Refused {
  return mayManage(cadence, moment) ?? { title: 'Hand over', submit: 'Hand over', schema: handing };
}

/** Somebody else is asked; a reminder that is open asks them in a message of its own. */
export function handOver(cadence: Cadence, to: PersonId, moment: Moment, left: Left): Step<Cadence> {
  const barred = mayManage(cadence, moment);
  if (barred) return barred;
  if (to === cadence.asked) return refused(text`${person(to)} is asked already. Choose somebody else.`, 'to');
  const gone = leftUnfit(to, left, 'to');
  if (gone) return gone;
  const state = { ...cadence, asked: to };
  const { current } = state;
  const handed = { by: actor(moment), from: cadence.asked, to };
  return {
    ...(current?.state === 'open' ? update(state, askedAgain(current, moment, { handed })) : { state }),
    say: text`${person(to)} is asked from now on.`,
  };
}

/**
 * The initiative changed hands or channel, and who is asked as its owner with it. An open reminder that now belongs elsewhere asks there
 * in a message of its own.
 */
export function moved(cadence: Cadence, { initiative, channel }: Pick<Cadence, 'initiative' | 'channel'>, moment: Moment): Taken<Cadence> {
  const asked = cadence.asked === cadence.initiative.owner ? initiative.owner : cadence.asked;
  const state = { ...cadence, initiative, channel, asked };
  const { current } = state;
  const isElsewhere = channel !== cadence.channel || asked !== cadence.asked;
  return current?.state === 'open' && isElsewhere ? update(state, askedAgain(current, moment, { moved: channel })) : { state };
}

export function stopQuestion(cadence: Cadence, moment: Moment): Question | Refused {
  return (
    mayManage(cadence, moment) ?? {
      title: 'End the cadence',
      submit: 'End it',
      schema: z.object({ reason: field.lines('Why does it end?') }),
      intro: [text`No reminder comes any more, and an open one cannot be answered then. To stop it for a while, pause it.`],
    }
  );
}

export function stop(cadence: Cadence, reason: string, moment: Moment): Step<Cadence> {
  const barred = mayManage(cadence, moment);
  if (barred) return barred;
  return { state: { ...cadence, ended: { at: moment.at, reason, by: actor(moment) } }, say: text`The cadence has ended.` };
}

/** The one asked, the owner, the sponsor and the one who started it. */
export function mayManage(cadence: Cadence, moment: Moment): Refused | undefined {
  const { asked, initiative, startedBy, ended } = cadence;
  if (ended) return refused(text`This cadence has ended and is not changed any more. Start another one with /cadence.`);
  const may = [...new Set<string>([asked, initiative.owner, initiative.sponsor, startedBy])];
  if (may.includes(actor(moment))) return undefined;
  const names = list(may.filter((one): one is PersonId => /^person\/\d+$/.test(one)).map(person));
  return refused(text`Only those may do that who answer for this cadence: ${names}. Please ask one of them.`);
}

function mayPause(cadence: Cadence, moment: Moment): Refused | undefined {
  const barred = mayManage(cadence, moment);
  if (barred) return barred;
  switch (stateOf(cadence)) {
    case 'proposed':
      return refused(text`This cadence has not begun: its dates are still to be saved.`);
    case 'paused':
      return refused(text`This cadence is paused already. Resume it first.`);
    case 'active':
    case 'ended':
      return undefined;
  }
}
