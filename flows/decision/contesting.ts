import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Moment, type Refused, refused, type Step, type Timer } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import type { PersonId } from '../../src/id.ts';
import type { Derived } from '../../src/record.ts';
import { minute, people, person, text, typed } from '../../src/text.ts';
import { daysLater } from '../../src/zone.ts';
import { isSameQuestion } from '../vote/state.ts';
import { deadlineUnfit, nextFullHour } from '../vote/terms.ts';
import { linkField } from '../evidence/link.ts';
import { mayChair } from './chair.ts';
import { type Appeal, chairOf, type Decision, isStanding, pendingAppeal, type Reopening } from './state.ts';

/** What is looked up before a decision is voted on again, or appealed. */
export interface ContestFacts {
  /** The vote that made it. */
  was?: readonly Derived['votes'][];
  /** Open votes on its initiative. */
  open?: readonly Derived['votes'][];
  bodies?: readonly Derived['bodies'][];
  /** The initiative as it is now. */
  self?: readonly Derived['initiatives'][];
}

const reopening = z.object({
  reason: field.lines('Why is it voted on again?', { hint: 'It is shown on the vote and on the record.' }),
  deadline: field.moment('Closes at', { hint: 'In your own time zone. It closes earlier when all have voted.' }),
});
const appealing = z.object({
  what: field.lines('What is new?', { hint: 'New evidence, like “The security audit of May found nothing”.' }),
  link: linkField,
});
const dismissing = z.object({ reason: field.lines('Why is it dismissed?', { hint: 'The one who appealed is told.' }) });

/** The chair has it voted on again; the decision of that vote supersedes this one. */
export function reopenQuestion(decision: Decision, moment: Moment, facts: ContestFacts): Question | Refused {
  const appeal = pendingAppeal(decision);
  return (
    mayReopen(decision, moment, facts) ?? {
      title: 'Re-open the vote',
      submit: 'Open the vote',
      schema: reopening,
      intro: [
        text`A new vote opens, with the committee's members and rule as they are now. This decision stands until that vote has decided.`,
        ...(appeal ? [text`${person(appeal.by)} appealed: ${typed(appeal.what)}`] : []),
      ],
      values: { deadline: nextFullHour(daysLater(moment.zone, moment.at, 3)) },
    }
  );
}

export function reopen(
  decision: Decision,
  said: { reason: string; deadline: number },
  moment: Moment,
  facts: ContestFacts,
): Step<Decision> {
  const barred = mayReopen(decision, moment, facts) ?? deadlineUnfit(said.deadline, moment);
  if (barred) return barred;
  const body = bodyOf(decision, facts)!;
  const { reason, deadline } = said;
  const by = actor(moment);
  const made: Reopening = {
    by,
    at: moment.at,
    reason,
    deadline,
    rule: body.rule,
    casting: body.casting === 1,
    quorum: body.quorum,
    body: body.id,
  };
  const answered = decided(decision, { kind: 're-opened', by, at: moment.at, reason });
  return {
    state: { ...answered, reopenings: [...(decision.reopenings ?? []), made] },
    say: text`A new vote on ${typed(decision.initiative.name)} opens now, until ${minute(deadline)}. This decision stands until it has decided.`,
  };
}

/** Each re-opening opens one vote. */
export function reopenTimers(decision: Decision): readonly Timer[] {
  const { reopenings = [], vote, initiative, channel, evidence, question, subject, secret, ranking } = decision;
  return reopenings.map(({ at, by, reason, deadline, rule, casting, quorum, body }, index) => ({
    key: `reopen ${index + 1}`,
    at,
    to: 'vote',
    input: {
      type: 'open',
      initiative: initiative.id,
      body,
      channel,
      deadline,
      rule,
      // A secret vote stays secret, where no ballot can be the chair's.
      ...(secret ? { openness: 'secret' } : { casting }),
      quorum,
      changes: true,
      startedBy: by,
      reopens: vote,
      reason,
      // A review or a check that there was then is there still.
      ...(evidence?.review && evidence.readiness ? {} : { without: evidence?.without ?? reason }),
      ...(question === undefined ? {} : { question }),
      ...(subject === undefined ? {} : { subject }),
      ...(ranking ? { options: ranking.options.map((one) => one.id) } : {}),
    },
  }));
}

/** Only the owner appeals, with something new. */
export function appealQuestion(decision: Decision, moment: Moment, facts: ContestFacts): Question | Refused {
  return (
    mayAppeal(decision, moment, facts) ?? {
      title: 'Appeal the decision',
      submit: 'Appeal',
      schema: appealing,
      intro: [text`The committee sees what is new, and its chair has the vote held again or dismisses the appeal with a reason.`],
    }
  );
}

export function appeal(decision: Decision, said: { what: string; link?: string }, moment: Moment, facts: ContestFacts): Step<Decision> {
  const barred = mayAppeal(decision, moment, facts);
  if (barred) return barred;
  const made: Appeal = { by: actor(moment), at: moment.at, what: said.what, ...(said.link ? { link: said.link } : {}) };
  return {
    state: { ...decision, appeals: [...(decision.appeals ?? []), made] },
    say: text`Your appeal is before ${typed(decision.body)}; ${person(chairOf(decision))} answers it.`,
  };
}

export function dismissQuestion(decision: Decision, moment: Moment): Question | Refused {
  return (
    mayDismiss(decision, moment) ?? {
      title: 'Dismiss the appeal',
      submit: 'Dismiss',
      schema: dismissing,
      intro: [text`${person(pendingAppeal(decision)!.by)} appealed: ${typed(pendingAppeal(decision)!.what)}`],
    }
  );
}

export function dismiss(decision: Decision, reason: string, moment: Moment): Step<Decision> {
  return (
    mayDismiss(decision, moment) ?? {
      state: decided(decision, { kind: 'dismissed', by: actor(moment), at: moment.at, reason }),
      say: text`The appeal is dismissed. ${person(pendingAppeal(decision)!.by)} is told why.`,
    }
  );
}

/** The one who answers for the initiative now. */
export const ownerOf = ({ initiative }: Decision, { self }: ContestFacts): PersonId => self?.[0]?.owner ?? initiative.owner;

/** An owner may appeal; of a ranked choice also those whose initiatives were not chosen. */
export const mayBring = (decision: Decision, facts: ContestFacts, who: PersonId): boolean =>
  ownerOf(decision, facts) === who || (decision.ranking?.options.some((one) => one.owner === who) ?? false);

function decided(decision: Decision, outcome: NonNullable<Appeal['outcome']>): Decision {
  if (!pendingAppeal(decision)) return decision;
  return { ...decision, appeals: decision.appeals!.map((one) => (one.outcome ? one : { ...one, outcome })) };
}

/** A decision of before version 3 knows its committee by the vote that made it. */
function bodyOf({ bodyId }: Decision, { was, bodies }: ContestFacts): Derived['bodies'] | undefined {
  const id = bodyId ?? was?.[0]?.body;
  return bodies?.find((one) => one.id === id);
}

export function mayReopen(decision: Decision, moment: Moment, facts: ContestFacts): Refused | undefined {
  const barred = mayChair(decision, moment, 'has a vote held again') ?? voted(decision, facts);
  if (barred) return barred;
  if (!bodyOf(decision, facts)) return refused(text`The committee of this decision is no longer there to vote on it again.`);
  if (facts.self?.[0]?.stage === 'retired')
    return refused(text`${typed(decision.initiative.name)} is retired, so there is nothing left to vote on.`);
  return undefined;
}

export function mayAppeal(decision: Decision, moment: Moment, facts: ContestFacts): Refused | undefined {
  const owner = ownerOf(decision, facts);
  if (!isStanding(decision)) return refused(text`This decision was superseded, so there is nothing to appeal.`);
  if (!mayBring(decision, facts, actor(moment)))
    return refused(
      decision.ranking
        ? text`Only the owners of the initiatives that were ranked may appeal. Please ask ${people([...new Set([owner, ...decision.ranking.options.map((one) => one.owner)])])}.`
        : text`Only the owner of ${typed(decision.initiative.name)} may appeal. Please ask ${person(owner)}.`,
    );
  const pending = pendingAppeal(decision);
  if (pending) return refused(text`The appeal of ${minute(pending.at)} waits for ${person(chairOf(decision))} already.`);
  return voted(decision, facts);
}

export function mayDismiss(decision: Decision, moment: Moment): Refused | undefined {
  const barred = mayChair(decision, moment, 'answers an appeal');
  if (barred) return barred;
  if (pendingAppeal(decision)) return undefined;
  const last = decision.appeals?.at(-1)?.outcome;
  return refused(last ? text`${person(last.by)} has answered the appeal already: ${last.kind}.` : text`Nobody has appealed this decision.`);
}

const voted = ({ initiative, ...asked }: Decision, { open = [] }: ContestFacts): Refused | undefined =>
  open.some((vote) => isSameQuestion(vote, asked))
    ? refused(text`A vote on ${typed(initiative.name)} is open already. Wait for its close, or cancel it first.`)
    : undefined;
