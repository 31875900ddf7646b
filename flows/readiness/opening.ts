import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Moment, type Refused, refused, type Step } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import type { FlowId, PersonId } from '../../src/id.ts';
import type { Need, Readable } from '../../src/need.ts';
import type { Derived } from '../../src/record.ts';
import { minute, text, typed } from '../../src/text.ts';
import { type Area, AREAS, areas, currentSet } from '../criteria/readiness.ts';
import { answersUnfit, dayIn, dueAt, type Left, leftNeed, leftUnfit } from '../rules/fit.ts';
import { initiativeMeant } from '../initiative/meant.ts';
import type { Readiness } from './state.ts';

export interface OpeningFacts {
  initiatives: readonly Derived['initiatives'][];
  /** The checks that are running. */
  checks: readonly Pick<Derived['readiness_checks'], 'id' | 'initiative' | 'due_at'>[];
  left?: Left;
  /** Only for the clock, which is in no zone. */
  channels?: readonly Pick<Readable['channels'], 'id' | 'zone'>[];
}

export type OpeningBrief = { initiative: FlowId; due: string } & Partial<Record<Area, PersonId>> & {
    /** Who had it opened, when the clock opens it. */
    startedBy?: PersonId;
  };

/** The furthest due day of a check, and the usual one, in days. */
const LONGEST = 180;
const USUAL = 14;

const HINTS: Readonly<Record<Area, string>> = {
  technical: 'Knows how it runs. The initiative’s owner, if you name nobody.',
  business: 'Knows what it brings and costs. The initiative’s owner, if you name nobody.',
  organizational: 'Knows its users and their support. The initiative’s owner, if you name nobody.',
};

export const openingNeeds = (_: string, moment: Moment): readonly Need[] => [
  { as: 'initiatives', rows: 'initiatives', order: ['name', 'asc'] },
  { as: 'checks', rows: 'readiness_checks', where: { state: 'asking' } },
  leftNeed,
  ...(moment.by ? [] : [{ as: 'channels', rows: 'channels' } as const]),
];

/** Asks what is checked, who knows each area, and by when. `about` names the initiative. */
export function openingQuestion(about: string, moment: Moment, { initiatives, checks }: OpeningFacts): Question | Refused {
  const alive = initiatives.filter((one) => one.stage !== 'retired');
  if (alive.length === 0) return refused(text`There is no initiative yet to check. Register one first: /initiative`);
  const meant = initiativeMeant(about, moment, alive, '/readiness');
  if ('refused' in meant) return meant;
  const one = meant.one ?? (alive.length === 1 ? alive[0] : undefined);
  const barred = one && running(one, checks);
  if (about !== '' && barred) return barred;
  return {
    title: 'Check readiness',
    submit: 'Start the check',
    schema: z.object({
      initiative: field.flow('Initiative', alive),
      technical: field.person(AREAS.technical, { hint: HINTS.technical }).optional(),
      business: field.person(AREAS.business, { hint: HINTS.business }).optional(),
      organizational: field.person(AREAS.organizational, { hint: HINTS.organizational }).optional(),
      due: dueField,
    }),
    intro: [text`Three areas with six questions each. Each goes by direct message to the person who knows it.`],
    values: { initiative: one?.id, technical: one?.owner, business: one?.owner, organizational: one?.owner, due: dayIn(USUAL, moment) },
  };
}

export const dueField = field.date('Due', { hint: 'Asked for by 17:00 of that day.' });

/** Opens the check, of a person or, where nothing may be asked back, of the clock. */
export function openCheck(said: OpeningBrief, moment: Moment, facts: OpeningFacts): Step<Readiness> {
  const initiative = facts.initiatives.find((one) => one.id === said.initiative);
  if (!initiative || initiative.stage === 'retired') return refused(text`This initiative is no longer there to check.`, 'initiative');
  const barred = running(initiative, facts.checks);
  if (barred) return barred;
  const { id, name, owner, sponsor, channel } = initiative;
  const zone = moment.by ? moment.zone : (facts.channels?.find((one) => one.id === channel)?.zone ?? 'UTC');
  const here = { zone, at: moment.at };
  const brief = moment.by ? said : fitting(said, here, facts.left ?? []);
  const unfit =
    areas.map((area) => leftUnfit(brief[area] ?? owner, facts.left ?? [], area)).find((one) => one) ?? unfitDue(brief.due, here);
  if (unfit && moment.by) return unfit;
  const asked = (area: Area) => ({ person: brief[area] ?? owner, asks: 1, plans: {} });
  return {
    state: {
      initiative: { id, name, owner, sponsor },
      channel,
      zone,
      set: currentSet.id,
      opened: { by: said.startedBy ?? actor(moment), at: moment.at },
      due: brief.due,
      since: moment.at,
      areas: { technical: asked('technical'), business: asked('business'), organizational: asked('organizational') },
    },
    say: text`The readiness check of ${typed(name)} has started: who is asked has a direct message. It is due ${minute(dueAt({ zone, due: brief.due }))}.`,
  };
}

/** Why a day cannot be the due day of a check; its due moment is still to come. */
export const unfitDue = (due: string, here: Pick<Moment, 'zone' | 'at'>): Refused | undefined => answersUnfit(due, LONGEST, USUAL, here);

/** What the clock brings is made to fit: it cannot be asked back, and a check must not get lost. */
function fitting(said: OpeningBrief, here: Pick<Moment, 'zone' | 'at'>, left: Left): OpeningBrief {
  const present = areas.filter((area) => said[area] && !leftUnfit(said[area], left, area)).map((area) => [area, said[area]]);
  return { initiative: said.initiative, ...Object.fromEntries(present), due: unfitDue(said.due, here) ? dayIn(USUAL, here) : said.due };
}

function running({ id, name }: Derived['initiatives'], checks: OpeningFacts['checks']): Refused | undefined {
  const one = checks.find((check) => check.initiative === id);
  return (
    one &&
    refused(
      text`A readiness check of ${typed(name)} is running already, due ${minute(one.due_at)}. Its card stands in the initiative’s channel; wait for its end, or cancel it there.`,
      'initiative',
    )
  );
}
