import fc from 'fast-check';
import { DAY, START } from '../flows/given.ts';
import type { Terms } from './committee.ts';

/** What somebody does, at a moment some milliseconds off the round's; or the platform delivers once more what came before. */
export type Deed = { skew: number } & (
  | { kind: 'ballot'; who: string; roi: string; debt: string; form: 'none' | 'fresh' | 'stale' }
  | { kind: 'reasons' | 'recuse' | 'close' | 'cancel'; who: string }
  | { kind: 'again'; which: number }
);

export interface Round {
  before: 'nothing' | 'restart';
  /** Milliseconds after the round before, or before and after the deadline. */
  to: { kind: 'after' | 'deadline'; ms: number };
  /** Sent at once, in this order. */
  deeds: readonly Deed[];
  /** The power fails at the first commit. */
  power: boolean;
}

export interface Story {
  terms: Terms;
  rounds: readonly Round[];
}

const RULES = ['any no-go blocks', 'majority', 'two thirds', 'majority of those present', 'consensus', 'at least 2 go'];
const TIED = new Set(['majority', 'majority of those present']);

const terms: fc.Arbitrary<Terms> = fc.integer({ min: 2, max: 5 }).chain((members) =>
  fc
    .record({
      members: fc.constant(members),
      rule: fc.constantFrom(...RULES),
      casting: fc.boolean(),
      quorum: fc.oneof(
        fc.record({ count: fc.integer({ min: 1, max: members }) }),
        fc.record({ percent: fc.constantFrom(1, 34, 50, 51, 60, 100) }),
      ),
      changes: fc.boolean(),
      deadline: fc.constant(START + 3 * DAY),
    })
    .map((all) => ({ ...all, casting: all.casting && TIED.has(all.rule) })),
);

const skew = fc.constantFrom(0, 0, 0, -1, 1);

/** By members, and rarely by somebody who is none. */
function deed(members: number): fc.Arbitrary<Deed> {
  const some = Array.from({ length: 12 }, (_, n) => `m${n % members}`);
  const who = fc.constantFrom(...some, 'stranger');
  const plain = (kind: 'reasons' | 'recuse' | 'close' | 'cancel', weight: number, by = who) => ({
    weight,
    arbitrary: fc.record({ kind: fc.constant(kind), who: by, skew }),
  });
  const ballot = fc.record({
    kind: fc.constant('ballot' as const),
    who,
    roi: fc.constantFrom('go', 'go', 'no-go', 'abstain'),
    debt: fc.constantFrom('go', 'go', 'go', 'missing', 'abstain'),
    form: fc.constantFrom('none' as const, 'fresh' as const, 'fresh' as const, 'stale' as const),
    skew,
  });
  return fc.oneof(
    { weight: 14, arbitrary: ballot },
    plain('reasons', 7),
    plain('recuse', 2),
    plain('close', 2, fc.constantFrom('m0', 'm0', 'm1')),
    plain('cancel', 1, fc.constantFrom('m0', 'm1', 'm1', 'pm')),
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('again' as const), which: fc.nat(20), skew }) },
  );
}

const round = (members: number, to: fc.Arbitrary<Round['to']>): fc.Arbitrary<Round> =>
  fc.record({
    before: fc.constantFrom('nothing' as const, 'nothing' as const, 'nothing' as const, 'restart' as const),
    to,
    deeds: fc.array(deed(members), { minLength: 1, maxLength: 5 }),
    power: fc.constantFrom(false, false, false, false, true),
  });

const early = fc.record({ kind: fc.constant('after' as const), ms: fc.constantFrom(1, 60_000, 3_600_000) });
const late = fc.record({ kind: fc.constant('deadline' as const), ms: fc.constantFrom(-1, 0, 0, 1) });

/** Rounds in which members vote, and then some about the deadline. */
export const stories: fc.Arbitrary<Story> = terms.chain((given) =>
  fc
    .tuple(fc.array(round(given.members, early), { maxLength: 7 }), fc.array(round(given.members, late), { minLength: 1, maxLength: 3 }))
    .map(([first, last]) => ({ terms: given, rounds: [...first, ...last] })),
);
