import type { Moment, Timer } from '../../src/flow.ts';
import { alarmTimers } from './alarm.ts';
import { lapsesAt } from './confirm.ts';
import { nudgeTimers } from './nudging.ts';
import { whenAwake } from './plan.ts';
import { type Cadence, DAY, isUnanswered, stateOf } from './state.ts';

/** After the last date an open reminder can still be answered for so many days. */
const LAST_DAYS = 14;

export function cadenceTimers(state: Cadence): readonly Timer[] {
  const { ended, proposed, paused } = state;
  if (ended) return alarmTimers(state);
  return [
    ...(proposed ? [{ key: 'lapse', at: lapsesAt(proposed), input: { type: 'lapse' } }] : []),
    ...(paused?.until === undefined ? [] : [{ key: 'continue', at: paused.until, input: { type: 'continue' } }]),
    ...(stateOf(state) === 'active' ? askingTimers(state) : []),
    ...alarmTimers(state),
  ];
}

/** What asks somebody something: outside the quiet hours, and not in a pause. */
function askingTimers(state: Cadence): Timer[] {
  const { plan, next, early: soon, current, quietUntil = 0 } = state;
  const timers: Timer[] = [
    ...(next === undefined ? [] : [{ key: 'due', at: next, input: { type: 'due' } }]),
    ...(soon === undefined ? [] : [{ key: 'early', at: soon, input: { type: 'early' } }]),
    ...(current?.state === 'snoozed' ? [{ key: `wake ${current.number}`, at: current.until!, input: { type: 'wake' } }] : []),
    ...nudgeTimers(state),
  ].map((timer) => ({ ...timer, at: Math.max(whenAwake(plan, timer.at), quietUntil) }));
  const ends = next === undefined && soon === undefined && current && isUnanswered(current);
  return ends
    ? [...timers, { key: 'over', at: (current.until ?? current.asked ?? current.due) + LAST_DAYS * DAY, input: { type: 'over' } }]
    : timers;
}

const ASKING = new Set(['due', 'early', 'wake', 'nudge', 'escalate']);

/** The end of the quiet hours, where the program found itself in them with something to ask: after a downtime, or a clock that was moved. */
export function sleepsUntil({ plan }: Cadence, type: string, { at }: Moment): number | undefined {
  const awake = ASKING.has(type) ? whenAwake(plan, at) : at;
  return awake > at ? awake : undefined;
}
