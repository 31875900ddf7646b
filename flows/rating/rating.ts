import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Flow, refused } from '../../src/flow.ts';
import type { FlowId, PersonId } from '../../src/id.ts';
import type { Derived } from '../../src/record.ts';
import { text, typed } from '../../src/text.ts';
import { initiativeMeant } from '../initiative/meant.ts';
import { living } from '../evidence/subject.ts';

/** What one person thinks an initiative is worth, and how far it can be done; their latest one counts. */
export interface Rating {
  initiative: { id: FlowId; name: string };
  value: Points;
  feasibility: Points;
  why?: string;
  by: PersonId;
  at: number;
}

type Points = 1 | 2 | 3 | 4 | 5;

interface Brief {
  initiative: FlowId;
  value: `${Points}`;
  feasibility: `${Points}`;
  why?: string;
}

interface Facts {
  initiatives: readonly Derived['initiatives'][];
  mine?: readonly Derived['ratings'][];
}

/** What the two are made of, and the order of the points: strategy guide, portfolio. */
const rest = {
  value: field.choice(
    'Value',
    {
      1: '1: little',
      2: '2: between 1 and 3',
      3: '3: worth it',
      4: '4: between 3 and 5',
      5: '5: among the most valuable things we could do',
    },
    { hint: 'Money, strategic importance, risk reduced, and what is learned, taken together.' },
  ),
  feasibility: field.choice(
    'Feasibility',
    { 1: '1: hardly, with what we have', 2: '2: between 1 and 3', 3: '3: with effort', 4: '4: between 3 and 5', 5: '5: at once' },
    { hint: 'Data ready, complexity against today’s skill, integration, users ready, taken together.' },
  ),
  why: field.lines('Why?', { hint: 'A sentence or two, for those who rate it otherwise.' }).optional(),
};

export const rating: Flow<Rating, { type: never }, Facts> = {
  name: 'rating',
  version: 1,
  state: z.custom<Rating>(),

  open: {
    from: 'person',
    needs: (_, { by }) => [
      { as: 'initiatives', rows: 'initiatives', order: ['name', 'asc'] },
      { as: 'mine', rows: 'ratings', where: { person: by ?? null }, order: ['at', 'desc'] },
    ],
    question(about, moment, { initiatives, mine = [] }) {
      const alive = living(initiatives);
      if (alive.length === 0) return refused(text`There is no initiative yet to rate. Register one first: /initiative`);
      const found = initiativeMeant(about, moment, alive, '/offshoot rate');
      if ('refused' in found) return found;
      const one = found.one ?? (alive.length === 1 ? alive[0] : undefined);
      const before = mine.find(({ initiative }) => initiative === one?.id);
      return {
        title: 'Rate an initiative',
        submit: 'Rate it',
        schema: z.object({ initiative: field.flow('Initiative', alive), ...rest }),
        intro: [
          text`Your rating is on record with your name. It is shown where a committee chooses among initiatives; your latest one counts.`,
        ],
        values: {
          initiative: one?.id,
          ...(before ? { value: String(before.value), feasibility: String(before.feasibility), why: before.why ?? undefined } : {}),
        },
      };
    },
    start({ initiative: id, value, feasibility, why }: Brief, moment, { initiatives }) {
      const on = living(initiatives).find((one) => one.id === id);
      if (!on) return refused(text`This initiative is no longer there to be rated.`, 'initiative');
      return {
        state: {
          initiative: { id, name: on.name },
          value: Number(value) as Points,
          feasibility: Number(feasibility) as Points,
          ...(why === undefined ? {} : { why }),
          by: actor(moment),
          at: moment.at,
        },
        say: text`Rated: ${typed(on.name)}, value ${value}, feasibility ${feasibility}. Side by side: /offshoot rate list`,
      };
    },
  },

  inputs: {},
  step: (state) => ({ state }),
  surfaces: () => [],
  timers: () => [],
  records: ({ initiative, value, feasibility, why, by, at }, id) => [
    { table: 'ratings', row: { id, initiative: initiative.id, person: by, value, feasibility, why: why ?? null, at } },
  ],
  settled: () => true,
};
