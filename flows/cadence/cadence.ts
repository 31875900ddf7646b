import { z } from 'zod';
import type { Flow, Step } from '../../src/flow.ts';
import type { PersonId } from '../../src/id.ts';
import type { Need } from '../../src/need.ts';
import type { Derived, Row } from '../../src/record.ts';
import { leftNeed } from '../rules/fit.ts';
import { call, committeeOf, votesOf } from './alarm.ts';
import { done, doneQuestion, skip, skipQuestion, snooze, type Snoozing, snoozeQuestion, wake } from './answering.ts';
import { cadenceSurfaces } from './cards.ts';
import { change, changeQuestion, drop, lapse, save, saveQuestion } from './confirm.ts';
import { due, early, unanswered } from './due.ts';
import { goOn, handOver, handOverQuestion, moved, pause, pauseQuestion, resume, stop, stopQuestion } from './managing.ts';
import { nudge } from './nudging.ts';
import { begin, type ClockBrief, keptOf, openingNeeds, type OpeningFacts, openingQuestion, propose } from './opening.ts';
import { nextFresh, planText, zoneOf } from './plan.ts';
import { type Cadence, comes, type Said, stateOf, titleOf } from './state.ts';
import { cadenceTimers, sleepsUntil } from './timers.ts';
import { upgradeFrom1 } from './upgrade.ts';
import type { Wishes } from './wishes.ts';

type Input =
  | { type: 'due' | 'early' | 'wake' | 'continue' | 'lapse' | 'over' | 'call' }
  | { type: 'nudge' | 'escalate'; number: number; posts: number }
  | { type: 'end'; reason: string }
  /** The initiative changed hands or channel. */
  | { type: 'moved'; initiative: Cadence['initiative']; channel: Cadence['channel'] }
  | { type: 'save'; when?: string }
  | { type: 'drop' | 'resume' }
  | ({ type: 'done'; about: string } & Said)
  | ({ type: 'snooze'; about: string } & Snoozing)
  | { type: 'skip'; about: string; reason: string }
  | { type: 'hand-over'; to: PersonId }
  | { type: 'pause'; until?: string }
  | ({ type: 'change'; zone: 'now' | 'channel' | 'mine' } & Wishes)
  | { type: 'stop'; reason: string };

interface Facts extends OpeningFacts {
  votes: readonly Derived['votes'][];
  bodies: readonly Derived['bodies'][];
  members: readonly Derived['members'][];
}

/** What an input needs to know beside the state. */
const NEEDS: { readonly [type in Input['type']]?: (state: Cadence) => readonly Need[] } = {
  save: ({ initiative, kind }) => [keptOf(initiative.id, kind)],
  done: (state) => [votesOf(state)],
  call: committeeOf,
  'hand-over': () => [leftNeed],
  change: ({ channel }) => [{ as: 'channels', rows: 'channels', where: { id: channel } }],
};

/** A repeating duty of an initiative: at its moments it posts a reminder, which somebody answers. */
export const cadence: Flow<Cadence, Input, Facts> = {
  name: 'cadence',
  version: 2,
  state: z.custom<Cadence>(),

  open: {
    from: 'person',
    needs: (about, _, brief: ClockBrief | undefined) => openingNeeds(about, brief),
    question: openingQuestion,
    start: (brief, moment, facts) => (moment.by ? propose(brief, moment, facts) : begin(brief, moment, facts)),
  },

  needs: (state, { input }) => NEEDS[input]?.(state) ?? [],

  inputs: {
    due: { from: 'clock' },
    early: { from: 'clock' },
    wake: { from: 'clock' },
    continue: { from: 'clock' },
    lapse: { from: 'clock' },
    over: { from: 'clock' },
    call: { from: 'clock' },
    nudge: { from: 'clock' },
    escalate: { from: 'clock' },
    end: { from: 'clock' },
    moved: { from: 'clock' },
    save: { from: 'person', question: (state, moment, { cadences }) => saveQuestion(state, moment, cadences) },
    drop: { from: 'person' },
    done: { from: 'person', question: (state, _, __, number) => doneQuestion(state, number) },
    snooze: { from: 'person', question: (state, moment, _, number) => snoozeQuestion(state, number, moment) },
    skip: { from: 'person', question: (state, _, __, number) => skipQuestion(state, number) },
    'hand-over': { from: 'person', question: handOverQuestion },
    pause: { from: 'person', question: pauseQuestion },
    resume: { from: 'person' },
    change: { from: 'person', question: changeQuestion },
    stop: { from: 'person', question: stopQuestion },
  },

  step(state, input, moment, facts): Step<Cadence> {
    if (state.ended && cadence.inputs[input.type].from === 'clock' && input.type !== 'call') return { state };
    const asleep = sleepsUntil(state, input.type, moment);
    if (asleep !== undefined) return { state: { ...state, quietUntil: asleep } };
    switch (input.type) {
      case 'due':
        return due(state, moment);
      case 'early':
        return early(state, moment);
      case 'wake':
        return wake(state, moment);
      case 'nudge':
        return nudge(state, 'nudged', input, moment);
      case 'escalate':
        return nudge(state, 'escalated', input, moment);
      case 'continue':
        return goOn(state, moment.due ?? moment.at, moment);
      case 'lapse':
        return state.proposed ? lapse(state, moment) : { state };
      case 'over':
        return unanswered(state, moment);
      case 'call':
        return { state: call(state, facts.bodies, facts.members) };
      case 'end':
        return { state: { ...state, ended: { at: moment.at, reason: input.reason } } };
      case 'moved':
        return moved(state, input, moment);
      case 'save':
        return save(state, input.when, moment, facts.cadences);
      case 'drop':
        return drop(state, moment);
      case 'done': {
        const { type: _, about, ...said } = input;
        return done(state, about, said, moment, facts.votes);
      }
      case 'snooze':
        return snooze(state, input.about, input, moment);
      case 'skip':
        return skip(state, input.about, input.reason, moment);
      case 'hand-over':
        return handOver(state, input.to, moment, facts.left ?? []);
      case 'pause':
        return pause(state, input.until, moment);
      case 'resume':
        return resume(state, moment);
      case 'change':
        return change(state, input, moment, facts.channels);
      case 'stop':
        return stop(state, input.reason, moment);
    }
  },

  surfaces: cadenceSurfaces,

  timers: cadenceTimers,

  records: (state, id) => (state.ended && state.begun === undefined ? [] : [rowOf(state, id)]),

  settled: (state) => state.ended !== undefined,

  upgrade: { 1: upgradeFrom1 },
};

function rowOf(state: Cadence, id: `${string}/${number}`): Row {
  const { paused, latest } = state;
  return {
    table: 'cadences',
    row: {
      id,
      initiative: state.initiative.id,
      kind: state.kind,
      title: titleOf(state),
      channel: state.channel,
      asked: state.asked,
      schedule: planText(state.plan),
      zone: zoneOf(state.plan),
      state: stateOf(state),
      next_at: state.ended ? null : ((paused ? nextInPause(state) : comes(state)) ?? null),
      missed: state.unanswered,
      latest: latest?.state ?? null,
      latest_at: latest?.due ?? null,
    },
  };
}

/** In a pause with an end: the first reminder after it. */
const nextInPause = ({ paused, plan, intended }: Cadence): number | undefined =>
  paused?.until === undefined ? undefined : nextFresh(plan, paused.until - 1, intended);
