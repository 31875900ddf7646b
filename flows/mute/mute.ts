import { z } from 'zod';
import { actor, type Flow, refused, type Step } from '../../src/flow.ts';
import type { FlowId, PersonId } from '../../src/id.ts';
import type { Derived } from '../../src/record.ts';
import { text } from '../../src/text.ts';
import { isNudgeKind, type NudgeKind, NUDGES } from './nudge.ts';

/** One muting of one kind of nudges; who mutes it again later does so by another one. */
export interface Mute {
  person: PersonId;
  kind: NudgeKind;
  at: number;
  /** With all mutings of this kind that are the person's: there are two once two people turned out to be one. */
  unmuted?: { at: number; all: readonly FlowId[] };
}

type Input = { type: 'unmute' | 'end' };

interface Facts {
  /** Of the same person and kind. */
  mutes?: readonly Derived['mutes'][];
}

/** Somebody wants no more nudges of a kind. Those are made all the same; the store hands them on to nobody who muted them. */
export const mute: Flow<Mute, Input, Facts> = {
  name: 'mute',
  version: 1,
  state: z.custom<Mute>(),

  open: {
    from: 'person',
    needs: (about, moment) => [{ as: 'mutes', rows: 'mutes', where: { person: actor(moment), kind: about } }],
    start({ about: kind }: { about?: string }, moment, { mutes = [] }): Step<Mute> {
      if (!isNudgeKind(kind)) return refused(text`There are no such nudges to mute. The kinds that there are: /offshoot mute`);
      const { name } = NUDGES[kind];
      if (mutes.length > 0) return refused(text`You have muted these already: “${name}”. To have them back: /offshoot mute`);
      return {
        state: { person: actor(moment), kind, at: moment.at },
        say: text`Muted: “${name}”. You get no more of these nudges; what waits for you still stands under /offshoot. To have them back: /offshoot mute`,
      };
    },
  },

  needs: ({ person, kind }) => [{ as: 'mutes', rows: 'mutes', where: { person, kind } }],

  inputs: { unmute: { from: 'person' }, end: { from: 'clock' } },

  step(state, { type }, moment, { mutes = [] }) {
    const { at } = moment;
    if (type === 'end') return { state: state.unmuted ? state : { ...state, unmuted: { at, all: [] } } };
    if (actor(moment) !== state.person) return refused(text`Only who muted nudges can unmute them. Yours: /offshoot mute`);
    const { name } = NUDGES[state.kind];
    if (state.unmuted) return refused(text`You have these back already: “${name}”. To mute them again: /offshoot mute`);
    return {
      state: { ...state, unmuted: { at, all: mutes.map(({ id }) => id) } },
      say: text`Unmuted: “${name}”. You get these nudges again, and those now that came meanwhile and still hold.`,
    };
  },

  surfaces: () => [],
  timers({ unmuted }, id) {
    const { at = 0, all = [] } = unmuted ?? {};
    return all.filter((one) => one !== id).map((to) => ({ key: `end ${to}`, at, to, input: { type: 'end' } }));
  },
  records: ({ person, kind, at, unmuted }, id) => (unmuted ? [] : [{ table: 'mutes', row: { id, person, kind, at } }]),
  settled: ({ unmuted }) => unmuted !== undefined,
};
