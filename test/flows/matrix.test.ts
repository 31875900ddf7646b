import { describe, expect, it } from 'vitest';
import { isBarred, isStrong, isWeak, meanInTenths, percent, quadrant, scoreOf, turns } from '../../flows/rules/matrix.ts';

const alike = (...ratings: (number | null)[]) => ratings.map((rating) => ({ rating, weight: 1 }));

describe('a score', () => {
  it.each([
    ['the worst', alike(1, 1, 1, 1), 0],
    ['the best', alike(5, 5, 5, 5), 100],
    ['the middle', alike(3, 3, 3, 3), 50],
    ['what is not known is left out', alike(5, null, null, null), 100],
    ['nothing known', alike(null, null, null, null), null],
    ['no rating at all', [], null],
    ['a part of a whole is left off', alike(3, 3, 4), 58],
    ['exactly strong: 17 fifths', alike(4, 4, 3, 3, 3), 60],
    ['just under it: 3.375 is 59.375', alike(4, 4, 4, 3, 3, 3, 3, 3), 59],
    [
      'a weighted mean',
      [
        { rating: 5, weight: 3 },
        { rating: 1, weight: 1 },
      ],
      75,
    ],
    [
      'weights of what is not known do not count',
      [
        { rating: 2, weight: 1 },
        { rating: null, weight: 9 },
      ],
      25,
    ],
    [
      'exactly strong by weights',
      [
        { rating: 5, weight: 3 },
        { rating: 1, weight: 2 },
      ],
      60,
    ],
  ])('%s', (_, rated, score) => {
    expect(scoreOf(rated)).toBe(score);
  });

  it('agrees with an oracle in fractions for every set of four ratings', () => {
    const possible = [null, 1, 2, 3, 4, 5];
    let tried = 0;
    for (const a of possible)
      for (const b of possible)
        for (const c of possible)
          for (const d of possible) {
            const score = scoreOf(alike(a, b, c, d));
            expect(score).toBe(oracle([a, b, c, d]));
            // Strong is what the exact mean says, not what a rounded one would.
            expect(isStrong(score)).toBe(isStrongExactly([a, b, c, d]));
            tried += 1;
          }
    expect(tried).toBe(1296);
  });
});

/** Counted on fingers: each rating is so many quarters of the way; shares are compared as whole numbers. */
function oracle(ratings: readonly (number | null)[]): number | null {
  const known = ratings.filter((one) => one !== null);
  if (known.length === 0) return null;
  for (let score = 100; score >= 0; score--) {
    // The highest whole score that the mean reaches: mean × 100 ≥ score, both sides times 4 and the number known.
    const reached = known.map((one) => ({ 1: 0, 2: 25, 3: 50, 4: 75, 5: 100 })[one]!).reduce((sum, one) => sum + one, 0);
    if (reached >= score * known.length) return score;
  }
  throw new Error('no score');
}

function isStrongExactly(ratings: readonly (number | null)[]): boolean {
  const known = ratings.filter((one) => one !== null);
  // The mean is at least 3.4, as whole numbers.
  return known.length > 0 && known.reduce((sum, one) => sum + one, 0) * 10 >= known.length * 34;
}

describe('the quadrant', () => {
  it.each([
    [60, 60, 'SCALE'],
    [100, 100, 'SCALE'],
    [60, 59, 'PIVOT'],
    [100, 0, 'PIVOT'],
    [59, 60, 'EXTEND'],
    [0, 100, 'EXTEND'],
    [59, 59, 'KILL'],
    [0, 0, 'KILL'],
    [null, 80, null],
    [80, null, null],
    [null, null, null],
  ])('of technical %s and business %s is %s', (technical, business, verdict) => {
    expect(quadrant(technical, business)).toBe(verdict);
  });

  it('counts what is not known neither as strong nor as weak', () => {
    expect([isStrong(null), isWeak(null)]).toEqual([false, false]);
    expect([isStrong(60), isWeak(60), isStrong(59), isWeak(59)]).toEqual([true, false, false, true]);
  });
});

describe('what would turn the verdict', () => {
  it('names the points, and what it would be then', () => {
    expect(turns(54, 80)).toEqual([
      { axis: 'technical', points: 6, verdict: 'SCALE' },
      { axis: 'business', points: -21, verdict: 'KILL' },
    ]);
  });

  it('is true for every pair of scores: with so many points it turns, with one less it does not', () => {
    for (let technical = 0; technical <= 100; technical++)
      for (let business = 0; business <= 100; business++)
        for (const { axis, points, verdict } of turns(technical, business)) {
          const moved = (by: number) => (axis === 'technical' ? quadrant(technical + by, business) : quadrant(technical, business + by));
          const before = quadrant(technical, business);
          if (moved(points) !== verdict || verdict === before || moved(points - Math.sign(points)) !== before)
            expect.unreachable(`${technical} ${business} ${axis} ${points} ${verdict}`);
        }
  });
});

it('bars SCALE alone, and only by a confirmed red flag', () => {
  expect(isBarred('SCALE', 1)).toBe(true);
  expect(isBarred('SCALE', 0)).toBe(false);
  expect((['PIVOT', 'EXTEND', 'KILL', null] as const).some((verdict) => isBarred(verdict, 3))).toBe(false);
});

it.each([
  [[], null],
  [[3], 30],
  [[3, 4], 35],
  [[3, 3, 4], 33],
  [[3, 4, 4], 37],
  [[1, 2, 2, 2], 18],
])('the mean of %j is %s tenths', (ratings, mean) => {
  expect(meanInTenths(ratings)).toBe(mean);
});

it.each([
  [0, 0, 0],
  [1, 3, 33],
  [2, 3, 66],
  [3, 3, 100],
])('%s of %s are %s per cent', (part, all, said) => {
  expect(percent(part, all)).toBe(said);
});
