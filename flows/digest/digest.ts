import { z } from 'zod';
import type { Flow, Moment, Taken } from '../../src/flow.ts';
import type { PersonId } from '../../src/id.ts';
import type { Need } from '../../src/need.ts';
import { dateIn, whenAwake } from '../rules/waking.ts';
import { digestSurfaces } from './cards.ts';
import { type Digest, type DigestFacts, isSame, missingAt, undeputed, withAbsence } from './state.ts';

/** A vote asks that somebody be reminded; it closes at `deadline`. */
interface Asked {
  person: PersonId;
  zone: string;
  deadline: number;
  /** Only to offer a deputy to somebody who is away. */
  offer?: true;
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

  // Whose name is gone is reminded under the one that stays; votes ask there from now on.
  merged: (before, after, { gone }) =>
    before.person === gone ? { state: { person: after.person, zone: after.zone, missing: [] } } : { state: after },
  timers: ({ missing, sent, waits }) => [
    ...(waits === undefined ? [] : [{ key: 'morning', at: waits, input: { type: 'morning' } }]),
    // What is over goes away by itself.
    ...(sent && missing.length > 0 ? [{ key: 'look', at: missing[0]!.deadline, input: { type: 'look' } }] : []),
  ],

  records: ({ missing }, id) =>
    missing.map(({ vote, elector }) => ({ table: 'digest_ballots' as const, row: { digest: id, vote, elector } })),

  settled: ({ missing, waits }) => missing.length === 0 && waits === undefined,
};

const needsOf = (person: PersonId): readonly Need[] => [
  { as: 'ballots', rows: 'missing_ballots', where: { person } },
  { as: 'self', rows: 'people', where: { id: person } },
  { as: 'absences', rows: 'absences', where: { person } },
  { as: 'deputies', rows: 'deputies', where: { person } },
];

/** Sends what is missing, or waits for the morning where that comes before the vote that asks is over. */
function asked(given: Digest, { deadline, offer }: Asked, moment: Moment, facts: DigestFacts): Taken<Digest> {
  const state = { ...given, zone: facts.self?.[0]?.zone ?? given.zone };
  const awake = whenAwake(state.zone, moment.at);
  if (awake === moment.at || awake >= deadline) return send(state, moment, facts, offer);
  const { offers, ...rest } = state;
  const isOffer = offer && (state.waits === undefined || offers);
  return { state: { ...rest, waits: Math.min(awake, state.waits ?? awake), ...(isOffer ? { offers: true } : {}) } };
}

/** One message a day: what is asked for later on the same day is put into the one that stands, and into none once that is done with. */
function send(given: Digest, moment: Moment, facts: DigestFacts, offer?: true): Taken<Digest> {
  const missing = facts.self?.[0]?.active === 0 ? [] : missingAt(facts, moment.at);
  const day = dateIn(given.zone, moment.at);
  const state = withAbsence({ ...given, missing }, facts, moment.at);
  const isSpent = given.sent?.day === day;
  if (isSpent ? given.missing.length === 0 : offer && undeputed(state).length === 0) return { state: given };
  return { state: isSpent || missing.length === 0 ? state : { ...state, sent: { day, at: moment.at } } };
}

/** What is not missing any more goes; nothing comes that nobody asked for. */
function look(state: Digest, moment: Moment, facts: DigestFacts): Taken<Digest> {
  const now = missingAt(facts, moment.at);
  const missing = now.filter((one) => state.missing.some((known) => isSame(known, one)));
  return { state: withAbsence({ ...state, missing }, facts, moment.at) };
}
