import { actor, type Moment, type Refused, refused, type Taken } from '../../src/flow.ts';
import { list, type Text, text } from '../../src/text.ts';
import { against, type Choices } from '../rules/tally.ts';
import { givenBy } from './deputies.ts';
import { countRanking, nameIn } from './ranking.ts';
import { baseOf, criteriaOf, criterionText, isOpen, type Vote, type VoteFacts } from './state.ts';

/** The counts so far, without names, for who has given every ballot that is theirs to give: so nobody's ballot is anchored on them. */
export function soFar(vote: Vote, moment: Moment, facts: VoteFacts): Refused | Taken<Vote> {
  return maySee(vote, moment, facts) ?? { state: vote, say: countsText(vote, facts) };
}

/** Why this person does not see how it stands now. */
export function maySee(vote: Vote, moment: Moment, facts: VoteFacts): Refused | undefined {
  const by = actor(moment);
  if (vote.secret) return refused(text`This is a secret vote: nobody sees how it stands before it closes.`);
  if (!isOpen(vote) || moment.at >= vote.deadline) return refused(text`This vote is over. Its result stands in its channel.`);
  const mine = givenBy(vote, by, moment, facts);
  const cast = vote.byDeputy?.some(({ deputy }) => deputy === by);
  if (mine.length === 0 && !cast)
    return refused(text`Only those who vote here see how it stands. The result is shown to everybody at the close.`);
  if (mine.some((one) => !vote.voted.includes(one)))
    return refused(
      text`You see how it stands once ${mine.length > 1 ? 'every ballot that is yours to give' : 'your ballot'} is in, so that nobody is led by the others.`,
    );
  return undefined;
}

function countsText(vote: Vote, facts: VoteFacts): Text {
  const base = baseOf(vote);
  const ballots = (facts.ballots ?? []).filter((ballot) => ballot.choices && base.includes(ballot.person));
  if (vote.options) return firstsText(vote.options, ballots, base.length);
  const counts = criteriaOf(vote).criteria.map(({ key, text: criterion }) => {
    const chosen = ballots.map((ballot) => (ballot.choices as Choices)[key]);
    return {
      criterion: criterionText(vote, criterion),
      go: chosen.filter((one) => one === 'go').length,
      against: chosen.filter((one) => one && against(one)).length,
      abstain: chosen.filter((one) => one === 'abstain').length,
    };
  });
  const divided = counts.filter((count) => count.go < ballots.length);
  const lines = divided.map(
    (count) => text`${count.criterion}: ${count.go} go, ${count.against} against${count.abstain > 0 && `, ${count.abstain} abstaining`}`,
  );
  const rest = counts.length - divided.length;
  return text`${ballots.length} of ${base.length} have voted. ${rest > 0 && `All go on ${rest} of ${counts.length} criteria. `}${lines.length > 0 && text`Otherwise: ${list(lines)}. `}This may still change until the close.`;
}

/** Of a ranked choice the first preferences alone: who goes out is not known before the close. */
function firstsText(options: NonNullable<Vote['options']>, ballots: NonNullable<VoteFacts['ballots']>, base: number): Text {
  const { ranking } = countRanking(
    options,
    ballots.map((ballot) => ballot.choices!),
    undefined,
  );
  const firsts = list(ranking.rounds[0]!.votes.map(([id, count]) => text`${nameIn(options, id)} ${count}`));
  return text`${ballots.length} of ${base} have voted. First preferences: ${firsts}${ranking.abstaining > 0 && `; ${ranking.abstaining} abstaining`}. This may still change until the close.`;
}
