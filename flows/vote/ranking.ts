import type { ChannelId, FlowId, PersonId } from '../../src/id.ts';
import type { Ballot } from '../../src/kept.ts';
import type { Derived } from '../../src/record.ts';
import { bold, list, type Text, text, typed } from '../../src/text.ts';
import { instantRunoff, type Preferences, type RankingCount, type Round } from '../rules/ranking.ts';
import { type Rated, ratedText } from '../rating/rated.ts';

/** The name of the question that a ranked choice asks; no template may have it. */
export const RANKING = 'ranking';

/** So many initiatives are ranked at once. */
export const FEWEST_OPTIONS = 2;
export const MOST_OPTIONS = 8;

/** One of those that are ranked, with what was known of it when the vote opened. */
export interface Option {
  id: FlowId;
  name: string;
  owner: PersonId;
  sponsor: PersonId;
  channel: ChannelId;
  rated?: Rated;
  /** Its latest pilot review that was posted. */
  review?: { verdict: string } & Pick<Derived['reviews'], 'technical' | 'business'>;
}

/** What stands on a ballot for one that is not ranked. */
export const UNRANKED = 'not ranked';

/** A ballot as the count reads it: ranks are looked at for their order alone, so that a number left out does no harm. */
export const preferencesOf = (options: readonly Option[], choices: NonNullable<Ballot['choices']>): Preferences =>
  options
    .flatMap(({ id }) => (choices[id] === undefined || choices[id] === UNRANKED ? [] : [{ id, rank: Number(choices[id]) }]))
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ id }) => id);

/** Counts the ballots; `chair` is the chair's where it breaks a tie. */
export function countRanking(
  options: readonly Option[],
  ballots: readonly NonNullable<Ballot['choices']>[],
  chair: Ballot['choices'] | undefined,
): { outcome: 'CHOSEN' | 'NO CHOICE'; counts: []; ranking: RankingCount } {
  const ranking = instantRunoff(
    options.map(({ id }) => id),
    ballots.map((one) => preferencesOf(options, one)),
    chair ? preferencesOf(options, chair) : undefined,
  );
  return { outcome: ranking.winner === undefined ? 'NO CHOICE' : 'CHOSEN', counts: [], ranking };
}

/** The vote once it is counted: it is about the one that was chosen. */
export const initiativeIn = (options: readonly Option[], { winner }: RankingCount): Omit<Option, 'rated' | 'review'> | undefined => {
  const chosen = options.find(({ id }) => id === winner);
  if (!chosen) return undefined;
  const { id, name, owner, sponsor, channel } = chosen;
  return { id, name, owner, sponsor, channel };
};

/** `1 Churn model, 2 Returns model`; `you abstain` of one who ranked nothing. */
export function rankedText(options: readonly Option[], choices: NonNullable<Ballot['choices']>): Text {
  const ranked = preferencesOf(options, choices);
  if (ranked.length === 0) return text`no initiative ranked, which abstains`;
  return list(ranked.map((id, index) => text`${index + 1} ${nameIn(options, id)}`));
}

/** The same of a published ballot, of which only the ranks are kept: `21-` for the second, the first, and one that is not ranked. */
export const ranksOf = (options: readonly Option[], choices: NonNullable<Ballot['choices']>): string => {
  const ranked = preferencesOf(options, choices);
  return options.map(({ id }) => (ranked.includes(id) ? String(ranked.indexOf(id) + 1) : '-')).join('');
};

/** `2 > 1`: the numbers of the initiatives in their order of preference. Names would be too long where hundreds of ballots are listed. */
export function ranksText(ranks: string): string {
  const ranked = [...ranks].flatMap((rank, index) => (rank === '-' ? [] : [{ rank: Number(rank), number: index + 1 }]));
  if (ranked.length === 0) return 'abstains';
  return ranked
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ number }) => number)
    .join(' > ');
}

/** What was known of it: `value 4.5, feasibility 3 of 5 (2 ratings); pilot review SCALE, technical 80, business 72 of 100`. */
export const knownText = ({ rated, review }: Option): string =>
  [
    rated && ratedText(rated),
    review &&
      `pilot review ${review.verdict}${review.technical !== null && review.business !== null ? `, technical performance ${review.technical}, business impact ${review.business} of 100` : ''}`,
  ]
    .filter(Boolean)
    .join('; ');

export const optionText = (option: Option): Text => {
  const known = knownText(option);
  return text`${typed(option.name)}${known ? `: ${known}` : ': not rated yet, and not reviewed'}`;
};

/** What came of it, in one or two sentences. */
export function choiceText(options: readonly Option[], { rounds, winner, tied, ballots, abstaining }: RankingCount): Text {
  if (ballots === abstaining) return text`Nobody ranked any of them.`;
  const last = rounds.at(-1)!;
  const counting = ballots - last.exhausted;
  if (winner === undefined)
    return text`${names(options, tied)} are tied with ${votesIn(last, tied[0]!)} each, and nothing told them apart. Nothing is chosen.`;
  if (last.votes.length === 1)
    return text`${nameIn(options, winner)} is chosen by instant-runoff: it is the last one left after round ${rounds.length - 1}.`;
  const votes = votesIn(last, winner);
  const plurality = firstIn(rounds[0]!);
  const turned = rounds.length > 1 && plurality.length === 1 && plurality[0] !== winner;
  return text`${nameIn(options, winner)} is chosen by instant-runoff: ${votes} of the ${counting} ${counting === 1 ? 'ballot' : 'ballots'} that count in round ${rounds.length}, which is more than half.${turned && text` Most first preferences had ${nameIn(options, plurality[0]!)}.`}`;
}

/** The count, a line for each round. */
export const roundTexts = (options: readonly Option[], { rounds }: RankingCount): readonly Text[] =>
  rounds.map((round, index) => {
    const votes = list(round.votes.map(([id, count]) => text`${nameIn(options, id)} ${count}`));
    const rest = round.exhausted > 0 && `; ${round.exhausted} ${round.exhausted === 1 ? 'ballot ranks' : 'ballots rank'} none of these`;
    return text`${bold(`Round ${index + 1}: `)}${votes}${rest}.${round.way && text` ${wayText(options, round)}`}`;
  });

/** Why somebody goes out, by which rule for ties. */
function wayText(options: readonly Option[], { out, way, earlier }: Round): Text {
  const who = names(options, out);
  const goes = out.length === 1 ? 'goes' : 'go';
  switch (way!) {
    case 'none':
      return text`Nobody has ${who} first: ${out.length === 1 ? 'it goes' : 'they go'} out.`;
    case 'fewest':
      return text`${who} ${goes} out.`;
    case 'earlier':
      return text`Of those that are tied, ${who} ${goes} out, which had the fewest in round ${earlier}.`;
    case 'among':
      return text`Of those that are tied, ${who} ${goes} out, which the fewest ballots prefer to the others of these.`;
    case 'casting':
      return text`Of those that are tied, ${who} ${goes} out: the chair, who has the casting vote, ranks it lowest.`;
    case 'together':
      return text`${who} go out together: nothing tells them apart.`;
  }
}

const names = (options: readonly Option[], ids: readonly string[]): Text =>
  list(
    ids.map((id) => nameIn(options, id)),
    ' and ',
  );

export const nameIn = (options: readonly Option[], id: string): Text => typed(options.find((one) => one.id === id)?.name ?? id);

const votesIn = ({ votes }: Round, option: string): number => votes.find(([id]) => id === option)?.[1] ?? 0;

function firstIn({ votes }: Round): string[] {
  const most = Math.max(...votes.map(([, count]) => count));
  return votes.filter(([, count]) => count === most).map(([id]) => id);
}
