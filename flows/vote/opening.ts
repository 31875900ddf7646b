import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Moment, type Refused, refused, type Step } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import type { FlowId, PersonId } from '../../src/id.ts';
import type { Derived, Need } from '../../src/record.ts';
import { daysLater } from '../../src/zone.ts';
import { minute, text, typed } from '../../src/text.ts';
import { quorumField, ruleFields, rulesIn } from '../body/body.ts';
import { currentSet } from '../criteria/go-no-go.ts';
import { initiativeMeant } from '../initiative/meant.ts';
import { quorumOf, quorumText } from '../rules/quorum.ts';
import { choiceOf, type Rule, type RuleChoice } from '../rules/rule.ts';
import { type EvidenceFacts, evidenceNeeds, evidenceOn, explained, lackHint } from './evidence.ts';
import type { Vote } from './state.ts';

export interface OpeningFacts extends EvidenceFacts {
  initiatives: readonly Derived['initiatives'][];
  bodies: readonly Derived['bodies'][];
  members: readonly Derived['members'][];
  votes: readonly Derived['votes'][];
  places?: readonly Derived['body_channels'][];
}

export const openingNeeds: readonly Need[] = [
  { as: 'initiatives', rows: 'initiatives', order: ['name', 'asc'] },
  { as: 'bodies', rows: 'bodies', order: ['name', 'asc'] },
  { as: 'members', rows: 'members' },
  { as: 'places', rows: 'body_channels' },
  { as: 'votes', rows: 'votes', where: { phase: 'open' } },
  ...evidenceNeeds,
];

/** The longest that a vote stays open. */
const LONGEST = 90;

const terms = {
  deadline: field.moment('Closes at', { hint: 'In your own time zone. It closes earlier when all have voted.' }),
  ...ruleFields,
  quorum: quorumField,
  changes: field.check('Ballots may be changed until the close'),
};

const without = field
  .lines('Without a review or readiness check: why?', {
    hint: 'Only where one of them is missing. It is shown on the vote and on the decision.',
  })
  .optional();

/** Asks what to vote on, who votes and until when. `about` names the initiative. */
export function openingQuestion(about: string, moment: Moment, facts: OpeningFacts): Question | Refused {
  const { initiatives, bodies } = facts;
  const alive = initiatives.filter((one) => one.stage !== 'retired');
  if (alive.length === 0) return refused(text`There is no initiative yet to vote on. Register one first: /initiative`);
  if (bodies.length === 0) return refused(text`There is no committee yet that could vote. Set one up first: /offshoot committee`);
  const initiative = initiativeMeant(about, moment, alive, '/go-no-go');
  if ('refused' in initiative) return initiative;
  const open = about !== '' && initiative.one && facts.votes.some((vote) => vote.initiative === initiative.one!.id);
  if (open) return isOpenAlready(initiative.one!.name);
  const body = bodies[0]!;
  const one = initiative.one ?? (alive.length === 1 ? alive[0] : undefined);
  return {
    title: 'Open a go/no-go vote',
    submit: 'Open the vote',
    schema: z.object({
      initiative: field.flow('Initiative', alive),
      body: field.flow('Committee', bodies),
      channel: field.channel('Channel', { hint: 'Where the committee votes. Offshoot must be in it.' }),
      ...terms,
      without,
    }),
    hints: { without: one && lackHint(evidenceOn(one.id, facts, moment), one.name) },
    values: {
      initiative: one?.id,
      body: body.id,
      channel: moment.here?.channel ?? initiative.one?.channel,
      deadline: nextFullHour(daysLater(moment.zone, moment.at, 3)),
      ...choiceOf(body.rule as Rule),
      casting: body.casting === 1,
      quorum: body.quorum,
      changes: true,
    },
  };
}

const isOpenAlready = (name: string, at?: string): Refused =>
  refused(text`A vote on ${typed(name)} is open already. Wait for its close, or cancel it first.`, at);

export interface OpeningBrief extends Terms {
  initiative: FlowId;
  body: FlowId;
  channel: Vote['channel'];
  /** Why it opens without a review or a readiness check. */
  without?: string;
  /** Who started it where the clock opens it. */
  startedBy?: PersonId;
}

interface Terms {
  deadline: number;
  rule: RuleChoice | Rule;
  least?: number | undefined;
  casting?: boolean;
  quorum: string;
  changes: boolean;
}

/** Opens the vote: members and rule are copied, so that a later change of the committee holds for the next one. */
export function openVote(brief: OpeningBrief, moment: Moment, facts: OpeningFacts): Step<Vote> {
  const initiative = facts.initiatives.find((one) => one.id === brief.initiative);
  const body = facts.bodies.find((one) => one.id === brief.body);
  if (!initiative || initiative.stage === 'retired') return refused(text`This initiative is no longer there to vote on.`, 'initiative');
  if (!body) return refused(text`This committee is no longer there.`, 'body');
  if (facts.votes.some((vote) => vote.initiative === brief.initiative)) return isOpenAlready(initiative.name, 'initiative');
  const electors = facts.members.filter((member) => member.body === body.id).map((member) => member.person);
  const unfit = unfitTerms(brief, moment, electors);
  if (unfit) return unfit;
  const rules = rulesIn(brief, electors.length);
  if ('refused' in rules) return rules;
  const { id, name, owner, sponsor, channel } = initiative;
  const evidence = explained(evidenceOn(id, facts, moment), brief.without, name, moment);
  if ('refused' in evidence) return evidence;
  const also = (facts.places ?? []).filter((one) => one.body === body.id && one.channel !== brief.channel).map((one) => one.channel);
  return {
    state: {
      initiative: { id, name, owner, sponsor, channel },
      body: { id: body.id, name: body.name },
      channel: brief.channel,
      ...(also.length > 0 ? { also } : {}),
      electors,
      chair: body.chair,
      set: currentSet.id,
      ...read(brief, rules),
      opened: { by: moment.by ?? brief.startedBy ?? actor(moment), at: moment.at },
      evidence,
      voted: [],
      recused: [],
      nudged: [],
    },
    say: text`The vote on ${typed(name)} is open until ${minute(brief.deadline)}.`,
  };
}

/** Corrections before the first ballot: the terms, never the question or who votes. */
export function correctionQuestion(vote: Vote, moment: Moment): Question | Refused {
  return (
    mayCorrect(vote, moment) ?? {
      title: 'Correct the vote',
      submit: 'Correct',
      schema: z.object(terms),
      values: {
        deadline: vote.deadline,
        ...choiceOf(vote.rule),
        casting: vote.casting === true,
        quorum: quorumText(vote.quorum),
        changes: vote.changes,
      },
    }
  );
}

export function correct(vote: Vote, said: Terms, moment: Moment): Step<Vote> {
  const barred = mayCorrect(vote, moment) ?? unfitTerms(said, moment, vote.electors);
  if (barred) return barred;
  const rules = rulesIn(said, vote.electors.length);
  if ('refused' in rules) return rules;
  const { casting: _, ...rest } = vote;
  // The nudges are counted anew from the new deadline.
  return { state: { ...rest, ...read(said, rules), nudged: [] }, say: text`Corrected. The vote closes ${minute(said.deadline)}.` };
}

function mayCorrect(vote: Vote, moment: Moment): Refused | undefined {
  if (vote.closed || vote.cancelled) return refused(text`This vote is over, so it cannot be corrected.`);
  if (actor(moment) !== vote.opened.by) return refused(text`Only the one who opened the vote may correct it.`);
  if (vote.voted.length > 0 || vote.recused.length > 0)
    return refused(
      text`Members have acted on it already, so the vote cannot be corrected any more. Cancel it with a reason and open another one.`,
    );
  return undefined;
}

const read = ({ deadline, quorum, changes }: Terms, { rule, casting }: { rule: Rule; casting: boolean }) => ({
  deadline,
  rule,
  ...(casting ? { casting: true as const } : {}),
  quorum: quorumOf(quorum)!,
  changes,
});

function unfitTerms({ deadline, quorum }: Terms, moment: Moment, electors: readonly PersonId[]): Refused | undefined {
  if (deadline <= moment.at)
    return refused(text`That moment has passed. Choose one to come, at the latest in ${LONGEST} days.`, 'deadline');
  // What the clock brings was counted in the zone of a person: across a clock change there is an hour between.
  if (deadline > daysLater(moment.zone, moment.at, moment.by ? LONGEST : LONGEST + 1))
    return refused(text`A vote stays open for ${LONGEST} days at most. Choose an earlier moment.`, 'deadline');
  const asked = quorumOf(quorum)!;
  if (asked.kind === 'count' && asked.count > electors.length)
    return refused(text`The quorum is ${asked.count}, but only ${electors.length} members may vote.`, 'quorum');
  return undefined;
}

const nextFullHour = (at: number): number => Math.ceil(at / 3_600_000) * 3_600_000;
