import { z } from 'zod';
import { actor, type Moment, type Refused, refused, type Taken } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import type { PersonId } from '../../src/id.ts';
import { person, text } from '../../src/text.ts';
import { ballotOf, mayVote } from './ballot.ts';
import type { Vote, VoteFacts } from './state.ts';

export function withdrawalQuestion(vote: Vote, elector: PersonId, moment: Moment, facts: VoteFacts): Question | Refused {
  return (
    mayWithdraw(vote, elector, moment, facts) ?? {
      title: 'Withdraw the ballot',
      submit: 'Withdraw',
      schema: z.object({}),
      intro: [
        elector === moment.by
          ? text`Your ballot leaves the count and the turnout. You can vote again while the vote is open.`
          : text`The ballot of ${person(elector)} leaves the count and the turnout. It can be cast again while the vote is open.`,
      ],
      seen: ballotOf(elector, facts)?.number ?? 0,
      about: elector,
    }
  );
}

/** The ballot leaves count and turnout; its row stays, without choices. */
export function withdraw(vote: Vote, elector: PersonId, seen: number | undefined, moment: Moment, facts: VoteFacts): Refused | Taken<Vote> {
  const barred = mayWithdraw(vote, elector, moment, facts);
  if (barred) return barred;
  if (seen !== undefined && seen !== ballotOf(elector, facts)!.number)
    return refused(
      text`The ballot changed since you asked to withdraw it, so it still stands. Press Withdraw again if you mean the new one.`,
    );
  return {
    state: without(vote, elector),
    say: text`${elector === moment.by ? 'Your' : 'The'} ballot is withdrawn and does not count.`,
    keep: vote.secret
      ? [{ kind: 'unseal', elector }]
      : [
          {
            kind: 'ballot',
            row: { person: elector, cast_by: null, choices: null, reasons: {}, draft: null, draft_by: null, cast_at: null },
          },
        ],
  };
}

/** The vote as if this elector had not voted. */
export const without = (vote: Vote, elector: PersonId): Vote => ({
  ...vote,
  voted: vote.voted.filter((one) => one !== elector),
  ...(vote.byDeputy ? { byDeputy: vote.byDeputy.filter((one) => one.person !== elector) } : {}),
});

export function mayWithdraw(vote: Vote, elector: PersonId, moment: Moment, facts: VoteFacts): Refused | undefined {
  const cast = ballotOf(elector, facts);
  const by = actor(moment);
  // Also where the deputyship has ended: what one cast as a deputy one may take back, but not where ballots are bound.
  const barred =
    vote.changes && cast?.cast_by === by
      ? mayVote(vote, elector, { ...moment, by: elector }, facts)
      : mayVote(vote, elector, moment, facts);
  if (barred) return barred;
  return cast?.cast_at ? undefined : refused(text`There is no ballot in this vote to withdraw.`);
}
