import { type Card, facts, note, type Part, said } from '../../src/card.ts';
import type { Surface } from '../../src/flow.ts';
import { type FlowId, numberOf } from '../../src/id.ts';
import { day, list, minute, person, type Text, text, typed } from '../../src/text.ts';
import { evidenceFacts, withoutText } from '../vote/evidence.ts';
import { contestFacts } from './contest-cards.ts';
import { type Decision, nameOf } from './state.ts';

/**
 * So many letters stand on a decision's card, whatever they are: Teams takes 28 KB, and a letter of most scripts is three bytes.
 * What is more stands in the thread.
 */
const ROOM = 8500;

/** Names of each kind that stand in one message; the vote's thread has them all. */
const SOME = 30;
const FEW = 12;

/** Of a longer explanation only that there is one stands on a crowded card. */
const GLANCE = 800;

type Fact = readonly [label: string, value: Text] | false;

/** Too much for one message. */
export const isCrowded = ({ title, parts }: Pick<Card, 'title' | 'parts'>): boolean =>
  lettersIn(title) + parts.reduce((sum, part) => sum + lettersOfPart(part), 0) > ROOM;

/** What stands below the conditions: who decided, on what was known, and what came after. */
export function recordParts(decision: Decision): Part[] {
  const without = withoutText(decision.evidence);
  return [
    facts(decided(decision), ...named(decision, SOME), ...evidenceFacts(decision.evidence), ...since(decision)),
    ...(without ? [said(without)] : []),
  ];
}

/** The same in numbers, where it is too much. */
export function briefRecordParts(decision: Decision): Part[] {
  const { quorum, byDeputy = [], dissent, recused } = decision;
  const counted = [
    text`${quorum.present} of ${quorum.base}`,
    ...(byDeputy.length > 0 ? [text`${byDeputy.length} by deputies`] : []),
    ...(recused.length > 0 ? [text`${recused.length} recused`] : []),
    ...(dissent.length > 0 ? [text`${dissent.length} dissenting`] : []),
  ];
  return [facts(decided(decision), ['Voted', list(counted)], ...since(decision)), note(text`Names and evidence stand in the thread.`)];
}

export const briefWhy = ({ why }: Decision): Part =>
  said(lettersIn(why) <= GLANCE ? why : text`Why it came out so, with the numbers of each criterion, stands in the thread.`);

/** What a crowded card leaves to its thread. */
export function recordPages(decision: Decision, id: FlowId): Surface[] {
  const without = withoutText(decision.evidence);
  const page = (key: string, title: string, parts: readonly Part[]): Surface => ({
    key,
    to: decision.channel,
    under: 'decision',
    card: { title: text`${nameOf(id)}: ${title}`, parts },
  });
  return [
    page('record-why', 'why', [said(decision.why), ...(without ? [said(without)] : [])]),
    page('record-names', 'who decided', [
      facts(...named(decision, FEW)),
      note(text`All names stand in the thread of vote ${numberOf(decision.vote)}.`),
    ]),
    ...(decision.evidence ? [page('record-evidence', 'what was known', [facts(...evidenceFacts(decision.evidence))])] : []),
  ];
}

const decided = ({ decidedAt, body }: Decision): Fact => ['Decided', text`${minute(decidedAt)} by ${typed(body)}`];

const named = ({ quorum, voted, byDeputy = [], dissent, recused }: Decision, most: number): Fact[] => [
  ['Voted', text`${quorum.present} of ${quorum.base}: ${some(voted.map(person), most)}`],
  byDeputy.length > 0 && [
    'By deputies',
    some(
      byDeputy.map((one) => text`${person(one.person)} (by ${person(one.deputy)})`),
      most,
    ),
  ],
  dissent.length > 0 && ['Dissent', some(dissent.map(person), most)],
  recused.length > 0 && ['Recused', some(recused.map(person), most)],
];

function since(decision: Decision): Fact[] {
  const { reviewAt, supersedes, chairLeft, chair, initiative } = decision;
  return [
    ['Review', day(reviewAt)],
    supersedes.length > 0 && ['Supersedes', text`${supersedes.map(nameOf).join(', ')}`],
    !!chairLeft && ['Chair', text`${person(chair)} has left; the sponsor ${person(initiative.sponsor)} acts in their place`],
    ...contestFacts(decision),
  ];
}

function some(names: readonly Text[], most: number): Text {
  return names.length <= most ? list(names) : text`${list(names.slice(0, most))} and ${names.length - most} more`;
}

/** A name may be as long as any; what surrounds a span counts, too. */
const lettersIn = (said: Text): number => said.reduce((sum, span) => sum + 20 + ('text' in span ? span.text.length : 80), 0);

function lettersOfPart(part: Part): number {
  switch (part.kind) {
    case 'text':
    case 'heading':
    case 'note':
      return lettersIn(part.text);
    case 'list':
      return part.items.reduce((sum, item) => sum + lettersIn(item), 0);
    case 'facts':
      return part.facts.reduce((sum, { value }) => sum + 80 + lettersIn(value), 0);
    case 'picture':
    case 'buttons':
      return 0;
  }
}
