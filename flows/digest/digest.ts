import { z } from 'zod';
import type { Flow, Moment, Taken } from '../../src/flow.ts';
import type { PersonId } from '../../src/id.ts';
import type { Need } from '../../src/record.ts';
import { dateIn, whenAwake } from '../rules/waking.ts';
import { digestSurfaces } from './cards.ts';
import { type Digest, type DigestFacts, isSame, missingAt } from './state.ts';

/** A vote asks that somebody be reminded; it closes at `deadline`. */
interface Asked {
  person: PersonId;
  zone: string;
  deadline: number;
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
    start: ({ person, zone, deadline }: Asked, moment, facts) => asked({ person, zone, missing: [] }, deadline, moment, facts),
  },

  needs: ({ person }) => needsOf(person),

  inputs: { ask: { from: 'clock' }, morning: { from: 'clock' }, look: { from: 'clock' } },

  step(state, input, moment, facts) {
    switch (input.type) {
      case 'ask':
        return asked({ ...state, zone: input.zone }, input.deadline, moment, facts);
      case 'morning': {
        const { waits, ...awake } = state;
        return waits === undefined ? { state } : send(awake, moment, facts);
      }
      case 'look':
        return look(state, moment, facts);
    }
  },

  surfaces: digestSurfaces,

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
];

/** Sends what is missing, or waits for the morning where that comes before the vote that asks is over. */
function asked(given: Digest, deadline: number, moment: Moment, facts: DigestFacts): Taken<Digest> {
  const state = { ...given, zone: facts.self?.[0]?.zone ?? given.zone };
  const awake = whenAwake(state.zone, moment.at);
  if (awake > moment.at && awake < deadline) return { state: { ...state, waits: Math.min(awake, state.waits ?? awake) } };
  return send(state, moment, facts);
}

/** One message a day: what is asked for later on the same day is put into the one that stands, and into none once that is done with. */
function send(state: Digest, moment: Moment, facts: DigestFacts): Taken<Digest> {
  const missing = facts.self?.[0]?.active === 0 ? [] : missingAt(facts, moment.at);
  const day = dateIn(state.zone, moment.at);
  if (state.sent?.day === day) return { state: state.missing.length > 0 ? { ...state, missing } : state };
  return { state: missing.length > 0 ? { ...state, missing, sent: { day, at: moment.at } } : { ...state, missing } };
}

/** What is not missing any more goes; nothing comes that nobody asked for. */
function look(state: Digest, moment: Moment, facts: DigestFacts): Taken<Digest> {
  const now = missingAt(facts, moment.at);
  const missing = now.filter((one) => state.missing.some((known) => isSame(known, one)));
  return { state: { ...state, missing } };
}
