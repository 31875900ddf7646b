import type { Moment, Taken } from '../../src/flow.ts';
import type { Kept } from '../../src/kept.ts';
import { nextOf, type Plan, whenAwake } from './plan.ts';
import { type Cadence, DAY, isUnanswered, type Reminder, stateOf } from './state.ts';

/** A reminder missed in a downtime is still posted when it is younger than this; older ones are only recorded. */
const CATCH_UP_DAYS = 3;

/** Posted later than this after its moment, a reminder says that it is late. */
const LATE = 5 * 60_000;

/** One step keeps at most so many rows of missed reminders; the last of them says for how many others it stands. */
const MOST_ROWS = 998;

/** Of reminders that a clock has jumped over, so many are counted; what is beyond that is only passed by. */
const MOST_COUNTED = 4000;

/**
 * One or several moments of the schedule have come. Of those missed in a downtime at most the latest is posted, and that only inside
 * the catch-up window; the others are recorded as missed.
 */
export function due(cadence: Cadence, moment: Moment): Taken<Cadence> {
  const { come, next, isUncounted } = comeBy(cadence, moment.at);
  const latest = come.at(-1);
  if (stateOf(cadence) !== 'active' || latest === undefined) return { state: cadence };
  // One that was brought forward and waited until now, as through quiet hours, has been caught up with.
  const { early: soon, ...rest } = cadence;
  const isOvertaken = soon !== undefined && whenAwake(cadence.plan, soon) <= moment.at;
  const all = isOvertaken ? [soon, ...come] : come;
  const isPosted = isFresh(cadence, latest, moment);
  const missed = isPosted ? all.slice(0, -1) : all;
  const { state, keep } = set(isOvertaken ? rest : cadence, missed, isUncounted);
  const { next: _, ...others } = state;
  const told: Cadence = { ...others, ...(next === undefined ? {} : { next }), intended: latest };
  return isPosted ? posted(told, keep, latest, moment) : over({ state: told, keep }, moment);
}

/** The reminder that was brought forward: one beside the schedule, posted unless that has caught up with it. */
export function early(cadence: Cadence, moment: Moment): Taken<Cadence> {
  if (stateOf(cadence) !== 'active' || cadence.early === undefined) return { state: cadence };
  const { early: intended, ...rest } = cadence;
  const isOvertaken = rest.next !== undefined && whenAwake(rest.plan, rest.next) <= moment.at;
  if (isOvertaken || !isFresh(cadence, intended, moment)) return over(set(rest, [intended], false), moment);
  const { state, keep } = set(rest, [], false);
  return posted(state, keep, intended, moment, true);
}

/** Ends by itself what has no reminder to come and none to be answered. */
export function over(taken: Taken<Cadence>, { at }: Pick<Moment, 'at'>): Taken<Cadence> {
  const { state } = taken;
  const { next, current } = state;
  if (next !== undefined || state.early !== undefined || state.ended || (current && isUnanswered(current))) return taken;
  return { ...taken, state: { ...state, ended: { at, reason: 'its last day has passed', over: true } } };
}

/** Nobody answered the last reminder of all, and none comes that would take its place. */
export function unanswered(cadence: Cadence, moment: Moment): Taken<Cadence> {
  const { current, next } = cadence;
  if (next !== undefined || cadence.early !== undefined || !current || !isUnanswered(current)) return { state: cadence };
  const left = gone(current);
  const latest = { due: left.due, state: left.state };
  return over({ state: { ...cadence, current: left, latest, unanswered: cadence.unanswered + 1 }, keep: [occurrence(left)] }, moment);
}

/** All intended moments whose time has come, oldest first, and the one after them. */
function comeBy(
  { plan, next: first }: { plan: Plan; next?: number | undefined },
  at: number,
): { come: number[]; next: number | undefined; isUncounted: boolean } {
  const come: number[] = [];
  let next = first;
  for (; next !== undefined && whenAwake(plan, next) <= at; next = nextOf(plan, next)) {
    if (come.length === MOST_COUNTED) {
      // Far beyond any downtime: what is left is passed by up to the window in which the latest may still be posted.
      const latest = comeBy({ plan, next: nextOf(plan, at - CATCH_UP_DAYS * DAY) }, at);
      return { ...latest, come: [...come, ...latest.come], isUncounted: true };
    }
    come.push(next);
  }
  return { come, next, isUncounted: false };
}

const isFresh = ({ plan }: Cadence, intended: number, { at }: Moment): boolean => at - whenAwake(plan, intended) <= CATCH_UP_DAYS * DAY;

/** The reminder that stood open gives way, and those missed are recorded. */
function set(cadence: Cadence, missed: readonly number[], isUncounted: boolean): { state: Cadence; keep: Kept[] } {
  const { current, previous: _, ...rest } = cadence;
  const left = current && isUnanswered(current) ? gone(current) : undefined;
  const last = missed.at(-1);
  const latest = last === undefined ? left && { due: left.due, state: left.state } : ({ due: last, state: 'missed' } as const);
  return {
    keep: [...(left ? [occurrence(left)] : []), ...rowsOf(cadence.count, missed, isUncounted)],
    state: {
      ...rest,
      ...(left ? { previous: left } : {}),
      ...(current && !left ? { current } : {}),
      ...(latest ? { latest } : {}),
      count: cadence.count + missed.length,
      missed: cadence.missed + missed.length,
      unanswered: cadence.unanswered + missed.length + (left ? 1 : 0),
    },
  };
}

/** A row for each missed reminder; beyond what one step may keep, the last row stands for all others. */
function rowsOf(count: number, missed: readonly number[], isUncounted: boolean): Kept[] {
  const own = missed.length > MOST_ROWS ? missed.slice(0, MOST_ROWS - 1) : missed;
  const rows = own.map((intended, index) => occurrence(unposted(count + index + 1, intended)));
  const others = missed.length - own.length;
  if (others === 0) return rows;
  const note = `stands for ${isUncounted ? 'more than ' : ''}${others.toLocaleString('en-GB')} missed reminders, of which it is the last`;
  return [...rows, occurrence(unposted(count + missed.length, missed.at(-1)!), note)];
}

function posted(state: Cadence, keep: readonly Kept[], intended: number, { at }: Moment, isEarly = false): Taken<Cadence> {
  const { current: answered, ...rest } = state;
  const number = state.count + 1;
  const before = state.previous ?? (answered?.state === 'skipped' ? answered : undefined);
  const current: Reminder = {
    number,
    due: intended,
    posted: at,
    late: at - whenAwake(state.plan, intended) > LATE,
    ...(isEarly ? { early: true } : {}),
    missedBefore: state.missed,
    ...(state.missed > 0 && state.latest?.state === 'missed' ? { missedLast: state.latest.due } : {}),
    posts: 1,
    state: 'open',
    asked: at,
    ...(before ? { before: beforeOf(before) } : {}),
  };
  return {
    state: { ...rest, current, latest: { due: intended, state: 'open' }, count: number, missed: 0 },
    keep: [...keep, occurrence(current)],
  };
}

function beforeOf({ state, due: intended, answered }: Reminder): NonNullable<Reminder['before']> {
  return state === 'skipped' && answered
    ? { state: 'skipped', due: intended, note: answered.note, by: answered.by }
    : { state: 'missed', due: intended };
}

/** What an unanswered reminder becomes when the next one takes its place. */
function gone(reminder: Reminder): Reminder {
  const { until: _, nudged: _nudged, ...rest } = reminder;
  return { ...rest, state: 'missed' };
}

const unposted = (number: number, intended: number): Reminder => ({
  number,
  due: intended,
  posted: null,
  late: false,
  missedBefore: 0,
  posts: 0,
  state: 'missed',
});

/** A reminder as the row that stands for it. */
export function occurrence({ number, due: intended, posted: at, late, state, answered }: Reminder, note: string | null = null): Kept {
  return {
    kind: 'occurrence',
    row: {
      number,
      due: intended,
      state,
      posted_at: at,
      late: late ? 1 : 0,
      answered_at: answered?.at ?? null,
      answered_by: answered?.by ?? null,
      note: answered?.note ?? note,
    },
  };
}
