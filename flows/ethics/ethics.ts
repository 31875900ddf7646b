import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Flow, type Moment, type Refused, refused, type Step, type Timer } from '../../src/flow.ts';
import type { FlowId, PersonId } from '../../src/id.ts';
import type { Answer } from '../../src/kept.ts';
import type { Derived } from '../../src/record.ts';
import { minute, person, text, typed } from '../../src/text.ts';
import { ETHICS, ETHICS_SET } from '../criteria/ethics.ts';
import { living, subjectOf } from '../evidence/subject.ts';
import { answersUnfit, dayIn, dueAt, dueUnfit, type Left, leftNeed, leftUnfit } from '../rules/fit.ts';
import { ethicsSurfaces } from './cards.ts';
import { type Done, type Ethics, type Finding, FINDINGS, isAsking, itemsThat } from './state.ts';

type Input =
  | ({ type: 'answer' } & Record<string, unknown>)
  | { type: 'hand-on'; person: PersonId; note?: string }
  | { type: 'cancel'; reason: string }
  | { type: 'remind' }
  | { type: 'end'; reason: string }
  | { type: 'moved'; initiative: Ethics['initiative']; channel: Ethics['channel'] };

interface Facts {
  initiatives: readonly Derived['initiatives'][];
  reviews: readonly Derived['ethics_reviews'][];
  /** People who left. */
  left?: Left;
}

/** The furthest due day of a review, and the usual one, in days; and those of the actions that come of it. */
const LONGEST = 180;
const USUAL = 14;
const ACTION_LONGEST = 366;
const ACTION_USUAL = 30;

const answering = z.object({
  ...Object.fromEntries(
    ETHICS.flatMap(({ key, text: title }) => [
      [key, field.choice(title, FINDINGS)] as const,
      [`${key}-evidence`, field.lines('How do you know?', { hint: 'A sentence or a link.' }).optional()] as const,
    ]),
  ),
  owner: field.person('Who sees to what is not in order?', { hint: 'Needed only where something is not in order.' }).optional(),
  by: field.date('Until when?').optional(),
});
const handing = z.object({
  person: field.person('Who answers instead?', { hint: 'Is asked by direct message.' }),
  note: field.lines('Note', { hint: 'What they should know.' }).optional(),
});
const cancelling = z.object({ reason: field.lines('Why is it cancelled?') });
const due = field.date('Due', { hint: 'Asked for by 17:00 of that day.' });

/** An ethical review: four questions to one who knows, and an action for what is not in order. Evidence on the next vote. */
export const ethics: Flow<Ethics, Input, Facts> = {
  name: 'ethics',
  version: 1,
  state: z.custom<Ethics>(),

  open: {
    from: 'person',
    needs: () => [
      { as: 'initiatives', rows: 'initiatives', order: ['name', 'asc'] },
      { as: 'reviews', rows: 'ethics_reviews', where: { state: 'asking' } },
      leftNeed,
    ],
    question(about, moment, { initiatives }) {
      const alive = living(initiatives);
      if (alive.length === 0) return refused(text`There is no initiative yet to review. Register one first: /initiative`);
      const subject = subjectOf(about, moment, alive);
      if ('refused' in subject) return subject;
      return {
        title: 'Start an ethics review',
        submit: 'Start it',
        schema: z.object({
          initiative: field.flow('Initiative', alive),
          person: field.person('Who answers?', { hint: 'Somebody who knows the model and the people it concerns.' }),
          due,
        }),
        intro: [text`Four questions. The answers are posted in the initiative’s channel and stand with the next vote.`],
        values: { initiative: subject.one?.id, person: subject.one?.owner, due: dayIn(USUAL, moment) },
      };
    },
    start(said: { initiative: FlowId; person: PersonId; due: string }, moment, { initiatives, reviews, left = [] }) {
      const on = living(initiatives).find((one) => one.id === said.initiative);
      if (!on) return refused(text`This initiative is no longer there to review.`, 'initiative');
      const running = reviews.find((one) => one.initiative === on.id);
      if (running)
        return refused(
          text`An ethics review of ${typed(on.name)} is running already; ${person(running.person)} is asked until ${minute(running.due_at)}.`,
        );
      const unfit = leftUnfit(said.person, left, 'person') ?? answersUnfit(said.due, LONGEST, USUAL, moment);
      if (unfit) return unfit;
      const { id, name, owner, sponsor, channel } = on;
      const isOwn = said.person === actor(moment);
      return {
        state: {
          initiative: { id, name, owner, sponsor },
          channel,
          zone: moment.zone,
          set: ETHICS_SET,
          opened: { by: actor(moment), at: moment.at },
          person: said.person,
          asks: 1,
          due: said.due,
        },
        say: text`The ethics review of ${typed(name)} has started.`,
        ...(isOwn ? { next: 'answer' } : {}),
      };
    },
  },

  needs: (_, { input }) => (input === 'hand-on' || input === 'answer' ? [leftNeed] : []),

  inputs: {
    answer: {
      from: 'person',
      question: (state, moment) =>
        mayAnswer(state, moment) ?? {
          title: 'Ethics review',
          submit: 'Send the answers',
          schema: answering,
          intro: [
            text`${typed(state.initiative.name)}: is it in order towards the people it concerns?`,
            text`Answers and evidence are on record with your name and are posted in the initiative’s channel. Links are shown, never opened.`,
          ],
          values: { owner: state.initiative.owner, by: dayIn(ACTION_USUAL, moment) },
        },
    },
    'hand-on': {
      from: 'person',
      question: (state, moment) =>
        mayAnswer(state, moment) ?? {
          title: 'Hand the review on',
          submit: 'Hand on',
          schema: handing,
          intro: [typed(state.initiative.name)],
        },
    },
    cancel: {
      from: 'person',
      question: (state, moment) => mayCancel(state, moment) ?? { title: 'Cancel the review', submit: 'Cancel it', schema: cancelling },
    },
    remind: { from: 'clock' },
    end: { from: 'clock' },
    moved: { from: 'clock' },
  },

  step(state, input, moment, { left = [] }): Step<Ethics> {
    const { at } = moment;
    switch (input.type) {
      case 'answer':
        return mayAnswer(state, moment) ?? answer(state, input, moment, left);
      case 'hand-on':
        return mayAnswer(state, moment) ?? handOn(state, input, moment, left);
      case 'cancel':
        return (
          mayCancel(state, moment) ?? {
            state: { ...state, cancelled: { by: actor(moment), at, reason: input.reason } },
            say: text`The ethics review is cancelled.`,
          }
        );
      case 'remind':
        return { state: isAsking(state) ? { ...state, reminded: true } : state };
      case 'end':
        return { state: isAsking(state) ? { ...state, cancelled: { at, reason: input.reason } } : state };
      case 'moved':
        return { state: isAsking(state) ? { ...state, initiative: input.initiative, channel: input.channel } : state };
    }
  },

  surfaces: ethicsSurfaces,

  timers(state, id): readonly Timer[] {
    if (isAsking(state)) return state.reminded ? [] : [{ key: 'remind', at: dueAt(state), input: { type: 'remind' } }];
    return state.done ? actionTimers(state, state.done, id) : [];
  },

  records: (state, id) => [
    {
      table: 'ethics_reviews',
      row: {
        id,
        initiative: state.initiative.id,
        title: state.initiative.name,
        person: state.person,
        state: state.done ? 'done' : state.cancelled ? 'cancelled' : 'asking',
        in_order: state.done ? itemsThat(state.done, 'order').length : 0,
        amiss: state.done
          ? itemsThat(state.done, 'amiss')
              .map((item) => item.short)
              .join(', ')
          : '',
        unsure: state.done
          ? itemsThat(state.done, 'unsure')
              .map((item) => item.short)
              .join(', ')
          : '',
        opened_at: state.opened.at,
        due_at: dueAt(state),
        finished_at: state.done?.at ?? null,
      },
    },
  ],

  settled: (state) => !isAsking(state),
};

function answer(state: Ethics, said: Record<string, unknown>, moment: Moment, left: Left): Step<Ethics> {
  const by = actor(moment);
  const answers: Record<string, { finding: Finding; evidence?: string }> = {};
  const rows: Omit<Answer, 'flow'>[] = [];
  for (const { key } of ETHICS) {
    const finding = said[key] as Finding;
    const evidence = said[`${key}-evidence`] as string | undefined;
    answers[key] = { finding, ...(evidence ? { evidence } : {}) };
    rows.push({ about: 'ethics', person: by, question: key, value: finding, at: moment.at });
    if (evidence) rows.push({ about: 'ethics', person: by, question: `${key} evidence`, value: evidence, at: moment.at });
  }
  const isAmiss = Object.values(answers).some((one) => one.finding === 'amiss');
  const [owner, until] = [said['owner'] as PersonId | undefined, said['by'] as string | undefined];
  if (isAmiss && !owner) return refused(text`Who sees to what is not in order? Please choose somebody.`, 'owner');
  if (isAmiss && !until) return refused(text`Until when? A date, please, like ${dayIn(ACTION_USUAL, moment)}.`, 'by');
  const unfit = isAmiss ? (leftUnfit(owner!, left, 'owner') ?? dueUnfit(until!, ACTION_LONGEST, moment, 'by')) : undefined;
  if (unfit) return unfit;
  const done: Done = { by, at: moment.at, answers, ...(isAmiss ? { sees: { owner: owner!, due: until! } } : {}) };
  return {
    state: { ...state, done },
    say: text`Thank you. The review is posted in the initiative’s channel.${isAmiss && text` ${person(owner!)} has the actions.`}`,
    keep: [{ kind: 'answers', rows }],
  };
}

function handOn(state: Ethics, { person: to, note }: { person: PersonId; note?: string }, moment: Moment, left: Left): Step<Ethics> {
  if (to === state.person) return refused(text`It is with that person already. Choose somebody else.`, 'person');
  const unfit = leftUnfit(to, left, 'person');
  if (unfit) return unfit;
  const handed = { by: actor(moment), ...(note ? { note } : {}) };
  return { state: { ...state, person: to, asks: state.asks + 1, handed }, say: text`Handed on to ${person(to)}, who is asked now.` };
}

/** What is not in order is an action each. */
function actionTimers({ initiative, channel, zone, opened }: Ethics, done: Done, id: FlowId): Timer[] {
  return itemsThat(done, 'amiss').map(({ key, text: title }) => ({
    key: `action ${key}`,
    at: done.at,
    to: 'action',
    input: {
      type: 'open',
      title,
      ...(done.answers[key]!.evidence ? { why: done.answers[key]!.evidence } : {}),
      initiative,
      channel,
      ...done.sees!,
      origin: id,
      startedBy: opened.by,
      zone,
    },
  }));
}

function mayAnswer(state: Ethics, moment: Moment): Refused | undefined {
  const over = ended(state);
  if (over) return over;
  if (actor(moment) === state.person) return undefined;
  return refused(text`${person(state.person)} is asked to answer this review. They can hand it on to you.`);
}

function mayCancel(state: Ethics, moment: Moment): Refused | undefined {
  const over = ended(state);
  if (over) return over;
  const { opened, initiative } = state;
  if ([opened.by, initiative.owner, initiative.sponsor].includes(actor(moment))) return undefined;
  return refused(text`Only the one who started it, or the initiative’s owner or sponsor, may cancel it. Please ask ${person(opened.by)}.`);
}

function ended({ done, cancelled }: Ethics): Refused | undefined {
  if (done) return refused(text`This review was answered ${minute(done.at)}.`);
  if (cancelled) return refused(text`This review was cancelled ${minute(cancelled.at)}.`);
  return undefined;
}
