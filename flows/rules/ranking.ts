/** A ballot of a ranked choice: what is ranked, the first preference first. One that ranks nothing abstains. */
export type Preferences = readonly string[];

/** By which rule somebody goes out of the count after a round. */
export type Way =
  /** Nobody has it first, so that no ballot moves. */
  | 'none'
  /** It has the fewest first preferences of those that are left. */
  | 'fewest'
  /** Tied for the fewest: it had the fewest of these in an earlier round, the latest one that tells them apart. */
  | 'earlier'
  /** Tied in every round: the fewest ballots prefer it, each counted for the one of these that it ranks highest. */
  | 'among'
  /** Tied even so: the chair, who has a casting vote, ranks it lowest of these. */
  | 'casting'
  /** Nothing tells them apart: they go out together. */
  | 'together';

export interface Round {
  /** First preferences of each option that is left, in the order in which they stand on the vote. */
  votes: readonly (readonly [option: string, votes: number])[];
  /** Ballots that rank none of those that are left. */
  exhausted: number;
  /** Who goes out after it; nobody in the last one. */
  out: readonly string[];
  way?: Way;
  /** Where an earlier round breaks the tie: its number, from 1. */
  earlier?: number;
}

export interface RankingCount {
  rounds: readonly Round[];
  /** Absent where all that are left are tied, or nobody ranked anything. */
  winner?: string;
  /** Without a winner: between whom it stands. */
  tied: readonly string[];
  ballots: number;
  abstaining: number;
}

/**
 * Instant-runoff: each ballot counts for the option that it ranks highest of those that are left. Whoever has more than half of the ballots
 * that count has won; else whoever has the fewest goes out, and those ballots count for their next preference. All arithmetic is in whole
 * ballots, and neither the order of the ballots nor that of the options matters. `chair` is the chair's ballot where it breaks a tie.
 * The rounds are those of preferential voting in parliamentary procedure; how ties are broken, docs/rules.md says.
 */
export function instantRunoff(options: readonly string[], ballots: readonly Preferences[], chair?: Preferences): RankingCount {
  const rounds: Round[] = [];
  const told = { ballots: ballots.length, abstaining: ballots.filter((one) => highest(one, options) === undefined).length };
  for (let left = options; ; ) {
    const votes = left.map((option) => [option, firsts(option, left, ballots)] as const);
    const counting = votes.reduce((sum, [, count]) => sum + count, 0);
    const round = { votes, exhausted: ballots.length - counting };
    const winner = votes.find(([, count]) => 2 * count > counting)?.[0];
    if (winner !== undefined) return { ...told, rounds: [...rounds, { ...round, out: [] }], winner, tied: [] };
    const last = lowest(left, [...rounds, { ...round, out: [] }], ballots, chair);
    if (last.out.length === left.length) return { ...told, rounds: [...rounds, { ...round, out: [] }], tied: left };
    rounds.push({ ...round, ...last });
    left = left.filter((option) => !last.out.includes(option));
  }
}

/** Who goes out now; all that are left where nothing tells them apart. */
function lowest(
  left: readonly string[],
  rounds: readonly Round[],
  ballots: readonly Preferences[],
  chair: Preferences | undefined,
): Pick<Round, 'out' | 'way' | 'earlier'> {
  let out = fewest(left, (option) => votesOf(option, rounds.at(-1)!));
  if (votesOf(out[0]!, rounds.at(-1)!) === 0) return { out, way: 'none' };
  if (out.length === 1) return { out, way: 'fewest' };
  for (let number = rounds.length - 1; number > 0; number--) {
    out = fewest(out, (option) => votesOf(option, rounds[number - 1]!));
    if (out.length === 1) return { out, way: 'earlier', earlier: number };
  }
  const these = out;
  out = fewest(these, (option) => firsts(option, these, ballots));
  if (out.length === 1) return { out, way: 'among' };
  if (chair) out = fewest(out, (option) => (chair.includes(option) ? chair.length - chair.indexOf(option) : 0));
  if (out.length === 1) return { out, way: 'casting' };
  return { out, way: 'together' };
}

function fewest(options: readonly string[], count: (option: string) => number): readonly string[] {
  const counts = options.map(count);
  const least = Math.min(...counts);
  return options.filter((_, index) => counts[index] === least);
}

const votesOf = (option: string, { votes }: Round): number => votes.find(([one]) => one === option)?.[1] ?? 0;

const highest = (ballot: Preferences, left: readonly string[]): string | undefined => ballot.find((option) => left.includes(option));

const firsts = (option: string, left: readonly string[], ballots: readonly Preferences[]): number =>
  ballots.filter((ballot) => highest(ballot, left) === option).length;
