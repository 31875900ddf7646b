import { z } from 'zod';
import { button, type Card, note, said } from '../../src/card.ts';
import { actor, type Flow, refused, type Taken } from '../../src/flow.ts';
import type { FlowId, PersonId } from '../../src/id.ts';
import type { Derived } from '../../src/record.ts';
import { bold, minute, person, text, typed } from '../../src/text.ts';
import { administratorsNeed, mayAdminister } from '../administrator/may.ts';
import { type Platform, PLATFORMS } from '../rules/platforms.ts';

/** One try to take another messenger into this workspace: a code given here, typed there, and confirmed here. */
export interface Join {
  by: PersonId;
  at: number;
  /** Until when it may be typed and confirmed. */
  until: number;
  asked?: Asked;
  ended?: { how: 'joined' | 'refused' | 'late'; at: number; by?: PersonId };
}

/** Who wants to come in, as the other workspace knows it. */
export interface Asked {
  installation: number;
  platform: Platform;
  /** The name of the Slack team or the Teams tenant. */
  name: string;
  /** The name of the administrator who typed the code. */
  who: string;
  /** The digest of the other journal's head: it stays behind and can be told by it. */
  journal: string;
}

type Input = { type: 'join' | 'refuse' | 'late' } | ({ type: 'answered' } & Asked);
interface Facts {
  administrators: readonly Derived['administrators'][];
}

/** As long as a code is good. */
const LIVES = 15 * 60_000;

/** Joins two installations into one workspace, confirmed by an administrator on each side. */
export const join: Flow<Join, Input, Facts> = {
  name: 'join',
  version: 1,
  state: z.custom<Join>(),

  open: {
    from: 'person',
    code: 'join',
    needs: () => [administratorsNeed],
    start(_, moment, { administrators }) {
      const barred = mayAdminister(moment, administrators);
      if (barred) return barred;
      const until = moment.at + LIVES;
      return {
        state: { by: actor(moment), at: moment.at, until },
        keep: [{ kind: 'code', row: { purpose: 'join', code: moment.chance!, expires_at: until } }],
        say: text`An administrator of the other messenger types there, once before ${minute(until)}: /offshoot join ${moment.chance}. It comes into this workspace; you will be asked before it does.`,
      };
    },
  },

  needs: (_, { input }) => (input === 'join' || input === 'refuse' ? [administratorsNeed] : []),
  inputs: { answered: { from: 'code' }, join: { from: 'person' }, refuse: { from: 'person' }, late: { from: 'clock' } },

  step(state, input, moment, { administrators }) {
    switch (input.type) {
      case 'answered': {
        if (state.ended) return refused(text`That code came too late. Ask for another one there: /offshoot join`);
        const { type: _, ...asked } = input;
        return {
          state: { ...state, asked },
          say: text`Asked. An administrator over there has until ${minute(state.until)} to confirm. Then what they decide on is here, too: /offshoot committee list`,
        };
      }
      case 'late':
        return state.ended ? { state } : { state: { ...state, ended: { how: 'late', at: moment.at } } };
      case 'join':
      case 'refuse': {
        const barred = mayAdminister(moment, administrators) ?? over(state);
        if (barred) return barred;
        const how = input.type === 'join' ? 'joined' : 'refused';
        const ended: Join = { ...state, ended: { how, at: moment.at, by: actor(moment) } };
        if (how === 'refused') return { state: ended, say: text`Refused. Nothing was changed.` };
        const taken: Taken<Join> = { state: ended, say: text`${typed(state.asked!.name)} is part of this workspace now.` };
        return { ...taken, moves: state.asked!.installation };
      }
    }
  },

  surfaces: (state, id) => (state.asked ? [{ key: 'asked', to: state.by, card: askedCard(state, state.asked, id) }] : []),
  timers: (state) => (state.ended ? [] : [{ key: 'late', at: state.until, input: { type: 'late' } }]),
  records: () => [],
  settled: (state) => state.ended !== undefined,
};

function over({ ended, asked }: Join) {
  if (ended) return refused(text`That is over already: it was ${ended.how === 'late' ? 'too late' : ended.how}.`);
  return asked ? undefined : refused(text`Nobody has typed the code yet.`);
}

function askedCard({ ended, until }: Join, { platform, name, who }: Asked, id: FlowId): Card {
  const title = text`Join ${typed(name)} into this workspace?`;
  // A Teams tenant has no name of its own.
  const on = PLATFORMS[platform];
  const asks = said(text`${typed(who)}, an administrator of ${name === on ? '' : text`${typed(name)} on `}${bold(on)}, typed your code.`);
  if (ended) {
    const by = ended.by ? text` by ${person(ended.by)}` : '';
    const how = { joined: 'Joined', refused: 'Refused', late: 'Nobody confirmed it in time' }[ended.how];
    return { title, parts: [asks, said(text`${bold(how)}${by}, ${minute(ended.at)}.`)] };
  }
  return {
    title,
    parts: [
      asks,
      said(
        text`Its people and channels then belong to this workspace: they see its initiatives, votes and decisions, and committees may have members on both messengers. Its tokens and webhooks come along. It cannot be undone.`,
      ),
      note(text`Its administrators are none here unless you name them: /offshoot administrator. You are asked until ${minute(until)}.`),
    ],
    buttons: [button('Join', id, 'join', { style: 'primary' }), button('Refuse', id, 'refuse')],
  };
}
