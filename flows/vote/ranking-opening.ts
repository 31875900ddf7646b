import { z } from 'zod';
import * as field from '../../src/field.ts';
import { type Moment, type Refused, refused, type Step } from '../../src/flow.ts';
import { MAX, type Question, type Raw } from '../../src/form.ts';
import { type FlowId, isFlowId } from '../../src/id.ts';
import type { Need } from '../../src/need.ts';
import type { Derived } from '../../src/record.ts';
import { minute, text, typed } from '../../src/text.ts';
import { daysLater } from '../../src/zone.ts';
import { initiativeMeant } from '../initiative/meant.ts';
import { ratedOf } from '../rating/rated.ts';
import { convened, electorsOf } from './convening.ts';
import type { OpeningBrief, OpeningFacts } from './opening.ts';
import { FEWEST_OPTIONS, MOST_OPTIONS, type Option, RANKING } from './ranking.ts';
import { isSameQuestion, type Vote } from './state.ts';
import { nextFullHour, rankingTerms, termsOf, unfitTerms } from './terms.ts';
import { unseenText } from './unseen.ts';

type Initiative = Derived['initiatives'];

/** The keys of the fields that name the initiatives. */
const PLACES = Array.from({ length: MOST_OPTIONS }, (_, index) => `option-${index + 1}`);

/** What a platform whose lists cannot be emptied again is given to choose. */
const NONE = { id: 'none', name: 'None' };

/** What a ranked choice is opened with: the answers of its form, or what a decision gives that is voted on again. */
export type RankingBrief = Omit<OpeningBrief, 'initiative' | 'rule'> & { options?: readonly FlowId[] } & Readonly<Record<string, unknown>>;

export const isRankingBrief = (brief: { question?: string } & Readonly<Record<string, unknown>>): boolean =>
  brief.question === RANKING || brief[PLACES[0]!] !== undefined;

/** What is known of those that are to be ranked, once it is known which they are. */
export function rankingNeeds(said: Raw | Readonly<Record<string, unknown>> | undefined): readonly Need[] {
  const ids = optionsIn(said ?? {});
  if (ids.length === 0) return [];
  return [
    { as: 'ratings', rows: 'ratings', where: { initiative: ids }, order: ['at', 'desc'] },
    { as: 'reviews', rows: 'reviews', where: { initiative: ids, state: 'posted' }, order: ['decided_at', 'desc'] },
  ];
}

function optionsIn(said: Readonly<Record<string, unknown>>): FlowId[] {
  const all = Array.isArray(said['options']) ? (said['options'] as unknown[]) : PLACES.map((place) => said[place]);
  return all.filter((one): one is FlowId => typeof one === 'string' && isFlowId(one));
}

/** Asks among which initiatives, what for, who votes and until when. `said` is like `churn, returns for the money of 2027`. */
export function rankingQuestion(said: string, moment: Moment, alive: readonly Initiative[], facts: OpeningFacts): Question | Refused {
  if (alive.length < FEWEST_OPTIONS)
    return refused(text`A ranked choice takes two initiatives at least, and there is one. Register another one first: /initiative`);
  const named = namedIn(said, moment, alive);
  if ('refused' in named) return named;
  const body = facts.bodies[0]!;
  return {
    title: 'Open a ranked choice',
    submit: 'Open the vote',
    schema: z.object({
      subject: field.name('What for', { hint: 'What the one that is chosen gets, like “the money of 2027”.' }),
      ...Object.fromEntries(
        PLACES.map((place, index) => [place, field.flow(`Initiative ${index + 1}`, index < FEWEST_OPTIONS ? alive : [...alive, NONE])]),
      ),
      body: field.flow('Committee', facts.bodies),
      channel: field.channel('Channel', { hint: 'Where the committee votes. Offshoot must be in it.' }),
      ...rankingTerms,
    }),
    intro: [
      text`Members rank the initiatives, and one is chosen by instant-runoff. Each of the teams is told, with the rationale. Ratings (/offshoot rate) and reviews stand beside each.`,
    ],
    values: {
      subject: named.subject?.slice(0, MAX.name),
      ...Object.fromEntries(PLACES.map((place, index) => [place, named.options[index] ?? (index < FEWEST_OPTIONS ? undefined : NONE.id)])),
      body: body.id,
      channel: moment.here?.channel,
      deadline: nextFullHour(daysLater(moment.zone, moment.at, 3)),
      casting: body.casting === 1,
      quorum: body.quorum,
      openness: 'open',
      changes: true,
    },
  };
}

/** Initiatives from `churn, returns for the money of 2027`, and what for. A name may have “for” in it, so that the whole is tried first. */
function namedIn(said: string, moment: Moment, alive: readonly Initiative[]): { options: FlowId[]; subject?: string } | Refused {
  const parts = (words: string) =>
    words
      .split(/[,;]/)
      .map((one) => one.trim())
      .filter(Boolean);
  const [, before = said, subject] = /^(.*?)\s*\bfor (.+)$/is.exec(said) ?? [];
  for (const [words, what] of [[said], [before, subject]] as const) {
    const found = parts(words).map((one) => initiativeMeant(one, moment, alive, '/offshoot rank'));
    const wrong = found.find((one) => 'refused' in one);
    if (wrong && words === before) return wrong;
    if (wrong) continue;
    const options = [...new Set(found.flatMap((one) => ('one' in one && one.one ? [one.one.id] : [])))];
    if (options.length > MOST_OPTIONS) return tooMany();
    return { options, ...(what ? { subject: what } : {}) };
  }
  return { options: [] };
}

const tooMany = (): Refused => refused(text`At most ${MOST_OPTIONS} initiatives are ranked at once. Leave some out, please.`);

/** Opens the vote; what is known of each initiative is copied, so that what is found later changes nothing of it. */
export function openRanking(brief: RankingBrief, moment: Moment, facts: OpeningFacts): Step<Vote> {
  const ids = optionsIn(brief);
  const place = (index: number) =>
    brief.options ? undefined : PLACES.filter((one) => optionsIn({ options: [brief[one]] }).length > 0)[index];
  const body = facts.bodies.find((one) => one.id === brief.body);
  if (!body) return refused(text`This committee is no longer there.`, 'body');
  const twice = ids.findIndex((id, index) => ids.indexOf(id) < index);
  if (twice >= 0) return refused(text`This initiative stands above already. Choose another one, or “None”.`, place(twice));
  const found = ids.map((id) => facts.initiatives.find((one) => one.id === id && one.stage !== 'retired'));
  const lacking = found.indexOf(undefined);
  if (lacking >= 0) return refused(text`This initiative is no longer there to choose.`, place(lacking));
  if (ids.length < FEWEST_OPTIONS || ids.length > MOST_OPTIONS)
    return refused(text`Choose from ${FEWEST_OPTIONS} to ${MOST_OPTIONS} initiatives, please.`);
  const subject = brief.subject ?? '';
  const same = facts.votes.some((one) => one.body === body.id && isSameQuestion(one, { question: RANKING, subject }));
  if (same)
    return refused(text`A ranked choice for “${typed(subject)}” is open already. Wait for its close, or cancel it first.`, 'subject');
  // A majority of the ballots that count wins: the rule of each round.
  const terms = { ...brief, rule: 'majority' as const };
  const unfit = unfitTerms(terms, moment, electorsOf(body, facts));
  if (unfit) return unfit;
  const options = found.map((one) => optionOf(one!, facts));
  const { id, name, owner, sponsor, channel } = options[0]!;
  return {
    state: {
      initiative: { id, name, owner, sponsor, channel },
      ...convened(body, brief, moment, facts),
      set: `${RANKING}/1`,
      criteria: [],
      options,
      subject,
      ...termsOf(terms, { rule: 'majority', casting: brief.casting === true }),
    },
    say: text`The ranked choice for “${typed(subject)}” is open until ${minute(brief.deadline)}.${unseenText(body, brief.channel, electorsOf(body, facts), facts)}`,
  };
}

function optionOf({ id, name, owner, sponsor, channel }: Initiative, { ratings = [], reviews }: OpeningFacts): Option {
  const rated = ratedOf(ratings.filter((one) => one.initiative === id));
  const review = reviews?.find((one) => one.initiative === id && one.verdict !== null);
  return {
    id,
    name,
    owner,
    sponsor,
    channel,
    ...(rated ? { rated } : {}),
    ...(review ? { review: { verdict: review.verdict!, technical: review.technical, business: review.business } } : {}),
  };
}

/** The words that fill the opening form with the same ranked choice again. */
export const rankedAgain = ({ options = [], subject = '' }: Pick<Vote, 'options' | 'subject'>): string =>
  `${options.map(({ id }) => id).join(', ')} for ${subject}`;
