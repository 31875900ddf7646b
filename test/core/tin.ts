import { z } from 'zod';
import { button, said } from '../../src/card.ts';
import * as field from '../../src/field.ts';
import { type Flow, refused } from '../../src/flow.ts';
import type { ChannelId, FlowId } from '../../src/id.ts';
import { text, typed } from '../../src/text.ts';

export interface Tin {
  name: string;
  coins: number;
  rings: number[];
  bell?: number;
  breaks?: number;
  spawns?: number;
  channel?: ChannelId;
  lid?: 'off';
}

type Input =
  | { type: 'put'; coins: number; note?: string }
  | { type: 'ring' }
  | { type: 'set'; bell?: number; breaks?: number; spawns?: number }
  | { type: 'break' }
  | { type: 'lift' }
  | { type: 'told'; by: FlowId };

const opening = z.object({ name: field.name('Name') });
const putting = z.object({ coins: field.number('Coins'), note: field.lines('Note').optional() });
const setting = z.object({
  bell: field.moment('Bell').optional(),
  breaks: field.moment('Breaks').optional(),
  spawns: field.moment('Spawns').optional(),
});

/** A flow of the tests' own, small enough to see through: a tin for coins with a bell, which can break and open another tin. */
export const tin: Flow<Tin, Input, unknown> = {
  name: 'tin',
  version: 1,
  state: z.custom<Tin>(),
  open: {
    from: 'person',
    question: () => ({ title: 'A tin', schema: opening }),
    start: ({ name }: { name?: string }, moment) => ({
      state: { name: name ?? 'spawned', coins: 0, rings: [], ...(moment.here ? { channel: moment.here.channel } : {}) },
      say: text`A tin called ${typed(name ?? '')}`,
    }),
  },
  inputs: {
    put: {
      from: 'person',
      question: (state) => (state.lid ? { title: 'Coins', schema: putting } : { title: 'Coins', schema: putting, values: { coins: 1 } }),
    },
    set: { from: 'person', question: () => ({ title: 'Bell', schema: setting }) },
    lift: { from: 'person' },
    ring: { from: 'clock' },
    break: { from: 'clock' },
    told: { from: 'clock' },
  },
  step(state, input, moment) {
    switch (input.type) {
      case 'put':
        if (input.coins > 100) return refused(text`A tin takes at most 100 coins at once.`, 'coins');
        if (state.rings.length > 0) return refused(text`The bell has rung, the tin is closed.`);
        return { state: { ...state, coins: state.coins + input.coins }, say: text`There are ${state.coins + input.coins}.` };
      case 'set':
        return { state: { ...state, ...input } };
      case 'ring':
        return { state: { ...state, rings: [...state.rings, moment.due!] } };
      case 'break':
        throw new Error('the tin broke');
      case 'lift':
        return { state: { ...state, lid: 'off' }, next: 'put' };
      case 'told':
        return { state };
    }
  },
  surfaces: (state, id) =>
    state.channel
      ? [
          {
            key: 'tin',
            to: state.channel,
            card: { title: text`Tin ${typed(state.name)}`, parts: [said(text`${state.coins} coins`)], buttons: [button('Put', id, 'put')] },
          },
        ]
      : [],
  timers: (state) => [
    ...(state.bell ? [{ key: 'bell', at: state.bell, input: { type: 'ring' } }] : []),
    ...(state.breaks ? [{ key: 'break', at: state.breaks, input: { type: 'break' } }] : []),
    ...(state.spawns ? [{ key: 'spawn', at: state.spawns, to: 'tin', input: { type: 'open' } }] : []),
  ],
  records: (state, id) => [
    { table: 'bodies', row: { id, name: state.name, chair: 'person/1', rule: String(state.coins), quorum: '', casting: 0 } },
  ],
};
