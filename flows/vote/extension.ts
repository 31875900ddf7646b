import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Moment, type Refused, refused, type Step } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import { bold, minute, person, type Text, text, typed } from '../../src/text.ts';
import { daysLater } from '../../src/zone.ts';
import { LONGEST } from './terms.ts';
import { mayLead } from './leading.ts';
import { isOpen, openSince, type Vote, type VoteFacts } from './state.ts';

/** Asks the chair until when, and why: a vote is extended once, so that its end stays an end. */
export function extensionQuestion(vote: Vote, moment: Moment, { left }: VoteFacts): Question | Refused {
  return (
    mayExtend(vote, moment, left) ?? {
      title: 'Extend the vote',
      submit: 'Extend',
      schema: z.object({
        deadline: field.moment('Closes at', {
          hint: `Once only, and later than now set; ${LONGEST} days after the opening at the latest.`,
        }),
        reason: field.lines('Why?', { hint: 'It is shown on the vote.' }),
      }),
      values: { deadline: daysLater(moment.zone, vote.deadline, 1) },
      intro: [text`The vote closes ${minute(vote.deadline)} so far. Ballots that are in stay in.`],
    }
  );
}

export function extend(vote: Vote, said: { deadline: number; reason: string }, moment: Moment, { left }: VoteFacts): Step<Vote> {
  const barred = mayExtend(vote, moment, left);
  if (barred) return barred;
  if (said.deadline <= vote.deadline)
    return refused(text`The vote closes ${minute(vote.deadline)} as it is. Choose a later moment.`, 'deadline');
  if (said.deadline > daysLater(moment.zone, openSince(vote), LONGEST))
    return refused(text`A vote stays open for ${LONGEST} days at most, counted from its opening. Choose an earlier moment.`, 'deadline');
  return {
    // The nudges are counted anew from the new deadline.
    state: {
      ...vote,
      deadline: said.deadline,
      extended: { by: actor(moment), at: moment.at, from: vote.deadline, reason: said.reason },
      nudged: [],
      asked: [],
    },
    say: text`Extended. The vote closes ${minute(said.deadline)}.`,
  };
}

/** What the vote's card says of it. */
export const extendedText = ({ extended }: Vote): Text | undefined =>
  extended &&
  text`${bold('Extended')} by ${person(extended.by)}, ${minute(extended.at)}; before, it was to close ${minute(extended.from)}. ${bold('Why: ')}${typed(extended.reason)}`;

export function mayExtend(vote: Vote, moment: Moment, left: VoteFacts['left']): Refused | undefined {
  if (!isOpen(vote) || moment.at >= vote.deadline) return refused(text`This vote is over, so it cannot be extended.`);
  const barred = mayLead(vote, moment, left, 'extend it');
  if (barred) return barred;
  if (vote.extended)
    return refused(
      text`This vote was extended already, and that is possible once only. It closes ${minute(vote.deadline)}; cancel it and open another one if that is too soon.`,
    );
  return undefined;
}
