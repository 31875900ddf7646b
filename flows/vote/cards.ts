import { bareItems, button, type Card, facts, heading, items, note, type Part, pictured, said } from '../../src/card.ts';
import type { Surface } from '../../src/flow.ts';
import { type FlowId, numberOf, type PersonId } from '../../src/id.ts';
import { bold, list, minute, people, person, type Text, text, typed } from '../../src/text.ts';
import { type Criterion, TIERS } from '../criteria/go-no-go.ts';
import { ruleWords } from '../rules/rule.ts';
import type { Count } from '../rules/tally.ts';
import { deputySurfaces, votedText } from './deputies.ts';
import { extendedText } from './extension.ts';
import { promptSurfaces } from './nudging.ts';
import { evidenceFacts, takenOver, withoutText } from './evidence.ts';
import { ballotLine } from './secret.ts';
import { presetOf } from './preset.ts';
import { tallyPicture } from './picture.ts';
import { changers, turnedBy } from './why.ts';
import {
  type Closing,
  criteriaOf,
  criterionText,
  matterOf,
  missing,
  type Nudge,
  questionOf,
  quorumNow,
  type Reason,
  titleOf,
  type Vote,
} from './state.ts';

/** Rosters up to this long stand on the card itself; longer ones continue in its thread. */
const ROSTER = 30;

/** How many names go into one message of the thread, however long and in whatever script. */
const NAMES = 60;

/** How many characters of reasons go into one message of the thread; every platform takes more than this. */
const PAGE = 5000;

/** Everything that should be seen of a vote. */
export function voteSurfaces(vote: Vote, id: FlowId): readonly Surface[] {
  const card: Surface = { key: 'vote', to: vote.channel, card: voteCard(vote, id) };
  if (vote.cancelled) return [card];
  const roster = vote.electors.length > ROSTER ? rosters(vote) : [];
  if (!vote.closed)
    return [
      card,
      ...roster,
      ...deputySurfaces(vote, id),
      ...promptSurfaces(vote, id),
      ...vote.nudged.flatMap((nudge) => nudges(vote, id, nudge)),
    ];
  return [
    card,
    ...roster,
    { key: 'result', to: vote.channel, card: resultCard(vote, id, vote.closed), rank: 'result' },
    ...tally(vote, vote.closed),
    ...reasonPages(vote, vote.closed),
    ...dissenters(vote, vote.closed),
    ...lists(vote, vote.closed),
  ];
}

/** The one card of the vote in its channel, the same for every viewer. */
export function voteCard(vote: Vote, id: FlowId): Card {
  const { closed, cancelled } = vote;
  const title = titleOf(vote, bold);
  const terms = facts(
    ['Committee', typed(vote.body.name)],
    ['Chair', person(vote.chair)],
    ['Rule', ruleText(vote)],
    !closed && ['Closes', minute(vote.deadline)],
    ...evidenceFacts(vote.evidence),
  );
  const without = withoutText(vote.evidence);
  const takes = closed ? undefined : takenOver(vote.evidence);
  const extended = extendedText(vote);
  const { reopened } = vote;
  const again =
    reopened &&
    text`${bold('Voted on again')}, after vote ${numberOf(reopened.vote)}: ${typed(reopened.reason)} What it decides takes the place of the decision that stands.`;
  const basis = [
    ...(again ? [said(again)] : []),
    terms,
    ...(extended ? [said(extended)] : []),
    ...(without ? [said(without)] : []),
    ...(takes ? [said(takes)] : []),
  ];
  if (cancelled)
    return {
      title,
      parts: [
        said(
          text`${bold('Cancelled')}${cancelled.by && text` by ${person(cancelled.by)}`}, ${minute(cancelled.at)}: ${typed(cancelled.reason)}`,
        ),
      ],
    };
  if (closed) {
    const when = text`Closed ${closed.how}, ${minute(closed.due ?? closed.at)}. The result stands below.`;
    return { title, parts: [said(text`${bold(closed.outcome)}. ${when}`), ...basis, ...turnoutParts(vote)] };
  }
  return {
    title,
    parts: [
      ...basis,
      ...turnoutParts(vote),
      note(
        vote.secret
          ? text`A secret vote: everybody sees who has voted, and nobody is shown what. When it closes, the ballots are listed without names, each with the receipt that its voter was told, and reasons without names. It closes at that time, when all have voted, or when the chair closes it.`
          : text`An open vote: reasons are shown by name when it closes, and until then nobody sees who chose what. Members whose ballot is in may see the counts so far, without names. It closes at that time, when all have voted, or when the chair closes it.`,
      ),
    ],
    buttons: [
      button('Vote', id, 'ballot', { style: 'primary' }),
      button('Recuse myself', id, 'recuse'),
      button('Name a deputy', id, 'deputy'),
      button('Withdraw my ballot', id, 'withdraw'),
      button('How it stands', id, 'so-far'),
      button('Close now', id, 'close'),
      button('Nudge', id, 'prompt'),
      button('Extend', id, 'extend'),
      button('Correct', id, 'correct'),
      button('Cancel the vote', id, 'cancel', { style: 'danger' }),
    ],
  };
}

function turnoutParts(vote: Vote): Part[] {
  const { needed, base, present, stands } = quorumNow(vote);
  const waiting = missing(vote);
  const short = vote.electors.length <= ROSTER;
  return [
    said(text`${bold(`${present} of ${base} voted.`)} Quorum: ${needed}${stands ? ', reached' : ''}.`),
    ...(short ? [] : [said(text`Who has voted stands in the thread.`)]),
    ...(short && present > 0 ? [said(text`Voted: ${votedText(vote.voted, vote.byDeputy)}`)] : []),
    ...(short && waiting.length > 0 && !vote.closed ? [said(text`Not yet: ${list(waiting.map((one) => waitingFor(vote, one)))}`)] : []),
    ...(!short && vote.byDeputy?.length && vote.closed ? [said(text`${vote.byDeputy.length} by deputies, named in the thread.`)] : []),
    ...(vote.recused.length > 0
      ? [
          said(
            text`Recused: ${short ? list(vote.recused.map(({ person: who, reason }) => text`${person(who)} (${typed(reason)})`)) : `${vote.recused.length}, with their reasons in the thread`}`,
          ),
        ]
      : []),
  ];
}

/** What decided, with which numbers, and what would have changed it. */
export function resultCard(vote: Vote, id: FlowId, closed: Closing): Card {
  const { needed, base, present } = closed.quorum;
  const title = text`${bold(closed.outcome)}: ${matterOf(vote)}`;
  const turnout = text`${present} of ${base} voted, the quorum is ${needed}.${vote.recused.length > 0 && ` ${vote.recused.length} recused.`} Closed ${closed.how}, ${minute(closed.due ?? closed.at)}.`;
  const late =
    closed.due !== undefined &&
    closed.at - closed.due > 120_000 &&
    note(
      text`Offshoot was not running at the deadline. It closed the vote at its time, over the ballots received before it, and says so ${minute(closed.at)}.`,
    );
  if (closed.outcome === 'NO QUORUM') {
    return {
      title,
      tone: 'warning',
      parts: [
        said(turnout),
        said(
          text`Nothing is decided. ${needed - present === 1 ? 'One more ballot' : `${needed - present} more ballots`} would have made the quorum.`,
        ),
        ...(late ? [late] : []),
      ],
      buttons: [button('Open it again', 'vote', 'open', { style: 'primary', about: askedAgain(vote) })],
    };
  }
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
          ? text`${closed.reasons.length} ${closed.reasons.length === 1 ? 'reason' : 'reasons'}${vote.secret ? ' without names, every ballot by its receipt,' : ' and who gave them,'} and every count in words: in the thread.`
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
      ...(late ? [late] : []),
    ],
  };
}

/** The picture's numbers in words, to be read and quoted. */
function tally(vote: Vote, closed: Closing): Surface[] {
  if (closed.outcome === 'NO QUORUM') return [];
  const parts = (['must', 'should', 'nice'] as const).flatMap((tier) => [
    heading(TIERS[tier]),
    bareItems(
      criteriaOf(vote)
        .criteria.filter((one) => one.tier === tier)
        .map((one) => countText(vote, one, closed.counts)),
    ),
  ]);
  return [{ key: 'tally', to: vote.channel, under: 'result', rank: 'result', card: { title: text`Votes on each criterion`, parts } }];
}

const AGAINST: Readonly<Record<Criterion['tier'], string>> = { must: 'no-go', should: 'missing', nice: 'not seen' };

function countText(vote: Vote, { key, tier, text: criterion }: Criterion, counts: readonly Count[]): Text {
  const { go, against, abstain, met } = counts.find((count) => count.key === key)!;
  const verdict = tier === 'nice' ? '· ' : met ? '✓ ' : '✗ ';
  return text`${verdict}${criterionText(vote, criterion)}: ${go} go, ${against} ${AGAINST[tier]}${abstain > 0 && `, ${abstain} abstaining`}`;
}

/** "3 of 5 must vote; any no-go on a must-have blocks." */
export function ruleText(vote: Vote): Text {
  const { needed, base } = quorumNow(vote);
  return text`${needed} of ${base} must vote; ${ruleWords(vote.rule)}${vote.casting && text` In a tie the vote of ${person(vote.chair)}, the chair, decides.`}`;
}

function rosters(vote: Vote): Surface[] {
  return chunks(vote.electors, NAMES).map((some, index) => ({
    key: `roster-${index + 1}`,
    to: vote.channel,
    under: 'vote',
    card: {
      title: text`Who votes, ${index * NAMES + 1} to ${index * NAMES + some.length}`,
      parts: [items(some.map((one) => text`${person(one)}: ${stateOf(vote, one)}`))],
    },
  }));
}

function stateOf(vote: Vote, one: PersonId): Text {
  const recusal = vote.recused.find((recused) => recused.person === one);
  if (recusal) return text`recused (${typed(recusal.reason)})`;
  const cast = vote.byDeputy?.find((by) => by.person === one);
  return text`${vote.voted.includes(one) ? 'voted' : 'not yet'}${cast && text` (by ${person(cast.deputy)} as deputy)`}`;
}

function waitingFor(vote: Vote, one: PersonId): Text {
  const deputy = vote.deputies?.find((named) => named.person === one)?.deputy;
  return text`${person(one)}${deputy && text` (deputy: ${person(deputy)})`}`;
}

/** Dissent that is too long for the result's card. */
function dissenters(vote: Vote, { dissent }: Closing): Surface[] {
  if (dissent.length <= ROSTER) return [];
  return chunks(dissent, NAMES).map((some, index) => ({
    key: `dissent-${index + 1}`,
    to: vote.channel,
    under: 'result',
    rank: 'result',
    card: { title: text`Dissent, ${index * NAMES + 1} to ${index * NAMES + some.length}`, parts: [said(people(some))] },
  }));
}

/** How many ballots of a secret vote go into one message of the thread. */
const BALLOTS = 80;

/** The ballots of a secret vote, by receipt: each voter finds their own, and everybody can count them again. */
function lists(vote: Vote, { list: all = [] }: Closing): Surface[] {
  const numbered = criteriaOf(vote).criteria.map((one, index) => text`${index + 1}: ${one.text}`);
  return chunks(all, BALLOTS).map((some, index, { length }) => ({
    key: `ballots-${index + 1}`,
    to: vote.channel,
    under: 'result',
    rank: 'result',
    card: {
      title: text`Ballots by receipt${length > 1 && `, ${index + 1} of ${length}`}`,
      parts: [
        ...(index === 0 ? [said(text`Numbers are criteria.`), bareItems(numbered)] : []),
        bareItems(some.map(([receipt, letters]) => text`${receipt}: ${ballotLine(letters)}`)),
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
    under: 'result',
    card: { title: text`Reasons${pages.length > 1 && ` ${index + 1} of ${pages.length}`}`, parts: [items(page.lines)] },
    rank: 'result',
  }));
}

const reasonText = (vote: Vote, { person: who, choice, reason }: Reason, criterion: Criterion): Text =>
  text`${who ? text`${person(who)}, ${choice}` : `${choice[0]!.toUpperCase()}${choice.slice(1)}`} on “${criterionText(vote, criterion.text)}”: ${typed(reason)}`;

function nudges(vote: Vote, id: FlowId, nudge: Nudge): Surface[] {
  return missing(vote).map((who) => ({
    // After an extension it is a new message.
    key: `nudge ${nudge} ${vote.extended ? 'extended ' : ''}${who}`,
    to: who,
    brief: true,
    rank: 'nudge',
    card: {
      title: text`Your ballot is missing`,
      parts: [
        said(text`${typed(vote.body.name)} decides on ${matterOf(vote)}, and the vote closes ${minute(vote.deadline)}.`),
        note(text`You get this because you are a member without a ballot, ${nudge} before the deadline.`),
      ],
      buttons: [button('Vote', id, 'ballot', { style: 'primary' })],
    },
  }));
}

/** What fills the opening form with the same question again. */
const askedAgain = (vote: Vote): string =>
  questionOf(vote) === 'go-no-go' ? vote.initiative.id : presetOf(questionOf(vote), vote.initiative.id, vote.subject);

function chunks<Item>(all: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));
}
