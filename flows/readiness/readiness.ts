import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Flow, type Moment, refused, type Step, type Timer } from '../../src/flow.ts';
import type { FlowId, PersonId } from '../../src/id.ts';
import type { Row } from '../../src/record.ts';
import { minute, text, typed } from '../../src/text.ts';
import { type Area, areas, setOf } from '../criteria/readiness.ts';
import type { ActionBrief } from '../action/state.ts';
import { dayIn, dueAt, leftNeed } from '../rules/fit.ts';
import { actionsQuestion, answerQuestion, finish, takeActions, takeAnswers, withArea } from './answering.ts';
import { readinessSurfaces } from './cards.ts';
import { dueField, openCheck, type OpeningFacts, openingNeeds, openingQuestion, unfitDue } from './opening.ts';
import { readinessMenu } from './menu.ts';
import { given, handOn, handOnQuestion, mayFinish, mayRun, reassign, reassignQuestion } from './people.ts';
import { areasOpen, isIn, isOpen, type Nudge, nudgesAt, type Readiness, type ReadinessFacts, tallyOf } from './state.ts';

type Input =
  | ({ type: 'answer'; about: string } & Record<string, unknown>)
  | ({ type: 'actions'; about: string } & Record<string, unknown>)
  | { type: 'hand-on'; about: string; person: PersonId; note?: string }
  | ({ type: 'reassign'; note?: string } & Record<Area, PersonId>)
  | { type: 'manage' }
  | { type: 'extend'; due: string }
  | { type: 'cancel'; reason: string }
  | { type: 'finish' }
  | { type: 'nudge'; nudge: Exclude<Nudge, 'overdue'> }
  | { type: 'due' }
  | { type: 'end'; reason: string }
  /** The initiative changed hands or channel. */
  | { type: 'moved'; initiative: Readiness['initiative']; channel: Readiness['channel'] };

/** How many days an extension proposes. */
const USUAL = 7;

/** Whether an initiative is ready to be scaled: eighteen items in three areas, each answered by the person who knows it. */
export const readiness: Flow<Readiness, Input, OpeningFacts & ReadinessFacts> = {
  name: 'readiness',
  version: 2,
  state: z.custom<Readiness>(),

  open: { from: 'person', called: 'readiness check', needs: openingNeeds, question: openingQuestion, start: openCheck },

  needs: (_, { id }) => [leftNeed, { as: 'actions', rows: 'actions', where: { origin: id } }],

  inputs: {
    answer: { from: 'person', question: (state, moment, _, about) => answerQuestion(state, moment, about) },
    actions: { from: 'person', question: (state, moment, _, about) => actionsQuestion(state, moment, about) },
    'hand-on': { from: 'person', question: (state, moment, _, about) => handOnQuestion(state, moment, about) },
    manage: { from: 'person', shows: readinessMenu },
    reassign: { from: 'person', question: reassignQuestion },
    extend: {
      from: 'person',
      question: (state, moment, facts) =>
        mayRun(state, moment, facts) ?? {
          title: 'Extend the check',
          submit: 'Extend',
          schema: z.object({ due: dueField }),
          values: { due: dayIn(USUAL, { zone: state.zone, at: moment.at }) },
        },
    },
    cancel: {
      from: 'person',
      question: (state, moment, facts) =>
        mayRun(state, moment, facts) ?? {
          title: 'Cancel the check',
          submit: 'Cancel the check',
          schema: z.object({ reason: field.lines('Why is it cancelled?') }),
          intro: [text`It is no evidence then. Answers that are in stay on record; actions that came of it go on.`],
        },
    },
    finish: {
      from: 'person',
      question: (state, moment, facts) => {
        const { unanswered } = tallyOf(state);
        return (
          mayFinish(state, moment, facts) ?? {
            title: 'Finish the check',
            submit: 'Finish',
            schema: z.object({}),
            intro: [
              text`${unanswered === 0 ? 'Everything is answered' : `${unanswered} of ${setOf(state.set).items.length} are counted as unanswered`}. What is not met and has nobody yet becomes an action of whoever answered it. The result is posted at once.`,
            ],
          }
        );
      },
    },
    nudge: { from: 'clock' },
    due: { from: 'clock' },
    end: { from: 'clock' },
    moved: { from: 'clock' },
  },

  step(state, input, moment, facts): Step<Readiness> {
    const { at } = moment;
    switch (input.type) {
      case 'answer':
        return takeAnswers(state, input.about, input, moment, facts);
      case 'actions':
        return takeActions(state, input.about, input, moment, facts);
      case 'hand-on':
        return handOn(state, input, moment, facts);
      case 'reassign':
        return reassign(state, input, moment, facts);
      case 'extend':
        return mayRun(state, moment, facts) ?? extend(state, input.due, moment);
      case 'cancel':
        return (
          mayRun(state, moment, facts) ?? {
            state: { ...state, cancelled: { at, by: actor(moment), reason: input.reason } },
            say: text`The readiness check of ${typed(state.initiative.name)} is cancelled.`,
          }
        );
      case 'finish':
        return (
          mayFinish(state, moment, facts) ?? {
            state: finish(state, 'with what was there', moment, facts),
            say: text`Finished: the result stands in the initiative’s channel.`,
          }
        );
      case 'manage':
        return { state };
      case 'nudge':
        return { state: isOpen(state) && at < dueAt(state) ? nudged(state, input.nudge) : state };
      case 'due':
        return { state: isOpen(state) ? { ...nudged(state, 'overdue'), overdue: true } : state };
      case 'end':
        return { state: isOpen(state) ? { ...state, cancelled: { at, reason: input.reason } } : state };
      case 'moved':
        return { state: isOpen(state) ? moved(state, input) : state };
    }
  },

  surfaces: readinessSurfaces,

  timers(state, id): readonly Timer[] {
    const actions = areas.flatMap((area) => actionTimers(state, id, area));
    if (!isOpen(state) || state.overdue) return actions;
    const nudges = nudgesAt(state).map(([nudge, at]) => ({ key: `nudge ${nudge}`, at, input: { type: 'nudge', nudge } }));
    return [...actions, ...nudges.filter(({ at }) => at > state.since), { key: 'due', at: dueAt(state), input: { type: 'due' } }];
  },

  records(state, id): readonly Row[] {
    const { met, unmet, notApplicable, unanswered } = tallyOf(state);
    return [
      {
        table: 'readiness_checks',
        row: {
          id,
          initiative: state.initiative.id,
          title: state.initiative.name,
          state: state.cancelled ? 'cancelled' : state.finished ? 'done' : 'asking',
          met,
          unmet,
          not_applicable: notApplicable,
          unanswered,
          opened_at: state.opened.at,
          due_at: dueAt(state),
          finished_at: state.finished?.at ?? null,
        },
      },
      ...areas.map((area) => ({
        table: 'readiness_areas' as const,
        row: {
          readiness: id,
          area,
          person: state.areas[area].person,
          state: isIn(state, area) ? ('answered' as const) : ('asked' as const),
        },
      })),
    ];
  },

  settled: (state) => !isOpen(state),

  // Its card has fewer buttons since version 2.
  upgrade: { 1: (old: Readiness) => old },
};

/** Each plan opens an action, once: what is told of it later is told to the action. */
function actionTimers(state: Readiness, id: FlowId, area: Area): Timer[] {
  const { plans } = state.areas[area];
  const { initiative, channel, zone } = state;
  return setOf(state.set).items.flatMap(({ key, text: title }) => {
    const plan = plans[key];
    if (!plan) return [];
    const brief: ActionBrief = {
      title,
      ...(plan.why ? { why: plan.why } : {}),
      initiative,
      channel,
      owner: plan.owner,
      due: plan.due,
      origin: id,
      startedBy: plan.by,
      zone,
    };
    return [{ key: `action ${key}`, at: plan.at, to: 'action', input: { type: 'open', ...brief } }];
  });
}

function extend(state: Readiness, due: string, moment: Moment): Step<Readiness> {
  const unfit = unfitDue(due, { zone: state.zone, at: moment.at });
  if (unfit) return unfit;
  if (due === state.due) return refused(text`It is due on that day already. Choose another one.`, 'due');
  const { overdue: _, ...rest } = state;
  const fresh = areas.reduce((check, area) => {
    const { nudge: __, ...before } = check.areas[area];
    return withArea(check, area, before);
  }, rest as Readiness);
  const extended: Readiness = { ...fresh, due, since: moment.at };
  return { state: extended, say: text`The check is due ${minute(dueAt(extended))} now. Those who are asked see it on their messages.` };
}

/** Whoever is still asked is nudged; of several nudges the latest stands. */
const nudged = (state: Readiness, nudge: Nudge): Readiness =>
  areasOpen(state).reduce((check, area) => withArea(check, area, { ...check.areas[area], nudge }), state);

/** What was asked of the old owner and is still open is asked of the new one. */
function moved(state: Readiness, { initiative, channel }: Pick<Readiness, 'initiative' | 'channel'>): Readiness {
  const theirs = areasOpen(state).filter(
    (area) => state.areas[area].person === state.initiative.owner && initiative.owner !== state.initiative.owner,
  );
  return theirs.reduce((check, area) => given(check, area, initiative.owner, {}), { ...state, initiative, channel });
}
