import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Flow, type Moment, type Refused, refused, type Step, type Timer } from '../../src/flow.ts';
import type { PersonId } from '../../src/id.ts';
import { minute, people, person, text, typed } from '../../src/text.ts';
import { dayIn, dueUnfit, type Left, leftNeed, leftUnfit } from '../rules/fit.ts';
import { actionSurfaces, mayDrop } from './cards.ts';
import { type Action, type ActionBrief, escalateAt, remindAfter, remindedAt } from './state.ts';

type Input =
  | { type: 'done'; what?: string }
  | { type: 'move'; due: string; reason: string }
  | { type: 'hand-on'; owner: PersonId; note?: string }
  | { type: 'drop'; reason: string }
  | { type: 'remind' }
  | { type: 'escalate' }
  | { type: 'end'; reason: string }
  /** The initiative changed hands or channel. */
  | { type: 'moved'; initiative: Action['initiative']; channel: Action['channel'] };

interface Facts {
  /** People who left. */
  left?: Left;
}

/** The furthest that an action is moved, in days. */
const LONGEST = 366;

/** How many days further a move is proposed. */
const USUAL = 14;

const finishing = z.object({ what: field.lines('What was done?', { hint: 'For those who asked for it.' }).optional() });
const moving = z.object({ due: field.date('New due day'), reason: field.lines('Why is it moved?') });
const handing = z.object({
  owner: field.person('New owner', { hint: 'Is told by direct message.' }),
  note: field.lines('Note', { hint: 'What they should know.' }).optional(),
});
const dropping = z.object({ reason: field.lines('Why is it dropped?') });

/** Something that somebody has to do by a day, which another flow found to be done: it reminds until it is done or dropped. */
export const action: Flow<Action, Input, Facts> = {
  name: 'action',
  version: 1,
  state: z.custom<Action>(),

  open: {
    from: 'clock',
    start({ title, why, initiative, channel, owner, due, origin, startedBy, zone = 'UTC' }: ActionBrief, moment) {
      const brief = { title, ...(why ? { why } : {}), initiative, channel, owner, due, origin, startedBy, zone };
      return { state: { ...brief, asks: 1, moves: 0, remind: remindAfter({ zone, due }, moment.at), escalated: [] } };
    },
  },

  needs: (_, { input }) => (input === 'hand-on' ? [leftNeed] : []),

  inputs: {
    done: {
      from: 'person',
      question: (state, moment) =>
        mayAct(state, moment) ?? { title: 'The action is done', submit: 'Done', schema: finishing, intro: [typed(state.title)] },
    },
    move: {
      from: 'person',
      question: (state, moment) =>
        mayAct(state, moment) ?? {
          title: 'Move the action',
          submit: 'Move',
          schema: moving,
          intro: [text`${typed(state.title)}, due ${state.due}`],
          values: { due: dayIn(USUAL, moment) },
        },
    },
    'hand-on': {
      from: 'person',
      question: (state, moment) =>
        mayAct(state, moment) ?? { title: 'Hand the action on', submit: 'Hand on', schema: handing, intro: [typed(state.title)] },
    },
    drop: {
      from: 'person',
      question: (state, moment) =>
        mayEnd(state, moment) ?? {
          title: 'Drop the action',
          submit: 'Drop',
          schema: dropping,
          intro: [text`${typed(state.title)} is left undone then; the reason stays on record.`],
        },
    },
    remind: { from: 'clock' },
    escalate: { from: 'clock' },
    end: { from: 'clock' },
    moved: { from: 'clock' },
  },

  step(state, input, moment, { left = [] }): Step<Action> {
    const { at } = moment;
    switch (input.type) {
      case 'done':
        return mayAct(state, moment) ?? done(state, input.what, moment);
      case 'move':
        return mayAct(state, moment) ?? move(state, input, moment);
      case 'hand-on':
        return mayAct(state, moment) ?? handOn(state, input, moment, left);
      case 'drop':
        return (
          mayEnd(state, moment) ?? {
            state: { ...state, ended: { kind: 'dropped', at, by: actor(moment), reason: input.reason } },
            say: text`Dropped: ${typed(state.title)}.`,
          }
        );
      case 'remind':
        return { state: state.ended ? state : { ...state, ...remindedAt(state, at) } };
      case 'escalate': {
        if (state.ended || isEscalated(state)) return { state };
        const told = { due: state.due, sponsor: state.initiative.sponsor, channel: state.channel };
        return { state: { ...state, escalated: [...state.escalated, told] } };
      }
      case 'end':
        return { state: state.ended ? state : { ...state, ended: { kind: 'dropped', at, reason: input.reason } } };
      case 'moved':
        return { state: state.ended ? state : { ...state, initiative: input.initiative, channel: input.channel } };
    }
  },

  surfaces: actionSurfaces,

  timers(state): readonly Timer[] {
    if (state.ended) return [];
    const remind = { key: 'remind', at: state.remind, input: { type: 'remind' } };
    return isEscalated(state) ? [remind] : [remind, { key: 'escalate', at: escalateAt(state), input: { type: 'escalate' } }];
  },

  records: ({ title, initiative, owner, due, origin, ended }, id) => [
    {
      table: 'actions',
      row: {
        flow: id,
        key: 'action',
        initiative: initiative.id,
        title,
        owner,
        due,
        state: ended?.kind ?? 'open',
        origin,
        met_at: null,
        missed_at: null,
      },
    },
  ],

  settled: (state) => state.ended !== undefined,
};

function done(state: Action, what: string | undefined, moment: Moment): Step<Action> {
  const by = actor(moment);
  return {
    state: { ...state, ended: { kind: 'done', at: moment.at, by, ...(what ? { what } : {}) } },
    say: text`Thank you, that is recorded: ${typed(state.title)}.`,
    keep: what ? [{ kind: 'answers', rows: [{ about: 'action', person: by, question: 'done', value: what, at: moment.at }] }] : [],
  };
}

function move(state: Action, { due, reason }: { due: string; reason: string }, moment: Moment): Step<Action> {
  const unfit = dueUnfit(due, LONGEST, moment);
  if (unfit) return unfit;
  if (due === state.due) return refused(text`It is due on that day already. Choose another one, like ${dayIn(USUAL, moment)}.`, 'due');
  const { reminded: _, ...rest } = state;
  const moved = { from: state.due, by: actor(moment), reason };
  return {
    state: { ...rest, due, moves: state.moves + 1, moved, remind: remindAfter({ zone: state.zone, due }, moment.at) },
    say: text`Moved from ${state.due} to ${due}.`,
  };
}

function handOn(state: Action, { owner, note }: { owner: PersonId; note?: string }, moment: Moment, left: Left): Step<Action> {
  if (owner === state.owner)
    return refused(
      owner === actor(moment)
        ? text`It is with you already. Choose somebody else, or move it.`
        : text`It is with that person already. Choose somebody else.`,
      'owner',
    );
  const unfit = leftUnfit(owner, left, 'owner');
  if (unfit) return unfit;
  const { reminded: _, ...rest } = state;
  const handed = { by: actor(moment), ...(note ? { note } : {}) };
  return { state: { ...rest, owner, asks: state.asks + 1, handed }, say: text`Handed on to ${person(owner)}, who is told now.` };
}

const isEscalated = (state: Action): boolean => state.escalated.some((told) => told.due === state.due);

function mayAct(state: Action, moment: Moment): Refused | undefined {
  const { owner, initiative } = state;
  if (state.ended) return over(state);
  if ([owner, ...mayDrop(state)].includes(actor(moment))) return undefined;
  return refused(
    text`Only its owner, the initiative’s owner or sponsor, or the one who asked for it may change this action. Please ask ${person(owner)}${initiative.owner !== owner && text` or ${person(initiative.owner)}`}.`,
  );
}

function mayEnd(state: Action, moment: Moment): Refused | undefined {
  if (state.ended) return over(state);
  const may = mayDrop(state);
  if (may.includes(actor(moment))) return undefined;
  return refused(
    text`An action is dropped by the initiative’s owner or sponsor, or by the one who asked for it: please ask ${people([...new Set(may)])}. You can move it, or hand it on.`,
  );
}

const over = ({ ended }: Action): Refused =>
  refused(text`This action was ${ended!.kind} ${minute(ended!.at)}, so there is nothing left to do.`);
