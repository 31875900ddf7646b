import { z } from 'zod';
import * as field from '../../src/field.ts';
import { type Moment, type Refused, refused, type Step } from '../../src/flow.ts';
import { MAX, type Question, type Raw } from '../../src/form.ts';
import { type FlowId, isFlowId, type PersonId } from '../../src/id.ts';
import type { MemberProfile, Need, Readable } from '../../src/need.ts';
import type { Derived } from '../../src/record.ts';
import { daysLater } from '../../src/zone.ts';
import { minute, text, typed } from '../../src/text.ts';
import { rulesIn } from '../body/body.ts';
import type { Criterion } from '../criteria/go-no-go.ts';
import { type Asking, builtIn, needsSubject } from '../criteria/sets.ts';
import { initiativeMeant } from '../initiative/meant.ts';
import { choiceOf, type Rule } from '../rules/rule.ts';
import { convened, electorsOf } from './convening.ts';
import { type Evidence, type EvidenceFacts, evidenceNeeds, evidenceOn, explained, lackHint } from './evidence.ts';
import { presetIn, splitSaid } from './preset.ts';
import { RANKING } from './ranking.ts';
import { isRankingBrief, openRanking, type RankingBrief, rankingNeeds, rankingQuestion } from './ranking-opening.ts';
import { isSameQuestion, type Vote } from './state.ts';
import { nextFullHour, type Terms, terms, termsOf, unfitTerms } from './terms.ts';
import { type SeatFacts, unseenText } from './unseen.ts';

export interface OpeningFacts extends EvidenceFacts, SeatFacts {
  initiatives: readonly Derived['initiatives'][];
  bodies: readonly Derived['bodies'][];
  members: readonly Derived['members'][];
  votes: readonly Derived['votes'][];
  /** A workspace's own questions, which stand beside the built-in ones or in their place. */
  templates?: readonly Derived['templates'][];
  places?: readonly Derived['body_channels'][];
  /** Of those that are to be ranked, the newest first. */
  ratings?: readonly Derived['ratings'][];
  /** The members of the committee that is to vote, and where it is to, as far as they are known. */
  profiles?: readonly MemberProfile[];
  rooms?: readonly Readable['channels'][];
}

/** The answers or what another flow gives say which initiative it is; before there are any, `about` may name it by its id. */
export const openingNeeds = (
  about: string,
  _: Moment,
  brief?: { initiative?: unknown; question?: string },
  answers?: Raw,
): readonly Need[] => [
  { as: 'initiatives', rows: 'initiatives', order: ['name', 'asc'] },
  { as: 'bodies', rows: 'bodies', order: ['name', 'asc'] },
  { as: 'members', rows: 'members' },
  { as: 'places', rows: 'body_channels' },
  { as: 'votes', rows: 'votes', where: { phase: 'open' } },
  { as: 'templates', rows: 'templates', where: { state: 'current' }, order: ['name', 'asc'] },
  ...placedNeeds((answers ?? brief) as { body?: unknown; channel?: unknown } | undefined),
  ...(presetIn(about).question === RANKING || brief?.question === RANKING
    ? rankingNeeds(answers ?? brief)
    : evidenceNeeds(idIn((answers ?? brief)?.initiative) ?? idIn(presetIn(about).said.split(' ')[0]))),
];

function placedNeeds(said: { body?: unknown; channel?: unknown } = {}): readonly Need[] {
  const body = idIn(said.body);
  const room = idIn(said.channel);
  return [
    ...(body
      ? ([
          { as: 'profiles', rows: 'member_profiles', where: { body } },
          { as: 'seats', rows: 'member_seats', where: { body } },
          // Among the answers a messenger's channel is not yet known by its id here.
          { as: 'channelSeats', rows: 'channel_seats' },
        ] as const)
      : []),
    ...(room ? [{ as: 'rooms', rows: 'channels', where: { id: room } } as const] : []),
  ];
}

const idIn = (said: unknown): FlowId | undefined => (typeof said === 'string' && isFlowId(said) ? said : undefined);

const without = field
  .lines('Without a review or readiness check: why?', {
    hint: 'Only where one of them is missing. It is shown on the vote and on the decision.',
  })
  .optional();

/** Asks what to vote on, who votes and until when. `about` names the initiative, or presets a question (preset.ts). */
export function openingQuestion(about: string, moment: Moment, facts: OpeningFacts): Question | Refused {
  const { initiatives, bodies } = facts;
  const alive = initiatives.filter((one) => one.stage !== 'retired');
  if (alive.length === 0) return refused(text`There is no initiative yet to vote on. Register one first: /initiative`);
  if (bodies.length === 0) return refused(text`There is no committee yet that could vote. Set one up first: /offshoot committee`);
  const all = askings(facts);
  const { question = 'go-no-go', said } = presetIn(about);
  if (question === RANKING) return rankingQuestion(said, moment, alive, facts);
  const asked = all.find(({ name }) => name === question);
  if (!asked)
    return refused(text`There is no question called “${typed(question)}” any more. Choose one of those that there are: /go-no-go`);
  const named: ReturnType<typeof splitSaid> =
    question === 'go-no-go' ? initiativeMeant(said, moment, alive, '/go-no-go') : splitSaid(said, moment, alive, `/offshoot ${question}`);
  if ('refused' in named) return named;
  const subject = named.subject?.slice(0, MAX.name);
  const already = said !== '' && named.one && openAlready(facts, { initiative: named.one.id, question, subject });
  if (already) return isOpenAlready(asked, named.one!.name, subject);
  const body = bodies[0]!;
  const one = named.one ?? (alive.length === 1 ? alive[0] : undefined);
  return {
    title: question === 'go-no-go' ? 'Open a go/no-go vote' : 'Open a vote',
    submit: 'Open the vote',
    schema: z.object({
      initiative: field.flow('Initiative', alive),
      question: field.choice('Question', Object.fromEntries(all.map(({ name, title }) => [name, title]))).default('go-no-go'),
      subject: field.name('Which one', { hint: 'For a gate or a change: which wave, which change, like “wave 2”.' }).optional(),
      body: field.flow('Committee', bodies),
      channel: field.channel('Channel', { hint: 'Where the committee votes. Offshoot must be in it.' }),
      ...terms,
      without,
    }),
    hints: { without: question === 'go-no-go' && one ? lackHint(evidenceOn(one.id, facts, moment), one.name) : undefined },
    values: {
      initiative: one?.id,
      question,
      subject,
      body: body.id,
      channel: moment.here?.channel ?? named.one?.channel,
      deadline: nextFullHour(daysLater(moment.zone, moment.at, 3)),
      ...choiceOf(body.rule as Rule),
      casting: body.casting === 1,
      quorum: body.quorum,
      openness: 'open',
      changes: true,
    },
  };
}

/** Everything that can be asked. */
function askings({ templates = [] }: OpeningFacts): readonly Asking[] {
  const own = templates.map(({ name, title, version, criteria }) => ({
    name,
    title,
    own: true as const,
    set: { id: `${name}/${version}`, criteria: JSON.parse(criteria) as Criterion[] },
  }));
  return [
    ...builtIn.map((one) => own.find(({ name }) => name === one.name) ?? one),
    ...own.filter(({ name }) => !builtIn.some((one) => one.name === name)),
  ];
}

const isOpenAlready = ({ name, title }: Asking, initiative: string, subject: string | undefined, at?: string): Refused =>
  name === 'go-no-go'
    ? refused(text`A vote on ${typed(initiative)} is open already. Wait for its close, or cancel it first.`, at)
    : refused(
        text`A vote “${typed(title)}${subject !== undefined && text`, ${typed(subject)}`}” on ${typed(initiative)} is open already. Wait for its close, or cancel it first.`,
        at,
      );

/** The same question of the same initiative and subject is asked once at a time. */
const openAlready = ({ votes }: OpeningFacts, asked: { initiative: FlowId; question: string; subject: string | undefined }): boolean =>
  votes.some((vote) => vote.initiative === asked.initiative && isSameQuestion(vote, asked));

export interface OpeningBrief extends Terms {
  initiative: FlowId;
  body: FlowId;
  /** The question's name; a go/no-go where nothing is said. */
  question?: string;
  /** Which wave, which change. */
  subject?: string;
  channel: Vote['channel'];
  /** Why it opens without a review or a readiness check. */
  without?: string;
  /** Who started it where the clock opens it. */
  startedBy?: PersonId;
  /** The vote whose decision is voted on again, and why. */
  reopens?: FlowId;
  reason?: string;
}

/** Opens the vote. */
export function openVote(given: OpeningBrief | RankingBrief, moment: Moment, facts: OpeningFacts): Step<Vote> {
  if (isRankingBrief({ ...given })) return openRanking(given as RankingBrief, moment, facts);
  const brief = given as OpeningBrief;
  const initiative = facts.initiatives.find((one) => one.id === brief.initiative);
  const body = facts.bodies.find((one) => one.id === brief.body);
  if (!initiative || initiative.stage === 'retired') return refused(text`This initiative is no longer there to vote on.`, 'initiative');
  if (!body) return refused(text`This committee is no longer there.`, 'body');
  const { question = 'go-no-go', subject } = brief;
  const asked = askings(facts).find((one) => one.name === question);
  if (!asked) return refused(text`This question is no longer there. Choose another one.`, 'question');
  if (subject === undefined && needsSubject(question))
    return refused(text`Say which one it is, like “${question === 'gate' ? 'wave 2' : 'new threshold'}”.`, 'subject');
  if (subject !== undefined && question === 'go-no-go')
    return refused(text`A go/no-go is about the initiative as a whole: leave this empty, or choose a gate or a change above.`, 'subject');
  if (openAlready(facts, { initiative: initiative.id, question, subject }))
    return isOpenAlready(asked, initiative.name, subject, subject === undefined ? 'initiative' : 'subject');
  const electors = electorsOf(body, facts);
  const unfit = unfitTerms(brief, moment, electors);
  if (unfit) return unfit;
  const rules = rulesIn(brief, electors.length);
  if ('refused' in rules) return rules;
  const { id, name, owner, sponsor, channel } = initiative;
  const evidence = evidenceFor(question, evidenceOn(id, facts, moment), brief, name, moment);
  if (evidence && 'refused' in evidence) return evidence;
  return {
    state: {
      initiative: { id, name, owner, sponsor, channel },
      ...convened(body, brief, moment, facts),
      set: asked.set.id,
      ...(asked.own ? { criteria: asked.set.criteria, title: asked.title } : {}),
      ...(subject === undefined ? {} : { subject }),
      ...termsOf(brief, rules),
      ...(evidence ? { evidence } : {}),
    },
    say: text`The vote on ${typed(name)} is open until ${minute(brief.deadline)}.${unseenText(body, brief.channel, electors, facts)}`,
  };
}

/**
 * What is known is shown with every question but a change, which is not about the pilot any more. Only the scaling itself takes the
 * review's weak points over as conditions, and asks why it opens without a review or a readiness check.
 */
function evidenceFor(question: string, evidence: Evidence, { without: said }: OpeningBrief, name: string, moment: Moment) {
  if (question === 'go-no-go') return explained(evidence, said, name, moment);
  if (question === 'change') return undefined;
  const { review, ...rest } = evidence;
  return { ...rest, ...(review ? { review: { ...review, proposals: [] } } : {}), ...(said === undefined ? {} : { without: said }) };
}
