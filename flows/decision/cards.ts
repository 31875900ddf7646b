import { button, type Button, type Card, facts, heading, items, note, type Part, said } from '../../src/card.ts';
import type { Surface } from '../../src/flow.ts';
import { type FlowId, numberOf } from '../../src/id.ts';
import { bold, channel, day, excerpt, list, minute, people, person, ping, type Text, text, typed } from '../../src/text.ts';
import { evidenceFacts, withoutText } from '../vote/evidence.ts';
import { type Condition, conditionsOpen, type Decision, isStanding } from './state.ts';

/** D-17. */
export const nameOf = (id: FlowId): string => `D-${numberOf(id)}`;

/** Names that stand on the card itself; the vote's thread has them all. */
const SOME = 30;

export function decisionSurfaces(decision: Decision, id: FlowId): readonly Surface[] {
  const surfaces: Surface[] = [
    { key: 'decision', to: decision.channel, card: decisionCard(decision, id), rank: 'result' },
    { key: 'sponsor', to: decision.initiative.sponsor, card: sponsorCard(decision, id), rank: 'result' },
  ];
  if (decision.initiative.channel !== decision.channel)
    surfaces.push({ key: 'team', to: decision.initiative.channel, card: teamCard(decision, id), rank: 'result' });
  surfaces.push(...conditionPages(decision));
  if (!isStanding(decision)) return surfaces;
  for (const condition of decision.conditions) {
    if (condition.state === 'proposed')
      surfaces.push({
        key: `ask ${condition.key} ${condition.proposals}`,
        to: condition.owner!,
        card: askCard(decision, id, condition),
        brief: true,
      });
    if (condition.handedBack && condition.state === 'unassigned')
      surfaces.push({
        key: `back ${condition.key} ${condition.proposals}`,
        to: decision.chair,
        card: backCard(decision, id, condition),
        brief: true,
      });
  }
  if (decision.finalAt && decision.conditions.length > 0)
    surfaces.push({ key: 'final', to: decision.channel, card: finalCard(decision, id), rank: 'result' });
  if (decision.reviewDue) surfaces.push({ key: `review ${decision.reviewAt}`, to: decision.channel, card: reviewCard(decision, id) });
  return surfaces;
}

/** The record as the channel sees it. */
export function decisionCard(decision: Decision, id: FlowId): Card {
  const { outcome, why, against, rationale, quorum, conditions, dissent, supersedes, evidence } = decision;
  const without = withoutText(evidence);
  return {
    title: text`${bold(`${nameOf(id)} ${outcome}: `)}${typed(decision.initiative.name)}`,
    tone: outcome === 'GO' ? 'good' : outcome === 'NO-GO' ? 'bad' : 'warning',
    parts: [
      ...(decision.supersededBy ? [said(text`${bold(`Superseded by ${nameOf(decision.supersededBy)}.`)}`)] : []),
      said(why),
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
          : text`${bold('Rationale: ')}not written yet; ${ping(decision.chair)} adds it.`,
      ),
      ...(conditions.length > 0 ? [heading(conditionsTitle(decision)), items(conditionLines(decision))] : []),
      facts(
        ['Decided', text`${minute(decision.decidedAt)} by ${typed(decision.body)}`],
        ['Voted', text`${quorum.present} of ${quorum.base}: ${some(decision.voted)}`],
        decision.byDeputy !== undefined && ['By deputies', byDeputies(decision.byDeputy)],
        dissent.length > 0 && ['Dissent', some(dissent)],
        decision.recused.length > 0 && ['Recused', some(decision.recused)],
        ...evidenceFacts(evidence),
        ['Review', day(decision.reviewAt)],
        supersedes.length > 0 && ['Supersedes', text`${supersedes.map(nameOf).join(', ')}`],
      ),
      ...(without ? [said(without)] : []),
      ...followParts(decision),
      note(text`Record of vote ${numberOf(decision.vote)}. Journal before it: ${decision.head.slice(0, 16)}`),
    ],
    buttons: isStanding(decision) ? chairButtons(decision, id) : [],
  };
}

function conditionsTitle(decision: Decision): string {
  const open = conditionsOpen(decision).length;
  if (open === 0) return `Conditions, each accepted by its owner${isAnyLeftOut(decision) ? ' or left out' : ''}`;
  return `Conditions: final when each is accepted by its owner (${decision.conditions.length - open} of ${decision.conditions.length})`;
}

const isAnyLeftOut = ({ conditions }: Decision): boolean => conditions.some((one) => one.state === 'dropped');

function chairButtons(decision: Decision, id: FlowId): Button[] {
  return [
    ...conditionsOpen(decision).map((condition) =>
      condition.state === 'unassigned'
        ? button(`Assign: ${condition.text}`, id, 'assign', { style: 'primary', about: condition.key })
        : button(`Assign anew: ${condition.text}`, id, 'assign', { about: condition.key }),
    ),
    ...conditionsOpen(decision)
      .filter((condition) => condition.optional)
      .map((condition) => button(`Leave out: ${condition.text}`, id, 'drop', { about: condition.key })),
    button(decision.rationale ? 'Edit the rationale' : 'Write the rationale', id, 'rationale'),
  ];
}

/** So many letters of measures and reasons stand on a card; more of them stand in full in its thread. */
const LONG = 5000;
const GLANCE = 200;

const isLong = ({ conditions }: Decision): boolean =>
  conditions.reduce((sum, { measure, handedBack, dropped }) => sum + [measure, handedBack?.reason, dropped?.reason].join('').length, 0) >
  LONG;

const conditionLines = (decision: Decision): readonly Text[] =>
  decision.conditions.map((condition) => {
    const line = conditionText(condition);
    return isLong(decision) ? line.map((span) => (span.kind === 'typed' ? { ...span, text: excerpt(span.text, GLANCE) } : span)) : line;
  });

function conditionPages(decision: Decision): Surface[] {
  const { conditions, channel } = decision;
  if (!isLong(decision)) return [];
  return Array.from({ length: Math.ceil(conditions.length / 4) }, (_, page) => ({
    key: `conditions-${page + 1}`,
    to: channel,
    under: 'decision',
    card: {
      title: text`Conditions in full, ${page + 1} of ${Math.ceil(conditions.length / 4)}`,
      parts: [items(conditions.slice(page * 4, page * 4 + 4).map(conditionText))],
    },
  }));
}

function conditionText(condition: Condition): Text {
  const { owner, due, measure, state, handedBack, dropped } = condition;
  if (dropped) return text`${bold(condition.text)}: left out by ${person(dropped.by)}: ${typed(dropped.reason)}`;
  if (state === 'unassigned')
    return text`${bold(condition.text)}: needs an owner.${handedBack && text` ${person(handedBack.by)} handed it back: ${typed(handedBack.reason)}`}`;
  return text`${bold(condition.text)}: ${person(owner!)}, due ${due}, ${state === 'accepted' ? 'accepted' : 'asked to accept'}. Measured by: ${typed(measure!)}`;
}

function askCard(decision: Decision, id: FlowId, condition: Condition): Card {
  return {
    title: text`A condition for you: ${condition.text}`,
    parts: [
      said(
        text`${typed(decision.body)} decided ${bold(decision.outcome)} on ${typed(decision.initiative.name)} (${nameOf(id)}). ${person(decision.chair)} asks you to see to this condition.`,
      ),
      facts(['Due', text`${condition.due}`], ['Measured by', typed(condition.measure!)]),
      note(text`The decision is final when each condition is accepted.`),
    ],
    buttons: [
      button('Accept', id, 'accept', { style: 'primary', about: condition.key }),
      button('Hand back', id, 'hand-back', { about: condition.key }),
    ],
  };
}

function backCard(decision: Decision, id: FlowId, condition: Condition): Card {
  return {
    title: text`Handed back: ${condition.text}`,
    parts: [
      said(
        text`${person(condition.handedBack!.by)} handed back a condition of ${nameOf(id)} on ${typed(decision.initiative.name)}: ${typed(condition.handedBack!.reason)}`,
      ),
    ],
    buttons: [button('Assign it anew', id, 'assign', { style: 'primary', about: condition.key })],
  };
}

function sponsorCard(decision: Decision, id: FlowId): Card {
  return {
    title: text`${bold(`${nameOf(id)} ${decision.outcome}: `)}${typed(decision.initiative.name)}`,
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
    title: text`${bold(`${nameOf(id)} ${outcome}: `)}${typed(initiative.name)}`,
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
const followParts = ({ finalAt, outcome, initiative, supersededBy }: Decision): Part[] =>
  finalAt !== undefined && outcome !== 'NO-GO' && !supersededBy
    ? [said(text`From now on ${channel(initiative.channel)} is asked how retraining, evangelism and optimization go.`)]
    : [];

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

function reviewCard(decision: Decision, id: FlowId): Card {
  const { outcome, decidedAt, rationale, conditions } = decision;
  return {
    title: text`${nameOf(id)} is due for review: ${typed(decision.initiative.name)}`,
    parts: [
      said(
        text`${ping(decision.initiative.owner)}, the committee wanted to look at this decision again today. Does it still hold? A new vote supersedes it.`,
      ),
      said(text`${bold(outcome)}, ${day(decidedAt)}.${rationale && text` ${bold('Rationale: ')}${typed(rationale.text)}`}`),
      ...(conditions.length > 0 ? [heading('Its conditions: are they met?'), items(conditionLines(decision))] : []),
    ],
    buttons: [button('Open a new vote', 'vote', 'open', { style: 'primary', about: decision.initiative.id })],
  };
}

function byDeputies(all: NonNullable<Decision['byDeputy']>): Text {
  const shown = all.slice(0, SOME).map((one) => text`${person(one.person)} (by ${person(one.deputy)})`);
  return list([...shown, ...(all.length > SOME ? [text`${all.length - SOME} more`] : [])]);
}

function some(who: Decision['voted']): Text {
  return who.length <= SOME ? people(who) : list([people(who.slice(0, SOME)), text`and ${who.length - SOME} more`]);
}
