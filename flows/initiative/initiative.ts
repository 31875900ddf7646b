import { z } from 'zod';
import { button, type Card, facts, note, said } from '../../src/card.ts';
import * as field from '../../src/field.ts';
import { actor, type Flow, type Moment, refused } from '../../src/flow.ts';
import type { ChannelId, FlowId, PersonId } from '../../src/id.ts';
import type { Derived } from '../../src/record.ts';
import { channel, minute, person, text, typed } from '../../src/text.ts';
import { folded } from '../rules/meant.ts';

export const STAGES = {
  pilot: 'Pilot',
  decided: 'Decided',
  preparing: 'Preparing',
  'rolling out': 'Rolling out',
  optimizing: 'Optimizing',
  retired: 'Retired',
} as const;

export type Stage = keyof typeof STAGES;

export interface Initiative {
  name: string;
  owner: PersonId;
  sponsor: PersonId;
  channel: ChannelId;
  stage: Stage;
  registered: { by: PersonId; at: number };
  retired?: { by: PersonId; at: number; reason: string };
  /** The cadences that are told of the latest change. */
  told?: { at: number; cadences: readonly FlowId[] };
}

type Input =
  | { type: 'edit'; name: string; owner: PersonId; sponsor: PersonId; channel: ChannelId; stage: Stage }
  | { type: 'retire'; reason: string }
  | { type: 'decided'; outcome: string };

interface Facts {
  initiatives: Derived['initiatives'][];
  cadences: Derived['cadences'][];
}

const everyOne = { as: 'initiatives', rows: 'initiatives' } as const;

/** The stages that people may set; an initiative is retired with a reason, in a form of its own. */
const { retired: _retired, ...LIVING } = STAGES;

const basics = {
  name: field.name('Name', { hint: 'What the committee calls it, like “Churn model”.' }),
  owner: field.person('Owner', { hint: 'Answers for it from day to day.' }),
  sponsor: field.person('Sponsor', { hint: 'The executive who stands behind it.' }),
  channel: field.channel('Channel', { hint: 'Its reminders are posted here.' }),
};
const registering = z.object(basics);
const editing = z.object({ ...basics, stage: field.choice('Stage', LIVING) });
const retiring = z.object({ reason: field.lines('Why is it retired?') });

/** An AI project from pilot to offshoots: who owns it, who sponsors it, where its team talks, how far it is. */
export const initiative: Flow<Initiative, Input, Facts> = {
  name: 'initiative',
  version: 1,
  state: z.custom<Initiative>(),

  open: {
    from: 'person',
    needs: () => [everyOne],
    question: (about, moment) => ({
      title: 'Register an initiative',
      submit: 'Register',
      schema: registering,
      values: { name: about || undefined, owner: moment.by, channel: moment.here?.channel },
    }),
    start(brief: z.infer<typeof registering>, moment, { initiatives }) {
      if (taken(brief.name, initiatives)) return sameName(brief.name);
      return {
        state: { ...brief, stage: 'pilot', registered: { by: actor(moment), at: moment.at } },
        say: text`Registered: ${typed(brief.name)}. Open its vote with /go-no-go ${typed(brief.name)}.`,
      };
    },
  },

  needs: (_, { id }) => [everyOne, { as: 'cadences', rows: 'cadences', where: { initiative: id, state: 'active' } }],

  inputs: {
    edit: {
      from: 'person',
      question: (state, moment) =>
        mayChange(state, moment) ?? {
          title: 'Edit the initiative',
          schema: editing,
          intro: [
            text`Owner, sponsor and channel change at once, for its cadences too. Votes that are open and decisions keep what they were made with.`,
          ],
          values: { name: state.name, owner: state.owner, sponsor: state.sponsor, channel: state.channel, stage: state.stage },
        },
    },
    retire: {
      from: 'person',
      question: (state, moment) => mayChange(state, moment) ?? { title: 'Retire the initiative', submit: 'Retire', schema: retiring },
    },
    decided: { from: 'clock' },
  },

  step(state, input, moment, { initiatives, cadences }) {
    const told = { at: moment.at, cadences: cadences?.map((one) => one.id) ?? [] };
    switch (input.type) {
      case 'edit': {
        const barred = mayChange(state, moment);
        if (barred) return barred;
        const { name, owner, sponsor, channel: where, stage } = input;
        if (folded(name) !== folded(state.name) && taken(name, initiatives)) return sameName(name);
        return { state: { ...state, name, owner, sponsor, channel: where, stage, told }, say: text`Saved.` };
      }
      case 'retire': {
        const barred = mayChange(state, moment);
        if (barred) return barred;
        return {
          state: { ...state, stage: 'retired', retired: { by: actor(moment), at: moment.at, reason: input.reason }, told },
          say: text`Retired: ${typed(state.name)}.`,
        };
      }
      case 'decided':
        return { state: state.stage === 'pilot' ? { ...state, stage: 'decided' } : state };
    }
  },

  surfaces: () => [],
  timers(state, id) {
    const { told, retired, name, owner, sponsor, channel: where } = state;
    if (!told) return [];
    const input = retired
      ? { type: 'end', reason: 'the initiative is retired' }
      : { type: 'moved', initiative: { id, name, owner, sponsor }, channel: where };
    return told.cadences.map((cadence) => ({ key: `tell ${cadence}`, at: told.at, to: cadence, input }));
  },

  records: (state, id) => [{ table: 'initiatives', row: rowOf(state, id) }],
  settled: (state) => state.stage === 'retired',
};

/** The card of one initiative, from its row. */
export function initiativeCard(row: Derived['initiatives']): Card {
  return {
    title: typed(row.name),
    parts: [
      facts(
        ['Owner', person(row.owner)],
        ['Sponsor', person(row.sponsor)],
        ['Channel', channel(row.channel)],
        ['Stage', text`${STAGES[row.stage as Stage]}`],
      ),
      said(text`Registered ${minute(row.registered_at)}.`),
      note(text`Owner, sponsor and the one who registered it may edit it.`),
    ],
    buttons: [
      button('Open a vote', 'vote', 'open', { style: 'primary', about: row.id }),
      button('Edit', row.id, 'edit'),
      button('Retire', row.id, 'retire', { style: 'danger' }),
    ],
  };
}

function rowOf(state: Initiative, id: FlowId): Derived['initiatives'] {
  const { name, stage, owner, sponsor, channel: where, registered } = state;
  return { id, name, stage, owner, sponsor, channel: where, registered_at: registered.at, parent: null, recontextualized: null };
}

function mayChange({ owner, sponsor, registered, retired, name }: Initiative, moment: Moment) {
  if (retired) return refused(text`${typed(name)} was retired ${minute(retired.at)} and is not changed any more.`);
  if ([owner, sponsor, registered.by].includes(actor(moment))) return undefined;
  return refused(text`Only its owner, its sponsor or the one who registered it may change ${typed(name)}. Please ask ${person(owner)}.`);
}

const taken = (name: string, known: Facts['initiatives']) =>
  known.some((one) => one.stage !== 'retired' && folded(one.name) === folded(name));

const sameName = (name: string) =>
  refused(text`There is already an initiative called ${typed(name)}. Give this one another name, like “${typed(name)} 2”.`, 'name');
