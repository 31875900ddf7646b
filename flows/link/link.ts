import { z } from 'zod';
import { actor, type Flow, type Moment, type Refused, refused, type Step } from '../../src/flow.ts';
import type { PersonId } from '../../src/id.ts';
import type { Readable } from '../../src/need.ts';
import type { Derived } from '../../src/record.ts';
import { list, minute, person, type Text, text } from '../../src/text.ts';
import { administratorsNeed } from '../administrator/may.ts';
import { linkSurfaces } from './cards.ts';
import { type Platform, PLATFORMS } from '../rules/platforms.ts';
import type { Asked, Link } from './state.ts';

type Input =
  | { type: 'confirm' | 'link' | 'refuse' | 'late' }
  /** `both`: a messenger on which each of the two has an account. */
  | ({ type: 'answered'; both?: Platform } & Omit<Asked, 'person'>);

interface Facts {
  administrators?: readonly Derived['administrators'][];
  two?: readonly Readable['people'][];
}

/** As long as a code is good. */
const LIVES = 15 * 60_000;

/** Makes one person of two, confirmed on each side. */
export const link: Flow<Link, Input, Facts> = {
  name: 'link',
  version: 1,
  state: z.custom<Link>(),

  open: {
    from: 'person',
    code: 'link',
    start(_, moment) {
      const until = moment.at + LIVES;
      return {
        state: { by: actor(moment), at: moment.at, until },
        keep: [{ kind: 'code', row: { purpose: 'link', code: moment.chance!, expires_at: until } }],
        say: text`Type this on your other messenger, once before ${minute(until)}: /offshoot link ${moment.chance}. You will be asked there and then here, before anything changes. Give the code to nobody.`,
      };
    },
  },

  needs: (state, { by }) => [
    administratorsNeed,
    { as: 'two', rows: 'people', where: { id: [state.by, state.asked?.person ?? by ?? state.by] } },
  ],
  inputs: {
    answered: { from: 'code' },
    confirm: { from: 'person' },
    link: { from: 'person' },
    refuse: { from: 'person' },
    late: { from: 'clock' },
  },

  step(state, input, moment, facts): Step<Link> {
    switch (input.type) {
      case 'answered': {
        const { type: _, both, ...asked } = input;
        return answer(state, { person: actor(moment), ...asked }, both, moment, facts);
      }
      case 'late':
        return state.ended ? { state } : { state: { ...state, ended: { how: 'late', at: moment.at } } };
      case 'refuse': {
        const barred = over(state) ?? mayPress(moment, state.by, state.asked!.person);
        if (barred) return barred;
        return {
          state: { ...state, ended: { how: 'refused', at: moment.at, by: actor(moment) } },
          say: text`Refused. Nothing was changed.`,
        };
      }
      case 'confirm': {
        const barred = over(state) ?? mayPress(moment, state.asked!.person);
        if (barred) return barred;
        const asked = state.asked!;
        const barredNow = unfit(state.by, asked.person, facts);
        if (barredNow) return barredNow;
        return {
          state: { ...state, confirmed: state.confirmed ?? moment.at },
          links: { gone: asked.person, stays: state.by, tried: true },
          say: text`Confirmed here. Now confirm it in the direct message on ${namesOf(asked.theirs)}, before ${minute(state.until)}.`,
        };
      }
      case 'link': {
        const barred = over(state) ?? mayPress(moment, state.by) ?? unfit(state.by, state.asked!.person, facts);
        if (barred) return barred;
        const { person: gone, platform } = state.asked!;
        if (state.confirmed === undefined)
          return refused(text`Please confirm first in the direct message on ${PLATFORMS[platform]}; then here.`);
        return {
          state: { ...state, ended: { how: 'linked', at: moment.at, by: actor(moment) } },
          links: { gone, stays: state.by },
          say: text`You are one person now, here and on ${PLATFORMS[platform]}: one ballot, one list of what waits for you. /offshoot shows it.`,
        };
      }
    }
  },

  surfaces: linkSurfaces,
  timers: (state) => (state.ended ? [] : [{ key: 'late', at: state.until, input: { type: 'late' } }]),
  records: () => [],
  settled: (state) => state.ended !== undefined,
};

function answer(state: Link, asked: Asked, both: Platform | undefined, moment: Moment, facts: Facts): Step<Link> {
  if (asked.person === state.by)
    return refused(text`That is your own code. Type it on your other messenger, with the account that you have there: /offshoot link CODE`);
  if (both)
    return refused(
      text`You and ${person(state.by)} each have an account on ${PLATFORMS[both]}, so you are two people. Only who got the code may type it, on another messenger.`,
    );
  if (state.ended) return refused(text`That code came too late. Get another one on your other messenger: /offshoot link`);
  const barred = unfit(state.by, asked.person, facts);
  if (barred) return barred;
  return {
    state: { ...state, asked },
    links: { gone: asked.person, stays: state.by, tried: true },
    say: text`Please confirm it in the direct message that you get here, and then in the one on ${namesOf(asked.theirs)}, before ${minute(state.until)}. Until then nothing changes.`,
  };
}

/** What speaks against it whatever else there is. */
function unfit(one: PersonId, other: PersonId, { administrators = [], two = [] }: Facts): Refused | undefined {
  if (two.some(({ guest, active }) => guest === 1 || active === 0))
    return refused(
      text`One of the two accounts is a guest’s or was switched off, so they cannot be linked. Please ask whoever administers that messenger.`,
    );
  if ([one, other].every((each) => administrators.some((row) => row.person === each)))
    return refused(
      text`${person(one)} and ${person(other)} are both administrators, and one person is it once. Remove one of them first: /offshoot administrator`,
    );
  return undefined;
}

function over({ ended, asked }: Link): Refused | undefined {
  if (ended) return refused(text`That is over already: it was ${ended.how === 'late' ? 'too late' : ended.how}.`);
  return asked ? undefined : refused(text`Nobody has typed the code yet.`);
}

function mayPress(moment: Moment, ...who: readonly PersonId[]): Refused | undefined {
  if (who.includes(actor(moment))) return undefined;
  return refused(text`Only ${list(who.map(person))} may answer this. Nothing was changed.`);
}

const namesOf = (platforms: readonly Platform[]): Text => text`${[...new Set(platforms)].map((one) => PLATFORMS[one]).join(' or ')}`;
