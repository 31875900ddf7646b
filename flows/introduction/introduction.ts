import { z } from 'zod';
import { type Card, facts, note, type Part, said } from '../../src/card.ts';
import { actor, type Flow, refused } from '../../src/flow.ts';
import type { ChannelId, FlowId, PersonId } from '../../src/id.ts';
import type { LatestDecision, Readable } from '../../src/need.ts';
import type { Derived } from '../../src/record.ts';
import { bold, channel, day, person, type Text, text, typed } from '../../src/text.ts';
import { STAGES, type Stage } from '../initiative/stages.ts';

export interface Introduction {
  channel: ChannelId;
  person: PersonId;
  at: number;
  /** As they stood when the person joined; the message is never changed. */
  initiatives: readonly Introduced[];
}

interface Introduced {
  name: string;
  stage: Stage;
  owner: PersonId;
  sponsor: PersonId;
  decision?: { number: number; outcome: string; at: number };
}

interface Facts {
  initiatives?: readonly Derived['initiatives'][];
  introduced?: readonly Readable['introduced'][];
  decisions?: readonly LatestDecision[];
}

/** A message names no more of them; a channel has one as a rule. */
const MOST = 8;

/** Somebody has joined the channel of an initiative, and is told once what it is about: people come and go, and have to learn of it. */
export const introduction: Flow<Introduction, { type: never }, Facts> = {
  name: 'introduction',
  version: 1,
  state: z.custom<Introduction>(),

  open: {
    from: 'messenger',
    needs(_, { here, by }) {
      if (!here || !by) return [];
      return [
        { as: 'initiatives', rows: 'initiatives', where: { channel: here.channel }, order: ['name', 'asc'] },
        { as: 'introduced', rows: 'introduced', where: { channel: here.channel, person: by } },
        { as: 'decisions', rows: 'latest_decisions', where: { channel: here.channel } },
      ];
    },
    start(_, moment, { initiatives = [], introduced: told = [], decisions = [] }) {
      const alive = initiatives.filter((one) => one.stage !== 'retired');
      if (!moment.here || alive.length === 0) return refused(text`There is no initiative in this channel to introduce.`);
      if (told.length > 0) return refused(text`This channel was introduced already.`);
      return {
        state: {
          channel: moment.here.channel,
          person: actor(moment),
          at: moment.at,
          initiatives: alive.map((one) => introduced(one, decisions)),
        },
      };
    },
  },

  inputs: {},
  step: () => refused(text`There is nothing to answer.`),
  surfaces: (state) => [{ key: 'introduction', to: state.person, card: introductionCard(state), rank: 'nudge' }],
  timers: () => [],
  records: ({ channel: where, person: who, at }, id: FlowId) => [{ table: 'introductions', row: { id, channel: where, person: who, at } }],
  settled: () => true,
};

function introduced({ id, name, stage, owner, sponsor }: Derived['initiatives'], decisions: readonly LatestDecision[]): Introduced {
  const last = decisions.find((one) => one.initiative === id);
  return {
    name,
    stage: stage as Stage,
    owner,
    sponsor,
    ...(last ? { decision: { number: last.number, outcome: last.outcome, at: last.decided_at } } : {}),
  };
}

function introductionCard({ channel: where, initiatives }: Introduction): Card {
  const [first] = initiatives;
  const more = initiatives.length - MOST;
  return {
    title: text`What ${channel(where)} is about`,
    parts: [
      said(
        initiatives.length === 1
          ? text`An AI initiative has its home there:`
          : text`${initiatives.length} AI initiatives have their home there:`,
      ),
      ...initiatives.slice(0, MOST).flatMap(partsOf),
      ...(more > 0 ? [said(text`And ${more} more: /initiative list`)] : []),
      said(
        text`To ask: /initiative ${typed(first!.name)} shows where it stands, /decisions what was decided and why, /offshoot help everything else.`,
      ),
      note(text`You get this once, because you joined ${channel(where)}. Nothing is asked of you.`),
    ],
  };
}

function partsOf({ name, stage, owner, sponsor, decision }: Introduced): Part[] {
  return [
    { kind: 'heading', text: typed(name) },
    facts(
      ['Stage', text`${STAGES[stage]}`],
      ['Owner', person(owner)],
      ['Sponsor', person(sponsor)],
      ['Last decision', decision ? decided(decision) : text`None yet`],
    ),
  ];
}

const decided = ({ number, outcome, at }: NonNullable<Introduced['decision']>): Text => text`${bold(`D-${number} ${outcome}`)}, ${day(at)}`;
