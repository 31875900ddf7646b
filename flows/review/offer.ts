import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Moment, type Refused, refused, type Step, type Timer } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import type { ChannelId, FlowId, PersonId } from '../../src/id.ts';
import { day, minute, person, text, typed } from '../../src/text.ts';
import { dayIn, leftUnfit } from '../rules/fit.ts';
import { deadlineUnfit, nextFullHour } from '../vote/terms.ts';
import { daysLater, localOf } from '../../src/zone.ts';
import { unfitDue } from './due.ts';
import type { Review, ReviewFacts } from './state.ts';

interface Brief {
  body: FlowId;
  channel: ChannelId;
  deadline: number;
  technical: PersonId;
  business: PersonId;
  organizational: PersonId;
}
/** A vote usually stays open for so many days. */
const USUAL = 14;

/** After a SCALE: the vote and the readiness check in one press. */
export function scaleQuestion(review: Review, moment: Moment, facts: ReviewFacts): Question | Refused {
  const barred = mayScale(review, facts);
  if (barred) return barred;
  const { bodies = [] } = facts;
  const { owner } = review.initiative;
  return {
    title: 'Vote and readiness check',
    submit: 'Open both',
    schema: z.object({
      body: field.flow('Committee', bodies),
      channel: field.channel('Channel', { hint: 'Where the committee votes. Offshoot must be in it.' }),
      deadline: field.moment('Closes at', { hint: 'The vote, in your own time zone. The readiness check is due the day before.' }),
      technical: field.person('Technical readiness', { hint: 'Who knows whether it is ready for production.' }),
      business: field.person('Business readiness', { hint: 'Who knows the business case and its funding.' }),
      organizational: field.person('Organizational readiness', { hint: 'Who knows whether the people are ready.' }),
    }),
    intro: [
      text`${typed(review.initiative.name)}: the committee votes on going on, and the readiness check gathers what it needs to know. Rule and quorum are the committee’s own.`,
    ],
    values: {
      body: bodies[0]!.id,
      channel: moment.here?.channel ?? review.channel,
      deadline: nextFullHour(daysLater(moment.zone, moment.at, USUAL)),
      technical: owner,
      business: owner,
      organizational: owner,
    },
  };
}

export function scale(review: Review, said: Brief, moment: Moment, facts: ReviewFacts): Step<Review> {
  const barred = mayScale(review, facts);
  if (barred) return barred;
  const body = facts.bodies?.find((one) => one.id === said.body);
  if (!body) return refused(text`This committee is no longer there.`, 'body');
  const unfit = deadlineUnfit(said.deadline, moment);
  if (unfit) return unfit;
  for (const area of ['technical', 'business', 'organizational'] as const) {
    const gone = leftUnfit(said[area], facts.left ?? [], area);
    if (gone) return gone;
  }
  const { technical, business, organizational } = said;
  const isChecking = (facts.checks ?? []).length > 0;
  return {
    state: {
      ...review,
      offer: {
        by: actor(moment),
        at: moment.at,
        vote: {
          body: body.id,
          channel: said.channel,
          deadline: said.deadline,
          rule: body.rule,
          quorum: body.quorum,
          ...(body.casting === 1 ? { casting: true } : {}),
        },
        ...(isChecking ? {} : { readiness: { technical, business, organizational, due: checkedBy(said.deadline, moment) } }),
      },
    },
    say: isChecking
      ? text`The vote of ${typed(body.name)} opens now, until ${minute(said.deadline)}. A readiness check is running already.`
      : text`The vote of ${typed(body.name)} opens now, until ${minute(said.deadline)}, and the readiness check with it.`,
  };
}

/** The day before the vote closes, so that the committee can know what the check has found; that day itself when there is none before. */
function checkedBy(deadline: number, moment: Moment): string {
  const before = dayIn(-1, { zone: moment.zone, at: deadline });
  return unfitDue(before, moment.zone, moment) ? localOf(moment.zone, deadline).date : before;
}

/** Said on the vote, which is to open without a readiness check that is done. */
const TOGETHER = 'The readiness check opened together with this vote, after the review ended in SCALE.';
const RUNNING = 'A readiness check was running when this vote opened, after the review ended in SCALE.';

/** What the press sets going. */
export function offerTimers({ initiative, offer }: Review): readonly Timer[] {
  if (!offer) return [];
  const { by: startedBy, at, vote, readiness } = offer;
  return [
    ...(readiness
      ? [{ key: 'readiness', at, to: 'readiness', input: { type: 'open', initiative: initiative.id, ...readiness, startedBy } }]
      : []),
    {
      key: 'vote',
      at,
      to: 'vote',
      input: { type: 'open', initiative: initiative.id, ...vote, changes: true, without: readiness ? TOGETHER : RUNNING, startedBy },
    },
  ];
}

function mayScale(
  { posted, offer, ended, initiative }: Review,
  { initiatives = [], bodies = [], votes = [], earlier: [latest] = [] }: ReviewFacts,
): Refused | undefined {
  if (posted?.verdict !== 'SCALE') return refused(text`Only after the verdict SCALE do the vote and the readiness check open from here.`);
  if (ended) return refused(text`This is over: ${typed(ended)}.`);
  if (latest && latest.decided_at! > posted.at && latest.verdict !== 'SCALE')
    return refused(
      text`A later review of ${typed(initiative.name)} ended in ${latest.verdict}, ${day(latest.decided_at!)}, so nothing is opened from this one. Review it again first: /pilot-review ${typed(initiative.name)}`,
    );
  if (offer) return refused(text`${person(offer.by)} opened them already, ${minute(offer.at)}.`);
  if (initiatives.every((one) => one.stage === 'retired'))
    return refused(text`${typed(initiative.name)} is retired, so nothing is opened on it any more.`);
  if (votes.length > 0) return refused(text`A vote on ${typed(initiative.name)} is open already. You find it in its channel.`);
  if (bodies.length === 0)
    return refused(text`There is no committee yet that could vote. Set one up first: /offshoot committee. Then press this again.`);
  return undefined;
}
