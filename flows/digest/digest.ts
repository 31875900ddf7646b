import { z } from 'zod';
import type { Flow, Moment, Taken, Timer } from '../../src/flow.ts';
import type { PersonId } from '../../src/id.ts';
import type { Need } from '../../src/need.ts';
import { dateIn, whenAwake } from '../rules/waking.ts';
import { digestSurfaces } from './cards.ts';
import { type Digest, type DigestFacts, digestOf, isSame, missingAt, undeputed, withAbsence } from './state.ts';

/** A vote asks that somebody be reminded, which closes at `deadline`; or the digest of who turned out to be them, for whatever is missing. */
interface Asked {
  person: PersonId;
  zone: string;
  deadline?: number;
  /** Only to offer a deputy to somebody who is away. */
  offer?: true;
  /** It stood before them already, by their other name. */
  stood?: true;
}

type Input = ({ type: 'ask' } & Asked) | { type: 'morning' } | { type: 'look' };

/**
 * The budget of reminders: whatever asks that somebody be reminded asks their digest, which sends one message a day at most, over all
 * votes, and only by day. The message is edited when something of it changes, which nobody is notified of.
 */
export const digest: Flow<Digest, Input, DigestFacts> = {
  name: 'digest',
  version: 1,
  state: z.custom<Digest>(),

  open: {
    from: 'clock',
    numbered: 'as meant',
    needs: (_, __, brief: Asked) => needsOf(brief.person),
    start: (input: Asked, moment, facts) => asked({ person: input.person, zone: input.zone, missing: [] }, input, moment, facts),
  },

  needs: ({ person }) => needsOf(person),

  inputs: { ask: { from: 'clock' }, morning: { from: 'clock' }, look: { from: 'clock' } },

  step(state, input, moment, facts) {
    switch (input.type) {
      case 'ask':
        return asked({ ...state, zone: input.zone }, input, moment, facts);
      case 'morning': {
        const { waits, offers, ...awake } = state;
        return waits === undefined ? { state } : send(awake, moment, facts, offers);
      }
      case 'look':
        return look(state, moment, facts);
    }
  },

  surfaces: digestSurfaces,

  // Whose name is gone is reminded under the one that stays, of what stood here or waited, too; votes ask there from now on.
  merged(before, after, { gone }, { at }) {
    if (before.person !== gone) return { state: after };
    const { person, zone, missing, offers } = after;
    const handed = { at, ...(missing.length > 0 ? { stood: true as const } : offers ? { offer: offers } : {}) };
    return { state: { person, zone, missing: [], handed } };
  },

  timers: ({ person, zone, missing, sent, waits, handed }) => [
    ...(handed ? [handedOn(person, zone, handed)] : []),
    ...(waits === undefined ? [] : [{ key: 'morning', at: waits, input: { type: 'morning' } }]),
    // What is over goes away by itself.
    ...(sent && missing.length > 0 ? [{ key: 'look', at: missing[0]!.deadline, input: { type: 'look' } }] : []),
  ],

  records: ({ missing }, id) =>
    missing.map(({ vote, elector }) => ({ table: 'digest_ballots' as const, row: { digest: id, vote, elector } })),

  settled: ({ missing, waits }) => missing.length === 0 && waits === undefined,
};

function handedOn(person: PersonId, zone: string, { at, ...why }: NonNullable<Digest['handed']>): Timer {
  return { key: 'handed', at, to: digestOf(person), input: { type: 'ask', person, zone, ...why } };
}

const needsOf = (person: PersonId): readonly Need[] => [
  { as: 'ballots', rows: 'missing_ballots', where: { person } },
  { as: 'self', rows: 'people', where: { id: person } },
  { as: 'absences', rows: 'absences', where: { person } },
  { as: 'deputies', rows: 'deputies', where: { person } },
];

/** Sends what is missing, or waits for the morning where that comes before the vote that asks is over. */
function asked(given: Digest, { deadline, offer, stood }: Asked, moment: Moment, facts: DigestFacts): Taken<Digest> {
  const state = { ...given, zone: facts.self?.[0]?.zone ?? given.zone };
  const awake = whenAwake(state.zone, moment.at);
  const until = deadline ?? missingAt(facts, moment.at)[0]?.deadline ?? Infinity;
  if (awake === moment.at || awake >= until) return send(state, moment, facts, offer, stood);
  const { offers, ...rest } = state;
  const isOffer = offer && (state.waits === undefined || offers);
  return { state: { ...rest, waits: Math.min(awake, state.waits ?? awake), ...(isOffer ? { offers: true } : {}) } };
}

/**
 * One message a day: what is asked for later on the same day is put into the one that stands, and into none once that is done with, but
 * for what stood before its reader anyhow.
 */
function send(given: Digest, moment: Moment, facts: DigestFacts, offer?: true, stood?: true): Taken<Digest> {
  const missing = facts.self?.[0]?.active === 0 ? [] : missingAt(facts, moment.at);
  const day = dateIn(given.zone, moment.at);
  const state = withAbsence({ ...given, missing }, facts, moment.at);
  const isSpent = given.sent?.day === day;
  if (isSpent ? given.missing.length === 0 && !stood : offer && undeputed(state).length === 0) return { state: given };
  return { state: isSpent || missing.length === 0 ? state : { ...state, sent: { day, at: moment.at } } };
}

/** What is not missing any more goes; nothing comes that nobody asked for. */
function look(state: Digest, moment: Moment, facts: DigestFacts): Taken<Digest> {
  const now = missingAt(facts, moment.at);
  const missing = now.filter((one) => state.missing.some((known) => isSame(known, one)));
  return { state: withAbsence({ ...state, missing }, facts, moment.at) };
}
