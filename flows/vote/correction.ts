import { z } from 'zod';
import { actor, type Moment, type Refused, refused, type Step } from '../../src/flow.ts';
import type { Question } from '../../src/form.ts';
import { minute, text } from '../../src/text.ts';
import { rulesIn } from '../body/body.ts';
import { quorumText } from '../rules/quorum.ts';
import { choiceOf } from '../rules/rule.ts';
import type { Vote } from './state.ts';
import { rankingTerms, type Terms, terms, termsOf, unfitTerms } from './terms.ts';

/** Corrections before the first ballot: the terms, never the question or who votes. */
export function correctionQuestion(vote: Vote, moment: Moment): Question | Refused {
  return (
    mayCorrect(vote, moment) ?? {
      title: 'Correct the vote',
      submit: 'Correct',
      schema: z.object(vote.options ? rankingTerms : terms),
      values: {
        deadline: vote.deadline,
        ...(vote.options ? {} : choiceOf(vote.rule)),
        casting: vote.casting === true,
        quorum: quorumText(vote.quorum),
        openness: vote.secret ? 'secret' : 'open',
        changes: vote.changes,
      },
    }
  );
}

export function correct(vote: Vote, said: Terms, moment: Moment): Step<Vote> {
  const barred = mayCorrect(vote, moment) ?? unfitTerms(said, moment, vote.electors);
  if (barred) return barred;
  const rules = rulesIn(vote.options ? { ...said, rule: vote.rule } : said, vote.electors.length);
  if ('refused' in rules) return rules;
  const { casting: _, secret: __, ...rest } = vote;
  // The nudges are counted anew from the new deadline.
  return {
    state: { ...rest, ...termsOf(said, rules), nudged: [], asked: [] },
    say: text`Corrected. The vote closes ${minute(said.deadline)}.`,
  };
}

export function mayCorrect(vote: Vote, moment: Moment): Refused | undefined {
  if (vote.closed || vote.cancelled) return refused(text`This vote is over, so it cannot be corrected.`);
  if (actor(moment) !== vote.opened.by) return refused(text`Only the one who opened the vote may correct it.`);
  if (vote.voted.length > 0 || vote.recused.length > 0)
    return refused(
      text`Members have acted on it already, so the vote cannot be corrected any more. Cancel it with a reason and open another one.`,
    );
  return undefined;
}
