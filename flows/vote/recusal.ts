import { z } from 'zod';
import * as field from '../../src/field.ts';
import { actor, type Moment, type Refused, type Taken } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import { text } from '../../src/text.ts';
import { ballotOf, mayVote } from './ballot.ts';
import { without } from './withdrawal.ts';
import type { Vote, VoteFacts } from './state.ts';

const recusing = z.object({ reason: field.lines('Why?', { hint: 'Like “I lead the team that built it”. It is shown with your name.' }) });

export function recusalQuestion(vote: Vote, moment: Moment, facts: VoteFacts): Question | Refused {
  return (
    mayRecuse(vote, moment, facts) ?? {
      title: 'Recuse myself',
      submit: 'Recuse myself',
      schema: recusing,
      intro: [text`You leave the vote and its quorum; a ballot you have cast is withdrawn. This cannot be undone in this vote.`],
    }
  );
}

/** Who recuses themselves leaves the quorum's base; a ballot of theirs is withdrawn. */
export function recuse(vote: Vote, reason: string, moment: Moment, facts: VoteFacts): Refused | Taken<Vote> {
  const barred = mayRecuse(vote, moment, facts);
  if (barred) return barred;
  const by = actor(moment);
  const withdrawn = { person: by, cast_by: null, choices: null, reasons: {}, draft: null, draft_by: null, cast_at: null };
  return {
    state: {
      ...without(vote, by),
      recused: [...vote.recused, { person: by, reason }],
      ...(vote.deputies ? { deputies: vote.deputies.filter((one) => one.person !== by) } : {}),
    },
    say: text`You are recused from this vote.`,
    keep: vote.secret
      ? vote.voted.includes(by)
        ? [{ kind: 'unseal', elector: by }]
        : []
      : ballotOf(by, facts)
        ? [{ kind: 'ballot', row: withdrawn }]
        : [],
  };
}

/** Whoever may vote may recuse themselves, also where a ballot cannot be changed any more. */
const mayRecuse = (vote: Vote, moment: Moment, facts: VoteFacts): Refused | undefined =>
  mayVote({ ...vote, changes: true }, actor(moment), moment, facts);
