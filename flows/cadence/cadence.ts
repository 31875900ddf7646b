import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Flow, type Moment, type Refused, refused, type Step, type Taken, type Timer } from '../../src/flow.ts';
import type { FlowId, PersonId } from '../../src/id.ts';
import type { Derived, Kept, Need, Readable } from '../../src/record.ts';
import { day, minute, text } from '../../src/text.ts';
import { daysLater, instantIn, localOf } from '../../src/zone.ts';
import { monthly, nextAfter } from '../rules/recurrence.ts';
import { cadenceSurfaces } from './cards.ts';
import { answersOf, checkInQuestion, summary } from './checkin.ts';
import { type Cadence, type CheckIn, type Kind, type Reminder, TITLES } from './state.ts';

type Input =
  | { type: 'due' }
  | { type: 'wake' }
  | { type: 'end'; reason: string }
  /** The initiative changed hands or channel. */
  | { type: 'moved'; initiative: Cadence['initiative']; channel: Cadence['channel'] }
  | ({ type: 'done'; about: string } & CheckIn)
  | { type: 'snooze'; about: string; until: 'tomorrow' | 'next week' | 'date'; date?: string }
  | { type: 'skip'; about: string; reason: string };

interface Brief {
  kind: Kind;
  initiative: { id: FlowId; name: string; owner: PersonId; sponsor: PersonId };
  channel: Cadence['channel'];
  startedBy: string;
}

interface Facts {
  cadences: readonly Derived['cadences'][];
  channel: readonly Readable['channels'][];
}

/** A reminder missed in a downtime is still posted when it is younger than this; older ones are only recorded. */
const CATCH_UP_DAYS = 3;

/** Posted later than this after its moment, a reminder says that it is late. */
const LATE = 5 * 60_000;

const snoozing = z.object({
  until: field.choice('Remind again', { tomorrow: 'Tomorrow', 'next week': 'In a week', date: 'On a day of my choice' }),
  date: field.date('The day', { hint: 'Only for a day of your choice.' }).optional(),
});

/** A repeating duty of an initiative: at its moments it posts a reminder, which somebody answers. */
export const cadence: Flow<Cadence, Input, Facts> = {
  name: 'cadence',
  version: 1,
  state: z.custom<Cadence>(),

  open: {
    from: 'clock',
    needs: (_, __, { kind, initiative, channel }: Brief): readonly Need[] => [
      { as: 'cadences', rows: 'cadences', where: { initiative: initiative.id, kind, state: 'active' } },
      { as: 'channel', rows: 'channels', where: { id: channel } },
    ],
    start({ kind, initiative, channel, startedBy }: Brief, moment, { cadences, channel: [place] }) {
      if (cadences.length > 0) return refused(text`This cadence is kept already.`);
      const zone = place?.zone ?? 'UTC';
      const schedule = monthly(Number(localOf(zone, moment.at).date.slice(8)), zone);
      const next = nextAfter(schedule, daysLater(zone, moment.at, 1))!;
      return { state: { kind, initiative, channel, asked: initiative.owner, schedule, startedBy, next, count: 0, missed: 0 } };
    },
  },

  inputs: {
    due: { from: 'clock' },
    wake: { from: 'clock' },
    end: { from: 'clock' },
    moved: { from: 'clock' },
    done: { from: 'person', question: (state, _, __, number) => notNow(state, number) ?? checkInQuestion(state) },
    snooze: {
      from: 'person',
      question: (state, moment, _, number) =>
        notNow(state, number) ?? {
          title: 'Snooze the reminder',
          submit: 'Snooze',
          schema: snoozing,
          values: { until: 'tomorrow', date: localOf(moment.zone, daysLater(moment.zone, moment.at, 2)).date },
        },
    },
    skip: {
      from: 'person',
      question: (state, _, __, number) =>
        notNow(state, number) ?? {
          title: 'Skip this time',
          submit: 'Skip',
          schema: z.object({ reason: field.lines('Why is it skipped?') }),
          intro: [text`The next one comes ${day(state.next)}.`],
        },
    },
  },

  step(state, input, moment): Step<Cadence> {
    switch (input.type) {
      case 'due':
        return state.ended ? { state } : due(state, moment);
      case 'wake':
        return state.current?.state === 'snoozed'
          ? update(state, { ...state.current, state: 'open', posts: state.current.posts + 1 })
          : { state };
      case 'end':
        return { state: state.ended ? state : { ...state, ended: { at: moment.at, reason: input.reason } } };
      case 'moved': {
        const { initiative, channel } = input;
        return { state: { ...state, initiative, channel, asked: state.asked === state.initiative.owner ? initiative.owner : state.asked } };
      }
      case 'done': {
        const { type: _, about, ...said } = input;
        return notNow(state, about) ?? done(state, said, moment);
      }
      case 'snooze':
        return notNow(state, input.about) ?? snooze(state, input, moment);
      case 'skip':
        return (
          notNow(state, input.about) ?? {
            ...update(state, answered(state.current!, 'skipped', moment, input.reason)),
            say: text`Skipped. The next one comes ${day(state.next)}.`,
          }
        );
    }
  },

  surfaces: cadenceSurfaces,

  timers(state): readonly Timer[] {
    if (state.ended) return [];
    const timers: Timer[] = [{ key: 'due', at: state.next, input: { type: 'due' } }];
    if (state.current?.state === 'snoozed')
      timers.push({ key: `wake ${state.current.number}`, at: state.current.until!, input: { type: 'wake' } });
    return timers;
  },

  records: (state, id) => [
    {
      table: 'cadences',
      row: {
        id,
        initiative: state.initiative.id,
        kind: state.kind,
        title: `${TITLES[state.kind]}: ${state.initiative.name}`,
        channel: state.channel,
        asked: state.asked,
        schedule: state.schedule.pattern,
        zone: state.schedule.zone,
        state: state.ended ? 'ended' : 'active',
        next_at: state.ended ? null : state.next,
      },
    },
  ],

  settled: (state) => state.ended !== undefined,
};

/**
 * One or several moments have come. Of those missed in a downtime at most the latest is posted, and that only inside the catch-up
 * window; the others are recorded as missed.
 */
function due(state: Cadence, moment: Moment): Taken<Cadence> {
  const { current, ...rest } = state;
  const left = current && isUnanswered(current) ? { ...current, state: 'missed' as const } : undefined;
  const kept: Kept[] = left ? [occurrence(left)] : [];
  const told = { ...rest, ...(left ? { previous: left } : {}), ...(current && !left ? { current } : {}) };
  let { next, count, missed } = state;
  for (;;) {
    const intended = next;
    count += 1;
    next = nextAfter(state.schedule, intended)!;
    const isPosted = next > moment.at && moment.at - intended <= CATCH_UP_DAYS * 86_400_000;
    const reminder: Reminder = {
      number: count,
      due: intended,
      posted: isPosted ? moment.at : null,
      late: moment.at - intended > LATE,
      missedBefore: missed,
      posts: 1,
      state: isPosted ? 'open' : 'missed',
    };
    kept.push(occurrence(reminder));
    if (isPosted) return { state: { ...told, next, count, missed: 0, current: reminder }, keep: kept };
    missed += 1;
    if (next > moment.at) return { state: { ...told, next, count, missed }, keep: kept };
  }
}

function done(state: Cadence, said: CheckIn, moment: Moment): Step<Cadence> {
  if (said.retrained === 'yes' && !said.window)
    return refused(text`Which data was it retrained on? For example: January to March 2027.`, 'window');
  const by = actor(moment);
  const note = summary(said)
    .map((span) => ('text' in span ? span.text : ''))
    .join('');
  const taken = update({ ...state, last: { ...said, at: moment.at, by } }, answered(state.current!, 'done', moment, note));
  const rows = answersOf(said).map((row) => ({ ...row, about: `reminder ${state.current!.number}`, person: by, at: moment.at }));
  return {
    ...taken,
    keep: [...(taken.keep ?? []), { kind: 'answers', rows }],
    say: text`Thank you, that is recorded. The next one comes ${day(state.next)}.`,
  };
}

function snooze(state: Cadence, { until, date }: { until: string; date?: string }, moment: Moment): Step<Cadence> {
  const { zone } = state.schedule;
  if (until === 'date' && !date) return refused(text`Which day? For example: ${localOf(zone, daysLater(zone, moment.at, 2)).date}`, 'date');
  const wake = until === 'date' ? instantIn(zone, date!, '09:00') : daysLater(zone, moment.at, until === 'tomorrow' ? 1 : 7);
  if (wake <= moment.at) return refused(text`That day has passed, or its morning. Choose one to come.`, 'date');
  if (wake >= state.next)
    return refused(text`The next reminder comes before that, ${day(state.next)}. Choose an earlier day, or skip this one.`, 'date');
  return { ...update(state, { ...state.current!, state: 'snoozed', until: wake }), say: text`Snoozed until ${minute(wake)}.` };
}

const update = (state: Cadence, reminder: Reminder): Taken<Cadence> => ({
  state: { ...state, current: reminder },
  keep: [occurrence(reminder)],
});

const answered = (reminder: Reminder, state: 'done' | 'skipped', moment: Moment, note: string): Reminder => ({
  ...reminder,
  state,
  answered: { by: actor(moment), at: moment.at, note },
});

/** Why this reminder cannot be answered now; undefined when it can. */
function notNow(state: Cadence, number: string): Refused | undefined {
  const { current, ended } = state;
  if (ended) return refused(text`This cadence has ended, so there is nothing left to answer.`);
  if (!current || String(current.number) !== number)
    return refused(text`A newer reminder has taken the place of this one. Please answer that.`);
  if (current.state === 'done' || current.state === 'skipped')
    return refused(text`This reminder was answered ${minute(current.answered!.at)}. The next one comes ${day(state.next)}.`);
  return current.state === 'missed'
    ? refused(text`The time for this reminder has passed. The next one comes ${day(state.next)}.`)
    : undefined;
}

const isUnanswered = ({ state }: Reminder): boolean => state === 'open' || state === 'snoozed';

function occurrence({ number, due: intended, posted, late, state, answered: reply }: Reminder): Kept {
  return {
    kind: 'occurrence',
    row: {
      number,
      due: intended,
      state,
      posted_at: posted,
      late: late ? 1 : 0,
      answered_at: reply?.at ?? null,
      answered_by: reply?.by ?? null,
      note: reply?.note ?? null,
    },
  };
}
