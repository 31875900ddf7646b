import { describe, expect, it } from 'vitest';
import { instantRunoff, type Preferences } from '../../flows/rules/ranking.ts';

/** `42 M N C K` as 42 ballots that rank M first, then N, C and K. */
const ballots = (...lines: string[]): Preferences[] =>
  lines.flatMap((line) => {
    const [count, ...ranked] = line.split(' ');
    return Array.from({ length: Number(count) }, () => ranked);
  });

/** `M 42, N 26 | 0 | out C fewest`: the votes, the exhausted ballots, and who goes out by which way. */
const told = (options: string, all: Preferences[], chair?: string) => {
  const { rounds, winner, tied } = instantRunoff(options.split(' '), all, chair?.split(' '));
  return [
    ...rounds.map(
      ({ votes, exhausted, out, way, earlier }) =>
        `${votes.map(([one, count]) => `${one} ${count}`).join(', ')}${exhausted > 0 ? `; ${exhausted} exhausted` : ''}${
          out.length > 0 ? `; out ${out.join(' ')}, ${way}${earlier ? ` ${earlier}` : ''}` : ''
        }`,
    ),
    winner === undefined ? `tied ${tied.join(' ')}` : `won ${winner}`,
  ];
};

describe('an instant-runoff, round by round', () => {
  it('differs from the plurality in the capital of Tennessee', () => {
    // The textbook's example: Memphis has the most first preferences, Knoxville wins.
    const all = ballots('42 M N C K', '26 N C K M', '15 C K N M', '17 K C N M');
    expect(told('M N C K', all)).toEqual([
      'M 42, N 26, C 15, K 17; out C, fewest',
      'M 42, N 26, K 32; out N, fewest',
      'M 42, K 58',
      'won K',
    ]);
  });

  it('is over in the first round with more than half', () => {
    expect(told('A B C', ballots('3 A', '1 B C', '1 C B'))).toEqual(['A 3, B 1, C 1', 'won A']);
  });

  it('asks for more than half, not for half', () => {
    expect(told('A B C', ballots('2 A', '1 B C', '1 C B'))).toEqual([
      // B and C tie; among these alone it is 1 to 1, so that they go out together.
      'A 2, B 1, C 1; out B C, together',
      'A 2; 2 exhausted',
      'won A',
    ]);
  });

  it('counts half of those that still count, once others are exhausted', () => {
    expect(told('A B C', ballots('4 A', '3 B', '2 C'))).toEqual(['A 4, B 3, C 2; out C, fewest', 'A 4, B 3; 2 exhausted', 'won A']);
  });

  it('lets those whom nobody has first go out at once, all of them', () => {
    expect(told('A B C D', ballots('2 A C', '1 B D', '1 B C'))).toEqual(['A 2, B 2, C 0, D 0; out C D, none', 'A 2, B 2', 'tied A B']);
  });

  it('breaks a tie for the fewest by the earlier rounds, the latest first', () => {
    const all = ballots('5 A', '4 B', '3 C', '1 D C');
    expect(told('A B C D', all)).toEqual([
      'A 5, B 4, C 3, D 1; out D, fewest',
      'A 5, B 4, C 4; out C, earlier 1',
      'A 5, B 4; 4 exhausted',
      'won A',
    ]);
  });

  it('breaks a tie in the first round by who is preferred among those tied', () => {
    // Four of seven would rather have B or C than A; B is preferred to C.
    expect(told('A B C', ballots('3 A B', '2 B C', '2 C B'))).toEqual(['A 3, B 2, C 2; out C, among', 'A 3, B 4', 'won B']);
  });

  it('breaks a tie for the winner by the earlier rounds, too', () => {
    expect(told('A B C', ballots('3 A', '2 B', '1 C B'))).toEqual([
      'A 3, B 2, C 1; out C, fewest',
      'A 3, B 3; out B, earlier 1',
      'A 3; 3 exhausted',
      'won A',
    ]);
  });

  it('has no winner where all that are left are tied in everything', () => {
    expect(told('A B', ballots('2 A', '2 B'))).toEqual(['A 2, B 2', 'tied A B']);
    expect(told('A B C', ballots('1 A', '1 B', '1 C'))).toEqual(['A 1, B 1, C 1', 'tied A B C']);
  });

  it('lets the chair break that tie only where the chair has a casting vote and ranks one of them', () => {
    const all = ballots('2 A B', '2 B A');
    expect(told('A B', all, 'B A')).toEqual(['A 2, B 2; out A, casting', 'B 4', 'won B']);
    expect(told('A B', all, 'A')).toEqual(['A 2, B 2; out B, casting', 'A 4', 'won A']);
    expect(told('A B', all, 'C')).toEqual(['A 2, B 2', 'tied A B']);
  });

  it('has no winner where nobody ranks anything, and counts those who abstain', () => {
    expect(instantRunoff(['A', 'B'], [[], []])).toMatchObject({ ballots: 2, abstaining: 2, tied: ['A', 'B'] });
    expect(told('A B', ballots('1 A', '9'))).toEqual(['A 1, B 0; 9 exhausted', 'won A']);
  });
});
