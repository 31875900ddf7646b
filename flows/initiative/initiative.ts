import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Flow, type Moment, type Refused, refused } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import type { ChannelId, FlowId, PersonId } from '../../src/id.ts';
import type { Derived } from '../../src/record.ts';
import { minute, person, text, typed } from '../../src/text.ts';
import { folded } from '../rules/meant.ts';
import { offshootCard } from './cards.ts';
import { isAlive } from './family.ts';
import {
  type Adoption,
  adoptionFields,
  ALONE,
  livingParent,
  misplaced,
  named,
  type OffshootBrief,
  offshootFields,
  offshootMeant,
  type Recontextualized,
  recontextText,
} from './offshoot.ts';
import { STAGES, type Stage } from './stages.ts';
import type { Initiative } from './state.ts';

type Input =
  | ({ type: 'edit'; name: string; owner: PersonId; sponsor: PersonId; channel: ChannelId; stage: Stage } & Adoption)
  | { type: 'retire'; reason: string }
  | { type: 'decided'; outcome: string };

interface Facts {
  initiatives: readonly Derived['initiatives'][];
  self?: readonly Derived['initiatives'][];
  cadences?: readonly Derived['cadences'][];
  reviews?: readonly Derived['reviews'][];
  checks?: readonly Derived['readiness_checks'][];
  actions?: readonly Derived['actions'][];
  ethics?: readonly Derived['ethics_reviews'][];
  roadblocks?: readonly Derived['roadblocks'][];
  /** Open votes on it. */
  votes?: readonly Derived['votes'][];
}

const everyOne = { as: 'initiatives', rows: 'initiatives', order: ['name', 'asc'] } as const;

/** The stages that people may set; an initiative is retired with a reason, in a form of its own. */
const { retired: _retired, ...LIVING } = STAGES;

const basics = {
  name: field.name('Name', { hint: 'What the committee calls it, like “Churn model”.' }),
  owner: field.person('Owner', { hint: 'Answers for it from day to day.' }),
  sponsor: field.person('Sponsor', { hint: 'The executive who stands behind it.' }),
  channel: field.channel('Channel', { hint: 'Its reminders are posted here.' }),
};
const registering = z.object(basics);
const stage = field.choice('Stage', LIVING);
const retiring = z.object({ reason: field.lines('Why is it retired?') });

/** An AI project from pilot to offshoots: who owns it, who sponsors it, where its team talks, how far it is. */
export const initiative: Flow<Initiative, Input, Facts> = {
  name: 'initiative',
  version: 2,
  state: z.custom<Initiative>(),

  open: {
    from: 'person',
    needs: () => [everyOne],
    question(about, moment, { initiatives }) {
      const offshoot = offshootMeant(about);
      if (offshoot) return offshootQuestion(offshoot, moment, initiatives);
      return {
        title: 'Register an initiative',
        submit: 'Register',
        schema: registering,
        values: { name: about || undefined, owner: moment.by, channel: moment.here?.channel },
      };
    },
    start(brief: z.infer<typeof registering> & Partial<OffshootBrief>, moment, { initiatives }) {
      const { parent: id, context, how, ...rest } = brief;
      if (taken(brief.name, initiatives)) return sameName(brief.name);
      const parent = id && livingParent(id, initiatives, 'parent');
      if (parent && 'refused' in parent) return parent;
      const kin = parent && context ? offspring(parent, { context, ...(how ? { how } : {}) }) : {};
      return {
        state: { ...rest, stage: 'pilot', registered: { by: actor(moment), at: moment.at }, ...kin },
        say: text`Registered: ${typed(brief.name)}${parent && text`, an offshoot of ${typed(parent.name)}`}. Its review opens with /pilot-review ${typed(brief.name)}.`,
      };
    },
  },

  needs: (_, { id, input }) => [
    everyOne,
    { as: 'self', rows: 'initiatives', where: { id } },
    { as: 'cadences', rows: 'cadences', where: { initiative: id, state: ['proposed', 'active', 'paused'] } },
    { as: 'reviews', rows: 'reviews', where: { initiative: id, state: ['asking', 'weighing'] } },
    { as: 'checks', rows: 'readiness_checks', where: { initiative: id, state: 'asking' } },
    { as: 'actions', rows: 'actions', where: { initiative: id, state: 'open' } },
    { as: 'ethics', rows: 'ethics_reviews', where: { initiative: id, state: 'asking' } },
    { as: 'roadblocks', rows: 'roadblocks', where: { initiative: id, state: 'open' } },
    ...(input === 'retire' ? [{ as: 'votes', rows: 'votes', where: { initiative: id, phase: 'open' } } as const] : []),
  ],

  inputs: {
    edit: {
      from: 'person',
      question: (state, moment, facts) =>
        mayChange(state, moment) ?? {
          title: 'Edit the initiative',
          schema: z.object({ ...basics, stage, ...adoptionFields(possibleParents(state, facts)) }),
          intro: [
            text`Owner, sponsor and channel change at once, for what goes on of it too: reviews, checks, actions and cadences. Votes that are open and decisions keep what they were made with.`,
          ],
          values: {
            name: state.name,
            owner: state.owner,
            sponsor: state.sponsor,
            channel: state.channel,
            stage: state.stage,
            parent: state.parent ?? ALONE,
            ...state.recontextualized,
          },
        },
    },
    retire: {
      from: 'person',
      question: (state, moment, facts) =>
        mayRetire(state, moment, facts) ?? { title: 'Retire the initiative', submit: 'Retire', schema: retiring },
    },
    decided: { from: 'clock' },
  },

  step(state, input, moment, facts) {
    const told = { at: moment.at, flows: goingOn(facts) };
    switch (input.type) {
      case 'edit': {
        const barred = mayChange(state, moment);
        if (barred) return barred;
        const { name, owner, sponsor, channel: where, stage: reached } = input;
        if (folded(name) !== folded(state.name) && taken(name, facts.initiatives)) return sameName(name);
        const wrong = input.parent !== ALONE && misplaced(facts.self![0]!, input, facts.initiatives);
        if (wrong) return wrong;
        return { state: { ...adopted(state, input), name, owner, sponsor, channel: where, stage: reached, told }, say: text`Saved.` };
      }
      case 'retire': {
        const barred = mayRetire(state, moment, facts);
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

  surfaces: (state, id) => (state.born ? [{ key: 'offshoot', to: state.born.channel, card: offshootCard(state, id, state.born) }] : []),
  timers(state, id) {
    const { told, retired, name, owner, sponsor, channel: where } = state;
    if (!told) return [];
    const input = retired
      ? { type: 'end', reason: 'the initiative is retired' }
      : { type: 'moved', initiative: { id, name, owner, sponsor }, channel: where };
    return told.flows.map((flow) => ({ key: `tell ${flow}`, at: told.at, to: flow, input }));
  },

  records: (state, id) => [{ table: 'initiatives', row: rowOf(state, id) }],
  settled: (state) => state.stage === 'retired',

  upgrade: { 1: upgradeTold },
};

const offspring = ({ id, name, channel: where }: Derived['initiatives'], recontextualized: Recontextualized) => ({
  parent: id,
  recontextualized,
  born: { of: name, channel: where },
});

function offshootQuestion(
  { parent: id, idea }: { parent: FlowId; idea: string },
  moment: Moment,
  all: Facts['initiatives'],
): Question | Refused {
  const parent = livingParent(id, all);
  if ('refused' in parent) return parent;
  return {
    title: 'Register an offshoot',
    submit: 'Register',
    schema: z.object({ ...basics, ...offshootFields(parent) }),
    intro: [text`${typed(parent.name)}, retrained for another use: an initiative of its own, which begins as a pilot.`],
    values: { ...named(idea), owner: parent.owner, sponsor: parent.sponsor, channel: parent.channel, parent: parent.id },
  };
}

/** Those that live, and the parent that it has, but never itself; a descendant is refused with its reason. */
const possibleParents = (state: Initiative, { initiatives, self }: Facts) =>
  initiatives.filter((one) => one.id !== self?.[0]?.id && (isAlive(one) || one.id === state.parent));

function adopted({ parent: _, recontextualized: __, ...alone }: Initiative, { parent, context, how }: Adoption): Initiative {
  if (parent === ALONE || !context) return alone;
  return { ...alone, parent, recontextualized: { context, ...(how ? { how } : {}) } };
}

/** Reviews of every kind, readiness checks, actions, roadblocks and cadences that are not over. A condition belongs to its decision. */
const goingOn = ({ cadences = [], reviews = [], checks = [], actions = [], ethics = [], roadblocks = [] }: Facts): readonly FlowId[] => [
  ...[...cadences, ...reviews, ...checks, ...ethics, ...roadblocks].map((one) => one.id),
  ...actions.map((one) => one.flow).filter((flow) => flow.startsWith('action/')),
];

/** Version 1 told its cadences alone. */
function upgradeTold({ told, ...old }: Initiative & { told?: { at: number; cadences: readonly FlowId[] } }): Initiative {
  return { ...old, ...(told ? { told: { at: told.at, flows: told.cadences } } : {}) };
}

function rowOf(state: Initiative, id: FlowId): Derived['initiatives'] {
  const { name, stage: reached, owner, sponsor, channel: where, registered, parent, recontextualized } = state;
  return {
    id,
    name,
    stage: reached,
    owner,
    sponsor,
    channel: where,
    registered_at: registered.at,
    parent: parent ?? null,
    recontextualized: recontextualized ? recontextText(recontextualized) : null,
  };
}

function mayChange({ owner, sponsor, registered, retired, name }: Initiative, moment: Moment) {
  if (retired) return refused(text`${typed(name)} was retired ${minute(retired.at)} and is not changed any more.`);
  if ([owner, sponsor, registered.by].includes(actor(moment))) return undefined;
  return refused(text`Only its owner, its sponsor or the one who registered it may change ${typed(name)}. Please ask ${person(owner)}.`);
}

/** A vote is ended by its committee, so who retires what it is about has to wait for it. */
function mayRetire(state: Initiative, moment: Moment, { votes: [vote] = [] }: Facts): Refused | undefined {
  const barred = mayChange(state, moment);
  if (barred || !vote) return barred;
  return refused(
    text`A vote on ${typed(state.name)} is open until ${minute(vote.deadline)}. Wait for its close, or have its chair or the one who opened it cancel it.`,
  );
}

const taken = (name: string, known: Facts['initiatives']) =>
  known.some((one) => one.stage !== 'retired' && folded(one.name) === folded(name));

const sameName = (name: string) =>
  refused(text`There is already an initiative called ${typed(name)}. Give this one another name, like “${typed(name)} 2”.`, 'name');
