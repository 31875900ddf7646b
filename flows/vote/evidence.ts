import { type Moment, type Refused, refused } from '../../src/flow.ts';
import type { FlowId } from '../../src/id.ts';
import type { Need } from '../../src/need.ts';
import type { Derived } from '../../src/record.ts';
import { bold, day, excerpt, list, type Text, text, typed } from '../../src/text.ts';
import { localOf } from '../../src/zone.ts';
import { ETHICS } from '../criteria/ethics.ts';
import { roadblockLine } from '../roadblock/cards.ts';
import type { Proposal } from '../review/proposals.ts';

/** What was known of the initiative when its vote opened: copied then, so that what is found later changes nothing of it. */
export interface Evidence {
  /** The moment of the opening, at which ages are counted. */
  at: number;
  /** The latest pilot review that was posted. */
  review?: Pick<Derived['reviews'], 'id' | 'recommended' | 'technical' | 'business'> & {
    verdict: string;
    decidedAt: number;
    /** The conditions that a GO takes over. */
    proposals: readonly Proposal[];
  };
  /** The latest readiness check that was finished. */
  readiness?: { id: FlowId; met: number; unmet: number; notApplicable: number; finishedAt: number };
  /** Actions of the initiative whose day had passed. */
  overdue: number;
  /** Messages and links that were put in as evidence. */
  put: number;
  /** The latest ethics review that was answered. */
  ethics?: Pick<Derived['ethics_reviews'], 'id' | 'in_order' | 'amiss' | 'unsure'> & { finishedAt: number };
  /** Roadblocks that were not resolved: open, or accepted as manageable. */
  roadblocks?: readonly Derived['roadblocks'][];
  /** Why it opened without a review or a readiness check. */
  without?: string;
}

export interface EvidenceFacts {
  reviews: readonly Derived['reviews'][];
  checks: readonly Derived['readiness_checks'][];
  actions?: readonly Derived['actions'][];
  evidence?: readonly Derived['evidence'][];
  ethics?: readonly Derived['ethics_reviews'][];
  roadblocks?: readonly Derived['roadblocks'][];
}

/** So many of the newest are looked through for a hint while it is not yet known which initiative is meant. */
const NEWEST = 200;

/** Newest first, of one initiative; as long as it is not known which, of the newest of all, and only for the hint of what is missing. */
export function evidenceNeeds(initiative: FlowId | undefined): readonly Need[] {
  const of = initiative === undefined ? {} : { initiative };
  const most = initiative === undefined ? { limit: NEWEST } : {};
  return [
    { as: 'reviews', rows: 'reviews', where: { ...of, state: 'posted' }, order: ['decided_at', 'desc'], ...most },
    { as: 'checks', rows: 'readiness_checks', where: { ...of, state: 'done' }, order: ['finished_at', 'desc'], ...most },
    ...(initiative === undefined
      ? []
      : [
          { as: 'actions', rows: 'actions', where: { initiative, state: 'open' } } as const,
          { as: 'evidence', rows: 'evidence', where: { initiative } } as const,
          { as: 'ethics', rows: 'ethics_reviews', where: { initiative, state: 'done' }, order: ['finished_at', 'desc'] } as const,
          {
            as: 'roadblocks',
            rows: 'roadblocks',
            where: { initiative, state: ['open', 'accepted'] },
            order: ['raised_at', 'desc'],
          } as const,
        ]),
  ];
}

/** How many roadblocks stand on a vote; the newest. */
const SHOWN = 5;

/** Older than so many days, evidence is stale (decision framework, readiness). */
const STALE = 60;

/** What a readiness check that another flow starts together with the vote cannot have found yet. */
const STARTING = 'The readiness check starts together with this vote.';

/** Gathers the evidence at the opening. "Today" is the day in the zone of who opens the vote. */
export function evidenceOn(initiative: FlowId, facts: EvidenceFacts, moment: Moment): Evidence {
  const review = facts.reviews.find((one) => one.initiative === initiative);
  const check = facts.checks.find((one) => one.initiative === initiative);
  const ethics = facts.ethics?.find((one) => one.initiative === initiative);
  const roadblocks = (facts.roadblocks ?? []).filter((one) => one.initiative === initiative).slice(0, SHOWN);
  const today = localOf(moment.zone, moment.at).date;
  return {
    at: moment.at,
    ...(review ? { review: reviewed(review) } : {}),
    ...(check ? { readiness: checked(check) } : {}),
    ...(ethics ? { ethics: examined(ethics) } : {}),
    ...(roadblocks.length > 0 ? { roadblocks } : {}),
    overdue: (facts.actions ?? []).filter((one) => one.initiative === initiative && one.due !== null && one.due < today).length,
    put: (facts.evidence ?? []).filter((one) => one.initiative === initiative).length,
  };
}

/** The vote with a readiness check that was finished while it is open, as one that began together with it is. */
export function informed<Open extends { evidence?: Evidence }>(vote: Open, [check]: EvidenceFacts['checks'] = []): Open {
  const { evidence } = vote;
  if (!evidence || !check || check.finished_at! < evidence.at || check.id === evidence.readiness?.id) return vote;
  return { ...vote, evidence: { ...evidence, readiness: checked(check) } };
}

/** What `informed` needs to know. */
export const finishedCheck = (initiative: FlowId): Need => ({
  as: 'checks',
  rows: 'readiness_checks',
  where: { initiative, state: 'done' },
  order: ['finished_at', 'desc'],
  limit: 1,
});

/** The evidence with the opener's reason. A person who opens a vote without a review or a readiness check gives one; a stale one is one. */
export function explained(evidence: Evidence, said: string | undefined, name: string, moment: Moment): Evidence | Refused {
  const lacking = lacks(evidence);
  const without = said ?? (lacking.length > 0 && !moment.by ? STARTING : undefined);
  if (without !== undefined) return { ...evidence, without };
  if (lacking.length === 0) return evidence;
  const commands = lacking.map((one) => text`${COMMANDS[one]} ${typed(name)}`);
  return refused(
    text`There is no ${lacking.join(' and no ')} of ${typed(name)}. Start ${lacking.length === 1 ? 'it' : 'them'} with ${commands[0]}${commands[1] && text` and ${commands[1]}`}, or say here why the vote opens without, like “The pilot was reviewed on paper”.`,
    'without',
  );
}

/** What is missing, said beside the reason's field. */
export function lackHint(evidence: Evidence, name: string): string | undefined {
  const lacking = lacks(evidence);
  return lacking.length === 0 ? undefined : `For ${name} there is no ${lacking.join(' and no ')} yet.`;
}

/** The evidence as lines of a card, each with its date, and its age when the vote opened. */
export function evidenceFacts(evidence: Evidence | undefined): readonly (readonly [label: string, value: Text] | false)[] {
  if (!evidence) return [];
  const { at, review, readiness, ethics, roadblocks = [], overdue, put } = evidence;
  return [
    !!review && ['Pilot review', reviewText(review, at)],
    !!readiness && ['Readiness', readinessText(readiness, at)],
    !!ethics && ['Ethics review', ethicsText(ethics, at)],
    roadblocks.length > 0 && ['Roadblocks', list(roadblocks.map(roadblockLine), '; ')],
    overdue > 0 && ['Overdue', text`${overdue} ${overdue === 1 ? 'action' : 'actions'} when the vote opened`],
    put > 0 && ['Evidence', text`${put} ${put === 1 ? 'piece' : 'pieces'} put in`],
  ];
}

/** What the committee commits to with a GO; undefined when the review proposes nothing. */
export function takenOver(evidence: Evidence | undefined): Text | undefined {
  const proposals = evidence?.review?.proposals ?? [];
  if (proposals.length === 0) return undefined;
  return text`${bold('A go takes over from the review, as ')}${bold(proposals.length === 1 ? 'a condition: ' : 'conditions: ')}${list(proposals.map((one) => text`“${one.text}”`))}.`;
}

/** The opener's reason for a vote without a review or a readiness check. */
export function withoutText(evidence: Evidence | undefined): Text | undefined {
  if (evidence?.without === undefined) return undefined;
  const lacking = lacks(evidence);
  const label = lacking.length > 0 ? `Opened without a ${lacking.join(' and a ')}: ` : 'Said at the opening: ';
  return text`${bold(label)}${typed(evidence.without)}`;
}

/** What the answers recommend instead of SCALE; undefined when a GO would not go against them. */
export function recommendedInstead({ review }: Evidence): string | undefined {
  if (!review?.proposals.some((one) => one.against)) return undefined;
  return review.recommended === 'SCALE' ? 'SCALE barred by red flags' : review.recommended!;
}

type Lack = keyof typeof COMMANDS;

const COMMANDS = { 'posted pilot review': '/pilot-review', 'finished readiness check': '/readiness' } as const;

const lacks = ({ review, readiness }: Evidence): Lack[] => [
  ...(review ? [] : ['posted pilot review' as const]),
  ...(readiness ? [] : ['finished readiness check' as const]),
];

const reviewed = ({ id, verdict, recommended, decided_at, technical, business, proposals }: Derived['reviews']) => ({
  id,
  verdict: verdict!,
  recommended,
  decidedAt: decided_at!,
  technical,
  business,
  proposals: JSON.parse(proposals) as Proposal[],
});

const checked = ({ id, met, unmet, not_applicable, finished_at }: Derived['readiness_checks']) => ({
  id,
  met,
  unmet,
  notApplicable: not_applicable,
  finishedAt: finished_at!,
});

function reviewText({ verdict, recommended, technical, business, decidedAt }: NonNullable<Evidence['review']>, at: number): Text {
  const scores = technical !== null && business !== null && ` Technical performance ${technical}, business impact ${business} of 100.`;
  const against = recommended !== null && recommended !== verdict && ` The answers recommended ${recommended}.`;
  return text`${bold(verdict)}, ${day(decidedAt)}, ${age(decidedAt, at)}.${scores}${against}`;
}

const readinessText = ({ met, unmet, notApplicable, finishedAt }: NonNullable<Evidence['readiness']>, at: number): Text =>
  text`${met} met, ${unmet} not met${notApplicable > 0 && `, ${notApplicable} not applicable`}, ${day(finishedAt)}, ${age(finishedAt, at)}.`;

const examined = ({ id, in_order, amiss, unsure, finished_at }: Derived['ethics_reviews']) => ({
  id,
  in_order,
  amiss,
  unsure,
  finishedAt: finished_at!,
});

const ethicsText = ({ in_order, amiss, unsure, finishedAt }: NonNullable<Evidence['ethics']>, at: number): Text =>
  text`${in_order} of ${ETHICS.length} in order${amiss && `, not in order: ${amiss}`}${unsure && `, unsure: ${unsure}`}, ${day(finishedAt)}, ${age(finishedAt, at)}.`;

/** What a member is shown beside the criteria that these speak to, as they stood when the vote opened. */
export function evidenceHints(evidence: Evidence | undefined): Readonly<Record<string, string | undefined>> {
  const { ethics, roadblocks = [] } = evidence ?? {};
  const open = roadblocks.filter((one) => one.state === 'open');
  return {
    safety: ethics && `Ethics review: ${ethics.in_order} of ${ETHICS.length} in order${ethics.amiss && `, not in order: ${ethics.amiss}`}.`,
    resistance:
      open.length === 0
        ? undefined
        : `${open.length === 1 ? 'One roadblock' : `${open.length} roadblocks`} open: ${excerpt(open.map((one) => one.what).join('; '), 200)}`,
  };
}

function age(then: number, at: number): string {
  if (then > at) return 'finished while the vote was open';
  const days = Math.floor((at - then) / 86_400_000);
  const old = days === 0 ? 'less than a day old' : days === 1 ? '1 day old' : `${days} days old`;
  return days > STALE ? `stale when the vote opened (${old})` : `${old} when the vote opened`;
}
