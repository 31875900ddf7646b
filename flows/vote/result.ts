import { bareItems, button, type Card, heading, items, note, pictured, said } from '../../src/card.ts';
import type { Surface } from '../../src/flow.ts';
import type { FlowId } from '../../src/id.ts';
import { bold, minute, people, person, type Text, text, typed } from '../../src/text.ts';
import { type Criterion, TIERS } from '../criteria/go-no-go.ts';
import type { Count } from '../rules/tally.ts';
import { votedText } from './deputies.ts';
import { lateText } from './lateness.ts';
import { tallyPicture } from './picture.ts';
import { presetOf } from './preset.ts';
import { RANKING, ranksText } from './ranking.ts';
import { rankedAgain } from './ranking-opening.ts';
import { rankingResult } from './ranking-result.ts';
import { resultKey } from './reopening.ts';
import { chunks, NAMES, ROSTER } from './roster.ts';
import { ballotLine } from './secret.ts';
import { type Closing, criteriaOf, criterionText, matterOf, missing, questionOf, type Reason, type Vote } from './state.ts';
import { ruleText } from './terms.ts';
import { changers, turnedBy } from './why.ts';

/** How many characters of reasons go into one message of the thread; every platform takes more than this. */
const PAGE = 5000;

/** Everything that should be seen of how a vote ended; its channel card stays above. */
export function resultSurfaces(vote: Vote, id: FlowId, closed: Closing): readonly Surface[] {
  return [
    { key: resultKey(vote), to: vote.channel, card: resultCard(vote, id, closed), rank: 'result' },
    ...(closed.thread ? [] : [...tally(vote, closed), ...reasonPages(vote, closed), ...dissenters(vote, closed), ...lists(vote, closed)]),
  ];
}

/** What decided, with which numbers, and what would have changed it. */
function resultCard(vote: Vote, id: FlowId, closed: Closing): Card {
  const { needed, base, present } = closed.quorum;
  const title = text`${bold(closed.outcome)}: ${matterOf(vote)}`;
  const turnout = text`${present} of ${base} voted, the quorum is ${needed}.${vote.recused.length > 0 && ` ${vote.recused.length} recused.`} Closed ${closed.how}, ${minute(closed.due ?? closed.at)}.`;
  const late = lateText(closed);
  if (closed.outcome === 'NO QUORUM') {
    return {
      title,
      tone: 'warning',
      parts: [
        said(turnout),
        said(
          text`Nothing is decided. ${needed - present === 1 ? 'One more ballot' : `${needed - present} more ballots`} would have made the quorum.`,
        ),
        ...(late ? [note(late)] : []),
      ],
      buttons: [
        // What can go on goes on with its ballots: reopening.ts.
        ...(vote.secret || missing(vote).length === 0 ? [] : [button('Open it again', id, 'reopen', { style: 'primary' })]),
        button('Open a new vote', 'vote', 'open', { about: askedAgain(vote) }),
      ],
    };
  }
  if (closed.ranking) return rankingResult(vote, id, closed, closed.ranking, { title, turnout, late: late ? [note(late)] : [] });
  return {
    title,
    tone: closed.outcome === 'GO' ? 'good' : closed.outcome === 'NO-GO' ? 'bad' : 'warning',
    parts: [
      said(turnedBy(vote, closed)),
      ...changers(vote, closed).map(said),
      said(turnout),
      ...(vote.byDeputy?.length
        ? [
            said(
              text`By deputies: ${votedText(
                vote.byDeputy.slice(0, ROSTER).map((one) => one.person),
                vote.byDeputy,
              )}${vote.byDeputy.length > ROSTER && ` and ${vote.byDeputy.length - ROSTER} more, in the thread`}.`,
            ),
          ]
        : []),
      pictured(tallyPicture(vote, closed)),
      said(
        closed.reasons.length > 0
          ? text`${closed.reasons.length} ${closed.reasons.length === 1 ? 'reason' : 'reasons'}${vote.secret ? ' without names, every ballot by its receipt,' : closed.reasons.length === 1 ? ' and who gave it,' : ' and who gave them,'} and every count in words: in the thread.`
          : text`${vote.secret && 'Every ballot by its receipt, and '}${vote.secret ? 'every' : 'Every'} count in words: in the thread.`,
      ),
      ...(closed.dissenting ? [said(text`Dissent: ${closed.dissenting} of ${present} ballots.`)] : []),
      ...(closed.dissent.length > 0
        ? [
            said(
              text`Dissent: ${people(closed.dissent.slice(0, ROSTER))}${closed.dissent.length > ROSTER && ` and ${closed.dissent.length - ROSTER} more, all in the thread`}.`,
            ),
          ]
        : []),
      note(text`Rule: ${ruleText(vote)} Criteria set ${vote.set}, vote ${id.replace('vote/', '')}.`),
      ...(late ? [note(late)] : []),
    ],
  };
}

/** The picture's numbers in words, to be read and quoted. */
function tally(vote: Vote, closed: Closing): Surface[] {
  if (closed.outcome === 'NO QUORUM' || closed.ranking) return [];
  const parts = (['must', 'should', 'nice'] as const).flatMap((tier) => [
    heading(TIERS[tier]),
    bareItems(
      criteriaOf(vote)
        .criteria.filter((one) => one.tier === tier)
        .map((one) => countText(vote, one, closed.counts)),
    ),
  ]);
  return [
    { key: 'tally', to: vote.channel, under: resultKey(vote), rank: 'result', card: { title: text`Votes on each criterion`, parts } },
  ];
}

const AGAINST: Readonly<Record<Criterion['tier'], string>> = { must: 'no-go', should: 'missing', nice: 'not seen' };

function countText(vote: Vote, { key, tier, text: criterion }: Criterion, counts: readonly Count[]): Text {
  const { go, against, abstain, met } = counts.find((count) => count.key === key)!;
  const verdict = tier === 'nice' ? '· ' : met ? '✓ ' : '✗ ';
  return text`${verdict}${criterionText(vote, criterion)}: ${go} go, ${against} ${AGAINST[tier]}${abstain > 0 && `, ${abstain} abstaining`}`;
}

/** Dissent that is too long for the result's card. */
function dissenters(vote: Vote, { dissent }: Closing): Surface[] {
  if (dissent.length <= ROSTER) return [];
  return chunks(dissent, NAMES).map((some, index) => ({
    key: `dissent-${index + 1}`,
    to: vote.channel,
    under: resultKey(vote),
    rank: 'result',
    card: { title: text`Dissent, ${index * NAMES + 1} to ${index * NAMES + some.length}`, parts: [said(people(some))] },
  }));
}

/** How many ballots of a secret vote go into one message of the thread. */
const BALLOTS = 80;

/** The ballots of a secret vote, by receipt: each voter finds their own, and everybody can count them again. */
function lists(vote: Vote, { list: all = [] }: Closing): Surface[] {
  const { options } = vote;
  const numbered = (options?.map((one) => typed(one.name)) ?? criteriaOf(vote).criteria.map((one) => criterionText(vote, one.text))).map(
    (one, index) => text`${index + 1}: ${one}`,
  );
  return chunks(all, BALLOTS).map((some, index, { length }) => ({
    key: `ballots-${index + 1}`,
    to: vote.channel,
    under: resultKey(vote),
    rank: 'result',
    card: {
      title: text`Ballots by receipt${length > 1 && `, ${index + 1} of ${length}`}`,
      parts: [
        ...(index === 0
          ? [said(options ? text`Numbers are initiatives, in the order of preference.` : text`Numbers are criteria.`), bareItems(numbered)]
          : []),
        bareItems(some.map(([receipt, letters]) => text`${receipt}: ${options ? ranksText(letters) : ballotLine(letters)}`)),
      ],
    },
  }));
}

/** All reasons in full, in as many messages of the thread as they need. */
function reasonPages(vote: Vote, closed: Closing): Surface[] {
  const set = criteriaOf(vote);
  const lines = closed.reasons.map((reason) => ({
    reason,
    line: reasonText(vote, reason, set.criteria.find((one) => one.key === reason.criterion)!),
  }));
  const pages: { size: number; lines: Text[] }[] = [];
  for (const { reason, line } of lines) {
    const last = pages.at(-1);
    if (last && last.size + reason.reason.length < PAGE && last.lines.length < 20) {
      last.size += reason.reason.length;
      last.lines.push(line);
    } else pages.push({ size: reason.reason.length, lines: [line] });
  }
  return pages.map((page, index) => ({
    key: `reasons-${index + 1}`,
    to: vote.channel,
    under: resultKey(vote),
    card: { title: text`Reasons${pages.length > 1 && ` ${index + 1} of ${pages.length}`}`, parts: [items(page.lines)] },
    rank: 'result',
  }));
}

const reasonText = (vote: Vote, { person: who, choice, reason }: Reason, criterion: Criterion): Text =>
  text`${who ? text`${person(who)}, ${choice}` : `${choice[0]!.toUpperCase()}${choice.slice(1)}`} on “${criterionText(vote, criterion.text)}”: ${typed(reason)}`;

/** What fills the opening form with the same question again. */
export const askedAgain = (vote: Vote): string =>
  vote.options
    ? presetOf(RANKING, rankedAgain(vote))
    : questionOf(vote) === 'go-no-go'
      ? vote.initiative.id
      : presetOf(questionOf(vote), vote.initiative.id, vote.subject);
