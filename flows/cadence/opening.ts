import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Moment, type Refused, refused, type Step } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import type { ChannelId, FlowId, PersonId } from '../../src/id.ts';
import type { Need, Readable } from '../../src/need.ts';
import type { Derived } from '../../src/record.ts';
import { list, text, typed } from '../../src/text.ts';
import { type Left, leftNeed, leftUnfit } from '../rules/fit.ts';
import { folded, meant } from '../rules/meant.ts';
import { nextOf, optimizationAfter, usualPlan } from './plan.ts';
import { type Cadence, type Kind, KINDS, titleOf } from './state.ts';
import { planMeant, terms, whenField, type Wishes } from './wishes.ts';

/** What the clock hands over when a decision starts what follows from it. */
export interface ClockBrief {
  kind: Kind;
  initiative: Cadence['initiative'];
  channel: ChannelId;
  /** `D-17` */
  startedBy: string;
}

export interface OpeningFacts {
  initiatives: readonly Derived['initiatives'][];
  channels: readonly Readable['channels'][];
  cadences: readonly Derived['cadences'][];
  /** Who has left; nobody of them can be asked. */
  left?: Left;
}

/** Cadences of the same kind that are kept already. */
export const keptOf = (initiative: FlowId, kind: Kind): Need => ({
  as: 'cadences',
  rows: 'cadences',
  where: { initiative, kind, state: ['active', 'paused'] },
});

export function openingNeeds(about: string, brief: ClockBrief | undefined): readonly Need[] {
  if (brief)
    return [
      keptOf(brief.initiative.id, brief.kind),
      { as: 'initiatives', rows: 'initiatives', where: { id: brief.initiative.id } },
      { as: 'channels', rows: 'channels' },
    ];
  return [
    { as: 'initiatives', rows: 'initiatives', order: ['name', 'asc'] },
    { as: 'channels', rows: 'channels' },
    leftNeed,
    // Where the initiative is named by its id, what is kept already is known before the dates are read back.
    { as: 'cadences', rows: 'cadences', where: { initiative: kindIn(about).name, state: ['active', 'paused'] } },
  ];
}

const ZONES = { channel: 'That of the initiative’s channel', mine: 'Mine' } as const;

interface PersonBrief extends Wishes {
  initiative: FlowId;
  kind: Kind;
  asked: PersonId;
  title?: string;
  question?: string;
  zone: keyof typeof ZONES;
}

/** Asks what is to repeat, when, and who is asked. `about` names the initiative, and perhaps the kind after it. */
export function openingQuestion(about: string, moment: Moment, { initiatives }: OpeningFacts): Question | Refused {
  const alive = initiatives.filter((one) => one.stage !== 'retired');
  if (alive.length === 0) return refused(text`There is no initiative yet whose duties could repeat. Register one first: /initiative`);
  // What an initiative is called comes before what a kind is called.
  const { name, kind } = meant(about, alive).length > 0 ? { name: about } : kindIn(about);
  const found = name === '' ? alive.filter((one) => one.channel === moment.here?.channel) : meant(name, alive);
  const names = list((found.length > 0 ? found : alive).slice(0, 12).map((one) => typed(one.name)));
  if (name !== '' && found.length === 0)
    return refused(text`No initiative fits “${typed(name)}”. There are: ${names}. For example: /cadence ${typed(alive[0]!.name)}`);
  if (name !== '' && found.length > 1)
    return refused(text`“${typed(name)}” fits several initiatives: ${names}. Please write more of the name.`);
  const one = found.length === 1 ? found[0] : alive.length === 1 ? alive[0] : undefined;
  return {
    title: 'Start a cadence',
    submit: 'Read it back',
    schema: z.object({
      initiative: field.flow('Initiative', alive),
      kind: field.choice('Kind', KINDS),
      when: whenField('Empty: monthly for retraining and optimization, quarterly for evangelism and governance.'),
      asked: field.person('Who is asked'),
      title: field.name('Title', { group: OWN, hint: 'Like “Cost check”.' }).optional(),
      question: field.lines('Question', { group: OWN, hint: 'What is asked each time, like “What did it cost last month?”.' }).optional(),
      zone: field.choice('Time zone', ZONES, { group: 'Fine tuning' }),
      ...terms,
    }),
    intro: [text`Before anything is saved, its next dates are read back.`],
    values: { initiative: one?.id, kind: kind ?? 'retraining', asked: one?.owner ?? moment.by, zone: 'channel' },
  };
}

const OWN = 'Only for one of your own';

/** A cadence that is proposed: its dates are read back, and it begins when they are saved. */
export function propose(brief: PersonBrief, moment: Moment, { initiatives, channels, cadences, left = [] }: OpeningFacts): Step<Cadence> {
  const found = initiatives.find((one) => one.id === brief.initiative);
  if (!found || found.stage === 'retired') return refused(text`This initiative is no longer there.`, 'initiative');
  const { kind, title, question } = brief;
  if (kind === 'own' && !title) return refused(text`What is it called? For example: Cost check.`, 'title');
  if (kind === 'own' && !question) return refused(text`What is asked each time? For example: What did it cost last month?`, 'question');
  if (kind === 'own' && !brief.when) return refused(text`When does it repeat? For example: first Monday of the quarter.`, 'when');
  const gone = leftUnfit(brief.asked, left, 'asked');
  if (gone) return gone;
  const { id, name, owner, sponsor, channel } = found;
  const zone = brief.zone === 'mine' ? moment.zone : zoneOfChannel(channel, channels, moment);
  const plan = planMeant(brief, zone, moment, usualPlan(kind, zone, moment.at));
  if ('refused' in plan) return plan;
  const own = kind === 'own' ? { own: { title: title!, question: question! } } : {};
  const duty = { kind, ...own, initiative: { id, name, owner, sponsor } };
  const same = isKept(duty, cadences);
  if (same) return { ...same, at: kind === 'own' ? 'title' : 'kind' };
  const by = actor(moment);
  return {
    state: {
      ...duty,
      channel,
      asked: brief.asked,
      plan,
      startedBy: by,
      proposed: { plan, by, at: moment.at },
      ...NEW,
    },
    next: 'save',
    say: text`Its dates are read back in the form “Are these the dates?”. Until they are saved, the list of /cadence has it as proposed.`,
  };
}

/**
 * A cadence that a decision starts begins at once, on the decision's own day of the month. Since the vote was opened the initiative may
 * have changed hands or channel, or have been retired.
 */
export function begin(brief: ClockBrief, moment: Moment, { cadences, channels, initiatives: [now] }: OpeningFacts): Step<Cadence> {
  if (cadences.length > 0) return refused(text`This cadence is kept already.`);
  if (now?.stage === 'retired') return refused(text`This initiative is retired.`);
  const { kind, startedBy } = brief;
  const { id } = brief.initiative;
  const initiative = now ? { id, name: now.name, owner: now.owner, sponsor: now.sponsor } : brief.initiative;
  const channel = now?.channel ?? brief.channel;
  const zone = channels.find((one) => one.id === channel)?.zone ?? 'UTC';
  const from = moment.due ?? moment.at;
  const plan = kind === 'optimization' ? optimizationAfter(zone, from) : usualPlan(kind, zone, from);
  const state = { kind, initiative, channel, asked: initiative.owner, plan, startedBy, begun: moment.at, ...NEW };
  return { state: { ...state, next: nextOf(plan, moment.at)! } };
}

/** One cadence of a kind for each initiative, and one of one's own for each title. */
export function isKept(duty: Pick<Cadence, 'kind' | 'own' | 'initiative'>, kept: readonly Derived['cadences'][]): Refused | undefined {
  const { kind, initiative } = duty;
  const title = titleOf(duty);
  const isSame = (one: Derived['cadences']) =>
    one.initiative === initiative.id && one.kind === kind && (kind !== 'own' || folded(one.title) === folded(title));
  return kept.some(isSame)
    ? refused(text`“${typed(title)}” is kept already. Change its schedule instead: /cadence ${typed(initiative.name)}`)
    : undefined;
}

const NEW = { count: 0, under: 0, missed: 0, unanswered: 0 } as const;

export function zoneOfChannel(channel: ChannelId, channels: OpeningFacts['channels'], { here, zone }: Moment): string {
  return channels.find((one) => one.id === channel)?.zone ?? (here?.channel === channel ? here.zone : zone);
}

/** `churn evangelism` names an initiative and a kind. */
export function kindIn(about: string): { name: string; kind?: Kind | undefined } {
  const [, name = '', said] = /^(.*?)\s*\b(retraining|evangelism|optimi[sz]ation|governance)(?: review)?$/i.exec(about.trim()) ?? [];
  if (!said) return { name: about.trim() };
  return { name, kind: said.toLowerCase().replace('optimis', 'optimiz') as Kind };
}
