import { actor, type Moment, type Refused, refused } from '../../src/flow.ts';
import { person, text } from '../../src/text.ts';
import { ledBy, type Vote, type VoteFacts } from './state.ts';

/** Whoever leads the vote: the chair or, where the chair has left, the one who opened it. */
export const leads = (vote: Vote, moment: Moment, left: VoteFacts['left']): boolean => actor(moment) === ledBy(vote, left);

/** Why this person cannot do what is for whoever leads the vote; `does` is what that is: `extend it`. */
export function mayLead(vote: Vote, moment: Moment, left: VoteFacts['left'], does: string): Refused | undefined {
  if (leads(vote, moment, left)) return undefined;
  const leader = ledBy(vote, left);
  const who = leader === vote.chair ? 'the chair' : 'the one who opened the vote, in place of the chair,';
  return refused(text`Only ${who} may ${does}. Please ask ${person(leader)}.`);
}
