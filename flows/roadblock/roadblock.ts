import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Flow, type Moment, type Refused, refused, type Step, type Timer } from '../../src/flow.ts';
import type { FlowId, PersonId } from '../../src/id.ts';
import type { Derived } from '../../src/record.ts';
import { minute, people, person, text, typed } from '../../src/text.ts';
import { remindAfter, remindedAt } from '../action/state.ts';
import { living, subjectOf } from '../evidence/subject.ts';
import { dayIn, dueUnfit, type Left, leftNeed, leftUnfit } from '../rules/fit.ts';
import { roadblockSurfaces } from './cards.ts';
import { type Cause, CAUSES, type Ending, type Response, RESPONSES, type Roadblock } from './state.ts';

type Input =
  | ({ type: 'edit' } & Plan)
  | { type: 'resolve'; what: string }
  | { type: 'accept'; what: string }
  | { type: 'remind' }
  | { type: 'end'; reason: string }
  | { type: 'moved'; initiative: Roadblock['initiative']; channel: Roadblock['channel'] };

interface Facts {
  initiatives: readonly Derived['initiatives'][];
  /** People who left. */
  left?: Left;
}

interface Plan {
  cause: Cause;
  response: Response;
  how?: string;
  owner: PersonId;
  due: string;
}

/** The furthest due day, and the usual one, in days. */
const LONGEST = 366;
const USUAL = 30;

const plan = {
  cause: field.choice('Root cause', CAUSES),
  response: field.choice('Response', RESPONSES),
  how: field.lines('How?', { hint: 'Like “two sessions with the shift leads”.' }).optional(),
  owner: field.person('Owner', { hint: 'Sees to the response; is told by direct message.' }),
  due: field.date('Due', { hint: 'The day by which the response is made.' }),
};
const resolving = z.object({ what: field.lines('What came of it?') });
const accepting = z.object({ what: field.lines('Why is it manageable?', { hint: 'It stands with the next vote.' }) });

/** Something or somebody that stands in an initiative's way: root cause, response, owner and day, until it is resolved or accepted. */
export const roadblock: Flow<Roadblock, Input, Facts> = {
  name: 'roadblock',
  version: 1,
  state: z.custom<Roadblock>(),

  open: {
    from: 'person',
    needs: () => [{ as: 'initiatives', rows: 'initiatives', order: ['name', 'asc'] }, leftNeed],
    question(about, moment, { initiatives }) {
      const alive = living(initiatives);
      if (alive.length === 0) return refused(text`There is no initiative yet that could be blocked. Register one first: /initiative`);
      const subject = subjectOf(about, moment, alive);
      if ('refused' in subject) return subject;
      return {
        title: 'Name a roadblock',
        submit: 'Name it',
        schema: z.object({
          initiative: field.flow('Initiative', alive),
          what: field.lines('What stands in the way?', { hint: 'Like “The night shift does not use it”.' }),
          ...plan,
        }),
        intro: [text`It is posted in the initiative’s channel, and stands with the next vote until it is resolved.`],
        values: { initiative: subject.one?.id, owner: subject.one?.owner, due: dayIn(USUAL, moment) },
      };
    },
    start({ initiative: id, what, ...said }: Plan & { initiative: FlowId; what: string }, moment, { initiatives, left = [] }) {
      const on = living(initiatives).find((one) => one.id === id);
      if (!on) return refused(text`This initiative is no longer there to be blocked.`, 'initiative');
      const unfit = unfitPlan(said, moment, left);
      if (unfit) return unfit;
      const { name, owner, sponsor, channel } = on;
      return {
        state: {
          initiative: { id, name, owner, sponsor },
          channel,
          zone: moment.zone,
          what,
          ...said,
          raised: { by: actor(moment), at: moment.at },
          asks: 1,
          remind: remindAfter({ zone: moment.zone, due: said.due }, moment.at),
        },
        say: text`The roadblock of ${typed(name)} is on record; ${person(said.owner)} is told.`,
      };
    },
  },

  needs: (_, { input }) => (input === 'edit' ? [leftNeed] : []),

  inputs: {
    edit: {
      from: 'person',
      question: (state, moment) =>
        mayAct(state, moment) ?? {
          title: 'Change the response',
          schema: z.object(plan),
          intro: [typed(state.what)],
          values: { cause: state.cause, response: state.response, how: state.how, owner: state.owner, due: state.due },
        },
    },
    resolve: {
      from: 'person',
      question: (state, moment) =>
        mayAct(state, moment) ?? { title: 'The roadblock is resolved', submit: 'Resolved', schema: resolving, intro: [typed(state.what)] },
    },
    accept: {
      from: 'person',
      question: (state, moment) =>
        mayAccept(state, moment) ?? {
          title: 'Accept it as manageable',
          submit: 'Accept',
          schema: accepting,
          intro: [typed(state.what), text`It stays, and no further response is asked for.`],
        },
    },
    remind: { from: 'clock' },
    end: { from: 'clock' },
    moved: { from: 'clock' },
  },

  step(state, input, moment, { left = [] }): Step<Roadblock> {
    const { at } = moment;
    switch (input.type) {
      case 'edit': {
        const { type: _, ...said } = input;
        return mayAct(state, moment) ?? edit(state, said, moment, left);
      }
      case 'resolve':
        return mayAct(state, moment) ?? end(state, { kind: 'resolved', at, by: actor(moment), what: input.what }, 'Resolved');
      case 'accept':
        return (
          mayAccept(state, moment) ?? end(state, { kind: 'accepted', at, by: actor(moment), what: input.what }, 'Accepted as manageable')
        );
      case 'remind':
        return { state: state.ended ? state : { ...state, ...remindedAt(state, at) } };
      case 'end':
        return { state: state.ended ? state : { ...state, ended: { kind: 'dropped', at, what: input.reason } } };
      case 'moved':
        return { state: state.ended ? state : { ...state, initiative: input.initiative, channel: input.channel } };
    }
  },

  surfaces: roadblockSurfaces,
  timers: (state): readonly Timer[] => (state.ended ? [] : [{ key: 'remind', at: state.remind, input: { type: 'remind' } }]),

  records: ({ initiative, what, cause, response, owner, due, raised, ended }, id) => [
    {
      table: 'roadblocks',
      row: {
        id,
        initiative: initiative.id,
        what,
        cause,
        response,
        owner,
        due,
        state: ended?.kind ?? 'open',
        raised_at: raised.at,
        ended_at: ended?.at ?? null,
      },
    },
  ],

  settled: (state) => state.ended !== undefined,
};

function edit(state: Roadblock, said: Plan, moment: Moment, left: Left): Step<Roadblock> {
  const unfit = unfitPlan(said, moment, left);
  if (unfit) return unfit;
  const { reminded: _, how: __, ...rest } = state;
  return {
    state: {
      ...rest,
      ...said,
      asks: said.owner === state.owner ? state.asks : state.asks + 1,
      remind: remindAfter({ zone: state.zone, due: said.due }, moment.at),
    },
    say: text`Saved.${said.owner !== state.owner && text` ${person(said.owner)} is told now.`}`,
  };
}

const end = (state: Roadblock, ended: Ending, word: string): Step<Roadblock> => ({
  state: { ...state, ended },
  say: text`${word}: ${typed(state.what)}`,
});

const unfitPlan = ({ owner, due }: Plan, moment: Moment, left: Left): Refused | undefined =>
  leftUnfit(owner, left, 'owner') ?? dueUnfit(due, LONGEST, moment);

const mayAnswer = ({ initiative }: Roadblock): PersonId[] => [...new Set([initiative.owner, initiative.sponsor])];

function mayAct(state: Roadblock, moment: Moment): Refused | undefined {
  if (state.ended) return over(state.ended);
  if ([state.owner, state.raised.by, ...mayAnswer(state)].includes(actor(moment))) return undefined;
  return refused(
    text`Only its owner, the one who named it, or the initiative’s owner or sponsor may change this roadblock. Please ask ${person(state.owner)}.`,
  );
}

/** That it is manageable is for those to say who answer for the initiative. */
function mayAccept(state: Roadblock, moment: Moment): Refused | undefined {
  if (state.ended) return over(state.ended);
  if (mayAnswer(state).includes(actor(moment))) return undefined;
  return refused(
    text`Only the initiative’s owner or sponsor may accept a roadblock as manageable: please ask ${people(mayAnswer(state))}.`,
  );
}

const over = (ended: Ending): Refused =>
  refused(text`This roadblock was ${ended.kind} ${minute(ended.at)}, so there is nothing left to do.`);
