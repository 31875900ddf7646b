import { z } from 'zod';
import { type Flow, type Moment, actor, type Refused, refused, type Step } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import * as field from '../../src/field.ts';
import type { PersonId } from '../../src/id.ts';
import type { Need } from '../../src/need.ts';
import type { Derived } from '../../src/record.ts';
import { bold, list, type Text, text, typed } from '../../src/text.ts';
import { administratorsNeed, mayAdminister } from '../administrator/may.ts';
import { TIERS } from '../criteria/go-no-go.ts';
import { builtIn } from '../criteria/sets.ts';
import { ruleTitle } from '../rules/rule.ts';
import { sourceOf, type Template as Written, templateIn } from './source.ts';

/** A workspace's own criteria set. Each saving is a version; votes keep the one that they were opened with. */
export interface Template {
  name: string;
  saved: readonly Saved[];
  /** Looked at, and not saved yet. */
  draft?: Draft;
  /** Counts the drafts, so that nobody saves another one than they looked at. */
  drafts: number;
  retired?: { by: PersonId; at: number };
}

interface Draft extends Pick<Written, 'title' | 'criteria'> {
  source: string;
  by: PersonId;
}

interface Saved extends Draft {
  version: number;
  at: number;
}

type Input = { type: 'edit'; source: string } | { type: 'save'; seen?: number } | { type: 'retire' };

interface Facts {
  administrators: readonly Derived['administrators'][];
  templates: readonly Derived['templates'][];
}

/** So many are offered when a vote is opened. */
export const MOST_TEMPLATES = 20;

const needs: readonly Need[] = [administratorsNeed, { as: 'templates', rows: 'templates', order: ['name', 'asc'] }];

const writing = z.object({
  source: field.lines('Template', { hint: 'YAML: name, title, and criteria with key, tier (must, should, nice) and text.' }, 3000),
});

const EXAMPLE = `name: data-gate
title: Data gate
criteria:
  - key: quality
    tier: must
    text: The data are complete and correct
  - key: owner
    tier: should
    text: Somebody owns each source
`;

export const template: Flow<Template, Input, Facts> = {
  name: 'template',
  version: 1,
  state: z.custom<Template>(),

  open: {
    from: 'person',
    needs: () => needs,
    question(about, moment, { administrators }) {
      const known = builtIn.find(({ name }) => name === about);
      const start = known ? sourceOf({ ...known, criteria: known.set.criteria }) : EXAMPLE;
      return mayAdminister(moment, administrators) ?? writingQuestion(known ? `Replace ${known.name}` : 'A template', start);
    },
    start({ source }: { source: string }, moment, facts) {
      const barred = mayAdminister(moment, facts.administrators);
      if (barred) return barred;
      const read = templateIn(source);
      if ('mistake' in read) return refused(read.mistake, 'source');
      const { name, title, criteria } = read.template;
      if (facts.templates.some((one) => one.name === name))
        return refused(text`There is a template “${name}” already. Change that one: /offshoot template ${name}`, 'source');
      const draft = { title, criteria, source, by: actor(moment) };
      return { state: { name, saved: [], drafts: 1, draft }, next: 'save', say: waits(name) };
    },
  },

  needs: () => needs,

  inputs: {
    edit: {
      from: 'person',
      question: (state, moment, { administrators }) =>
        mayAdminister(moment, administrators) ??
        writingQuestion(`Change ${state.name}`.slice(0, 24), (state.draft ?? state.saved.at(-1))!.source),
    },
    save: { from: 'person', question: preview },
    retire: {
      from: 'person',
      question: (state, moment, { administrators }) =>
        mayRetire(state, moment, administrators) ?? {
          title: 'Retire the template',
          submit: 'Retire',
          schema: z.object({}),
          intro: [
            text`${bold(state.name)} is offered no more when a vote is opened${isBuiltIn(state.name) && '; the built-in one is, in its place'}. Votes and decisions keep the criteria that they were opened with.`,
          ],
        },
    },
  },

  step(state, input, moment, facts): Step<Template> {
    switch (input.type) {
      case 'edit':
        return edit(state, input.source, moment, facts);
      case 'save':
        return save(state, input.seen, moment, facts);
      case 'retire': {
        const barred = mayRetire(state, moment, facts.administrators);
        if (barred) return barred;
        const { draft: _, ...rest } = state;
        return { state: { ...rest, retired: { by: actor(moment), at: moment.at } }, say: text`${state.name} is retired.` };
      }
    }
  },

  surfaces: () => [],
  timers: () => [],
  records: (state, id) => {
    const { draft, retired } = state;
    const latest = state.saved.at(-1);
    const shown = latest ?? draft;
    return [
      {
        table: 'templates',
        row: {
          id,
          name: state.name,
          title: shown?.title ?? state.name,
          version: latest?.version ?? 0,
          state: retired ? 'retired' : latest ? 'current' : 'draft',
          criteria: JSON.stringify(shown?.criteria ?? []),
          source: (draft ?? shown)?.source ?? '',
          saved_by: latest?.by ?? null,
          saved_at: latest?.at ?? null,
          waiting: draft ? 1 : 0,
        },
      },
    ];
  },
};

const isBuiltIn = (name: string): boolean => builtIn.some((one) => one.name === name);

/** A built-in set is version 1: a workspace's own in its place goes on from there. */
const nextVersion = ({ name, saved }: Template): number => (saved.at(-1)?.version ?? (isBuiltIn(name) ? 1 : 0)) + 1;

const waits = (name: string): Text => text`Not saved yet: look at it with /offshoot template ${name}`;

const writingQuestion = (title: string, source: string): Question => ({
  title,
  submit: 'Look at it',
  schema: writing,
  intro: [text`Nothing is saved before you have seen how the ballot will read.`],
  values: { source },
});

function edit(state: Template, source: string, moment: Moment, { administrators }: Facts): Step<Template> {
  const barred = mayAdminister(moment, administrators);
  if (barred) return barred;
  const read = templateIn(source);
  if ('mistake' in read) return refused(read.mistake, 'source');
  const { name, title, criteria } = read.template;
  if (name !== state.name) return refused(text`The name is “${state.name}” and stays: another name is another template.`, 'source');
  const draft = { title, criteria, source, by: actor(moment) };
  return { state: { ...state, draft, drafts: state.drafts + 1 }, next: 'save', say: waits(name) };
}

/** How the ballot will read. */
function preview(state: Template, moment: Moment, facts: Facts): Question | Refused {
  const barred = maySave(state, moment, facts);
  if (barred) return barred;
  const { title, criteria } = state.draft!;
  return {
    title: 'How the ballot reads',
    submit: `Save version ${nextVersion(state)}`,
    schema: z.object({}),
    seen: state.drafts,
    intro: [
      text`${bold('A vote with it is called: ')}${typed(title)}: Churn model`,
      ...(['must', 'should', 'nice'] as const).flatMap((tier) => {
        const those = criteria.filter((one) => one.tier === tier);
        if (those.length === 0) return [];
        const lines = those.map(({ text: said, rule }) => text`${typed(said)}${rule && ` (${ruleTitle(rule)})`}`);
        return [text`${bold(`${TIERS[tier]}: `)}${list(lines, ' · ')}`];
      }),
      text`It holds for votes that are opened from now on. To go back, close this form: your text is kept, and /offshoot template ${state.name} shows it.`,
    ],
  };
}

function save(state: Template, seen: number | undefined, moment: Moment, facts: Facts): Step<Template> {
  const barred = maySave(state, moment, facts);
  if (barred) return barred;
  if (seen !== undefined && seen !== state.drafts)
    return refused(text`The template was changed since you looked at it. Look again: /offshoot template ${state.name}`);
  const { draft, retired: _, ...rest } = state;
  const version = nextVersion(state);
  const saved = [...state.saved, { ...draft!, version, at: moment.at }];
  return { state: { ...rest, saved }, say: text`Saved as ${state.name}/${version}. It holds for votes that are opened from now on.` };
}

function maySave(state: Template, moment: Moment, { administrators, templates }: Facts): Refused | undefined {
  const barred = mayAdminister(moment, administrators);
  if (barred) return barred;
  if (!state.draft)
    return refused(text`There is nothing to save: what was written is saved already. Change it: /offshoot template ${state.name}`);
  const others = templates.filter((one) => one.state === 'current' && one.name !== state.name).length;
  if (others < MOST_TEMPLATES) return undefined;
  return refused(text`There are ${others} templates, and more are not offered at a vote. Retire one first: /offshoot template`);
}

function mayRetire(state: Template, moment: Moment, administrators: Facts['administrators']): Refused | undefined {
  const barred = mayAdminister(moment, administrators);
  if (barred) return barred;
  return state.retired && !state.draft ? refused(text`${state.name} is retired already.`) : undefined;
}
