import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantRunoff, type Preferences, type RankingCount } from '../../flows/rules/ranking.ts';

/** What the oracle and the product are compared by: who goes out after each round, and how it ends. */
interface Course {
  out: readonly (readonly string[])[];
  winner: string | undefined;
  tied: readonly string[];
}

const courseOf = ({ rounds, winner, tied }: RankingCount): Course => ({
  out: rounds.map((round) => round.out.toSorted()).filter((out) => out.length > 0),
  winner,
  tied: tied.toSorted(),
});

/**
 * The oracle: papers on piles, as tellers do it by hand. A paper is a list whose struck-out lines are torn off; it lies on the pile of the
 * line on its top. Nothing is looked up in the papers as they were given, and no count is kept but the heights of the piles.
 */
function tell(options: readonly string[], ballots: readonly Preferences[], chair?: Preferences): Course {
  const papers = ballots.map((one) => [...one]);
  let piles = new Map(options.map((option) => [option, papers.filter((paper) => paper[0] === option)]));
  const heights: Map<string, number>[] = [];
  const out: string[][] = [];
  for (;;) {
    const height = new Map([...piles].map(([option, pile]) => [option, pile.length]));
    heights.push(height);
    const all = [...piles.values()].flat();
    for (const [option, pile] of piles) if (pile.length > all.length - pile.length) return { out, winner: option, tied: [] };
    const gone = losers([...piles.keys()], heights, papers, chair);
    if (gone.length === piles.size) return { out, winner: undefined, tied: gone.toSorted() };
    out.push(gone.toSorted());
    for (const paper of papers) for (const name of gone) if (paper.includes(name)) paper.splice(paper.indexOf(name), 1);
    piles = new Map(
      [...piles.keys()].filter((name) => !gone.includes(name)).map((name) => [name, papers.filter((paper) => paper[0] === name)]),
    );
  }
}

/** Sorts by everything that can tell options apart, and takes those that share the first place of that order. */
function losers(options: string[], heights: readonly Map<string, number>[], papers: readonly string[][], chair?: Preferences): string[] {
  const now = heights.at(-1)!;
  if (options.some((one) => now.get(one) === 0)) return options.filter((one) => now.get(one) === 0);
  const back = heights.toReversed();
  const history = (one: string) => back.map((height) => String(height.get(one)).padStart(4, '0')).join(' ');
  const worst = options.map(history).toSorted()[0];
  const least = options.filter((one) => history(one) === worst);
  if (least.length === 1) return least;
  const duel = (one: string) => papers.filter((paper) => paper.find((name) => least.includes(name)) === one).length;
  const weakest = least.filter((one) => least.every((other) => duel(other) >= duel(one)));
  if (weakest.length === 1 || !chair) return weakest;
  const unranked = weakest.filter((one) => !chair.includes(one));
  return unranked.length > 0 ? unranked : [chair.findLast((one) => weakest.includes(one))!];
}

/** Nothing had to be broken by a rule for ties. */
const isSmooth = ({ rounds, tied }: RankingCount): boolean =>
  tied.length === 0 && rounds.every(({ way }) => way === undefined || way === 'none' || way === 'fewest');

/** Every way to rank some of these, or none. */
function* rankings(options: readonly string[]): Generator<Preferences> {
  yield [];
  for (const first of options) for (const rest of rankings(options.filter((one) => one !== first))) yield [first, ...rest];
}

/** Every heap of so many ballots; their order does not matter. */
function* heaps(size: number, kinds: readonly Preferences[], from = 0): Generator<Preferences[]> {
  if (size === 0) return void (yield []);
  for (let kind = from; kind < kinds.length; kind++) for (const rest of heaps(size - 1, kinds, kind)) yield [kinds[kind]!, ...rest];
}

function compare(options: readonly string[], ballots: readonly Preferences[], chair?: Preferences): void {
  const counted = courseOf(instantRunoff(options, ballots, chair));
  const told = tell(options, ballots, chair);
  if (JSON.stringify([counted.out, counted.winner, counted.tied]) !== JSON.stringify([told.out, told.winner, told.tied]))
    expect({ ballots, chair, ...counted }).toEqual({ ballots, chair, ...told });
}

describe('every way in which a few members can rank a few initiatives', () => {
  const TWO = ['A', 'B'];
  const THREE = ['A', 'B', 'C'];
  const FOUR = ['A', 'B', 'C', 'D'];

  it.each([
    { name: 'two, up to eight members, partial rankings included', options: TWO, most: 8, kinds: [...rankings(TWO)], all: 1286 },
    { name: 'three, up to five members, partial rankings included', options: THREE, most: 5, kinds: [...rankings(THREE)], all: 20348 },
    { name: 'four, up to three members, partial rankings included', options: FOUR, most: 3, kinds: [...rankings(FOUR)], all: 50115 },
    {
      name: 'four, up to four members who rank all',
      options: FOUR,
      most: 4,
      kinds: [...rankings(FOUR)].filter((one) => one.length === 4),
      all: 20474,
    },
  ])('$name: agrees with the oracle, with and without a casting vote', ({ options, most, kinds, all }) => {
    let seen = 0;
    for (let size = 1; size <= most; size++)
      for (const ballots of heaps(size, kinds)) {
        seen++;
        compare(options, ballots);
        // Where nothing is tied a casting vote changes nothing; of those every ninth is looked at.
        if (seen % 9 === 0 || !isSmooth(instantRunoff(options, ballots))) compare(options, ballots, ballots[0]);
      }
    // Binomial coefficients: C(kinds + most, most) - 1.
    expect(seen).toBe(all);
  });
});

const options = fc.integer({ min: 2, max: 8 }).map((many) => Array.from({ length: many }, (_, index) => `initiative/${index + 1}`));
const vote = options.chain((all) =>
  fc.record({
    all: fc.constant(all),
    ballots: fc.array(
      fc.shuffledSubarray(all).map((one): Preferences => one),
      { maxLength: 12 },
    ),
  }),
);

describe('any ranking of up to eight', () => {
  it('agrees with the oracle', () => {
    fc.assert(
      fc.property(vote, fc.boolean(), ({ all, ballots }, hasCasting) => compare(all, ballots, hasCasting ? ballots[0] : undefined)),
      { numRuns: 2000 },
    );
  });

  it('loses and invents no ballot, and never more than half of those that count without a winner', () => {
    fc.assert(
      fc.property(vote, ({ all, ballots }) => {
        const { rounds, winner, tied, abstaining } = instantRunoff(all, ballots);
        expect(rounds.length).toBeLessThan(all.length + 1);
        expect(rounds[0]!.exhausted).toBe(abstaining);
        for (const { votes, exhausted } of rounds) expect(votes.reduce((sum, [, count]) => sum + count, exhausted)).toBe(ballots.length);
        const last = rounds.at(-1)!;
        const counting = ballots.length - last.exhausted;
        if (winner === undefined) expect(new Set(last.votes.map(([, count]) => count)).size).toBe(1);
        else expect(2 * last.votes.find(([one]) => one === winner)![1]).toBeGreaterThan(counting);
        expect(winner === undefined).toBe(tied.length > 0);
      }),
    );
  });

  it('is won by whom more than half have first, in one round', () => {
    fc.assert(
      fc.property(vote, fc.integer({ min: 1, max: 3 }), ({ all, ballots }, more) => {
        const favourite = Array.from({ length: ballots.length + more }, (): Preferences => [all[0]!]);
        const { winner, rounds } = instantRunoff(all, [...ballots, ...favourite]);
        expect(winner).toBe(all[0]);
        expect(rounds).toHaveLength(1);
      }),
    );
  });

  it('comes to the same whatever the order of the ballots and of the options', () => {
    fc.assert(
      fc.property(
        vote.chain(({ all, ballots }) =>
          fc.record({
            all: fc.constant(all),
            ballots: fc.constant(ballots),
            other: fc.shuffledSubarray(all, { minLength: all.length }),
            shuffled: fc.shuffledSubarray(ballots, { minLength: ballots.length }),
          }),
        ),
        ({ all, ballots, other, shuffled }) => {
          expect(courseOf(instantRunoff(other, shuffled))).toEqual(courseOf(instantRunoff(all, ballots)));
        },
      ),
    );
  });

  it('does not change who wins when one of them comes twice', () => {
    fc.assert(
      fc.property(vote, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), ({ all, ballots }, turned) => {
        const clone = `${all[0]} again`;
        const twins = (one: string, index: number) => (one !== all[0] ? [one] : turned[index] ? [clone, one] : [one, clone]);
        const cloned = instantRunoff(
          [...all, clone],
          ballots.map((ballot, index) => ballot.flatMap((one) => twins(one, index))),
        );
        const counted = instantRunoff(all, ballots);
        fc.pre(isSmooth(cloned) && isSmooth(counted) && cloned.winner !== undefined && counted.winner !== undefined);
        expect(cloned.winner === clone ? all[0] : cloned.winner).toBe(counted.winner);
      }),
    );
  });

  it('is won by one of those whom more than half prefer to all others, unless some went out together', () => {
    fc.assert(
      fc.property(
        vote.chain(({ all, ballots }) =>
          fc.record({
            all: fc.constant(all),
            ballots: fc.constant(ballots),
            solid: fc.array(fc.shuffledSubarray(all.slice(0, Math.ceil(all.length / 2)), { minLength: Math.ceil(all.length / 2) }), {
              minLength: ballots.length + 1,
              maxLength: ballots.length + 3,
            }),
          }),
        ),
        ({ all, ballots, solid }) => {
          const counted = instantRunoff(all, [...ballots, ...solid]);
          fc.pre(counted.rounds.every(({ way }) => way !== 'together'));
          if (counted.winner !== undefined) expect(all.slice(0, Math.ceil(all.length / 2))).toContain(counted.winner);
        },
      ),
    );
  });
});
