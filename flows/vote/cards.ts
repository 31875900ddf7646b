import { button, type Card, facts, heading, items, note, type Part, said } from '../../src/card.ts';
import type { Surface } from '../../src/flow.ts';
import { type FlowId, numberOf } from '../../src/id.ts';
import { bold, list, minute, person, text, typed } from '../../src/text.ts';
import { cancelledText } from '../rules/asked.ts';
import { deputySurfaces, votedText } from './deputies.ts';
import { evidenceFacts, takenOver, withoutText } from './evidence.ts';
import { extendedText } from './extension.ts';
import { nudgeSurfaces } from './nudging.ts';
import { optionText } from './ranking.ts';
import { rankingNote } from './ranking-result.ts';
import { resumptionLines, resumptionSurfaces } from './reopening.ts';
import { resultSurfaces } from './result.ts';
import { ROSTER, rosters, waitingFor } from './roster.ts';
import { missing, quorumNow, titleOf, type Vote } from './state.ts';
import { ruleText } from './terms.ts';

/** Everything that should be seen of a vote. */
export function voteSurfaces(vote: Vote, id: FlowId): readonly Surface[] {
  const card: Surface = { key: 'vote', to: vote.channel, card: voteCard(vote, id) };
  const before = resumptionSurfaces(vote, id);
  if (vote.cancelled) return [card, ...before];
  const roster = vote.electors.length > ROSTER ? rosters(vote) : [];
  if (!vote.closed) return [card, ...before, ...roster, ...deputySurfaces(vote, id), ...nudgeSurfaces(vote, id)];
  return [card, ...before, ...roster, ...resultSurfaces(vote, id, vote.closed)];
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
  const again = reopened && text`${bold('Voted on again')}, after vote ${numberOf(reopened.vote)}: ${typed(reopened.reason)}`;
  const basis = [
    ...(again ? [said(again)] : []),
    ...resumptionLines(vote).map(said),
    terms,
    ...(extended ? [said(extended)] : []),
    ...(without ? [said(without)] : []),
    ...(takes ? [said(takes)] : []),
    ...(vote.options ? [heading('To choose from'), items(vote.options.map(optionText))] : []),
  ];
  if (cancelled) return { title, parts: [said(cancelledText(cancelled))] };
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
        vote.options
          ? rankingNote(vote)
          : vote.secret
            ? text`A secret vote: everybody sees who has voted, and nobody is shown what. When it closes, the ballots are listed without names, each with the receipt that its voter was told, and reasons without names. It closes at its deadline, when all have voted, or when the chair closes it.`
            : text`An open vote: reasons are shown by name when it closes, and until then nobody sees who chose what. Members whose ballot is in may see the counts so far, without names. It closes at its deadline, when all have voted, or when the chair closes it.`,
      ),
    ],
    buttons: [
      button('Vote', id, 'ballot', { style: 'primary' }),
      ...(vote.options ? [] : [button('See the evidence', 'evidence-list', 'show', { about: `list ${vote.initiative.id}` })]),
      button('Recuse myself', id, 'recuse'),
      button('Name a deputy', id, 'deputy'),
      // Everything else stands in menu.ts.
      button('Manage this vote', id, 'manage'),
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
