import fc from 'fast-check';
import { DAY, START } from '../flows/given.ts';
import type { Terms } from './committee.ts';

/** What somebody does, at a moment some milliseconds off the round's; or the platform delivers once more what came before. */
export type Deed = { skew: number /** From which of the person's two messengers. */; from: 'home' | 'abroad' } & (
  | { kind: 'ballot'; of: string; by: Hand; roi: string; debt: string; form: Form }
  | { kind: 'withdraw'; of: string; by: Hand; form: Form }
  | { kind: 'reasons'; of: string; by: Hand }
  | { kind: 'deputy'; who: string; deputy: string | null }
  | { kind: 'stand in'; who: string; deputy: string; starts: number; days: number }
  | { kind: 'extend'; who: string; by: number }
  | { kind: 'recuse' | 'close' | 'cancel' | 'stand down'; who: string }
  | { kind: 'again'; which: number }
);

/** Who casts a ballot: the member, whoever is their deputy then, or somebody who may be neither. */
export type Hand = 'self' | 'deputy' | `x${number}` | `m${number}`;
type Form = 'none' | 'fresh' | 'stale';

export interface Round {
  before: 'nothing' | 'restart';
  /** Milliseconds after the round before, or before and after the deadline as it is, or as it first was. */
  to: { kind: 'after' | 'deadline' | 'first deadline'; ms: number };
  /** Sent at once; the order in which they reach the store is the scheduler's. */
  deeds: readonly Deed[];
  /** The clock's own sweep is under way at the same time. */
  sweeps: boolean;
  /** The power fails at the first commit. */
  power: boolean;
}

export interface Story {
  terms: Terms;
  /** Messages are delivered meanwhile. */
  delivers: boolean;
  rounds: readonly Round[];
}

/** What happens more often in a story. */
export type Theme = 'ballots' | 'deputies' | 'secret';

const RULES = ['any no-go blocks', 'majority', 'two thirds', 'majority of those present', 'consensus', 'at least 2 go'];
const TIED = new Set(['majority', 'majority of those present']);

const terms = (secret: boolean): fc.Arbitrary<Terms> =>
  fc.integer({ min: secret ? 3 : 2, max: 5 }).chain((members) =>
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
        secret: fc.constant(secret),
        deadline: fc.constant(START + 3 * DAY),
      })
      .map((all) => ({ ...all, casting: all.casting && !secret && TIED.has(all.rule) })),
  );

const whence = { skew: fc.constantFrom(0, 0, 0, -1, 1), from: fc.constantFrom('home' as const, 'home' as const, 'abroad' as const) };

/** By members and their deputies, and rarely by somebody who is neither. */
function deed(members: number, theme: Theme): fc.Arbitrary<Deed> {
  const all = Array.from({ length: 12 }, (_, n) => `m${n % members}`);
  const who = fc.constantFrom(...all, 'stranger');
  const other = fc.constantFrom(...all, 'x0', 'x0', 'x1');
  const isDeputies = theme === 'deputies';
  const by = isDeputies
    ? fc.constantFrom<Hand>('self', 'self', 'deputy', 'deputy', 'deputy', 'x0', 'm1')
    : fc.constantFrom<Hand>('self', 'self', 'self', 'self', 'self', 'self', 'self', 'deputy', 'x0');
  const form = fc.constantFrom<Form>('none', 'fresh', 'fresh', 'stale');
  const one = <More>(kind: Deed['kind'], weight: number, more: { [Key in keyof More]: fc.Arbitrary<More[Key]> }) => ({
    weight,
    arbitrary: fc.record({ kind: fc.constant(kind), ...whence, ...more }) as unknown as fc.Arbitrary<Deed>,
  });
  const roi = fc.constantFrom('go', 'go', 'no-go', 'abstain');
  const debt = fc.constantFrom('go', 'go', 'go', 'missing', 'abstain');
  const days = { starts: fc.constantFrom(0, 0, 0, 1), days: fc.constantFrom(1, 2, 5) };
  return fc.oneof(
    one('ballot', 16, { of: who, by, roi, debt, form }),
    one('reasons', theme === 'secret' ? 1 : 7, { of: who, by }),
    one('withdraw', isDeputies ? 6 : 2, { of: who, by, form }),
    one('recuse', 2, { who }),
    one('close', 2, { who: fc.constantFrom('m0', 'm0', 'm1') }),
    one('cancel', 1, { who: fc.constantFrom('m0', 'm1', 'm1', 'pm') }),
    one('extend', 2, { who: fc.constantFrom('m0', 'm0', 'm0', 'm1'), by: fc.constantFrom(DAY, DAY, DAY, 3_600_000, -60_000, 90 * DAY) }),
    one('again', 3, { which: fc.nat(20) }),
    one('deputy', isDeputies ? 8 : 1, { who, deputy: fc.oneof({ weight: 5, arbitrary: other }, fc.constant(null)) }),
    one('stand in', isDeputies ? 4 : 1, { who, deputy: other, ...days }),
    one('stand down', isDeputies ? 2 : 1, { who }),
  );
}

const round = (members: number, theme: Theme, to: fc.Arbitrary<Round['to']>): fc.Arbitrary<Round> =>
  fc.record({
    before: fc.constantFrom('nothing' as const, 'nothing' as const, 'nothing' as const, 'restart' as const),
    to,
    deeds: fc.array(deed(members, theme), { minLength: 1, maxLength: 5 }),
    sweeps: fc.boolean(),
    power: fc.constantFrom(false, false, false, false, true),
  });

const early = fc.record({ kind: fc.constant('after' as const), ms: fc.constantFrom(1, 60_000, 3_600_000, 3_600_000, DAY) });
const late = fc.record({
  kind: fc.constantFrom('deadline' as const, 'deadline' as const, 'first deadline' as const),
  ms: fc.constantFrom(-1, 0, 0, 1),
});

/** How a story about deputies begins. */
const naming = (members: number): fc.Arbitrary<Round> => {
  const who = fc.integer({ min: 0, max: members - 1 }).map((n) => `m${n}`);
  const deputy = fc.oneof(fc.constantFrom('x0', 'x1'), who);
  const named = fc.record({ kind: fc.constant('deputy' as const), ...whence, who, deputy });
  const standing = fc.record({
    kind: fc.constant('stand in' as const),
    ...whence,
    who,
    deputy,
    starts: fc.constantFrom(0, 0, 1),
    days: fc.constantFrom(1, 5),
  });
  return fc.record({
    before: fc.constant('nothing' as const),
    to: fc.constant({ kind: 'after' as const, ms: 1 }),
    deeds: fc.array(fc.oneof(named, named, standing) as fc.Arbitrary<Deed>, { minLength: 1, maxLength: 3 }),
    sweeps: fc.constant(false),
    power: fc.constant(false),
  });
};

/** Rounds in which members vote, and then some about the deadline. */
export const storiesOf = (theme: Theme): fc.Arbitrary<Story> =>
  terms(theme === 'secret').chain((given) =>
    fc
      .record({
        delivers: fc.constantFrom(false, false, false, false, false, false, true),
        named: theme === 'deputies' ? fc.array(naming(given.members), { minLength: 1, maxLength: 1 }) : fc.constant([]),
        first: fc.array(round(given.members, theme, early), { maxLength: 7 }),
        last: fc.array(round(given.members, theme, late), { minLength: 1, maxLength: 3 }),
      })
      .map(({ delivers, named, first, last }) => ({ terms: given, delivers, rounds: [...named, ...first, ...last] })),
  );

export const stories: fc.Arbitrary<Story> = fc.oneof(storiesOf('ballots'), storiesOf('deputies'), storiesOf('secret'));
