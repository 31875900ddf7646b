import { button, type Card, items, note, type Part, pictured, said } from '../../src/card.ts';
import type { FlowId } from '../../src/id.ts';
import type { Stacks } from '../../src/picture.ts';
import type { Row } from '../../src/record.ts';
import { type Text, text } from '../../src/text.ts';
import type { RankingCount } from '../rules/ranking.ts';
import { votedText } from './deputies.ts';
import { presetOf } from './preset.ts';
import { choiceText, nameIn, type Option, RANKING, roundTexts } from './ranking.ts';
import { rankedAgain } from './ranking-opening.ts';
import { ROSTER } from './roster.ts';
import type { Closing, Vote } from './state.ts';
import { ruleText } from './terms.ts';

/** What was chosen, and the count round by round. */
export function rankingResult(
  vote: Vote,
  id: FlowId,
  closed: Closing,
  count: RankingCount,
  { title, turnout, late }: { title: Text; turnout: Text; late: readonly Part[] },
): Card {
  const options = vote.options!;
  const { byDeputy = [] } = vote;
  const isChosen = closed.outcome === 'CHOSEN';
  return {
    title,
    tone: isChosen ? 'good' : 'warning',
    parts: [
      said(choiceText(options, count)),
      items(roundTexts(options, count)),
      said(text`${turnout}${count.abstaining > 0 && ` ${count.abstaining} abstaining.`}`),
      ...(byDeputy.length > 0
        ? [
            said(
              text`By deputies: ${votedText(
                byDeputy.slice(0, ROSTER).map((one) => one.person),
                byDeputy,
              )}${byDeputy.length > ROSTER && ` and ${byDeputy.length - ROSTER} more, in the thread`}.`,
            ),
          ]
        : []),
      pictured(rankingPicture(options, count)),
      ...(vote.secret ? [said(text`Every ballot by its receipt: in the thread.`)] : []),
      note(
        text`Rule: ${ruleText(vote)} It chooses one; the order in which the others go out is no ranking of them. Vote ${id.replace('vote/', '')}.`,
      ),
      ...late,
    ],
    ...(isChosen
      ? {}
      : { buttons: [button('Open a new vote', 'vote', 'open', { style: 'primary', about: presetOf(RANKING, rankedAgain(vote)) })] }),
  };
}

/** Who has first preferences, and how many ballots came to each from those that went out. */
function rankingPicture(options: readonly Option[], { rounds, winner }: RankingCount): Stacks {
  return {
    kind: 'stacks',
    title: 'Ballots for each initiative',
    parts: [
      { label: 'First preferences', tone: 'good' },
      { label: 'Came from those that went out', tone: 'open' },
    ],
    bars: options.map(({ id, name }) => {
      const votes = rounds.flatMap((round) => round.votes.find(([one]) => one === id)?.[1] ?? []);
      return { label: name, counts: [votes[0]!, votes.at(-1)! - votes[0]!], ...(id === winner ? { mark: '✓' } : {}) };
    }),
  };
}

/** What the open vote's card says of who sees what. */
export const rankingNote = (vote: Vote): Text =>
  vote.secret
    ? text`A secret vote: everybody sees who has voted, and nobody is shown what. When it closes, the ballots are listed without names, each with the receipt that its voter was told. It closes at that time, when all have voted, or when the chair closes it.`
    : text`An open vote: until it closes nobody sees who ranked what; then it is on the record. Members whose ballot is in may see the first preferences so far, without names. It closes at that time, when all have voted, or when the chair closes it.`;

/** The count as rows: one for each initiative that is left in a round. */
export const roundRows = (vote: FlowId, options: readonly Option[], { rounds, winner }: RankingCount): Row[] =>
  rounds.flatMap(({ votes, out, way }, index) =>
    votes.map(([id, count]) => ({
      table: 'vote_rounds' as const,
      row: {
        vote,
        round: index + 1,
        initiative: id as FlowId,
        name: plainName(options, id),
        votes: count,
        became: out.includes(id)
          ? ('out' as const)
          : index === rounds.length - 1 && id === winner
            ? ('chosen' as const)
            : ('left' as const),
        way: out.includes(id) ? (way ?? null) : null,
      },
    })),
  );

const plainName = (options: readonly Option[], id: string): string => {
  const [span] = nameIn(options, id);
  return span && 'text' in span ? span.text : id;
};
