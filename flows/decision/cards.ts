import { button, type Button, type Card, heading, items, note, type Part, said } from '../../src/card.ts';
import type { Surface } from '../../src/flow.ts';
import { type FlowId, numberOf } from '../../src/id.ts';
import { bold, channel, day, excerpt, joined, list, minute, people, person, ping, strong, type Text, text, typed } from '../../src/text.ts';
import { conditionSurfaces } from './condition-cards.ts';
import { calibrationSurfaces } from './calibration-cards.ts';
import { appealSurfaces } from './contest-cards.ts';
import { isRanked, rankingParts, rankingSurfaces } from './ranking-cards.ts';
import { briefRecordParts, briefWhy, isCrowded, recordPages, recordParts } from './record.ts';
import { matterOf } from '../vote/state.ts';
import {
  chairOf,
  type Condition,
  conditionState,
  conditionsKept,
  conditionsOpen,
  type Decision,
  isGoNoGo,
  isStanding,
  nameOf,
  stateText,
} from './state.ts';

export function decisionSurfaces(decision: Decision, id: FlowId): readonly Surface[] {
  const surfaces: Surface[] = [
    { key: 'decision', to: decision.channel, card: decisionCard(decision, id), rank: 'result' },
    ...(isRanked(decision)
      ? rankingSurfaces(decision, id)
      : [{ key: 'sponsor', to: decision.initiative.sponsor, card: sponsorCard(decision, id), rank: 'result' as const }]),
  ];
  if (!isRanked(decision) && decision.initiative.channel !== decision.channel)
    surfaces.push({ key: 'team', to: decision.initiative.channel, card: teamCard(decision, id), rank: 'result' });
  surfaces.push(...conditionPages(decision));
  if (isCrowded(fullCard(decision, id))) surfaces.push(...recordPages(decision, id));
  if (!isStanding(decision)) return surfaces;
  surfaces.push(...conditionSurfaces(decision, id), ...appealSurfaces(decision, id));
  if (decision.finalAt && decision.conditions.length > 0)
    surfaces.push({ key: 'final', to: decision.channel, card: finalCard(decision, id), rank: 'result' });
  if (decision.allMetAt !== undefined) {
    surfaces.push({ key: 'all met', to: decision.channel, card: allMetCard(decision, id), rank: 'result' });
    if (decision.initiative.channel !== decision.channel)
      surfaces.push({ key: 'all met team', to: decision.initiative.channel, card: allMetCard(decision, id), rank: 'result' });
  }
  if (decision.reviewEarly) surfaces.push({ key: 'review early', to: decision.channel, card: reviewCard(decision, id, true) });
  if (decision.reviewDue)
    surfaces.push({ key: `review ${decision.reviewAt}`, to: decision.channel, card: reviewCard(decision, id, false) });
  surfaces.push(...calibrationSurfaces(decision, id));
  return surfaces;
}

/** The record as the channel sees it. */
export function decisionCard(decision: Decision, id: FlowId): Card {
  const full = fullCard(decision, id);
  if (!isCrowded(full)) return full;
  const lines = items(decision.conditions.map((one) => shortText(one, true)));
  return recordCard(decision, id, { why: briefWhy(decision), lines, record: briefRecordParts(decision) });
}

function fullCard(decision: Decision, id: FlowId): Card {
  return recordCard(decision, id, { why: said(decision.why), lines: items(conditionLines(decision)), record: recordParts(decision) });
}

function recordCard(decision: Decision, id: FlowId, { why, lines, record }: { why: Part; lines: Part; record: readonly Part[] }): Card {
  const { outcome, against, rationale, conditions } = decision;
  return {
    title: text`${bold(`${nameOf(id)} ${stateText(decision)}: `)}${matterOf(decision)}`,
    tone: outcome === 'GO' || outcome === 'CHOSEN' ? 'good' : outcome === 'NO-GO' ? 'bad' : 'warning',
    parts: [
      ...(decision.supersededBy ? [said(text`${bold(`Superseded by ${nameOf(decision.supersededBy)}.`)}`)] : []),
      ...(isRanked(decision) ? rankingParts(decision) : [why]),
      ...(against
        ? [
            said(
              text`${bold(`The pilot review recommended ${against}.`)} A GO against it takes the weak points over as conditions, and is final only with its rationale.`,
            ),
          ]
        : []),
      said(
        rationale
          ? text`${bold('Rationale: ')}${typed(rationale.text)}`
          : text`${bold('Rationale: ')}not written yet; ${ping(chairOf(decision))} adds it.${isRanked(decision) && ' With it the decision is final, and each of the teams is told.'}`,
      ),
      ...(conditions.length > 0 ? [heading(conditionsTitle(decision)), lines] : []),
      ...record,
      ...followParts(decision),
      note(text`Record of vote ${numberOf(decision.vote)}. Journal before it: ${decision.head.slice(0, 16)}`),
    ],
    buttons: isStanding(decision) ? nextButtons(decision, id) : [],
  };
}

function conditionsTitle(decision: Decision): string {
  const kept = conditionsKept(decision).length;
  const open = conditionsOpen(decision).length;
  if (decision.finalAt === undefined && open > 0)
    return `Conditions: final when each is accepted by its owner (${kept - open} of ${kept} accepted)`;
  return decision.allMetAt === undefined ? 'Conditions' : 'Conditions, all met';
}

const isAnyLeftOut = ({ conditions }: Decision): boolean => conditions.some((one) => one.state === 'dropped');

/** So many conditions are assigned from the card itself. */
const NEXT = 3;

/** What comes next, on the card; all else stands in menu.ts. */
function nextButtons(decision: Decision, id: FlowId): Button[] {
  const unassigned = decision.conditions.filter((one) => one.state === 'unassigned');
  return [
    ...unassigned
      .slice(0, NEXT)
      .map((one, index) =>
        button(`Assign: ${one.text}`, id, 'assign', { about: one.key, ...(index === 0 ? { style: 'primary' as const } : {}) }),
      ),
    ...(decision.rationale ? [] : [button('Write the rationale', id, 'rationale')]),
    button('Manage this decision', id, 'manage'),
  ];
}

/** So many letters of measures, evidence and reasons stand on a card; more of them stand in full in its thread. */
const LONG = 3000;
const GLANCE = 60;

/** How many letters of conditions go into one message of the thread; a single one is never parted. */
const PAGE = 4500;

const lettersOf = (condition: Condition): number =>
  conditionText(condition).reduce((sum, span) => sum + (span.kind === 'typed' ? span.text.length : 0), 0);

const isLong = ({ conditions }: Decision): boolean => conditions.reduce((sum, one) => sum + lettersOf(one), 0) > LONG;

const conditionLines = (decision: Decision): readonly Text[] =>
  decision.conditions.map((one) => (isLong(decision) ? shortText(one) : conditionText(one)));

/** What holds now, without what led to it; on a crowded card its name is cut as well, and stands whole in the thread. */
function shortText(condition: Condition, isCut = false): Text {
  const { evidence: _, earlier: __, owners: ___, sentBack: ____, ...now } = condition;
  return conditionText(now).map((span) =>
    span.kind === 'typed' && (isCut || !span.bold) ? { ...span, text: excerpt(span.text, GLANCE) } : span,
  );
}

function conditionPages(decision: Decision): Surface[] {
  if (!isLong(decision)) return [];
  const pages: Condition[][] = [];
  let letters = 0;
  for (const one of decision.conditions) {
    letters += lettersOf(one);
    if (pages.length === 0 || letters > PAGE) {
      pages.push([one]);
      letters = lettersOf(one);
    } else pages.at(-1)!.push(one);
  }
  return pages.map((page, index) => ({
    key: `conditions-${index + 1}`,
    to: decision.channel,
    under: 'decision',
    card: { title: text`Conditions in full, ${index + 1} of ${pages.length}`, parts: [items(page.map(conditionText))] },
  }));
}

function conditionText(condition: Condition): Text {
  const { measure, state, handedBack, dropped } = condition;
  if (dropped) return text`${strong(condition.text)}: left out by ${person(dropped.by)}: “${typed(dropped.reason)}”.`;
  if (state === 'unassigned')
    return text`${strong(condition.text)}: ${conditionState(condition)}.${handedBack && text` ${person(handedBack.by)} handed it back: “${typed(handedBack.reason)}”.`}`;
  const { evidence, earlier = [], owners = [], sentBack } = condition;
  const moved = earlier.at(-1);
  const gave = owners.at(-1);
  return joined([
    text`${strong(condition.text)}: ${conditionState(condition)}. Measured by “${typed(measure!)}”.`,
    evidence && text` Done: “${typed(evidence.text)}”${evidence.link && text` (${typed(evidence.link)})`}.`,
    sentBack && state === 'accepted' && text` Sent back by ${person(sentBack.by)}: “${typed(sentBack.reason)}”.`,
    moved && text` First due ${list(earlier.map((one) => text`${one.due}`))}; moved by ${person(moved.by)}: “${typed(moved.reason)}”.`,
    gave && text` Before with ${people(owners.map((one) => one.owner))}; given on by ${person(gave.by)}: “${typed(gave.reason)}”.`,
  ]);
}

function sponsorCard(decision: Decision, id: FlowId): Card {
  return {
    title: text`${bold(`${nameOf(id)} ${stateText(decision)}: `)}${matterOf(decision)}`,
    parts: [
      said(decision.why),
      ...(decision.rationale ? [said(text`${bold('Rationale: ')}${typed(decision.rationale.text)}`)] : []),
      ...(decision.conditions.length > 0 ? [heading(conditionsTitle(decision)), items(conditionLines(decision))] : []),
      note(text`You get this as the sponsor of ${typed(decision.initiative.name)}. Review: ${day(decision.reviewAt)}.`),
    ],
  };
}

/** What the initiative's own channel hears, where the committee decides in another one. */
function teamCard(decision: Decision, id: FlowId): Card {
  const { outcome, initiative, body, why, rationale, conditions, supersededBy } = decision;
  return {
    title: text`${bold(`${nameOf(id)} ${stateText(decision)}: `)}${matterOf(decision)}`,
    tone: outcome === 'GO' ? 'good' : outcome === 'NO-GO' ? 'bad' : 'warning',
    parts: [
      ...(supersededBy ? [said(text`${bold(`Superseded by ${nameOf(supersededBy)}.`)}`)] : []),
      said(text`${ping(initiative.owner)}, ${typed(body)} has decided. ${why}`),
      ...(rationale ? [said(text`${bold('Rationale: ')}${typed(rationale.text)}`)] : []),
      ...(conditions.length > 0 ? [heading(conditionsTitle(decision)), items(conditionLines(decision))] : []),
      ...followParts(decision),
      note(text`Decided in ${channel(decision.channel)}, ${minute(decision.decidedAt)}. Review: ${day(decision.reviewAt)}.`),
    ],
  };
}

/** A final GO sets going what is asked again and again. */
const followParts = (decision: Decision): Part[] => {
  const { finalAt, outcome, initiative, supersededBy } = decision;
  return finalAt !== undefined && outcome !== 'NO-GO' && !supersededBy && isGoNoGo(decision)
    ? [said(text`From now on ${channel(initiative.channel)} is asked how retraining, evangelism and optimization go.`)]
    : [];
};

function finalCard(decision: Decision, id: FlowId): Card {
  return {
    title: text`${bold(`${nameOf(id)} is final: `)}${typed(decision.initiative.name)}`,
    tone: 'good',
    parts: [
      said(
        text`${decision.conditions.length === 1 ? 'Its condition' : 'Every condition'} ${isAnyLeftOut(decision) ? 'was accepted by its owner or left out by the chair' : 'has an owner who accepted it'}.`,
      ),
      items(conditionLines(decision)),
    ],
  };
}

function allMetCard(decision: Decision, id: FlowId): Card {
  const one = conditionsKept(decision).length === 1;
  return {
    title: text`${bold(`${nameOf(id)} ${stateText(decision)}: `)}${typed(decision.initiative.name)}`,
    tone: 'good',
    parts: [
      said(text`${one ? 'Its condition is' : 'Every condition is'} met, as ${person(chairOf(decision))} found.`),
      items(conditionLines(decision)),
    ],
  };
}

/** At its date, or before it because a condition was not met by its own. */
function reviewCard(decision: Decision, id: FlowId, early: boolean): Card {
  const { decidedAt, rationale, conditions, reviewEarly, reviewer, initiative } = decision;
  const missed = early && conditions.find((one) => one.key === reviewEarly!.key);
  return {
    title: text`${nameOf(id)} is ${early ? 'to be looked at again' : 'due for review'}: ${typed(initiative.name)}`,
    ...(early ? { tone: 'warning' as const } : {}),
    parts: [
      said(
        missed
          ? text`Opened because “${typed(missed.text)}” was not met by ${reviewEarly!.due}. ${ping(reviewer ?? initiative.owner)}, does this decision still hold? A new vote supersedes it.`
          : text`${ping(reviewer ?? initiative.owner)}, the committee wanted to look at this decision again today. Does it still hold? A new vote supersedes it.`,
      ),
      said(text`${bold(stateText(decision))}, ${day(decidedAt)}.${rationale && text` ${bold('Rationale: ')}${typed(rationale.text)}`}`),
      ...(conditions.length > 0 ? [heading('Its conditions: are they met?'), items(conditionLines(decision))] : []),
    ],
    buttons: [
      ...(decision.judged?.length && reviewer ? [button('What came true?', id, 'calibrate', { style: 'primary' })] : []),
      button('Re-open the vote', id, 'reopen'),
    ],
  };
}
