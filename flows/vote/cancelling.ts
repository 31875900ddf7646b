import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Moment, type Refused, refused, type Step } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import { person, text } from '../../src/text.ts';
import { isOpen, type Vote } from './state.ts';

/** The chair or the one who opened the vote ends it, and nothing is decided. */
export function cancellationQuestion(vote: Vote, moment: Moment): Question | Refused {
  return (
    mayCancel(vote, moment) ?? {
      title: 'Cancel the vote',
      submit: 'Cancel the vote',
      schema: z.object({ reason: field.lines('Why is it cancelled?') }),
      intro: [
        vote.secret
          ? text`Nothing is decided then, and the ballots that are in are destroyed.`
          : text`Nothing is decided then; ballots that are in stay on record and are not shown.`,
      ],
    }
  );
}

export function cancel(vote: Vote, reason: string, moment: Moment): Step<Vote> {
  return (
    mayCancel(vote, moment) ?? {
      state: { ...vote, cancelled: { by: actor(moment), at: moment.at, reason } },
      say: text`The vote is cancelled.`,
      ...(vote.secret ? { keep: [{ kind: 'forget' }] } : {}),
    }
  );
}

/** Is it theirs to end it? */
export const isCanceller = (vote: Vote, moment: Moment): boolean => [vote.opened.by, vote.chair].includes(actor(moment));

export function mayCancel(vote: Vote, moment: Moment): Refused | undefined {
  if (!isOpen(vote)) return refused(text`This vote is over, so it cannot be cancelled.`);
  if (isCanceller(vote, moment)) return undefined;
  return refused(text`Only the chair or the one who opened the vote may cancel it. Please ask ${person(vote.chair)}.`);
}
